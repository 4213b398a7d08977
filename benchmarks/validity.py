#!/usr/bin/env python3
"""Whether the measures see what is known to have happened.

    python benchmarks/validity.py [GOLD_DIR] [--cache FOLDER] [--corpus NEWS.jsonl.gz] [--images docs/images]

Reads the portal set of GOLD_DIR (default: ../shared/gold) and, if it is there, a corpus of news through the whole pipeline once, and keeps
the workspaces in FOLDER. Reports the most hostile and most cooperative dyads by month; whether known crises are turning points within seven
days, and whether ten quiet dyads have any of that size; the rank correlation of monthly country tension with the Geopolitical Risk index
(Caldara & Iacoviello 2022); and what dropping any one outlet does to it. Exit code 1 where a crisis that was told of is missed.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import gzip
import json
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import gold as kit
import polars as pl

from detente.config import load_config
from detente.measures import ANYONE, Reading, TurningPoint, acts, reading, tension, turning_points
from detente.measures.acts import between, counted
from detente.pipeline import run
from detente.reporting.charts import png, turning_chart
from detente.workspace import Workspace

OPTIONS = load_config().measures
WITHIN = 7


@dataclass(frozen=True, slots=True)
class Crisis:
    """A turn that is known to have happened."""

    dyad: tuple[str, str]
    day: str
    way: str
    what: str


CRISES = (
    Crisis(("RUS", "AZE"), "2024-12-25", "hostile", "airliner shot down"),
    Crisis(("RUS", "AZE"), "2025-06-30", "hostile", "raids and arrests"),
    Crisis(("ARM", "AZE"), "2025-03-13", "cooperative", "treaty text agreed"),
    Crisis(("ARM", "AZE"), "2025-08-08", "cooperative", "Washington"),
    Crisis(("IND", "PAK"), "2025-05-07", "hostile", "air strikes"),
    Crisis(("ISR", "IRN"), "2025-06-13", "hostile", "air war"),
    Crisis(("THA", "KHM"), "2025-07-24", "hostile", "border war"),
)
QUIET = (
    ("NOR", "SWE"), ("ESP", "PRT"), ("AUS", "NZL"), ("AUT", "CHE"), ("ARG", "URY"),
    ("BEL", "NLD"), ("DNK", "FIN"), ("CAN", "JPN"), ("BRA", "CHL"), ("ITA", "MLT"),
)  # fmt: skip


def read(source: Path, workspace: Path) -> Workspace:
    """The workspace of a file, read where it is not there yet."""
    opened = Workspace.open(workspace, create=True)
    if opened.frame("events").is_empty():
        run([source], opened, load_config())
    return opened


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=kit.DEFAULT)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "detente-validity")
    parser.add_argument("--corpus", type=Path, help="default: ../corpora/allsides_international.jsonl.gz beside GOLD_DIR")
    parser.add_argument("--images", type=Path, help="write the charts there")
    given = parser.parse_args()
    items = given.gold / "portal" / "items.jsonl"
    if not items.is_file():
        print(f"Nothing measured; the sets are not part of the project. Lacking:\n  {items}", file=sys.stderr)
        return 2
    portal = read(items, given.cache / "portal")
    missed = world(portal, given.images)
    corpus = given.corpus or given.gold.parent / "corpora" / "allsides_international.jsonl.gz"
    index = given.gold / "gpr" / "gprc_monthly_2012_2020.csv"
    if corpus.is_file() and index.is_file():
        risk(read(unpacked(corpus, given.cache), given.cache / "allsides"), index)
    return 1 if missed else 0


def unpacked(corpus: Path, cache: Path) -> Path:
    """The documents of a corpus that have a date, as a plain file in the cache: the others belong to no month."""
    plain = cache / f"dated-{corpus.name.removesuffix('.gz')}"
    if not plain.exists():
        text = gzip.decompress(corpus.read_bytes()) if corpus.suffix == ".gz" else corpus.read_bytes()
        plain.write_bytes(b"".join(line for line in text.splitlines(keepends=True) if json.loads(line)["published"]))
    return plain


# ---------------------------------------------------------------- known crises
def world(workspace: Workspace, images: Path | None) -> int:
    """The portal: dyads by month, crises, quiet dyads. The number of crises told of and missed."""
    table, volume = acts(workspace.frame("events")), reading(workspace.documents_frame())
    use = counted(table.filter(pl.col("day").is_not_null()), OPTIONS)
    events = use["event"].n_unique()
    print(f"portal: {volume.documents:,} entries of {volume.first} to {volume.last}; {events:,} events of two actors count\n")
    months(use, volume)
    found = {d: turning_points(table, volume, d, OPTIONS) for d in {c.dyad for c in CRISES} | set(QUIET)}
    print(f"\nknown crises: a turning point within {WITHIN} days?")
    sizes: dict[str, list[float]] = {"hostile": [], "cooperative": []}
    missed = 0
    for c in CRISES:
        hit = nearest(found[c.dyad], c)
        if hit is not None:
            sizes[c.way].append(hit.size)
            said = f"{hit.day}, size {hit.size:.2f} ({hit.low:.2f}–{hit.high:.2f}), {len(hit.events)} acts"
        elif volume.first is not None and c.day < volume.first.isoformat():
            said = f"before the first document ({volume.first})"
        else:
            told = told_near(table, c)
            said = f"missed; told in that time: {told or 'nothing that counts'}"
            missed += bool(told)
        print(f"  {'–'.join(c.dyad)}  {c.day}  {c.what:<20} {said}")
    print("\nquiet dyads: their largest turning points")
    least = {way: min(s, default=None) for way, s in sizes.items()}
    for d in QUIET:
        for way in ("hostile", "cooperative"):
            largest = max((t for t in found[d] if t.way == way), key=lambda t: t.size, default=None)
            floor = least[way]
            if largest is not None and floor is not None:
                verdict = "below the smallest crisis" if largest.size < floor else "AS LARGE AS A CRISIS"
                print(f"  {'–'.join(d)}  {way}: {largest.day}, size {largest.size:.2f}: {verdict} ({floor:.2f})")
    silent = ["–".join(d) for d in QUIET if not found[d]]
    print(f"  none at all: {', '.join(silent) or '–'}")
    if images is not None:
        images.mkdir(parents=True, exist_ok=True)
        for d in dict.fromkeys(c.dyad for c in CRISES):
            chart = turning_chart(tension(table, volume, d, OPTIONS), found[d], width=420)
            chart["title"] = {"text": f"{'–'.join(d)}: tension and turning points", "anchor": "start", "fontSize": 12}
            (images / f"validity-{'-'.join(d).lower()}.png").write_bytes(png({**chart, "height": 130}, scale=1.2))
    return missed


def nearest(turning: Sequence[TurningPoint], crisis: Crisis) -> TurningPoint | None:
    """The largest turning point of a crisis's way within some days of it."""
    day = datetime.date.fromisoformat(crisis.day)
    near = [t for t in turning if t.way == crisis.way and abs((datetime.date.fromisoformat(t.day) - day).days) <= WITHIN]
    return max(near, key=lambda t: t.size, default=None)


def told_near(table: pl.DataFrame, crisis: Crisis) -> str:
    """The acts of a dyad near a crisis that count."""
    day = datetime.date.fromisoformat(crisis.day)
    span = datetime.timedelta(days=WITHIN)
    near = counted(between(table, crisis.dyad, both=True), OPTIONS).filter(pl.col("day").is_between(day - span, day + span))
    return "; ".join(f"{r['date']} {r['actor']} {r['type']} {r['recipient']}" for r in near.iter_rows(named=True))


def months(use: pl.DataFrame, volume: Reading, fewest: int = 3, most: int = 3) -> None:
    """The most hostile and most cooperative dyads of each month, by the mean level of its days, of those told of often enough."""
    pairs = use.select(
        "event", "day", "intensity", a=pl.min_horizontal("actor", "recipient"), b=pl.max_horizontal("actor", "recipient")
    ).unique(["event", "a", "b"])
    busy = pairs.group_by(pl.col("day").dt.strftime("%Y-%m").alias("month"), "a", "b").agg(pl.len().alias("n"), pl.col("intensity").mean())
    print(f"dyads by month (at least {fewest} events; mean intensity, events)")
    for (month,), rows in busy.filter(pl.col("n") >= fewest).sort("month").group_by("month", maintain_order=True):
        ranked = rows.with_columns(load=pl.col("intensity") * pl.col("n").log1p()).sort("load", "a", "b")
        worst, best = ranked.head(most), ranked.filter(pl.col("intensity") > 0).tail(most).reverse()
        print(f"  {month}  hostile: {listed(worst)}; cooperative: {listed(best) or 'none'}")


def listed(rows: pl.DataFrame) -> str:
    return ", ".join(f"{r['a']}–{r['b']} {r['intensity']:+.1f} ({r['n']})" for r in rows.iter_rows(named=True))


# ---------------------------------------------------------------- the risk index
def risk(workspace: Workspace, index: Path) -> None:
    """The news corpus beside the Geopolitical Risk index, country by country, and without each outlet."""
    table, documents = acts(workspace.frame("events")), workspace.documents_frame()
    known: dict[tuple[str, str], float] = {}
    with index.open(encoding="utf8") as stream:
        for row in csv.DictReader(stream):
            known[row["country"], row["month"]] = float(row["gprc"])
    countries = sorted({c for c, _ in known})
    base = correlations(table, reading(documents), countries, known)
    print(f"\nnews 2012–2020: {documents.height:,} documents; Spearman of monthly tension with the Geopolitical Risk index of the country")
    for c, (rho, n, told) in sorted(base.items(), key=lambda x: -x[1][0]):
        print(f"  {c}  {rho:+.2f}  {n} months, {told} events")
    middle = statistics.median(r for r, _, _ in base.values())
    print(f"  median {middle:+.2f} over {len(base)} countries with at least {FEWEST_EVENTS} events")
    outlets = documents.group_by("outlet").len().sort("len", descending=True).head(10)["outlet"].drop_nulls().to_list()
    print(
        "  without one outlet, the ten largest: " + ", ".join(f"{o} {m:+.2f}" for o, m in without(table, documents, outlets, base, known))
    )


FEWEST_EVENTS = 60
_FEWEST_MONTHS = 24
#: months with fewer documents say little of any country
_FEWEST_DOCUMENTS = 8


def correlations(
    table: pl.DataFrame, volume: Reading, countries: Sequence[str], known: dict[tuple[str, str], float]
) -> dict[str, tuple[float, int, int]]:
    """Country -> Spearman's rho, months, events; of those told of often enough.

    The index of a month knows nothing of the month before, so that tension forgets as fast here as for turning points.
    """
    options = replace(OPTIONS, resamples=0, half_life_days=OPTIONS.turn_half_life_days)
    documents = Counter[str]()
    for day, n in volume.days.items():
        documents[day.isoformat()[:7]] += n
    out = {}
    for c in countries:
        told = counted(between(table, (c, ANYONE), both=True), OPTIONS).filter(pl.col("day").is_not_null()).height
        if told < FEWEST_EVENTS:
            continue
        levels = {p.day[:7]: p.value for p in tension(table, volume, (c, ANYONE), options, "month") if p.value is not None}
        pairs = [(v, known[c, m]) for m, v in levels.items() if (c, m) in known and documents[m] >= _FEWEST_DOCUMENTS]
        if len(pairs) >= _FEWEST_MONTHS:
            out[c] = (spearman(pairs), len(pairs), told)
    return out


def spearman(pairs: Sequence[tuple[float, float]]) -> float:
    frame = pl.DataFrame(pairs, schema=["a", "b"], orient="row")
    return float(frame.select(pl.corr("a", "b", method="spearman")).item())


def without(
    table: pl.DataFrame,
    documents: pl.DataFrame,
    outlets: Sequence[str],
    base: dict[str, tuple[float, int, int]],
    known: dict[tuple[str, str], float],
) -> Iterator[tuple[str, float]]:
    """The median correlation where nothing told by one outlet alone is known."""
    for outlet in outlets:
        left = table.filter(pl.col("outlets").list.eval(pl.element() != outlet).list.any())
        again = correlations(left, reading(documents.filter(pl.col("outlet") != outlet)), sorted(base), known)
        yield outlet, statistics.median(r for r, _, _ in again.values())


if __name__ == "__main__":
    sys.exit(main())
