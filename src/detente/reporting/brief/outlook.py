"""What to expect and what surprised, for the brief: each line with the sentences behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...forecasting import Expected
from ..forecast_words import COMPARED, expected_words, percent, reason_words, surprise_words, untested
from ..words import day, days, sentence
from .data import BriefData
from .view import anchor

_LINKS = 3


def outlook_view(data: BriefData) -> dict[str, Any]:
    """The acts expected of the next week with their reasons; ``missing`` says in a sentence why there are none."""
    outlook = data.outlook
    if outlook is None or not outlook.expected:
        return {"missing": "Nothing can be expected from so short a history: too few acts with a day are told of between two parties."}
    if untested(outlook.backtest):
        return {"missing": f"Left out: {outlook.backtest.verdict[0].lower()}{outlook.backtest.verdict[1:].split('.')[0]}."}
    rows = [
        {
            "what": sentence(expected_words(e, data.name_of)).rstrip("."),
            "probability": percent(e.probability),
            "share": round(100 * e.probability),
            "low": percent(e.low),
            "high": percent(e.high),
            "usual": percent(e.base_rate),
            "because": [
                {"text": ("" if r.effect > 0 else "but ") + reason_words(r, data.name_of), "anchors": _anchors(r.events, data)}
                for r in e.reasons
            ],
        }
        for e in _once(outlook.expected)
    ]
    first = outlook.expected[0]
    told = {"verdict": outlook.backtest.verdict, "notes": outlook.notes, "compared": COMPARED.format(base="“usually”")}
    return {"missing": "", "rows": rows, "when": days(first.start, first.end), **told}


def _once(expected: Iterable[Expected]) -> list[Expected]:
    """The acts without those told of already from the other side: talks of A with B, because of the same talks, are talks of B with A."""
    kept: list[Expected] = []
    known: set[tuple[str, str, str, tuple[str, ...]]] = set()
    for e in expected:
        own = e.reasons[0].events if e.reasons and e.reasons[0].kind == "repeat" else ()
        if not own or (e.recipient, e.type, e.actor, own) not in known:
            kept.append(e)
        known.add((e.actor, e.type, e.recipient, own))
    return kept


def surprise_view(data: BriefData) -> dict[str, Any]:
    """What was given little probability and came; ``missing`` says in a sentence why there is none."""
    if data.outlook is None or not data.outlook.backtest.months:
        return {"missing": "Nothing can surprise yet: no week was forecast."}
    if not data.surprises:
        return {"missing": "Nothing came that was given little probability."}
    rows = [
        {
            "day": day(s.day),
            "what": sentence(surprise_words(s, data.name_of)).rstrip("."),
            "probability": percent(s.probability or 0.0),
            "anchors": _anchors(s.events, data),
        }
        for s in data.surprises
    ]
    return {"missing": "", "rows": rows}


def _anchors(events: Iterable[str], data: BriefData) -> list[str]:
    by_id = {e.id: e for e in data.events}
    found = [anchor(by_id[i].mentions[0]) for i in events if i in by_id and by_id[i].mentions]
    return list(dict.fromkeys(found))[:_LINKS]
