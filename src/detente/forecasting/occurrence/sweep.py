"""One pass through a history in order of time: every week a question for every cell, answered when its window has ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...config import ForecastingOptions
from .cells import COLUMNS, Bases, Cells, cells
from .history import History
from .rules import Rules, age_bins
from .streams import Pairs, Streams

Array = np.ndarray[Any, Any]

#: windows of the type's own rate that a cell's base rate is shrunk to
PRIOR_WINDOWS = 8.0
LAGS = 4


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
    before the first; only where something was read in every week of the window.
    """
    found = []
    for day in range(end + 1 - horizon, h.first + lead - 1, -step):
        window = h.read[day - h.first : day - h.first + horizon]
        if len(window) == horizon and window.all():
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
            found = cells(s, rules, bases, asked, horizon, PRIOR_WINDOWS)
            taken.append(_asked(s, found, rules, horizon, rng, room(day) if room else options.rows / max(1, len(origins))))
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


def _asked(s: Streams, c: Cells, rules: Rules, horizon: int, rng: np.random.Generator, room: float) -> Rows:
    y = (s.window(c.day, c.day + horizon)[c.pairs] > 0).reshape(-1)
    weight = np.ones(len(y), np.float32)
    likely = y | (c.rate.reshape(-1) > 0.02)
    spare = room - likely.sum()
    rest = len(y) - int(likely.sum())
    if rest > 0 and spare < rest:
        share = max(spare / rest, 0.02)
        weight[~likely] = 1 / share
        kept = np.flatnonzero(likely | (rng.random(len(y)) < share))
    else:
        kept = np.arange(len(y))
    types = s.shape[1]
    recent = s.window(c.day - 30, c.day, c.day)[c.pairs].reshape(-1)
    lags = np.stack([s.window(c.day - (k + 1) * horizon, c.day - k * horizon, c.day)[c.pairs].reshape(-1) for k in range(LAGS)], 1)
    return Rows(
        c.x[kept],
        y[kept].astype(np.float32),
        weight[kept],
        np.full(len(kept), c.day, np.int32),
        np.repeat(c.pairs, types)[kept].astype(np.int32),
        np.tile(np.arange(types, dtype=np.int32), len(c.pairs))[kept],
        c.rate.reshape(-1)[kept].astype(np.float32),
        c.base.reshape(-1)[kept].astype(np.float32),
        s.cells[-1][c.pairs].reshape(-1)[kept],
        recent[kept],
        lags[kept],
        np.tile(rules.rates, len(c.pairs))[kept].astype(np.float32),
    )


def _joined(taken: list[Rows]) -> Rows:
    if not taken:
        none = np.zeros(0, np.float32)
        whole = none.astype(np.int32)
        empty = (whole, whole, whole, none, none, none, none, np.zeros((0, LAGS), np.float32), none)
        return Rows(np.zeros((0, len(COLUMNS)), np.float32), none, none, *empty)
    return Rows(*(np.concatenate([getattr(r, name) for r in taken]) for name in Rows.__slots__))
