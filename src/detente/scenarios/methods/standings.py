"""Where all pairs stood in all weeks: the ground on which past cases and placebos are found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...config import MeasuresOptions
from ..history import WEEK, Array, History, Ints

#: weeks of the means by which standings are compared
_SHORT, _LONG = 0.2, 0.04
#: long mean of log(1 + acts a week) above which a pair deals enough to be compared: about one act in two months
BUSY = 0.08


@dataclass(frozen=True)
class Standings:
    """Weeks counted back from the last day. N × N × weeks, symmetric but for ``counts`` (directed, × 4 quad classes)."""

    start: int  # ordinal first day of the first week
    weeks: int
    counts: Array  # acts, N × N × weeks × 4
    mass: Array  # what the level is a mean over: the pair's faded acts and calm, N × N × weeks
    level: Array  # faded mean hostility at the end of the week, -10 … +10: tension before it is cut at 0
    features: Array  # N × N × weeks × 4 before the week: level, its long mean, activity short and long


def standings(told: History, options: MeasuresOptions) -> Standings:
    """The standings of all pairs."""
    size, weeks = len(told.actors), told.weeks
    start = told.last + 1 - weeks * WEEK
    inside = told.day >= start
    week = ((told.day - start) // WEEK)[inside]
    a, b = told.actor[inside], told.recipient[inside]
    counts = np.zeros((size, size, weeks, 4), dtype=np.float32)
    np.add.at(counts, (a, b, week, told.quad[inside]), 1.0)
    hostile = np.zeros((size, size, weeks), dtype=np.float32)
    once = np.zeros((size, size, weeks), dtype=np.float32)
    np.add.at(hostile, (a, b, week), -(told.intensity * told.once)[inside])
    np.add.at(once, (a, b, week), told.once[inside])
    hostile, once = hostile + hostile.transpose(1, 0, 2), once + once.transpose(1, 0, 2)
    volume = once.sum(axis=(0, 1)) / 2
    kept = 0.5 ** (WEEK / options.half_life_days)
    level = np.zeros((size, size, weeks), dtype=np.float32)
    mass = np.zeros((size, size, weeks), dtype=np.float32)
    features = np.zeros((size, size, weeks, 4), dtype=np.float32)
    h, m, ground = np.zeros((size, size)), np.zeros((size, size)), 0.0
    now, mean, short, long = (np.zeros((size, size)) for _ in range(4))
    for w in range(weeks):
        features[:, :, w] = np.stack([now, mean, short, long], axis=2)
        h, m = h * kept + kept**0.5 * hostile[:, :, w], m * kept + kept**0.5 * once[:, :, w]
        ground = ground * kept + kept**0.5 * float(volume[w])
        mass[:, :, w] = m + options.prior_acts + options.half_share * ground
        now = h / mass[:, :, w]
        level[:, :, w] = now
        acts = np.log1p(once[:, :, w])
        rate = max(_LONG, 1 / (w + 1))
        mean = mean + rate * (now - mean)
        long = long + rate * (acts - long)
        short = short + max(_SHORT, 1 / (w + 1)) * (acts - short)
    whole = (x.astype(np.float64) for x in (counts, mass, level, features))
    return Standings(start, weeks, *whole)


def next_features(at: Standings) -> Array:
    """Features of all pairs after the last week, N × N × 4 (the means as they stood before it, the level as it stands)."""
    out = at.features[:, :, -1].copy()
    out[:, :, 0] = at.level[:, :, -1]
    return out


def cells(at: Standings, warm: int, ahead: int) -> Ints:
    """Pair-weeks that can be compared (rows: a, b, week; a < b): enough weeks before and after, and a pair that deals with each other."""
    last = at.weeks - ahead
    if last <= warm:
        return np.zeros((0, 3), dtype=np.int64)
    busy = at.features[:, :, warm:last, 3] > BUSY
    a, b, w = np.nonzero(busy)
    upper = a < b
    return np.stack([a[upper], b[upper], w[upper] + warm], axis=1)
