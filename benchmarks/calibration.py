#!/usr/bin/env python3
"""How far the confidence of mentions can be believed: expected calibration error and reliability diagram; fits its weights anew on demand.

    python benchmarks/calibration.py [GOLD_DIR] [--chart docs/images/reliability.png] [--fit]

Confidence is held against rightness (see rightness.py) on the developer sets. With --fit the weights in
src/detente/knowledge/data/lexicon/confidence.yaml are first fitted; the figures printed for them are cross-validated over documents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import gold as kit
import numpy as np
import predict
import rightness

WEIGHTS = Path(__file__).parents[1] / "src" / "detente" / "knowledge" / "data" / "lexicon" / "confidence.yaml"
BINS = 10
PENALTY = 3.0
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention that the gold speaks of."""

    set: str
    document: str
    confidence: float
    evidence: dict[str, float]
    relevance: float
    right: bool


def read(coder: Any, document: Any) -> list[tuple[Any, dict[str, float], float]]:
    """Every mention of a document, whatever its confidence, with its evidence and how likely its text is political."""
    from detente.coding.confidence import features, relevance
    from detente.coding.reading import Reading

    reading = Reading(coder, document, coder.sentences(document), coder.directory.find(document.text))
    reading.coded()
    return [(m, features(d, m.status, reading.register), relevance(d, reading.register)) for d, m in reading.read()]


def judged(gold: Path) -> list[Judged]:
    """Every mention that the sets speak of, whatever its confidence."""
    from detente.coding import Coder
    from detente.records import as_dict

    score = rightness.scorer(gold)
    coder = Coder()
    out: list[Judged] = []
    for name in rightness.SETS:
        items, golden = kit.rows(gold / name / "items.jsonl"), kit.rows(gold / name / "gold.jsonl")
        mentions: list[dict[str, Any]] = []
        evidence: list[tuple[dict[str, float], float]] = []
        for item, document in predict.documents(items):
            for mention, found, relevant in read(coder, document):
                mentions.append({**as_dict(mention), "document": item["id"]})
                evidence.append((found, relevant))
        rights = rightness.judged(score, name, items, golden, mentions)
        for m, (found, relevant), right in zip(mentions, evidence, rights, strict=True):
            if right is not None:
                out.append(Judged(name, m["document"], m["confidence"], found, relevant, right))
    return out


# ---------------------------------------------------------------- measuring
def bins(confidence: Sequence[float], right: Sequence[bool]) -> list[dict[str, float]]:
    """Mentions by tenth of confidence: how many, their mean confidence, the share that is right."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for c, r in zip(confidence, right, strict=True):
        groups.setdefault(min(int(c * BINS), BINS - 1), []).append((c, r))
    return [
        {"n": len(g), "confidence": sum(c for c, _ in g) / len(g), "right": sum(r for _, r in g) / len(g)}
        for _, g in sorted(groups.items())
    ]


def calibration_error(told: Sequence[dict[str, float]]) -> float:
    """Expected calibration error: mean distance of confidence and rightness over the bins, by their size."""
    return sum(b["n"] * abs(b["confidence"] - b["right"]) for b in told) / sum(b["n"] for b in told)


def ranking(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """How often a right mention has more confidence than a wrong one (area under the ROC curve)."""
    c, r = np.asarray(confidence), np.asarray(right)
    yes, no = c[r][:, None], c[~r][None, :]
    return float(((yes > no) + 0.5 * (yes == no)).mean()) if yes.size and no.size else float("nan")


def chart(told: Sequence[dict[str, float]], error: float) -> bytes:
    """The reliability diagram as a picture."""
    from detente.reporting.charts.render import COOPERATIVE, INK, NEUTRAL, png, spec

    x = {"field": "confidence", "type": "quantitative", "title": "confidence", "scale": {"domain": [0, 1]}, "axis": {"format": "%"}}
    y = {"field": "right", "type": "quantitative", "title": "share that is right", "scale": {"domain": [0, 1]}, "axis": {"format": "%"}}
    size = {"field": "n", "type": "quantitative", "title": "mentions", "scale": {"range": [30, 700]}}
    ends = [{"confidence": 0, "right": 0}, {"confidence": 1, "right": 1}]
    layers = [
        {"data": {"values": ends}, "mark": {"type": "line", "color": NEUTRAL, "strokeDash": [4, 4]}, "encoding": {"x": x, "y": y}},
        {"mark": {"type": "line", "color": COOPERATIVE}, "encoding": {"x": x, "y": y}},
        {"mark": {"type": "circle", "color": COOPERATIVE, "opacity": 1}, "encoding": {"x": x, "y": y, "size": size}},
        {"mark": {"type": "text", "dy": -16, "color": INK}, "encoding": {"x": x, "y": y, "text": {"field": "n"}}},
    ]
    title = f"{sum(int(b['n']) for b in told)} mentions, expected calibration error {error:.3f}"
    return png(spec(width=380, height=380, title=title, data={"values": list(told)}, layer=layers))


# ---------------------------------------------------------------- fitting
def fit(rows: Sequence[Judged]) -> dict[str, float]:
    """Weights of the evidence, by Newton's method."""
    names = ["base", *sorted({n for r in rows for n in r.evidence})]
    x = np.array([[1.0, *(r.evidence.get(n, 0.0) for n in names[1:])] for r in rows])
    y = np.array([r.right for r in rows], float)
    penalty = np.array([1e-6, *[PENALTY] * (len(names) - 1)])
    weights = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        weights += np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(penalty), x.T @ (y - p) - penalty * weights)
    return dict(zip(names, np.round(weights, 2).tolist(), strict=True))


def cross_validated(rows: Sequence[Judged]) -> list[float]:
    """Confidence of each mention by weights fitted without its document."""
    fold = [int(hashlib.sha1(r.document.encode()).hexdigest(), 16) % FOLDS for r in rows]
    out = [0.0] * len(rows)
    for k in range(FOLDS):
        weights = fit([r for r, f in zip(rows, fold, strict=True) if f != k])
        for n, (r, f) in enumerate(zip(rows, fold, strict=True)):
            if f == k:
                z = weights["base"] + sum(weights.get(name, 0.0) * value for name, value in r.evidence.items())
                out[n] = r.relevance / (1 + float(np.exp(-z)))
    return out


def write(weights: dict[str, float]) -> None:
    """Puts the weights into the data file, its card and the other parts left as they are."""
    head = WEIGHTS.read_text("utf8").partition("\nevidence:")[0]
    lines = "".join(f"  {name}: {value}\n" for name, value in weights.items())
    WEIGHTS.write_text(f"{head}\nevidence:\n{lines}", "utf8")


def main() -> None:
    """Measures, and fits on demand."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("gold", nargs="?", type=Path, default=kit.DEFAULT, help="the gold folder (default: ../shared/gold)")
    asked.add_argument("--chart", type=Path, help="where the reliability diagram is written (.png)")
    asked.add_argument("--fit", action="store_true", help="fit the weights anew and write them")
    asked.add_argument("--json", action="store_true", help="figures as JSON")
    given = asked.parse_args()
    missing = kit.lacking(given.gold, rightness.SETS)
    if missing:
        sys.exit("Nothing measured; the gold is not part of the project. Lacking:\n  " + "\n  ".join(missing))
    rows = judged(given.gold)
    right = [r.right for r in rows]
    confidence = cross_validated(rows) if given.fit else [r.confidence for r in rows]
    told = bins(confidence, right)
    figures = {"mentions": len(rows), "right": sum(right) / len(rows)}
    figures |= {"ece": calibration_error(told), "ranking": ranking(confidence, right)}
    for name in rightness.SETS:
        mine = [(c, r.right) for c, r in zip(confidence, rows, strict=True) if r.set == name]
        figures[f"{name} confidence"] = sum(c for c, _ in mine) / len(mine)
        figures[f"{name} right"] = sum(r for _, r in mine) / len(mine)
    if given.fit:
        write(fit(rows))
    if given.chart:
        given.chart.write_bytes(chart(told, figures["ece"]))
    if given.json:
        print(json.dumps({**figures, "bins": told}))
        return
    for b in told:
        print(f"{b['n']:5d} mentions  confidence {b['confidence']:.2f}  right {b['right']:.2f}")
    for name, value in figures.items():
        print(f"{name:24}{value:8.3f}")


if __name__ == "__main__":
    main()
