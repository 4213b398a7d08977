#!/usr/bin/env python3
"""Fits merging's models to gold sets and writes them to src/detente/merging/data/models.json; prints cross-validated figures.

    python benchmarks/train_merging.py given_words|stories GOLD_DIR [--write]

given_words: ECB+ (Cybulska and Vossen 2014, CC BY 3.0), folds by topic.
stories: Wikipedia's Current events portal (CC BY-SA 4.0), folds of four months.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]
MODELS = Path(__file__).parents[1] / "src/detente/merging/data/models.json"


def logistic(rows: Array, truth: Array, ridge: float = 1e-3) -> tuple[Array, float]:
    """Weights and bias of a ridge logistic regression, by Newton's method on standardised features."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    x = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    beta = np.zeros(x.shape[1])
    penalty = ridge * len(truth) * np.r_[np.ones(len(beta) - 1), 0]
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ beta))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9), x.T @ (p - truth) + penalty * beta)
        beta -= step
        if np.abs(step).max() < 1e-6:
            break
    weights = beta[:-1] / spread
    return weights, float(beta[-1] - (weights * mean).sum())


def read(gold: Path, name: str, file: str) -> list[dict[str, Any]]:
    """Rows of a set's file."""
    return [json.loads(line) for line in (gold / name / file).read_text("utf8").splitlines()]


def given_words(gold: Path) -> dict[str, Any]:
    """The model of given words: cross-validated CoNLL F1 over four folds of topics, then all topics."""
    import predict

    from detente.merging import given, likeness, linkage

    items, answers = read(gold, "ecb", "items.jsonl"), read(gold, "ecb", "gold.jsonl")
    cluster = {m["mention_id"]: m["cluster"] for a in answers for m in a["mentions"]}
    topic = {a["id"]: int(a["topic"].rstrip("p")) for a in answers}
    documents, spans = predict.given_documents(items)
    alike = likeness.Likeness([d.text for d in documents])
    words = [w for n, d in enumerate(documents) for w in given.read_words(n, d, spans[n])]
    ids = [m["mention_id"] for i in items for m in i["mentions"]]
    affairs = given.affairs_of(alike)
    pairs = list(given.candidates(words, affairs))
    rows = given.features(words, pairs, alike, affairs)
    truth = np.asarray([float(cluster[ids[i]] == cluster[ids[j]]) for i, j in pairs])
    fold = np.asarray([topic[items[w.document]["id"]] % 4 for w in words])
    pair_fold = np.asarray([fold[i] for i, _ in pairs])
    scores = np.zeros(len(pairs))
    for f in range(4):
        held = pair_fold == f
        weights, bias = logistic(rows[~held], truth[~held])
        scores[held] = 1 / (1 + np.exp(-(rows[held] @ weights + bias)))
    best = sweep(
        [(i, j, float(s)) for (i, j), s in zip(pairs, scores, strict=True)],
        len(words),
        [cluster[m] for m in ids],
        conll(gold),
        linkage.average_link,
        (0.25, 0.3, 0.35, 0.4, 0.45),
    )
    weights, bias = logistic(rows, truth)
    return as_model(given.FEATURES, weights, bias, best, "ECB+ (Cybulska and Vossen 2014, CC BY 3.0), topics 1-35")


def stories(gold: Path) -> str:
    """The model of stories: B3 F1 of each four months by a model of the others, read alone and within the whole; then all."""
    import lightgbm
    import predict

    from detente.merging.expected import best_groups
    from detente.merging.story_pairs import FEATURES, Neighbours, features
    from detente.merging.story_pieces import Pieces

    items, answers = read(gold, "portal", "items.jsonl"), read(gold, "portal", "gold.jsonl")
    label = np.asarray([a["story"][-1] if a["story"] else "" for a in answers])
    documents = [d for _, d in predict.documents(items)]
    part = np.searchsorted(["2025-05", "2025-09", "2026-01"], [i["published"][:7] for i in items], "right")
    read_as = [np.arange(len(items)), *(np.flatnonzero(part == k) for k in range(4))]  # as one collection, and each part by itself
    tables = []
    for own in read_as:
        neighbours = Neighbours(pieces := Pieces([documents[n] for n in own]))
        rows = features(pieces, neighbours).astype(np.float32)
        at = own[neighbours.pairs]
        known = (label[at] != "").all(1)
        tables.append((own, neighbours.pairs, at, rows, known, label[at[:, 0]] == label[at[:, 1]]))

    def fit(without: int) -> Any:
        kept = [known & (part[at] != without).all(1) for _, _, at, _, known, _ in tables]
        x = np.concatenate([t[3][k] for t, k in zip(tables, kept, strict=True)])
        y = np.concatenate([t[5][k] for t, k in zip(tables, kept, strict=True)])
        return lightgbm.train(STORY_TREES, lightgbm.Dataset(x, y.astype(float), feature_name=list(FEATURES)), STORY_ROUNDS)

    whole = np.zeros(len(tables[0][1]))
    for k in range(4):
        model = fit(k)
        own, pairs, at, rows, _, _ = tables[k + 1]
        groups = best_groups(len(own), scored(pairs, model.predict(rows, num_threads=1)))
        alone = b3(label[own].tolist(), list(range(len(own))))
        print(f"  part {k}: {b3(label[own].tolist(), groups):.4f}, each entry alone {alone:.4f}", flush=True)
        latest = part[tables[0][2]].max(1) == k
        whole[latest] = model.predict(tables[0][3][latest], num_threads=1)
    print(f"  all parts as one: {b3(label.tolist(), best_groups(len(items), scored(tables[0][1], whole))):.4f}", flush=True)
    return STORY_NOTE + fit(-1).model_to_string(importance_type="gain").partition("\nfeature_importances")[0] + "\n"


STORY_TREES = {"objective": "binary", "learning_rate": 0.06, "num_leaves": 31, "min_child_samples": 150, "feature_fraction": 0.5,
               "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 10, "verbose": -1, "num_threads": 1, "seed": 1}  # fmt: skip
STORY_ROUNDS = 200
STORY_NOTE = """# Gradient-boosted trees (LightGBM) over generic features of pairs of reports; no text and no word of the corpus is kept.
# Learnt from Wikipedia's Current events portal, January 2025 to April 2026 (CC BY-SA 4.0), by benchmarks/train_merging.py.
"""


def scored(pairs: Any, likely: Any) -> list[tuple[int, int, float]]:
    """Pairs with their likelihoods."""
    return [(i, j, float(p)) for (i, j), p in zip(pairs.tolist(), likely, strict=True)]


def b3(truth: list[str], groups: list[int]) -> float:
    """B3 F1 over the items that have a label."""
    known = [n for n, t in enumerate(truth) if t]
    of_truth, of_group = Counter(truth[n] for n in known), Counter(groups[n] for n in known)
    both = Counter((truth[n], groups[n]) for n in known)
    p = sum(c * c / of_group[g] for (_, g), c in both.items()) / len(known)
    r = sum(c * c / of_truth[t] for (t, _), c in both.items()) / len(known)
    return 2 * p * r / (p + r)


def sweep(
    pairs: list[tuple[int, int, float]],
    size: int,
    truth: list[str],
    figure: Callable[[list[str], list[int]], float],
    cluster: Callable[..., list[int]],
    thresholds: tuple[float, ...],
) -> float:
    """The threshold with the best figure; prints all."""
    found = {}
    for t in thresholds:
        found[t] = figure(truth, cluster(size, pairs, t))
        print(f"  threshold {t:.2f}: {found[t]:.4f}")
    return max(found, key=lambda t: found[t])


def conll(gold: Path) -> Callable[[list[str], list[int]], float]:
    """CoNLL F1 by the gold kit's scorer."""
    sys.path.insert(0, str(gold))
    import score  # type: ignore[import-not-found]

    def figure(truth: list[str], groups: list[int]) -> float:
        g = {str(n): t for n, t in enumerate(truth)}
        p = {str(n): str(c) for n, c in enumerate(groups)}
        return (score.muc(g, p) + score.b3(g, p)[2] + score.ceafe(g, p)) / 3

    return figure


def as_model(names: tuple[str, ...], weights: Array, bias: float, threshold: float, data: str) -> dict[str, Any]:
    """A model as it stands in the data file."""
    kept = {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}
    return {"data": data, "bias": round(bias, 4), "threshold": threshold, "weights": kept}


FIT: dict[str, Callable[[Path], dict[str, Any] | str]] = {"given_words": given_words, "stories": stories}


def main() -> None:
    """Fits one model."""
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in FIT:
        raise SystemExit(f"usage: train_merging.py {'|'.join(FIT)} GOLD_DIR [--write]")
    sys.path.insert(0, str(Path(__file__).parent))
    model = FIT[sys.argv[1]](Path(sys.argv[2]))
    if "--write" in sys.argv and isinstance(model, str):
        MODELS.with_name("stories.txt").write_text(model, "utf8")
    elif "--write" in sys.argv:
        known = json.loads(MODELS.read_text("utf8")) if MODELS.exists() else {}
        MODELS.write_text(json.dumps({**known, sys.argv[1]: model}, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
