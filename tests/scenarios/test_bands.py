"""Distributions from likeness, their scores, and how often they hold what came."""

import numpy as np
import pytest
from worlds import world

from detente.scenarios.bands import Bands, covered, crps, weighted_quantiles
from detente.scenarios.methods import METHODS
from detente.scenarios.methods.base import LEVELS
from detente.scenarios.summing import change
from detente.scenarios.tried import autoregression, summary, tried, weighed


def test_a_sharp_and_right_forecast_scores_nothing() -> None:
    assert np.allclose(crps(np.full((3, 39), 2.0), np.full(3, 2.0)), 0.0)
    assert np.allclose(crps(np.zeros((1, 39)), np.array([1.5])), [1.5])  # a point forecast is scored by its error


def test_the_score_of_a_normal_forecast() -> None:
    from scipy.stats import norm

    exact = 2 * norm.pdf(0) - 1 / np.sqrt(np.pi)  # Gneiting & Raftery 2007, eq. 21
    assert crps(norm.ppf(LEVELS)[None], np.zeros(1))[0] == pytest.approx(exact, abs=0.01)


@pytest.mark.parametrize(
    ("came", "share", "held"),
    [(0.0, 0.5, 1.0), (0.7, 0.5, 0.0), (0.7, 0.8, 1.0), (0.95, 0.8, 0.0)],
    ids=["middle", "outside half", "inside four fifths", "outside"],
)
def test_bands_hold_what_lies_in_them(came, share, held) -> None:
    quantiles = (2 * LEVELS - 1)[None]
    assert covered(quantiles, np.array([came]), share)[0] == pytest.approx(held)


def test_repeated_values_count_by_the_part_that_a_band_takes() -> None:
    silent = np.zeros((1, 39))
    assert covered(silent, np.zeros(1), 0.5)[0] == pytest.approx(0.5)
    assert covered(silent, np.zeros(1), 0.8)[0] == pytest.approx(0.8)


def test_quantiles_of_weighted_values() -> None:
    values, weights = np.array([[3.0, 1.0, 2.0]]), np.array([[1.0, 1.0, 98.0]])
    assert np.median(weighted_quantiles(values, weights)) == 2.0


def test_likeness_gives_calibrated_bands() -> None:
    rng = np.random.default_rng(1)
    signal = rng.random((4000, 1)) * 4
    came = signal[:, 0] + rng.standard_normal(4000) * (0.2 + signal[:, 0])
    bands = Bands.of(signal[:3000], came[:3000])
    _, _, half, most = summary(bands.quantiles(signal[3000:]), came[3000:])
    assert half == pytest.approx(0.5, abs=0.05) and most == pytest.approx(0.8, abs=0.05)


def test_weights_favour_what_did_better() -> None:
    weights = weighed({"good": [1.0, 1.0], "bad": [2.0, 2.0]})
    assert weights["good"] > 0.95 and sum(weights.values()) == pytest.approx(1.0)
    assert weighed({"a": [], "b": []}) == {"a": 0.5, "b": 0.5}


def test_an_autoregression_finds_its_own_kind() -> None:
    rng = np.random.default_rng(2)
    row = np.zeros(400)
    for t in range(1, 400):
        row[t] = 0.8 * row[t - 1] + rng.standard_normal()
    told = autoregression(row[None, :300], 300, 1)[0]
    assert np.median(told) == pytest.approx(0.8 * row[299], abs=0.4)


def test_a_record_is_kept_and_is_the_same_again(tmp_path) -> None:
    told = world()
    first = tried(told, (0, 1), METHODS[:1], tmp_path)
    (record,) = tmp_path.glob("record-0-1-*.npz")
    made = record.stat().st_mtime_ns
    assert tried(told, (0, 1), METHODS[:1], tmp_path) == first == tried(told, (0, 1), METHODS[:1], None)
    assert record.stat().st_mtime_ns == made
    assert {r.ahead for r in first[0]} == {1, 4}


def test_methods_that_lie_apart_are_told_by_their_mean() -> None:
    apart = np.concatenate([np.full((60, 4), -6.0), np.full((40, 4), -1.0)]) + np.random.default_rng(1).normal(0, 0.01, (100, 1))
    assert change("tension", apart).value == pytest.approx(-6.0, abs=0.05)
    assert change("tension", apart, pooled=True).value == pytest.approx(-4.0, abs=0.05)
