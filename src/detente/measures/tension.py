"""Tension of a dyad over time, with a band, and the events that moved it on any day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..config import MeasuresOptions
from ..records import Event
from .acts import ANYONE, Events, acts
from .levels import Array, Evidence, evidence, redrawn
from .reading import Documents, reading
from .series import Period, start_of
from .unread import carried, ends, lost

#: ends of the band, in percent: 80% of the resamples lie between them
BAND = (10, 90)


@dataclass(frozen=True, slots=True)
class TensionPoint:
    """Tension in a period: 0 calm … 10 the most hostile; None where nothing of the dyad was read within the memory of the measure."""

    day: str  # first day of the period
    value: float | None
    low: float | None  # 80% band
    high: float | None
    events: tuple[str, ...]  # ids of the period's events
    documents: int = 0  # published in the period
    estimate: bool = False  # nothing was read for a week before any of its days: carried on from before


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which tension moved most, and the event that moved it."""

    day: str
    change: float
    event: str


@dataclass(frozen=True, slots=True)
class Pull:
    """What one act does to tension on a day: the level with it less the level without it."""

    event: str
    date: str
    actor: str
    recipient: str
    type: str
    mode: str | None
    intensity: float
    weight: float  # what is left of it on that day, 0 … 1
    effect: float  # in points of tension; below zero where it calms


def tension(
    events: Events,
    documents: Documents,
    dyad: tuple[str, str],
    options: MeasuresOptions,
    by: Period = "day",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[TensionPoint]:
    """Tension between two actors, both directions together, from the first day anything of them is told (or ``since``).

    Every act weighs half as much after ``half_life_days``. The level is the weighted mean of hostility (minus intensity; cooperation pulls
    down) over the dyad's acts, ``prior_acts`` acts of calm, and ``half_share`` of all acts told between anybody in that time: a mean held
    against the volume of reading, not a sum, so that more articles do not mean more tension. Below zero it is cut. With
    :data:`~.acts.ANYONE` on one side, the tension of a country: the hostility of its acts over all acts told between anybody (the share of
    the news that tells of threats and acts against peace: Caldara & Iacoviello 2022), with ``prior_acts`` of calm. The band is the 10th to
    90th percentile of a Bayesian bootstrap over outlets and acts (Rubin 1981), seeded. A week or month has the mean of its days. Where
    nothing was read for more than a week the level is carried on in a widening band (:func:`~.unread.carried`), but not a level of nought.
    None then, and where nothing of the dyad was told, or nothing at all was read, for three half lives.
    """
    found = _evidence(events, documents, dyad, options, since, until)
    if found is None:
        return []
    value = np.maximum(found.level(), 0.0)
    drawn = np.maximum(found.level(redrawn(found.table, options.resamples, options.seed)), 0.0) if options.resamples else value
    on = carried(found, value[0], drawn, BAND)
    known = found.known() & ~lost(found, value[0])
    fresh = known & ~on.days
    ids: dict[int, list[str]] = {}
    for n, id_ in zip(found.at.tolist(), found.table["event"].to_list(), strict=True):
        ids.setdefault(n, []).append(id_)
    periods = _periods(found, by, since)
    bounds = np.array([(days[0], days[-1] + 1) for _, days in periods], dtype=int).reshape(-1, 2)
    days_read, days_known = _sums(fresh, bounds), _sums(known, bounds)
    lows, highs = ends(_sums(drawn * fresh, bounds) / np.maximum(1, days_read), BAND)
    lows, highs = (
        (e * days_read + _sums(carried_, bounds)) / np.maximum(1, days_known) for e, carried_ in ((lows, on.low), (highs, on.high))
    )
    levels = _sums(value[0] * known, bounds) / np.maximum(1, days_known)
    out = []
    for k, (start, days) in enumerate(periods):
        here = tuple(i for n in days for i in ids.get(n, ()))
        read = int(found.documents[days].sum())
        if not days_known[k]:
            out.append(TensionPoint(start.isoformat(), None, None, None, here, read))
            continue
        level, low, high = (round(float(v[k]), 3) for v in (levels, lows, highs))
        out.append(TensionPoint(start.isoformat(), level, low, high, here, read, not days_read[k]))
    return out


def _sums(daily: NDArray[Any], bounds: NDArray[Any]) -> Array:
    """Sums over runs of days, given by first day and the day after the last (rows: series, if any)."""
    sums = np.concatenate([np.zeros((*daily.shape[:-1], 1)), np.cumsum(daily, axis=-1, dtype=np.float64)], axis=-1)
    out: Array = sums[..., bounds[:, 1]] - sums[..., bounds[:, 0]]
    return out


def _evidence(
    events: Events,
    documents: Documents,
    dyad: tuple[str, str],
    options: MeasuresOptions,
    since: datetime.date | None,
    until: datetime.date | None,
) -> Evidence | None:
    found = evidence(acts(events), reading(documents), dyad, options, since, until)
    return found.of_all_told() if found is not None and ANYONE in dyad else found


def _periods(found: Evidence, by: Period, since: datetime.date | None) -> list[tuple[datetime.date, list[int]]]:
    first = max(0, (since - found.first).days) if since is not None else 0
    out: dict[datetime.date, list[int]] = {}
    for n in range(first, found.length):
        out.setdefault(start_of(found.day(n), by), []).append(n)
    return list(out.items())


def pulls(
    events: Events, documents: Documents, dyad: tuple[str, str], options: MeasuresOptions, on: datetime.date, most: int | None = None
) -> list[Pull]:
    """The acts that make up tension on a day, those that move it most first."""
    found = _evidence(events, documents, dyad, options, None, on)
    if found is None:
        return []
    last = found.length - 1
    weight: Array = np.power(found.retention, (last - found.at).astype(np.float64))
    told, mass = float(weight @ found.hostility), float((0.0 if found.all_told else weight.sum()) + found.ground()[last])
    level = told / mass
    effect = level - (told - weight * found.hostility) / (mass - weight)
    out = [
        Pull(
            r["event"],
            r["date"],
            r["actor"],
            r["recipient"],
            r["type"],
            r["mode"],
            r["intensity"],
            round(float(weight[n]), 3),
            round(float(effect[n]), 3),
        )
        for n, r in enumerate(found.table.iter_rows(named=True))
    ]
    return sorted(out, key=lambda p: (-abs(p.effect), p.date))[:most]


def turns(points: Sequence[TensionPoint], events: Sequence[Event], most: int = 5) -> list[Turn]:
    """The days with the largest moves and the most intense event of each, in time order."""
    by_id = {e.id: e for e in events}
    moves = []
    level = 0.0
    for point in points:
        if point.value is None:
            continue
        change, level = point.value - level, point.value
        if not point.events:
            continue
        drivers = [by_id[i] for i in point.events if i in by_id]
        driver = max(drivers, key=lambda e: (-(e.intensity or 0.0) * (1 if change >= 0 else -1), len(e.outlets)), default=None)
        if driver is not None and abs(change) >= 0.05:
            moves.append(Turn(point.day, round(change, 3), driver.id))
    return sorted(sorted(moves, key=lambda t: -abs(t.change))[:most], key=lambda t: t.day)
