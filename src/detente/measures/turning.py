"""Turning points of a dyad: days on which its dealings change level, and the acts that made the change.

The level (mean hostility before it is cut at zero, so that friendship counts too) is split into stretches that minimise squared error with
a penalty for each change: PELT (Killick, Fearnhead & Eckley 2012, J. American Statistical Association 107(500)), by the library ruptures
(Truong, Oudre & Vayatis 2020, Signal Processing 167). A change without acts that go its way is mere fading and no turning point.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..config import MeasuresOptions
from .acts import Events, acts
from .levels import Array, Evidence, evidence, redrawn
from .reading import Documents, reading
from .tension import BAND

#: a turn unfolds within so many days; turns the same way within them are one
UNFOLDS = 7
#: days on either side of a change of level within which its acts are looked for
_NEAR = 2


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A day on which the level turned. Levels run from -10 (friendly) to +10 (hostile)."""

    day: str
    way: Literal["hostile", "cooperative"]
    size: float  # change of level, above zero, at its height within a week
    low: float  # 80% band of the size
    high: float
    before: float
    after: float
    events: tuple[str, ...]  # ids of the acts that made it, the strongest first


def turning_points(
    events: Events,
    documents: Documents,
    dyad: tuple[str, str],
    options: MeasuresOptions,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[TurningPoint]:
    """The turning points of a dyad, by day.

    ``turn_half_life_days``: the level forgets faster here than in tension, or a crisis would hide the next. ``penalty``: what a change must
    explain, in squared points times days.
    """
    read = reading(documents)
    options = replace(options, half_life_days=options.turn_half_life_days)
    found = evidence(acts(events), read, dyad, options, since, until, begin=read.first)
    if found is None or found.length < 2 * _NEAR:
        return []
    level = found.level()[0]
    drawn = found.level(redrawn(found.table, options.resamples, options.seed)) if options.resamples else level[None, :]
    out: list[TurningPoint] = []
    for at in _changes(level, options.penalty):
        turn = _turn(found, level, drawn, at)
        if turn is None or (since is not None and turn.day < since.isoformat()):
            continue
        same = out and out[-1].way == turn.way and _apart(out[-1].day, turn.day) <= UNFOLDS
        if not same:
            out.append(turn)
        elif turn.size > out[-1].size:
            out[-1] = turn
    return out


def _changes(level: Array, penalty: float) -> list[int]:
    """First days of the stretches after the first."""
    import ruptures

    fitted: Any = ruptures.KernelCPD(kernel="linear", min_size=_NEAR).fit(level.reshape(-1, 1))
    return [int(n) for n in fitted.predict(pen=penalty)[:-1]]


def _turn(found: Evidence, level: Array, drawn: Array, at: int) -> TurningPoint | None:
    """The turning point behind a change of level on day ``at``; None where no act goes its way."""
    jump = np.diff(level, prepend=0.0)
    near = np.arange(max(0, at - _NEAR), min(found.length, at + _NEAR + 1))
    sign = 1.0 if level[min(at + 1, found.length - 1)] >= level[max(0, at - 2)] else -1.0
    with_acts = near[np.isin(near, found.at)]
    if not len(with_acts):
        return None
    day = int(with_acts[np.argmax(sign * jump[with_acts])])
    if sign * jump[day] <= 0:
        return None
    before = level[day - 1] if day else 0.0
    week = slice(day, min(found.length, day + UNFOLDS))
    peak = day + int(np.argmax(sign * level[week]))
    sizes = sign * (drawn[:, peak] - (drawn[:, day - 1] if day else 0.0))
    low, high = np.percentile(sizes, BAND)
    return TurningPoint(
        found.day(day).isoformat(),
        "hostile" if sign > 0 else "cooperative",
        round(float(sign * (level[peak] - before)), 3),
        round(float(low), 3),
        round(float(high), 3),
        round(float(before), 3),
        round(float(level[peak]), 3),
        _movers(found, sign, float(before), day, peak),
    )


def _movers(found: Evidence, sign: float, before: float, day: int, peak: int) -> tuple[str, ...]:
    """Acts between a day and the height of its turn that pull the turn's way."""
    within: NDArray[np.bool_] = (found.at >= day) & (found.at <= peak) & (sign * (found.hostility - before) > 0)
    rows = np.flatnonzero(within)
    order = rows[np.argsort(-sign * found.hostility[rows], kind="stable")]
    ids = found.table["event"]
    return tuple(dict.fromkeys(ids[int(n)] for n in order))


def _apart(first: str, second: str) -> int:
    return abs((datetime.date.fromisoformat(second) - datetime.date.fromisoformat(first)).days)
