"""A back-test judged: scores, calibration and a verdict against each baseline."""

from __future__ import annotations

from typing import Any

import numpy as np

from .occurrence.history import date
from .occurrence.learning import BASELINES, STEP, Asked, Learned
from .occurrence.scores import reliability, score, skill
from .records import Backtest, Calibrated, Month, Rated

Array = np.ndarray[Any, Any]

OWN = "détente"
_RESAMPLES = 400
#: fewer acts that came, or days on which was asked, allow no verdict
FEWEST_CAME, FEWEST_ORIGINS = 10, 6


def judged(learned: Learned, a: Asked, seed: int) -> Backtest:
    """A back-test judged."""
    horizon = learned.horizon
    came = int(a.y.sum())
    first = date(int(a.origin.min())).isoformat() if len(a) else None
    last = date(int(a.origin.max()) + horizon - 1).isoformat() if len(a) else None
    origins = len(np.unique(a.origin))
    whole = _rated(a, np.ones(len(a), bool), horizon, seed, origins >= FEWEST_ORIGINS and came >= FEWEST_CAME) if len(a) else ()
    bins = tuple(
        Calibrated(b.low, b.high, round(b.forecasts), round(b.said, 4), round(b.came, 4)) for b in reliability(a.said, a.y, a.weight)
    )
    verdict = _verdict(horizon, a, whole, came, origins)
    asked, months = round(float(a.weight.sum())), tuple(_months(a, horizon, seed))
    return Backtest(horizon, first, last, asked, came, learned.rung, whole, months, bins, verdict)


def _rated(a: Asked, chosen: Array, horizon: int, seed: int, compare: bool) -> tuple[Rated, ...]:
    y, weight, said, origin = a.y[chosen], a.weight[chosen], a.said[chosen], a.origin[chosen]
    blocks = (origin - origin.min()) // max(STEP, horizon)  # windows that overlap are drawn together
    found = []
    for n, name in enumerate((OWN, *BASELINES)):
        p = said if n == 0 else a.others[chosen][:, n - 1]
        s = score(p, y, weight)
        compared: tuple[Any, ...] = (None, None, None, None)
        if n and compare:
            value, low, high = skill(said, p, y, weight, blocks, _RESAMPLES, seed)
            verdict = "better" if low > 0 else "worse" if high < 0 else "not distinguishable"
            compared = (round(value, 4), round(low, 4), round(high, 4), verdict)
        found.append(Rated(name, round(s.brier, 6), round(s.log, 6), round(s.calibration, 5), *compared))
    return tuple(found)


def _months(a: Asked, horizon: int, seed: int) -> list[Month]:
    of_month: dict[str, list[int]] = {}
    for origin in np.unique(a.origin).tolist():
        of_month.setdefault(date(origin).isoformat()[:7], []).append(origin)
    found = []
    for name, origins in of_month.items():
        chosen = np.isin(a.origin, origins)
        rated = _rated(a, chosen, horizon, seed, False)
        found.append(Month(name, round(float(a.weight[chosen].sum())), int(a.y[chosen].sum()), rated))
    return found


def _verdict(horizon: int, a: Asked, rated: tuple[Rated, ...], came: int, origins: int) -> str:
    if came < FEWEST_CAME or origins < FEWEST_ORIGINS:
        tested = f"{_many(came, 'act')} came in {_many(origins, 'week')} that" if origins else "there is no week yet that"
        return (
            f"Too little to judge by: {tested} could be forecast from weeks before; {FEWEST_CAME} acts and "
            f"{FEWEST_ORIGINS} weeks are needed. Take the probabilities as base rates."
        )
    others = [r for r in rated if r.verdict is not None]
    groups = {v: [r.name for r in others if r.verdict == v] for v in ("better", "worse", "not distinguishable")}
    told = []
    if groups["better"]:
        told.append(f"better than {_listed(groups['better'])}")
    if groups["worse"]:
        told.append(f"worse than {_listed(groups['worse'])}")
    if groups["not distinguishable"]:
        told.append(f"not distinguishable from {_listed(groups['not distinguishable'])}")
    return (
        f"In {origins} weeks of back-testing, forecasts for {_many(horizon, 'day')} were {'; '.join(told)} (Brier score).{_calibrated(a)}"
    )


def _many(many: int, what: str) -> str:
    return f"{many} {what}" if many == 1 else f"{many} {what}s"


def _calibrated(a: Asked, from_: float = 0.1) -> str:
    """What was said and what came of the acts that were given a tenth or more."""
    high = a.said >= from_
    if not high.any():
        return f" No act was given {from_:.0%} or more."
    said, came = np.average(a.said[high], weights=a.weight[high]), np.average(a.y[high], weights=a.weight[high])
    if high.sum() == 1:
        return f" The one act given {from_:.0%} or more was given {said:.0%}; it {'came' if came else 'did not come'}."
    return f" The {int(high.sum()):,} acts given {from_:.0%} or more were given {said:.0%} on average; {came:.0%} came."


_CALLED = {
    "type rate": "the type's rate",
    "own rate": "the pair's own rate",
    "last month": "last month's frequency",
    "autoregression": "an autoregression",
}


def _listed(names: list[str]) -> str:
    said = [_CALLED[n] for n in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
