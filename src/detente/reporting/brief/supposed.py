"""What if, for the brief: the assumption, the verdict in words, one figure, who says so, and what would let it say more."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ...scenarios.result import Scenario
from ...scenarios.wording import what_would_help
from ..charts import svg
from ..words import day
from .data import BriefData
from .view import anchor

_LINKS = 3


def supposed_view(found: Scenario, data: BriefData, chart: dict[str, Any]) -> dict[str, Any]:
    """A scenario for the brief; ``anchors`` are sentences it rests on that the brief shows."""
    said = [m for m in found.methods if m.change("tension") is not None]
    latest = max((e.date for e in data.events if e.date), default=found.last)
    return {
        "sentence": found.sentence,
        "methods": [
            {"name": m.method, "weight": round(100 * m.weight), "verdict": c.verdict, "change": f"{c.value:+.2f}".replace("-", "−")}
            for m in said
            if (c := m.change("tension")) is not None
        ],
        "settlement": next((m.notes[0] for m in found.methods if m.method == "bargaining" and m.notes), ""),
        "notes": found.notes,
        "help": what_would_help(found),
        "svg": Markup(svg(chart)),
        "anchors": [anchor(m) for m in found.mentions if m in data.mentions][:_LINKS],
        "known": day(found.last),
        "older": latest > found.last and found.last < found.origin <= latest,
        "acts": found.acts,
        "watched_acts": found.watched_acts,
    }
