"""How good probabilities were: Brier score, log score, calibration, and whether one forecast is surely better than another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over all questions; smaller is better. ``calibration``: expected calibration error over bins of equal width."""

    brier: float
    log: float  # mean negative log-likelihood, in nats
    calibration: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of alike probability: what was said and what came."""

    low: float
    high: float
    forecasts: float  # weight of the sampled questions
    said: float
    came: float


def score(p: Array, y: Array, weight: Array) -> Score:
    """The scores of probabilities ``p`` of outcomes ``y`` (0, 1)."""
    p = np.clip(np.asarray(p, np.float64), 1e-5, 1 - 1e-5)
    brier = float(np.average((p - y) ** 2, weights=weight))
    log = float(np.average(-(y * np.log(p) + (1 - y) * np.log(1 - p)), weights=weight))
    bins = reliability(p, y, weight)
    error = sum(b.forecasts * abs(b.said - b.came) for b in bins) / max(1e-9, sum(b.forecasts for b in bins))
    return Score(brier, log, float(error))


#: edges of the bins: finer below, where most forecasts lie
EDGES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def reliability(p: Array, y: Array, weight: Array, edges: tuple[float, ...] = EDGES) -> list[Bin]:
    """The forecasts by their probability; empty bins are left out."""
    place = np.clip(np.searchsorted(edges, p, "right") - 1, 0, len(edges) - 2)
    found = []
    for n in range(len(edges) - 1):
        of_it = place == n
        whole = float(weight[of_it].sum())
        if whole > 0:
            said, came = float(np.average(p[of_it], weights=weight[of_it])), float(np.average(y[of_it], weights=weight[of_it]))
            found.append(Bin(edges[n], edges[n + 1], whole, said, came))
    return found


def skill(p: Array, against: Array, y: Array, weight: Array, origin: Array, resamples: int, seed: int) -> tuple[float, float, float]:
    """The Brier skill score of ``p`` against another forecast, with its 90% band from resampling origins: value, low, high.

    1 - Brier(p) / Brier(against): 0 is no better, 1 perfect.
    """
    own, other = weight * (p - y) ** 2, weight * (against - y) ** 2
    _, place = np.unique(origin, return_inverse=True)
    a, b = np.bincount(place, own), np.bincount(place, other)
    value = 1 - a.sum() / max(b.sum(), 1e-12)
    chosen = np.random.default_rng(seed).integers(0, len(a), (resamples, len(a)))
    drawn = 1 - a[chosen].sum(1) / np.maximum(b[chosen].sum(1), 1e-12)
    low, high = np.quantile(drawn, [0.05, 0.95])
    return float(value), float(low), float(high)
