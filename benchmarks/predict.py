#!/usr/bin/env python3
"""détente's predictions for a gold set, as JSON Lines in the form that the set's scorer takes.

    python benchmarks/predict.py SET GOLD_DIR > predictions.jsonl

SET: plv gsr articles (mention records), polnear (attributions), meantime (status of given words), geo (places), actors (phrases),
ecb (events of given words), portal (stories).
GOLD_DIR: a tree that holds SET/items.jsonl, or the set's folder itself.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def read_items(gold: Path, name: str) -> list[Row]:
    """The items of a set."""
    folder = gold / name if (gold / name).is_dir() else gold
    path = folder / "items.jsonl"
    if not path.exists():
        raise SystemExit(f"{path}: no such file. The gold sets are not part of the project; give the folder that holds them.")
    return [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]


def documents(items: list[Row]) -> Iterator[tuple[Row, Any]]:
    """Each item as the documents room reads it."""
    from detente.documents import from_text

    for item in items:
        yield (
            item,
            from_text(item["text"], title=item.get("title"), outlet=item.get("outlet"), published=item.get("published")),
        )


def mentions(items: list[Row]) -> Iterator[Row]:
    """Mention records."""
    from detente.coding import Coder
    from detente.records import as_dict

    coder = Coder()
    for item, document in documents(items):
        for mention in coder.code(document).mentions:
            yield {**as_dict(mention), "document": item["id"]}


def polnear(items: list[Row]) -> Iterator[Row]:
    """Attributions with source, cue and content spans; the outermost only: the set hardly ever marks one inside another."""
    from detente.coding import Coder

    coder = Coder()
    for item, document in documents(items):
        rows = []
        for a in coder.attributions(document):
            if a.inner:
                continue
            rows.append(
                {
                    "source": [list(document.to_original(span)) for span in (a.source_span, a.pronoun_span) if span],
                    "cue": [list(document.to_original(a.cue_span))],
                    "content": [list(document.to_original(c)) for c in a.content],
                }
            )
        yield {"document": item["id"], "attributions": rows}


def meantime(items: list[Row]) -> Iterator[Row]:
    """Certainty, polarity, tense and condition of given words."""
    from detente.coding import Coder
    from detente.records import as_dict

    coder = Coder()
    for item, document in documents(items):
        for span, judged in zip(item["spans"], coder.judge(document, [tuple(s) for s in item["spans"]]), strict=True):
            if judged is not None:
                yield {"document": item["id"], "span": span, **as_dict(judged)}


def actors(items: list[Row]) -> Iterator[Row]:
    """Country and sector of phrases at a date."""
    from detente.knowledge import load_directory

    directory = load_directory()
    for item in items:
        date = item.get("date") or item.get("as_of")
        if item.get("split"):
            yield {"id": item["id"], "actors": directory.split(item["text"], item.get("context"))}
            continue
        found = directory.resolve(item["text"], date, item.get("context"))
        yield {"id": item["id"], "country": found.country, "sector": found.sector}


def geo(items: list[Row]) -> Iterator[Row]:
    """Places found and resolved."""
    from detente.coding import find_places
    from detente.language import Parser

    read = list(documents(items))
    for (item, _), places in zip(read, find_places([d for _, d in read], Parser()), strict=True):
        rows = [
            {"span": list(p.span), "name": p.name, "country": p.country, "latitude": p.latitude, "longitude": p.longitude}
            | {"geonameid": p.geonameid}
            for p in places
        ]
        yield {"document": item["id"], "places": rows}


def given_documents(items: list[Row]) -> tuple[list[Any], list[list[list[tuple[int, int]]]]]:
    """Documents with the spans of their given words."""
    return [d for _, d in documents(items)], [[[tuple(p) for p in m["parts"]] for m in i["mentions"]] for i in items]


def ecb(items: list[Row]) -> Iterator[Row]:
    """Given words grouped to events over all documents."""
    from detente.merging import group_words

    for item, groups in zip(items, group_words(*given_documents(items)), strict=True):
        for mention, group in zip(item["mentions"], groups, strict=True):
            yield {"mention_id": mention["mention_id"], "cluster": group}


def portal(items: list[Row]) -> Iterator[Row]:
    """Entries grouped to stories."""
    from detente.merging import stories

    for item, story in zip(items, stories([d for _, d in documents(items)]), strict=True):
        yield {"document": item["id"], "cluster": story}


SETS: dict[str, Callable[[list[Row]], Iterator[Row]]] = {
    "plv": mentions,
    "gsr": mentions,
    "articles": mentions,
    "polnear": polnear,
    "meantime": meantime,
    "geo": geo,
    "actors": actors,
    "ecb": ecb,
    "portal": portal,
}


def main() -> None:
    """Prints the predictions of one set."""
    if len(sys.argv) != 3 or sys.argv[1] not in SETS:
        raise SystemExit(f"usage: predict.py SET GOLD_DIR, SET one of {' '.join(SETS)}")
    for row in SETS[sys.argv[1]](read_items(Path(sys.argv[2]), sys.argv[1])):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
