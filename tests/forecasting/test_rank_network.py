"""The network beside the trees: its gradients, what it learns, and how its scores are taken apart."""

from __future__ import annotations

import numpy as np
import pytest

from detente.forecasting.ranking.network import Network, Part

FEATURES = 6


def questions(seed: int, many: int = 400) -> Part:
    """Three to eight candidates each; the answer is mostly the one with the greatest product of the first two features."""
    chance = np.random.default_rng(seed)
    sizes = chance.integers(3, 9, many)
    steps = chance.integers(0, 200, (int(sizes.sum()), FEATURES)).astype(np.uint8)
    told = steps[:, 0].astype(float) * steps[:, 1] + chance.normal(0, 500, len(steps))
    starts = np.cumsum(sizes) - sizes
    right = told == np.maximum.reduceat(told, starts)[np.repeat(np.arange(many), sizes)]
    return Part(steps, right, chance.normal(-3, 0.1, len(steps)).astype(np.float32), sizes)


def hits(net: Network, part: Part) -> float:
    score = part.start + net.score(part.steps, part.start)
    starts = np.cumsum(part.sizes) - part.sizes
    best = score == np.maximum.reduceat(score, starts)[np.repeat(np.arange(len(starts)), part.sizes)]
    return float((best & part.right).sum() / len(starts))


def test_each_gradient_is_the_slope_of_the_loss() -> None:
    part, chance = questions(1, 12), np.random.default_rng(5)
    net = Network([part], seed=1)
    for of in (net.weights, net.biases):
        of[:] = [v.astype(np.float64) + chance.normal(0, 0.1, v.shape) for v in of]
    right = part.right | (np.arange(len(part.right)) % 5 == 0)  # some questions have several answers
    asked = ((part.steps - net.mean) / net.spread, part.start, right, part.sizes)
    inputs = np.c_[asked[0], (part.start + 8) / 4].astype(np.float64)
    _, slopes = net.gradients(inputs, *asked[1:])
    values = [*net.weights, *net.biases]
    assert [s.shape for s in slopes] == [v.shape for v in values]
    for value, slope in zip(values, slopes, strict=True):
        flat, told = value.reshape(-1), slope.reshape(-1)
        for at in chance.choice(len(flat), min(8, len(flat)), replace=False):
            was, loss = flat[at], []
            for step in (1e-6, -1e-6):
                flat[at] = was + step
                loss.append(net.gradients(inputs, *asked[1:])[0])
            flat[at] = was
            assert told[at] == pytest.approx((loss[0] - loss[1]) / 2e-6, rel=1e-3, abs=1e-6)


def test_it_learns_what_no_single_feature_tells() -> None:
    parts = [questions(seed, 3000) for seed in (1, 2)]
    net = Network(parts, seed=1)
    assert hits(net, questions(9)) > 0.75


def test_the_same_seed_learns_the_same() -> None:
    part = questions(1)
    first, again, other = (Network([part], seed).score(part.steps, part.start) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.allclose(first, other)


def test_what_the_features_add_is_the_score_above_the_mean_candidate() -> None:
    part = questions(1)
    net = Network([part], seed=1)
    steps, start = part.steps[: part.sizes[0]], part.start[: part.sizes[0]]
    by_feature, by_start = net.weigh(steps, start)
    middle = net._forward(net._inputs(steps, start).mean(0, keepdims=True))[0]
    assert by_feature.shape == steps.shape
    assert by_feature.sum(1) + by_start == pytest.approx(net.score(steps, start) - middle, abs=0.02)
