"""Which coded mentions are right, by the gold sets that say so.

A mention is judged where the gold speaks of it, and is right where its type is.
 * articles: every mention; wrong where no gold mention stands at its trigger. Those the gold calls optional are left out unless right.
 * plv, gsr: mentions whose actors or recipients (plv: their words, gsr: their countries) are the gold's and contradict it in neither role;
   of other acts in the sentence the gold says nothing.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

Row = dict[str, Any]
SETS = ("articles", "gsr", "plv")


def scorer(gold: Path) -> ModuleType:
    """The scorer that lies beside the gold."""
    found = importlib.util.spec_from_file_location("score", gold / "score.py")
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules["score"] = module
    found.loader.exec_module(module)
    return module


def judged(score: ModuleType, name: str, items: list[Row], golden: list[Row], mentions: list[Row]) -> list[bool | None]:
    """For each mention of a set whether it is right; None where the gold does not say."""
    by_document: dict[str, list[int]] = defaultdict(list)
    for n, m in enumerate(mentions):
        by_document[m["document"]].append(n)
    out: list[bool | None] = [None] * len(mentions)
    if name == "articles":
        _articles(score, items, golden, mentions, by_document, out)
        return out
    met = _words if name == "plv" else _countries
    for row in golden:
        for told in row["rows"]:
            right = {told["type"]} if name == "plv" else set(told["types"])
            fold = score.type15 if name == "plv" else score.type16
            for n in by_document[row["id"]]:
                if met(score, told, mentions[n]):
                    out[n] = bool(out[n]) or fold(mentions[n]["type"]) in right
    return out


def _words(score: ModuleType, told: Row, m: Row) -> bool:
    """plv: whether the marked actor's or recipient's words are met and no other words stand in their place."""
    overlaps = [
        score.best_overlap(score.spans_of(m[role]), told[role]) if m[role] else None for role in ("actors", "recipients") if told[role]
    ]
    return any(overlaps) and all(o is None or o > 0 for o in overlaps)


def _countries(score: ModuleType, told: Row, m: Row) -> bool:
    """gsr: the same by countries."""
    asked = [{score.country(a["code"]) for a in told[role]} for role in ("actors", "recipients")]
    if len(asked[0]) > 1 and not asked[1]:
        asked[1] = asked[0]
    found = [{score.country_of(a) for a in m[role]} - {None} for role in ("actors", "recipients")]
    return any(a & f for a, f in zip(asked, found, strict=True)) and all(not a or not f or a & f for a, f in zip(asked, found, strict=True))


def _articles(
    score: ModuleType,
    items: list[Row],
    golden: list[Row],
    mentions: list[Row],
    by_document: dict[str, list[int]],
    out: list[bool | None],
) -> None:
    texts = {i["id"]: i["text"] for i in items}
    flat = [dict(m, document=g["id"]) for g in golden for m in g["mentions"]]
    wanted, found = score.same_words(flat, texts), score.same_words(mentions, texts)
    for document, places in by_document.items():
        ours, theirs = found.get(document, []), wanted.get(document, [])
        fits = [
            {
                j: near + 0.25 * (p["type"] in score.accepted(g, "type", score.type16)) + 0.5 * (not g["optional"])
                for j, p in enumerate(ours)
                if (near := score.nearness(g, p))
            }
            for g in theirs
        ]
        met = {j: theirs[i] for i, j in score.assign(fits).items()}
        for j, n in enumerate(places):
            g = met.get(j)
            right = g is not None and ours[j]["type"] in score.accepted(g, "type", score.type16)
            out[n] = None if g is not None and g["optional"] and not right else right
