"""From draws to paths with bands, changes and verdicts; and several methods as one answer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student

from .history import Array
from .methods.base import Answer
from .result import MEASURES, Change, Path, Told, Verdict

#: percentiles of the bands
_PERCENT = (10, 25, 50, 75, 90)
#: a change is told apart from none where at least this share of draws goes one way by more than is too small to matter
_SURE = 0.9
_SMALL = {"tension": 0.03, "influence": 0.01}
_SMALL_COUNT = 0.05


def paths(draws: Mapping[str, Array], start: datetime.date) -> tuple[Path, ...]:
    """Paths of all measures from draws × weeks."""
    out = []
    for name in MEASURES:
        bands = np.percentile(draws[name], _PERCENT, axis=0)
        weeks = bands.shape[1]
        starts = tuple((start + datetime.timedelta(weeks=w)).isoformat() for w in range(weeks))
        low80, low50, middle, high50, high80 = (tuple(round(float(v), 4) for v in row) for row in bands)
        mean = tuple(round(float(v), 4) for v in draws[name].mean(axis=0))
        out.append(Path(name, starts, mean, middle, low50, high50, low80, high80))
    return tuple(out)


def change(name: str, shift: Array, pooled: bool = False) -> Change:
    """The change of one measure: draws × weeks as a mean over the weeks; the middle of the draws, with bands and the verdict. Where draws
    of methods that lie apart are ``pooled`` their middle falls on the edge of one or the other: there it is their mean."""
    mean = shift.mean(axis=1)
    low80, low50, _, high50, high80 = (float(v) for v in np.percentile(mean, _PERCENT))
    above = float((mean > 0).mean())
    value, small = float(np.mean(mean) if pooled else np.median(mean)), _SMALL.get(name, _SMALL_COUNT)
    verdict: Verdict = "not distinguishable"
    if (mean > small).mean() >= _SURE:
        verdict = "raises"
    elif (mean < -small).mean() >= _SURE:
        verdict = "lowers"
    value, low50, high50, low80, high80 = (round(v, 4) for v in (value, low50, high50, low80, high80))
    return Change(name, value, low50, high50, low80, high80, round(above, 3), verdict)


def told_by(name: str, reference: str, answer: Answer, weight: float, start: datetime.date, pooled: bool = False) -> Told:
    """What a method says, or several together (``pooled``)."""
    difference = paths(answer.shift, start)
    if pooled:
        difference = tuple(replace(p, middle=tuple(np.clip(p.mean, p.low50, p.high50).tolist())) for p in difference)
    return Told(
        name,
        reference,
        round(weight, 3),
        paths(answer.baseline, start),
        paths(answer.scenario, start),
        difference,
        tuple(change(m, answer.shift[m], pooled) for m in MEASURES),
        answer.notes,
    )


def mixed(answers: Sequence[tuple[float, Answer]], draws: int, seed: int) -> Answer:
    """One answer from several: draws of each in proportion to its weight (a linear pool; Geweke & Amisano 2011, J. Econometrics 164).

    Of the expected change methods are a small sample of ways to see it: how far they lie apart is widened as the spread of so few tells of
    what another would say (prediction interval of a random-effects synthesis; Higgins, Thompson & Spiegelhalter 2009, JRSS A 172).
    """
    rng = np.random.default_rng(seed)
    total = sum(w for w, _ in answers)
    many = total**2 / sum(w**2 for w, _ in answers)
    tails = student.ppf(0.9, max(2.0, many - 1)) / norm.ppf(0.9)
    wider = float(np.sqrt((many + 1) / (many - 1)) * tails) if many > 1.5 else 1.0

    def pooled(pick: str) -> dict[str, Array]:
        out = {}
        for m in MEASURES:
            rows = []
            middle = sum(w / total * getattr(x, pick)[m].mean(axis=0) for w, x in answers)
            for weight, answer in answers:
                found: Array = getattr(answer, pick)[m]
                if pick == "shift":
                    found = found + (wider - 1) * (found.mean(axis=0) - middle)
                n = max(1, round(draws * weight / total))
                rows.append(found[rng.integers(0, len(found), n)] if len(found) != n else found)
            out[m] = np.concatenate(rows)
        return out

    return Answer(pooled("baseline"), pooled("scenario"), pooled("shift"))
