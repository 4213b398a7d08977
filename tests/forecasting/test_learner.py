"""The learned order: trees and a network that share the score, and what each feature adds to it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from detente.errors import ForecastError
from detente.forecasting.ranking.learner import START, Order, Settings

NAMES = [START, "answers.count", "answers.age", "partners.count"]


def questions(seed: int, many: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Six candidates each; the answer is mostly the one with the greatest product of two features."""
    chance = np.random.default_rng(seed)
    features = chance.gamma(2, 1, (many * 6, len(NAMES))).astype(np.float32)
    features[:, 0] = -features[:, 0] / 4
    told = (features[:, 1] * features[:, 2] + chance.normal(0, 0.5, many * 6)).reshape(many, 6)
    return features, (told == told.max(1, keepdims=True)).ravel(), np.full(many, 6)


@lru_cache
def learned(share: float) -> Order:
    order = Order(Settings(trees=30, network=share, threads=1))
    for seed in range(8):
        features, right, sizes = questions(seed, 500)
        order.collect(features, NAMES, right, sizes)
    order.learn()
    return order


def hits(score: np.ndarray, right: np.ndarray) -> float:
    return float(right.reshape(-1, 6)[np.arange(len(right) // 6), score.reshape(-1, 6).argmax(1)].mean())


def test_trees_and_network_share_the_score() -> None:
    features, right, _ = questions(99, 300)
    trees, both, network = (learned(share).score(features) for share in (0.0, 0.35, 1.0))
    assert both == pytest.approx(0.65 * trees + 0.35 * network, abs=1e-4)
    assert learned(0.0).network is None
    for score in (trees, both, network):
        assert hits(score, right) > 0.7 > hits(features[:, 0], right)


@pytest.mark.parametrize("share", [0.0, 0.35, 1.0])
def test_what_the_features_add_is_the_score_up_to_one_number_per_question(share: float) -> None:
    order = learned(share)
    features = questions(99, 1)[0]
    left = order.score(features) - features[:, 0] - order.weigh(features).sum(1)
    assert left == pytest.approx(np.full(6, left.mean()), abs=0.05)


def test_long_collections_are_learned_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.forecasting.ranking.learner.SAMPLE", 1000)
    monkeypatch.setattr("detente.forecasting.ranking.learner.PART", 4000)
    order = Order(Settings())
    told = [questions(seed, 300) for seed in range(8)]
    for features, right, sizes in told:
        order.collect(features, NAMES, right, sizes)
    order._flush()
    parts = order._parts()
    assert [len(p.sizes) for p in parts] == [900, 900, 600]
    assert np.array_equal(np.concatenate([p.right for p in parts]), np.concatenate([right for _, right, _ in told]))
    assert np.array_equal(np.concatenate([p.start for p in parts]), np.concatenate([features[:, 0] for features, _, _ in told]))
    assert all(len(p.steps) == len(p.right) == len(p.start) == p.sizes.sum() for p in parts)


def test_too_few_questions_are_refused() -> None:
    order = Order(Settings())
    order.collect(questions(1, 20)[0], NAMES, *questions(1, 20)[1:])
    with pytest.raises(ForecastError, match="20 questions"):
        order.learn()
