#!/usr/bin/env python3
"""Reads every developer set and prints our figures beside the bars and what other systems reach; writes reading.json.

    python benchmarks/reading.py [GOLD_DIR] [--sets gsr,plv,...] [--output FILE]

GOLD_DIR (default: ../shared/gold) holds score.py and a folder a set; beside it lies corpora/, whose pages without political events are
counted too. The gold is not part of the project: what is missing is named, and nothing is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import gold as kit
import predict

HERE = Path(__file__).parent
BARS = json.loads((HERE / "bars.json").read_text("utf8"))
Row = dict[str, Any]


def tables_of(gold: Path, name: str) -> list[Row]:
    """The tables of one set: rows 'yours' and the peers'."""
    if name == "no_events":
        return [no_events(kit.rows(gold / kit.NO_EVENTS))]
    kind, items, golden = kit.part(gold, name)
    return kit.score(gold, kind, items, golden, predict.SETS[kind](items))


def no_events(pages: list[Row]) -> Row:
    """Mentions per 100 body sentences of pages in which nothing political is told, in all and by section."""
    from detente.coding import Coder

    coder = Coder()
    sentences: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    for page, document in predict.documents(pages):
        for section in ("per_100", page["section"]):
            sentences[section] += sum(not raw.heading for raw in coder.parser.split(document))
        found = len(coder.code(document).mentions)
        mentions["per_100"] += found
        mentions[page["section"]] += found
    figures = {section: 100 * mentions[section] / n for section, n in sentences.items()}
    return {"title": f"no events: {len(pages)} pages, {sentences['per_100']} sentences", "rows": {"yours": figures}}


def figures_of(name: str, tables: list[Row]) -> dict[str, Row]:
    """The figures that have a bar, from the tables of one set: value, bar, and the peers' values."""
    out: dict[str, Row] = {}
    for bar in BARS:
        if bar["name"].split(".")[0] != name:
            continue
        table = next((t for t in tables if t["title"].startswith(bar["table"])), None)
        if table is None or bar["figure"] not in table["rows"]["yours"]:
            raise SystemExit(f"bars.json: the set {name} has no figure {bar['figure']} in a table {bar['table']!r}")
        peers = {
            p: row[bar["figure"]] for p, row in table["rows"].items() if p not in ("yours", "asked") and row.get(bar["figure"]) is not None
        }
        out[bar["name"]] = {
            "value": round(table["rows"]["yours"][bar["figure"]], 4),
            "bar": bar["bar"],
            "at_most": bar.get("at_most", False),
            "peers": {p: round(v, 4) for p, v in sorted(peers.items(), key=lambda x: -x[1])},
        }
    return out


def measure(gold: Path, sets: list[str]) -> dict[str, Row]:
    """All figures of the sets, printed as they come. Exits with what is lacking where the gold is not there."""
    missing = kit.lacking(gold, sets)
    if missing:
        told = "\n  ".join(missing)
        print(f"Nothing measured; the gold is not part of the project. Lacking:\n  {told}", file=sys.stderr)
        raise SystemExit(2)
    figures: dict[str, Row] = {}
    for name in sets:
        begun = time.process_time()
        told = figures_of(name, tables_of(gold, name))
        figures |= told
        for figure, row in told.items():
            print(line(figure, row), flush=True)
        print(f"  {name}: {time.process_time() - begun:.0f} CPU seconds", file=sys.stderr)
    return figures


def reached(row: Row) -> bool:
    """Whether a figure is at its bar."""
    return bool(row["value"] <= row["bar"] if row["at_most"] else row["value"] >= row["bar"])


def line(name: str, row: Row) -> str:
    """One figure beside its bar and its three best peers."""
    peers = ", ".join(f"{p} {v:.3f}" for p, v in list(row["peers"].items())[:3])
    sign = "≤" if row["at_most"] else "≥"
    return f"{name:<24}{row['value']:7.3f}  {sign} {row['bar']:.2f} {'yes' if reached(row) else 'NO '}  {peers}"


def main() -> None:
    """Measures and writes."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("gold", nargs="?", type=Path, default=kit.DEFAULT, help="the gold folder (default: ../shared/gold)")
    asked.add_argument("--sets", default=",".join(kit.SETS), help="some sets only, joined by commas: " + ",".join(kit.SETS))
    asked.add_argument("--output", type=Path, default=HERE / "reading.json", help="where the figures are written")
    given = asked.parse_args()
    sets = given.sets.split(",")
    if unknown := set(sets) - set(kit.SETS):
        asked.error(f"no such set: {', '.join(sorted(unknown))}")
    figures = measure(given.gold, sets)
    before = json.loads(given.output.read_text("utf8")) if given.output.exists() else {}
    given.output.write_text(json.dumps({**before, **figures}, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf8")
    print(f"{sum(map(reached, figures.values()))} of {len(figures)} bars reached; figures in {given.output}")


if __name__ == "__main__":
    main()
