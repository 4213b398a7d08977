"""The pages that judge: the queue of mentions, one event's tellings with what it may be merged with, and what was decided."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import polars as pl

from ...knowledge import load_codebook
from ...records import STATUSES, Event, Mention
from ...workspace import precision, queue
from ...workspace.corrections import as_written
from ...workspace.decisions import Standing
from ...workspace.review import Precision, Share, Waiting
from ..judged import changes_of, decision_row, precision_words
from ..words import act, day, words
from .event import found_event
from .lines import Facts, actors_facts, event_line, event_lines, telling
from .materials import Materials

#: events that one may be merged with: told within so many days, at most so many
_DAYS, _CANDIDATES = 7, 12


def review_page(materials: Materials, by: Literal["both", "doubt", "lot"] = "both", size: int = 12, mention: str | None = None) -> Facts:
    """The mentions to judge next, each as a card, and how often the coder was right so far; or the one ``mention`` that is asked for."""
    waiting = [] if mention else queue(materials.snapshot.workspace, size, by)
    one = materials.snapshot.mentions([mention]) if mention else {}
    about = materials.snapshot.about({m.document for m in one.values()})
    return {
        "title": "Review",
        "by": by,
        "mention": mention,
        "cards": [card(materials, m, telling(m, about.get(m.document))) for m in one.values()] or cards(materials, waiting),
        "choices": choices(materials),
        "measured": measured(materials),
        "decided": len(materials.snapshot.decided.standing),
    }


def measured(materials: Materials) -> Facts:
    """The precision of this workspace for display."""
    found = materials.snapshot.memo("precision", lambda: precision(materials.snapshot.workspace))
    return {
        "words": precision_words(found),
        "shares": [share(title, s) for title, s in _shares(found) if s.of],
        "accepted": found.accepted,
        "corrected": found.corrected,
        "rejected": found.rejected,
        "mentions": found.mentions,
    }


def _shares(found: Precision) -> Iterable[tuple[str, Share]]:
    yield "tells an act", found.told
    yield "right in every field", found.whole
    yield from ((f"its {name}", s) for name, s in found.fields.items())


def share(title: str, s: Share) -> Facts:
    """A share with its interval, in hundredths."""
    cut = [None if v is None else round(100 * v) for v in (s.value, s.low, s.high)]
    return {"title": title, "right": s.right, "of": s.of, "value": cut[0], "low": cut[1], "high": cut[2]}


def cards(materials: Materials, waiting: Iterable[Waiting]) -> list[Facts]:
    """Mentions that wait, with their sentence and what to judge in it."""
    listed = list(waiting)
    told = materials.snapshot.mentions([w.mention for w in listed])
    about = materials.snapshot.about({w.document for w in listed})
    events = {e.id: e for e in materials.snapshot.events_by([w.event for w in listed if w.event])}
    out = []
    for w in listed:
        m = told.get(w.mention)
        if m is not None:
            text = materials.snapshot.document(m.document) if len(m.sentence) != m.sentence_span[1] - m.sentence_span[0] else None
            why = {"doubt": round(100 * w.doubt), "weight": round(100 * w.weight), "by": w.by}
            shown = card(materials, m, telling(m, about.get(m.document), text))
            out.append({**shown, **why, "moves": _moves(m, events.get(w.event or ""))})
    return out


def card(materials: Materials, m: Mention, told: Facts) -> Facts:
    """A mention to be judged: its telling, what is coded in words and as a correction writes it, and whether it was judged."""
    return {
        **told,
        "trigger": m.trigger,
        "actors": actors_facts(m.actors, materials),
        "recipients": actors_facts(m.recipients, materials),
        "noun": act(m.type, m.mode, "one"),
        "day": day(m.date) if m.date else None,
        "fields": {**as_written(m), "kind": f"{m.type}/{m.mode}" if m.mode else m.type},
        "judged": next((b.removeprefix("decision:") for b in m.because if b.startswith("decision:")), None),
    }


def _moves(m: Mention, event: Event | None) -> str:
    """What of the figures depends on a mention, in words."""
    parts = []
    if m.intensity is not None:
        parts.append(f"intensity {m.intensity:+.1f}".replace("-", "−"))
    if event is not None:
        parts.append("the only telling of its event" if len(event.mentions) == 1 else f"one of {len(event.mentions)} tellings of its event")
    if m.status != "happened":
        parts.append(f"told as {words()['statuses'][m.status]['label']}")
    if not (m.actors and m.recipients):
        parts.append("one side unknown")
    return ", ".join(parts)


def choices(materials: Materials) -> Facts:
    """What a correction may choose from: types with their modes, statuses."""
    book = load_codebook(materials.config.knowledge.codebook)
    kinds = []
    for type_ in book.scale:
        modes = [{"value": f"{type_}/{mode}", "label": act(type_, mode, "one")} for mode in book.modes(type_)]
        kinds.append({"type": type_, "label": act(type_, None, "one"), "modes": modes})
    statuses = [{"value": s, "label": words()["statuses"][s]["label"], "means": words()["statuses"][s]["means"]} for s in STATUSES]
    return {"kinds": kinds, "statuses": statuses}


# ---------------------------------------------------------------- one event
def judging_page(materials: Materials, id: str) -> Facts:
    """An event's tellings as cards, and the events near it that it may be merged with. Raises H01."""
    event = found_event(materials, id)
    told = materials.snapshot.mentions(event.mentions)
    about = materials.snapshot.about({m.document for m in told.values()})
    tellings = [card(materials, told[m], telling(told[m], about.get(told[m].document))) for m in event.mentions if m in told]
    return {
        "title": "Judge this event",
        "event": event_line(event, materials),
        "cards": tellings,
        "choices": choices(materials),
        "near": event_lines(_near(materials, event), materials),
    }


def _near(materials: Materials, event: Event) -> list[Event]:
    """Events of the same days that share a party, those of the same type first."""
    if not event.date:
        return []
    on = datetime.date.fromisoformat(event.date + "-01-01"[{4: 0, 7: 3}.get(len(event.date), 6) :])
    length = {4: 365, 7: 30}.get(len(event.date), 0)
    first, last = str(on - datetime.timedelta(days=_DAYS)), str(on + datetime.timedelta(days=length + _DAYS))
    days = (pl.col("date") >= first[: len(event.date)]) & (pl.col("date") <= last + "~") & (pl.col("id") != event.id)
    parties = {a.code for a in (*event.actors, *event.recipients)}
    others = [e for e in materials.snapshot.events_where(days) if parties & {a.code for a in (*e.actors, *e.recipients)}]

    def far(e: Event) -> tuple[bool, bool, int]:
        given = e.date or event.date or ""
        gap = abs((datetime.date.fromisoformat(given + "-01-01"[{4: 0, 7: 3}.get(len(given), 6) :]) - on).days)
        return e.type != event.type, {a.code for a in e.actors} != {a.code for a in event.actors}, gap

    return sorted(others, key=far)[:_CANDIDATES]


# ---------------------------------------------------------------- what was decided
def decisions_page(materials: Materials, size: int = 50, before: str | None = None) -> Facts:
    """Decisions, the latest first; ``before``: only those older than this id."""
    standing = [s for s in reversed(materials.snapshot.decided.standing) if before is None or s.decision.id < before]
    last = {t.mention: s.decision.id for s in materials.snapshot.decided.standing for t in _open(s)}
    shown = standing[:size]
    return {
        "title": "Decisions",
        "decisions": [_decision(s, last) for s in shown],
        "total": len(materials.snapshot.decided.standing),
        "older": shown[-1].decision.id if len(standing) > size else None,
        "measured": measured(materials),
    }


def _open(s: Standing) -> tuple[Any, ...]:
    done = s.state in ("undone", "done")
    return () if done else (*s.decision.target, *s.decision.others)


def _decision(s: Standing, last: Mapping[str, str]) -> Facts:
    row = decision_row(s)
    mine = [t.mention for t in _open(s)]
    return {
        **row,
        "day": day(s.decision.when[:10]),
        "time": s.decision.when[11:16],
        "trigger": s.decision.target[0].trigger if s.decision.target else None,
        "changes": changes_of(s) if s.decision.kind == "correct" else [],
        "undoable": bool(mine) and all(last[m] == s.decision.id for m in mine),
        "mentions": len(s.decision.target),
    }
