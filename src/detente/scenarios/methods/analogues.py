"""Method: past cases of the same act, against placebos.

A case is an act of the same kind (type and mode; else type) and, for it, the pair that stands to it as the watched pair stands to the
act that is assumed: its actor, its recipient, or a third party that is most like. What changed for that pair in the weeks after, less
what changed in placebo weeks and pairs that stood alike and saw no such act (matching against regression to the mean), is the effect;
cases that are more like weigh more. Placebo studies of the same size, drawn from the matched weeks, tell what chance alone would show.

Event study: MacKinlay 1997, J. Economic Literature 35; matching on what went before: Imai, Kim & Wang 2023, American J. Pol. Science 67;
randomisation p: Fisher 1935, The Design of Experiments.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from ...config import MeasuresOptions
from ...records import TYPES
from ..history import KIND_OF, WEEK, Array, Flags, History, Ints, panel
from ..language import told_modes
from ..result import Analogue, Placebo
from ..watching import Flows, expected, measured
from .base import FUTURES, Answer, CannotAnswer, Given, Question, Report
from .likeness import standing_features
from .standings import BUSY, Standings, cells, next_features, standings

FEWEST_CASES = 5
_WARM, _AHEAD_LEAST = 10, 4
_MATCHED, _STUDIES, _FUTURES = 12, 999, 160
_MOST_CASES, _THIRDS, _POOL = 200, 2, 20_000
_NAMED = 12


@dataclass(frozen=True)
class Counted:
    """How many acts there are to look among."""

    acts: int


@dataclass(frozen=True)
class Case:
    """A past act and the pair that was looked at."""

    act: int  # place in the history
    pair: tuple[int, int]
    week: int
    likeness: float


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

    def signals(self, fitted: Counted, told: History, pairs: Ints, horizon: int) -> Array:
        """How each dyad stood before each week."""
        return standing_features(panel(told, pairs), panel(told, pairs[:, ::-1]))

    def paths(self, fitted: Counted, question: Question) -> Answer:
        """Baseline: what followed where pairs stood alike; scenario: with the effect that past cases had."""
        told = question.told
        acts = [(g, 1.0) for g in question.added] + [(g, -1.0) for g in question.removed]
        if not acts:
            raise CannotAnswer("it knows past cases of acts, not of courses")
        ahead = min(question.weeks, max(_AHEAD_LEAST, told.weeks // 4))
        at = standings(told, question.options)
        rng = np.random.default_rng(question.seed)
        studies = [(study(told, at, g, question, ahead, rng), sign * g.times) for g, sign in acts]
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


def study(told: History, at: Standings, given: Given, question: Question, ahead: int, rng: np.random.Generator) -> Study:
    """The cases of one act, held against placebos. Raises :class:`CannotAnswer` where there are fewer than FEWEST_CASES."""
    roles = _roles(given, question.watch)
    found, kind = _same_kind(told, given, at, ahead)
    mine = _stands(at, given.actor, given.recipient, question.watch, next_features(at))
    cases = _cases(told, at, found, roles, mine, ahead)
    if len({c.act for c in cases}) < FEWEST_CASES:
        raise CannotAnswer(f"it needs {FEWEST_CASES} past cases; {len({c.act for c in cases})} of {kind} are told with a comparable pair")
    pool = cells(at, _WARM, ahead)
    pool = pool[~_touched(told, at, given, roles, pool)]
    if len(pool) > _POOL:
        pool = pool[np.sort(rng.choice(len(pool), _POOL, replace=False))]
    if len(pool) < 4 * _MATCHED:
        raise CannotAnswer("there are too few weeks without such an act to compare with")
    habit = habits(at, given.quad)
    tree = cKDTree(_place_of(at, habit, pool))
    rows = np.array([[*c.pair, c.week] for c in cases])
    _, near = tree.query(_place_of(at, habit, rows), k=_MATCHED)
    matched = pool[near]  # cases × matched × 3
    own, theirs = _changes(at, rows, ahead), _changes(at, matched.reshape(-1, 3), ahead)
    own = _without_the_act(told, at, cases, own, question.options)
    theirs = theirs.reshape(len(cases), _MATCHED, ahead, -1)
    weight = np.array([c.likeness for c in cases])
    weight = weight / weight.sum()
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
    return Study(tension, acts[None] + noise[:, :, 1:].reshape(-1, ahead, 2, 4), placebo, _named(told, at, cases, own, theirs), kind)


def _roles(given: Given, watch: tuple[int, int]) -> tuple[str, str]:
    """What the watched two are to the act; one of them may be a third party."""
    known = {given.actor: "actor", given.recipient: "recipient"}
    roles = known.get(watch[0], "third"), known.get(watch[1], "third")
    if roles == ("third", "third"):
        raise CannotAnswer("the act is between others than the watched pair")
    return roles


def _same_kind(told: History, given: Given, at: Standings, ahead: int) -> tuple[Ints, str]:
    """Acts of the same type and mode where there are enough of these, else of the type."""
    same = (told.kind == KIND_OF[given.type]) & (told.day >= at.start + _WARM * WEEK) & (told.day < at.start + (at.weeks - ahead) * WEEK)
    if given.mode:
        stems = told_modes().get(given.type, {}).get(given.mode, ())
        fits: Flags = np.array([str(w) == given.mode or str(w).lower().startswith(stems) for w in told.label], dtype=bool)
        if (same & fits).sum() >= 2 * FEWEST_CASES:
            return np.flatnonzero(same & fits), f"{given.type} {given.mode}"
    return np.flatnonzero(same), given.type


def _stands(at: Standings, actor: int, recipient: int, pair: tuple[int, int], features: Array) -> Array:
    """What makes cases alike: the act's two, the pair, and the tie of the pair's third to the act's other (N × N × 4 features)."""
    act, seen = features[actor, recipient], features[pair[0], pair[1]]
    third = next((k for k in pair if k not in (actor, recipient)), None)
    inside = next((k for k in pair if k in (actor, recipient)), actor)
    other = recipient if inside == actor else actor
    tie = features[third, other][:2] if third is not None else np.zeros(2)
    out: Array = np.concatenate([act, seen, tie])
    return out


_APART = np.array([2.0, 2.0, 0.7, 0.7, 1.5, 1.5, 0.5, 0.5, 2.0, 2.0])


def _cases(told: History, at: Standings, found: Ints, roles: tuple[str, str], mine: Array, ahead: int) -> list[Case]:
    """The cases, the most alike first; of one dyad and week only one, and thirds that are most like."""
    week = (told.day[found] - at.start) // WEEK
    keys = np.unique(np.stack([told.actor[found], told.recipient[found], week], axis=1), axis=0, return_index=True)[1]
    out: list[Case] = []
    for n in keys.tolist():
        act, w = int(found[n]), int(week[n])
        a, r = int(told.actor[act]), int(told.recipient[act])
        features = at.features[:, :, w]
        place = {"actor": a, "recipient": r}
        if "third" not in roles:
            pairs = [(place[roles[0]], place[roles[1]])] if features[a, r, 3] > BUSY else []
        else:
            fixed = place[roles[0] if roles[1] == "third" else roles[1]]
            thirds = np.flatnonzero(features[fixed, :, 3] > BUSY)
            pairs = [(int(k), fixed) if roles[0] == "third" else (fixed, int(k)) for k in thirds if k not in (a, r)]
        near = [(float(np.exp(-0.25 * (((_stands(at, a, r, p, features) - mine) / _APART) ** 2).sum())), p) for p in pairs]
        out += [Case(act, p, w, like) for like, p in sorted(near, key=lambda x: -x[0])[:_THIRDS] if like > 1e-4]
    taken: dict[tuple[int, int], list[int]] = {}
    kept = []
    for c in sorted(out, key=lambda c: -c.likeness):
        before = taken.setdefault(c.pair, [])
        if all(abs(c.week - w) >= ahead // 2 for w in before):  # weeks of one pair that overlap are not two cases
            before.append(c.week)
            kept.append(c)
    return kept[:_MOST_CASES]


def habits(at: Standings, quad: int) -> Array:
    """How often each pair did acts of a quad class before each week (long mean, either direction), N × N × weeks."""
    both = at.counts[:, :, :, quad] + at.counts[:, :, :, quad].transpose(1, 0, 2)
    out = np.zeros_like(both)
    mean = np.zeros(both.shape[:2])
    for w in range(at.weeks):
        out[:, :, w] = mean
        mean = mean + max(0.04, 1 / (w + 1)) * (both[:, :, w] - mean)
    return out


def _place_of(at: Standings, habit: Array, rows: Ints) -> Array:
    """What placebos are matched on, rows × 5."""
    a, b, w = rows.T
    seen = at.features[a, b, w] / np.array([1.0, 1.0, 0.3, 0.3])
    out: Array = np.concatenate([seen, np.log(habit[a, b, w] + 0.05)[:, None] / 0.3], axis=1)
    return out


def _touched(told: History, at: Standings, given: Given, roles: tuple[str, str], pool: Ints) -> Flags:
    """Cells in whose very week the pair did such an act or, where cases look at third parties, one of the two did.

    Later weeks are not looked at: what comes after must not decide what is compared.
    """
    same = told.kind == KIND_OF[given.type]
    week = (told.day - at.start) // WEEK
    keep = same & (week >= 0) & (week < at.weeks)
    did = np.zeros((len(told.actors), len(told.actors), at.weeks), dtype=bool)
    did[told.actor[keep], told.recipient[keep], week[keep]] = True
    a, b, w = pool.T
    if "third" not in roles:
        out: Flags = did[a, b, w] | did[b, a, w]
        return out
    of: Flags = np.asarray(did.any(axis=1) if "actor" in roles else did.any(axis=0))
    out = of[a, w] | of[b, w]
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
        same = (told.event == told.event[c.act]) & (told.actor == a) & (told.recipient == r)
        joint = 2 if told.once[c.act] < 1 else 1
        hostility, acts = -float((told.intensity * told.once)[same].sum()) * joint, float(told.once[same].sum()) * joint
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
    pool = cells(at, _WARM, ahead)
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
