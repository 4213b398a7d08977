"""Qualities that one side asserts of an act and another denies: matters of dispute though nobody denies the act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..records import Event, Mention, Quality

#: tellings of one affair may date its acts some days apart
_DAYS = 5


def dispute_qualities(events: Sequence[Event], mentions: Mapping[str, Mention]) -> list[Event]:
    """Events with the qualities their mentions report; contested where another speaker denies what one asserts of the same affair.

    Two events belong to one affair where they share their parties and a document or, to within days, the date: 'the raid' and 'the
    arrests' of one morning.
    """
    said = {e.id: tuple(q for m in e.mentions if m in mentions for q in mentions[m].qualities) for e in events}
    holders: dict[str, list[tuple[Event, Quality]]] = defaultdict(list)
    for e in events:
        for q in said[e.id]:
            holders[q.text].append((e, q))
    disputed: dict[str, list[str]] = defaultdict(list)
    for text, told in sorted(holders.items()):
        for e, q in told:
            against = (o for o, other in told if other.denied != q.denied and _speaker(other) != _speaker(q) and _one_affair(e, o))
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
