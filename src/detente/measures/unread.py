"""Tension on days on which nothing was read: carried on from before, in a band that widens, and never calm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .levels import Array, Evidence

#: days without reading that are as good as read: who reads once a week misses little
GRACE = 7
#: a level that would be printed as nought
_NOUGHT = 0.0005


@dataclass(frozen=True, slots=True)
class Carried:
    """Days whose level is carried on, and the ends of its band there; other days have nought in ``low`` and ``high``."""

    days: NDArray[np.bool_]
    low: Array
    high: Array


def carried(found: Evidence, value: Array, drawn: Array, band: tuple[int, int]) -> Carried:
    """What is carried on where nothing was read for more than :data:`GRACE` days, of levels by day and their resamples (rows).

    Of the weight that counts on such a day the share *u* = 1 − 2^(−days / half life) fell into time that nobody read. By that share the
    band goes from where it was when reading stopped down to calm, and up to the highest level that the two had been seen at on days read
    until then: what is told later changes nothing of it. A level of nought is not carried on: that nothing was read is not that all was
    calm.
    """
    since = found.since_read()
    stale = found.known() & (since > GRACE)
    low, high = np.zeros(found.length), np.zeros(found.length)
    at = np.flatnonzero(stale & (value >= _NOUGHT))
    if len(at):
        stopped = at - since[at] + GRACE
        lows, highs = ends(drawn[:, stopped], band)
        seen = np.maximum.accumulate(np.where(found.known() & (since <= GRACE), value, 0.0))[at]
        share = 1 - np.power(found.retention, (since[at] - GRACE).astype(np.float64))
        low[at] = np.minimum(value[at], lows * (1 - share))
        high[at] = np.maximum(value[at], highs + share * np.maximum(0, seen - highs))
    return Carried(stale, low, high)


def lost(found: Evidence, value: Array) -> NDArray[np.bool_]:
    """Days of which nothing can be said though the measure remembers: nothing was read, and what is remembered is calm."""
    return (found.since_read() > GRACE) & (value < _NOUGHT)


def ends(drawn: Array, band: tuple[int, int]) -> tuple[Array, Array]:
    """The ends of a band over resamples (rows)."""
    if len(drawn) == 1:
        return drawn[0], drawn[0]
    low, high = np.percentile(drawn, band, axis=0)
    return low, high
