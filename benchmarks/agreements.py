"""The study of first agreements: what changes for a pair that signs its first formal agreement, against pairs that stood alike.

Pairs are of states (treaties are concluded between states: Vienna Convention 1969, article 2), and who acts for a state stands for it: in
histories that name persons a new head of government would else sign a "first" agreement with every old partner of the state.

A case is the first formal agreement (CAMEO 057) told of a pair, after a quarter of the history at least in which none is told: a history of
less than a few years can hardly know which is the first, since agreements before it are not told. The pair's series is its mean weekly
score (0 in a silent week), without agreements themselves. What changed is the mean of the twelve weeks after the week of signing, less that
of twelve weeks before. Controls are taken in the very same week (so that what moves everybody moves both), from pairs that dealt with each
other and had signed nothing yet, the ten that stood most alike: score and acts of the last weeks and of the year, and the trend of acts
(matching on what went before, in the same period: Imai, Kim & Wang 2023, American J. Political Science 67). Randomisation: one control in
the place of each case, many times.

Two ways of asking: ``episode`` ends what comes before four weeks before the signing, so that the talks that lead to an agreement belong to
it, not to what it is compared with (anticipation: Ashenfelter 1978, Review of Economics and Statistics 60); ``signature`` compares and
matches up to the day, so that what talks bring is taken off too.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.scenarios.history import KIND_OF, WEEK, Array, History, Ints

WEEKS, CONTROLS, STUDIES = 12, 10, 1999
#: weeks between what comes before and the signing
GAPS = {"episode": 4, "signature": 0}
#: in what units differences of :meth:`Weeks.before` are taken
_SCALE = np.array([0.7, 0.7, 0.5, 0.7, 0.5])
_YEAR = 52


class Weeks:
    """Score and acts of unordered pairs by week, without formal agreements; N × N × weeks, symmetric."""

    def __init__(self, told: History) -> None:
        size, self.weeks = len(told.actors), told.weeks
        start = told.last + 1 - self.weeks * WEEK
        week = (told.day - start) // WEEK
        signs = (told.kind == KIND_OF["SUPPORT"]) & (told.label == "sign")
        use = (week >= 0) & ~signs
        balance, count = np.zeros((2, size, size, self.weeks))
        at = (told.actor[use], told.recipient[use], week[use])
        np.add.at(balance, at, told.intensity[use])
        np.add.at(count, at, 1.0)
        balance, count = balance + balance.transpose(1, 0, 2), count + count.transpose(1, 0, 2)
        score = np.where(count > 0, balance / np.maximum(count, 1), 0.0)
        self.score, self.acts = (np.concatenate([np.zeros((size, size, 1)), x.cumsum(axis=2)], axis=2) for x in (score, count))
        self.first = np.full((size, size), 10**6)
        for k in np.flatnonzero(signs).tolist():
            a, b = int(told.actor[k]), int(told.recipient[k])
            self.first[a, b] = self.first[b, a] = min(self.first[a, b], int(week[k]))

    def mean(self, of: Array, first: int, after: int) -> Array:
        """Mean of the weeks ``first`` … ``after`` - 1 of all pairs, N × N."""
        first = max(0, first)
        out: Array = (of[:, :, after] - of[:, :, first]) / (after - first)
        return out

    def before(self, end: int) -> Array:
        """How all pairs stood before week ``end``: N × N × 5."""
        acts = [np.log(self.mean(self.acts, end - n, end) + 0.05) for n in (WEEKS, 4, _YEAR)]
        return np.stack([self.mean(self.score, end - WEEKS, end), self.mean(self.score, end - _YEAR, end), *acts], axis=2)

    def change(self, week: int, gap: int) -> Array:
        """Mean score of the weeks after less that of the weeks before, N × N."""
        return self.mean(self.score, week + 1, week + 1 + WEEKS) - self.mean(self.score, week - gap - WEEKS, week - gap)


def study(told: History) -> dict[str, Any]:
    """Effects on the pair itself and on a party with the third it dealt with most, against controls; points of the weekly score."""
    at = Weeks(told)
    lead = max(at.weeks // 4, WEEKS + max(GAPS.values()))
    pairs = [(a, b, int(at.first[a, b])) for a, b in zip(*np.triu_indices(len(told.actors), 1), strict=True)]
    signed = [(int(a), int(b), w) for a, b, w in pairs if lead <= w < at.weeks - WEEKS]
    out: dict[str, Any] = {}
    for name, gap in GAPS.items():
        rng = np.random.default_rng(1)
        cases = [(a, b, w) for a, b, w in signed if at.mean(at.acts, w - gap - WEEKS, w - gap)[a, b] > 0]
        for who, rows in (("own pair", [(c, c[:2]) for c in cases]), ("third parties", _thirds(at, cases, gap, rng))):
            out[f"{who}, {name}"] = _against_controls(at, rows, gap, rng)
    return out


def _against_controls(
    at: Weeks, rows: list[tuple[tuple[int, int, int], tuple[int, int]]], gap: int, rng: np.random.Generator
) -> dict[str, Any]:
    own, theirs, level = [], [], []
    for (a, b, week), pair in rows:
        stood, change = at.before(week - gap), at.change(week, gap)
        free = _controls(at, week, gap)
        free[[a, b]] = free[:, [a, b]] = False
        first, second = np.nonzero(np.triu(free, 1))
        if len(first) < CONTROLS:
            continue
        far = (np.abs(stood[first, second] - stood[pair]) / _SCALE).sum(axis=1)
        near = np.argsort(far, kind="stable")[:CONTROLS]
        own.append(change[pair])
        theirs.append(change[first[near], second[near]])
        level.append(stood[pair][0] - stood[first[near], second[near], 0].mean())
    if not own:
        return {"cases": 0}
    placebo = np.array(theirs)
    apart = placebo - placebo.mean(axis=1, keepdims=True)
    effect = float((np.array(own) - placebo.mean(axis=1)).mean())
    drawn = np.array([apart[np.arange(len(own)), rng.integers(0, CONTROLS, len(own))].mean() for _ in range(STUDIES)])
    drawn *= np.sqrt((1 + 1 / CONTROLS) * CONTROLS / (CONTROLS - 1))
    low, high = np.percentile(drawn, (5, 95))
    return {
        "cases": len(own),
        "effect": round(effect, 4),
        "placebo 90%": [round(float(low), 4), round(float(high), 4)],
        "se": round(float(drawn.std()), 4),
        "p": round((1 + int((drawn >= effect).sum())) / (STUDIES + 1), 4),
        "changed": round(float(np.mean(own)), 4),
        "controls changed": round(float(placebo.mean()), 4),
        "stood apart before": round(float(np.mean(level)), 4),
    }


def _controls(at: Weeks, week: int, gap: int) -> Array:
    """Pairs that dealt with each other and have signed nothing yet, N × N flags."""
    out: Array = (at.mean(at.acts, week - gap - WEEKS, week - gap) > 0) & (at.first > week)
    return out


def _thirds(at: Weeks, cases: list[tuple[int, int, int]], gap: int, rng: np.random.Generator) -> list[Any]:
    """For each case one of the parties, by lot, with the third party it dealt with most before."""
    out = []
    for a, b, w in cases:
        x = a if rng.random() < 0.5 else b
        dealt: Ints = at.mean(at.acts, w - gap - WEEKS, w - gap)[x].copy()
        dealt[[a, b]] = 0
        if dealt.max() > 0:
            k = int(np.argmax(dealt))
            out.append(((a, b, w), (min(x, k), max(x, k))))
    return out


def together(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Several studies as one, weighed by how sure each is: the effect, its standard error by placebo, and the 90% of chance alone."""
    out = {}
    for name in found[0] if found else ():
        told = [(s[name]["effect"], s[name]["se"]) for s in found if s[name]["cases"]]
        weight = np.array([1 / se**2 for _, se in told])
        effect, se = float(weight @ [e for e, _ in told] / weight.sum()), float(weight.sum() ** -0.5)
        out[name] = {"effect": round(effect, 4), "se": round(se, 4), "placebo 90%": [round(-1.645 * se, 4), round(1.645 * se, 4)]}
    return out
