"""How one pair answers one dyad, beyond pairs in general: what is learned from its weeks, and what stays unknown."""

import numpy as np
import pytest

from detente.scenarios.methods.heeding import AFTER, slopes

PAIRS = np.array([[a, b] for a in range(6) for b in range(6) if a != b])
WATCH = (0, 1)


def told(answer: float, weeks: int = 150, seed: int = 1, busy: float = 1.0):
    """Logarithms of acts of all dyads, and what is left of all pairs' weeks: noise, and an answer of 1→2 by 0→1 in the week after."""
    rng = np.random.default_rng(seed)
    flow = np.log1p(rng.poisson(busy, (6, 6, AFTER + weeks)).astype(float))
    left = 0.3 * rng.standard_normal((len(PAIRS), weeks, 4))
    own = left[0].copy()
    own[:, 1] += answer * flow[1, 2, AFTER - 1 : -1]
    left[0] = own
    return left, own, flow


def found(left, own, flow):
    rivals = np.zeros((6, 6))
    rivals[0, 2] = rivals[2, 0] = rivals[3, 4] = rivals[4, 3] = 1
    return slopes(np.stack([left, left]), np.stack([own, own]), PAIRS, flow, rivals, WATCH, (1, 2))


@pytest.mark.parametrize(("answer", "low", "high"), [(0.0, -0.1, 0.1), (0.6, 0.2, 0.9)])
def test_an_answer_of_its_own_is_found_and_none_is_not_invented(answer, low, high) -> None:
    learned = found(*told(answer))
    assert low < learned.middle[1, 1] < high  # hostile acts of 0→1, in the weeks after
    assert abs(learned.middle[1, [0, 2, 3]]).max() < 0.15


def test_few_weeks_leave_more_unknown() -> None:
    assert found(*told(0.6, weeks=30)).variance[1, 1] > found(*told(0.6, weeks=300)).variance[1, 1]


def test_a_dyad_hardly_heard_of_tells_nothing_sure() -> None:
    left, own, flow = told(0.0, busy=0.001)
    learned = found(left, own, flow)
    assert np.isfinite(learned.middle).all() and np.isfinite(learned.variance).all()
    assert learned.drawn(5, np.random.default_rng(1)).shape == (5, 2, 4)
