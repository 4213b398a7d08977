"""Method: acts that answer acts (see :mod:`.excitation`), with thousands of futures among the actors near to the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..assumption import Course
from ..history import WEEK, Array, Flags, History, Ints
from ..result import Link
from ..watching import Flows, expected, measured
from .base import FUTURES, TYPICAL, Answer, CannotAnswer, Given, Question, Report
from .excitation import DIRECT, FEATURES, THIRD, Excitation, State, answered, at_cells, kept
from .fitting import fit
from .futures import Held, Injected, Part, part_of, run, tamed
from .likeness import usual

#: fewest acts between anybody, and of the watched pair
FEWEST, FEWEST_WATCHED = 150, 10
_NEAR = 8
_SHIFTS = 300
_LINKS = 5


@dataclass(frozen=True)
class Answering:
    """Mutually exciting acts."""

    name: str = "acts that answer acts"
    reference: str = "Hawkes 1971; Linderman & Adams 2014; Goldstein & Freeman 1990"
    kind: type = Excitation

    def fit(self, told: History, report: Report | None = None) -> Excitation:
        """Learns base rates, ties and what acts bring about."""
        return fit(told, report)

    def paths(self, fitted: Excitation, question: Question) -> Answer:
        """Simulated futures. The shift is exact in expectation: excitation adds up, so what an act brings about runs by itself."""
        told = question.told
        a, b = question.watch
        watched = int(told.between(a, b).sum())
        if len(told) < FEWEST or watched < FEWEST_WATCHED:
            raise CannotAnswer(f"it needs {FEWEST} acts, {FEWEST_WATCHED} of them of the pair; there are {len(told)} and {watched}")
        rng = np.random.default_rng(question.seed)
        state = State.on(told, told.last + 1)
        part = part_of(fitted, state, near(question), question.days)
        ways = fitted.own_ways(question.draws, rng, part.actors)
        weights = tamed(fitted.drawn(question.draws, rng), part.net, ways, fitted.weights)
        place = {int(k): n for n, k in enumerate(part.actors)}
        added = [_injected(g, place) for g in question.added]
        removed = [_injected(g, place) for g in question.removed]
        held = [_held(question, course, first, place) for first, course in question.courses]
        base = run(part, weights, question.days, rng, ways=ways)
        some, own = weights[:_SHIFTS], ways[:_SHIFTS]
        nothing = np.zeros((1, question.weeks, len(part.actors), len(part.actors), 4))
        more = run(part, some, question.days, None, added, alone=True, ways=own) if added else nothing
        less = run(part, some, question.days, None, removed, alone=True, ways=own) if removed else nothing
        change = more - less + np.zeros((len(some), 1, 1, 1, 1))
        if held:
            free = run(part, some, question.days, None, ways=own)
            change = change + run(part, some, question.days, None, (), held, ways=own) - free
        levels = _levels(question)
        futures = self._flows(part, base[:FUTURES], place, question, rng, None)
        shift = expected(question.standing, futures, _apart(change, place, question, levels))
        baseline = measured(
            question.standing, self._flows(part, base + (_drawn(less, len(base), rng) if removed else 0), place, question, rng, None)
        )
        again = np.random.default_rng(question.seed + 1)
        future = run(part, weights, question.days, again, (), held, ways=ways) if held else base
        future = future + (_drawn(more, len(base), rng) if added else 0)
        scenario = measured(question.standing, self._flows(part, future, place, question, rng, levels))
        notes = (f"branching ratio {fitted.branching:.2f} (below 1: stable)",)
        return Answer(baseline, scenario, shift, notes, links=self._links(fitted, question))

    def _flows(
        self, part: Part, acts: Array, place: dict[int, int], question: Question, rng: np.random.Generator | None, levels: Array | None
    ) -> Flows:
        a, b = (place[k] for k in question.watch)
        others = [n for n in range(len(part.actors)) if n not in (a, b)]
        weeks = acts.shape[1]
        away = part.away[:, b].sum(axis=1)[: weeks * 7].reshape(weeks, 7, 2).sum(axis=1)
        far = np.repeat(away[None], len(acts), axis=0)
        if rng is not None:
            far = rng.poisson(far).astype(float)
        return Flows(
            acts[:, :, a, b],
            acts[:, :, b, a],
            acts[:, :, b, others].sum(axis=(2, 3)) + far[..., 0],
            acts[:, :, others, b].sum(axis=(2, 3)) + far[..., 1],
            levels,
        )

    def _links(self, fitted: Excitation, question: Question) -> tuple[Link, ...]:
        """The last acts of the pair, and what each most probably answered."""
        told = question.told
        latest = np.flatnonzero(told.between(*question.watch))[-_LINKS * 2 :]
        out = []
        for act in latest.tolist():
            found = [p for p in answered(fitted, told, act) if told.event[p[0]] != told.event[act]]
            if found:
                out.append(Link(str(told.event[act]), str(told.event[found[0][0]]), round(found[0][1], 3)))
        return tuple(sorted(out, key=lambda x: -x.probability)[:_LINKS])

    def signals(self, fitted: Excitation, told: History, pairs: Ints, horizons: Sequence[int]) -> list[Array]:
        """Expected score, and expected acts by sign (logarithms); of what acts bring about only the first generation."""
        typical = np.array([told.intensity[told.quad == q].mean() if (told.quad == q).any() else TYPICAL[q] for q in range(4)])
        thirds = (FEATURES - 1 - 8 * len(DIRECT)) // (2 * len(THIRD))
        weights = []
        for horizon in horizons:
            direct, third = _within(DIRECT, horizon), _within(THIRD, horizon)
            scale = np.concatenate([np.repeat(direct, 4)] * 2 + [np.tile(np.repeat(third, 2), thirds)])
            weights.append(scale[:, None] * fitted.weights[:, 1:].T)
        together = np.concatenate(weights, axis=1)
        weeks = told.weeks
        start = told.last + 1 - WEEK * weeks
        state = State.on(told, start)
        rates = np.empty((weeks + 1, len(pairs), len(horizons), 4))
        ends = np.searchsorted(told.day, start + WEEK * np.arange(weeks + 1))
        for w in range(weeks + 1):
            rates[w] = (at_cells(state, fitted.network, *pairs.T) @ together).reshape(len(pairs), -1, 4)
            if w < weeks:
                now = slice(ends[w], ends[w + 1])
                ago = start + WEEK * (w + 1) - 1 - told.day[now]
                state.pass_days(WEEK, told.actor[now], told.recipient[now], told.quad[now], ago)
        week = rates.transpose(2, 1, 0, 3) + (WEEK * fitted.network.base[pairs[:, 0], pairs[:, 1]] * fitted.weights[:, 0])[:, None]
        total = week.sum(axis=3)
        score = (week @ typical) / np.maximum(total, 1e-9) * (1 - np.exp(-total))
        good, bad = (np.log(week[..., part].sum(axis=3) + 0.05) for part in (slice(2), slice(2, 4)))
        out = np.stack([score, good, bad], axis=3)
        long = usual(told, pairs)
        return [np.concatenate([x, long], axis=2) for x in out]


def _within(half_lives: tuple[float, ...], horizon: int) -> Array:
    """For each kernel: the sum over the days of a week ahead of what is left of 1 on its first day."""
    r = kept(half_lives)
    out: Array = r ** (7 * (horizon - 1)) * (1 - r**7) / (1 - r)
    return out


def near(question: Question, most: int = _NEAR) -> Ints:
    """The watched pair, everybody in the assumption, and those who deal most with the pair: at most ``most`` actors."""
    told = question.told
    named = [*question.watch, *(k for g in (*question.added, *question.removed) for k in (g.actor, g.recipient))]
    named += [told.index[c] for _, course in question.courses for c in (course.actor, course.recipient)]
    weight = np.zeros(len(told.actors))
    for k in question.watch:
        with_them: Flags = (told.actor == k) | (told.recipient == k)
        weight += np.bincount(np.concatenate([told.actor[with_them], told.recipient[with_them]]), minlength=len(weight))
    order = [int(k) for k in np.argsort(-weight, kind="stable") if weight[k] > 0]
    chosen = list(dict.fromkeys([*named, *order]))
    return np.array(chosen[: max(most, len(set(named)))])


def _injected(given: Given, place: dict[int, int]) -> Injected:
    return Injected(given.offset, place[given.actor], place[given.recipient], given.quad, float(given.times))


def _held(question: Question, course: Course, first: int, place: dict[int, int]) -> Held:
    a, b = (question.told.index[c] for c in (course.actor, course.recipient))
    return Held(place[a], place[b], course_rate(question.told, a, b, course.level), first, first + course.weeks * 7)


def course_rate(told: History, a: int, b: int, level: float) -> Array:
    """Acts a day under a course: as many as in the last quarter of a year, at least one a week, all of the quad class of its level."""
    recent = (told.actor == a) & (told.recipient == b) & (told.day > told.last - 91)
    rate = np.zeros(4)
    quad = (0 if level < 6 else 1) if level > 0 else (2 if level > -5 else 3)
    rate[quad] = max(1 / 7, float(recent.sum()) / 91)
    return rate


def _levels(question: Question) -> Array | None:
    """Mean intensity of the acts of the pair under a course, weeks × 2 directions; NaN where they are free."""
    out = np.full((question.weeks, 2), np.nan)
    for first, course in question.courses:
        sides = tuple(question.told.index[c] for c in (course.actor, course.recipient))
        for way, pair in enumerate((question.watch, question.watch[::-1])):
            if sides == pair:
                out[first // 7 : first // 7 + course.weeks, way] = course.level
    return out if not np.isnan(out).all() else None


def _apart(change: Array, place: dict[int, int], question: Question, levels: Array | None) -> Flows:
    """A change of the acts of a part as flows of the watched pair."""
    a, b = (place[k] for k in question.watch)
    others = [n for n in range(change.shape[2]) if n not in (a, b)]
    out, into = change[:, :, b, others].sum(axis=(2, 3)), change[:, :, others, b].sum(axis=(2, 3))
    return Flows(change[:, :, a, b], change[:, :, b, a], out, into, levels)


def _drawn(means: Array, draws: int, rng: np.random.Generator) -> Array:
    """Draws of what an act brings about."""
    return rng.poisson(means[np.arange(draws) % len(means)]).astype(float)
