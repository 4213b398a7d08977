"""Affinity: who suits a question, from vectors of actors and types that are learned as days pass.

A bilinear model (after DistMult, Yang et al. 2015, with the recent partners of the asker as context, as in RE-NET, Jin et al. 2020) that
corrects the first guess: an actor's chance is proportional to ``guess × exp(pull)``. It learns by one small step of gradient descent
(AdaGrad) per lesson and one on a lesson remembered, on the candidates alone, so that a day costs milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from .tally import Floats, Longs, distinct, fading

SIZE = 48
RATE = 0.03
MEMORY = 40
"""Lessons remembered."""
HALF_LIFE = 20.0


@dataclass(frozen=True)
class Lesson:
    """Questions ``(s, r)`` with the asker's recent partners, their candidates, and which of these were answers."""

    s: Longs
    r: Longs
    company: Floats
    question: Longs
    candidate: Longs
    guess: Floats
    right: npt.NDArray[np.bool_]

    @staticmethod
    def of(
        affinity: Affinity, s: Longs, r: Longs, question: Longs, candidate: Longs, guess: Floats, right: npt.NDArray[np.bool_]
    ) -> Lesson:
        """Of the questions that have an answer among their candidates, as short as can be kept."""
        useful = np.bincount(question, right, len(s)) > 0
        number = np.cumsum(useful) - 1
        rows = useful[question]
        kept = s[useful]
        return Lesson(
            kept,
            r[useful],
            affinity.company(kept),
            number[question[rows]].astype(np.int32),
            candidate[rows].astype(np.int32),
            np.log(np.maximum(guess[rows], 1e-7)).astype(np.float32),
            right[rows],
        )


class Affinity:
    """Vectors of all actors and types (both ways), and the faded mean of each actor's recent partners."""

    def __init__(self, actors: int, ways: int, seed: int) -> None:
        self.chance = np.random.default_rng(seed)

        def near(mean: float, spread: float, *shape: int) -> Floats:
            return (self.chance.standard_normal(shape, np.float32) * np.float32(spread) + np.float32(mean)).astype(np.float32)

        self.values: dict[str, Floats] = {
            "actor": near(0, 0.1, actors, SIZE),
            "bias": np.zeros(actors, np.float32),
            "through": near(1, 0.3, ways, SIZE),
            "always": near(0, 0.1, ways, SIZE),
            "company": near(0.3, 0.1, ways, SIZE),
            "trust": np.ones(ways, np.float32),
        }
        self.slack = {name: np.ones_like(value) for name, value in self.values.items()}
        self.partners = np.zeros((actors, SIZE), np.float32)
        self.weight = np.zeros(actors, np.float32)
        self.day = np.zeros(actors, np.int64)
        self.rates = fading((HALF_LIFE,))[:, 0]
        self.lessons: list[Lesson] = []

    def company(self, s: Longs) -> Floats:
        """The mean vector of recent partners ``(questions, size)``."""
        return self.partners[s] / (self.weight[s] + 1)[:, None]

    def _wanted(self, s: Longs, r: Longs, company: Floats) -> Floats:
        v = self.values
        return v["actor"][s] * v["through"][r] + v["always"][r] + company * v["company"][r]

    def pull(self, s: Longs, r: Longs, question: Longs, candidate: Longs) -> Floats:
        """How much each candidate suits its question, on the scale of log-probabilities."""
        wanted = self._wanted(s, r, self.company(s))
        return self._fit(wanted, question, candidate)

    def _fit(self, wanted: Floats, question: Longs, candidate: Longs) -> Floats:
        fit: Floats = np.einsum("nd,nd->n", wanted[question], self.values["actor"][candidate])
        return fit + self.values["bias"][candidate]

    def learn(self, lesson: Lesson) -> None:
        """One step on the lesson and one on an earlier one."""
        if not len(lesson.s):
            return
        self._step(lesson)
        self.lessons = [*self.lessons[-MEMORY + 1 :], lesson]
        self._step(self.lessons[int(self.chance.integers(len(self.lessons)))])

    def _step(self, lesson: Lesson) -> None:
        v, n = self.values, len(lesson.s)
        question, candidate, right = lesson.question, lesson.candidate, lesson.right
        starts = np.searchsorted(question, np.arange(n))
        wanted = self._wanted(lesson.s, lesson.r, lesson.company)
        score = lesson.guess * v["trust"][lesson.r][question] + self._fit(wanted, question, candidate)
        score -= np.maximum.reduceat(score, starts)[question]
        chance = np.exp(score)
        # each answer against all that are none
        wrong = np.add.reduceat(np.where(right, 0, chance), starts)[question]
        share = np.where(right, 1 / (chance + wrong + 1e-12), 0)
        error = np.where(right, chance * share - 1, chance * np.add.reduceat(share, starts)[question]).astype(np.float32)
        met = distinct(np.concatenate([candidate, lesson.s]))
        local = np.searchsorted(met, candidate)
        matrix = sparse.csr_matrix((error, local, np.r_[starts, len(question)]), shape=(n, len(met)))
        to_wanted = matrix @ v["actor"][met]
        asker = sparse.csr_matrix((np.ones(n, np.float32), (np.searchsorted(met, lesson.s), np.arange(n))), shape=(len(met), n))
        kind = sparse.csr_matrix((np.ones(n, np.float32), (lesson.r, np.arange(n))), shape=(len(v["trust"]), n))
        to_actor = matrix.T @ wanted + asker @ (to_wanted * v["through"][lesson.r])
        to_bias = np.bincount(local, error, len(met)).astype(np.float32)
        types = distinct(lesson.r)
        steps = {
            "through": kind @ (to_wanted * v["actor"][lesson.s]),
            "always": kind @ to_wanted,
            "company": kind @ (to_wanted * lesson.company),
            "trust": kind @ np.bincount(question, error * lesson.guess, n).astype(np.float32),
        }
        for name, step in steps.items():
            self._move(name, types, step[types])
        self._move("actor", met, to_actor)
        self._move("bias", met, to_bias)

    def _move(self, name: str, rows: Longs, step: Floats) -> None:
        self.slack[name][rows] += step * step
        self.values[name][rows] -= np.float32(RATE) * step / np.sqrt(self.slack[name][rows])

    def remember(self, s: Longs, o: Longs, day: int) -> None:
        """Takes note of who met whom."""
        who = distinct(s)
        left = self.rates[np.clip(day - self.day[who], 0, len(self.rates) - 1)]
        self.partners[who] *= left[:, None]
        self.weight[who] *= left
        self.day[who] = day
        met = sparse.csr_matrix((np.ones(len(s), np.float32), (np.searchsorted(who, s), np.arange(len(s)))), shape=(len(who), len(s)))
        self.partners[who] += met @ self.values["actor"][o]
        self.weight[who] += np.bincount(np.searchsorted(who, s), minlength=len(who)).astype(np.float32)
