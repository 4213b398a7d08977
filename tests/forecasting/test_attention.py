"""The network that reads what an actor last did: its gradients, and that it learns."""

from __future__ import annotations

import numpy as np
import pytest

from detente.forecasting.ranking.attention import AGES, Asking, Attention
from detente.forecasting.ranking.kin import Kin
from detente.forecasting.ranking.memory import MOST_ACTORS, Memory

ACTORS, WAYS = 12, 4
KIN = Kin(np.arange(ACTORS) % 3, np.arange(ACTORS) % 2, ("", "Aland", "Bland"), ("", "police"))


def some(chance: np.random.Generator, questions: int = 5, facts: int = 4) -> Asking:
    there = chance.random((questions, facts)) < 0.8
    there[0] = False  # an asker nothing is known of
    shape = (questions, facts)
    return Asking(
        chance.integers(0, ACTORS, questions),
        chance.integers(0, WAYS, questions),
        chance.integers(0, WAYS, shape),
        chance.integers(0, ACTORS, shape),
        chance.integers(0, len(AGES), shape),
        there,
    )


def test_each_gradient_is_the_slope_of_the_loss() -> None:
    chance = np.random.default_rng(5)
    net = Attention(ACTORS, WAYS, KIN, seed=1, size=8)
    for name, value in net.values.items():
        net.values[name] = value.astype(np.float64) + chance.normal(0, 0.1, value.shape)
    asking, question, answer = some(chance), np.array([0, 1, 2, 2, 3, 4]), np.array([3, 4, 5, 6, 7, 8])
    _, slopes = net.gradients(asking, question, answer, 0.0)
    assert slopes.keys() == net.values.keys()
    for name, value in net.values.items():
        flat, slope = value.reshape(-1), slopes[name].reshape(-1)
        for at in chance.choice(len(flat), min(8, len(flat)), replace=False):
            was, loss = flat[at], []
            for step in (1e-5, -1e-5):
                flat[at] = was + step
                loss.append(net.gradients(asking, question, answer, 0.0)[0])
            flat[at] = was
            assert slope[at] == pytest.approx((loss[0] - loss[1]) / 2e-5, rel=1e-3, abs=1e-6), name


def test_actors_drawn_stand_for_all_that_are_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    many, chance = 400, np.random.default_rng(5)
    kin = Kin(np.zeros(many, int), np.zeros(many, int), ("",), ("",))
    net = Attention(many, WAYS, kin, seed=1, size=8)
    net.values["bias"] = chance.normal(0, 1, many).astype(np.float32)
    asked = some(chance), np.array([0, 1, 2, 2, 3, 4]), np.array([3, 4, 5, 6, 399, 8]), 0.0
    whole, slopes = net.gradients(*asked)
    monkeypatch.setattr("detente.forecasting.ranking.attention.DRAWN", 100)
    drawn = [net.gradients(*asked) for _ in range(400)]
    assert np.mean([loss for loss, _ in drawn]) == pytest.approx(whole, rel=0.01)
    mean = np.mean([steps["bias"] for _, steps in drawn], 0)
    assert np.abs(mean - slopes["bias"]).max() < 0.1 * np.abs(slopes["bias"]).max()
    assert {int((steps["bias"] == 0).sum()) for _, steps in drawn} == {int((drawn[0][1]["bias"] == 0).sum())}


def test_it_learns_who_follows_whom() -> None:
    """Whoever an actor met yesterday by type 0 is met today by type 1."""
    memory = Memory(ACTORS, WAYS, KIN, seed=1, practice=10**6)
    memory.expect(300, 0, 60)
    chance = np.random.default_rng(2)
    partner = np.zeros(3, int)
    for day in range(60):
        if day % 2 == 0:
            partner = chance.integers(3, ACTORS, 3)
        memory.learn(np.arange(3), np.full(3, day % 2), partner, day)
    partner = np.array([9, 4, 7])
    memory.learn(np.arange(3), np.zeros(3, int), partner, 60)
    told = memory.score(np.arange(3), np.ones(3, int), 61)
    assert told.shape == (3, ACTORS)
    assert np.exp(told).sum(1) == pytest.approx(1, abs=1e-4)
    assert told.argmax(1).tolist() == partner.tolist()
    assert memory.looked_at(0, 1, 61, 3)[0] == (0, 9, 60)


def test_memory_knows_each_actor_s_facts_as_they_stood() -> None:
    memory = Memory(ACTORS, WAYS, KIN, seed=1)
    memory.learn(np.array([0, 1, 0]), np.array([0, 1, 2]), np.array([5, 6, 7]), 3)
    then = memory.head[[0]].copy()
    memory.learn(np.array([0]), np.array([3]), np.array([8]), 5)
    asking = memory.asking(np.array([0, 0, 2]), np.array([1, 1, 1]), 6, np.r_[memory.head[[0]], then, memory.head[[2]]])
    assert asking.there.sum(1).tolist() == [3, 2, 0]
    assert asking.others[0, :3].tolist() == [8, 7, 5] and asking.types[1, :2].tolist() == [2, 0]
    assert asking.ages[0, :3].tolist() == np.digitize([1, 3, 3], AGES).tolist()


def test_a_history_far_longer_than_the_practice_is_learned() -> None:
    memory = Memory(ACTORS, WAYS, KIN, seed=1, practice=5)
    memory.expect(1000, 0, 500)
    for day in range(4):
        memory.learn(np.array([0, 1, 0]), np.array([0, 1, 2]), np.array([5, 6, 7]), day)
    assert np.isfinite(memory.score(np.array([0, 1, 2]), np.zeros(3, int), 5)).all()


def test_late_comers_among_very_many_share_a_vector() -> None:
    many = MOST_ACTORS + 10
    memory = Memory(many, WAYS, Kin(np.arange(many) % 3, np.arange(many) % 2, KIN.places, KIN.kinds), seed=1)
    memory.learn(np.array([many - 1, 5]), np.array([0, 0]), np.array([7, many - 1]), 1)
    assert memory.owners.of[[5, 7, many - 1, 8]].tolist() == [1, 2, 3, 0]
    assert memory.net.place[3] == (many - 1) % 3 and len(memory.net.values["actor"]) == MOST_ACTORS
    assert memory.looked_at(many - 1, 0, 2, 5) == [(0, 2, 1)]
