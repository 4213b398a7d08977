"""What changed: three to six sentences made from the data, each with the mentions behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...records import QUADS, Event
from ..words import act_between, count, day, days, listed, sentence, with_article
from .data import BriefData


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the brief and the mentions that carry it."""

    text: str
    mentions: tuple[str, ...]


def what_changed(data: BriefData) -> list[Statement]:
    """Three to six statements; fewer where the documents hold too little. Nothing is said that no mention carries."""
    out = [Statement(sentence(text), mentions) for text, mentions in _all(data) if mentions]
    return out[:6]


def _all(data: BriefData) -> Iterator[tuple[str, tuple[str, ...]]]:
    done = [e for e in data.events if e.status in ("happened", "claimed")]
    if not done:
        return
    dated = sorted((e for e in done if e.date and len(e.date) == 10), key=lambda e: e.date or "")
    outlets = {o for e in done for o in e.outlets}
    contested = [e for e in data.events if e.contested]
    if dated:
        when = days(dated[0].date or "", dated[-1].date or "")
        told = f"{count(len(outlets), 'outlet')} told of {count(len(done), 'event')} {when}"
        text = f"{told}, of which {count(len(contested), 'is', 'are')} contested"
        yield text, (dated[0].mentions[0], dated[-1].mentions[0])
    yield from _dyad(data)
    widest = max(done, key=lambda e: (e.origins, len(e.outlets), abs(e.intensity or 0.0)))
    if widest.origins > 1:
        yield (
            f"told most widely, by {count(widest.origins, 'independent outlet')}, is {act_between(widest, data.name_of)} {_when(widest)}",
            widest.mentions,
        )
    yield from _turn(data)
    if contested:
        e = max(contested, key=lambda e: (len(e.outlets), len(e.mentions)))
        asserted, denied = listed(e.asserted_by, 2), listed(e.denied_by, 2)
        if denied and asserted:
            yield f"accounts differ on {act_between(e, data.name_of)} {_when(e)}: {asserted} assert it, {denied} deny it", e.mentions
        else:
            yield f"accounts differ on {act_between(e, data.name_of)} {_when(e)}", e.mentions
    ahead = [e for e in data.events if e.status == "planned" and (e.actors and (e.recipients or len(e.actors) > 1))]
    if ahead:
        e = max(ahead, key=lambda e: (len(e.outlets), e.last_told or "", e.confidence or 0))
        yield f"announced or intended, not yet done: {act_between(e, data.name_of)}", e.mentions


def _dyad(data: BriefData) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not data.dyads:
        return
    d = data.dyads[0]
    a, b = (with_article(data.name_of(c)) for c in (d.a, d.b))
    by_id = {e.id: e for e in data.events}
    edge = next((x for x in data.edges if x.actor == d.a and x.recipient == d.b), None)
    if edge is None:
        return
    members = [by_id[i] for i in edge.event_ids if i in by_id]
    strongest = max(members, key=lambda e: (abs(e.intensity or 0.0), e.origins))
    hostile = f"{d.hostile} of them hostile" if d.hostile else "none of them hostile"
    sides = f"{a} acts {count(d.forward, 'time')}, {b} {count(d.backward, 'time')}"
    text = f"most is told between {a} and {b}: {count(d.events, 'event')}, {hostile}; {sides}"
    yield text, strongest.mentions


def _turn(data: BriefData) -> Iterator[tuple[str, tuple[str, ...]]]:
    by_id = {e.id: e for e in data.events}
    moves = [(abs(t.change), t, x) for x in data.tensions for t in x.turns if t.event in by_id]
    if not moves:
        return
    _, turn, pair = max(moves, key=lambda m: m[0])
    e = by_id[turn.event]
    way = "rose" if turn.change > 0 else "fell"
    a, b = (with_article(data.name_of(c)) for c in (pair.a, pair.b))
    yield f"tension between {a} and {b} {way} most on {day(turn.day)}, with {act_between(e, data.name_of)}", e.mentions


def _when(e: Event) -> str:
    if not e.date:
        return ""
    return f"on {day(e.date)}" if len(e.date) == 10 else f"in {day(e.date)}"


def weight(e: Event) -> tuple[int, float, int]:
    """How much an event matters in a short list: independent outlets, intensity, tellings."""
    return e.origins, abs(e.intensity or 0.0) + (1 if QUADS.get(e.type, 0) in (2, 4) else 0), len(e.mentions)
