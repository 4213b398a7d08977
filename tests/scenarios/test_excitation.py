"""Acts that excite acts: the arithmetic, and what is found in worlds of known making."""

import numpy as np
import pytest
from worlds import world

from detente.scenarios.methods import excitation as ex
from detente.scenarios.methods import futures as fu
from detente.scenarios.methods.fitting import fit


@pytest.fixture(scope="module")
def fitted():
    told = world(answers=0.8)
    return told, fit(told)


def test_cells_are_those_of_the_whole(fitted) -> None:
    told, found = fitted
    _, state = ex.replayed(told, found.network, told.last + 1)
    a, b = np.array([0, 1, 4]), np.array([3, 0, 5])
    assert np.allclose(ex.at_cells(state, found.network, a, b), ex.everywhere(state, found.network)[a, b])


def test_what_acts_left_is_the_same_day_by_day_and_at_once(fitted) -> None:
    told, found = fitted
    since = told.last - 20
    _, state = ex.replayed(told.before(since), found.network, since)
    at_once = ex.State.on(told, since)
    assert np.allclose(at_once.direct, state.direct) and np.allclose(at_once.third, state.third)
    week = (told.day >= since) & (told.day < since + 7)
    at_once.pass_days(7, told.actor[week], told.recipient[week], told.quad[week], since + 6 - told.day[week])
    assert np.allclose(at_once.direct, ex.State.on(told, since + 7).direct)


def test_masses_are_the_features_summed_over_days_and_dyads(fitted) -> None:
    told, found = fitted
    since = told.last - 9
    early = told.before(since)
    _, state = ex.replayed(early, found.network, since)
    total = np.zeros(ex.FEATURES - 1)
    for day in range(since, told.last + 1):
        total += ex.everywhere(state, found.network).sum(axis=(0, 1))
        new = told.day == day
        state.pass_day(told.actor[new], told.recipient[new], told.quad[new])
    assert np.allclose(ex.masses(told, found.network, since, told.last + 1)[1:], total)


def test_futures_of_a_part_go_as_the_whole_is_expected_to(fitted) -> None:
    told, found = fitted
    _, state = ex.replayed(told, found.network, told.last + 1)
    part = fu.part_of(found, state, np.array([0, 1, 2]), 14)
    run = fu.run(part, found.weights[None], 14, None)[0]
    expected = np.zeros((2, 6, 6, 4))
    for day in range(14):
        rate = found.network.base * found.weights[:, 0] + ex.everywhere(state, found.network) @ found.weights[:, 1:].T
        expected[day // 7] += rate
        fu.passed(state, rate)
    assert np.allclose(run, expected[:, :3, :3], atol=1e-4)


def test_what_an_act_brings_about_is_the_difference_it_makes(fitted) -> None:
    told, found = fitted
    _, state = ex.replayed(told, found.network, told.last + 1)
    part = fu.part_of(found, state, np.array([0, 1, 2]), 28)
    act = [fu.Injected(3, 0, 1, 2, 1.0)]
    alone = fu.run(part, found.weights[None], 28, None, act, alone=True)
    both = fu.run(part, found.weights[None], 28, None, act) - fu.run(part, found.weights[None], 28, None)
    assert np.allclose(alone, both, atol=1e-4)


def test_a_planted_answer_is_found_and_none_is_not_invented(fitted) -> None:
    """One of thirty dyads answers, and parameters are shared: what is found lies between none and what was planted."""

    def brought(told, found):
        _, state = ex.replayed(told, found.network, told.last + 1)
        part = fu.part_of(found, state, np.array([0, 1, 2]), 28)
        return fu.run(part, found.weights[None], 28, None, [fu.Injected(0, 0, 1, 2, 1.0)], alone=True).sum(axis=1)[0, 1, 0, 2]

    calm = world(answers=0.0)
    planted = brought(*fitted)
    assert 0.03 < planted < 0.8
    assert brought(calm, fit(calm)) < planted / 2


def test_base_rates_leave_out_what_is_answered(fitted) -> None:
    """Half of what BBB accuses AAA of answers AAA: of base there is as much as in dyads that answer nothing (0.06 a day)."""
    told, found = fitted
    base = found.network.base[:, :, 2] * found.weights[2, 0]
    observed = ((told.actor == 1) & (told.recipient == 0) & (told.quad == 2)).sum() / (told.last - told.first + 1)
    assert 0.03 < base[1, 0] < 0.85 * observed
    assert 0.04 < base[2:, 2:][~np.eye(4, dtype=bool)].mean() < 0.08


def test_the_branching_ratio_stays_below_one(fitted) -> None:
    _, found = fitted
    assert 0 < found.branching < 1
    wild = found.weights.copy()
    wild[:, 1:] += 0.5
    tamed = fu.tamed(np.repeat(wild[None], 2, axis=0), found.network)
    assert ex.radius(tamed[0], found.network) < 1.0


def test_what_earlier_acts_bring_about_adds_up_to_the_rate(fitted) -> None:
    told, found = fitted
    act = int(np.flatnonzero((told.actor == 1) & (told.recipient == 0) & (told.quad == 2))[-1])
    day = int(told.day[act])
    _, state = ex.replayed(told.before(day), found.network, day)
    state.skip(day - 1 - told.before(day).last)
    features = ex.at_cells(state, found.network, np.array([1]), np.array([0]))[0]
    earlier = np.flatnonzero(told.day < day)
    assert np.isclose(ex.brought(found, told, earlier, act).sum(), features @ found.weights[2, 1:])


def test_an_act_is_traced_to_what_it_answered(fitted) -> None:
    told, found = fitted
    for act in np.flatnonzero((told.actor == 1) & (told.recipient == 0) & (told.quad == 2))[-5:].tolist():
        traced = ex.answered(found, told, act)
        assert all(told.day[k] < told.day[act] for k, _ in traced)
        assert sum(p for _, p in traced) <= 1.0 + 1e-6
