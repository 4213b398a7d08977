#!/usr/bin/env python3
"""Fails (exit code 1) where a figure falls below its pinned floor in floors.json.

    python benchmarks/gate.py [GOLD_DIR] [--figures reading.json]
    python benchmarks/gate.py --raise [...]                          floors up to the figures, where these are better
    python benchmarks/gate.py --lower NAME --because REASON [...]    one floor down to its figure, the reason recorded

Without --figures everything of the reading is measured first (see reading.py). Figures of scenarios and forecasts, whose floors stand in
the same file, are measured apart (scenarios.py DIR --only weekly,acts --figures FILE, a set and a study at a time where that is wanted;
forecasting.py SET --figures FILE; occurrence.py SET --figures FILE), and so are events held against acts sorted by hand (acts.py --figures
FILE): floors are judged of whatever the file holds, and the line at the end says of how many.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
from pathlib import Path
from typing import Any

Row = dict[str, Any]
HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"


def judged(figures: dict[str, Row], floors: dict[str, Row]) -> dict[str, Row]:
    """The floors that these figures are held against: those of whatever was measured at one time with any of them."""
    measured = {_measured_with(name) for name in figures}
    return {name: pinned for name, pinned in floors.items() if _measured_with(name) in measured}


def _measured_with(name: str) -> str:
    """What a figure is measured together with: all of the reading; of scenarios each study on each set by itself (acts; weekly), of
    forecasts each set and horizon; of acts sorted by hand both parts."""
    group, _, last = name.rpartition(".")
    if group.startswith(("forecasting.", "occurrence.")):
        return name
    if group.startswith("acts."):
        return "acts"
    if not group.startswith("scenarios."):
        return "reading"
    return f"{group} {'acts' if last == 'likelihood' else 'weekly'}"


def failures(figures: dict[str, Row], floors: dict[str, Row]) -> list[str]:
    """A line for each figure that is worse than its floor, or was not measured though it has one that is :func:`judged`."""
    if not figures:
        return ["Nothing was measured."]
    out = []
    for name, pinned in sorted(judged(figures, floors).items()):
        row = figures.get(name)
        if row is None:
            out.append(f"{name}: not measured; its floor is {pinned['floor']}")
        elif better(pinned["floor"], row["value"], row["at_most"]):
            out.append(f"{name}: {row['value']:.4f} is {'above' if row['at_most'] else 'below'} its floor {pinned['floor']}")
    return out


def better(a: float, b: float, at_most: bool) -> bool:
    """Whether figure a is better than b."""
    return a < b if at_most else a > b


def floor_of(row: Row) -> float:
    """A figure as a floor: three digits, rounded to the lenient side, less what it spreads by chance."""
    digits, spread = (math.ceil, row.get("spread", 0)) if row["at_most"] else (math.floor, -row.get("spread", 0))
    return digits(round((row["value"] + spread) * 1000, 6)) / 1000


def raised(figures: dict[str, Row], floors: dict[str, Row]) -> dict[str, Row]:
    """The floors, each raised to its figure where that is better."""
    out = dict(floors)
    for name, row in figures.items():
        new, old = floor_of(row), floors.get(name)
        if old is None or better(new, old["floor"], row["at_most"]):
            out[name] = {**(old or {}), "floor": new}
    return out


def lowered(figures: dict[str, Row], floors: dict[str, Row], name: str, because: str, day: str) -> dict[str, Row]:
    """The floors with one lowered to its figure; day, old and new value and the reason are recorded. Raises ValueError."""
    if not because.strip():
        raise ValueError("a floor is lowered only with a reason: --because REASON")
    if name not in figures or name not in floors:
        raise ValueError(f"no figure {name}; there are {', '.join(sorted(set(figures) & set(floors)))}")
    old, new = floors[name]["floor"], floor_of(figures[name])
    if not better(old, new, figures[name]["at_most"]):
        raise ValueError(f"{name} is not worse than its floor {old}")
    record = {"day": day, "from": old, "to": new, "because": because}
    return {**floors, name: {**floors[name], "floor": new, "lowered": [*floors[name].get("lowered", []), record]}}


def main() -> None:
    """Compares, raises or lowers."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("gold", nargs="?", type=Path, help="the gold folder (default: ../shared/gold)")
    asked.add_argument("--figures", type=Path, help="figures measured before, instead of measuring now")
    asked.add_argument("--raise", dest="up", action="store_true", help="raise the floors to the figures")
    asked.add_argument("--lower", metavar="NAME", help="lower the floor of this figure")
    asked.add_argument("--because", default="", metavar="REASON", help="why it is lowered")
    given = asked.parse_args()
    if given.lower and not given.because.strip():
        asked.error("a floor is lowered only with a reason: --because REASON")
    if given.figures:
        figures = json.loads(given.figures.read_text("utf8"))
    else:
        import reading

        figures = reading.measure(given.gold or reading.kit.DEFAULT, list(reading.kit.SETS))
    floors = json.loads(FLOORS.read_text("utf8")) if FLOORS.exists() else {}
    if given.up:
        floors = raised(figures, floors)
    if given.lower:
        try:
            floors = lowered(figures, floors, given.lower, given.because, datetime.date.today().isoformat())
        except ValueError as fault:
            asked.error(str(fault))
    if given.up or given.lower:
        FLOORS.write_text(json.dumps(floors, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf8")
    faults = failures(figures, floors)
    held = len(judged(figures, floors))
    print("\n".join(faults) or (f"All {held} floors hold." if held == len(floors) else f"All {held} floors judged of {len(floors)} hold."))
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
