"""Who keeps the same company: cosines and walks of two steps, worked out by hand."""

import numpy as np
import pytest

from detente.forecasting.ranking.company import Company
from detente.forecasting.ranking.kin import kin_of
from detente.forecasting.ranking.past import EVER, SWIFT, Past

A, B, C, D = range(4)


@pytest.fixture
def company() -> Company:
    past = Past(4, 1, kin_of("ABCD"))
    for day, (s, o) in enumerate([(A, C), (A, D), (B, C)]):  # A met C and D, B met C
        past.learn(np.array([s, o]), np.array([0, 1]), np.array([o, s]), day)
    return Company(past, 3)


@pytest.mark.parametrize(
    ("asker", "candidate", "rate", "alike", "walked"),
    [
        (A, B, EVER, 1 / np.sqrt(2), 0.25),  # to C (1/2), from there to B (1/2)
        (A, A, EVER, 1.0, 0.75),
        (C, D, EVER, 1 / np.sqrt(2), 0.25),
        (A, C, EVER, 0.0, 0.0),  # they met, but share nobody
    ],
)
def test_pairs(company, asker, candidate, rate, alike, walked) -> None:
    question, o = np.array([0]), np.array([candidate])
    assert company.alike(np.array([asker]), question, o, rate) == pytest.approx([alike], abs=1e-6)
    assert company.walked(np.array([asker]), question, o, rate) == pytest.approx([walked], abs=1e-6)


def test_what_was_later_weighs_more_at_a_short_half_life(company) -> None:
    swift = company.walked(np.array([C]), np.array([0]), np.array([D]), SWIFT)
    to_a, to_b = 0.5 ** (3 / 2), 0.5 ** (1 / 2)  # C met A three days ago, B one day ago
    a_to_c, a_to_d = 0.5 ** (3 / 2), 0.5 ** (2 / 2)
    assert swift == pytest.approx([to_a / (to_a + to_b) * a_to_d / (a_to_c + a_to_d)], abs=1e-5)
