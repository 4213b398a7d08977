"""Dyad series: what one actor did to another, by day, week or month.

The score is the mean conflict–cooperation value of a period's events (Goldstein 1992, J. Conflict Resolution 36(2); values in the
codebook).
"""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any, Literal

import polars as pl

from ..config import MeasuresOptions
from ..records import SeriesPoint
from .acts import Events, acts, between, counts_in, quads
from .reading import Documents, reading

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


def series(
    events: Events,
    documents: Documents,
    dyad: tuple[str, str],
    period: Period,
    options: MeasuresOptions,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[SeriesPoint]:
    """One point a period from the first to the last day read or told of, or within ``since`` … ``until``.

    Score and balance are None in periods without events. Events dated only by month or year enter monthly series alone (by month).
    """
    table = acts(events)
    if since is not None and until is not None and period != "month":  # dates are cheaper to compare than names
        table = table.filter(pl.col("day").is_between(since - datetime.timedelta(days=6), until))
    told = between(table, dyad).filter(counts_in(options))
    if period == "month":
        told = told.with_columns(day=pl.coalesce("day", (pl.col("date") + "-01").str.to_date("%Y-%m-%d", strict=False)))
    told = told.filter(pl.col("day").is_not_null())
    if told.is_empty():
        return []
    read: Counter[datetime.date] = Counter()
    for day, n in reading(documents).days.items():
        read[start_of(day, period)] += n
    found = {r["start"]: r for r in _summed(told, period).iter_rows(named=True)}
    at, last = min([*read, *found]), max([*read, *found])
    at = max(at, min(found) - datetime.timedelta(days=370))
    if since is not None:
        at = max(at, start_of(since, period)) if read else start_of(since, period)
    if until is not None:
        last = min(last, until)
    out = []
    while at <= last:
        out.append(_point(dyad, at, period, read[at], found.get(at)))
        at = next_start(at, period)
    return out


def _summed(told: pl.DataFrame, period: Period) -> pl.DataFrame:
    every = {"day": "1d", "week": "1w", "month": "1mo"}[period]
    quad = quads()
    return (
        told.with_columns(start=pl.col("day").dt.truncate(every))
        .group_by("start")
        .agg(
            pl.len().alias("events"),
            *((quad == q).sum().alias(f"quad{q}") for q in (1, 2, 3, 4)),
            pl.col("intensity").mean().alias("score"),
            pl.col("intensity").drop_nulls().sum().alias("balance"),
            pl.col("type"),
            pl.col("outlets"),
            pl.col("event").alias("event_ids"),
        )
    )


def _point(dyad: tuple[str, str], at: datetime.date, period: Period, read: int, row: dict[str, Any] | None) -> SeriesPoint:
    if row is None:
        none = 0 if read else None
        return SeriesPoint(dyad[0], dyad[1], at.isoformat(), period, read, none, none, none, none, none, None, None)
    scored = row["score"] is not None
    return SeriesPoint(
        actor=dyad[0],
        recipient=dyad[1],
        start=at.isoformat(),
        period=period,
        documents_read=read,
        events=row["events"],
        quad1=row["quad1"],
        quad2=row["quad2"],
        quad3=row["quad3"],
        quad4=row["quad4"],
        score=round(row["score"], 3) if scored else None,
        balance=round(row["balance"], 3) if scored else None,
        types=tuple(sorted(Counter(row["type"]).items())),
        outlets=tuple(sorted(Counter(o for told in row["outlets"] for o in told or ()).items())),
        event_ids=tuple(row["event_ids"]),
    )
