"""The small logistic models of ``data/models.json``: a score from named features."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights of standardised features. ``threshold``: the mean score above which groups are joined."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def score(self, features: npt.NDArray[np.float64], names: tuple[str, ...]) -> npt.NDArray[np.float64]:
        """Probability of each row of features, whose columns have these names."""
        linear: npt.NDArray[np.float64] = 1 / (1 + np.exp(-self.log_odds(features, names)))
        return linear

    def log_odds(self, features: npt.NDArray[np.float64], names: tuple[str, ...]) -> npt.NDArray[np.float64]:
        """Log odds of each row of features."""
        linear: npt.NDArray[np.float64] = features @ np.asarray([self.weights.get(n, 0.0) for n in names]) + self.bias
        return linear


@lru_cache(maxsize=4)
def load_model(name: str) -> Model:
    """A bundled model: ``given_words`` or ``stories``."""
    raw = json.loads(resources.files(__package__).joinpath("data", "models.json").read_text("utf8"))[name]
    return Model(raw["weights"], raw["bias"], raw["threshold"])
