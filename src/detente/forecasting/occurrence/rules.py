"""Which act follows which: confidences of rules r′ ⇒ r within one pair, in both directions, by the age of r′.

Learned prequentially: a window's outcome enters the counts only after the window has ended. (In the manner of temporal rules, Liu et al.,
TLogic, AAAI 2022, restricted to rules of one step so that every one can be told in a sentence.)
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

#: upper bounds of the ages, in days, of the last r′; beyond them it says nothing
AGES = np.array([1, 3, 7, 14, 30, 90])
BINS = len(AGES) + 1
_PRIOR = 12.0  # cases of the type's own rate that each rule starts from


class Rules:
    """Counts of cases and of those in which the act followed: shape (direction, r′, age, r)."""

    def __init__(self, types: int) -> None:
        self.cases = np.zeros((2, types, BINS), np.float64)
        self.followed = np.zeros((2, types, BINS, types), np.float64)
        self.all = 0.0
        self.hits = np.zeros(types, np.float64)

    @property
    def rates(self) -> Array:
        """How often each type happens in a window, over all cells seen."""
        rates: Array = (self.hits + 0.5) / (self.all + 50.0)
        return rates

    def learn(self, ages: Array, back: Array, happened: Array) -> None:
        """``ages``, ``back``: bins (pairs, types) of the last act ahead and in reverse; ``happened``: bool (pairs, types)."""
        y = happened.astype(np.float64)
        types = ages.shape[1]
        for direction, bins in enumerate((ages, back)):
            for before in range(types):
                column = bins[:, before]
                self.cases[direction, before] += np.bincount(column, minlength=BINS)
                for age in np.unique(column[column < BINS - 1]):
                    self.followed[direction, before, age] += y[column == age].sum(0)
        self.all += len(y)
        self.hits += y.sum(0)

    def confidences(self) -> Array:
        """P(r | r′ of that age): (direction, r′, age, r), shrunk to the rate of r; the oldest bin is that rate itself."""
        rates = self.rates
        found: Array = (self.followed + _PRIOR * rates) / (self.cases[..., None] + _PRIOR)
        found[:, :, BINS - 1] = rates
        return found

    def features(self, ages: Array, back: Array) -> tuple[Array, Array, Array]:
        """Of each cell: the surest rule, the rules joined by noisy-or, and the sum of their log-odds against the type's rate."""
        rates = self.rates
        sure = self.confidences()
        lift = np.log(sure / (1 - sure)) - np.log(rates / (1 - rates))
        excess = np.log1p(-np.clip((sure - rates) / (1 - rates), 0, 0.99))
        pairs, types = ages.shape
        best = np.tile(rates, (pairs, 1))
        joint, total = np.zeros((pairs, types)), np.zeros((pairs, types))
        for direction, bins in enumerate((ages, back)):
            for before in range(types):
                column = bins[:, before]
                at = np.flatnonzero(column < BINS - 1)
                if len(at):
                    chosen = column[at]
                    np.maximum.at(best, at, sure[direction, before][chosen])
                    joint[at] += excess[direction, before][chosen]
                    total[at] += lift[direction, before][chosen]
        return best, 1 - np.exp(joint), total


def age_bins(last: Array, day: int) -> Array:
    """The bin of each cell's age on a day; ``last`` holds days."""
    bins: Array = np.searchsorted(AGES, day - last, "left").astype(np.int8)
    return bins
