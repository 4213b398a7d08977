"""The learned order: gradient-boosted trees that rank the candidates of a question (LambdaMART; Burges 2010), and a network beside them.

Features are cut into at most 256 steps each as they come, so that millions of candidates fit in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import ForecastError
from .network import Network, Part
from .tally import Floats, Longs

Steps = npt.NDArray[np.uint8]
SAMPLE = 150_000
STEPS = 200
TAIL = (0.995, 0.998, 0.999, 0.9995)
BATCH = 65_536
PART = 500_000
"""Rows kept together, or somewhat more."""
BINS_FROM = 100_000
"""Rows that the bins are made from; each is fetched by itself, and steps are few."""
LEAVES_OF, LEAF = 3_000, (20, 1_000)
"""A leaf holds at least one of so many parts of the rows, within these bounds: what few rows say is chance more often than not."""
START = "affinity.lean"
"""The feature that trees begin from: what they learn is what is to be added to it."""


@dataclass
class Settings:
    """How the order is learned; the defaults were tuned on the validation parts of public histories. ``network``: its share in the score,
    which is otherwise the trees'."""

    trees: int = 240
    rate: float = 0.1
    leaves: int = 31
    network: float = 0.35
    first_seed: int = 1
    threads: int = 2
    more: dict[str, Any] = field(default_factory=dict)


class Cutter:
    """Cuts each feature into steps, by the quantiles of a first sample."""

    def __init__(self, sample: Floats) -> None:
        self.edges = [_edges(sample[:, j]) for j in range(sample.shape[1])]

    def cut(self, values: Floats) -> Steps:
        """``(rows, features)`` as step numbers."""
        out = np.empty(values.shape, np.uint8)
        for j, edges in enumerate(self.edges):
            out[:, j] = np.searchsorted(edges, values[:, j], side="right")
        return out


def _edges(values: Floats) -> Floats:
    seen = np.unique(values)
    if len(seen) > STEPS:
        marks = np.quantile(values, np.r_[np.linspace(0, 1, STEPS + 1)[1:-1], TAIL], method="nearest")
        seen = np.unique(marks)
    return ((seen[1:] + seen[:-1]) / 2).astype(np.float32) if len(seen) > 1 else seen.astype(np.float32)


class Order:
    """Collects questions with their candidates, then learns to rank them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.names: list[str] = []
        self.cutter: Cutter | None = None
        self.trees: Any = None
        self.network: Network | None = None
        self._early: list[tuple[Floats, npt.NDArray[np.bool_], Longs]] = []
        self._pieces: list[Part] = []

    def collect(self, features: Floats, names: list[str], right: npt.NDArray[np.bool_], sizes: Longs) -> None:
        """Takes questions with ``sizes`` candidates each; ``right`` marks the answers. Questions without any are left out."""
        self.names = names
        starts = np.cumsum(sizes) - sizes
        useful = np.logical_or.reduceat(right, starts)
        rows = np.repeat(useful, sizes)
        self._early.append((features[rows], right[rows], sizes[useful]))
        if self.cutter is None and sum(len(e[0]) for e in self._early) < SAMPLE:
            return
        self._flush()

    def _flush(self) -> None:
        if self.cutter is None and self._early:
            self.cutter = Cutter(np.concatenate([e[0] for e in self._early]))
        for features, right, sizes in self._early:
            steps, start = self._cut(features)
            self._pieces.append(Part(steps, right, start.copy(), sizes))
        self._early.clear()

    def learn(self) -> None:
        """Learns from what was collected and forgets it.

        Raises:
            ForecastError: F08 where there are fewer than 50 questions with an answer among their candidates.
        """
        import lightgbm as lgb

        self._flush()
        parts = self._parts()
        questions, rows = sum(len(p.sizes) for p in parts), sum(len(p.right) for p in parts)
        if questions < 50:
            raise ForecastError("F08", have=f"{questions} questions that can be checked", need=50)
        if self.settings.network:
            self.network = Network(parts, self.settings.first_seed)
        leaf = int(np.clip(rows / LEAVES_OF, *LEAF))
        data = lgb.Dataset(
            [_sequence(p.steps) for p in parts],
            label=np.concatenate([p.right for p in parts]).astype(np.float32),
            group=np.concatenate([p.sizes for p in parts]),
            init_score=np.concatenate([p.start for p in parts]).astype(np.float64),
            params={
                "max_bin": 255,
                "bin_construct_sample_cnt": BINS_FROM,
                "feature_pre_filter": False,
                "verbose": -1,
                "enable_bundle": False,
                "num_threads": self.settings.threads,
            },
            free_raw_data=True,
        ).construct()
        del parts
        self.trees = lgb.Booster(
            {
                "objective": "lambdarank",
                "lambdarank_truncation_level": 30,
                "learning_rate": self.settings.rate,
                "num_leaves": self.settings.leaves,
                "min_data_in_leaf": leaf,
                "lambda_l2": leaf / 10,
                "min_sum_hessian_in_leaf": 1e-2,
                "feature_fraction": 0.4,
                "force_col_wise": True,
                "deterministic": True,
                "seed": self.settings.first_seed,
                "verbose": -1,
                "num_threads": self.settings.threads,
                **self.settings.more,
            },
            data,
        )
        for _ in range(self.settings.trees):
            self.trees.update()
        self.trees.free_dataset()

    def _parts(self) -> list[Part]:
        """What was collected as a few long parts; each piece is let go as it is joined."""
        parts = []
        while self._pieces:
            many = int(np.searchsorted(np.cumsum([len(p.right) for p in self._pieces]), PART)) + 1
            parts.append(Part.joined(self._pieces[:many]))
            del self._pieces[:many]
        return parts

    def score(self, features: Floats) -> npt.NDArray[np.float64]:
        """A score per row; higher is likelier, within its question."""
        steps, start, share = *self._cut(features), self.settings.network
        added = (1 - share) * self.trees.predict(steps, raw_score=True, num_threads=self.settings.threads)
        if self.network is not None:
            added += share * self.network.score(steps, start)
        return np.asarray(added + start)

    def weigh(self, features: Floats) -> npt.NDArray[np.float64]:
        """What each feature adds to the scores of one question's candidates, up to a number per feature: ``(rows, features)``.

        By TreeSHAP (Lundberg et al. 2020) for the trees, by integrated gradients for the network (:meth:`~.network.Network.weigh`).
        """
        steps, start, share = *self._cut(features), self.settings.network
        parts = (1 - share) * np.asarray(self.trees.predict(steps, pred_contrib=True, num_threads=1))[:, :-1]
        if self.network is not None:
            by_feature, by_start = self.network.weigh(steps, start)
            parts += share * by_feature
            parts[:, self.names.index(START)] += share * by_start
        return parts

    def _cut(self, features: Floats) -> tuple[Steps, Floats]:
        assert self.cutter is not None
        return self.cutter.cut(features), features[:, self.names.index(START)]


def _sequence(rows: Steps) -> Any:
    """Rows as LightGBM reads them, a batch at a time."""
    import lightgbm as lgb

    class Rows(lgb.Sequence):
        batch_size = BATCH

        def __getitem__(self, at: Any) -> Any:
            return rows[at].astype(np.float64)

        def __len__(self) -> int:
            return len(rows)

    return Rows()
