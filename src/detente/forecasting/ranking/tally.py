"""Counts that fade: how often each group (an actor, an actor with a type, a country ...) met each target, at several half-lives.

All counts of one tally fade at the same rates, so a share of a group's total is a probability at every half-life.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]
LONGEST = 36_601


def fading(half_lives: tuple[float, ...]) -> Floats:
    """What is left of a count after each number of days: shape ``(days, half-lives)``; an infinite half-life never fades."""
    days = np.arange(LONGEST, dtype=np.float64)[:, None]
    left: Floats = np.exp2(-days / np.array(half_lives)).astype(np.float32)
    return left


def spans(starts: Longs, ends: Longs) -> tuple[Longs, Longs]:
    """All positions of the ranges ``[start, end)`` in a row, and which range each belongs to."""
    lengths = ends - starts
    which = np.repeat(np.arange(len(starts)), lengths)
    offset = np.cumsum(lengths) - lengths
    return np.arange(len(which)) - offset[which] + starts[which], which


def distinct(values: Longs) -> Longs:
    """The distinct values, ascending."""
    values = np.sort(values)
    return values[np.r_[True, values[1:] != values[:-1]]] if len(values) else values


class _Index:
    """For each key met: a count, the first, last and one-before-last day, and the faded counts as of the last day.

    Rows stay where they are once made; ``order`` lists them by key.
    """

    def __init__(self, rates: int) -> None:
        self.sorted = np.zeros(0, np.int64)
        self.order = np.zeros(0, np.int32)
        self.size = 0
        self.keys = np.zeros(64, np.int64)
        self.count = np.zeros(64, np.float32)
        self.first = np.full(64, -1, np.int32)
        self.last = np.full(64, -1, np.int32)
        self.before = np.full(64, -1, np.int32)
        self.faded = np.zeros((64, rates), np.float32)

    def reserve(self, keys: Longs) -> None:
        """Makes rows for keys (distinct, ascending); nothing is counted yet."""
        if len(self.sorted):
            at = np.searchsorted(self.sorted, keys)
            keys = keys[self.sorted[np.minimum(at, len(self.sorted) - 1)] != keys]
        if not len(keys):
            return
        need = self.size + len(keys)
        if need > len(self.keys):
            more = max(need, 2 * len(self.keys) if len(self.keys) < 1_000_000 else need + need // 4) - len(self.keys)
            for name, fill in (("keys", 0), ("count", 0), ("first", -1), ("last", -1), ("before", -1), ("faded", 0)):
                old = getattr(self, name)
                setattr(self, name, np.concatenate([old, np.full((more, *old.shape[1:]), fill, old.dtype)]))
        self.keys[self.size : need] = keys
        at = np.searchsorted(self.sorted, keys)
        self.sorted = np.insert(self.sorted, at, keys)
        self.order = np.insert(self.order, at, np.arange(self.size, need, dtype=np.int32))
        self.size = need

    def find(self, keys: Longs) -> Longs:
        """Rows of keys, -1 where a key was never counted."""
        if not self.size:
            return np.full(len(keys), -1, np.int64)
        at = np.searchsorted(self.sorted, keys)
        at[at == self.size] = 0
        rows = self.order[at].astype(np.int64)
        rows[(self.sorted[at] != keys) | (self.count[rows] == 0)] = -1
        return rows

    def between(self, low: Longs, high: Longs) -> tuple[Longs, Longs]:
        """Rows that were counted with keys in each of the ranges ``[low, high)``, and which range each belongs to."""
        at, which = spans(np.searchsorted(self.sorted, low), np.searchsorted(self.sorted, high))
        rows = self.order[at].astype(np.int64)
        met = self.count[rows] > 0
        return (rows, which) if met.all() else (rows[met], which[met])

    def add(self, keys: Longs, counts: Any, day: int, rates: Floats) -> None:
        """Counts keys (distinct, ascending)."""
        self.reserve(keys)
        rows = self.order[np.searchsorted(self.sorted, keys)]
        old = self.last[rows]
        self.faded[rows] = self.faded[rows] * rates[np.where(old < 0, 0, day - old)] + counts[:, None]
        self.count[rows] += counts
        self.before[rows] = old
        self.last[rows] = day
        self.first[rows] = np.where(old < 0, day, self.first[rows])


class Tally:
    """How often groups met targets (numbers below ``targets``), with totals per group.

    Days given to :meth:`add` must ascend. Memory is that of the pairs that were met.
    """

    def __init__(self, targets: int, half_lives: tuple[float, ...]) -> None:
        self.targets = targets
        self.half_lives = half_lives
        self.rates = fading(half_lives)
        self.pairs = _Index(len(half_lives))
        self.groups = _Index(len(half_lives))

    def reserve(self, group: Longs, target: Longs) -> None:
        """Makes room for pairs that will be met (faster than one day at a time); it counts nothing."""
        self.pairs.reserve(distinct(group * self.targets + target))
        self.groups.reserve(distinct(group))

    def add(self, group: Longs, target: Longs, day: int) -> None:
        """Counts one meeting for each position."""
        for index, of in ((self.pairs, group * self.targets + target), (self.groups, group)):
            keys, counts = np.unique(of, return_counts=True)
            index.add(keys, counts.astype(np.float32), day, self.rates)

    def rows(self, group: Longs, target: Longs) -> Longs:
        """The row of each pair, -1 where they never met."""
        return self.pairs.find(group * self.targets + target)

    def group_rows(self, group: Longs) -> Longs:
        """The row of each group's total, -1 where it never met anything."""
        return self.groups.find(group)

    def members(self, group: Longs) -> tuple[Longs, Longs]:
        """Rows of all pairs of these groups that ever met, and which group each belongs to."""
        return self.pairs.between(group * self.targets, (group + 1) * self.targets)

    def target_of(self, rows: Longs) -> Longs:
        """The targets of pair rows."""
        return self.pairs.keys[rows] % self.targets

    def faded(self, rows: Longs, day: int, rate: int) -> Floats:
        """Counts as of the beginning of ``day`` at half-life number ``rate``; 0 for row -1."""
        return _at(self.pairs, rows, day, rate, self.rates)

    def totals(self, group_rows: Longs, day: int, rate: int) -> Floats:
        """The groups' totals as of the beginning of ``day``; 0 for row -1."""
        return _at(self.groups, group_rows, day, rate, self.rates)

    def age(self, rows: Longs, day: int, never: int) -> Floats:
        """Days since the last meeting; ``never`` for row -1."""
        return np.where(rows >= 0, day - self.pairs.last[rows], never).astype(np.float32)


def _at(index: _Index, rows: Longs, day: int, rate: int, rates: Floats) -> Floats:
    age = np.clip(day - index.last[rows], 0, LONGEST - 1)
    return np.where(rows >= 0, index.faded[rows, rate] * rates[age, rate], np.float32(0))
