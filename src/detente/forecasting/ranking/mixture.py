"""A first guess at every answer: a mixture of the shares that the past suggests, weighted per type as it turned out.

The weights are learned by expectation-maximisation as days pass (Jelinek and Mercer 1980); the guess picks the candidates that the learned
order then looks at closely.
"""

from __future__ import annotations

import numpy as np

from .past import EVER, MONTHS, SWIFT, WEEKS, Past
from .tally import Floats, Longs, Tally, distinct

PARTS: tuple[tuple[str, int], ...] = (
    ("answers", SWIFT),
    ("answers", MONTHS),
    ("answers", EVER),
    ("partners", SWIFT),
    ("partners", MONTHS),
    ("partners", EVER),
    ("aimed", WEEKS),
    ("place_type", 1),
    ("place", 0),
    ("kind_type", 1),
    ("takers", WEEKS),
    ("takers", EVER),
    ("present", WEEKS),
)
"""Name of a tally and number of its half-life."""
USUAL = ("takers", "present", "place_type", "place", "kind_type")
"""Parts that bring candidates whom the asker has never met."""
Usual = dict[tuple[str, int], Longs]
MEMORY = 3000.0
"""Answers after which older responsibilities count half."""


class Mixture:
    """Weights per type over the :data:`PARTS`."""

    def __init__(self, ways: int) -> None:
        self.mass = np.zeros((ways, len(PARTS)))
        self.overall = np.ones(len(PARTS))

    def weights(self) -> Floats:
        """``(ways, parts)``; types seldom asked lean on all."""
        general = self.overall / self.overall.sum()
        mass = self.mass + 50 * general
        weights: Floats = (mass / mass.sum(1, keepdims=True)).astype(np.float32)
        return weights

    def learn(self, past: Past, s: Longs, r: Longs, o: Longs, day: int) -> None:
        """Counts what each part had said about answers before they were learned."""
        said = np.empty((len(s), len(PARTS)), np.float64)
        for k, (name, rate) in enumerate(PARTS):
            tally, groups, targets = tally_of(past, name, s, r, o)
            total = tally.totals(tally.group_rows(groups), day, rate)
            said[:, k] = tally.faded(tally.rows(groups, targets), day, rate) / np.maximum(total, 1e-9)
        for _ in range(2):
            share = said * self.weights()[r]
            share /= np.maximum(share.sum(1, keepdims=True), 1e-12)
            if _ == 0:
                self.overall = self.overall * 0.5 ** (len(s) / 20000) + share.sum(0)
        self.mass *= np.power(0.5, np.bincount(r, minlength=len(self.mass)) / MEMORY)[:, None]
        np.add.at(self.mass, r, share)

    def candidates(self, past: Past, s: Longs, r: Longs, day: int, most: int, usual: Usual) -> tuple[Longs, Longs, Floats]:
        """The likeliest answers to each question at first sight: out of all partners of the asker, and whoever is usual.

        Args:
            usual: what was worked out for this day already; hand in the same (first empty) one for all questions of a day.

        Returns:
            question, candidate and probability, sorted by question and candidate, ``min(most, actors)`` per question.
        """
        weights, n, actors = self.weights(), len(s), past.actors
        most = min(most, actors)
        rows, which = past.partners.members(s)
        keys = [which * actors + past.partners.target_of(rows)]
        for name in USUAL:
            tally, groups, _ = tally_of(past, name, s, r, s)
            for group, of in _grouped(groups):
                if (name, group) not in usual:
                    usual[name, group] = _likeliest(tally, group, day, most)
                keys.append((of[:, None] * actors + usual[name, group]).ravel())
        pool = distinct(np.concatenate(keys))
        short = np.flatnonzero(np.bincount(pool // actors, minlength=n) < most)
        if len(short):  # too little is known of anyone: the first actors by number fill up
            pool = distinct(np.r_[pool, (short[:, None] * actors + np.arange(min(2 * most, actors))).ravel()])
        question, candidate = pool // actors, pool % actors
        p = np.zeros(len(pool), np.float32)
        for name in dict.fromkeys(name for name, _ in PARTS):
            tally, groups, targets = tally_of(past, name, s[question], r[question], candidate)
            rows = tally.rows(groups, targets)
            met = np.flatnonzero(rows >= 0)
            of, rows = question[met], rows[met]
            group_rows = tally.group_rows(tally_of(past, name, s, r, s)[1])
            for k, rate in ((k, rate) for k, (part, rate) in enumerate(PARTS) if part == name):
                total = np.maximum(tally.totals(group_rows, day, rate), 1e-9)
                p[met] += tally.faded(rows, day, rate) * (weights[r, k] / total)[of]
        order = np.lexsort((-p, question))
        starts = np.searchsorted(question, np.arange(n))
        kept = np.sort(order[np.arange(len(order)) - starts[question[order]] < most])
        return question[kept], candidate[kept], p[kept]


def _grouped(groups: Longs) -> list[tuple[int, Longs]]:
    """Each distinct group and the positions it stands at."""
    order = np.argsort(groups, kind="stable")
    ends = np.flatnonzero(np.r_[np.diff(groups[order]) != 0, True]) + 1
    return [(int(groups[order[a]]), order[a:b]) for a, b in zip(np.r_[0, ends[:-1]], ends, strict=True)]


def _likeliest(tally: Tally, group: int, day: int, most: int) -> Longs:
    """The targets with the largest shares of a group, some by their recent and some by their slow counts."""
    rows, _ = tally.members(np.array([group]))
    if len(rows) <= most:
        return tally.target_of(rows)
    swift, slow = tally.faded(rows, day, 0 if len(tally.half_lives) < 5 else 1), tally.faded(rows, day, len(tally.half_lives) - 1)
    value = swift / max(float(swift.sum()), 1e-9) + slow / max(float(slow.sum()), 1e-9)
    return tally.target_of(rows[np.argpartition(-value, most - 1)[:most]])


def tally_of(past: Past, name: str, s: Longs, r: Longs, o: Longs) -> tuple[Tally, Longs, Longs]:
    """The tally of a part with its groups and targets for (s, r, o)."""
    if name in past.wide:
        return past.wide[name], past.wide_keys(s, r)[name], past.wide_target(name, s, o)
    groups = {
        "answers": s * past.ways + r,
        "partners": s,
        "aimed": s * 2 + (r >= past.types),
        "takers": r,
        "present": np.zeros(len(s), np.int64),
    }
    return getattr(past, name), groups[name], o
