"""Forecasts as rows of listings."""

from __future__ import annotations

from collections.abc import Sequence

from ..forecasting import Backtest, Expected, Surprise
from .tables import Row


def expected_row(e: Expected, known: bool) -> Row:
    """One act that may come as columns; ``known``: with what came."""
    row: Row = {
        "actor": e.actor,
        "type": e.type,
        "recipient": e.recipient,
        "start": e.start,
        "end": e.end,
        "probability": e.probability,
        "low": e.low,
        "high": e.high,
        "base_rate": e.base_rate,
        "lift": e.lift,
    }
    if known:
        row |= {"happened": {True: "yes", False: "no", None: "not known"}[e.happened], "events": " ".join(e.events)}
    evidence = dict.fromkeys(i for r in e.reasons for i in r.events)
    return row | {"because": "; ".join(because(e)), "evidence": " ".join(evidence)}


def expected_table(e: Expected, known: bool) -> Row:
    """The same for a screen: the band in one column, the window left to the heading."""
    row: Row = {
        "actor": e.actor,
        "type": e.type,
        "recipient": e.recipient,
        "probability": f"{shown(e.probability)} ({shown(e.low)}–{shown(e.high)})",
        "base": "< 0.001" if e.base_rate < 0.001 else f"{e.base_rate:.3f}",
        "lift": f"{e.lift:.1f}",
    }
    if known:
        row["came"] = {True: "yes", False: "no", None: "not known"}[e.happened]
    return row | {"because": "\n".join(because(e))}


def shown(p: float) -> str:
    """A probability for a table: two digits, three of a small one, and never 0: ``0.42``, ``0.004``, ``< 0.001``."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.01 else f"{p:.2f}"


def because(e: Expected) -> list[str]:
    """The reasons as phrases; what speaks against it is marked."""
    return [r.text if r.effect >= 0 else f"but {r.text}" for r in e.reasons]


def surprise_row(s: Surprise) -> Row:
    """One surprise as columns."""
    return {
        "day": s.day,
        "actor": s.actor,
        "type": s.type,
        "recipient": s.recipient,
        "probability": s.probability,
        "because": s.because,
        "evidence": " ".join(s.events),
    }


def surprise_table(s: Surprise) -> Row:
    """The same for a screen."""
    return surprise_row(s) | {"probability": None if s.probability is None else shown(s.probability)}


def backtest_rows(b: Backtest) -> list[Row]:
    """Month by month, then the whole time with what was better than what."""
    rows: list[Row] = []
    for m in b.months:
        for r in m.rated:
            rows.append(_rated(m.month, m.questions, m.happened, r))
    for r in b.rated:
        rows.append(_rated("all", b.questions, b.happened, r))
    return rows


def _rated(month: str, questions: int, happened: int, r: object) -> Row:
    row: Row = {"month": month, "questions": questions, "happened": happened, "forecast": getattr(r, "name", None)}
    names = {"brier": "brier", "log": "log_score", "calibration": "calibration_error", "skill": "skill", "low": "low", "high": "high"}
    return row | {shown: getattr(r, name) for name, shown in names.items()} | {"verdict": getattr(r, "verdict", None)}


def backtest_table(b: Backtest) -> list[Row]:
    """For a screen: one row a month, the Brier score of each way of forecasting (times 1,000) and the calibration of our own."""
    spans: Sequence[tuple[str, int, int, tuple[object, ...]]] = [
        *((m.month, m.questions, m.happened, m.rated) for m in b.months),
        ("all", b.questions, b.happened, b.rated),
    ]
    rows = []
    for month, questions, happened, rated in spans:
        row: Row = {"month": month, "questions": questions, "happened": happened}
        for r in rated:
            row[str(getattr(r, "name", ""))] = f"{1000 * getattr(r, 'brier', 0.0):.2f}"
        if rated:
            own = rated[0]
            row |= {"log score": f"{getattr(own, 'log', 0.0):.4f}", "calibration": f"{getattr(own, 'calibration', 0.0):.4f}"}
        rows.append(row)
    return rows


def calibration_rows(b: Backtest) -> list[Row]:
    """What was said and what came, by probability."""
    return [{"said": f"{c.low:.2f}–{c.high:.2f}", "mean": c.said, "came": c.came, "forecasts": c.forecasts} for c in b.bins]
