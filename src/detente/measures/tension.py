"""Tension of a dyad over time, with a band, and the events that drove it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..config import MeasuresOptions
from ..records import Document, Event
from .counting import counts, of_dyad
from .series import day_of


@dataclass(frozen=True, slots=True)
class TensionPoint:
    """Tension on one day: 0 calm … 10 the most hostile; None where nothing was read within the memory of the measure."""

    day: str
    value: float | None
    low: float | None  # 80% band
    high: float | None
    events: tuple[str, ...]  # ids of the day's events


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which tension moved most, and the event that moved it."""

    day: str
    change: float
    event: str


def tension(events: Sequence[Event], documents: Sequence[Document], dyad: tuple[str, str], options: MeasuresOptions) -> list[TensionPoint]:
    """Daily tension between two actors, both directions together.

    The value is the exponentially weighted mean hostility (minus intensity, on 0 … 10, cooperation pulling down) of the dyad's events with
    half life ``half_life_days``, shrunk towards calm by one prior event: a mean, not a sum, so that more articles do not mean more tension.
    The band is the 10th to 90th percentile over bootstrap resamples of the events (Efron 1979), seeded. Null where nothing at all was read
    for three half lives; nothing before the first day on which anything of the dyad is told.
    """
    dated = [
        (day, e)
        for e in of_dyad(events, *dyad, both=True)
        if (day := day_of(e.date)) is not None and counts(e, options) and e.intensity is not None
    ]
    if not dated:
        return []
    dated.sort(key=lambda x: (x[0], x[1].id))
    read = sorted({d for doc in documents if (d := day_of(doc.published)) is not None} | {d for d, _ in dated})
    first = dated[0][0]
    days = [first + datetime.timedelta(days=n) for n in range((max(read) - first).days + 1)]
    at = np.array([(d - first).days for d, _ in dated])
    hostility = np.array([-float(e.intensity or 0.0) for _, e in dated])
    decay = np.log(2) / options.half_life_days
    age = np.arange(len(days))[:, None] - at[None, :]
    weight = np.where(age >= 0, np.exp(-decay * np.maximum(age, 0)), 0.0)
    value = _level(weight, hostility)
    rng = np.random.default_rng(options.seed)
    draws = rng.multinomial(len(dated), np.full(len(dated), 1 / len(dated)), size=options.resamples)
    resampled = np.stack([_level(weight * n[None, :], hostility) for n in draws]) if options.resamples else value[None, :]
    low, high = np.percentile(resampled, [10, 90], axis=0)
    reads = np.array([(d - first).days for d in read])
    out = []
    for n, day in enumerate(days):
        silent = not np.any((reads <= n) & (reads > n - 3 * options.half_life_days))
        ids = tuple(e.id for d, e in dated if d == day)
        out.append(
            TensionPoint(day.isoformat(), None, None, None, ids)
            if silent
            else TensionPoint(day.isoformat(), round(float(value[n]), 3), round(float(low[n]), 3), round(float(high[n]), 3), ids)
        )
    return out


def _level(weight: np.ndarray, hostility: np.ndarray) -> np.ndarray:
    """Weighted mean hostility with one prior event of calm, cut at 0 below."""
    level: np.ndarray = np.maximum(0.0, (weight @ hostility) / (weight.sum(axis=1) + 1.0))
    return level


def turns(points: Sequence[TensionPoint], events: Sequence[Event], most: int = 5) -> list[Turn]:
    """The days with the largest moves and the most intense event of each, in time order."""
    by_id = {e.id: e for e in events}
    moves = []
    for before, point in zip([None, *points[:-1]], points, strict=True):
        if point.value is None or not point.events:
            continue
        earlier = before.value if before is not None and before.value is not None else 0.0
        change = point.value - earlier
        drivers = [by_id[i] for i in point.events if i in by_id]
        driver = max(drivers, key=lambda e: (-(e.intensity or 0.0) * (1 if change >= 0 else -1), len(e.outlets)), default=None)
        if driver is not None and abs(change) >= 0.05:
            moves.append(Turn(point.day, round(change, 3), driver.id))
    return sorted(sorted(moves, key=lambda t: -abs(t.change))[:most], key=lambda t: t.day)
