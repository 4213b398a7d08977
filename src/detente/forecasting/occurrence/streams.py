"""The state of a history on a day, carried forward in one pass: decayed counts, ages and recent windows of every pair and type.

At day ``T`` only facts known before ``T`` are in it. A *cell* is a pair and a type; arrays of cells have the shape (pairs, types).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .history import History

Floats = np.ndarray[Any, np.dtype[np.float32]]
Array = np.ndarray[Any, Any]

#: days after which an event counts half
HALF_LIVES = (7.0, 30.0, 120.0)
NEVER = -100_000


class Pairs:
    """The ordered pairs of a history, each with its reverse; beyond ``most`` those with fewest facts are left out."""

    def __init__(self, h: History, most: int) -> None:
        n = len(h.actors)
        forward = h.actor.astype(np.int64) * n + h.recipient
        backward = h.recipient.astype(np.int64) * n + h.actor
        loose = np.minimum(forward, backward)
        found, counts = np.unique(loose, return_counts=True)
        self.left_out = max(0, len(found) - most)
        if self.left_out:
            found = np.sort(found[np.argsort(-counts, kind="stable")[:most]])
        a, b = found // n, found % n
        self.actor = np.concatenate([a, b]).astype(np.int32)
        self.recipient = np.concatenate([b, a]).astype(np.int32)
        self.reverse = np.concatenate([np.arange(len(a)) + len(a), np.arange(len(a))]).astype(np.int32)
        ahead = forward == loose
        place = np.minimum(np.searchsorted(found, loose), len(found) - 1)
        of_fact = np.where(found[place] == loose, np.where(ahead, place, place + len(found)), -1)
        self.of_fact = of_fact.astype(np.int32)
        self.actors = np.unique(self.actor)  # those of the pairs kept, with a number among them for each of the history's
        self.number = np.full(n, -1, np.int32)
        self.number[self.actors] = np.arange(len(self.actors))

    def __len__(self) -> int:
        return len(self.actor)


class Streams:
    """See the module. :meth:`advance` moves on; days may only grow."""

    def __init__(self, h: History, pairs: Pairs) -> None:
        self.h, self.pairs = h, pairs
        self.shape = (len(pairs), len(h.types))
        self.day = h.first
        self._read = h.read
        self._next = 0
        self.cells = [np.zeros(self.shape, np.float32) for _ in HALF_LIVES]
        self.total = np.zeros(self.shape, np.float32)
        self.last = np.full(self.shape, NEVER, np.int32)
        self._by_day = np.argsort(h.day, kind="stable")
        self._days = h.day[self._by_day]
        sides = (len(pairs.actors), len(h.types))
        self.does = [np.zeros(sides, np.float32) for _ in HALF_LIVES[1:]]  # by actor and type
        self.meets = [np.zeros(sides, np.float32) for _ in HALF_LIVES[1:]]  # by recipient and type

    def advance(self, day: int) -> None:
        """Brings the state to the beginning of ``day``: facts known before it are taken in."""
        h, gone = self.h, day - self.day
        end = int(np.searchsorted(h.known, day, "left"))
        new = slice(self._next, end)
        age = (day - 1 - h.day[new]).astype(np.float64)
        pair, kind = self.pairs.of_fact[new], h.type[new]
        known = pair >= 0
        for n, half in enumerate(HALF_LIVES):
            self.cells[n] *= 0.5 ** (gone / half)
            weight = (0.5 ** (age / half)).astype(np.float32)
            np.add.at(self.cells[n], (pair[known], kind[known]), weight[known])
            if n:
                for state, side in ((self.does, h.actor), (self.meets, h.recipient)):
                    state[n - 1] *= 0.5 ** (gone / half)
                    who = self.pairs.number[side[new]]
                    np.add.at(state[n - 1], (who[who >= 0], kind[who >= 0]), weight[who >= 0])
        np.add.at(self.total, (pair[known], kind[known]), np.float32(1))
        np.maximum.at(self.last, (pair[known], kind[known]), h.day[new][known])
        self.day, self._next = day, end

    def exposure(self, half: float) -> float:
        """How many days of which something was read stand behind a decayed count, the latest counting most; at least one."""
        read = self._read[: max(0, self.day - self.h.first)]
        days = float((0.5 ** (np.flatnonzero(read[::-1]) / half)).sum())
        return max(1.0, days)

    @property
    def observed(self) -> int:
        """How many days of which something was read lie before the day."""
        return max(1, int(self._read[: max(0, self.day - self.h.first)].sum()))

    def active(self, days: int) -> Array:
        """The pairs between which anything was told, in either direction, of the last ``days`` days."""
        recent = self.last.max(1) >= self.day - days
        found: Array = np.flatnonzero(recent | recent[self.pairs.reverse])
        return found

    def window(self, start: int, end: int, known_before: int | None = None) -> Array:
        """Of each cell, on how many days of [start, end) it happened; ``known_before``: counting only what was known before that day."""
        h, days = self.h, self._days
        rows = self._by_day[np.searchsorted(days, start, "left") : np.searchsorted(days, end, "left")]
        rows = rows[self.pairs.of_fact[rows] >= 0]
        if known_before is not None:
            rows = rows[h.known[rows] < known_before]
        found = np.zeros(self.shape, np.float32)
        np.add.at(found, (self.pairs.of_fact[rows], h.type[rows]), np.float32(1))
        return found
