#!/usr/bin/env python3
"""Fits merging's models to gold sets and writes them to src/detente/merging/data/models.json; prints cross-validated figures.

    python benchmarks/train_merging.py given_words|stories GOLD_DIR [--write]

given_words: ECB+ (Cybulska and Vossen 2014, CC BY 3.0), folds by topic.
stories: Wikipedia's Current events portal (CC BY-SA 4.0), four months by what was before them.
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
    """The model of stories. Each four months read alone, by a model of the months before, under several ways of grouping; then all as one
    collection, each four months by a model of the others; then the model of all."""
    import lightgbm
    import predict

    from detente.merging.story_pairs import FEATURES, Neighbours, features
    from detente.merging.story_pieces import Pieces
    from detente.merging.storylines import grouped

    items, answers = read(gold, "portal", "items.jsonl"), read(gold, "portal", "gold.jsonl")
    label = np.asarray([a["story"][-1] if a["story"] else "" for a in answers])
    documents = [d for _, d in predict.documents(items)]
    part = np.searchsorted(["2025-05", "2025-09", "2026-01"], [i["published"][:7] for i in items], "right")
    read_as = {"0": part == 0, "1": part == 1, "2": part == 2, "3": part == 3, "01": part < 2, "012": part < 3, "all": part < 4}
    tables = {}
    for name, chosen in read_as.items():
        own = np.flatnonzero(chosen)
        neighbours = Neighbours(pieces := Pieces([documents[n] for n in own]))
        at = own[neighbours.pairs]
        rows = features(pieces, neighbours).astype(np.float32)
        tables[name] = (own, neighbours.pairs, at, rows, (label[at] != "").all(1), label[at[:, 0]] == label[at[:, 1]])

    def fit(names: tuple[str, ...], without: int = -1) -> Any:
        kept = {n: tables[n][4] & (part[tables[n][2]] != without).all(1) for n in names}
        x = np.concatenate([tables[n][3][k] for n, k in kept.items()])
        y = np.concatenate([tables[n][5][k] for n, k in kept.items()])
        return lightgbm.train(STORY_TREES, lightgbm.Dataset(x, y.astype(float), feature_name=list(FEATURES)), STORY_ROUNDS)

    forward = {"1": ("0",), "2": ("0", "1", "01"), "3": ("0", "1", "2", "012")}
    scores = {k: fit(names).predict(tables[k][3], num_threads=1).tolist() for k, names in forward.items()}
    print(f"  each entry alone: {[round(b3(label[o].tolist(), list(range(len(o)))), 4) for o in (tables[k][0] for k in forward)]}")
    for exponent, threshold in ((0.4, 0.6), (0.45, 0.6), (0.5, 0.5), (0.5, 0.55), (0.5, 0.6), (0.55, 0.5), (0.6, 0.5)):
        found = []
        for k in forward:
            own, pairs = tables[k][:2]
            found.append(b3(label[own].tolist(), grouped(len(own), pairs.tolist(), scores[k], exponent, threshold)))
        print(f"  exponent {exponent} threshold {threshold}: {[round(f, 4) for f in found]} mean {np.mean(found):.4f}", flush=True)
    whole = np.zeros(len(tables["all"][1]))
    for k in range(4):
        latest = part[tables["all"][2]].max(1) == k
        whole[latest] = fit(("0", "1", "2", "3", "all"), k).predict(tables["all"][3][latest], num_threads=1)
    print(f"  all as one: {b3(label.tolist(), grouped(len(items), tables['all'][1].tolist(), whole.tolist())):.4f}", flush=True)
    model = fit(("0", "1", "2", "3", "all"))
    return STORY_NOTE + model.model_to_string(importance_type="gain").partition("\nfeature_importances")[0] + "\n"


STORY_TREES = {"objective": "binary", "learning_rate": 0.06, "num_leaves": 31, "min_child_samples": 150, "feature_fraction": 0.5,
               "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 10, "verbose": -1, "num_threads": 1, "seed": 1}  # fmt: skip
STORY_ROUNDS = 200
STORY_NOTE = """# Gradient-boosted trees (LightGBM) over generic features of pairs of reports; no text and no word of the corpus is kept.
# Learnt from Wikipedia's Current events portal, January 2025 to April 2026 (CC BY-SA 4.0), by benchmarks/train_merging.py.
"""


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
