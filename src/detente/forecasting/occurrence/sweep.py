"""One pass through a history in order of time: every week a question for every cell, answered when its window has ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...config import ForecastingOptions
from .cells import COLUMNS, Bases, Cells, cells, rate_probability
from .history import History
from .rules import Rules, age_bins
from .streams import HALF_LIVES, Pairs, Streams

Array = np.ndarray[Any, Any]

LAGS = 4
#: pairs whose features are held in memory at a time
PART = 4000
#: probability by rates alone from which every question is kept, and the smallest share of the others
_LIKELY, _FEWEST = 0.02, 0.01


@dataclass(frozen=True, slots=True)
class Rows:
    """Questions with their answers, one row a cell and origin; of the unlikely that did not happen a sample stands, with its weight."""

    x: Array  # (rows, len(COLUMNS))
    y: Array
    weight: Array
    origin: Array  # the first day of the window
    pair: Array
    type: Array
    rate: Array
    base: Array
    told: Array  # how often it was told before, with a half-life of 120 days
    recent: Array  # on how many of the last 30 days it happened
    lags: Array  # (rows, LAGS): on how many days of each of the windows before
    type_rate: Array  # how often the type happened in the windows before

    def __len__(self) -> int:
        return len(self.y)

    def where(self, chosen: Array) -> Rows:
        """The rows chosen by a mask or by numbers."""
        return Rows(*(getattr(self, name)[chosen] for name in self.__slots__))


@dataclass(slots=True)
class Swept:
    """What a pass leaves: the rows, and the state at its end."""

    rows: Rows
    streams: Streams
    rules: Rules
    bases: Bases
    origins: tuple[int, ...]
    active: tuple[int, ...]  # pairs asked about at each origin


@dataclass(slots=True)
class _Open:
    """A question whose window has not ended."""

    origin: int
    pairs: Array
    ages: Array
    back: Array


def origins_of(h: History, horizon: int, step: int, lead: int, end: int) -> list[int]:
    """The days on which questions are put: every ``step`` days, back from the last whose window ends by ``end``, ``lead`` days of history
    before the first; only where every day of the window was read and documents were published in it.
    """
    found, read = [], h.read
    for day in range(end + 1 - horizon, h.first + lead - 1, -step):
        window = read[day - h.first : day - h.first + horizon]
        if len(window) == horizon and window.all() and h.published[day - h.first : day - h.first + horizon].any():
            found.append(day)
    return found[::-1]


def sweep(
    h: History,
    pairs: Pairs,
    horizon: int,
    origins: Sequence[int],
    until: int,
    options: ForecastingOptions,
    room: Callable[[int], float] | None = None,
) -> Swept:
    """Passes through ``h`` up to the beginning of day ``until``, putting questions on ``origins``.

    At most about ``options.rows`` rows are kept (of each day at most ``room``); all that happened are. Nothing of a day or after it enters
    the features of that day; rules and base rates learn a window's outcome only when it has ended.
    """
    s, rules, bases = Streams(h, pairs), Rules(len(h.types)), Bases((len(pairs), len(h.types)))
    waiting: deque[_Open] = deque()
    taken: list[Rows] = []
    rng = np.random.default_rng(options.seed)
    active: list[int] = []
    for day in origins:
        s.advance(day)
        _close(waiting, s, rules, bases, horizon, day)
        asked = s.active(options.active_days)
        active.append(len(asked))
        bins = age_bins(s.last[asked], day), age_bins(s.last[pairs.reverse[asked]], day)
        if len(asked):
            most = room(day) if room else options.rows / max(1, len(origins))
            taken += _sampled(_Told(s, day, horizon), s, rules, bases, asked, horizon, rng, most)
        waiting.append(_Open(day, asked, *bins))
    s.advance(until)
    _close(waiting, s, rules, bases, horizon, until)
    return Swept(_joined(taken), s, rules, bases, tuple(origins), tuple(active))


def _close(waiting: deque[_Open], s: Streams, rules: Rules, bases: Bases, horizon: int, day: int) -> None:
    while waiting and waiting[0].origin + horizon <= day:
        asked = waiting.popleft()
        happened = s.window(asked.origin, asked.origin + horizon, day)[asked.pairs] > 0
        rules.learn(asked.ages, asked.back, happened)
        bases.learn(asked.pairs, happened)


class _Told:
    """What was told around a day, by cell: in its window, in the month before, in each of the windows before."""

    def __init__(self, s: Streams, day: int, horizon: int) -> None:
        self.window = s.window(day, day + horizon)
        self.recent = s.window(day - 30, day, day)
        self.lags = [s.window(day - (k + 1) * horizon, day - k * horizon, day) for k in range(LAGS)]


def _sampled(
    told: _Told, s: Streams, rules: Rules, bases: Bases, asked: Array, horizon: int, rng: np.random.Generator, most: float
) -> Iterator[Rows]:
    """About ``most`` rows of a day: all cells that are likely or happened, of the others an equal share. Of pairs without any likely cell
    only some are looked at.
    """
    y, types = told.window[asked] > 0, s.shape[1]
    likely = y | (rate_probability(s.cells[-1][asked], s.exposure(HALF_LIVES[-1]), rules.rates, horizon) > _LIKELY)
    rest = max(1, likely.size - int(likely.sum()))
    share = float(np.clip((most - likely.sum()) / rest, _FEWEST, 1.0))
    quiet: Array = ~np.any(likely, 1)
    looked_at = min(1.0, max(share, 2 * most / (types * max(1, int(quiet.sum())))))
    chosen = np.flatnonzero(~quiet | (rng.random(len(asked)) < looked_at))
    keep = np.where(likely[chosen], 1.0, np.where(quiet[chosen], share / looked_at, share)[:, None])
    kept = rng.random(keep.shape) < keep
    weight = np.where(likely[chosen], 1.0, 1 / share).astype(np.float32)
    for part in range(0, len(chosen), PART):
        rows = slice(part, part + PART)
        found = cells(s, rules, bases, asked[chosen[rows]], horizon, len(asked))
        yield _rows(s, found, rules, told, np.flatnonzero(kept[rows]), weight[rows].reshape(-1))


def _rows(s: Streams, c: Cells, rules: Rules, told: _Told, kept: Array, weight: Array) -> Rows:
    types = s.shape[1]

    def of(table: Array) -> Array:
        found: Array = table[c.pairs].reshape(-1)[kept]
        return found

    return Rows(
        c.x[kept],
        (of(told.window) > 0).astype(np.float32),
        weight[kept],
        np.full(len(kept), c.day, np.int32),
        np.repeat(c.pairs, types)[kept].astype(np.int32),
        np.tile(np.arange(types, dtype=np.int32), len(c.pairs))[kept],
        c.rate.reshape(-1)[kept].astype(np.float32),
        c.base.reshape(-1)[kept].astype(np.float32),
        of(s.cells[-1]),
        of(told.recent),
        np.stack([of(lag) for lag in told.lags], 1),
        np.tile(rules.rates, len(c.pairs))[kept].astype(np.float32),
    )


def _joined(taken: list[Rows]) -> Rows:
    if not taken:
        none = np.zeros(0, np.float32)
        whole = none.astype(np.int32)
        empty = (whole, whole, whole, none, none, none, none, np.zeros((0, LAGS), np.float32), none)
        return Rows(np.zeros((0, len(COLUMNS)), np.float32), none, none, *empty)
    return Rows(*(np.concatenate([getattr(r, name) for r in taken]) for name in Rows.__slots__))
