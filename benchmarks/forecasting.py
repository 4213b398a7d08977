"""How well what comes next is ranked: ``python benchmarks/forecasting.py DIR [--split valid|test] [--json]``.

DIR holds ``train.tsv.gz``, ``valid.tsv.gz``, ``test.tsv.gz`` (subject, relation, object, day: numbers) and the names, ``entity.tsv.gz`` and
``relation.tsv.gz``. Single-step extrapolation: every fact is asked for both ways from the facts before its day; time-aware filtering, mean
rank of ties, over all entities. ``--split valid`` learns from train; ``--split test`` learns from train and valid. Times are by the clock
and of the processor: of learning, per question answered, and of the dearest new day learned.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from detente.forecasting.facts import Facts
from detente.forecasting.ranker import Batch, Forecaster, Options
from detente.forecasting.ranking.evaluation import KINDS, Score, ranks_of


def names(path: Path) -> list[str]:
    """The second column, below the heading."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        return [line.rstrip("\n").split("\t")[1] for line in lines][1:]


def load(folder: Path, split: str) -> tuple[Facts, Facts]:
    """What is learned from, and what is asked for."""
    actors, types = names(folder / "entity.tsv.gz"), names(folder / "relation.tsv.gz")
    part = {
        name: Facts.read(folder / f"{name}.tsv.gz", actors=actors, types=types)
        for name in (("train", "valid") if split == "valid" else ("train", "valid", "test"))
    }
    return (part["train"], part["valid"]) if split == "valid" else (part["train"].joined(part["valid"]), part["test"])


def judge(batches: list[Batch], actors: int) -> dict[str, Any]:
    """Means over all answers, and by how new the answer was."""
    ranks = np.concatenate([ranks_of(b.score, b.question, b.candidate, b.asked, b.answer, actors) for b in batches])
    kind = np.concatenate([b.kind for b in batches])
    by_kind = {
        name: {"mrr": float((1 / ranks[kind == k]).mean()), "share": float((kind == k).mean())}
        for k, name in enumerate(KINDS)
        if (kind == k).any()
    }
    return {**asdict(Score.of(ranks)), "by_kind": by_kind}


def timed(forecaster: Forecaster) -> list[tuple[float, float]]:
    """A list that will hold what learning each later day takes: seconds by the clock and of processor."""
    learn, days = forecaster.stream.learn, []

    def measured(facts: Facts) -> None:
        clock, cpu = time.time(), time.process_time()
        learn(facts)
        days.append((time.time() - clock, time.process_time() - cpu))

    forecaster.stream.learn = measured  # type: ignore[method-assign]
    return days


def run(folder: Path, split: str, options: Options, *, multi_step: bool = False, share: float = 1.0) -> dict[str, Any]:
    """Learns, answers, and measures what that takes."""
    known, asked = load(folder, split)
    began, cpu = time.time(), time.process_time()
    forecaster = Forecaster.fit(known, options)
    learned, learned_cpu = time.time(), time.process_time()
    days = timed(forecaster)
    batches = list(forecaster.follow(asked, learn=not multi_step, share=share))
    done, done_cpu = time.time() - sum(d[0] for d in days), time.process_time() - sum(d[1] for d in days)
    questions = sum(len(np.unique(b.question)) for b in batches)
    return {
        "set": folder.name,
        "split": split,
        "seed": options.learning.first_seed,
        "names_read": options.read_names,
        "multi_step": multi_step,
        "asked_share": share,
        **judge(batches, len(known.actors)),
        "learning_s": round(learned - began, 1),
        "learning_cpu_s": round(learned_cpu - cpu, 1),
        "ms_per_question": round(1000 * (done - learned) / questions, 2),
        "cpu_ms_per_question": round(1000 * (done_cpu - learned_cpu) / questions, 2),
        "new_day_s": round(max((d[0] for d in days), default=0), 2),
        "new_day_cpu_s": round(max((d[1] for d in days), default=0), 2),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
    }


SPREAD = 0.003
"""How far the mean reciprocal rank lies apart by chance: other samples of questions, seeds, machines."""


def held(figures: dict[str, Any]) -> dict[str, Any]:
    """What is held against a floor (see gate.py): the mean reciprocal rank of a set's part, asked one day at a time, names read."""
    if figures["multi_step"] or not figures["names_read"]:
        return {}
    row = {"value": round(figures["mrr"], 4), "at_most": False, "spread": SPREAD}
    return {f"forecasting.{figures['set']}.{figures['split']}.mrr": row}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", choices=["valid", "test"], default="valid")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--figures", type=Path, help="where the figure for gate.py is written")
    parser.add_argument("--no-names", action="store_true", help="without what names tell of place and kind")
    parser.add_argument("--multi-step", action="store_true", help="the history stays as it was when learning ended")
    parser.add_argument("--share", type=float, default=1.0, help="ask only so many of the questions, by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="an option of the forecaster (trees=100)")
    given = parser.parse_args()
    options = Options(read_names=not given.no_names)
    learning = replace(options.learning, threads=given.threads, first_seed=given.seed)
    for setting in given.set:
        name, value = setting.split("=")
        if hasattr(learning, name):
            learning = replace(learning, **{name: type(getattr(learning, name))(value)})
        else:
            options = replace(options, **{name: type(getattr(options, name))(value)})
    figures = run(
        given.folder, given.split, replace(options, learning=learning, seed=given.seed), multi_step=given.multi_step, share=given.share
    )
    if given.figures:
        given.figures.write_text(json.dumps(held(figures), indent=1) + "\n", "utf8")
    if given.json:
        json.dump(figures, sys.stdout, indent=1)
        print()
        return
    for name, value in figures.items():
        if name != "by_kind":
            print(f"{name:22}{value:.4f}" if isinstance(value, float) and value < 1 else f"{name:22}{value}")
    for kind, of in figures["by_kind"].items():
        print(f"  {kind:20}{of['mrr']:.4f}  ({of['share']:.0%} of answers)")


if __name__ == "__main__":
    main()
