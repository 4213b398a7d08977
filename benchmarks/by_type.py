#!/usr/bin/env python3
"""Precision and recall of each PLOVER type over the gold sets, as a table; --write puts it into docs/reading.md.

    python benchmarks/by_type.py [GOLD_DIR] [--write]

Precision: of the mentions of a type that the gold speaks of (see rightness.py) the share whose type is right. Recall: of the gold's acts of
a type the share for which some mention of that type stands in the sentence. Sets: articles, gsr, plv.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import gold as kit
import predict
import rightness

PAGE = Path(__file__).parents[1] / "docs" / "reading.md"
BEGIN, END = "<!-- by type: begin -->", "<!-- by type: end -->"


def measure(gold: Path) -> list[tuple[str, int, int, int, int]]:
    """Rows of (type, right mentions, judged mentions, gold acts found, gold acts)."""
    score = rightness.scorer(gold)
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    found: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for name in rightness.SETS:
        _, items, golden = kit.part(gold, name)
        mentions = list(predict.SETS[name](items))
        for m, ok in zip(mentions, rightness.judged(score, name, items, golden, mentions), strict=True):
            if ok is not None:
                judged[m["type"]] += 1
                right[m["type"]] += ok
        coded = {(m["document"], score.type16(m["type"])) for m in mentions}
        for document, types in gold_acts(score, name, golden):
            kind = sorted(types)[0]
            asked[kind] += 1
            found[kind] += any((document, t) in coded for t in types)
    return [(t, right[t], judged[t], found[t], asked[t]) for t in sorted(set(judged) | set(asked))]


def gold_acts(score: object, name: str, golden: list[kit.Row]) -> list[tuple[str, set[str]]]:
    """The acts that the gold asks for: document and the types accepted. plv does not tell CONCEDE from RETREAT."""
    out = []
    for row in golden:
        for told in row.get("rows") or row.get("mentions") or []:
            types = set(told.get("types") or [told["type"]])
            if told.get("optional"):
                continue
            out.append((row.get("id") or row["document"], types if "YIELD" not in types else {"CONCEDE", "RETREAT"}))
    return out


def table(rows: list[tuple[str, int, int, int, int]]) -> str:
    """The rows in Markdown."""
    lines = ["| type | precision | of | recall | of |", "|---|---|---|---|---|"]
    for kind, right, judged, found, asked in rows:
        precision = f"{right / judged:.2f}" if judged else "–"
        recall = f"{found / asked:.2f}" if asked else "–"
        lines.append(f"| {kind} | {precision} | {judged} | {recall} | {asked} |")
    return "\n".join(lines)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="?", type=Path, default=kit.DEFAULT)
    parser.add_argument("--write", action="store_true", help="put the table into docs/reading.md")
    options = parser.parse_args()
    missing = kit.lacking(options.gold, rightness.SETS)
    if missing:
        raise SystemExit("Nothing is measured, as the gold is not part of the project:\n" + "\n".join(missing))
    text = table(measure(options.gold))
    print(text)
    if options.write:
        page = PAGE.read_text("utf8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf8")


if __name__ == "__main__":
    main()
