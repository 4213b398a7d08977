"""Measures as rows of listings."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..measures import Influence, Matter, Position, Pull, TensionPoint, TurningPoint
from ..records import Event
from .tables import Row
from .words import act_between, count

#: columns of actors in a table of positions, and actors named beside them; components of influence in the order of the listing
_ACTORS, _OTHERS = 6, 8
_COMPONENTS = ("response", "dependence", "share", "defiance", "together")


def plain_row(record: Any) -> Row:
    """A flat record as columns; the ids behind it joined by blanks, as evidence."""
    row = {f.name: getattr(record, f.name) for f in dataclasses.fields(record)}
    return {"evidence" if isinstance(v, tuple) else k: " ".join(v) if isinstance(v, tuple) else v for k, v in row.items()}


def tension_row(p: TensionPoint, events: str) -> Row:
    """Tension of one period as columns."""
    return {
        "start": p.day,
        "tension": p.value,
        "low": p.low,
        "high": p.high,
        "estimate": "estimate" if p.estimate else None,
        "documents": p.documents,
        "acts": len(p.events),
        "events": events,
    }


def tension_notes(points: Sequence[TensionPoint], by: str) -> list[str]:
    """What to know of a course of tension: how much of it was not read."""
    estimates, unknown = sum(p.estimate for p in points), sum(p.value is None for p in points)
    out = []
    if estimates:
        out.append(f"{count(estimates, by)} of {len(points)} carried on from before in a wider band (`estimate`): nothing was read then.")
    if unknown:
        out.append(f"{count(unknown, by)} of {len(points)} left empty: unknown, not calm.")
    return out


def level_in_words(day: str, found: Sequence[TensionPoint]) -> str:
    """The tension of a day in a sentence, from the points of a course of that day alone."""
    p = found[0] if found else None
    if p is None or p.value is None:
        return f"tension on {day} is not known: too long before it nothing of them was told, or nothing was read."
    carried = "; carried on from before, for nothing was read for more than a week" if p.estimate else ""
    return f"tension on {p.day} is {p.value:.2f} ({p.low:.2f} – {p.high:.2f}){carried}."


def pull_row(p: Pull) -> Row:
    """What one event does to tension, as columns."""
    return {
        "event": p.event,
        "date": p.date,
        "actor": p.actor,
        "type": p.type,
        "mode": p.mode,
        "recipient": p.recipient,
        "intensity": p.intensity,
        "weight": p.weight,
        "effect": p.effect,
    }


def turning_row(t: TurningPoint, events: str) -> Row:
    """One turning point as columns."""
    return {
        "day": t.day,
        "way": t.way,
        "size": t.size,
        "low": t.low,
        "high": t.high,
        "before": t.before,
        "after": t.after,
        "acts": len(t.events),
        "events": events,
    }


def turning_notes(found: Sequence[TurningPoint]) -> list[str]:
    """Which turning points rest on a single act."""
    single = [t.day for t in found if len(t.events) == 1]
    if not single:
        return []
    rest = "rests" if len(single) == 1 else "rest each"
    return [f"what turns on {', '.join(single)} {rest} on one act; `detente mentions --event ID` gives its sentences."]


def influence_rows(found: Influence, every: bool = True) -> list[Row]:
    """Influence by period, the whole time last; with ``every`` also the bands."""
    rows = []
    for start, acts, components in [*((p.start, p.acts, p.components) for p in found.points), ("all", found.acts, found.whole)]:
        row: Row = {"start": start, "acts": acts}
        for name in _COMPONENTS:
            share = components[name]
            if every:
                row |= {name: share.value, f"{name}_low": share.low, f"{name}_high": share.high}
            else:
                row[name] = None if share.value is None else f"{share.value:.2f} ({share.low:.2f}–{share.high:.2f})"
        rows.append(row)
    if every:
        return rows
    trend: Row = {"start": "trend", "acts": None}
    return [*rows, trend | {t.component: f"{t.verdict} ({_signed(t.change)})" for t in found.trends}]


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.2f}"


def position_rows(found: Sequence[Position], events: Mapping[str, Event]) -> list[Row]:
    """Positions as columns, the matters in words."""
    return [
        {
            "matter": matter(p, events),
            "date": p.matter.date,
            "actor": p.actor,
            "stance": p.stance,
            "words": "; ".join(p.words) or None,
            "speakers": "; ".join(p.speakers) or None,
            "own_voice": p.outlet,
            "divided": p.divided,
            "times": p.times,
            "first": p.first,
            "last": p.last,
            "kind": p.matter.kind,
            "matter_id": p.matter.id,
            "evidence": " ".join(p.mentions),
        }
        for p in found
    ]


def position_table(found: Sequence[Position], events: Mapping[str, Event], most: int = _ACTORS) -> list[Row]:
    """One row a matter, one column an actor: those with most positions; the others, and outlets in their own voice, in the last column."""
    taken = Counter(p.actor for p in found if not p.outlet)
    actors = [a for a, _ in taken.most_common(most)]
    grouped: dict[Matter, list[Position]] = {}
    for p in found:
        grouped.setdefault(p.matter, []).append(p)
    rows = []
    for held in grouped.values():
        row: Row = {"matter": matter(held[0], events), "date": held[0].matter.date}
        cells: dict[str, list[str]] = {}
        for p in held:
            if not p.outlet:
                cells.setdefault(p.actor, []).append(_cell(p))
        for a in actors:
            row[a] = " / ".join(cells.pop(a, ())) or None
        others = [f"{a} {' / '.join(stances)}" for a, stances in cells.items()]
        more = [f"{len(others) - _OTHERS} more"] if len(others) > _OTHERS + 1 else []
        others = [*(others[:_OTHERS] if more else others), *more, *_own_voices(held)]
        row["others"] = "; ".join(others) or None
        rows.append(row)
    return rows


def _own_voices(held: Sequence[Position]) -> list[str]:
    """What outlets hold in their own voice: one by its name, several by their number."""
    by_stance: dict[str, list[Position]] = {}
    for p in held:
        if p.outlet:
            by_stance.setdefault(p.stance, []).append(p)
    return [
        f"{voices[0].actor} {_cell(voices[0])}" if len(voices) == 1 else f"{len(voices)} outlets: {stance} {sum(p.times for p in voices)}"
        for stance, voices in by_stance.items()
    ]


def _cell(p: Position) -> str:
    """A stance with its own words; where an actor is told to hold both, with who speaks for it."""
    said = [f"“{w}”" for w in p.words] or ([p.speakers[0]] if p.divided and p.speakers else [])
    return " ".join([p.stance, *(f"({s})" for s in said), *([str(p.times)] if p.times > 1 else [])])


def matter(p: Position, events: Mapping[str, Event]) -> str:
    """What a position is taken on, in words."""
    event = events.get(p.matter.about)
    what = f"conduct of {p.matter.about}" if event is None else act_between(event, lambda code: code)
    return f"{what}: “{p.matter.quality}”" if p.matter.quality else what
