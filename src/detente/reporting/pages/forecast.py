"""What is expected next, why, how such forecasts did before, and what surprised."""

from __future__ import annotations

import re
from typing import Any

from ...forecasting import Backtest, Expectations, Expected, expectations_of
from ...records import TYPES
from ..forecast_words import COMPARED, expected_words, percent, reason_words, surprise_words, untested
from ..words import act
from .lines import Facts
from .materials import Dyad, Materials

HORIZONS = {7: "a week", 30: "thirty days"}
_SHOWN = 25
_CODE = re.compile(r"\b[A-Z]{3,12}\b")
_REASONS = 4


def fitted(materials: Materials, days: int) -> Expectations:
    """The forecasts of a workspace for so many days ahead; learned when first asked for, which may take a while."""
    return materials.snapshot.memo(("expectations", days), lambda: expectations_of(materials.snapshot.workspace, materials.config, days))


def look_up(materials: Materials, days: int = 7) -> None:
    """Takes up the forecasts of the workspace as it stands where they were learned before; learns none."""
    from ...forecasting.workspaces import expectations_kept

    materials.snapshot.memo(("expectations kept", days), lambda: expectations_kept(materials.snapshot.workspace, materials.config, days))


def expected_next(materials: Materials, days: int = 7, most: int = 4) -> list[Facts]:
    """The likeliest acts of the next days, where forecasts were made of the workspace as it stands; nothing is learned for it."""
    known = materials.snapshot.made(("expectations", days)) or materials.snapshot.made(("expectations kept", days))
    return [expected_facts(e, materials) for e in known.outlook(None, most).expected] if known is not None else []


def forecast_page(materials: Materials, days: int = 7, dyad: Dyad | None = None) -> Facts:
    """The likeliest acts of the next days. Raises :class:`~detente.errors.ForecastError` where too little was read."""
    known = fitted(materials, days)
    outlook = known.outlook(dyad, _SHOWN)
    return {
        "title": "Forecast",
        "as_of": outlook.as_of,
        "days": days,
        "start": outlook.expected[0].start if outlook.expected else None,
        "end": outlook.expected[0].end if outlook.expected else None,
        "expected": [expected_facts(e, materials) for e in outlook.expected],
        "compared": COMPARED.format(base="how often it came so far"),
        "verdict": outlook.backtest.verdict,
        "untested": untested(outlook.backtest),
        "notes": list(outlook.notes),
        "backtest": backtest_facts(outlook.backtest),
        "surprises": [
            {
                "day": s.day,
                "what": surprise_words(s, materials.name_of),
                "probability": None if s.probability is None else percent(s.probability),
                "because": _named(s.because, materials),
                "events": list(s.events),
            }
            for s in known.surprises(dyad, 12)
        ],
        "dyad": list(dyad) if dyad else None,
        "waiting": False,
    }


def _named(text: str, materials: Materials) -> str:
    """A sentence with the names of actors and acts in place of their codes."""

    def words(found: re.Match[str]) -> str:
        return act(found[0], None, "noun") if found[0] in TYPES else materials.name_of(found[0])

    return _CODE.sub(words, text)


def expected_facts(e: Expected, materials: Materials) -> Facts:
    """One act that may come, in words, with the reasons and the events behind them."""
    return {
        "what": expected_words(e, materials.name_of),
        "actor": e.actor,
        "type": e.type,
        "recipient": e.recipient,
        "probability": e.probability,
        "low": e.low,
        "high": e.high,
        "words": percent(e.probability),
        "band": f"{percent(e.low)} – {percent(e.high)}",
        "base_rate": percent(e.base_rate),
        "lift": e.lift,
        "reasons": [
            {"text": reason_words(r, materials.name_of), "against": r.effect < 0, "events": list(r.events[:3])}
            for r in e.reasons[:_REASONS]
        ],
    }


def backtest_facts(b: Backtest) -> Facts:
    """How forecasts of this history would have done beside those that cost nothing; Brier scores times 1,000, smaller is better."""
    rated: list[dict[str, Any]] = [
        {"name": r.name, "brier": 1000 * r.brier, "log": r.log, "skill": r.skill, "low": r.low, "high": r.high, "verdict": r.verdict}
        for r in b.rated
    ]
    bins = [{"low": c.low, "high": c.high, "said": c.said, "came": c.came, "forecasts": c.forecasts} for c in b.bins]
    return {"first": b.first, "last": b.last, "questions": b.questions, "happened": b.happened, "rated": rated, "bins": bins}
