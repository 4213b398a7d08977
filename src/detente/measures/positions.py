"""Positions: who supports, opposes, asserts or denies what, as a table of actors and contested matters.

A matter is an event of which somebody denies what others tell, what an affair was like ("deliberate"), an event that others answer, or an
actor's conduct. A stance comes from a claim (asserts, denies), from an act that a text calls the answer to an event, or from support,
accusation and rejection of an actor. Links between events that no text tells are no stance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..config import MeasuresOptions
from ..merging import claims_of
from ..merging.qualities import held_of, kind_of
from ..records import TOLD_ANSWERS, Event, Mention, Quality
from .counting import counts
from .holders import holder, named, words

MatterKind = Literal["event", "quality", "conduct"]
Stance = Literal["asserts", "denies", "supports", "opposes"]

_AGAINST: dict[Stance, Stance] = {"asserts": "denies", "denies": "asserts", "supports": "opposes", "opposes": "supports"}
_NO_OUTLET = "outlet unknown"


@dataclass(frozen=True, slots=True)
class Matter:
    """What positions are taken on."""

    id: str  # event id; event id and quality; "conduct:CODE"
    kind: MatterKind
    about: str  # event id, or the code of the actor whose conduct it is; of a quality the first event of the affair that it is told of
    quality: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Position:
    """One actor's stance on one matter."""

    matter: Matter
    actor: str
    stance: Stance
    times: int
    divided: bool  # the actor is also told to hold the opposite
    first: str | None  # day of the first and last telling or act
    last: str | None
    mentions: tuple[str, ...]
    speakers: tuple[str, ...] = ()  # who spoke for the actor, in the words of the texts; empty where it acted
    words: tuple[str, ...] = ()  # of a quality: its own words where they are others than the matter's
    outlet: bool = False  # an outlet that tells it in its own voice


@dataclass(frozen=True, slots=True)
class _Taken:
    """One telling of one stance."""

    matter: Matter
    actor: str
    stance: Stance
    day: str | None
    mention: str
    speaker: str | None = None
    words: str | None = None
    outlet: bool = False


def positions(
    events: Sequence[Event],
    mentions: Sequence[Mention],
    options: MeasuresOptions,
    published: Mapping[str, str | None] | None = None,
    outlets: Mapping[str, str | None] | None = None,
) -> list[Position]:
    """All positions on contested matters, the most disputed first, conduct last.

    Contested is a matter on which two stand on opposite sides: two actors, two speakers of one, or somebody and an outlet that tells the
    opposite in its own voice.

    ``published``: document id -> date, for the days of claims; ``outlets``: document id -> outlet, without which outlets take no side.
    """
    told: dict[Matter, list[_Taken]] = defaultdict(list)
    for t in _taken(events, {m.id: m for m in mentions}, options, published or {}, outlets):
        told[t.matter].append(t)
    disputed = {m: held for m, found in told.items() if _differ(held := _held(found))}
    order = sorted(
        disputed,
        key=lambda m: (m.kind == "conduct", -len({p.actor for p in disputed[m]}), -sum(p.times for p in disputed[m]), m.date or "", m.id),
    )
    return [p for m in order for p in sorted(disputed[m], key=lambda p: (p.outlet, -p.times, p.actor, p.stance))]


def _held(taken: Sequence[_Taken]) -> list[Position]:
    """The positions on one matter."""
    by_holder: dict[tuple[str, bool], dict[Stance, list[_Taken]]] = defaultdict(lambda: defaultdict(list))
    for t in taken:
        by_holder[t.actor, t.outlet][t.stance].append(t)
    out = []
    for (actor, outlet), stances in by_holder.items():
        for stance, found in stances.items():
            days = sorted(t.day for t in found if t.day)
            ids, speakers, own = (
                tuple(dict.fromkeys(v for v in values if v))
                for values in ([t.mention for t in found], [t.speaker for t in found], [t.words for t in found])
            )
            divided = _AGAINST[stance] in stances
            first, last = (days[0], days[-1]) if days else (None, None)
            out.append(Position(taken[0].matter, actor, stance, len(ids), divided, first, last, ids, speakers, own, outlet))
    return out


def _differ(held: Sequence[Position]) -> bool:
    """Whether two stand on opposite sides, one of them no outlet: two actors, or two speakers of one."""
    return any(
        q.stance == _AGAINST[p.stance] and (p.actor != q.actor or not {*p.speakers} & {*q.speakers})
        for p in held
        for q in held
        if not (p.outlet and q.outlet)
    )


def _taken(
    events: Sequence[Event],
    said: Mapping[str, Mention],
    options: MeasuresOptions,
    published: Mapping[str, str | None],
    outlets: Mapping[str, str | None] | None,
) -> Iterator[_Taken]:
    by_id = {e.id: e for e in events}
    for c in claims_of(list(said.values()), events):
        who = holder(c.speaker, c.speaker_id, c.speaker_country)
        if c.event in by_id and who and c.stance in ("asserts", "denies"):
            stance: Stance = "denies" if c.stance == "denies" else "asserts"
            yield _Taken(_event(by_id[c.event]), who, stance, published.get(c.document), c.mention, c.speaker)
    for e in events:
        if outlets is not None and e.denied_by:
            yield from _in_own_voice(e, said, published, outlets)
        yield from _acted(e, by_id, said, options)
    yield from _called(events, said, published, outlets)


def _event(e: Event) -> Matter:
    return Matter(e.id, "event", e.id, None, e.date)


def _in_own_voice(
    e: Event, said: Mapping[str, Mention], published: Mapping[str, str | None], outlets: Mapping[str, str | None]
) -> Iterator[_Taken]:
    """The outlets that tell an event as happened without citing anybody."""
    for m in (said[i] for i in e.mentions if i in said):
        if m.status == "happened" and not m.sources:
            outlet = outlets.get(m.document) or _NO_OUTLET
            yield _Taken(_event(e), outlet, "asserts", published.get(m.document), m.id, outlet, outlet=True)


def _acted(e: Event, by_id: Mapping[str, Event], said: Mapping[str, Mention], options: MeasuresOptions) -> Iterator[_Taken]:
    """The stances that an act of support or opposition takes: on what it is told to answer, and on the conduct of its recipients."""
    stance: Stance | None = words()["stances"].get(e.type)
    if stance is None or not counts(e, options) or not e.mentions:
        return
    telling, none = said.get(e.mentions[0]), words()["no_stance"]
    if e.mode in none["modes"] or (telling is not None and telling.cameo in none["cameo"]):
        return
    answered = by_id.get(e.answers or "") if e.answers_by in TOLD_ANSWERS else None
    for a in dict.fromkeys(filter(None, map(named, e.actors))):
        if answered is not None:
            yield _Taken(_event(answered), a, stance, e.date, e.mentions[0])
        for r in dict.fromkeys(filter(None, map(named, e.recipients))):
            if r != a:
                yield _Taken(Matter(f"conduct:{r}", "conduct", r, None, None), a, stance, e.date, e.mentions[0])


# ---------------------------------------------------------------- what an affair was like
def _called(
    events: Sequence[Event], said: Mapping[str, Mention], published: Mapping[str, str | None], outlets: Mapping[str, str | None] | None
) -> Iterator[_Taken]:
    """The stances on what acts were like, one matter for each affair: charges ('deliberate') against denials of them and excuses."""
    for held in _disputes(events):
        told = Counter(q.text for _, q in held)
        head = min(told, key=lambda text: (kind_of(text) == "excuses", -told[text], text))
        first = min((e for e, q in held if q.text == head), key=lambda e: (e.date or "", e.id))
        matter = Matter(f"{first.id} {head}", "quality", first.id, head, first.date)
        for e, q in held:
            so = (q.text == head or kind_of(q.text) == kind_of(head)) != q.denied
            own = None if q.text == head else f"not {q.text}" if q.denied else q.text
            for m in (said[i] for i in e.mentions if i in said and q in said[i].qualities):
                outlet = (outlets.get(m.document) or _NO_OUTLET) if outlets is not None and not q.sources else None
                source = q.sources[-1] if q.sources else None
                who = holder(source.text, source.id, source.country) if source else outlet
                if who:
                    speaker = source.text if source else outlet
                    stance: Stance = "asserts" if so else "denies"
                    yield _Taken(matter, who, stance, published.get(m.document), m.id, speaker, own, outlet is not None)


def _disputes(events: Sequence[Event]) -> list[list[tuple[Event, Quality]]]:
    """What is said of each affair as to a disputed quality; disputes that share a telling are one."""
    with_any = sorted((e for e in events if e.qualities), key=lambda e: (e.date or "", e.id))
    found: list[dict[tuple[str, str, int], tuple[Event, Quality]]] = []
    for e in with_any:
        for text in (d.removeprefix("quality:") for d in e.disputed if d.startswith("quality:")):
            # the reverse in other words answers a charge only where it is of acts of the same side
            held = [(o, q) for o, q in held_of(text, e, with_any) if q.text == text or _same_side(e, o)]
            mine = {(o.id, q.text, o.qualities.index(q)): (o, q) for o, q in held}
            for other in [d for d in found if not d.keys().isdisjoint(mine)]:
                found.remove(other)
                mine = other | mine
            found.append(mine)
    return [list(d.values()) for d in found]


def _same_side(a: Event, b: Event) -> bool:
    mine, theirs = {x.code for x in a.actors}, {x.code for x in b.actors}
    return not mine or not theirs or not mine.isdisjoint(theirs)
