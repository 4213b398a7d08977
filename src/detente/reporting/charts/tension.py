"""Tension over time with the events that drove its turns; counts of events by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ...measures import TensionPoint, Turn
from ...records import QUADS, Event
from .render import COOPERATIVE, HOSTILE, INK, spec

_QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


def tension_chart(
    points: Sequence[TensionPoint], turns: Sequence[Turn], labels: Mapping[str, str], width: int = 680, title: str = ""
) -> dict[str, Any]:
    """Line and band of tension (0–10) by day; a numbered dot for each turn. ``labels``: event id -> what happened, in a few words."""
    line = [{"day": p.day, "value": p.value, "low": p.low, "high": p.high} for p in points]
    level = {p.day: p.value for p in points}
    dots = [
        {"day": t.day, "value": level.get(t.day) or 0.0, "n": str(n), "what": labels.get(t.event, ""), "change": t.change}
        for n, t in enumerate(turns, 1)
    ]
    x = {"field": "day", "type": "temporal", "title": None, "axis": {"format": "%-d %b %Y", "labelAngle": 0, "tickCount": 6, "grid": False}}
    y = {"field": "value", "type": "quantitative", "title": "tension (0 calm – 10)", "scale": {"domain": [0, 10]}}
    named = {"title": {"text": title, "anchor": "start", "color": INK, "fontSize": 13}} if title else {}
    return spec(
        **named,
        width=width,
        height=220,
        layer=[
            {
                "data": {"values": line},
                "mark": {"type": "area", "opacity": 0.18, "color": HOSTILE},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": line},
                "mark": {"type": "line", "color": HOSTILE, "strokeWidth": 2, "interpolate": "step-after"},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": dots},
                "mark": {"type": "point", "filled": True, "size": 220, "color": INK, "opacity": 1},
                "encoding": {"x": x, "y": y, "tooltip": [{"field": "what"}]},
            },
            {
                "data": {"values": dots},
                "mark": {"type": "text", "color": "white", "fontSize": 10, "fontWeight": "bold"},
                "encoding": {"x": x, "y": y, "text": {"field": "n"}},
            },
        ],
    )


def counts_chart(events: Sequence[Event], width: int = 680) -> dict[str, Any]:
    """Events by month and quad class, cooperation above the line and conflict below."""
    counted = Counter((e.date[:7], QUADS[e.type]) for e in events if e.date and len(e.date) >= 7 and e.type in QUADS)
    values = [{"month": f"{month}-01", "kind": _QUADS[q], "n": n if q < 3 else -n} for (month, q), n in sorted(counted.items())]
    return spec(
        width=width,
        height=160,
        data={"values": values},
        mark={"type": "bar"},
        encoding={
            "x": {"field": "month", "type": "ordinal", "timeUnit": "yearmonth", "title": None, "axis": {"labelAngle": 0}},
            "y": {"field": "n", "type": "quantitative", "title": "conflict   |   cooperation", "axis": {"format": "d"}},
            "color": {
                "field": "kind",
                "type": "nominal",
                "scale": {"domain": list(_QUADS.values()), "range": ["#92c5de", COOPERATIVE, "#f1a340", HOSTILE]},
                "legend": {"title": None, "orient": "bottom"},
            },
        },
    )
