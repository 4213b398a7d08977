"""Method: reciprocity as a vector autoregression, weekly, with third parties.

For each ordered pair (A, B) 18 variables, logarithms of one plus the acts of a week: cooperative and hostile, A→B, B→A, A→others,
B→others, and of these A→rivals of B, B→rivals of A, rivals of B→A, rivals of A→B; and all that others do to A or to B. One set of
equations for all pairs, four lags and the pair's own long-run levels, shrunk toward a random walk of each variable by itself the more the
longer the lag (Minnesota prior; Litterman 1986, J. Business & Economic Statistics 4). How the watched pair answers the very dyad that is
assumed to act is then told apart from how pairs in general do (:mod:`.heeding`). What is assumed enters as a condition on the path:
the other variables move as their errors moved with it, and then by the equations (conditional forecast; Waggoner & Zha 1999, Review of
Economics and Statistics 81).

Action and reaction of dyads: Goldstein & Freeman 1990, Three-Way Street; Brandt & Freeman 2006, Political Analysis 14; that rivals of one's
partners matter: Goldstein & Pevehouse 1997, American Political Science Review 91.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..history import WEEK, Array, Flags, History, Ints
from ..watching import Flows, measured
from .answering import course_rate
from .base import TYPICAL, Answer, CannotAnswer, Given, Question, Report
from .excitation import network_of
from .heeding import AFTER, slopes
from .likeness import usual

LAGS = 4
VARIABLES = 18
_TIGHT, _DECAY = 30.0, 1.0  # pulls toward the prior: of the first lag, and how it grows with the lag
_FEWEST_ROWS, _FEWEST_WEEKS = 150, 20
_MOST_PAIRS = 400
_ROWS, _CHANCES = 100, 12  # parameters, and futures of each, over which the expected change is taken
_SHARED = 12.0  # weeks of pairs that tell as much as one: both orders of a pair, and weeks that pairs share
_BEYOND = 3.0  # times the most acts a week that were told, and five more: the most there may be in futures
_LONG = 0.04  # weight of a week in the long-run level


@dataclass(frozen=True)
class Reciprocity:
    """Coefficients (regressors × 18), their spread (regressors × regressors, for unit error variance), error covariance (18 × 18), and who
    was whose rival when they were learned (N × N)."""

    coefficients: Array
    spread: Array
    errors: Array
    rivals: Array
    rows: int


def variables(told: History, pairs: Ints, rivals: Array) -> Array:
    """Pairs × weeks × 18, whole weeks counted back from the last day."""
    flow = _weekly(told)
    done, suffered = flow.sum(axis=1), flow.sum(axis=0)
    a, b = pairs[:, 0], pairs[:, 1]
    ahead, back = flow[a, b], flow[b, a]
    to_a, to_b = suffered[a] - back, suffered[b] - ahead
    parts = [ahead, back, done[a] - ahead, done[b] - back, np.stack([to_a.sum(axis=2), to_b.sum(axis=2)], axis=2)]
    to_rivals, by_rivals = (np.tensordot(rivals, x, axes=1) for x in (flow.transpose(1, 0, 2, 3), flow))  # of x, N × N × weeks × 2
    parts += [to_rivals[b, a], to_rivals[a, b], by_rivals[b, a], by_rivals[a, b]]
    out: Array = np.log1p(np.concatenate(parts, axis=2))
    return out


def _weekly(told: History) -> Array:
    """Acts of each dyad by week and sign, N × N × weeks × 2."""
    weeks, size = told.weeks, len(told.actors)
    start = told.last + 1 - weeks * WEEK
    inside = told.day >= start
    week = (told.day[inside] - start) // WEEK
    out = np.zeros((size, size, weeks, 2))
    np.add.at(out, (told.actor[inside], told.recipient[inside], week, (told.quad // 2)[inside]), 1.0)
    return out


def regressors(values: Array) -> Array:
    """For each week from LAGS on (and the one after the last): lags, long-run levels, one. Pairs × (weeks - LAGS + 1) × 91."""
    weeks = values.shape[1]
    ends = np.arange(LAGS, weeks + 1)
    parts = [values[:, ends - lag] for lag in range(1, LAGS + 1)]
    one = np.ones((len(values), len(ends), 1))
    out: Array = np.concatenate([*parts, _levels(values)[:, ends - 1], one], axis=2)
    return out


def _levels(values: Array) -> Array:
    """Long-run levels after each week, as ``values``."""
    level = np.zeros_like(values)
    mean = values[:, :LAGS].mean(axis=1)
    for w in range(values.shape[1]):
        mean = mean + max(_LONG, 1 / (w + LAGS + 1)) * (values[:, w] - mean)
        level[:, w] = mean
    return level


def _foreseen(values: Array, coefficients: Array) -> Array:
    """What the equations foresee of each week from LAGS on, pairs × (weeks - LAGS) × 18: :func:`regressors` times coefficients, part by
    part, since of many pairs and years all regressors at once are much to hold."""
    weeks, lags = values.shape[1], np.split(coefficients[:-1], LAGS + 1)
    out: Array = _levels(values)[:, LAGS - 1 : weeks - 1] @ lags[LAGS] + coefficients[-1]
    for lag in range(1, LAGS + 1):
        out += values[:, LAGS - lag : weeks - lag] @ lags[lag - 1]
    return out


def busiest(told: History, most: int = _MOST_PAIRS, fewest: int = 8) -> Ints:
    """Ordered pairs with acts in either direction, the busiest first; both orders of each."""
    size = len(told.actors)
    counts = np.bincount(told.actor * size + told.recipient, minlength=size * size).reshape(size, size)
    both = counts + counts.T
    a, b = np.nonzero(np.triu(both, 1) >= fewest)
    order = np.argsort(-both[a, b], kind="stable")[: most // 2]
    a, b = a[order], b[order]
    return np.concatenate([np.stack([a, b], axis=1), np.stack([b, a], axis=1)])


@dataclass(frozen=True)
class Var:
    """Reciprocity VAR."""

    name: str = "reciprocity"
    reference: str = "Goldstein & Freeman 1990; Brandt & Freeman 2006; Waggoner & Zha 1999"
    kind: type = Reciprocity

    def fit(self, told: History, report: Report | None = None) -> Reciprocity:
        """Learns the equations from the busiest pairs; no rows where the history is too short (then it cannot answer)."""
        pairs = busiest(told)
        if told.weeks < _FEWEST_WEEKS or len(pairs) == 0 or len(pairs) * (told.weeks - LAGS) < _FEWEST_ROWS:
            width = VARIABLES * (LAGS + 1) + 1
            none = np.zeros((len(told.actors), len(told.actors)))
            return Reciprocity(np.zeros((width, VARIABLES)), np.zeros((width, width)), np.eye(VARIABLES), none, 0)
        rivals: Array = network_of(told).ties[1]
        values = variables(told, pairs, rivals)
        x = regressors(values)[:, :-1].reshape(-1, VARIABLES * (LAGS + 1) + 1)
        y = values[:, LAGS:].reshape(-1, VARIABLES)
        if report:
            report(0.5)
        pull = np.concatenate([np.full(VARIABLES, _TIGHT * lag ** (2 * _DECAY)) for lag in range(1, LAGS + 1)])
        pull = np.concatenate([pull, np.full(VARIABLES, _TIGHT), [1e-3]])
        prior = np.zeros((x.shape[1], VARIABLES))
        prior[:VARIABLES] = 0.3 * np.eye(VARIABLES)
        prior[LAGS * VARIABLES : (LAGS + 1) * VARIABLES] = 0.5 * np.eye(VARIABLES)
        spread: Array = np.linalg.inv(x.T @ x + np.diag(pull)).astype(np.float64)
        coefficients = spread @ (x.T @ y + pull[:, None] * prior)
        left = y - x @ coefficients
        return Reciprocity(coefficients, spread, left.T @ left / len(left), rivals, len(left))

    def signals(self, fitted: Reciprocity, told: History, pairs: Ints, horizons: Sequence[int]) -> list[Array]:
        """Expected score, and expected acts by sign (logarithms), iterated as many weeks as each horizon."""
        values = variables(told, pairs, fitted.rivals)
        typical, long = _typical(told), usual(told, pairs)
        step, found = regressors(values), {}
        for n in range(1, max(horizons) + 1):
            now = np.maximum(step @ fitted.coefficients, 0.0)
            step = np.concatenate([now, step[..., : VARIABLES * (LAGS - 1)], step[..., VARIABLES * LAGS :]], axis=2)
            if n in horizons:
                good, bad = np.expm1(now[..., 0]), np.expm1(now[..., 1])
                total = good + bad
                out = np.zeros((len(pairs), values.shape[1] + 1, 3))
                out[:, LAGS:, 0] = (good * typical[0] + bad * typical[1]) / np.maximum(total, 1e-9) * (1 - np.exp(-total))
                out[:, LAGS:, 1], out[:, LAGS:, 2] = np.log(good + 0.05), np.log(bad + 0.05)
                found[n] = np.concatenate([out, long], axis=2)
        return [found[n] for n in horizons]

    def paths(self, fitted: Reciprocity, question: Question) -> Answer:
        """Draws of futures, with the same errors without and with the assumption."""
        told = question.told
        pair = np.array([question.watch])
        if fitted.rows < _FEWEST_ROWS:
            have = f"there are {told.weeks} and {fitted.rows}"
            raise CannotAnswer(f"it needs {_FEWEST_WEEKS} weeks and {_FEWEST_ROWS} weeks of busy pairs; {have}")
        values = variables(told, pair, fitted.rivals)
        seen = regressors(values)
        start = seen[:, -1]
        usual = np.expm1(values[0, -26:].mean(axis=0))
        most = np.log1p(_BEYOND * np.expm1(values[0].max(axis=0)) + 5)
        pushed, pulled = (_pushes(question, acts, usual, fitted.rivals) for acts in (question.added, question.removed))
        fixed = _fixed(question)
        if not pushed.any() and not pulled.any() and np.isnan(fixed).all():
            raise CannotAnswer("nothing that is assumed touches the watched pair or what it does to others")
        rng = np.random.default_rng(question.seed)
        root: Array = np.linalg.cholesky(fitted.errors + 1e-9 * np.eye(VARIABLES)).astype(np.float64)
        chance = rng.standard_normal((question.draws, question.weeks, VARIABLES)) @ root.T
        loose = np.linalg.cholesky(fitted.spread * _SHARED + 1e-12 * np.eye(len(fitted.spread)))
        errors = _errors_drawn(root, fitted.rows, question.draws, rng)
        width = len(fitted.spread)
        weights = fitted.coefficients + loose @ rng.standard_normal((question.draws, width, VARIABLES)) @ root.T
        free = np.full_like(fixed, np.nan)
        own_left = values[0, LAGS:] - seen[0, :-1] @ fitted.coefficients
        less, more = (_beyond(fitted, question, acts, own_left, rng) for acts in (question.removed, question.added))
        base = _run(weights, start, chance + _moved(errors, pulled) + less, free, most)
        with_ = _run(weights, start, chance + _moved(errors, pushed) + more, fixed, most, errors)
        some = np.repeat(weights[:_ROWS], _CHANCES, axis=0)
        same = np.tile(chance[:_CHANCES], (len(some) // _CHANCES, 1, 1))
        together = np.repeat(errors[:_ROWS], _CHANCES, axis=0)
        less, more = (np.repeat(x[:_ROWS], _CHANCES, axis=0) for x in (less, more))
        calm = _run(some, start, same + _moved(together, pulled) + less, free, most)
        moved = _run(some, start, same + _moved(together, pushed) + more, fixed, most, together)
        taken, put = (_themselves(question, acts, fitted.rivals) for acts in (question.removed, question.added))
        flows = [_flows(v, own, told, question, rng) for v, own in ((base, taken), (with_, put))]
        before, after = (measured(question.standing, _flows(v, own, told, question, None)) for v, own in ((calm, taken), (moved, put)))
        shift = {m: (after[m] - before[m]).reshape(-1, _CHANCES, question.weeks).mean(axis=1) for m in after}
        notes = (f"equations from {fitted.rows} weeks of pairs",)
        return Answer(measured(question.standing, flows[0]), measured(question.standing, flows[1]), shift, notes)


def _beyond(fitted: Reciprocity, question: Question, acts: tuple[Given, ...], own_left: Array, rng: np.random.Generator) -> Array:
    """How acts move the pair beyond the equations of all pairs, by what it did after such acts of that very dyad: draws × weeks × 18."""
    out = np.zeros((question.draws, question.weeks, VARIABLES))
    if not acts:
        return out
    told = question.told
    flow, pairs = _weekly(told), busiest(told)
    values = variables(told, pairs, fitted.rivals)
    left = values[:, LAGS:] - _foreseen(values, fitted.coefficients)
    for g in acts:
        week = g.offset // WEEK
        counts = flow[..., g.quad // 2]
        usual = float(counts[g.actor, g.recipient, -26:].mean())
        push = np.log1p(usual + g.times) - np.log1p(usual)
        dyad, logs = (g.actor, g.recipient), np.log1p(counts[:, :, LAGS - AFTER :])
        held = _touched(*dyad, *question.watch, g.quad // 2, fitted.rivals)
        gain = np.linalg.solve(fitted.errors[np.ix_(held, held)] + 1e-9 * np.eye(len(held)), fitted.errors[held, :4])
        both, own = (np.stack([x[..., :4] - x[..., held] @ gain, x[..., :4]]) for x in (left, own_left))
        drawn = push * slopes(both, own, pairs, logs, fitted.rivals, question.watch, dyad).drawn(question.draws, rng)
        drawn[:, 0, [v for v in held if v < 4]] = 0.0
        if week < question.weeks:
            out[:, week, :4] += drawn[:, 0]
        for w in range(week + 1, min(week + 1 + AFTER, question.weeks)):
            out[:, w, :4] += drawn[:, 1] / AFTER
    return out


def _typical(told: History) -> Array:
    """Mean intensity of cooperative and of hostile acts."""
    means = []
    for sign in range(2):
        some = told.intensity[told.quad // 2 == sign]
        means.append(float(some.mean()) if len(some) else (TYPICAL[0], TYPICAL[2])[sign])
    return np.array(means)


def _errors_drawn(root: Array, rows: int, draws: int, rng: np.random.Generator) -> Array:
    """Error covariances as they might be (Wishart, by so many weeks as are told for themselves), draws × 18 × 18."""
    many = int(np.clip(rows / _SHARED, VARIABLES + 2, 4000))
    out = np.empty((draws, VARIABLES, VARIABLES))
    for d in range(draws):
        x = rng.standard_normal((many, VARIABLES)) @ root.T
        out[d] = x.T @ x / many
    return out


def _moved(errors: Array, pushes: Array) -> Array:
    """How far all variables move where some are pushed (weeks × 18), as their errors went together: draws × weeks × 18."""
    out = np.zeros((len(errors), *pushes.shape))
    for w in np.flatnonzero(pushes.any(axis=1)):
        held: Flags = pushes[w] != 0
        gain = np.linalg.solve(errors[:, held][:, :, held] + 1e-9 * np.eye(int(held.sum())), errors[:, held])
        out[:, w] = np.einsum("h,dhv->dv", pushes[w, held], gain)
    return out


def _pushes(question: Question, acts: tuple[Given, ...], usual: Array, rivals: Array) -> Array:
    """How far acts push each variable, weeks × 18: one more act than usual of its kind."""
    out = np.zeros((question.weeks, VARIABLES))
    for g in acts:
        for v in _touched(g.actor, g.recipient, *question.watch, g.quad // 2, rivals):
            if g.offset // WEEK < question.weeks:
                out[g.offset // WEEK, v] += np.log1p(usual[v] + g.times) - np.log1p(usual[v])
    return out


def _themselves(question: Question, acts: tuple[Given, ...], rivals: Array) -> Array:
    """The assumed acts themselves, weeks × 18: they are not counted, only what follows from them."""
    out = np.zeros((question.weeks, VARIABLES))
    for g in acts:
        for v in _touched(g.actor, g.recipient, *question.watch, g.quad // 2, rivals):
            if g.offset // WEEK < question.weeks:
                out[g.offset // WEEK, v] += g.times
    return out


def _touched(actor: int, recipient: int, a: int, b: int, sign: int, rivals: Array) -> list[int]:
    """Variables that an act from ``actor`` to ``recipient`` counts in."""
    if (actor, recipient) == (a, b):
        return [sign]
    if (actor, recipient) == (b, a):
        return [2 + sign]
    out = [v for who, v in ((a, 4 + sign), (b, 6 + sign)) if actor == who] + [v for who, v in ((a, 8), (b, 9)) if recipient == who]
    at_rivals = ((actor == a and rivals[b, recipient]), (actor == b and rivals[a, recipient]))
    by_rivals = ((recipient == a and rivals[b, actor]), (recipient == b and rivals[a, actor]))
    return out + [10 + 2 * n + sign for n, fits in enumerate((*at_rivals, *by_rivals)) if fits]


def _fixed(question: Question) -> Array:
    """Values that a course holds, weeks × 18; NaN where variables are free."""
    out = np.full((question.weeks, VARIABLES), np.nan)
    told = question.told
    for first, course in question.courses:
        x, y = (told.index[c] for c in (course.actor, course.recipient))
        rate = course_rate(told, x, y, course.level) * WEEK
        if (x, y) in (question.watch, question.watch[::-1]):
            at = 0 if (x, y) == question.watch else 2
            weeks = slice(first // WEEK, first // WEEK + course.weeks)
            out[weeks, at], out[weeks, at + 1] = np.log1p(rate[:2].sum()), np.log1p(rate[2:].sum())
    return out


def _run(weights: Array, start: Array, chance: Array, fixed: Array, most: Array, errors: Array | None = None) -> Array:
    """Paths of the variables, draws × weeks × 18. Where some are fixed the errors of the others follow (Waggoner & Zha 1999).

    ``most``: no variable goes beyond it, so that draws of equations that are not stable do not run away."""
    draws, weeks = chance.shape[:2]
    x = np.repeat(start, draws, axis=0)
    out = np.empty((draws, weeks, VARIABLES))
    for w in range(weeks):
        now = (x[:, None] @ weights)[:, 0] + chance[:, w]
        held: Flags = ~np.isnan(fixed[w])
        if held.any() and errors is not None:
            gap = fixed[w, held] - now[:, held]
            gain = np.linalg.solve(errors[:, held][:, :, held] + 1e-9 * np.eye(int(held.sum())), errors[:, held])
            now = now + np.einsum("dh,dhv->dv", gap, gain)
            now[:, held] = fixed[w, held]
        now = np.clip(now, 0.0, most)
        out[:, w] = now
        level = x[:, VARIABLES * LAGS : VARIABLES * (LAGS + 1)]
        level = level + _LONG * (now - level)
        x = np.concatenate([now, x[:, : VARIABLES * (LAGS - 1)], level, x[:, -1:]], axis=1)
    return out


def _flows(values: Array, own: Array, told: History, question: Question, rng: np.random.Generator | None) -> Flows:
    """Acts a week from the variables, less ``own``: whole acts where drawn, as they were divided into quad classes before."""
    acts = np.maximum(np.expm1(values) - own, 0.0)
    if rng is not None:
        acts = np.floor(acts + rng.random(acts.shape))
    a, b = question.watch
    general = np.bincount(told.quad, minlength=4) + 1.0
    both = []
    for n, (x, y) in enumerate(((a, b), (b, a))):
        own = np.bincount(told.quad[(told.actor == x) & (told.recipient == y)], minlength=4) + 4 * general / general.sum()
        split = own.reshape(2, 2) / own.reshape(2, 2).sum(axis=1, keepdims=True)
        both.append((acts[:, :, 2 * n : 2 * n + 2, None] * split).reshape(*acts.shape[:2], 4))
    return Flows(both[0], both[1], acts[:, :, 6] + acts[:, :, 7], acts[:, :, 9])
