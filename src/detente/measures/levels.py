"""The arithmetic behind tension: weights that halve, held against the volume of reading, and redrawn for a band."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ..config import MeasuresOptions
from .acts import between, counted
from .reading import Reading

Array = NDArray[np.float64]

#: half lives after which an act no longer counts as known: an eighth of its weight is left
MEMORY = 3
#: half lives of acts before a window that still enter it
_BEFORE = 8
#: draws of all resamples together, and the fewest resamples
_DRAWS, _FEWEST = 1_500_000, 50
#: so few rows are summed sooner one by one than side by side
_FEW = 10


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a dyad, day by day from ``first`` on."""

    first: datetime.date
    length: int  # days
    table: pl.DataFrame  # the dyad's acts in that time, by day
    at: NDArray[np.int64]  # day of each act, rising
    hostility: Array  # of each act: minus its intensity
    volume: Array  # acts told between anybody, by day
    documents: Array  # documents published, by day
    retention: float  # weight kept from one day to the next
    prior: float  # acts of calm that every level starts from
    half_share: float
    all_told: bool = False  # held against all acts told, whoever takes part: see :meth:`of_all_told`

    def day(self, n: int) -> datetime.date:
        """The date of day ``n``."""
        return self.first + datetime.timedelta(days=n)

    def of_all_told(self) -> Evidence:
        """The same, with levels of 0 … 10 that say how much of all that is told is hostile and of this actor: the hostility of its acts
        over all acts told between anybody. Its cooperation takes nothing from it: a state at war that also negotiates is at war."""
        return replace(self, hostility=np.maximum(self.hostility, 0.0), all_told=True)

    def level(self, weights: Array | None = None) -> Array:
        """Mean hostility by day, -10 (friendly) … +10 (hostile): one row for each row of ``weights`` (one weight an act)."""
        chosen = np.ones((1, len(self.at))) if weights is None else weights
        told = faded(self.by_day(chosen * self.hostility), self.retention)
        out: Array = told / (self.ground() if self.all_told else faded(self.by_day(chosen), self.retention) + self.ground())
        return out

    def ground(self) -> Array:
        """What the acts are held against, by day: the prior, and the dyad's ordinary share of all that was told, or all of it."""
        share = 1.0 if self.all_told else self.half_share
        out: Array = self.prior + share * faded(self.volume[None, :], self.retention)[0]
        return out

    def by_day(self, values: Array) -> Array:
        """Sums of values of acts (columns) by day."""
        out = np.zeros((len(values), self.length))
        if len(self.at):
            begins = np.flatnonzero(np.diff(self.at, prepend=-1))
            out[:, self.at[begins]] = np.add.reduceat(values, begins, axis=1)
        return out

    def known(self) -> NDArray[np.bool_]:
        """Days on which something was read within the memory, and something of the dyad told; of all that is told, silence is nought."""
        reach = MEMORY * np.log(0.5) / np.log(self.retention) + 1e-6
        known: NDArray[np.bool_] = self.since_read() <= reach
        return known if self.all_told else known & (_since(self.by_day(np.ones((1, len(self.at))))[0]) <= reach)

    def since_read(self) -> NDArray[np.int64]:
        """Days since the last one on which a document was published or of which an act is told; very many where there was none."""
        return _since(self.documents + self.volume)


def evidence(
    table: pl.DataFrame,
    read: Reading,
    dyad: tuple[str, str],
    options: MeasuresOptions,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    begin: datetime.date | None = None,
) -> Evidence | None:
    """The evidence on both directions of a dyad, to the last day read or told of.

    It begins with the first act (with ``begin``, if that is earlier), or some half lives before ``since``.
    """
    table = table.filter(reaching(options, since, until))
    own = counted(between(table, dyad, both=True), options)
    if own.is_empty():
        return None
    days = own["day"]
    start: Any = days.min() if begin is None else min(d for d in (days.min(), begin) if d is not None)
    if since is not None:
        start = max(start, _earliest(options, since))
    last: Any = until if until is not None else max(d for d in (days.max(), read.last) if d is not None)
    if last < start:
        return None
    own = own.sort("day", "event")
    length = (last - start).days + 1
    told = counted(table.filter(pl.col("day").is_between(start, last)), options)
    volume = told.group_by("day").agg(pl.col("share").sum())
    documents = np.zeros(length)
    for day, n in read.days.items():
        if start <= day <= last:
            documents[(day - start).days] += n
    return Evidence(
        start,
        length,
        own,
        _days_from(own["day"], start),
        -own["intensity"].to_numpy(),
        _spread(volume, start, length),
        documents,
        float(0.5 ** (1 / options.half_life_days)),
        options.prior_acts,
        options.half_share,
    )


def _earliest(options: MeasuresOptions, since: datetime.date) -> datetime.date:
    return since - datetime.timedelta(days=int(_BEFORE * options.half_life_days))


def reaching(options: MeasuresOptions, since: datetime.date | None, until: datetime.date | None) -> pl.Expr:
    """Acts with a day that reaches into a window (and no other act matters to tension there): dates are cheap to compare."""
    day = pl.col("day")
    inside = day.is_not_null() if since is None else day >= _earliest(options, since)
    return inside if until is None else inside & (day <= until)


def _days_from(days: pl.Series, start: datetime.date) -> NDArray[np.int64]:
    return (days - start).dt.total_days().to_numpy().astype(np.int64)


def _spread(volume: pl.DataFrame, start: datetime.date, length: int) -> Array:
    out = np.zeros(length)
    out[_days_from(volume["day"], start)] = volume["share"].to_numpy()
    return out


def faded(daily: Array, retention: float) -> Array:
    """Sums of all days so far, each weighted by what is left of it (rows: series, columns: days)."""
    out = np.empty_like(daily)
    if len(daily) <= _FEW:
        for n, row in enumerate(daily.tolist()):
            out[n] = list(accumulate(row, lambda sum_, told: sum_ * retention + told))
        return out
    sum_ = np.zeros(len(daily))
    for n in range(daily.shape[1]):
        sum_ = sum_ * retention + daily[:, n]
        out[:, n] = sum_
    return out


def _since(counts: Array) -> NDArray[np.int64]:
    """Days since the last one with a count above nothing."""
    days = np.arange(len(counts))
    out: NDArray[np.int64] = days - np.maximum.accumulate(np.where(counts > 0, days, -(10**9)))
    return out


def redrawn(table: pl.DataFrame, resamples: int, seed: int) -> Array:
    """Weights of acts (columns) in each resample (rows): a Bayesian bootstrap (Rubin 1981) over outlets and over acts.

    Of very many acts fewer resamples are drawn, 50 at least: their band is narrow and the ends of it are well known.
    """
    rng = np.random.default_rng(seed)
    height = table.height
    resamples = min(resamples, max(_FEWEST, _DRAWS // max(1, height)))
    if not height:
        return np.ones((resamples, 0))
    told = table["outlets"].list.len().fill_null(0).to_numpy().astype(np.int64)
    names = table["outlets"].explode().fill_null("")
    codes = names.rank("dense").to_numpy().astype(np.int64) - 1
    each = np.maximum(1, told)
    drawn = rng.standard_exponential((resamples, int(codes.max()) + 1))
    mean = np.add.reduceat(drawn[:, codes], np.cumsum(each) - each, axis=1) / each
    out: Array = mean * rng.standard_exponential((resamples, height))
    return out
