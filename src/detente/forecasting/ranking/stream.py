"""One pass through a history in the order of days: what is asked is always answered from the days before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..facts import Facts
from .affinity import Affinity, Lesson
from .company import Company
from .features import measure
from .kin import Kin
from .memory import Memory
from .mixture import Mixture, Usual
from .past import Past, both_ways
from .tally import Floats, Longs, distinct

CHUNK = 256
LESSON = 512
RECALLED = 30
"""Candidates that come to mind by attention."""
DAILY = 800
"""Lessons in one day, so that a day is learned in about a second."""


@dataclass(frozen=True)
class Asked:
    """Questions of one day with their candidates, sorted by question.

    ``s``, ``r``: the questions ``(questions,)``; ``question``, ``candidate``, ``features``: per candidate;
    ``first``: number of the first question.
    """

    day: int
    first: int
    s: Longs
    r: Longs
    question: Longs
    candidate: Longs
    features: Floats
    names: list[str]


class Stream:
    """The past, the first guess, and what is asked of them. Types of questions count both ways (below ``2 × types``)."""

    def __init__(
        self, actors: int, types: int, kin: Kin, candidates: int, *, lessons: float = 1.0, practice: int = 1_000_000, seed: int = 1
    ) -> None:
        self.past = Past(actors, types, kin)
        self.mixture = Mixture(2 * types)
        self.affinity = Affinity(actors, 2 * types, seed)
        self.memory = Memory(actors, 2 * types, kin, seed, practice)
        self.candidates = min(candidates, actors)
        self.lessons = lessons
        self.chance = np.random.default_rng(seed)
        self._usual: tuple[int, Usual] = (-1, {})

    def reserve(self, facts: Facts) -> None:
        """Makes room for a whole history at once, and spreads what is to be practised over it."""
        s, r, o, _ = both_ways(facts, self.past.types)
        self.past.reserve(s, r, o)
        self.memory.expect(many_questions(facts), facts.first, facts.last)

    def learn(self, facts: Facts) -> None:
        """Learns one day's facts."""
        s, r, o, days = both_ways(facts, self.past.types)
        day = int(days[0])
        self._teach(facts, day)
        self.mixture.learn(self.past, s, r, o, day)
        self.past.learn(s, r, o, day)
        self.memory.learn(s, r, o, day)
        self._usual = -1, {}

    def _teach(self, facts: Facts, day: int) -> None:
        """Lets the affinities practise on a share of the day's questions."""
        s, r, asked, answer, fs, _ = questions_of(facts, self.past.types)
        chosen = np.flatnonzero(self.chance.random(len(s)) < min(self.lessons, DAILY / len(s)))
        if len(chosen) and self.past.last_day >= 0:
            usual = self._usual_of(day)
            for first in range(0, len(chosen), LESSON):
                which = chosen[first : first + LESSON]
                question, candidate, guess = self.mixture.candidates(self.past, s[which], r[which], day, self.candidates, usual)
                right = np.isin(which[question] * self.past.actors + candidate, asked * self.past.actors + answer)
                self.affinity.learn(Lesson.of(self.affinity, s[which], r[which], question, candidate, guess, right))
        self.affinity.remember(fs, answer, day)

    def _usual_of(self, day: int) -> Usual:
        """What was worked out already for the questions of this day."""
        if self._usual[0] != day:
            self._usual = day, {}
        return self._usual[1]

    def _joined(self, question: Longs, candidate: Longs, guess: Floats, chances: Floats) -> tuple[Longs, Longs, Floats]:
        """The candidates and, besides, those who come to mind first; no guess is made at these."""
        actors = self.past.actors
        most = min(RECALLED, chances.shape[1])
        likeliest = np.argpartition(-chances, most - 1, 1)[:, :most]
        recalled = self.memory.owners.who[likeliest]
        keys = question * actors + candidate
        new = np.setdiff1d((np.arange(len(chances))[:, None] * actors + recalled)[recalled >= 0], keys)
        keys, guess = np.r_[keys, new], np.r_[guess, np.zeros(len(new), np.float32)]
        order = np.argsort(keys)
        return keys[order] // actors, keys[order] % actors, guess[order]

    def ask(self, s: Longs, r: Longs, day: int) -> Iterator[Asked]:
        """Candidates and their features for questions (s, r, ?) as the day begins, some questions at a time."""
        usual = self._usual_of(day)
        company = Company(self.past, day)
        for first in range(0, len(s), CHUNK):
            qs, qr = s[first : first + CHUNK], r[first : first + CHUNK]
            question, candidate, guess = self.mixture.candidates(self.past, qs, qr, day, self.candidates, usual)
            chances = self.memory.score(qs, qr, day)
            question, candidate, guess = self._joined(question, candidate, guess, chances)
            recalled = chances[question, self.memory.owners.of[candidate]]
            pull = self.affinity.pull(qs, qr, question, candidate)
            features, names = measure(self.past, company, qs, qr, question, candidate, guess, pull, recalled)
            yield Asked(day, first, qs, qr, question, candidate, features, names)


def many_questions(facts: Facts) -> int:
    """How many distinct questions a history holds, both ways."""
    r, d = np.asarray(facts.type, np.int64), np.asarray(facts.day, np.int64)
    keys = ((d * len(facts.types) + r) * len(facts.actors) + np.asarray(who, np.int64) for who in (facts.actor, facts.recipient))
    return sum(len(distinct(k)) for k in keys)


def questions_of(facts: Facts, types: int) -> tuple[Longs, Longs, Longs, Longs, Longs, Longs]:
    """The distinct questions of one day's facts, both ways, and their answers.

    Returns:
        ``s, r`` of the questions; for each answer its question and who it is; and the answers' own ``s, r``.
    """
    s, r, o, _ = both_ways(facts, types)
    keys = s * 2 * types + r
    asked = distinct(keys)
    return asked // (2 * types), asked % (2 * types), np.searchsorted(asked, keys), o, s, r
