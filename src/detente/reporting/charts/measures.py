"""Charts of measures: turning points on tension, influence and its components; and charts as files."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...errors import ReportingError, UsageError
from ...measures import Influence, TensionPoint, TurningPoint
from .render import COOPERATIVE, HOSTILE, INK, NEUTRAL, png, spec, svg
from .tension import tension_chart

_LINES = {"response": "#7b3294", "dependence": COOPERATIVE, "share": "#018571", "together": INK}


def turning_chart(points: Sequence[TensionPoint], turning: Sequence[TurningPoint], width: int = 680) -> dict[str, Any]:
    """Tension by day with a rule at each turning point: toward hostility or toward cooperation."""
    chart = tension_chart(points, (), {}, width)
    rules = [{"day": t.day, "way": t.way, "label": t.day if _stands_out(t, turning) else ""} for t in turning]
    colour = {
        "field": "way",
        "type": "nominal",
        "scale": {"domain": ["hostile", "cooperative"], "range": [HOSTILE, COOPERATIVE]},
        "legend": {"title": "turns", "orient": "bottom"},
    }
    x = {"field": "day", "type": "temporal"}
    chart["layer"] = [
        *chart["layer"][:2],
        {
            "data": {"values": rules},
            "mark": {"type": "rule", "strokeDash": [4, 3], "strokeWidth": 1.5},
            "encoding": {"x": x, "color": colour},
        },
        {
            "data": {"values": rules},
            "mark": {"type": "text", "angle": 270, "align": "right", "dx": -4, "dy": -6, "fontSize": 10, "color": INK},
            "encoding": {"x": x, "y": {"value": 4}, "text": {"field": "label"}},
        },
    ]
    return chart


def _stands_out(turn: TurningPoint, turning: Sequence[TurningPoint], days: int = 21) -> bool:
    """Whether no larger turning point lies so near that their dates would be written over each other."""
    day = datetime.date.fromisoformat(turn.day)
    near = (t for t in turning if t is not turn and abs((datetime.date.fromisoformat(t.day) - day).days) <= days)
    return all(t.size < turn.size for t in near)


def influence_chart(found: Influence, width: int = 680) -> dict[str, Any]:
    """The components and, with its band, all together; by period."""
    lines = [
        {
            "start": p.start,
            "component": name,
            "value": p.components[name].value,
            "low": p.components[name].low,
            "high": p.components[name].high,
        }
        for p in found.points
        for name in _LINES
    ]
    x = {"field": "start", "type": "temporal", "title": None, "axis": {"format": "%b %Y", "labelAngle": 0, "tickCount": 6, "grid": False}}
    y = {"field": "value", "type": "quantitative", "title": "share", "scale": {"domain": [0, 1]}}
    colour = {
        "field": "component",
        "type": "nominal",
        "scale": {"domain": list(_LINES), "range": list(_LINES.values())},
        "legend": {"title": None, "orient": "bottom"},
    }
    together = [v for v in lines if v["component"] == "together"]
    return spec(
        width=width,
        height=220,
        title={"text": f"Influence of {found.actor} on {', '.join(found.members)}", "anchor": "start", "color": INK, "fontSize": 13},
        layer=[
            {
                "data": {"values": together},
                "mark": {"type": "area", "opacity": 0.25, "color": NEUTRAL},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": lines},
                "mark": {"type": "line", "point": True, "strokeWidth": 2},
                "encoding": {"x": x, "y": y, "color": colour},
            },
        ],
    )


def write_chart(chart: dict[str, Any], path: Path) -> None:
    """Writes a chart as a picture (.png, .svg) or as its Vega-Lite specification (.json).

    Raises :class:`UsageError` (R01) for another ending, :class:`ReportingError` (R02) where the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in (".png", ".svg", ".json"):
        raise UsageError("R01", format=ending or path.name, known=".png, .svg, .json")
    content = png(chart) if ending == ".png" else svg(chart).encode() if ending == ".svg" else json.dumps(chart, indent=1).encode()
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise ReportingError("R02", path=path, why=fault) from None
