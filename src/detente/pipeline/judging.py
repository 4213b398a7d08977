"""Judging: a mention is accepted, corrected or rejected, events are merged and split, and what follows is made at once.

A decision is written first, then the events it touches are made again; the rest of the workspace stays. The next whole merge (a run that
reads something new) lays all decisions over what it finds.
"""

from __future__ import annotations

import datetime
import getpass
import json
import time
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from ..config import Config
from ..errors import UsageError, WorkspaceError
from ..merging import regroup
from ..records import Decision, Document, Event, Judged, Mention, as_dict
from ..workspace import Workspace
from ..workspace.corrections import clean, corrected
from ..workspace.decisions import after_of, event_before, events_before, in_force, judged
from ..workspace.schemas import records

#: days around a touched event in which others may answer it, be answered by it, or be the same act
_NEAR_DAYS = 20
#: fields whose change may make a telling one of another act
_MOVES = ("type", "status", "actors", "recipients", "date", "place")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision and what it changed: the touched events before and after, and actors given that the directory does not know."""

    decision: Decision
    before: tuple[Event, ...]
    after: tuple[Event, ...]
    unknown: tuple[str, ...] = ()


def judge(
    workspace: Workspace,
    config: Config,
    mention: str,
    verdict: Literal["accept", "correct", "reject"],
    changes: Mapping[str, str] | None = None,
    *,
    who: str | None = None,
    note: str | None = None,
    patience: float = 0.0,
) -> Verdict:
    """Decides on one mention. ``changes`` (of ``correct``): see :func:`~detente.workspace.corrections.corrected`.

    ``patience``: seconds to wait for another writer. Raises :class:`WorkspaceError` (W02 another process writes, W06 no such mention),
    :class:`UsageError` (W09 a correction that cannot be used).
    """
    with _writing(workspace, patience):
        desk = _Desk(workspace, config)
        now = desk.mention(mention)
        unknown: list[str] = []
        after: str | None = None
        moves = False
        if verdict == "correct":
            right, unknown = corrected(now, changes or {}, config.knowledge)
            if right == now:
                raise UsageError("W09", why="it changes nothing", hint="Accept the mention where it is right as it stands.")
            moves = any(getattr(right, f) != getattr(now, f) for f in _MOVES)
        else:
            right = now
        if verdict != "reject":
            after = json.dumps(after_of(right), ensure_ascii=False)
        event = desk.event_of(mention)
        before = json.dumps({"mention": as_dict(desk.coded(mention)), "event": event}, ensure_ascii=False)
        decision = _decision(verdict, (judged(desk.coded(mention)),), (), before, after, who, note)
        desk.write(decision)
        stay = [m for m in desk.members(event) if m != mention]
        if verdict == "reject":
            return desk.made_again(decision, {event: stay} if event else {}, ())
        if moves:
            return desk.made_again(decision, {event: stay} if event else {}, (mention,), unknown, touched=(right,))
        return desk.made_again(decision, {event: desk.members(event)} if event else {}, () if event else (mention,), unknown)


def merge_events(
    workspace: Workspace, config: Config, events: Sequence[str], *, who: str | None = None, note: str | None = None, patience: float = 0.0
) -> Verdict:
    """Decides that events are one; it keeps the id of the first. Raises :class:`UsageError` (W09), :class:`WorkspaceError` (W02, W07)."""
    with _writing(workspace, patience):
        desk = _Desk(workspace, config)
        ids = list(dict.fromkeys(events))
        held = {i: desk.known_members(i) for i in ids}
        if len(held) < 2:
            raise UsageError("W09", why="one event alone cannot be merged", hint="Give two events or more.")
        target = tuple(judged(desk.mention(m)) for i in ids for m in held[i])
        decision = _decision("merge", target, (), json.dumps({"events": held}), None, who, note)
        desk.write(decision)
        groups = {i: [m for j in ids for m in held[j]] if i == ids[0] else [] for i in ids}
        return desk.made_again(decision, groups, ())


def split_event(
    workspace: Workspace,
    config: Config,
    event: str,
    mentions: Sequence[str],
    *,
    who: str | None = None,
    note: str | None = None,
    patience: float = 0.0,
) -> Verdict:
    """Decides that some mentions of an event tell another act: they become an event of their own.

    Raises :class:`UsageError` (W09), :class:`WorkspaceError` (W02, W07).
    """
    with _writing(workspace, patience):
        desk = _Desk(workspace, config)
        held = desk.known_members(event)
        off = [m for m in held if m in set(mentions)]
        stay = [m for m in held if m not in off]
        if strange := [m for m in mentions if m not in held]:
            raise UsageError("W09", why=f"{strange[0]} is not a mention of {event}", hint=f"Its mentions are {', '.join(held)}.")
        if not off or not stay:
            raise UsageError("W09", why="all or none of its mentions would leave the event", hint="Name some of its mentions.")
        target, others = (tuple(judged(desk.mention(m)) for m in side) for side in (off, stay))
        decision = _decision("split", target, others, json.dumps({"events": {event: held}}), None, who, note)
        desk.write(decision)
        return desk.made_again(decision, {event: stay, _split_id(event, decision): off}, ())


def undo(
    workspace: Workspace, config: Config, decision: str, *, who: str | None = None, note: str | None = None, patience: float = 0.0
) -> Verdict:
    """Takes a decision back; ``last`` is the latest in force. Raises :class:`WorkspaceError` (W02, W08) and :class:`UsageError` (W10)."""
    with _writing(workspace, patience):
        desk = _Desk(workspace, config)
        meant = desk.undoable(decision)
        before = workspace.decided()
        ids = {before.now.get(t.mention, t.mention) for t in (*meant.target, *meant.others)}
        back = _decision("undo", meant.target, meant.others, None, None, who, note, meant.id)
        desk.write(back)
        if meant.kind in ("merge", "split"):
            return desk.made_again(back, *desk.regrouped(meant, ids))
        mention = next(iter(ids))
        event = desk.event_of(mention)
        home = event_before(meant) or event
        groups = {e: [m for m in desk.members(e) if m != mention] for e in {event, home} if e}
        if home is None:
            return desk.made_again(back, groups, (mention,))
        groups[home] = [*groups.get(home, []), mention]
        return desk.made_again(back, groups, ())


def _split_id(event: str, decision: Decision) -> str:
    """An id for mentions that leave an event: its day, and a part of its own."""
    return f"{event.split('-')[0]}-{decision.id[-10:].replace('-', '')}"


@contextmanager
def _writing(workspace: Workspace, patience: float) -> Iterator[None]:
    """Holds the workspace; waits for another writer to end."""
    end = time.monotonic() + patience
    while True:
        try:
            hold = workspace.writing()
            hold.__enter__()
            break
        except WorkspaceError as fault:
            if fault.code != "W02" or time.monotonic() >= end:
                raise
            time.sleep(0.1)
    try:
        yield
    finally:
        hold.__exit__(None, None, None)


def _decision(
    kind: Any,
    target: tuple[Judged, ...],
    others: tuple[Judged, ...],
    before: str | None,
    after: str | None,
    who: str | None,
    note: str | None,
    undoes: str | None = None,
) -> Decision:
    now = datetime.datetime.now(datetime.UTC)
    id_ = f"{now.strftime('%Y%m%dT%H%M%S%f')}-{uuid.uuid4().hex[:4]}"
    told = clean(note or "").strip() or None
    return Decision(id_, now.isoformat(timespec="seconds"), clean(who or user()), kind, target, others, before, after, told, undoes)


def user() -> str:
    """Who decides where no name is given: the name of the account."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


class _Desk:
    """What judging reads and writes of a workspace: tables as frames, records only of what a decision touches."""

    def __init__(self, workspace: Workspace, config: Config) -> None:
        self.workspace = workspace
        self.config = config
        self._coded = workspace.coded_frame()
        self._mentions = workspace.mentions_frame(self._coded)
        self._events = workspace.frame("events")

    # ------------------------------------------------------------ looking up
    def mention(self, id_: str) -> Mention:
        """A mention as decided. Raises W06."""
        found = records(Mention, self._mentions.filter(pl.col("id") == id_).iter_rows(named=True))
        if not found:
            raise WorkspaceError("W06", mention=id_, path=self.workspace.folder)
        return found[0]

    def coded(self, id_: str) -> Mention:
        """A mention as the coder told it; as decided where the coder no longer tells it."""
        found = records(Mention, self._coded.filter(pl.col("id") == id_).iter_rows(named=True))
        return found[0] if found else self.mention(id_)

    def event_of(self, mention: str) -> str | None:
        """The event a mention is told of."""
        found = self._events.filter(pl.col("mentions").list.contains(mention))["id"].to_list()
        return found[0] if found else None

    def members(self, event: str | None) -> list[str]:
        """The mentions of an event; none where there is no such event."""
        found = self._events.filter(pl.col("id") == event)["mentions"].to_list()
        return list(found[0]) if found else []

    def known_members(self, event: str) -> list[str]:
        """The mentions of an event. Raises W07."""
        held = self.members(event)
        if not held:
            raise WorkspaceError("W07", event=event, path=self.workspace.folder)
        return held

    def undoable(self, id_: str) -> Decision:
        """The decision in force with this id, or the ``last``. Raises W08, W10."""
        every = self.workspace.decisions()
        force = in_force(every)
        if id_ == "last" and force:
            id_ = force[-1].id
        meant = next((d for d in force if d.id == id_), None)
        if meant is None:
            known = next((d for d in every if d.id == id_), None)
            if known is None:
                raise WorkspaceError("W08", decision=id_, path=self.workspace.folder)
            why = "is itself an undo" if known.kind == "undo" else "is undone already"
            raise UsageError("W10", decision=id_, why=why, hint="Judge again.")
        own = {t.mention for t in (*meant.target, *meant.others)}
        later = [d for d in force if d.id > meant.id and own & {t.mention for t in (*d.target, *d.others)}]
        if later:
            raise UsageError("W10", decision=id_, why=f"is followed by {later[-1].id} on the same mention", hint="Undo that first.")
        return meant

    def regrouped(self, meant: Decision, ids: Collection[str]) -> tuple[dict[str, list[str]], tuple[str, ...]]:
        """Of a merge or split that is undone: the events as they were before it; mentions that came later stay where they are."""
        groups: dict[str, list[str]] = {e: [] for m in ids if (e := self.event_of(m))}
        was = {m: e for e, held in events_before(meant).items() for m in held}
        for event in list(groups):
            for m in self.members(event):
                groups.setdefault(was.get(m, event), []).append(m)
        homes = list(events_before(meant))
        if meant.kind == "split" and homes:
            own = set(groups) - set(homes)
            for event in own:  # what joined the part that was split off goes back with it
                groups[homes[0]] = [*groups.get(homes[0], []), *groups[event]]
                groups[event] = []
        return groups, ()

    # ------------------------------------------------------------ writing
    def write(self, decision: Decision) -> None:
        """Adds the decision and reads what is decided now."""
        self.workspace.append_decision(decision)
        self._mentions = self.workspace.mentions_frame(self._coded)

    def made_again(
        self,
        decision: Decision,
        groups: Mapping[str | None, Sequence[str]] | Mapping[str, Sequence[str]],
        moving: Sequence[str],
        unknown: Sequence[str] = (),
        touched: Sequence[Mention] = (),
    ) -> Verdict:
        """Makes the events of ``groups`` again and writes them."""
        held = {id_: list(ids) for id_, ids in groups.items() if id_ is not None}
        near = self._near(held, moving, touched)
        wanted = {m for e in near for m in e.mentions} | {m for ids in held.values() for m in ids} | set(moving)
        mentions = records(Mention, self._mentions.filter(pl.col("id").is_in(list(wanted))).iter_rows(named=True))
        documents = self._documents({m.document for m in mentions})
        there = {m.id for m in mentions}
        moving = [m for m in moving if m in there]
        events = regroup(held, moving, near, mentions, documents, self.config.merging, self.workspace.links(self._coded))
        old = {e.id: e for e in near}
        new = [e for e in events if old.get(e.id) != e]
        gone = {*held, *old} - {e.id for e in events} | {e.id for e in new}
        self.workspace.replace_some_events(gone, new, decided=True)
        touched_ids = set(held) | {e.id for e in new if set(e.mentions) & {*moving, *(m for ids in held.values() for m in ids)}}
        before = tuple(e for e in near if e.id in touched_ids)
        return Verdict(decision, before, tuple(e for e in events if e.id in touched_ids), tuple(unknown))

    def _near(self, groups: Mapping[str, Sequence[str]], moving: Sequence[str], touched: Sequence[Mention]) -> list[Event]:
        """The events that a change of ``groups`` can touch: of the same days and parties, or told in the same documents."""
        changing = self._events.filter(pl.col("id").is_in(list(groups)))
        ids = {*moving, *(m for held in groups.values() for m in held), *(m for held in changing["mentions"].to_list() for m in held)}
        told = self._mentions.filter(pl.col("id").is_in(list(ids)))
        told = pl.concat([told.select("document", "date", "actors", "recipients"), *([_parts(touched)] if touched else [])])
        documents = told["document"].to_list()
        days = [d[:10] for d in [*changing["date"].to_list(), *told["date"].to_list()] if d]
        days += [d[:8] for d in documents if d[:8].isdigit() and d[:8] != "00000000"]
        parties = {c for frame in (told, changing) for c in frame.select(_parties())["codes"].explode().to_list() if c}
        first, last = _window(days)
        same_days = (pl.col("date") >= first) & (pl.col("date").str.slice(0, 7) <= last[:7]) & (pl.col("date") <= last + "~")
        told_with = self._events.select("id", "documents").explode("documents").filter(pl.col("documents").is_in(documents))["id"].unique()
        own = pl.col("id").is_in(list(groups)) | pl.col("id").is_in(told_with.to_list())
        frame = self._events.filter(own | same_days).with_columns(_parties())
        shared = pl.col("codes").list.eval(pl.element().is_in(list(parties))).list.any()
        keep = own | shared
        return records(Event, frame.filter(keep).drop("codes").sort("date", "id").iter_rows(named=True))

    def _documents(self, ids: Collection[str]) -> list[Document]:
        found = self.workspace.scan("documents").filter(pl.col("id").is_in(list(ids))).collect()
        latest = found.sort("batch").unique("id", keep="last", maintain_order=True).sort("id")
        return records(Document, latest.iter_rows(named=True))


def _parts(mentions: Sequence[Mention]) -> pl.DataFrame:
    from ..workspace.schemas import frame

    return frame("mentions", mentions).select("document", "date", "actors", "recipients")


def _parties() -> pl.Expr:
    both = pl.concat_list("actors", "recipients")
    return both.list.eval(pl.coalesce(pl.element().struct.field("country"), pl.element().struct.field("id"))).alias("codes")


def _window(days: Sequence[str]) -> tuple[str, str]:
    """First and last day near some ISO days of any precision or ``YYYYMMDD``; for none, a window without days."""
    if not days:
        return "9999", "0000"
    whole = [d if "-" in d or len(d) == 4 else f"{d[:4]}-{d[4:6]}-{d[6:]}" for d in days]
    parsed = [datetime.date.fromisoformat((d + "-01-01")[:10]) for d in whole]
    margin = datetime.timedelta(days=_NEAR_DAYS)
    return str(min(parsed) - margin), str(max(parsed) + margin)
