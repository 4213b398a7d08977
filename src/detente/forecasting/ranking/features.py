"""What is known of each candidate when a question is asked, as numbers that a learned order can weigh.

A feature's name begins with its group (``answers.``, ``rules.`` ...): reasons are told per group.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from .company import ALIKE, WALKS, Company
from .past import BROAD, EVER, SEASONS, SLOW, Past
from .tally import Floats, Longs, Tally

NEVER = 5000
MIND = np.float32(0.3)
"""Share of what comes to mind in the guess that the order begins from."""


class Columns:
    """Named columns of one length."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.values: list[Floats] = []

    def add(self, name: str, value: Floats) -> Floats:
        """Appends a column and hands it back."""
        self.names.append(name)
        value = value.astype(np.float32, copy=False)
        self.values.append(value)
        return value

    def matrix(self) -> Floats:
        """``(rows, columns)``."""
        return np.stack(self.values, 1)


def measure(
    past: Past, company: Company, s: Longs, r: Longs, question: Longs, o: Longs, guess: Floats, pull: Floats, recalled: Floats
) -> tuple[Floats, list[str]]:
    """Features of candidates on the day that ``company`` was made for.

    Args:
        s, r: the questions ``(questions,)``. question, o, guess, pull, recalled: the candidates ``(rows,)``, sorted by question.

    Returns:
        ``(rows, features)`` and the features' names.
    """
    out, day = Columns(), company.day
    starts = np.searchsorted(question, np.arange(len(s)))
    qs, qr, ways = s[question], r[question], past.ways
    reverse = np.where(r < past.types, r + past.types, r - past.types)
    q_reverse = reverse[question]

    def shares(name: str, tally: Tally, groups: Longs, rates: tuple[float, ...], rows: Longs, which: range) -> None:
        group_rows = tally.group_rows(groups)
        for k in which:
            total = np.maximum(tally.totals(group_rows, day, k), 1e-6)
            label = "ever" if rates[k] > 1e6 else f"{rates[k]:g}d"
            out.add(f"{name}.share_{label}", tally.faded(rows, day, k) / total[question])

    def ages(name: str, tally: Tally, rows: Longs, *, more: bool = False) -> Floats:
        age = out.add(f"{name}.age", tally.age(rows, day, NEVER))
        if more:
            known = rows >= 0
            before = tally.pairs.before[rows]
            out.add(f"{name}.age_before", np.where(known & (before >= 0), day - before, NEVER))
            out.add(f"{name}.age_first", np.where(known, day - tally.pairs.first[rows], NEVER))
        return age

    def standing(name: str, value: Floats) -> None:
        """Rank within the question, and ratio to the best."""
        best = np.maximum.reduceat(value, starts) if len(value) else value
        out.add(f"{name}_of_best", value / np.maximum(best, 1e-12)[question])
        order = np.lexsort((-value, question))
        place = np.empty(len(value), np.float32)
        place[order] = np.arange(len(value)) - starts[question[order]]
        out.add(f"{name}_place", place)

    # the first guess
    out.add("guess.p", np.log(np.maximum(guess, 1e-9)))
    standing("guess.p", guess)

    # affinity: what actors like these do
    lean = np.log(np.maximum((1 - MIND) * guess + MIND * np.exp(recalled), 1e-7)) + pull
    top = np.maximum.reduceat(lean, starts)
    standing("affinity.p", np.exp(lean - top[question]))
    out.add("affinity.pull", pull)
    out.add("affinity.lean", lean)

    # what the asker's last facts call to mind
    out.add("recalled.p", recalled)
    out.add("recalled.of_best", recalled - np.maximum.reduceat(recalled, starts)[question])
    standing("recalled.p", np.exp(recalled))
    both = recalled + lean
    out.add("recalled.and_lean", both - np.maximum.reduceat(both, starts)[question])
    out.add("question.recalled_best", np.maximum.reduceat(recalled, starts)[question])

    # the same question before
    answers = past.answers.rows(qs * ways + qr, o)
    shares("answers", past.answers, s * ways + r, SLOW, answers, range(5))
    out.add("answers.count", past.answers.pairs.count[answers] * (answers >= 0))
    standing("answers.recency", -ages("answers", past.answers, answers, more=True) + NEVER + 1)
    standing("answers.fade", past.answers.faded(answers, day, 2))

    # the two together, in anything
    partners = past.partners.rows(qs, o)
    shares("partners", past.partners, s, SLOW, partners, range(5))
    out.add("partners.count", past.partners.pairs.count[partners] * (partners >= 0))
    standing("partners.recency", -ages("partners", past.partners, partners, more=True) + NEVER + 1)
    for k in (0, 2):
        out.add(f"partners.heat_{SLOW[k]:g}d", past.partners.faded(partners, day, k))
    way = (r >= past.types).astype(np.int64)
    aimed = past.aimed.rows(qs * 2 + way[question], o)
    shares("aimed", past.aimed, s * 2 + way, SLOW, aimed, range(0, 4))
    ages("aimed", past.aimed, aimed)

    # from the other's side
    mirror_group = past.answers.group_rows(o * ways + q_reverse)
    for k in (1, 2, 4):
        total = np.maximum(past.answers.totals(mirror_group, day, k), 1e-6)
        out.add(f"mirror.share_{k}", past.answers.faded(answers, day, k) / total)
    out.add("mirror.total_ever", past.answers.totals(mirror_group, day, 4))
    out.add("mirror.total_30d", past.answers.totals(mirror_group, day, 2))
    o_group = past.partners.group_rows(o)
    for k in (1, 3):
        total = np.maximum(past.partners.totals(o_group, day, k), 1e-6)
        out.add(f"mirror.all_share_{k}", past.partners.faded(partners, day, k) / total)
    back = past.answers.rows(qs * ways + q_reverse, o)
    ages("back", past.answers, back)
    shares("back", past.answers, s * ways + reverse, SLOW, back, range(1, 4, 2))

    # the candidate by itself
    takers = past.takers.rows(qr, o)
    shares("takers", past.takers, r, SLOW, takers, range(0, 5, 2))
    ages("takers", past.takers, takers)
    nothing = np.zeros(len(o), np.int64)
    present = past.present.rows(nothing, o)
    shares("present", past.present, np.zeros(len(s), np.int64), SLOW, present, range(0, 5, 2))
    ages("present", past.present, present)
    out.add("present.count", past.present.pairs.count[present] * (present >= 0))
    out.add("present.burst", past.present.faded(present, day, 0) / np.maximum(past.present.faded(present, day, 3), 0.05))

    # kin
    home, kind = past.home, past.kin.kind
    groups = past.wide_keys(s, r)
    for name, group in groups.items():
        tally = past.wide[name]
        target = past.wide_target(name, qs, o)
        rows = tally.rows(group[question], target)
        shares(f"kin_{name}", tally, group, BROAD, rows, range(0, 3, 2) if name != "place_type" else range(3))
        if name in ("place_type", "kind_type", "place"):
            ages(f"kin_{name}", tally, rows)
            base, base_rows = (past.present, present) if name == "place" else (past.takers, takers)
            for k, slow in ((1, SEASONS), (2, EVER)):  # how much of what the candidate meets is of this kin
                whole = np.maximum(base.faded(base_rows, day, slow), 0.05)
                out.add(f"kin_{name}.of_all_{k}", tally.faded(rows, day, k) / whole)
    out.add("kin.same_place", np.where((home[qs] > 0) & (home[o] > 0), home[qs] == home[o], -1))
    out.add("kin.told_place", (past.kin.place[o] > 0) * 1.0)
    out.add("kin.state", (kind[o] == 1) + 2.0 * (kind[s] == 1)[question])

    # company
    for k in ALIKE:
        out.add(f"company.alike_{k}", company.alike(s, question, o, k))
    for k in WALKS:
        out.add(f"company.walk_{k}", company.walked(s, question, o, k))

    # what is new
    new_acts, new_partners, met_anew = past.fresh.shares()
    out.add("question.new_acts", new_acts[qs])
    out.add("question.new_partners", new_partners[qs])
    out.add("present.met_anew", met_anew[o])
    out.add("present.met_anew_count", past.fresh.met_anew[o])

    # rules
    link_rows, of = past.links.members(qs * past.actors + o)
    bodies = past.rules.body(past.links.target_of(link_rows), day - past.links.pairs.last[link_rows])
    confidence = past.rules.confidences_of(qr[of], bodies)
    best, total, noisy, second = (np.zeros(len(o), np.float32) for _ in range(4))
    if len(of):
        first = np.flatnonzero(np.r_[True, np.diff(of) > 0])
        row = of[first]
        best[row] = np.maximum.reduceat(confidence, first)
        total[row] = np.add.reduceat(confidence, first)
        noisy[row] = np.add.reduceat(-np.log1p(-np.minimum(confidence, 0.999)), first)
        rest = np.where(confidence >= best[of], 0, confidence)
        second[row] = np.maximum.reduceat(rest, first)
    out.add("rules.best", best)
    out.add("rules.second", second)
    out.add("rules.sum", total)
    out.add("rules.noisy_or", noisy)
    standing("rules.noisy_or", noisy)
    standing("rules.best", best)

    # the question itself
    def asked(name: str, value: npt.NDArray[Any]) -> None:
        out.add(f"question.{name}", value[question])

    group = past.answers.group_rows(s * ways + r)
    for k in (1, 4):
        asked(f"answers_total_{k}", past.answers.totals(group, day, k))
    group = past.partners.group_rows(s)
    for k in (1, 4):
        asked(f"actor_total_{k}", past.partners.totals(group, day, k))
    asked("type_total", past.takers.totals(past.takers.group_rows(r), day, 4))
    asked("way", way)
    asked("novelty", past.novelty(r))
    asked("top_guess", np.maximum.reduceat(guess, starts))
    return out.matrix(), out.names
