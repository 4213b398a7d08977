"""The base rate that is told beside a forecast: in what share of past windows of one length an act happened."""

from __future__ import annotations

from typing import Any

import numpy as np

from .occurrence.cells import PRIOR_WINDOWS
from .occurrence.history import History
from .occurrence.streams import Pairs

Array = np.ndarray[Any, Any]
#: windows of the type's rate beside those of a pair that did such a thing before
OWN_WINDOWS = 1.0


def base_rates(h: History, pairs: Pairs, horizon: int) -> Array:
    """Of each pair and type ``(pairs, types)`` the share of windows in which it happened, between 0 and 1.

    Windows of ``horizon`` days that do not overlap, back from the last day observed, of which half the days or more were read (where there
    is none, of which anything was); the share is shrunk to that of the type between all pairs: by eight windows of it where the pair never
    did such a thing, by one where it did, so that what happens in every window is usual.
    """
    windows = max(1, -(-(h.last + 1 - h.first) // horizon))
    of_day = (h.last - h.first - np.arange(len(h.read))) // horizon
    days = np.bincount(of_day[h.read], minlength=windows)
    read = 2 * days >= np.bincount(of_day, minlength=windows)  # the first may be cut short
    if not read.any():
        read = days > 0
    inside = np.flatnonzero((h.day >= h.first) & (h.day <= h.last) & (pairs.of_fact >= 0))
    window = (h.last - h.day[inside]) // horizon
    types = len(h.types)
    cells = (pairs.of_fact[inside].astype(np.int64) * types + h.type[inside]) * windows + window
    hits = np.bincount(np.unique(cells[read[window]]) // windows, minlength=len(pairs) * types).reshape(len(pairs), types)
    many = max(1, int(read.sum()))
    of_type = (hits.sum(0) + 0.5) / (many * len(pairs) + 50)
    prior = np.where(hits > 0, OWN_WINDOWS, PRIOR_WINDOWS)
    shares: Array = (hits + prior * of_type) / (many + prior)
    return shares
