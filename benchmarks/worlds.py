"""Simulated worlds: acts drawn from known rates, with an answer that is planted or with none, and the truth of what an act brings about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.scenarios.history import KIND_OF, Array, History, of_arrays
from detente.scenarios.watching import Flows, measured, standing

SIZE, DAYS = 10, 7 * 104
NAMES = tuple(c * 3 for c in "ABCDEFGHIJ")
#: types of acts and their intensities; quad classes 1 and 3
GOOD, BAD = ("SUPPORT", 5.0), ("ACCUSE", -2.5)
_LATER = 5.0  # days until an answer, on the average


@dataclass(frozen=True)
class World:
    """Base rates (acts a day, N × N × 2 signs), the planted answer, and which dyads answer."""

    rates: Array
    family: str  # "kind": accusations are answered by the accused; "third": support draws accusations of its giver by the receiver's rival
    strength: float
    rival: Array  # N: the rival of each

    def history(self, rng: np.random.Generator, days: int = DAYS) -> History:
        """Acts of so many days."""
        acts: list[tuple[int, int, int, int]] = []
        for a in range(SIZE):
            for b in range(SIZE):
                for s in range(2):
                    found = np.flatnonzero(rng.random(days) < self.rates[a, b, s])
                    acts += [(int(d), a, b, s) for d in found]
        queue = list(acts)
        while queue:
            for answer in self.answers(*queue.pop(), rng):
                if answer[0] < days:
                    acts.append(answer)
                    queue.append(answer)
        day, a, b, s = (np.array(c) for c in zip(*acts, strict=True))
        kind = np.array([KIND_OF[GOOD[0]], KIND_OF[BAD[0]]])[s]
        value = np.array([GOOD[1], BAD[1]])[s]
        return of_arrays(NAMES, day + 737000, a, b, kind, value, 737000 + days - 1)

    def answers(self, day: int, a: int, b: int, sign: int, rng: np.random.Generator) -> list[tuple[int, int, int, int]]:
        """What an act brings about, one generation."""
        if self.family == "kind" and sign == 1:
            who = (b, a)
        elif self.family == "third" and sign == 0 and self.rival[b] not in (a, b):
            who = (int(self.rival[b]), a)
        else:
            return []
        later = 1 + rng.exponential(_LATER, rng.poisson(self.strength)).astype(int)
        return [(day + int(n), *who, 1) for n in later]


def make(family: str, strength: float, seed: int) -> tuple[World, np.random.Generator]:
    """A world: dyads of unequal activity, a rival for each actor whose relations are hostile."""
    rng = np.random.default_rng(seed)
    weight = rng.gamma(1.5, 1.0, SIZE)
    rates = np.outer(weight, weight)[:, :, None] * rng.gamma(1.0, 1.0, (SIZE, SIZE, 2)) * np.array([0.02, 0.008])
    rival = np.arange(SIZE) ^ 1  # in pairs
    for k in range(SIZE):  # rivals are seen to be such: they accuse each other, and support little
        for pair in ((k, rival[k]), (rival[k], k)):
            rates[pair] = (0.004, 0.04)
    watched = (0, 3) if family == "kind" else (int(rival[3]), 0)
    rates[watched], rates[watched[::-1]] = (0.03, 0.05), (0.03, 0.05)
    return World(np.clip(rates, 0.002, 0.25) * (1 - np.eye(SIZE))[:, :, None], family, strength, rival), rng


def question(world: World) -> tuple[str, tuple[str, str]]:
    """The assumption and the watched pair."""
    if world.family == "kind":
        return f"{NAMES[0]} ACCUSE {NAMES[3]}", (NAMES[0], NAMES[3])
    return f"{NAMES[0]} SUPPORT {NAMES[3]}", (NAMES[int(world.rival[3])], NAMES[0])


def truth(world: World, told: History, weeks: int, options: object, draws: int = 1500) -> float:
    """The expected change of tension, mean over the weeks, that the assumed act brings about (not counting itself): futures of this world,
    with what earlier acts and acts to come bring about, with and without the answers to the act."""
    rng = np.random.default_rng(99)
    _, pair = question(world)
    a, b = (told.index[c] for c in pair)
    at = standing(told, a, b, options)  # type: ignore[arg-type]
    sign = 1 if world.family == "kind" else 0
    behind = {(a, b), (b, a), (b, int(world.rival[a])), (a, int(world.rival[b]))}  # dyads whose acts are answered between the two
    past = [k for k in range(len(told)) if told.last - told.day[k] < 40 and (int(told.actor[k]), int(told.recipient[k])) in behind]
    base, more = np.zeros((2, draws, weeks, 2, 4))
    for k in range(draws):
        acts = [
            (int(d), x, y, s) for x, y in behind for s in range(2) for d in np.flatnonzero(rng.random(weeks * 7) < world.rates[x, y, s])
        ]
        for n in past:
            one = int(told.day[n]) - told.last - 1, int(told.actor[n]), int(told.recipient[n]), int(told.quad[n]) // 2
            acts += [answer for answer in world.answers(*one, rng) if answer[0] >= 0]
        for into, queue in ((base, acts), (more, world.answers(0, 0, 3, sign, rng))):
            while queue:
                day, x, y, s = queue.pop()
                if day < weeks * 7:
                    queue += world.answers(day, x, y, s, rng)
                    if {x, y} == {a, b}:
                        into[k, day // 7, 0 if (x, y) == (a, b) else 1, 2 * s] += 1
    none = np.zeros((draws, weeks))

    def tension(acts: Array) -> Array:
        return measured(at, Flows(acts[:, :, 0], acts[:, :, 1], none, none))["tension"]

    return float((tension(base + more) - tension(base)).mean())
