"""How fast the workbench answers: made-up workspaces of many events, pages asked for as a reader would.

    python benchmarks/web_speed.py [--events 100000 2000000] [--folder /tmp/web-speed] [--output web_speed.json]

Prints how long `detente serve` takes from its start until it answers, and from then until Today is there: once where it was never made of
this workspace, once where an earlier start kept it. Then, within one process, how long Today takes where nothing is ready and kept, how
long what other pages need is in the making (beside, in use), and for each page the first answer, the median and the slowest of later ones.
The workspaces are made once and kept in the folder.
"""

from __future__ import annotations

import argparse
import datetime
import json
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
import warnings
from pathlib import Path

import numpy as np
import polars as pl
from deltalake import write_deltalake

from detente.records import QUADS, TYPES
from detente.workspace import Workspace
from detente.workspace.schemas import schema

COUNTRIES = (
    "RUS AZE ARM GEO TUR IRN USA UKR ISR SYR IRQ CHN IND PAK DEU FRA GBR POL KAZ UZB TKM EGY SAU YEM LBN JOR QAT ARE AFG LBY".split()
)
PLACES = ["Baku", "Moscow", "Yerevan", "Tbilisi", "Ankara", "Tehran", "Kyiv", "Damascus", "Baghdad", "Kabul", "Sanaa", "Beirut"]
OUTLETS = [f"Outlet {n:02d}" for n in range(40)]
STATUSES = ["happened", "claimed", "denied", "planned", "hypothetical"]
CHUNK = 250_000
#: page -> what is asked: a first page, filtered pages, a page far down, an event, a pair …
QUESTIONS = {
    "today": "/",
    "first page": "/events",
    "one facet": "/events?actor=RUS",
    "three facets and dates": "/events?actor=RUS&recipient=AZE&type=COERCE&since=2015&until=2019",
    "two values": "/events?type=ASSAULT&type=COERCE&outlet=Outlet%2007",
    "contested at a place": "/events?contested=1&place=Baku",
    "pair": "/events?either=ARM&either=TUR&since=2020",
    "words": "/events?q=seized%20ship",
    "actors": "/actors",
    "actor": "/actors/IRN",
    "dyads": "/dyads",
    "dyad": "/dyads/ISR,IRN?since=2023",
    "claims": "/claims",
    "network": "/network?months=3&until=2021-06",
    "map": "/map?months=12&until=2021-06",
}


def make(folder: Path, n: int) -> Workspace:
    """A workspace of ``n`` events over twenty years, each told once or more, with documents and mentions."""
    workspace = Workspace.open(folder, create=True)
    if (folder / "made").exists():
        return workspace
    rng = np.random.default_rng(7)
    first = datetime.date(2005, 1, 1).toordinal()
    batch = f"{time.time_ns():020d}-made"
    for start in range(0, n, CHUNK):
        size = min(CHUNK, n - start)
        days = [datetime.date.fromordinal(first + d).isoformat() for d in np.sort(rng.integers(0, 7300, size))]
        number = np.arange(start, start + size)
        _write(folder, "events", _events(rng, days, number))
        _write(folder, "mentions", _mentions(rng, days, number, batch))
        _write(folder, "documents", _documents(days, number, batch))
    (folder / "made").write_text("1")
    return workspace


def _write(folder: Path, table: str, frame: pl.DataFrame) -> None:
    wanted = schema(table)
    full = frame.select(pl.col(c).cast(kind) if c in frame.columns else pl.lit(None, dtype=kind).alias(c) for c, kind in wanted.items())
    write_deltalake(str(folder / table), full.to_arrow(), mode="append", schema_mode="merge")


def _actor(codes: np.ndarray) -> pl.Series:
    names = pl.Series(np.array(COUNTRIES)[codes])
    frame = pl.DataFrame({"text": names, "id": names, "country": names, "sector": ["GOV"] * len(codes), "name": names})
    return frame.select(
        pl.concat_list(pl.struct("text", pl.lit(None, dtype=pl.List(pl.Int64)).alias("span"), "id", "country", "sector", "name"))
    ).to_series()


def _place(which: np.ndarray) -> pl.Series:
    names = pl.Series(np.array(PLACES)[which % len(PLACES)])
    frame = pl.DataFrame(
        {"text": names, "name": names, "country": ["AZE"] * len(which), "latitude": 40.0 + which % 7, "longitude": 45.0 + which % 11}
    )
    return frame.select(
        pl.when(pl.Series(which < 6)).then(
            pl.struct("text", "name", "country", "latitude", "longitude", pl.lit(None, dtype=pl.Int64).alias("geonameid"))
        )
    ).to_series()


def _events(rng: np.random.Generator, days: list[str], number: np.ndarray) -> pl.DataFrame:
    n = len(days)
    skew = np.minimum(rng.geometric(0.12, n) - 1, len(COUNTRIES) - 1)
    other = (skew + 1 + rng.integers(0, len(COUNTRIES) - 1, n)) % len(COUNTRIES)
    types = np.array(TYPES)[rng.integers(0, len(TYPES), n)]
    outlets = np.array(OUTLETS)[np.minimum(rng.geometric(0.08, n) - 1, 39)]
    compact = pl.Series(days).str.replace_all("-", "")
    ids = pl.select(pl.concat_str(pl.lit("e"), compact, pl.lit("-"), pl.Series(number).cast(pl.String).str.pad_start(10, "0"))).to_series()
    mention = pl.Series(_mention_ids(days, number))
    return pl.DataFrame(
        {
            "id": ids,
            "type": types,
            "actors": _actor(skew),
            "recipients": _actor(other),
            "status": np.array(STATUSES)[np.minimum(rng.geometric(0.6, n) - 1, 4)],
            "contested": rng.random(n) < 0.03,
            "date": days,
            "date_precision": ["day"] * n,
            "mentions": pl.DataFrame({"m": mention}).select(pl.concat_list("m")).to_series(),
            "documents": pl.DataFrame({"m": mention}).select(pl.concat_list(pl.col("m").str.slice(0, 21))).to_series(),
            "outlets": pl.DataFrame({"o": outlets}).select(pl.concat_list("o")).to_series(),
            "origins": np.ones(n, dtype=np.int64),
            "place": _place(rng.integers(0, 12, n)),
            "intensity": np.where(np.array([QUADS[t] >= 3 for t in TYPES])[np.searchsorted(np.sort(TYPES), types)], -5.0, 4.0),
            "confidence": rng.random(n).round(3),
            "first_told": days,
            "last_told": days,
            "label": ["acted"] * n,
        }
    )


def _mention_ids(days: list[str], number: np.ndarray) -> list[str]:
    return [f"{d.replace('-', '')}-{k // 8:012d}.{k % 8 * 120:06d}" for d, k in zip(days, number.tolist(), strict=True)]


def _mentions(rng: np.random.Generator, days: list[str], number: np.ndarray, batch: str) -> pl.DataFrame:
    n = len(days)
    ids = _mention_ids(days, number)
    whats = np.array(["seized a ship", "met its neighbour", "accused the other side", "sent aid", "closed the border"])[
        rng.integers(0, 5, n)
    ]
    cited = pl.DataFrame({"text": np.array(COUNTRIES)[rng.integers(0, 30, n)]}).select(
        pl.struct(
            "text",
            pl.col("text").alias("id"),
            pl.lit(None, dtype=pl.List(pl.Int64)).alias("span"),
            pl.col("text").alias("country"),
        ).alias("s")
    )
    sources = cited.select(pl.when(pl.Series(rng.random(n) < 0.3)).then(pl.concat_list("s")).otherwise(pl.lit([]))).to_series()
    span = pl.DataFrame({"a": number % 8 * 120, "b": number % 8 * 120 + 100}).select(pl.concat_list("a", "b")).to_series()
    return pl.DataFrame(
        {
            "id": ids,
            "document": [i[:21] for i in ids],
            "sentence": pl.select(
                pl.concat_str(
                    pl.lit("On that day the state "),
                    pl.Series(whats),
                    pl.lit(" near the frontier, officials said in report "),
                    pl.Series(number).cast(pl.String),
                )
            ).to_series(),
            "sentence_span": span,
            "trigger": ["acted"] * n,
            "trigger_span": span,
            "type": ["ACCUSE"] * n,
            "status": ["happened"] * n,
            "certainty": ["certain"] * n,
            "sources": sources,
            "confidence": rng.random(n).round(3),
            "batch": [batch] * n,
            "coder": ["made"] * n,
        }
    )


def _documents(days: list[str], number: np.ndarray, batch: str) -> pl.DataFrame:
    ids = {i[:21]: d for i, d in zip(_mention_ids(days, number), days, strict=True)}
    k = len(ids)
    return pl.DataFrame(
        {
            "id": list(ids),
            "text": ["Text."] * k,
            "original": ["Text."] * k,
            "title": [f"Report {n}" for n in range(k)],
            "outlet": [OUTLETS[n % 40] for n in range(k)],
            "published": list(ids.values()),
            "format": ["txt"] * k,
            "batch": [batch] * k,
            "coder": ["made"] * k,
        }
    )


def start(folder: Path) -> dict[str, float]:
    """Milliseconds of a start of ``detente serve``: until it listens, and until Today is there, asked for at once."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", "from detente.cli import main; main()", "serve", "-w", str(folder), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert server.stdout is not None
        address = next(word for line in server.stdout for word in line.split() if word.startswith("http://"))
        listens = time.perf_counter()
        while b"is being put together" in urllib.request.urlopen(address).read():
            time.sleep(0.2)
        return {"first": 1000 * (listens - begun), "page": 1000 * (time.perf_counter() - listens)}
    finally:
        server.terminate()
        server.wait()


def ask(workspace: Workspace, times: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each page: the first answer, the median and the slowest of later ones that ask for other rows."""
    from detente.web import create_app

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fastapi.testclient import TestClient
    client = TestClient(create_app(workspace), base_url="http://localhost")
    found: dict[str, dict[str, float]] = {}
    kept = workspace.folder / "pages"
    shutil.rmtree(kept, ignore_errors=True)
    for name in ("started, Today not made", "started again"):
        started = start(workspace.folder)
        for what, milliseconds in ((name, started["first"]), ("  then Today", started["page"])):
            found[f"{name}: {what.strip()}"] = {"first": milliseconds}
            _say(what, {"first": milliseconds})
    shutil.rmtree(kept, ignore_errors=True)
    for name, path in (("today, nothing ready", "/"), ("the rest made ready", "")):
        begun = time.perf_counter()
        if path:
            assert client.get(path).status_code == 200
        else:
            client.app.state.desk.prepare()  # type: ignore[attr-defined]
        found[name] = {"first": 1000 * (time.perf_counter() - begun)}
        _say(name, found[name])
    for name, path in QUESTIONS.items():
        taken = []
        for k in range(times + 1):
            varied = f"{path}{'&' if '?' in path else '?'}size={40 + k}" if "/events" in path else path
            varied = varied.replace("q=seized", f"q={7 * k + 100}%20seized")  # other words each time
            begun = time.perf_counter()
            answer = client.get(varied)
            taken.append(1000 * (time.perf_counter() - begun))
            assert answer.status_code == 200, (varied, answer.text[:300])
        found[name] = {"first": taken[0], "median": statistics.median(taken[1:]), "slowest": max(taken[1:])}
        _say(name, found[name])
    far = client.get("/events.json?until=2012").json()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        far = client.get("/events.json", params={"until": "2012", "at": far["older"]}).json()
        taken.append(1000 * (time.perf_counter() - begun))
    found["pages far down"] = {"first": taken[0], "median": statistics.median(taken), "slowest": max(taken)}
    _say("pages far down", found["pages far down"])
    return found


def _say(name: str, t: dict[str, float]) -> None:
    print(f"  {name:24}" + "".join(f"{t[k]:9.0f}" if k in t else f"{'':9}" for k in ("first", "median", "slowest")), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=[100_000, 2_000_000])
    parser.add_argument("--folder", type=Path, default=Path("/tmp/web-speed"))
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    everything = {}
    for n in options.events:
        begun = time.perf_counter()
        workspace = make(options.folder / str(n), n)
        print(f"{n:,} events (made in {time.perf_counter() - begun:.0f} s)\n{'':26}{'first':>9}{'median':>9}{'slowest':>9}  ms", flush=True)
        everything[str(n)] = ask(workspace, options.times)
    if options.output:
        options.output.write_text(json.dumps(everything, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
