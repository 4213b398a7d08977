#!/usr/bin/env python3
"""Whether events of several mentions tell one act: merging held against mentions that were sorted into acts by hand.

    python benchmarks/acts.py [NEWS.jsonl.gz] [--cache FOLDER] [--figures FILE]

NEWS (default: ../shared/corpora/allsides_international.jsonl.gz): articles of many outlets. Of fourteen weeks the first sixty articles
are read, the workspaces kept in FOLDER. ``acts_by_hand.jsonl`` says which of 2,400 mentions tell the same act: of each week groups of
mentions that could, drawn by chance from a loose grouping, so that they are hard ones; a group's letters are its acts, ``?`` is none.
Eight weeks were read while merging was tuned, six were not. Two weeks were sorted by a second reader.

Printed: precision, recall and F1 by B³ (Bagga and Baldwin 1998), each mention alone beside it; precision and recall of pairs; how many
events of several of these mentions tell one act, mostly one (over .7 of them), or several; acts whose mentions are one event; and the share
that tells one act by an event's cohesion.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gold as kit

from detente.config import load_config
from detente.merging import merge
from detente.pipeline import run
from detente.records import Event
from detente.workspace import Workspace

LABELS = Path(__file__).with_name("acts_by_hand.jsonl")
NEWS = kit.DEFAULT.parent / "corpora" / "allsides_international.jsonl.gz"
MOST = 60  # articles of a week
MOSTLY = 0.7
LEVELS = (0.0, 0.8, 0.97, 1.01)
Sorted = dict[str, str]  # mention -> act or event


def labels() -> list[dict[str, Any]]:
    """The rows of the hand list."""
    return [json.loads(line) for line in LABELS.read_text("utf8").splitlines()]


def acts_of(rows: Sequence[Mapping[str, Any]], reader: int) -> Sorted:
    """Mention -> act, by one reader; those that tell none are left out."""
    return {
        m: f"{r['week']} {r['group']} {letter}" for r in rows if r["reader"] == reader for m, letter in r["acts"].items() if letter != "?"
    }


def b_cubed(acts: Sorted, events: Sorted) -> tuple[float, float, float]:
    """Precision, recall, F1; both tell of the same mentions."""
    of_act, of_event = Counter(acts.values()), Counter(events.values())
    both = Counter((acts[m], events[m]) for m in acts)
    p = sum(c * c / of_event[e] for (_, e), c in both.items()) / len(acts)
    r = sum(c * c / of_act[a] for (a, _), c in both.items()) / len(acts)
    return p, r, 2 * p * r / (p + r)


def pairs(acts: Sorted, events: Sorted) -> tuple[float, float]:
    """Precision and recall of pairs of mentions."""

    def count(values: Counter[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in values.values())

    both = count(Counter((acts[m], events[m]) for m in acts))
    return both / max(1, count(Counter(events.values()))), both / max(1, count(Counter(acts.values())))


def held_of(acts: Sorted, events: Sorted) -> dict[str, str]:
    """Of each event of several of these mentions: 'one' act, 'mostly' one, 'several'."""
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    for m, act in acts.items():
        inside[events[m]][act] += 1
    return {
        e: "one" if len(c) == 1 else "mostly" if max(c.values()) > MOSTLY * c.total() else "several"
        for e, c in inside.items()
        if c.total() > 1
    }


def whole(acts: Sorted, events: Sorted) -> tuple[int, int]:
    """Acts of several mentions that are one event, and all of several."""
    inside: dict[str, set[str]] = defaultdict(set)
    for m, act in acts.items():
        inside[act].add(events[m])
    several = [a for a, n in Counter(acts.values()).items() if n > 1]
    return sum(len(inside[a]) == 1 for a in several), len(several)


def week_of(news: Path, since: str, until: str, cache: Path) -> Workspace:
    """The workspace of a week's articles, read where it is not there yet."""
    opened = Workspace.open(cache / since, create=True)
    if opened.frame("events").is_empty():
        with gzip.open(news, "rt", encoding="utf8") as lines:
            inside = [line for line in lines if since <= str(json.loads(line)["published"] or "")[:10] <= until][:MOST]
        source = cache / f"{since}.jsonl"
        source.write_text("".join(inside), "utf8")
        run([source], opened, load_config())
    return opened


def report(name: str, acts: Sorted, events: Sorted, cohesion: Mapping[str, float | None]) -> dict[str, float]:
    """Prints a part's figures and gives them back."""
    p, r, f = b_cubed(acts, events)
    alone = b_cubed(acts, {m: m for m in acts})[2]
    pair_p, pair_r = pairs(acts, events)
    held = held_of(acts, events)
    kinds = Counter(held.values())
    one_event, several = whole(acts, events)
    print(f"{name}: {len(acts):,} mentions; B3 {p:.3f} / {r:.3f} / F1 {f:.3f} (each alone {alone:.3f}); pairs {pair_p:.3f} / {pair_r:.3f}")
    print(
        f"  of {len(held)} events of several: " + ", ".join(f"{k} {kinds[k] / max(1, len(held)):.2f}" for k in ("one", "mostly", "several"))
    )
    print(f"  of {several} acts of several, {one_event / max(1, several):.2f} are one event")
    for low, high in itertools.pairwise(LEVELS):
        inside = [k for e, k in held.items() if (c := cohesion.get(e)) is not None and low <= c < high]
        if inside:
            print(f"  cohesion from {low:.2f}: {len(inside)} events, one act {inside.count('one') / len(inside):.2f}")
    return {"b3_f1": f, "one_act": kinds["one"] / max(1, len(held))}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", nargs="?", type=Path, default=NEWS)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "detente-acts")
    parser.add_argument("--figures", type=Path, help="where the figures for gate.py are written")
    given = parser.parse_args()
    if not given.news.is_file():
        print(f"Nothing measured; the news is not part of the project. Lacking:\n  {given.news}", file=sys.stderr)
        return 2
    given.cache.mkdir(parents=True, exist_ok=True)
    rows = labels()
    first, second = acts_of(rows, 1), acts_of(rows, 2)
    both = {m: first[m] for m in second if m in first}
    print(f"two readers on {len(both)} mentions: B3 F1 {b_cubed(both, {m: second[m] for m in both})[2]:.3f}")
    event_of: Sorted = {}
    cohesion: dict[str, float | None] = {}
    for since, until in sorted({(r["week"], r["until"]) for r in rows}):
        workspace = week_of(given.news, since, until, given.cache)
        found: list[Event] = merge(workspace.mentions(), workspace.documents(), load_config().merging)
        event_of |= {m: f"{since} {e.id}" for e in found for m in e.mentions}
        cohesion |= {f"{since} {e.id}": e.cohesion for e in found}
    lost = len(first.keys() - event_of.keys())
    print(f"{lost} of {len(first):,} sorted mentions are coded no longer")
    tuned = {r["week"] for r in rows if r["tuned"]}
    figures = {}
    for name, wanted in (("tuned", True), ("untouched", False)):
        part = {m: a for m, a in first.items() if m in event_of and (a[:10] in tuned) == wanted}
        figures[name] = report(name, part, {m: event_of[m] for m in part}, cohesion)
    if given.figures:
        pinned = {
            f"acts.{n}.{k}": {"value": round(v, 4), "at_most": False, "spread": 0.005} for n, f in figures.items() for k, v in f.items()
        }
        given.figures.write_text(json.dumps(pinned, indent=1) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
