"""Learning the probabilities of one history and horizon, month by month, and holding every month against what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...config import ForecastingOptions
from .cells import Bases
from .history import History, date
from .models import Ladder, logit, ridge_logistic, sigmoid
from .rules import Rules
from .streams import Pairs
from .sweep import Rows, Swept, origins_of, sweep

Array = np.ndarray[Any, Any]
Losses = list[dict[str, float]]

#: a rung that lost so many times what a lower one lost has failed; more than that a month does not count against it
_FAILED = 1.25
#: months in which a rung must have been asked before it is climbed, where that is more than one: one good month may be luck
_MONTHS = {"logistic": 2}

#: days of history before the first question, and questions put at most
LEAD, MOST_ORIGINS = 28, 156
#: days between questions
STEP = 7
#: names of the forecasts that every forecast is held against
BASELINES = ("type rate", "own rate", "last month", "autoregression")
#: variance between cells and its weight before anything is known of it; windows of doubt about the calibration; acts of doubt about a rate
_VARIANCE, _CASES, _DOUBT, _ACTS = 0.2, 20.0, 2.0, 2.0
#: how much more the sums of a week vary than independent questions would, and the weeks of that before anything is known
_TOGETHER, _WEEKS = 2.0, 5.0


@dataclass(frozen=True, slots=True)
class Asked:
    """The back-test as arrays, one row a question: what was said before its window, and what came. Weighted as :class:`~.sweep.Rows`."""

    origin: Array
    pair: Array
    type: Array
    y: Array
    weight: Array
    said: Array
    told: Array  # how often it had been told, decayed
    others: Array  # (rows, baselines)

    def __len__(self) -> int:
        return len(self.y)

    def where(self, chosen: Array) -> Asked:
        """The rows chosen by a mask."""
        return Asked(*(getattr(self, name)[chosen] for name in self.__slots__))


#: edges of log-odds by which the doubt about calibration is kept, and how far from a forecast others are like it
EDGES, _NEAR = np.linspace(-14, 14, 561), 0.5


@dataclass(slots=True)
class Learned:
    """What a history has taught of one horizon. ``rung`` of the ladder is in use; ``slope`` and ``shift`` calibrate its log-odds."""

    horizon: int
    rung: str
    ladder: Ladder
    slope: float
    shift: float
    variance: float  # of the log-odds between cells, beyond what the features say
    near: Array  # by EDGES: variance of the outcomes of back-tested forecasts up to there, as of independent ones
    rules: Rules
    bases: Bases
    origins: tuple[int, ...]
    questions: int
    happened: int
    tested: tuple[int, ...]  # the origins of the back-test
    came: Asked  # of the back-test, what happened

    def probability(self, x: Array, kinds: Array) -> Array:
        """The probabilities of cells."""
        return sigmoid(self.slope * self.ladder.odds(self.rung, x, kinds) + self.shift)

    def band(self, p: Array, told: Array) -> tuple[Array, Array]:
        """80% bands of probabilities. In log-odds three doubts add up: about the cell's own rate (less, the more was ``told`` of it, a
        decayed count), about what the features do not say of it, and about the calibration near ``p`` (less, the more forecasts like it).
        """
        odds = logit(p)
        alike = np.interp(odds + _NEAR, EDGES, self.near) - np.interp(odds - _NEAR, EDGES, self.near)
        spread = 1.2816 * np.sqrt(self.variance + 1 / (told + _ACTS) + 1 / (alike + _DOUBT))
        return sigmoid(odds - spread), sigmoid(odds + spread)


def learn(h: History, pairs: Pairs, horizon: int, options: ForecastingOptions) -> tuple[Learned, Asked]:
    """Learns from ``h`` up to its last day; the back-test comes back beside it.

    Each month of the last ``backtest_months`` is forecast by what was learned from windows that had ended before it. Which rung is used,
    and how its log-odds are calibrated, is decided by the months before. With too few questions the rung is ``rates``.
    """
    origins = origins_of(h, horizon, STEP, LEAD, h.last)[-MOST_ORIGINS:]
    swept = sweep(h, pairs, horizon, origins, h.last + 1, options)
    if not origins:
        _first_rates(swept, pairs, horizon, h)
    rows, types, share = swept.rows, len(h.types), min(1.0, STEP / horizon)
    asked, losses, odds = backtest(rows, types, horizon, options)
    ladder = Ladder.fit(rows, types, options.seed)
    rung = best_rung(losses, ladder.rungs)
    slope, shift = calibration(sound(rung, odds, losses))
    known = np.histogram(logit(asked.said), EDGES, weights=asked.weight * asked.said * (1 - asked.said) * share / _together(asked, horizon))
    found = Learned(
        horizon,
        rung,
        ladder,
        slope,
        shift,
        _variance(asked, types, share),
        np.concatenate([[0.0], np.cumsum(known[0])]),
        swept.rules,
        swept.bases,
        tuple(origins),
        round(float(rows.weight.sum())),
        int(rows.y.sum()),
        tuple(int(o) for o in np.unique(asked.origin)),
        asked.where(asked.y > 0),
    )
    return found, asked


def _first_rates(s: Swept, pairs: Pairs, horizon: int, h: History) -> None:
    """Rates of the types where no window has ended yet: from the windows of which something was read, the last one cut short."""
    windows = max(1, (h.last - h.first) // horizon)
    for k in range(windows):
        if h.read[k * horizon : (k + 1) * horizon].any():
            s.rules.hits += (s.streams.window(h.first + k * horizon, h.first + (k + 1) * horizon) > 0).sum(0)
            s.rules.all += len(pairs)


def backtest(rows: Rows, types: int, horizon: int, options: ForecastingOptions) -> tuple[Asked, Losses, dict[str, list[Any]]]:
    """Forecasts of each month by what was known before it; the log-losses of the rungs by month; their log-odds with what came."""
    losses: Losses = []
    odds: dict[str, list[Any]] = {}
    told: list[Asked] = []
    ladder: Ladder | None = None
    lagged = np.zeros(0)
    months = list(_months(rows, options.backtest_months))
    every = 1 if len(rows) < 40_000 else 3
    for n, (first, of_month) in enumerate(months):
        before = rows.where(rows.origin + horizon <= first)
        if not len(before):
            continue
        if ladder is None or n % every == 0:
            ladder = Ladder.fit(before, types, options.seed)
            lagged = autoregression(before, types)
        now = rows.where(of_month)
        rung = best_rung(losses, ladder.rungs)
        slope, shift = calibration(sound(rung, odds, losses))
        said = sigmoid(slope * ladder.odds(rung, now.x, now.type) + shift)
        others = np.stack([baseline(name, now, lagged, types, horizon) for name in BASELINES], 1)
        told.append(Asked(now.origin, now.pair, now.type, now.y, now.weight, said, now.told, others))
        losses.append({})
        for name in ladder.rungs:
            z = ladder.odds(name, now.x, now.type)
            p = np.clip(sigmoid(z), 1e-5, 1 - 1e-5)
            losses[-1][name] = -float((now.weight * np.where(now.y > 0, np.log(p), np.log(1 - p))).sum())
            odds.setdefault(name, []).append((z, now.y, now.weight))
    if not told:
        none, whole = np.zeros(0), np.zeros(0, np.int32)
        return Asked(whole, whole, whole, none, none, none, none, np.zeros((0, len(BASELINES)))), losses, odds
    return Asked(*(np.concatenate([getattr(t, name) for t in told]) for name in Asked.__slots__)), losses, odds


def _months(rows: Rows, most: int) -> Iterator[tuple[int, Array]]:
    """The last months: the first origin of each, and its rows."""
    origins = np.unique(rows.origin)
    names = [date(int(o)).isoformat()[:7] for o in origins]
    for name in sorted(set(names))[-most:]:
        of_it = origins[[n == name for n in names]]
        yield int(of_it[0]), np.isin(rows.origin, of_it)


def best_rung(losses: Losses, rungs: tuple[str, ...]) -> str:
    """Climbs from the lowest rung to each that lost less in the last months in which both were asked (a month counts half as much as the
    one after it, and no month more than by a quarter of the loss: what is learned from more is better learned, and a rung that failed
    when it knew too little may be used once it knows more); decayed rates before anything is known. Above a rung that was not asked for
    long enough none is climbed.
    """
    if not losses:
        return "rates"
    current = rungs[0]
    for rung in rungs[1:]:
        if sum(rung in m for m in losses) < _MONTHS.get(rung, 1):
            break
        both = [m for m in losses if rung in m and current in m]
        worse = (max(1 / _FAILED, min(_FAILED, m[rung] / max(m[current], 1e-9))) - 1 for m in reversed(both))
        if sum(by * 0.5**age for age, by in enumerate(worse)) < 0:
            current = rung
    return current


def sound(rung: str, odds: dict[str, list[Any]], losses: Losses) -> list[Any]:
    """The forecasts of a rung in the months in which it did not fail (lost no more than by a quarter of what base rates lost)."""
    asked = [m for m in losses if rung in m]
    return [told for told, m in zip(odds.get(rung, ()), asked, strict=True) if m[rung] <= _FAILED * m.get("base", m[rung])]


def calibration(told: list[Any]) -> tuple[float, float]:
    """Slope and shift of the log-odds (Platt 1999) from forecasts made before what came was known, shrunk to none."""
    if not told:
        return 1.0, 0.0
    z, y, weight = (np.concatenate(part) for part in zip(*told, strict=True))
    x = np.stack([z, np.ones_like(z)], 1)
    change = ridge_logistic(x, y, weight, np.array([20.0, 10.0]), z)
    return float(np.clip(1 + change[0], 0.3, 1.7)), float(change[1])


def _variance(a: Asked, types: int, share: float) -> float:
    """The variance of log-odds between cells beyond the doubt about their rates, by moments of the sums of residuals, shrunk to a common
    value.
    """
    cell = a.pair.astype(np.int64) * types + a.type.astype(np.int64)
    of_row = a.weight * a.said * (1 - a.said) * share
    spread = np.bincount(cell, of_row, minlength=1)
    doubt = np.bincount(cell, of_row / (a.told + _ACTS), minlength=1) / np.maximum(spread, 1e-12)
    residual = np.bincount(cell, a.weight * (a.y - a.said), minlength=1) * share
    excess = float((residual**2 - spread - doubt * spread**2).sum())
    return max(0.02, (excess + _CASES * _VARIANCE) / (float((spread**2).sum()) + _CASES))


def _together(a: Asked, horizon: int) -> float:
    """By what the sums of residuals of a week (of a window, where that is longer) vary more than independent outcomes would; at least 1."""
    if not len(a):
        return _TOGETHER
    block = ((a.origin - a.origin.min()) // max(STEP, horizon)).astype(np.int64)
    spread = np.bincount(block, a.weight * a.said * (1 - a.said))
    residual = np.bincount(block, a.weight * (a.y - a.said))
    few = _WEEKS * float(spread.mean()) + 1e-9
    return max(1.0, (float((residual**2).sum()) + _TOGETHER * few) / (float(spread.sum()) + few))


def baseline(name: str, now: Rows, lagged: Array, types: int, horizon: int) -> Array:
    """A forecast that costs nothing: the rate of the type or of the cell, the frequency of the last month, a logistic autoregression on
    what happened in the four windows before.
    """
    if name == "type rate":
        return now.type_rate
    if name == "own rate":
        return now.base
    if name == "last month":
        a_day = (now.recent + now.type_rate / horizon) / 31
        return np.asarray(1 - (1 - np.clip(a_day, 0, 0.999)) ** horizon)
    return sigmoid(_lagged(now, types) @ lagged)


def autoregression(rows: Rows, types: int) -> Array:
    """The coefficients of the logistic autoregression."""
    x = _lagged(rows, types)
    return ridge_logistic(x, rows.y, rows.weight, np.full(x.shape[1], 1.0))


def _lagged(rows: Rows, types: int) -> Array:
    return np.concatenate([np.ones((len(rows), 1)), np.log1p(rows.lags), rows.lags > 0, np.eye(types)[rows.type]], 1)
