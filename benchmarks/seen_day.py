#!/usr/bin/env python3
"""What it is worth to see who is asked about on the day itself: ``python benchmarks/seen_day.py DIR``.

Methods that answer all questions of a day at once may let them read each other. LogCL (Chen et al., ICDE 2024) does: its code gives every
actor the types it is asked with on the test day, one direction at a time, and these shape the actor also where it is a candidate. That B is
asked 'whom does it host a visit of?' tells who answers 'whom does A visit?'. detente's ranking reads nothing of the day asked about.

Learned from ``train``, asked on ``valid`` as forecasting.py does it. Then its scores are ordered anew by a small LambdaMART that also sees
with which types, in the same direction, a candidate is asked on that day and how well these went with the type asked in ``train``; it is
learned on one half of the days and judged on the other, both ways. Both figures are printed: the second is no forecast.
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lightgbm
import numpy as np
import numpy.typing as npt
from forecasting import load

from detente.forecasting.facts import Facts
from detente.forecasting.ranker import Batch, Forecaster, Options
from detente.forecasting.ranking.evaluation import Score, ranks_of
from detente.forecasting.ranking.stream import questions_of

Floats = npt.NDArray[np.float64]
Asked = tuple[dict[int, set[int]], dict[int, set[int]]]  # per direction: actor -> types it is asked with
PRIOR = 5.0  # answers by which an association is shrunk to none
ABSENT = -5.0
TREES = {"objective": "lambdarank", "learning_rate": 0.05, "num_leaves": 15, "min_child_samples": 200, "lambdarank_truncation_level": 20,
         "verbose": -1, "num_threads": 1, "seed": 1}  # fmt: skip


def triples(facts: Facts) -> Iterator[tuple[int, int, int]]:
    """Actor, type, recipient of each fact."""
    return zip(facts.actor.tolist(), facts.type.tolist(), facts.recipient.tolist(), strict=True)


def asked_on(facts: Facts) -> Asked:
    """With which types each actor is asked on a day: 'whom?' of those who act, 'who?' of those acted on."""
    out: Asked = (defaultdict(set), defaultdict(set))
    for actor, type_, recipient in triples(facts):
        out[0][actor].add(type_)
        out[1][recipient].add(type_)
    return out


def associations(known: Facts) -> Floats:
    """Per direction, type asked and type that an answer is itself asked with on that day: how much likelier than any actor (log)."""
    types, actors = len(known.types), len(known.actors)
    both, answers, base = np.zeros((2, types, types)), np.zeros((2, types, 1)), np.zeros((2, 1, types))
    for day in known.days:
        facts = known.on(day)
        asked = asked_on(facts)
        for way in (0, 1):
            for own in asked[way].values():
                base[way, 0, list(own)] += 1
        for actor, type_, recipient in triples(facts):
            answers[:, type_] += 1
            for way, answer in ((0, recipient), (1, actor)):
                both[way, type_, list(asked[way].get(answer, ()))] += 1
    base /= actors * len(known.days)
    smooth = PRIOR * 50 * base
    return np.asarray(np.log((both + smooth + 1e-12) / (answers * base + smooth + 1e-12)))


def seen(batch: Batch, facts: Facts, worth: Floats) -> Floats:
    """Features of each candidate: its score; whether, with how many types, with the type itself it is asked; the associations of these."""
    types = worth.shape[1]
    asked = asked_on(facts)
    askers, asked_with = questions_of(facts, types)[:2]
    out = np.zeros((len(batch.question), 7))
    out[:, 0], out[:, 4], out[:, 5] = batch.score, ABSENT, ABSENT
    for n, (q, candidate) in enumerate(zip(batch.question.tolist(), batch.candidate.tolist(), strict=True)):
        way, of = divmod(int(asked_with[q]), types)
        own = asked[way].get(candidate)
        if own and candidate != askers[q]:
            found = worth[way, of, list(own)]
            out[n, 1:] = 1, len(own), of in own, found.max(), found.sum(), found.min()
    return out


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    known, later = load(given.folder, "valid")
    options = Options()
    forecaster = Forecaster.fit(known, replace(options, learning=replace(options.learning, threads=given.threads)))
    worth, actors = associations(known), len(known.actors)
    days = []
    for batch in forecaster.follow(later):
        days.append((seen(batch, later.on(batch.day), worth), batch))
    half = len(days) // 2
    before, after = [], []
    for learned, judged in ((days[:half], days[half:]), (days[half:], days[:half])):
        order = fitted(learned, actors)
        for x, b in judged:
            before.append(ranks_of(b.score, b.question, b.candidate, b.asked, b.answer, actors))
            after.append(ranks_of(np.asarray(order.predict(x)) + 1e-6 * b.score, b.question, b.candidate, b.asked, b.answer, actors))
    for name, ranks in (("from the days before", before), ("the day's questions seen", after)):
        print(f"{given.folder.name} valid, {name}: MRR {Score.of(np.concatenate(ranks)).mrr:.4f}", flush=True)


def fitted(days: list[tuple[Floats, Batch]], actors: int) -> lightgbm.Booster:
    """The order learned on some days."""
    x = np.concatenate([x for x, _ in days])
    y = np.concatenate([np.isin(b.question * actors + b.candidate, b.asked * actors + b.answer) for _, b in days])
    sizes = np.concatenate([np.unique(b.question, return_counts=True)[1] for _, b in days])
    return lightgbm.train(TREES, lightgbm.Dataset(x, y.astype(int), group=sizes), 150)


if __name__ == "__main__":
    main()
