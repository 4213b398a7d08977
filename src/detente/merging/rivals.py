"""How many like acts a telling could be of: the reports of the same days that tell of such an act of the same parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .telling import Telling

Array = npt.NDArray[np.float64]


def rivals(tellings: Sequence[Telling], tolerance: int) -> Array:
    """For each telling, how many documents tell an act of its type with its parties within ``tolerance`` days.

    Of several parties the rarest counts; 0 for tellings without parties or days.
    """
    told: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
    for t in tellings:
        if t.day is not None:
            for p in t.parties:
                told[t.mention.type, p].add((t.day.toordinal(), t.mention.document))
    days = {key: np.sort(np.fromiter((d for d, _ in found), dtype=np.int64, count=len(found))) for key, found in told.items()}
    known: dict[tuple[str, str, int], int] = {}
    out = np.zeros(len(tellings))
    for n, t in enumerate(tellings):
        if t.day is None or not t.parties:
            continue
        day = t.day.toordinal()
        counts = []
        for p in t.parties:
            asked = t.mention.type, p, day
            if asked not in known:
                low, high = np.searchsorted(days[t.mention.type, p], (day - tolerance, day + tolerance + 1))
                known[asked] = int(high - low)
            counts.append(known[asked])
        out[n] = min(counts)
    return out
