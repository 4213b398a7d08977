"""Ranks against cases worked out by hand."""

import numpy as np
import pytest

from detente.forecasting.ranking.evaluation import Score, ranks_of


def ranks(scored: dict[int, dict[int, float]], answers: list[tuple[int, int]], actors: int) -> list[float]:
    rows = [(q, c, x) for q, of in sorted(scored.items()) for c, x in sorted(of.items())]
    question, candidate, score = (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.zeros(0, int),) * 3
    asked, answer = np.array(answers).T
    return ranks_of(score.astype(float), question.astype(int), candidate.astype(int), asked, answer, actors).tolist()


@pytest.mark.parametrize(
    ("scored", "answers", "actors", "expected"),
    [
        ({0: {1: 3.0, 2: 2.0, 3: 1.0}}, [(0, 2)], 10, [2]),  # one is better
        ({0: {1: 3.0, 2: 2.0, 3: 1.0}}, [(0, 1), (0, 2)], 10, [1, 1]),  # another answer of the same day does not stand before it
        ({0: {1: 3.0, 2: 2.0, 3: 1.0}}, [(0, 1), (0, 3)], 10, [1, 2]),
        ({0: {1: 2.0, 2: 2.0, 3: 2.0}}, [(0, 2)], 10, [2]),  # places 1 to 3, their mean
        ({0: {1: 2.0, 2: 2.0, 3: 2.0}}, [(0, 1), (0, 2)], 10, [1.5, 1.5]),  # ties with one that is no answer
        ({0: {1: 3.0, 2: 2.0}}, [(0, 7)], 10, [6.5]),  # not a candidate: mean of places 3 to 10
        ({0: {1: 3.0, 2: 2.0}}, [(0, 7), (0, 8)], 10, [6, 6]),  # seven rivals below the two: 3 to 9
        ({0: {1: 3.0, 2: 2.0}}, [(0, 1), (0, 8)], 10, [1, 5.5]),
        ({0: {1: 3.0}, 1: {1: 1.0, 2: 5.0}}, [(0, 1), (1, 1)], 5, [1, 2]),  # questions do not mix
        ({}, [(0, 1)], 5, [3]),  # nothing known: the middle
    ],
)
def test_ranks(scored, answers, actors, expected) -> None:
    assert ranks(scored, answers, actors) == expected


def test_ranks_agree_with_a_plain_count() -> None:
    chance = np.random.default_rng(3)
    actors, scored, answers, expected = 30, {}, [], []
    for q in range(40):
        candidates = chance.choice(actors, chance.integers(1, 20), replace=False)
        scored[q] = {int(c): float(chance.integers(0, 4)) for c in candidates}
        true = chance.choice(actors, chance.integers(1, 4), replace=False).tolist()
        for t in true:
            mine = scored[q].get(t, -1.0)
            rivals = [scored[q].get(a, -1.0) for a in range(actors) if a not in true]
            answers.append((q, t))
            expected.append(1 + sum(x > mine for x in rivals) + sum(x == mine for x in rivals) / 2)
    assert ranks(scored, answers, actors) == expected


def test_means() -> None:
    score = Score.of(np.array([1.0, 2.0, 4.0, 20.0]))
    assert (score.mrr, score.hits1, score.hits3, score.hits10, score.questions) == (pytest.approx(0.45), 0.25, 0.5, 0.75, 4)
    assert np.isnan(Score.of(np.zeros(0)).mrr)
