"""Memory: the last facts of each actor, as they stood on any day, and what :class:`~.attention.Attention` practises on.

Facts are kept in one growing table in which each knows the one before it of the same actor; questions of the past are kept with the newest
fact that their asker had then.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np

from .attention import AGES, Asking, Attention
from .kin import Kin
from .tally import Floats, Longs, distinct

LAST = 50
"""Facts of the asker that are looked at."""
RATE = 2e-3
SLOWEST = 0.3
"""What the rate falls to, as a share, by the end of the history."""
STEP = 500
"""Questions in one step."""
MOST_ACTORS = 30_000
"""Actors with vectors of their own; where there are more, those told of later share one."""
AGAIN = 4.0
"""Questions of the past that are practised again with each new one, at most."""


class Growing:
    """Columns of whole numbers that grow row by row: ``values`` is ``(columns, rows)``."""

    def __init__(self, columns: int) -> None:
        self._all = np.zeros((columns, 1024), np.int32)
        self.size = 0

    @property
    def values(self) -> Longs:
        return self._all[:, : self.size]

    def add(self, *columns: Longs | int) -> None:
        """Appends rows."""
        many = max(np.size(c) for c in columns)
        while self.size + many > self._all.shape[1]:
            self._all = np.concatenate([self._all, np.zeros_like(self._all)], 1)
        for row, column in zip(self._all, columns, strict=True):
            row[self.size : self.size + many] = column
        self.size += many


class Owners:
    """Which vector stands for which actor: each its own, up to :data:`MOST_ACTORS`; later ones share the first, which is nobody's own."""

    def __init__(self, actors: int, kin: Kin) -> None:
        self.of = np.arange(actors, dtype=np.int64)
        self.who = np.arange(actors, dtype=np.int64)  # whose each vector is; -1 where nobody's own
        self.kin, self.kin_of_actors, self.vectors = kin, kin, actors
        self.next = actors
        if actors > MOST_ACTORS:
            self.of[:], self.next, self.vectors = 0, 1, MOST_ACTORS
            self.who = np.full(MOST_ACTORS, -1)
            self.kin = Kin(np.zeros(MOST_ACTORS, np.int64), np.zeros(MOST_ACTORS, np.int64), kin.places, kin.kinds)

    def admit(self, actors: Longs) -> bool:
        """Gives those who have none vectors of their own while there are any left; whether any was given."""
        if self.next == self.vectors:
            return False
        new = distinct(actors[self.of[actors] == 0])[: self.vectors - self.next]
        number = np.arange(self.next, self.next + len(new))
        self.who[number] = new
        self.of[new], self.next = number, self.next + len(new)
        self.kin.place[number], self.kin.kind[number] = self.kin_of_actors.place[new], self.kin_of_actors.kind[new]
        return len(new) > 0


class Memory:
    """The facts, both ways, and the network that learns from them.

    ``practice``: questions practised in all, new ones and those of the past, over a history of ``expected`` questions (see :meth:`expect`).
    """

    def __init__(self, actors: int, ways: int, kin: Kin, seed: int, practice: int = 1_000_000) -> None:
        self.owners = Owners(actors, kin)
        self.net = Attention(self.owners.vectors, ways, self.owners.kin, seed)
        self.chance = np.random.default_rng(seed)
        self.ways, self.practice = ways, practice
        self.head = np.full(self.owners.vectors, -1, np.int32)
        self.facts = Growing(4)  # the fact before, type, other, day
        self.facts.add(-1, 0, 0, 0)  # stands for none
        self.questions = Growing(5)  # asker, type, its newest fact, day, first of its answers
        self.answers = Growing(1)
        self.per_new = 1 + AGAIN
        self.span = 0, 0
        self.known = self.net.copy()
        self._practice: Future[None] | None = None
        self._due = False

    def expect(self, questions: int, first: int, last: int) -> None:
        """Spreads the practice over a history of so many questions from the first day to the last."""
        self.per_new = min(1 + AGAIN, self.practice / max(questions, 1))
        self.span = first, last

    def asking(self, s: Longs, r: Longs, day: Longs | int, newest: Longs) -> Asking:
        """Questions with the last facts of their askers, of which ``newest`` is the latest (a number in the table)."""
        facts = np.empty((len(s), LAST), np.int64)
        before, types, others, days = self.facts.values
        at = newest
        for k in range(LAST):
            facts[:, k] = at
            at = np.where(at >= 0, before[at], -1)
        ages = np.digitize(np.reshape(day, (-1, 1)) - days[facts], AGES)
        return Asking(s, r, types[facts].astype(np.int64), others[facts].astype(np.int64), ages, facts >= 0)

    def score(self, s: Longs, r: Longs, day: int) -> Floats:
        """Logarithms of chances ``(questions, vectors)``; an actor's column is ``owners.of[actor]``."""
        s = self.owners.of[s]
        x = self.known.score(self.asking(s, r, day, self.head[s]))
        x -= x.max(1, keepdims=True)
        x -= np.log(np.exp(x).sum(1, keepdims=True))
        return x

    def looked_at(self, s: int, r: int, day: int, most: int) -> list[tuple[int, int, int]]:
        """The asker's facts that weigh most for a question, weightiest first: type (both ways), other actor (its vector), day."""
        s = int(self.owners.of[s])
        asking = self.asking(np.array([s]), np.array([r]), day, self.head[[s]])
        weights = np.where(asking.there, self.known.weighed(asking), -1)[0]
        found, at = [], int(self.head[s])
        _, types, others, days = self.facts.values
        for _ in range(int(asking.there.sum())):
            found.append((int(types[at]), int(others[at]), int(days[at])))
            at = int(self.facts.values[0][at])
        return [found[k] for k in np.argsort(-weights, kind="stable")[: min(most, len(found))]]

    def learn(self, s: Longs, r: Longs, o: Longs, day: int) -> None:
        """Takes the day's facts down (given both ways), and practises on them and on some of the past.

        The practice goes on beside what the caller does next; it counts from the next day learned on, whenever it ends.
        """
        self.finish()
        if self.owners.admit(np.concatenate([s, o])):
            self.net.settle()
        s, o = self.owners.of[s], self.owners.of[o]
        keys = s * self.ways + r
        order = np.argsort(keys, kind="stable")
        asked = distinct(keys)
        old = self.questions.size
        who, first = asked // self.ways, self.answers.size + np.searchsorted(keys[order], asked)
        self.questions.add(who, asked % self.ways, self.head[who], day, first)
        self.answers.add(o[order])
        new = np.arange(old, self.questions.size)
        passes = len(new) * self.per_new
        if passes < len(new):
            new = self.chance.choice(new, max(int(passes), 1), replace=False)
        again = max(int(passes) - len(new), 0) if old else 0
        chosen = np.concatenate([new, self.chance.integers(max(old, 1), size=again)])
        self.chance.shuffle(chosen)
        self._take_down(s, r, o, day)
        rate = RATE * (1 - (1 - SLOWEST) * np.clip((day - self.span[0]) / max(self.span[1] - self.span[0], 1), 0, 1))
        parts = np.array_split(chosen, max(round(len(chosen) / STEP), 1))
        beside = ThreadPoolExecutor(1)
        self._practice = beside.submit(self._practise_all, parts, float(rate))
        beside.shutdown(wait=False)
        self._due = True

    def finish(self) -> None:
        """Waits for the practice under way, and answers by it from now on."""
        if self._due:
            self._wait()
            self._due, self.known = False, self.net.copy()

    def _wait(self) -> None:
        if self._practice is not None:
            self._practice.result()
            self._practice = None

    def __getstate__(self) -> dict[str, Any]:
        self._wait()
        return self.__dict__

    def _practise_all(self, parts: list[Longs], rate: float) -> None:
        for part in parts:
            self._practise(np.sort(part), rate)

    def _practise(self, which: Longs, rate: float) -> None:
        s, r, newest, day, start = (row[which].astype(np.int64) for row in self.questions.values)
        ends = np.append(self.questions.values[4], self.answers.size)[which + 1]
        many = ends - start
        question = np.repeat(np.arange(len(which)), many)
        answer = self.answers.values[0][np.arange(len(question)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(start, many)]
        self.net.learn(self.asking(s, r, day, newest), question, answer.astype(np.int64), rate)

    def _take_down(self, s: Longs, r: Longs, o: Longs, day: int) -> None:
        order = np.argsort(s, kind="stable")
        s, number = s[order], np.arange(self.facts.size, self.facts.size + len(s))
        first = np.r_[True, s[1:] != s[:-1]]
        self.facts.add(np.where(first, self.head[s], number - 1), r[order], o[order], day)
        last = np.r_[first[1:], True]
        self.head[s[last]] = number[last]
