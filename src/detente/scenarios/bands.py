"""Distributions from likeness: what followed when a method saw before what it sees now.

A method's signals (first of all its expected score) are compared with those of past weeks of all dyads; the outcomes of the nearest past
weeks, nearer ones weighing more, are the distribution. Nothing is assumed of its form: many silent weeks, a few violent ones, and the
asymmetry of both are as they were (nearest-neighbour conditional distributions: Stone 1977, Annals of Statistics 5; conformal in spirit:
past errors tell the width of bands).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from .history import Array
from .methods.base import LEVELS

#: past weeks that make a distribution, and the most that are compared with
NEAREST, MOST = 240, 60_000
_LEAF = 32  # of the tree: for so many neighbours larger leaves are faster


@dataclass(frozen=True)
class Bands:
    """Past signals, on a common scale, and what came."""

    tree: Any
    outcomes: Array
    middle: Array
    scale: Array

    @classmethod
    def of(cls, signals: Array, outcomes: Array) -> Bands:
        """From past weeks: signals (weeks × signals, the latest last) and the scores that came (weeks)."""
        signals, outcomes = signals[-MOST:], outcomes[-MOST:]
        middle = signals.mean(axis=0)
        scale = signals.std(axis=0) + 1e-6
        return cls(cKDTree((signals - middle) / scale, leafsize=_LEAF), outcomes, middle, scale)

    def quantiles(self, signals: Array) -> Array:
        """Quantiles at LEVELS of what comes, rows × 39, for signals (rows × signals)."""
        k = min(NEAREST, len(self.outcomes))
        away, at = self.tree.query((signals - self.middle) / self.scale, k=k)
        away, at = away.reshape(len(signals), k), at.reshape(len(signals), k)
        reach = away[:, -1:] + 1e-9
        return weighted_quantiles(self.outcomes[at], 1.0 - 0.7 * (away / reach) ** 2)


def weighted_quantiles(values: Array, weights: Array) -> Array:
    """Quantiles at LEVELS of rows of weighted values."""
    order = np.argsort(values, axis=1, kind="stable")
    sorted_, w = np.take_along_axis(values, order, axis=1), np.take_along_axis(weights, order, axis=1)
    share = (np.cumsum(w, axis=1) - 0.5 * w) / w.sum(axis=1, keepdims=True)
    places = np.stack([(share < level).sum(axis=1) for level in LEVELS], axis=1)
    out: Array = np.take_along_axis(sorted_, np.minimum(places, values.shape[1] - 1), axis=1)
    return out


def crps(quantiles: Array, came: Array) -> Array:
    """Continuous ranked probability score of quantile forecasts at LEVELS: twice the mean pinball loss.

    Gneiting & Raftery 2007, J. American Statistical Association 102.
    """
    miss = came[..., None] - quantiles
    out: Array = 2 * np.mean(np.where(miss >= 0, LEVELS * miss, (LEVELS - 1) * miss), axis=-1)
    return out


def covered(quantiles: Array, came: Array, share: float) -> Array:
    """Whether what came lies in the band that should hold ``share`` of outcomes.

    Weekly scores repeat values (silent weeks are 0), so an end of a band often falls on what came: then it counts by the part of that
    value's weight that the band takes (as in a randomised probability transform; Czado, Gneiting & Held 2009, Biometrics 65).
    """
    low = (quantiles < came[..., None] - 1e-9).mean(axis=-1)
    high = (quantiles <= came[..., None] + 1e-9).mean(axis=-1)
    start, end = 0.5 - share / 2, 0.5 + share / 2
    width = np.maximum(high - low, 1e-9)
    inside = np.clip(np.minimum(high, end) - np.maximum(low, start), 0, None) / width
    step = ((low >= start) & (high <= end)).astype(float)
    out: Array = np.where(high - low < 1e-6, step, inside)
    return out
