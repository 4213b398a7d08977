"""The learned order: gradient-boosted trees that rank the candidates of a question (LambdaMART; Burges 2010), on coarse numbers.

Features are cut into at most 256 steps each as they come, so that millions of candidates fit in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import ForecastError
from .tally import Floats, Longs

Steps = npt.NDArray[np.uint8]
SAMPLE = 150_000
STEPS = 200
TAIL = (0.995, 0.998, 0.999, 0.9995)
BATCH = 65_536
BINS_FROM = 100_000
"""Rows that the bins are made from; each is fetched by itself, and steps are few."""
LEAVES_OF, LEAF = 3_000, (20, 1_000)
"""A leaf holds at least one of so many parts of the rows, within these bounds: what few rows say is chance more often than not."""
START = "affinity.lean"
"""The feature that trees begin from: what they learn is what is to be added to it."""


@dataclass
class Settings:
    """How the order is learned; the defaults were tuned on the validation parts of public histories."""

    trees: int = 170
    rate: float = 0.2
    leaves: int = 31
    seeds: int = 1
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
        self.boosters: list[Any] = []
        self._early: list[tuple[Floats, npt.NDArray[np.bool_], Longs]] = []
        self._steps: list[Steps] = []
        self._right: list[npt.NDArray[np.bool_]] = []
        self._sizes: list[Longs] = []
        self._starts: list[Floats] = []

    def collect(self, features: Floats, names: list[str], right: npt.NDArray[np.bool_], sizes: Longs) -> None:
        """Takes questions with ``sizes`` candidates each; ``right`` marks the answers. Questions without any are left out."""
        self.names = names
        starts = np.cumsum(sizes) - sizes
        useful = np.logical_or.reduceat(right, starts)
        rows = np.repeat(useful, sizes)
        self._early.append((features[rows], right[rows], sizes[useful]))
        self._starts.append(features[rows, names.index(START)])
        if self.cutter is None and sum(len(e[0]) for e in self._early) < SAMPLE:
            return
        self._flush()

    def _flush(self) -> None:
        if self.cutter is None and self._early:
            self.cutter = Cutter(np.concatenate([e[0] for e in self._early]))
        for features, right, sizes in self._early:
            assert self.cutter is not None
            self._steps.append(self.cutter.cut(features))
            self._right.append(right)
            self._sizes.append(sizes)
        self._early.clear()

    def learn(self) -> None:
        """Learns from what was collected and forgets it.

        Raises:
            ForecastError: F08 where there are fewer than 50 questions with an answer among their candidates.
        """
        import lightgbm as lgb

        self._flush()
        questions, rows = sum(len(s) for s in self._sizes), sum(len(r) for r in self._right)
        leaf = int(np.clip(rows / LEAVES_OF, *LEAF))
        if questions < 50:
            raise ForecastError("F08", have=f"{questions} questions that can be checked", need=50)
        data = lgb.Dataset(
            _parts(self._steps),
            label=np.concatenate(self._right).astype(np.float32),
            group=np.concatenate(self._sizes),
            init_score=np.concatenate(self._starts).astype(np.float64),
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
        self._steps, self._right, self._sizes, self._starts = [], [], [], []
        self.boosters = []
        for seed in range(self.settings.seeds):
            booster = lgb.Booster(
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
                    "seed": self.settings.first_seed + seed,
                    "verbose": -1,
                    "num_threads": self.settings.threads,
                    **self.settings.more,
                },
                data,
            )
            for _ in range(self.settings.trees):
                booster.update()
            booster.free_dataset()
            self.boosters.append(booster)

    def score(self, features: Floats) -> npt.NDArray[np.float64]:
        """A score per row; higher is likelier."""
        assert self.cutter is not None
        steps = self.cutter.cut(features)
        threads = self.settings.threads
        added = sum(b.predict(steps, raw_score=True, num_threads=threads) for b in self.boosters) / len(self.boosters)
        return np.asarray(added + features[:, self.names.index(START)])

    def weigh(self, features: Floats) -> npt.NDArray[np.float64]:
        """What each feature adds to each row's score (TreeSHAP; Lundberg et al. 2020): ``(rows, features)``."""
        assert self.cutter is not None
        steps = self.cutter.cut(features)
        parts = sum(b.predict(steps, pred_contrib=True, num_threads=1) for b in self.boosters) / len(self.boosters)
        return np.asarray(parts)[:, :-1]


def _parts(chunks: list[Steps]) -> list[Any]:
    """Chunks as sequences that LightGBM reads a batch at a time."""
    import lightgbm as lgb

    class Part(lgb.Sequence):
        batch_size = BATCH

        def __init__(self, rows: Steps) -> None:
            self.rows = rows

        def __getitem__(self, at: Any) -> Any:
            return self.rows[at].astype(np.float64)

        def __len__(self) -> int:
            return len(self.rows)

    joined: list[Steps] = []
    while chunks:  # a few long parts; each piece is let go as it is joined
        take, rows = [], 0
        while chunks and rows < 500_000:
            take.append(chunks.pop(0))
            rows += len(take[-1])
        joined.append(np.concatenate(take))
    return [Part(rows) for rows in joined]
