"""What was given little probability and happened."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..config import ForecastingOptions
from .notes import counted
from .occurrence.history import History, date
from .occurrence.learning import Learned
from .occurrence.streams import Pairs
from .records import Surprise

Array = np.ndarray[Any, Any]


def surprising(
    h: History, pairs: Pairs, learned: Learned, options: ForecastingOptions, pair: int | None = None, top: int | None = None
) -> list[Surprise]:
    """The surprises of the back-test (of one pair, in both directions), the heaviest first: bits of surprise, times the logarithm of what
    the pair was told of before.

    A pair of which nothing was told lately had no forecast; it comes without a probability and after the others.
    """
    a, starts = learned.came, np.array(learned.tested)
    if not len(starts):
        return []
    said = {(int(o), int(p), int(t)): float(x) for o, p, t, x in zip(a.origin, a.pair, a.type, a.said, strict=True)}
    rows = np.flatnonzero((h.day >= starts[0]) & (pairs.of_fact >= 0))
    if pair is not None:
        rows = rows[np.isin(pairs.of_fact[rows], (pair, pairs.reverse[pair]))]
    rows = rows[np.argsort(h.day[rows], kind="stable")]
    origins = starts[np.searchsorted(starts, h.day[rows], "right") - 1]
    within = h.day[rows] < origins + min(learned.horizon, 7)
    rows, origins = rows[within], origins[within]
    before = _Before(h, pairs)
    both = before.both(pairs.of_fact[rows], origins)
    found: dict[tuple[int, int, int], tuple[bool, float, int, int, float | None]] = {}
    for row, origin, known in zip(rows.tolist(), origins.tolist(), both.tolist(), strict=True):
        key = (origin, int(pairs.of_fact[row]), int(h.type[row]))
        p = said.get(key)
        if key not in found and (p is None or p < options.surprise_below):
            bits = 0.0 if p is None else -math.log2(max(p, 1e-6))
            found[key] = (p is None, -bits * math.log2(1 + known), row, origin, p)
    out, seen = [], set()  # what two do together is told once
    for f in sorted(found.values(), key=lambda f: (*f[:2], -int(h.day[f[2]]))):
        if h.ids[f[2]] not in seen:
            seen.add(h.ids[f[2]])
            out.append(_told(h, pairs, before, *f[1:]))
    return out[:top]


class _Before:
    """What was known of a pair before a day."""

    def __init__(self, h: History, pairs: Pairs) -> None:
        self._reverse = pairs.reverse
        self._first = int(h.known[0])
        keys = self._key(pairs.of_fact, h.known)
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    def _key(self, pair: Array, day: Array) -> Array:
        found: Array = np.asarray(pair, np.int64) * (1 << 22) + np.asarray(day, np.int64) - self._first
        return found

    def _ends(self, pair: Array, day: Array) -> tuple[Array, Array]:
        first = np.full_like(np.asarray(day), self._first)
        return np.searchsorted(self._keys, self._key(pair, first), "left"), np.searchsorted(self._keys, self._key(pair, day), "left")

    def rows(self, pair: int, day: int) -> Array:
        """The rows of a pair known before a day."""
        start, end = self._ends(np.array([pair]), np.array([day]))
        found: Array = self._order[start[0] : end[0]]
        return found

    def both(self, pair: Array, day: Array) -> Array:
        """How much was known of pairs before days, in both directions."""
        counts = [end - start for start, end in (self._ends(p, day) for p in (pair, self._reverse[pair]))]
        found: Array = counts[0] + counts[1]
        return found


def _told(h: History, pairs: Pairs, before: _Before, weight: float, row: int, origin: int, p: float | None) -> Surprise:
    pair, kind = int(pairs.of_fact[row]), int(h.type[row])
    a, b, what = h.actors[int(h.actor[row])], h.actors[int(h.recipient[row])], h.types[kind]
    both, ahead = int(before.both(np.array([pair]), np.array([origin]))[0]), before.rows(pair, origin)
    same = h.day[ahead[h.type[ahead] == kind]]
    if not both:
        because = "the two had not been reported on together"
    elif not len(same):
        because = f"never reported before that week, in {counted(both, 'act')} between them"
    else:
        last = date(int(same.max())).isoformat()
        because = f"last reported on {last}; {counted(both, 'act')} between them {'was' if both == 1 else 'were'} reported before that week"
    shown = None if p is None else round(p, 6)
    return Surprise(date(int(h.day[row])).isoformat(), a, what, b, shown, round(-weight, 2), because, h.ids[row])
