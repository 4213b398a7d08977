"""How fast measures are on a large table: ``python benchmarks/measures_speed.py [EVENTS]``.

Makes EVENTS (two million) synthetic acts of 120 actors over ten years, the busiest pair with more than one act in a hundred, and takes a
year of that pair. Baselines in the same run: SQLite (indexed by pair and day) and a loop over tuples, for the series alone.
"""

from __future__ import annotations

import datetime
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from detente.config import load_config
from detente.measures import Reading, influence, load_scale, reciprocity, series, tension, turning_points
from detente.measures.acts import SCHEMA

FIRST, DAYS = datetime.date(2015, 1, 1), 3650
PAIR = ("A000", "A001")
SINCE, UNTIL = datetime.date(2023, 1, 1), datetime.date(2023, 12, 31)
TARGET = 100.0  # milliseconds


def synthetic(events: int) -> pl.DataFrame:
    """Acts with the columns that measures read."""
    rng = np.random.default_rng(7)
    actors = np.array([f"A{n:03d}" for n in range(120)])
    weight = 1 / np.arange(3, 123)
    weight /= weight.sum()
    a, b = rng.choice(120, events, p=weight), rng.choice(120, events, p=weight)
    b = np.where(a == b, (b + 1) % 120, b)
    scale = [v for v in load_scale() if v.mode is None]
    kind = rng.integers(0, len(scale), events)
    outlets = pl.Series([[f"outlet {n}"] for n in range(200)])
    return pl.DataFrame(
        {
            "event": pl.int_range(events, eager=True).cast(pl.String),
            "date": pl.Series([None] * events, dtype=pl.String),
            "day": pl.Series(rng.integers(0, DAYS, events) + (FIRST - datetime.date(1970, 1, 1)).days).cast(pl.Date),
            "actor": actors[a],
            "recipient": actors[b],
            "joint": np.zeros(events, dtype=bool),
            "type": np.array([v.type for v in scale])[kind],
            "mode": pl.Series([None] * events, dtype=pl.String),
            "status": ["happened"] * events,
            "contested": np.zeros(events, dtype=bool),
            "intensity": np.array([v.value for v in scale])[kind],
            "outlets": outlets.gather(rng.integers(0, 200, events)),
            "answers": pl.Series([None] * events, dtype=pl.String),
            "told": np.zeros(events, dtype=bool),
            "share": np.ones(events),
        },
        schema_overrides=SCHEMA,
    ).sort("day")


def timed(what: str, call: Callable[[], Any], times: int = 9) -> float:
    """Milliseconds of processor time, all threads together, of the fastest of some calls: what a busy machine does not slow."""
    taken, waited = [], []
    for _ in range(times):
        clock, begun = time.perf_counter(), time.process_time()
        call()
        taken.append((time.process_time() - begun) * 1000)
        waited.append((time.perf_counter() - clock) * 1000)
    print(f"{what:<50} {min(taken):9.1f} ms of processor, {min(waited):9.1f} ms by the clock")
    return min(taken)


def main() -> int:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    table = synthetic(events)
    read = Reading({FIRST + datetime.timedelta(days=n): 50 for n in range(DAYS)}, 50 * DAYS, 0)
    options = load_config().measures
    dyad = table.filter((pl.col("actor") == PAIR[0]) & (pl.col("recipient") == PAIR[1])).height
    print(f"{events:,} acts, {dyad:,} of the ordered dyad; a year of it")
    ours = [
        timed("series by day", lambda: series(table, read, PAIR, "day", options, SINCE, UNTIL)),
        timed("series by week", lambda: series(table, read, PAIR, "week", options, SINCE, UNTIL)),
        timed("tension by day, with its band", lambda: tension(table, read, PAIR, options, "day", SINCE, UNTIL)),
    ]
    timed("turning points", lambda: turning_points(table, read, PAIR, options, SINCE, UNTIL))
    timed("reciprocity", lambda: reciprocity(table, PAIR, options, SINCE, UNTIL))
    timed(
        "influence of one on three, by month",
        lambda: influence(table, [], "A000", ["A010", "A011", "A012"], options, "month", SINCE, UNTIL),
        1,
    )
    rows = table.select(pl.col("day").cast(pl.String), "actor", "recipient", "type", "intensity").rows()
    with sqlite3.connect(":memory:") as base:
        base.execute("create table acts (day text, actor text, recipient text, type text, intensity real)")
        base.executemany("insert into acts values (?, ?, ?, ?, ?)", rows)
        base.execute("create index pair on acts (actor, recipient, day)")
        query = "select day, count(*), avg(intensity) from acts where actor = ? and recipient = ? and day between ? and ? group by day"
        timed("baseline, series by day: SQLite with an index", lambda: base.execute(query, (*PAIR, str(SINCE), str(UNTIL))).fetchall())

    def loop() -> dict[str, list[float]]:
        found: dict[str, list[float]] = {}
        for day, actor, recipient, _, value in rows:
            if actor == PAIR[0] and recipient == PAIR[1] and str(SINCE) <= day <= str(UNTIL):
                found.setdefault(day, []).append(value)
        return found

    timed("baseline, series by day: a loop over tuples", loop, 1)
    slow = [t for t in ours if t > TARGET]
    print(f"target: a year-long dyad series below {TARGET:.0f} ms: {'missed' if slow else 'met'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
