"""What was decided about mentions: which decisions are in force, where their mentions stand now, and the mentions as decided.

A judged mention (accepted or corrected) stays as it was judged, whatever a later coder says of it; a rejected one stays out as long as it
is coded as the same type. A decision finds its mention by document, trigger span and type, so it survives coding anew.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from ..merging.links import Links
from ..records import Decision, Judged, Mention, as_dict
from .schemas import records

#: what a judgement settles
JUDGED_FIELDS = ("type", "mode", "status", "actors", "recipients", "sources", "date", "date_precision", "place")
_WITH_TYPE = ("intensity", "cameo")  # follow from type and mode

State = Literal["in force", "kept", "lost", "undone", "overruled", "done"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision and what it does now.

    ``in force``; ``kept``: the coder no longer tells the mention, it stays as judged; ``lost``: it finds nothing to act on (a rejected
    mention is gone or of another type now, events of a merge or split have fewer than two sides); ``overruled`` by a later judgement of
    the mention; ``undone``; ``done``: an undo.
    """

    decision: Decision
    state: State
    mention: str | None  # id of its mention now

    @property
    def judges(self) -> bool:
        """Whether it settles a mention now."""
        return self.decision.kind in ("accept", "correct", "reject") and self.state in ("in force", "kept") and self.mention is not None


def judged(mention: Mention) -> Judged:
    """Where a mention stands."""
    return Judged(mention.id, mention.document, mention.sentence_span, mention.trigger_span, mention.trigger, mention.type)


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions that are not undone, the oldest first."""
    ordered = sorted(decisions, key=lambda d: d.id)
    undone = {d.undoes for d in ordered if d.kind == "undo"}
    return [d for d in ordered if d.kind != "undo" and d.id not in undone]


def find(target: Judged, told: Sequence[Mention]) -> Mention | None:
    """The mention of the same document that a decision means: the same trigger words, rather of the same type; None where there is none."""
    start, end = target.trigger_span
    best: tuple[tuple[bool, bool, bool], Mention] | None = None
    for m in told:
        if m.trigger_span[0] >= end or m.trigger_span[1] <= start:
            continue
        mark = (m.trigger_span == target.trigger_span, m.type == target.type, m.id == target.mention)
        if not mark[0] and not mark[1]:
            continue
        if best is None or mark > best[0]:
            best = mark, m
    return best[1] if best else None


def coded_as(decision: Decision) -> Mention:
    """The mention as it was coded when it was judged."""
    row = json.loads(decision.before or "{}")["mention"]
    return records(Mention, [row])[0]


def event_before(decision: Decision) -> str | None:
    """The event the mention was told of when it was judged."""
    found: str | None = json.loads(decision.before or "{}").get("event")
    return found


def events_before(decision: Decision) -> dict[str, list[str]]:
    """Of merge and split: the mentions of each event before it."""
    found: dict[str, list[str]] = json.loads(decision.before or "{}").get("events", {})
    return found


def after_of(mention: Mention) -> dict[str, Any]:
    """The judged fields of a mention, ready for JSON."""
    row = as_dict(mention)
    return {name: row[name] for name in (*JUDGED_FIELDS, *_WITH_TYPE)}


def as_judged(mention: Mention, decision: Decision) -> Mention:
    """A mention with what a judgement settled; its confidence is 1 and its ``because`` names the decision."""
    settled = _settled(decision)
    if settled.type == mention.type and settled.mode == mention.mode:
        settled = replace(settled, intensity=mention.intensity, cameo=mention.cameo)
    values = {name: getattr(settled, name) for name in (*JUDGED_FIELDS, *_WITH_TYPE)}
    return replace(mention, **values, confidence=1.0, because=(*mention.because, f"decision:{decision.id}"))


@lru_cache(maxsize=4096)
def _settled(decision: Decision) -> Mention:
    row = {**json.loads(decision.before or "{}")["mention"], **json.loads(decision.after or "{}")}
    return records(Mention, [row])[0]


@dataclass(frozen=True, slots=True)
class Decided:
    """Mentions as decided: ``gone`` are the ids (as coded) that are replaced or left out, ``instead`` what stands in their place."""

    gone: frozenset[str]
    instead: tuple[Mention, ...]
    standing: tuple[Standing, ...]  # of every decision, the oldest first
    now: Mapping[str, str]  # mention id when it was judged -> id now


def decide(decisions: Sequence[Decision], coded: Mapping[str, Sequence[Mention]]) -> Decided:
    """The decisions laid over what is coded. ``coded``: the mentions of each document that a decision names."""
    force = in_force(decisions)
    state: dict[str, tuple[State, str | None]] = {}
    now: dict[str, str] = {}
    last: dict[str, Decision] = {}  # id now (or of the kept mention) -> judgement
    place: dict[str, Mention | None] = {}
    for d in force:
        for t in (*d.target, *d.others):
            found = find(t, coded.get(t.document, ()))
            now[t.mention] = found.id if found else t.mention
            if d.kind in ("accept", "correct", "reject"):
                key = now[t.mention]
                if key in last:
                    state[last[key].id] = ("overruled", key)
                last[key], place[key] = d, found
    gone: set[str] = set()
    instead: list[Mention] = []
    for key, d in last.items():
        found = place[key]
        if d.kind == "reject":
            same = found is not None and found.type == d.target[0].type
            state[d.id] = ("in force", key) if same else ("lost", None)
            if same:
                gone.add(key)
        elif found is not None:
            gone.add(key)
            instead.append(as_judged(found, d))
            state[d.id] = ("in force", key)
        else:
            instead.append(as_judged(coded_as(d), d))
            state[d.id] = ("kept", key)
    kept = {m.id for m in instead}
    there = {m.id for told in coded.values() for m in told} - (gone - kept) | kept
    for d in force:
        if d.kind in ("merge", "split"):
            sides = [[now[t.mention] in there for t in side] for side in (d.target, d.others)]
            whole = any(sides[0]) and any(sides[1]) if d.kind == "split" else sum(sides[0]) > 1
            state[d.id] = ("in force" if whole else "lost", None)
    undone = {d.undoes for d in decisions if d.kind == "undo"}
    standing = tuple(
        Standing(d, *(("undone", None) if d.id in undone else state.get(d.id, ("done", None))))
        for d in sorted(decisions, key=lambda d: d.id)
    )
    return Decided(frozenset(gone), tuple(instead), standing, now)


def links_of(decisions: Sequence[Decision], now: Mapping[str, str]) -> Links:
    """Which mentions shall be of one event and which not, by the ids they have now; the later decision on a pair counts."""
    pairs: dict[tuple[str, str], bool] = {}
    for d in in_force(decisions):
        own = [now.get(t.mention, t.mention) for t in d.target]
        rest = [now.get(t.mention, t.mention) for t in d.others]
        if d.kind == "merge" or d.kind == "split":
            for n, a in enumerate(own):
                for b in own[n + 1 :]:
                    pairs[min(a, b), max(a, b)] = True
                if d.kind == "split":
                    for b in rest:
                        pairs[min(a, b), max(a, b)] = False
    together, apart = [p for p, one in pairs.items() if one], [p for p, one in pairs.items() if not one]
    return Links(tuple(together), tuple(apart))


def by_document(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """Mentions by the document they stand in."""
    out: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        out[m.document].append(m)
    return out
