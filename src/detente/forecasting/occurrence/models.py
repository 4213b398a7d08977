"""The rungs of a ladder from little history to much: base rates, decayed rates, a logistic model, boosted trees on top of it.

Every rung gives log-odds. A rung is climbed only where it did better than those below it on windows it had not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .cells import COLUMNS, GROUP_OF
from .sweep import Rows

Array = np.ndarray[Any, Any]

RUNGS = ("base", "rates", "logistic", "trees")
_RATE = COLUMNS.index("cell_rate")
_BASE = COLUMNS.index("cell_base")
#: what happened, at least so often, before a rung is tried
NEEDS = {"base": 0, "rates": 0, "logistic": 40, "trees": 1500}


def sigmoid(z: Array) -> Array:
    """Log-odds as probabilities."""
    found: Array = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
    return found


def logit(p: Array) -> Array:
    """Probabilities as log-odds."""
    clipped = np.clip(np.asarray(p, np.float64), 1e-6, 1 - 1e-6)
    found: Array = np.log(clipped / (1 - clipped))
    return found


def ridge_logistic(x: Array, y: Array, weight: Array, penalty: Array, offset: Array | None = None, steps: int = 25) -> Array:
    """Coefficients of a logistic model with its own ridge penalty for each column, by Newton's method."""
    beta = np.zeros(x.shape[1])
    start = np.zeros(len(y)) if offset is None else offset
    for _ in range(steps):
        p = sigmoid(start + x @ beta)
        curve = np.maximum(weight * p * (1 - p), 1e-9)
        slope = x.T @ (weight * (y - p)) - penalty * beta
        move = np.linalg.solve((x * curve[:, None]).T @ x + np.diag(penalty + 1e-6), slope)
        size = float(np.abs(move).max())
        beta += move * min(1.0, 2.0 / max(size, 1e-9))
        if size < 1e-3:
            break
    return beta


@dataclass(slots=True)
class Logistic:
    """A logistic model over the features, standardised, its offset the decayed rates; ``kinds`` are intercepts of the types."""

    mean: Array
    scale: Array
    beta: Array
    kinds: Array

    @classmethod
    def fit(cls, rows: Rows, types: int) -> Logistic:
        mean = np.average(rows.x, 0, rows.weight)
        scale = np.sqrt(np.average((rows.x - mean) ** 2, 0, rows.weight)) + 1e-3
        x = np.concatenate([np.ones((len(rows), 1)), (rows.x - mean) / scale, np.eye(types)[rows.type]], 1)
        penalty = np.concatenate([[0.1], np.full(len(COLUMNS), 8.0), np.full(types, 4.0)])
        beta = ridge_logistic(x, rows.y, rows.weight, penalty, logit(rows.rate))
        return cls(mean, scale, beta[: 1 + len(COLUMNS)], beta[1 + len(COLUMNS) :])

    def odds(self, x: Array, kinds: Array) -> Array:
        found: Array = x[:, _RATE] + self.beta[0] + ((x - self.mean) / self.scale) @ self.beta[1:] + self.kinds[kinds]
        return found

    def parts(self, x: Array) -> Array:
        """What each column adds to the log-odds against a cell of mean features: (rows, columns)."""
        found: Array = (x - self.mean) / self.scale * self.beta[1:]
        found[:, _RATE] += x[:, _RATE] - self.mean[_RATE]
        return found


@dataclass(slots=True)
class Trees:
    """Boosted trees that correct the logistic model."""

    text: str
    _booster: Any = None

    @classmethod
    def fit(cls, rows: Rows, offset: Array, seed: int) -> Trees:
        import lightgbm

        x = np.concatenate([rows.x, rows.type[:, None]], 1)
        data = lightgbm.Dataset(x, rows.y, weight=rows.weight, init_score=offset, categorical_feature=[x.shape[1] - 1], free_raw_data=True)
        few = float(rows.y.sum())
        settings = {
            "objective": "binary",
            "num_leaves": 15 if few > 10_000 else 7,
            "learning_rate": 0.06,
            "min_data_in_leaf": 200,
            "lambda_l2": 20.0,
            "cat_l2": 50.0,
            "feature_fraction": 0.5,
            "bagging_fraction": 0.7,
            "bagging_freq": 1,
            "max_bin": 63,
            "num_threads": 1,
            "deterministic": True,
            "force_row_wise": True,
            "boost_from_average": False,
            "seed": seed,
            "verbosity": -1,
        }
        booster = lightgbm.train(settings, data, 80 if few > 10_000 else 50)
        return cls(booster.model_to_string(), booster)

    @property
    def booster(self) -> Any:
        if self._booster is None:
            import lightgbm

            self._booster = lightgbm.Booster(model_str=self.text)
        return self._booster

    def odds(self, x: Array, kinds: Array) -> Array:
        """What they add to the logistic model's log-odds."""
        found: Array = self.booster.predict(np.concatenate([x, kinds[:, None]], 1), raw_score=True, num_threads=1)
        return found

    def parts(self, x: Array, kinds: Array) -> Array:
        """The same by column (TreeSHAP, Lundberg et al. 2020), the type's own part left out: (rows, columns)."""
        found: Array = self.booster.predict(np.concatenate([x, kinds[:, None]], 1), pred_contrib=True, num_threads=1)
        return found[:, : x.shape[1]]


@dataclass(slots=True)
class Ladder:
    """The rungs fitted to some rows. ``highest``: the last that there was enough for."""

    logistic: Logistic | None
    trees: Trees | None

    @classmethod
    def fit(cls, rows: Rows, types: int, seed: int, trees: bool = True) -> Ladder:
        few = float(rows.y.sum())
        logistic = Logistic.fit(rows, types) if few >= NEEDS["logistic"] else None
        grown = None
        if trees and logistic is not None and few >= NEEDS["trees"]:
            grown = Trees.fit(rows, logistic.odds(rows.x, rows.type), seed)
        return cls(logistic, grown)

    @property
    def rungs(self) -> tuple[str, ...]:
        return RUNGS[: 2 + (self.logistic is not None) + (self.trees is not None)]

    def odds(self, rung: str, x: Array, kinds: Array) -> Array:
        """Log-odds of cells by a rung; by the highest there is where that one is missing."""
        if rung == "base":
            return np.asarray(x[:, _BASE], np.float64)
        if rung == "rates" or self.logistic is None:
            return np.asarray(x[:, _RATE], np.float64)
        found = self.logistic.odds(x, kinds)
        return found + self.trees.odds(x, kinds) if rung == "trees" and self.trees is not None else found

    def parts(self, rung: str, x: Array, kinds: Array) -> dict[str, Array]:
        """What each group of features adds to the log-odds, by the rung: group -> (rows,)."""
        if rung in ("base", "rates") or self.logistic is None:
            column = _BASE if rung == "base" else _RATE
            by_column = np.zeros_like(x, np.float64)
            by_column[:, column] = x[:, column] - x[:, COLUMNS.index("type_rate")]
        else:
            by_column = self.logistic.parts(x)
            if rung == "trees" and self.trees is not None:
                by_column = by_column + self.trees.parts(x, kinds)
        groups: dict[str, Array] = {}
        for n, column_name in enumerate(COLUMNS):
            group = GROUP_OF[column_name]
            groups[group] = groups.get(group, 0.0) + by_column[:, n]
        return groups
