"""Method: past cases of the same act, against placebos.

A case is an act of the same kind (type and mode; else type), or a course that was kept, and, for it, the pair that stands to it as the
watched pair stands to what is assumed: its actor, its recipient, or a third party that is most like (:mod:`.cases`). What changed for that
pair in the weeks after, less what changed in placebo weeks and pairs that stood alike and saw no such act (matching against regression to
the mean, and what the match leaves taken off by regression), is the effect; cases that are more like weigh more. Placebo studies of the
same size, drawn from the matched weeks, tell what chance alone would show.

Event study: MacKinlay 1997, J. Economic Literature 35; matching on what went before: Imai, Kim & Wang 2023, American J. Pol. Science 67;
what a match leaves: Abadie & Imbens 2011, J. Business & Economic Statistics 29; randomisation p: Fisher 1935, The Design of Experiments.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from ...config import MeasuresOptions
from ...records import TYPES
from ..history import WEEK, Array, Flags, History, Ints, panel
from ..result import Analogue, Placebo
from ..watching import Flows, expected, measured
from .base import FUTURES, Answer, CannotAnswer, Given, Question, Report
from .cases import FEWEST_CASES, WARM, Case, Sought, cases_of, roles_of, same_act, same_course
from .likeness import standing_features
from .standings import Standings, cells, next_features, standings

_AHEAD_LEAST = 4
_MATCHED, _STUDIES, _FUTURES = 12, 999, 160
_POOL, _KEY = 20_000, 10_000
_NAMED = 12


@dataclass(frozen=True)
class Counted:
    """How many acts there are to look among."""

    acts: int


@dataclass(frozen=True)
class Study:
    """Effects of cases: draws × weeks for tension, draws × weeks × 2 × 4 for acts ahead and back, and what is told of it."""

    tension: Array
    acts: Array
    placebo: Placebo
    named: tuple[Analogue, ...]
    kind: str


@dataclass(frozen=True)
class Analogues:
    """Past cases against placebos."""

    name: str = "past cases"
    reference: str = "MacKinlay 1997; Imai, Kim & Wang 2023"
    kind: type = Counted

    def fit(self, told: History, report: Report | None = None) -> Counted:
        """Nothing is learned ahead: cases are looked up."""
        return Counted(len(told))

    def signals(self, fitted: Counted, told: History, pairs: Ints, horizons: Sequence[int]) -> list[Array]:
        """How each dyad stood before each week."""
        return [standing_features(panel(told, pairs), panel(told, pairs[:, ::-1]))] * len(horizons)

    def paths(self, fitted: Counted, question: Question) -> Answer:
        """Baseline: what followed where pairs stood alike; scenario: with the effect that past cases had."""
        told = question.told
        ahead = min(question.weeks, max(_AHEAD_LEAST, told.weeks // 4))
        at = standings(told, question.options)
        rng = np.random.default_rng(question.seed)
        kinds = [(same_act(told, g, at, ahead), sign * g.times) for g, sign in _signed(question)]
        kinds += [(same_course(told, course, at, ahead), 1.0) for _, course in question.courses]
        studies = [(study(question, at, sought, ahead, rng), times) for sought, times in kinds]
        level = sum(s.tension * sign for s, sign in studies)
        more = sum(s.acts * sign for s, sign in studies)
        assert not isinstance(level, int) and not isinstance(more, int)
        level, more = _lasting(level, question.weeks), _lasting(more, question.weeks)
        base_level, base_acts = _alike(at, question, ahead, rng)
        draws = question.draws
        baseline = _measures(question, base_level, base_acts, rng)
        scenario = _measures(question, base_level + level[:draws], base_acts + more[:draws], rng)
        futures, moved = _flows(question, base_acts[:FUTURES], rng), _flows(question, more[:draws], None, others=False)
        shift = expected(question.standing, futures, moved)
        some = base_level[None, :FUTURES]
        shift["tension"] = (np.maximum(some + level[:draws, None], 0.0) - np.maximum(some, 0.0)).mean(axis=1)
        notes = tuple(f"{s.placebo.cases} cases of {s.kind}" for s, _ in studies)
        named = tuple(a for s, _ in studies for a in s.named)
        return Answer(baseline, scenario, shift, notes, named, studies[0][0].placebo)


def _signed(question: Question) -> list[tuple[Given, float]]:
    return [(g, 1.0) for g in question.added] + [(g, -1.0) for g in question.removed]


def study(question: Question, at: Standings, sought: Sought, ahead: int, rng: np.random.Generator) -> Study:
    """The cases of one act or course, held against placebos. Raises :class:`CannotAnswer` where there are fewer than FEWEST_CASES."""
    told = question.told
    roles = roles_of(sought, question.watch)
    cases = cases_of(question, at, sought, roles, ahead)
    if (many := len({c.act for c in cases})) < FEWEST_CASES:
        raise CannotAnswer(f"it needs {FEWEST_CASES} past cases; {many} of {sought.what} are told with a comparable pair")
    pool = cells(at, WARM, ahead)
    if len(pool) > _POOL:
        pool = pool[np.sort(rng.choice(len(pool), _POOL, replace=False))]
    lots = rng.integers(0, WEEK, len(pool)) if sought.itself else np.zeros(len(pool), dtype=np.int64)
    free = ~_touched(sought, roles, pool, at.start + pool[:, 2] * WEEK + lots)
    pool, lots = pool[free], lots[free]
    if len(pool) < 4 * _MATCHED:
        raise CannotAnswer("there are too few weeks without such an act to compare with")
    habit = habits(at, sought.quad)
    rows = np.array([[*c.pair, c.week] for c in cases])
    days = told.day[[c.act for c in cases]] - at.start - rows[:, 2] * WEEK if sought.itself else np.zeros(len(rows), dtype=np.int64)
    marks = _place_of(told, at, habit, pool, lots)
    own_marks = _place_of(told, at, habit, rows, days)
    scale = marks.std(axis=0) + 1e-6
    _, near = cKDTree(marks / scale).query(own_marks / scale, k=_MATCHED)
    matched = pool[near]  # cases × matched × 3
    own, theirs = _changes(at, rows, ahead), _changes(at, matched.reshape(-1, 3), ahead)
    if sought.itself:
        own = _without_the_act(told, at, cases, own, question.options)
    weight = np.array([c.likeness for c in cases])
    weight = weight / weight.sum()
    theirs = _as_if_alike(theirs.reshape(len(cases), _MATCHED, ahead, -1), marks[near] / scale, own_marks / scale, weight)
    effect = np.einsum("c,cwf->wf", weight, own - theirs.mean(axis=1))
    chance = _placebo_studies(theirs, weight, rng)
    level, acts = effect[:, 0], effect[:, 1:].reshape(ahead, 2, 4)
    noise = chance[rng.integers(0, len(chance), max(question.draws, 200))]
    means = chance[:, :, 0].mean(axis=1)
    whole = float(level.mean())
    p = float((1 + (np.abs(means) >= abs(whole) - 1e-12).sum()) / (1 + len(means)))
    low, high = (float(v) for v in np.percentile(means, (10, 90)))
    placebo = Placebo(len({c.act for c in cases}), round(whole, 4), round(low, 4), round(high, 4), round(p, 4), len(means))
    tension = level[None] + noise[:, :, 0]
    return Study(tension, acts[None] + noise[:, :, 1:].reshape(-1, ahead, 2, 4), placebo, _named(told, at, cases, own, theirs), sought.what)


def habits(at: Standings, quad: int) -> Array:
    """How often each pair did acts of a quad class before each week (long mean, either direction), N × N × weeks."""
    both = at.counts[:, :, :, quad] + at.counts[:, :, :, quad].transpose(1, 0, 2)
    out = np.zeros_like(both)
    mean = np.zeros(both.shape[:2])
    for w in range(at.weeks):
        out[:, :, w] = mean
        mean = mean + max(0.04, 1 / (w + 1)) * (both[:, :, w] - mean)
    return out


def _place_of(told: History, at: Standings, habit: Array, rows: Ints, days: Ints) -> Array:
    """What placebos are matched on, rows × 7: level and its long mean, activity short and long, how often such acts were, and what the pair
    did in the very week before the day of the act (or, of a placebo, before a day drawn by lot), cooperative and hostile."""
    a, b, w = rows.T
    size = len(told.actors)
    begin = at.start + w * WEEK
    so_far = []
    for sign in range(2):
        some = told.quad // 2 == sign
        pair = np.minimum(told.actor, told.recipient)[some] * size + np.maximum(told.actor, told.recipient)[some]
        keys = np.sort(pair * 10**7 + told.day[some])
        own = (np.minimum(a, b) * size + np.maximum(a, b)) * 10**7 + begin
        so_far.append(np.searchsorted(keys, own + days) - np.searchsorted(keys, own))
    now = np.log1p(np.stack(so_far, axis=1))
    out: Array = np.concatenate([at.features[a, b, w], np.log(habit[a, b, w] + 0.05)[:, None], now], axis=1)
    return out


def _as_if_alike(theirs: Array, marks: Array, own: Array, weight: Array) -> Array:
    """What placebos (cases × matched × weeks × 9) would have shown, had they stood just as their cases did: by regression on what they are
    matched on (cases × matched × 7; ``own``: cases × 7)."""
    cases, matched = theirs.shape[:2]
    x = np.concatenate([np.ones((cases * matched, 1)), marks.reshape(cases * matched, -1)], axis=1)
    root = np.sqrt(np.repeat(weight, matched))[:, None]
    pull = 1e-3 * np.trace((x * root).T @ (x * root)) / x.shape[1] * np.diag([0.0] + [1.0] * (x.shape[1] - 1))
    slopes = np.linalg.solve((x * root).T @ (x * root) + pull, (x * root).T @ (theirs.reshape(cases * matched, -1) * root))[1:]
    out: Array = theirs + ((own[:, None] - marks) @ slopes).reshape(theirs.shape)
    return out


def _touched(sought: Sought, roles: tuple[str, str], pool: Ints, days: Ints) -> Flags:
    """Cells on whose very day the pair did such an act or, where cases look at third parties, one of the two did.

    Other days are not looked at: what comes after must not decide what is compared, and what came before is what cells are matched on.
    """
    a, b, _ = pool.T
    actor, recipient, day = sought.days.T
    if "third" not in roles:
        done = (actor * _KEY + recipient) * 10**7 + day
        out: Flags = np.isin((a * _KEY + b) * 10**7 + days, done) | np.isin((b * _KEY + a) * 10**7 + days, done)
        return out
    done = (actor if "actor" in roles else recipient) * 10**7 + day
    out = np.isin(a * 10**7 + days, done) | np.isin(b * 10**7 + days, done)
    return out if (~out).sum() > max(4 * _MATCHED, 0.1 * len(pool)) else np.zeros(len(pool), dtype=bool)


def _changes(at: Standings, rows: Ints, ahead: int) -> Array:
    """What changed from the week before, rows × weeks × 9: level, and acts ahead and back by quad class against their usual number."""
    a, b, w = rows.T
    steps = w[:, None] + np.arange(ahead)
    level = at.level[a[:, None], b[:, None], steps] - at.features[a, b, w, 0][:, None]
    both = [at.counts[x[:, None], y[:, None], steps] for x, y in ((a, b), (b, a))]
    before = np.clip(w[:, None] - 1 - np.arange(8), 0, None)
    usual = [at.counts[x[:, None], y[:, None], before].mean(axis=1)[:, None] for x, y in ((a, b), (b, a))]
    out: Array = np.concatenate([level[:, :, None], both[0] - usual[0], both[1] - usual[1]], axis=2)
    return out


def _without_the_act(told: History, at: Standings, cases: list[Case], own: Array, options: MeasuresOptions) -> Array:
    """What changed, had the act itself not counted: what followed from it alone."""
    out = own.copy()
    kept = 0.5 ** (WEEK / options.half_life_days)
    ahead = own.shape[1]
    fade = kept ** (np.arange(ahead) + 0.5)
    for n, c in enumerate(cases):
        a, r = int(told.actor[c.act]), int(told.recipient[c.act])
        if {a, r} != set(c.pair):
            continue
        today = slice(*np.searchsorted(told.day, told.day[c.act] + np.arange(2)))
        same = (told.event[today] == told.event[c.act]) & (told.actor[today] == a) & (told.recipient[today] == r)
        joint = 2 if told.once[c.act] < 1 else 1
        once = told.once[today][same]
        hostility, acts = -float((told.intensity[today][same] * once).sum()) * joint, float(once.sum()) * joint
        weeks = np.arange(c.week, c.week + ahead)
        level, mass = at.level[a, r, weeks], at.mass[a, r, weeks]
        without = (level * mass - fade * hostility) / np.maximum(mass - fade * acts, options.prior_acts)
        out[n, :, 0] += without - level
        for side in (0, 1) if joint == 2 else (0 if c.pair == (a, r) else 1,):
            out[n, 0, 1 + 4 * side + int(told.quad[c.act])] -= 1.0
    return out


def _placebo_studies(theirs: Array, weight: Array, rng: np.random.Generator) -> Array:
    """Studies × weeks × 9: each takes one matched placebo for each case, against the case's others."""
    cases, matched = theirs.shape[:2]
    mean = theirs.mean(axis=1, keepdims=True)
    apart = (theirs - mean) * np.sqrt(matched / (matched - 1)) * np.sqrt(1 + 1 / matched)
    out = np.zeros((_STUDIES, *theirs.shape[2:]))
    for n in range(_STUDIES):
        pick = apart[np.arange(cases), rng.integers(0, matched, cases)]
        out[n] = np.einsum("c,cwf->wf", weight, pick)
    return out


def _named(told: History, at: Standings, cases: list[Case], own: Array, theirs: Array) -> tuple[Analogue, ...]:
    out: list[Analogue] = []
    seen: set[int] = set()
    for n, c in enumerate(cases):
        if c.act in seen or len(out) == _NAMED:
            continue
        seen.add(c.act)
        k = c.act
        out.append(
            Analogue(
                str(told.event[k]),
                datetime.date.fromordinal(int(told.day[k])).isoformat(),
                told.actors[told.actor[k]],
                TYPES[int(told.kind[k])],
                str(told.label[k]) or None,
                told.actors[told.recipient[k]],
                (told.actors[c.pair[0]], told.actors[c.pair[1]]),
                round(c.likeness, 3),
                round(float(own[n, :, 0].mean()), 3),
                round(float(theirs[n, :, :, 0].mean()), 3),
            )
        )
    return tuple(out)


def _lasting(draws: Array, weeks: int) -> Array:
    """Effects over all weeks asked for: beyond those that cases tell of, the last is held."""
    if draws.shape[1] >= weeks:
        return draws[:, :weeks]
    return np.concatenate([draws, np.repeat(draws[:, -1:], weeks - draws.shape[1], axis=1)], axis=1)


def _alike(at: Standings, question: Question, ahead: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """What followed where pairs stood alike: levels (draws × weeks), and acts ahead and back (draws × weeks × 2 × 4)."""
    a, b = question.watch
    pool = cells(at, WARM, ahead)
    scale = np.array([1.0, 1.0, 0.3, 0.3])
    tree = cKDTree(at.features[pool[:, 0], pool[:, 1], pool[:, 2]] / scale)
    _, near = tree.query(next_features(at)[a, b] / scale, k=min(_FUTURES, len(pool)))
    rows = pool[np.atleast_1d(near)][rng.integers(0, min(_FUTURES, len(pool)), question.draws)]
    steps = rows[:, 2][:, None] + np.arange(ahead)
    change = at.level[rows[:, 0][:, None], rows[:, 1][:, None], steps] - at.features[rows[:, 0], rows[:, 1], rows[:, 2], 0][:, None]
    acts = np.stack([at.counts[rows[:, x][:, None], rows[:, y][:, None], steps] for x, y in ((0, 1), (1, 0))], axis=2)
    return _lasting(at.level[a, b, -1] + change, question.weeks), _lasting(acts, question.weeks)


def _measures(question: Question, level: Array, acts: Array, rng: np.random.Generator) -> dict[str, Array]:
    """The measures: influence and counts from the acts, tension from the level itself."""
    out = measured(question.standing, _flows(question, np.maximum(acts, 0.0), rng))
    out["tension"] = np.maximum(level, 0.0)
    return out


def _flows(question: Question, acts: Array, rng: np.random.Generator | None, others: bool = True) -> Flows:
    """Acts ahead and back as flows, with what the second deals with others as it did of late."""
    told = question.told
    b = question.watch[1]
    recent = told.day > told.last - 182
    pair = told.between(*question.watch)
    days = max(1, min(182, told.last - told.first + 1))
    away = [float((recent & ~pair & (side == b)).sum()) / days * WEEK for side in (told.actor, told.recipient)]
    shape = (len(acts), question.weeks)
    far = [np.zeros(shape) if rng is None or not others else rng.poisson(x, shape).astype(float) for x in away]
    return Flows(acts[:, :, 0], acts[:, :, 1], far[0], far[1])
