"""What the forecasts of a workspace owe to documents published later: ``python benchmarks/as_of.py WORKSPACE [--days 12] [--horizon 7]``.

The back-test asks every question of the past with what had been published by then, but of events merged with all documents. Asked
as of a day, forecasts merge the documents published by then alone. Both are put beside each other on the same questions: on days
spread over the back-test, for every one of its cells, Brier score and log score of what it said and of what is said as of that day.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from detente.config import load_config
from detente.forecasting import expectations_of
from detente.forecasting.occurrence.history import date
from detente.forecasting.occurrence.learning import learn
from detente.forecasting.workspaces import history_by, history_of
from detente.workspace import Workspace


def main() -> int:
    """Prints a line a day and one of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--days", type=int, default=12)
    parser.add_argument("--horizon", type=int, default=7)
    asked = parser.parse_args()
    workspace, config = Workspace.open(asked.workspace), load_config()
    today = expectations_of(workspace, config, asked.horizon)
    whole, past = history_of(workspace, config), today.history
    came = learn(past, today._pairs, asked.horizon, config.forecasting)[1]
    tested = np.unique(came.origin)
    if not len(tested):
        print("The back-test of this workspace has no day that could be asked about.", file=sys.stderr)
        return 1
    chosen = tested[np.unique(np.linspace(0, len(tested) - 1, asked.days).round().astype(int))]
    rows: list[tuple[float, float, float, float]] = []
    print("day         facts  other  questions   Brier x 1,000: back-test  as of the day")
    for origin in chosen.tolist():
        day = origin - 1
        then = expectations_of(workspace, config, asked.horizon, date(day))
        said = {(e.actor, e.type, e.recipient): e.probability for e in then.expected(top=None, reasons=False)}
        other = _facts(history_by(workspace, config, day, whole)) ^ _facts(whole.as_of(day))
        found = []
        for n in np.flatnonzero(came.origin == origin).tolist():
            pair = int(came.pair[n])
            who, whom = (past.actors[int(side[pair])] for side in (today._pairs.actor, today._pairs.recipient))
            p = said.get((who, past.types[int(came.type[n])], whom))
            if p is not None:
                found.append((float(came.weight[n]), float(came.y[n]), float(came.said[n]), p))
        rows += found
        print(f"{date(day)}  {len(whole.as_of(day)):5}  {len(other):5}  {len(found):9}   {_scores(found)}")
    print(f"all                       {len(rows):9}   {_scores(rows)}")
    return 0


def _facts(h) -> set[tuple[str, str, str, int]]:  # type: ignore[no-untyped-def]
    columns = zip(h.actor.tolist(), h.type.tolist(), h.recipient.tolist(), h.day.tolist(), strict=True)
    return {(h.actors[a], h.types[k], h.actors[b], d) for a, k, b, d in columns}


def _scores(rows: list[tuple[float, float, float, float]]) -> str:
    weight, y, tested, then = np.array(rows).T
    brier = [1000 * np.average((p - y) ** 2, weights=weight) for p in (tested, then)]
    log = [-np.average(np.log(np.where(y > 0, p, 1 - p)), weights=weight) for p in (tested, then)]
    return f"{brier[0]:.3f}  {brier[1]:.3f}   log {log[0]:.4f}  {log[1]:.4f}"


if __name__ == "__main__":
    sys.exit(main())
