"""What was given little probability and happened."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..config import ForecastingOptions
from .occurrence.history import History, date
from .occurrence.learning import Learned
from .occurrence.streams import Pairs
from .records import Surprise

Array = np.ndarray[Any, Any]


def surprising(h: History, pairs: Pairs, learned: Learned, options: ForecastingOptions) -> list[Surprise]:
    """The surprises of the back-test, the heaviest first: bits of surprise, times the logarithm of what the pair was told of before.

    A pair of which nothing was told lately had no forecast; it comes without a probability and after the others.
    """
    a = learned.asked
    asked = sorted(set(a.origin.tolist()))
    if not asked:
        return []
    said = {(int(o), int(p), int(t)): float(x) for o, p, t, x, y in zip(a.origin, a.pair, a.type, a.said, a.y, strict=True) if y > 0}
    found: dict[tuple[int, int], Surprise] = {}
    starts = np.array(asked)
    inside = np.flatnonzero((h.day >= asked[0]) & (pairs.of_fact >= 0))
    for row in inside[np.argsort(h.day[inside], kind="stable")]:
        pair, kind, day = int(pairs.of_fact[row]), int(h.type[row]), int(h.day[row])
        origin = int(starts[np.searchsorted(starts, day, "right") - 1])
        if day >= origin + min(learned.horizon, 7) or (origin, kind + pair * len(h.types)) in found:
            continue
        p = said.get((origin, pair, kind))
        if p is not None and p >= options.surprise_below:
            continue
        found[origin, kind + pair * len(h.types)] = _told(h, pairs, row, pair, kind, origin, p)
    return sorted(found.values(), key=lambda s: (s.probability is None, -s.weight, s.day))


def _told(h: History, pairs: Pairs, row: Any, pair: int, kind: int, origin: int, p: float | None) -> Surprise:
    a, b, what = h.actors[int(h.actor[row])], h.actors[int(h.recipient[row])], h.types[kind]
    before = (h.known < origin) & (h.day < origin)
    ahead = before & (pairs.of_fact == pair)
    both = int((ahead | (before & (pairs.of_fact == pairs.reverse[pair]))).sum())
    same = h.day[ahead & (h.type == kind)]
    if not both:
        because = f"{a} and {b} had not been reported on together"
    elif not len(same):
        because = f"{a} had never been reported to do {what} to {b}, in {both} acts between them"
    else:
        because = f"{a} last did {what} to {b} on {date(int(same.max())).isoformat()}; {both} acts between them were reported before"
    bits = -math.log2(max(p, 1e-6)) if p is not None else 0.0
    shown = None if p is None else round(p, 4)
    return Surprise(date(int(h.day[row])).isoformat(), a, what, b, shown, round(bits * math.log2(1 + both), 2), because, h.ids[int(row)])
