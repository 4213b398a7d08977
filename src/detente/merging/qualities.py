"""Qualities that one side asserts of an act and another denies: matters of dispute though nobody denies the act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..records import Event, Mention, Quality
from .words import plain_words, read_data

#: tellings of one affair may date its acts some days apart
_DAYS = 5


def dispute_qualities(events: Sequence[Event], mentions: Mapping[str, Mention]) -> list[Event]:
    """Events with the qualities their mentions report; contested where another speaker denies what one asserts of the same affair.

    Two events belong to one affair where they share their parties and a document or, to within days, the date: 'the raid' and 'the
    arrests' of one morning.
    """
    events = [_unmarked(e) for e in events]
    said = {e.id: tuple(q for m in e.mentions if m in mentions for q in mentions[m].qualities) for e in events}
    holders: dict[str, list[tuple[Event, Quality]]] = defaultdict(list)
    for e in events:
        for q in said[e.id]:
            holders[q.text].append((e, q))
    disputed: dict[str, list[str]] = defaultdict(list)
    for text, told in sorted(holders.items()):
        for e, q in told:
            others = ((o, q2) for o, q2 in [*told, *_opposite(text, holders)] if _against(q, q2) and _speaker(q2) != _speaker(q))
            against = (o for o, _ in others if _one_affair(e, o))
            if any(True for _ in against) and text not in disputed[e.id]:
                disputed[e.id].append(text)
    return [
        replace(
            e,
            qualities=said[e.id],
            contested=e.contested or bool(disputed[e.id]),
            disputed=(*e.disputed, *(f"quality:{t}" for t in disputed[e.id])),
        )
        if said[e.id]
        else e
        for e in events
    ]


def held_of(text: str, event: Event, events: Sequence[Event]) -> list[tuple[Event, Quality]]:
    """All that is said of one affair as to a quality: of ``event`` and of ``events`` of the same affair, for it, against it, or the reverse
    in other words.
    """
    holders: dict[str, list[tuple[Event, Quality]]] = defaultdict(list)
    for e in {e.id: e for e in (event, *events)}.values():
        if _one_affair(event, e):
            for q in e.qualities:
                holders[q.text].append((e, q))
    return [*holders.get(text, ()), *_opposite(text, holders)]


def _unmarked(e: Event) -> Event:
    """An event as its own tellings make it."""
    own = tuple(d for d in e.disputed if not d.startswith("quality:"))
    return e if own == e.disputed else replace(e, disputed=own, contested="happened" in own or "actors" in own)


def _opposite(text: str, holders: Mapping[str, Sequence[tuple[Event, Quality]]]) -> list[tuple[Event, Quality]]:
    """Who says the reverse in other words: 'lawful' of what others call 'ethnically motivated'."""
    kind = kind_of(text)
    return [pair for other, told in sorted(holders.items()) if kind and {kind, kind_of(other)} == {"charges", "excuses"} for pair in told]


def _against(a: Quality, b: Quality) -> bool:
    return a.denied != b.denied if a.text == b.text else a.denied == b.denied


def kind_of(text: str) -> str | None:
    """Whether a quality charges the actor or excuses the act; None where it does neither."""
    own = set(plain_words(text))
    return next((k for k in ("charges", "excuses") if own & set(read_data("qualities.yaml")[k])), None)


def _speaker(q: Quality) -> str:
    return (q.sources[-1].country or q.sources[-1].text) if q.sources else ""


def _one_affair(a: Event, b: Event) -> bool:
    if a.id == b.id:
        return True
    if not {p.code for p in (*a.actors, *a.recipients)} & {p.code for p in (*b.actors, *b.recipients)}:
        return False
    if set(a.documents) & set(b.documents):
        return True
    if not (a.date and b.date and len(a.date) == len(b.date) == 10):
        return False
    return abs((date.fromisoformat(a.date) - date.fromisoformat(b.date)).days) <= _DAYS
