"""How good the probabilities are on a public history: python benchmarks/occurrence.py DIR [--split valid|test] [--horizons 7,30]

DIR holds train.tsv.gz, valid.tsv.gz (and test.tsv.gz) of (subject, relation, object, day), entity.tsv.gz and
relation.tsv.gz. Relations named as in CAMEO become PLOVER types by the conversion table of the Open Event Data Alliance
(--cameo); what PLOVER has no type for is left out. Learned from what ended before the first day of the split; then on
every seventh day of the split a question for every pair told of in the last 90 days and every type, with all that is
known by then. Compared with the rate of the type, the pair's own rate, last month's frequency and a logistic
autoregression.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import re
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from detente.config import load_config
from detente.forecasting.occurrence.history import History, date, number, quadruples
from detente.forecasting.occurrence.learning import (
    BASELINES,
    LEAD,
    MOST_ORIGINS,
    STEP,
    autoregression,
    backtest,
    baseline,
    best_rung,
    calibration,
    sound,
)
from detente.forecasting.occurrence.models import Ladder, sigmoid
from detente.forecasting.occurrence.scores import reliability, score, skill
from detente.forecasting.occurrence.streams import Pairs
from detente.forecasting.occurrence.sweep import origins_of, sweep

TABLE = Path("../shared/reference/CAMEO2PLOVER-2021.txt")
#: relations that the table names otherwise than the histories do, by how they begin
BEGINS = {
    "demand": "REQUEST",
    "abduct": "ASSAULT",
    "reject": "REJECT",
    "refuse": "REJECT",
    "threaten": "THREATEN",
    "mediate": "CONSULT",
    "impose": "COERCE",
    "obstruct": "PROTEST",
    "engageinviolent": "PROTEST",
    "reduce": "SANCTION",
    "ease": "CONCEDE",
    "apolog": "CONCEDE",
    "expressintent": "AGREE",
}


def plain(name: str) -> str:
    """Letters alone, in lower case."""
    return re.sub(r"[^a-z]", "", name.lower())


def plover_types(table: Path) -> dict[str, str]:
    """Plain CAMEO descriptions with the PLOVER type of each."""
    found: dict[str, str] = {}
    for line in table.read_text("utf8").splitlines():
        if told := re.match(r"\d+:\s*([A-Z]+)\s*,[^#]*#\s*(.*)", line):
            found.setdefault(plain(told[2]), told[1])
    return found


def plover_of(relation: str, types: dict[str, str]) -> str | None:
    """The PLOVER type of a relation named as in CAMEO; None for statements and appeals, which PLOVER does not code."""
    name = plain(relation)
    return types.get(name) or next((t for begin, t in BEGINS.items() if name.startswith(begin)), None)


def read(folder: Path, parts: list[str], types: dict[str, str]) -> tuple[History, list[datetime.date]]:
    """The history of the parts, and the first day of each."""
    relations = [plover_of(n, types) for n in _names(folder / "relation.tsv.gz")]
    entities = _names(folder / "entity.tsv.gz")
    start, rows, firsts = datetime.date(2010, 1, 1), [], []
    for part in parts:
        days = []
        with gzip.open(folder / f"{part}.tsv.gz", "rt", encoding="utf8") as lines:
            next(lines)
            for line in lines:
                s, r, o, t = map(int, line.split("\t"))
                day = start + datetime.timedelta(days=t)
                days.append(day)
                kind = relations[r]
                if kind is not None and s != o:
                    rows.append((entities[s], kind, entities[o], day))
        firsts.append(min(days))
    return quadruples(rows), firsts


def _names(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        next(lines)
        return [line.rstrip("\n").split("\t")[1] for line in lines]


def measure(h: History, split: int, horizon: int, options: Any) -> dict[str, Any]:
    """Scores of every way of forecasting on the windows of the split."""
    began = time.process_time()
    pairs = Pairs(h, options.most_pairs)
    before = origins_of(h, horizon, STEP, LEAD, split - 1)[-MOST_ORIGINS:]
    asked = list(range(split, h.last + 2 - horizon, STEP))

    def room(day: int) -> float:
        return 400_000 if day >= split else options.rows / len(before)

    swept = sweep(
        h, pairs, horizon, [*before, *asked], h.last + 1, options, room=lambda day: 1e9 if day >= split else options.rows / len(before)
    )
    rows, types = swept.rows, len(h.types)
    learned, test = rows.where(rows.origin + horizon <= split), rows.where(rows.origin >= split)
    _, losses, odds = backtest(learned, types, horizon, options)
    ladder = Ladder.fit(learned, types, options.seed)
    rung = best_rung(losses, ladder.rungs)
    slope, shift = calibration(sound(rung, odds, losses))
    said = sigmoid(slope * ladder.odds(rung, test.x, test.type) + shift)
    seconds, lagged = time.process_time() - began, autoregression(learned, types)
    forecasts = {"détente": said, **{n: baseline(n, test, lagged, types, horizon) for n in BASELINES}}
    forecasts |= {f"rung {r}": sigmoid(ladder.odds(r, test.x, test.type)) for r in ladder.rungs}
    blocks = (test.origin - test.origin.min()) // max(STEP, horizon)
    busy = test.told >= 1.0
    found: dict[str, Any] = {"horizon": horizon, "rung": rung, "windows": len(asked), "questions": len(test), "came": int(test.y.sum())}
    for name, chosen in (("all", np.ones(len(test), bool)), ("told of before", busy)):
        y, w = test.y[chosen], test.weight[chosen]
        table = {}
        for label, p in forecasts.items():
            s = score(p[chosen], y, w)
            table[label] = {"brier": s.brier, "log": s.log, "calibration": s.calibration}
            if label in BASELINES and len(set(blocks)) > 1:
                table[label]["skill"] = skill(said[chosen], p[chosen], y, w, blocks[chosen], 400, 1)
        found[name] = {"questions": int(chosen.sum()), "came": int(y.sum()), "forecasts": table}
    found["bins"] = [(b.low, b.high, b.forecasts, b.said, b.came) for b in reliability(said, test.y, test.weight)]
    return found | {"cpu_seconds": seconds, "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}


def held(name: str, split: str, results: list[dict[str, Any]]) -> dict[str, Any]:
    """What is held against floors (see gate.py): how much smaller the Brier score is than that of the best other forecast, as a share."""
    told = {}
    for r in results:
        brier = {who: s["brier"] for who, s in r["all"]["forecasts"].items()}
        gain = 1 - brier["détente"] / min(brier[who] for who in BASELINES)
        told[f"occurrence.{name}.{split}.{r['horizon']}"] = {"value": round(gain, 4), "at_most": False, "spread": 0.003}
    return told


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--split", choices=("valid", "test"), default="valid")
    ask.add_argument("--horizons", default="7,30")
    ask.add_argument("--cameo", type=Path, default=TABLE)
    ask.add_argument("--json", type=Path)
    ask.add_argument("--figures", type=Path, help="where figures for gate.py are written")
    given = ask.parse_args()
    parts = ["train", "valid"] + (["test"] if given.split == "test" else [])
    h, firsts = read(given.folder, parts, plover_types(given.cameo))
    options = load_config(forecasting={"active_days": 90}).forecasting
    results = []
    for horizon in map(int, given.horizons.split(",")):
        r = measure(h, number(firsts[-1]), horizon, options)
        results.append(r)
        print(f"\n{given.folder.name} {given.split} from {date(number(firsts[-1]))}: {horizon} days, {r['windows']} windows, ", end="")
        print(f"rung {r['rung']}, {r['cpu_seconds']:.0f} CPU s, {r['peak_gb']:.1f} GB")
        for part in ("all", "told of before"):
            p = r[part]
            print(f"  {part}: {p['questions']:,} questions, {p['came']:,} came")
            for name, s in p["forecasts"].items():
                band = "  skill {:+.3f} ({:+.3f} to {:+.3f})".format(*s["skill"]) if "skill" in s else ""
                print(f"    {name:16} Brier {1000 * s['brier']:8.3f}e-3  log {s['log']:.5f}  calibration {s['calibration']:.5f}{band}")
        for low, high, n, said, came in r["bins"]:
            print(f"    said {low:.2f}–{high:.2f}: {said:.3f}, came {came:.3f} of {n:,.0f}")
    if given.figures:
        given.figures.write_text(json.dumps(held(given.folder.name, given.split, results), indent=1) + "\n", "utf8")
    if given.json:
        given.json.write_text(json.dumps({"set": given.folder.name, "split": given.split, "results": results}, indent=1) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
