"""Past cases: acts, or sustained courses, of the same kind, and the pairs that stood to them as the watched pair stands to what is assumed.

Likeness compares the two of the act, the pair that is looked at, and the tie of a third party to the act's other, each as it stood before
the act (level and long mean of hostility, activity short and long), in units of how much such pairs differ; and whether land borders and
shared rivals agree (contiguity and common enemies as conditions of who reacts: Bremer 1992, J. Conflict Resolution 36; Maoz et al. 2007,
World Politics 60). Cases of the question's own actors are nearest: who they are differs more than where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..assumption import Course
from ..history import KIND_OF, WEEK, Array, Flags, History, Ints
from ..language import told_modes
from .base import CannotAnswer, Given, Question
from .standings import BUSY, Standings, next_features

FEWEST_CASES = 5
#: weeks before the first case; cases in all; thirds of one act; acts that are looked at
WARM, _MOST_CASES, _THIRDS, _MOST_ACTS = 10, 400, 2, 4000
_MISMATCH = 0.5  # what a border or a shared rival that one has and the other has not adds to the distance
_STRANGER = 1.2  # what each actor adds that is not the question's
_TIE = 2.0  # what the tie of a third party to the other weighs
_LIKE = 1e-3
_AT_ONCE = 500  # acts whose pairs are compared in one array


@dataclass(frozen=True)
class Sought:
    """What is looked for in the past: who is meant in the question, and where it was told of (rows: act, actor, recipient, week)."""

    actor: int
    recipient: int
    quad: int
    rows: Ints
    days: Ints  # rows of actor, recipient and day: where there was such an act; of a course, the first day of each week it began in
    what: str
    itself: bool  # an act, which is not itself an effect; not a course


@dataclass(frozen=True)
class Case:
    """A past act and the pair that was looked at."""

    act: int  # place in the history
    pair: tuple[int, int]
    week: int
    likeness: float


def same_act(told: History, given: Given, at: Standings, ahead: int) -> Sought:
    """Acts of the same type and mode where there are enough of these, else of the type."""
    week = (told.day - at.start) // WEEK
    kind = told.kind == KIND_OF[given.type]
    same = kind & (week >= WARM) & (week < at.weeks - ahead)
    what = given.type
    if given.mode:
        stems = told_modes().get(given.type, {}).get(given.mode, ())
        fits: Flags = np.array([str(w) == given.mode or str(w).lower().startswith(stems) for w in told.label], dtype=bool)
        if (same & fits).sum() >= 2 * FEWEST_CASES:
            same, what = same & fits, f"{given.type} {given.mode}"
    days = np.stack([told.actor[kind], told.recipient[kind], told.day[kind]], axis=1)
    found = np.flatnonzero(same)
    rows = np.stack([found, told.actor[found], told.recipient[found], week[found]], axis=1)
    keep = np.unique(rows[:, 1:], axis=0, return_index=True)[1]  # of one dyad and week only one
    return Sought(given.actor, given.recipient, given.quad, rows[np.sort(keep)], days, what, True)


def same_course(told: History, course: Course, at: Standings, ahead: int) -> Sought:
    """Weeks from which one kept such a course toward another, and had not kept it before: a mean intensity of its sign, between half and
    twice as strong, over as many weeks (at most 8), told of at least once in two weeks."""
    long = int(min(course.weeks, 8, ahead))
    size = len(told.actors)
    week = (told.day - at.start) // WEEK
    inside = week >= 0
    balance = np.zeros((size, size, at.weeks + 1))
    np.add.at(balance, (told.actor[inside], told.recipient[inside], week[inside] + 1), told.intensity[inside])
    number = np.zeros_like(balance)
    number[:, :, 1:] = at.counts.sum(axis=3)
    balance, number = balance.cumsum(axis=2), number.cumsum(axis=2)

    def mean(first: int, after: int) -> tuple[Array, Array]:
        n = number[:, :, after] - number[:, :, first]
        return (balance[:, :, after] - balance[:, :, first]) / np.maximum(n, 1), n

    did = np.zeros((size, size, at.weeks), dtype=bool)
    for start in range(WARM, at.weeks - ahead):
        level, n = mean(start, start + long)
        before, m = mean(max(0, start - 8), start)
        share = level / course.level
        did[:, :, start] = (n >= max(2, long / 2)) & (share >= 0.5) & (share <= 2.0) & ((before / course.level < 0.5) | (m < 1))
    a, r, w = np.nonzero(did)
    place = {code: n for n, code in enumerate(told.actors)}
    acts = _first_acts(told, week, a, r, w)
    kind = f"courses {'of cooperation' if course.level > 0 else 'of hostility'} kept for {long} weeks"
    quad = (0 if course.level < 6 else 1) if course.level > 0 else (2 if course.level > -5 else 3)
    rows = np.stack([acts, a, r, w], axis=1)[acts >= 0]
    days = np.stack([a, r, at.start + w * WEEK], axis=1)
    return Sought(place[course.actor], place[course.recipient], quad, rows, days, kind, False)


def _first_acts(told: History, week: Ints, a: Ints, r: Ints, w: Ints) -> Ints:
    """The first act of each dyad from each week on; -1 where there is none."""
    size = len(told.actors)
    key = (told.actor * size + told.recipient) * (10**6) + np.maximum(week, 0)
    order = np.argsort(key, kind="stable")
    sought = (a * size + r) * (10**6) + w
    at = np.searchsorted(key[order], sought)
    found = order[np.minimum(at, len(order) - 1)]
    good = (at < len(order)) & (told.actor[found] == a) & (told.recipient[found] == r)
    out: Ints = np.where(good, found, -1)
    return out


def roles_of(sought: Sought, watch: tuple[int, int]) -> tuple[str, str]:
    """What the watched two are to the act; one of them may be a third party."""
    known = {sought.actor: "actor", sought.recipient: "recipient"}
    roles = known.get(watch[0], "third"), known.get(watch[1], "third")
    if roles == ("third", "third"):
        raise CannotAnswer("the act is between others than the watched pair")
    return roles


def cases_of(question: Question, at: Standings, sought: Sought, roles: tuple[str, str], ahead: int) -> list[Case]:
    """The cases, the most alike first; thirds that are most like; weeks of one pair that overlap are not two cases."""
    rows = sought.rows
    if len(rows) > _MOST_ACTS:
        rows = rows[np.sort(np.random.default_rng(question.seed).choice(len(rows), _MOST_ACTS, replace=False))]
    known = Likeness(question, at)
    now = next_features(at)[:, :, None]
    actor, recipient = np.array([sought.actor]), np.array([sought.recipient])
    mine = known.standing(actor, recipient, np.array([question.watch]), now, np.zeros(1, dtype=np.int64))
    out: list[Case] = []
    for some in np.array_split(rows, max(1, len(rows) // _AT_ONCE)):
        out += _most_like(question, at, sought, roles, some, known, mine)
    taken: dict[tuple[int, int], list[int]] = {}
    kept = []
    for c in sorted(out, key=lambda c: -c.likeness):
        before = taken.setdefault(c.pair, [])
        if all(abs(c.week - w) >= ahead // 2 for w in before):
            before.append(c.week)
            kept.append(c)
    return kept[:_MOST_CASES]


def _most_like(
    question: Question, at: Standings, sought: Sought, roles: tuple[str, str], rows: Ints, known: Likeness, mine: Array
) -> list[Case]:
    """Of each act (rows: act, actor, recipient, week) the pair that stands to it in these roles; of third parties the most alike."""
    act, a, r, w = rows.T
    place = {"actor": a, "recipient": r}
    if "third" not in roles:
        of = np.arange(len(rows))
        pairs = np.stack([place[roles[0]], place[roles[1]]], axis=1)
    else:
        fixed = place[roles[0] if roles[1] == "third" else roles[1]]
        of, thirds = np.nonzero(at.features[fixed, :, w, 3] > BUSY)
        free = (thirds != a[of]) & (thirds != r[of])
        of, thirds = of[free], thirds[free]
        both = (thirds, fixed[of])
        pairs = np.stack(both if roles[0] == "third" else both[::-1], axis=1)
    busy = at.features[pairs[:, 0], pairs[:, 1], w[of], 3] > BUSY
    of, pairs = of[busy], pairs[busy]
    a, r, w, act = a[of], r[of], w[of], act[of]
    ours = np.isin(pairs, question.watch) | (pairs == a[:, None]) | (pairs == r[:, None])
    strangers = (a != sought.actor).astype(int) + (r != sought.recipient) + (~ours).sum(axis=1)
    like = np.exp(-known.distance(known.standing(a, r, pairs, at.features, w), mine) - _STRANGER * strangers)
    order = np.lexsort((-like, of))
    first = np.searchsorted(of[order], of[order])  # where the pairs of the same act begin
    best = [k for n, k in enumerate(order.tolist()) if n - first[n] < _THIRDS and like[k] > _LIKE]
    return [Case(int(act[k]), (int(pairs[k, 0]), int(pairs[k, 1])), int(w[k]), float(like[k])) for k in best]


class Likeness:
    """How alike pairs stand: in units of how much pairs that deal with each other differ."""

    def __init__(self, question: Question, at: Standings) -> None:
        told = question.told
        busy = at.features[:, :, :, 3] > BUSY
        some = at.features[busy] if busy.any() else np.ones((2, 4))
        self.scale = some.std(axis=0) + 1e-6
        self._hostile = float(self.scale[1])  # a long mean of hostility this far above none is a rivalry
        size = len(told.actors)
        self._touch = np.zeros((size, size), dtype=bool)
        for pair in question.near:
            a, b = (told.index[c] for c in pair)
            self._touch[a, b] = self._touch[b, a] = True

    def standing(self, a: Ints, r: Ints, pairs: Ints, features: Array, week: Ints) -> Array:
        """Rows for pairs that look at an act of ``a`` toward ``r`` in a week (of ``features``, N × N × weeks × 4): act (4), pair (4),
        tie of the third to the other (2), then three flags (borders of the act's two, and of the third and the other; a rival that the
        pair shares)."""
        first, second = pairs.T
        third = np.where((first != a) & (first != r), first, np.where((second != a) & (second != r), second, -1))
        inside = np.where(third == first, second, first)
        other = np.where(inside == a, r, a)
        has = third >= 0
        tie = np.where(has[:, None], features[third, other, week, :2], 0.0)
        shared = ((features[first, :, week, 1] > self._hostile) & (features[second, :, week, 1] > self._hostile)).any(axis=1)
        touch = np.where(has, self._touch[third, other], False)
        flags = np.stack([self._touch[a, r], touch, shared], axis=1).astype(float)
        return np.concatenate([features[a, r, week], features[first, second, week], tie, flags], axis=1)

    def distance(self, rows: Array, mine: Array) -> Array:
        """Mean squared difference of each group, added up, and what differs of the flags."""
        apart = ((rows[:, :10] - mine[:, :10]) / np.concatenate([self.scale, self.scale, self.scale[:2]])) ** 2
        groups = apart[:, :4].mean(axis=1) + apart[:, 4:8].mean(axis=1) + _TIE * apart[:, 8:].mean(axis=1)
        out: Array = groups + _MISMATCH * np.abs(rows[:, 10:] - mine[:, 10:]).sum(axis=1)
        return out
