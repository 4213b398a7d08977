"""Volatility of a dyad: the root of the mean squared change of its level from week to week, by month.

Realised volatility in the sense of Andersen & Bollerslev 1998, International Economic Review 39(4), of the level before it is cut at zero.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from ..config import MeasuresOptions
from .acts import Events, acts
from .levels import Array, evidence, redrawn
from .reading import Documents, reading
from .series import start_of
from .tension import BAND


@dataclass(frozen=True, slots=True)
class Volatility:
    """Swing of one month, in points a week; None where less than three weeks of it are known, or nothing was read."""

    month: str
    value: float | None
    low: float | None  # 80% band
    high: float | None
    acts: int


def volatility(
    events: Events,
    documents: Documents,
    dyad: tuple[str, str],
    options: MeasuresOptions,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[Volatility]:
    """Volatility by month: changes over seven days, of all days of the month that are known on both ends."""
    found = evidence(acts(events), reading(documents), dyad, options, since, until)
    if found is None:
        return []
    value = found.level()
    drawn = found.level(redrawn(found.table, options.resamples, options.seed)) if options.resamples else value
    known = found.known()
    months: dict[datetime.date, list[int]] = {}
    begin = max(0, (since - found.first).days) if since is not None else 0
    for n in range(begin, found.length):
        months.setdefault(start_of(found.day(n), "month"), []).append(n)
    out = []
    for month, days in months.items():
        sure = [n for n in days if n >= 7 and known[n] and known[n - 7]]
        acts_ = int(np.isin(found.at, days).sum())
        if len(sure) < 21 or not (found.documents[days] + found.volume[days]).any():
            out.append(Volatility(month.isoformat()[:7], None, None, None, acts_))
            continue
        low, high = np.percentile(_swing(drawn, sure), BAND)
        out.append(
            Volatility(month.isoformat()[:7], round(float(_swing(value, sure)[0]), 3), round(float(low), 3), round(float(high), 3), acts_)
        )
    return out


def _swing(level: Array, days: list[int]) -> Array:
    back = [n - 7 for n in days]
    out: Array = np.sqrt(((level[:, days] - level[:, back]) ** 2).mean(axis=1))
    return out
