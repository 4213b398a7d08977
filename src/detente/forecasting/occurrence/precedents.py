"""How often one act was followed by another within some days, counted act by act: the cases that a reason names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from .history import History
from .streams import Pairs

Array = np.ndarray[Any, Any]
_SPAN = 1 << 20  # more than any number of days


@dataclass(frozen=True, slots=True)
class Precedents:
    """Acts of one type in all pairs, and how many of them were followed by another type within the days; the last of these as rows."""

    cases: int
    followed: int
    examples: tuple[tuple[int, int], ...]  # rows of the history: the act, what followed


class Counter:
    """Counts precedents in a history; each count is kept."""

    def __init__(self, h: History, pairs: Pairs, days: int) -> None:
        self.h, self.pairs, self.days = h, pairs, days
        self._sorted: dict[int, tuple[Array, Array]] = {}
        self.count: Callable[[int, int, bool], Precedents] = lru_cache(maxsize=4096)(self._count)

    def within(self, pair: int, before: int, after: int, back: bool) -> tuple[int, int]:
        """Of the cases of :meth:`count` those whose act ``before`` is of one pair: how many were followed, and how many there are."""
        acts, _, told, came, _ = self._cases(before, after, back)
        own = (acts // _SPAN == pair) & told
        return int((own & came).sum()), int(own.sum())

    def _count(self, before: int, after: int, back: bool) -> Precedents:
        acts, rows, told, came, followed_by = self._cases(before, after, back)
        last = np.flatnonzero(came)
        last = last[np.argsort((acts % _SPAN)[last], kind="stable")][-5:]
        return Precedents(int(told.sum()), int(came.sum()), tuple((int(rows[n]), int(followed_by[n])) for n in last))

    def _cases(self, before: int, after: int, back: bool) -> tuple[Array, Array, Array, Array, Array]:
        """Acts ``before`` as numbers and rows; of which it is told what came after, and after which ``after`` came from the same actor
        (``back``: from the one acted upon), with its row. Not told is of what is too late, and what came after days that were not read.
        """
        h = self.h
        acts, rows = self._keys(before)
        if not len(acts):
            none = np.zeros(0, bool)
            return acts, rows, none, none, rows
        pair, day = acts // _SPAN, acts % _SPAN
        wanted = (self.pairs.reverse[pair].astype(np.int64) if back else pair) * _SPAN + day
        later, later_rows = self._keys(after)
        place = np.searchsorted(later, wanted + 1)
        within = np.minimum(place, max(0, len(later) - 1))
        came = (place < len(later)) & (later[within] <= wanted + self.days) if len(later) else np.zeros(len(acts), bool)
        start = day + h.first_fact + 1
        told = self._silent(start, start + self.days) & (came | (start + self.days <= h.last + 1))
        return acts, rows, told, came & told, later_rows[within] if len(later) else rows

    def _silent(self, start: Array, end: Array) -> Array:
        """Whether all days from ``start`` to before ``end`` that are over were read, so that silence is calm."""
        h = self.h
        missed = np.concatenate([[0], np.cumsum(~h.read)])
        first, last = (np.clip(d - h.first, 0, len(h.read)) for d in (start, end))
        found: Array = (start >= h.first) & (missed[first] == missed[last])
        return found

    def _keys(self, kind: int) -> tuple[Array, Array]:
        """The acts of a type as sorted numbers of pair and day, with their rows."""
        if kind not in self._sorted:
            rows = np.flatnonzero((self.h.type == kind) & (self.pairs.of_fact >= 0))
            keys = self.pairs.of_fact[rows].astype(np.int64) * _SPAN + (self.h.day[rows] - self.h.first_fact)
            order = np.argsort(keys, kind="stable")
            self._sorted[kind] = keys[order], rows[order]
        return self._sorted[kind]
