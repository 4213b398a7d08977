"""Positions: who supports, opposes, asserts or denies what, as a table of actors and contested matters.

A matter is an event on which accounts differ, a quality of one ("deliberate"), an event that others act on, or an actor's conduct. A stance
comes from a claim (asserts, denies), from an act that answers an event, or from support, accusation and rejection of an actor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..config import MeasuresOptions
from ..merging import claims_of
from ..records import Actor, Event, Mention
from .counting import counts

MatterKind = Literal["event", "quality", "conduct"]
Stance = Literal["asserts", "denies", "supports", "opposes"]

_STANCES: dict[str, Stance] = {
    "SUPPORT": "supports",
    "AGREE": "supports",
    "AID": "supports",
    "ACCUSE": "opposes",
    "REJECT": "opposes",
    "PROTEST": "opposes",
    "SANCTION": "opposes",
    "THREATEN": "opposes",
}
_AGAINST = {"asserts": "denies", "denies": "asserts", "supports": "opposes", "opposes": "supports"}


@dataclass(frozen=True, slots=True)
class Matter:
    """What positions are taken on."""

    id: str  # event id; event id and quality; "conduct:CODE"
    kind: MatterKind
    about: str  # event id, or the code of the actor whose conduct it is
    quality: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Position:
    """One actor's stance on one matter. ``divided``: it is also told to hold the opposite one."""

    matter: Matter
    actor: str
    stance: Stance
    times: int
    divided: bool
    first: str | None  # day of the first and last telling or act
    last: str | None
    mentions: tuple[str, ...]


def positions(
    events: Sequence[Event], mentions: Sequence[Mention], options: MeasuresOptions, published: Mapping[str, str | None] | None = None
) -> list[Position]:
    """All positions on contested matters, the most disputed first, conduct last.

    Contested is an event or quality that merging found so, and any matter on which two actors stand on opposite sides.

    ``published``: document id -> date, for the days of claims.
    """
    held: dict[tuple[Matter, str], dict[Stance, list[tuple[str | None, str]]]] = defaultdict(lambda: defaultdict(list))
    for matter, actor, stance, day, mention in _taken(events, mentions, options, published or {}):
        held[matter, actor][stance].append((day, mention))
    by_matter: dict[Matter, list[Position]] = defaultdict(list)
    for (matter, actor), stances in held.items():
        for stance, told in stances.items():
            days = sorted(d for d, _ in told if d)
            ids = tuple(dict.fromkeys(m for _, m in told))
            divided = _AGAINST[stance] in stances
            by_matter[matter].append(
                Position(matter, actor, stance, len(ids), divided, days[0] if days else None, days[-1] if days else None, ids)
            )
    contested = {e.id for e in events if e.contested} | {f"{e.id} {d.removeprefix('quality:')}" for e in events for d in e.disputed}
    disputed = {m: ps for m, ps in by_matter.items() if m.id in contested or _differ(ps)}
    order = sorted(
        disputed,
        key=lambda m: (m.kind == "conduct", -len({p.actor for p in disputed[m]}), -sum(p.times for p in disputed[m]), m.date or "", m.id),
    )
    return [p for m in order for p in sorted(disputed[m], key=lambda p: (-p.times, p.actor, p.stance))]


def _differ(held: Sequence[Position]) -> bool:
    """Whether two different actors stand on opposite sides."""
    return any(p.actor != q.actor and q.stance in _against(p.stance) for p in held for q in held)


def _against(stance: Stance) -> tuple[str, ...]:
    return ("denies", "opposes") if stance in ("asserts", "supports") else ("asserts", "supports")


Taken = tuple[Matter, str, Stance, str | None, str]


def _taken(
    events: Sequence[Event], mentions: Sequence[Mention], options: MeasuresOptions, published: Mapping[str, str | None]
) -> Iterator[Taken]:
    by_id = {e.id: e for e in events}
    said = {m.id: m for m in mentions}
    for c in claims_of(mentions, events):
        event = by_id.get(c.event or "")
        if event is None or c.stance not in ("asserts", "denies"):
            continue
        who = c.speaker_country or c.speaker_id or c.speaker
        yield (
            Matter(event.id, "event", event.id, None, event.date),
            who,
            "denies" if c.stance == "denies" else "asserts",
            published.get(c.document),
            c.mention,
        )
    for e in events:
        for m in (said[i] for i in e.mentions if i in said):
            for q in m.qualities:
                if q.sources:
                    who = q.sources[-1].country or q.sources[-1].id or q.sources[-1].text
                    matter = Matter(f"{e.id} {q.text}", "quality", e.id, q.text, e.date)
                    yield matter, who, "denies" if q.denied else "asserts", published.get(m.document), m.id
        yield from _acted(e, by_id, options)


def _acted(e: Event, by_id: Mapping[str, Event], options: MeasuresOptions) -> Iterator[Taken]:
    """The stances that an act of support or opposition takes: on what it answers, and on the conduct of its recipients."""
    stance = _STANCES.get(e.type)
    if stance is None or not counts(e, options) or not e.mentions:
        return
    answered = by_id.get(e.answers or "")
    for a in dict.fromkeys(_code(x) for x in e.actors):
        if answered is not None:
            yield Matter(answered.id, "event", answered.id, None, answered.date), a, stance, e.date, e.mentions[0]
        for r in dict.fromkeys(_code(x) for x in e.recipients):
            if r != a:
                yield Matter(f"conduct:{r}", "conduct", r, None, None), a, stance, e.date, e.mentions[0]


def _code(actor: Actor) -> str:
    return actor.code
