"""Dyad series: what one actor did to another, by day, week or month.

The score is the mean conflict–cooperation value of a period's events (Goldstein 1992, J. Conflict Resolution 36(2); values in the
codebook).
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from ..config import MeasuresOptions
from ..records import QUADS, Document, Event, SeriesPoint
from .counting import counts, of_dyad

Period = Literal["day", "week", "month"]


def start_of(day: datetime.date, period: Period) -> datetime.date:
    """First day of the period that holds a day (weeks begin on Monday)."""
    if period == "week":
        return day - datetime.timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def next_start(day: datetime.date, period: Period) -> datetime.date:
    """First day of the period after the one that begins on ``day``."""
    if period == "month":
        return (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return day + datetime.timedelta(days=7 if period == "week" else 1)


def day_of(iso: str | None) -> datetime.date | None:
    """A full ISO date as a day; None where only a month or a year is known."""
    try:
        return datetime.date.fromisoformat(iso or "")
    except ValueError:
        return None


def series(
    events: Sequence[Event], documents: Sequence[Document], dyad: tuple[str, str], period: Period, options: MeasuresOptions
) -> list[SeriesPoint]:
    """One point a period from the first to the last day read or told of.

    Score and balance are None in periods without events. Events dated only by month or year enter monthly series alone (by month).
    """
    read = Counter(start_of(d, period) for doc in documents if (d := day_of(doc.published)) is not None)
    told: dict[datetime.date, list[Event]] = {}
    for event in of_dyad(events, *dyad):
        day = day_of(event.date) or (day_of(f"{event.date}-01") if period == "month" else None)
        if day is not None and counts(event, options):
            told.setdefault(start_of(day, period), []).append(event)
    if not told:
        return []
    at, last = min([*read, *told]), max([*read, *told])
    at = max(at, min(told) - datetime.timedelta(days=370))
    out = []
    while at <= last:
        out.append(_point(dyad, at, period, read[at], told.get(at, [])))
        at = next_start(at, period)
    return out


def _point(dyad: tuple[str, str], at: datetime.date, period: Period, read: int, events: Sequence[Event]) -> SeriesPoint:
    quads = Counter(QUADS.get(e.type, 0) for e in events)
    values = [e.intensity for e in events if e.intensity is not None]
    return SeriesPoint(
        actor=dyad[0],
        recipient=dyad[1],
        start=at.isoformat(),
        period=period,
        documents_read=read,
        events=len(events),
        quad1=quads[1],
        quad2=quads[2],
        quad3=quads[3],
        quad4=quads[4],
        score=round(sum(values) / len(values), 3) if values else None,
        balance=round(sum(values), 3) if values else None,
        types=tuple(sorted(Counter(e.type for e in events).items())),
        outlets=tuple(sorted(Counter(o for e in events for o in e.outlets).items())),
        event_ids=tuple(e.id for e in events),
    )
