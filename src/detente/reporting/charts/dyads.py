"""A dyad over time: tension with its band, and every act as a point that opens its event; several dyads beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...measures import InfluencePoint, TensionPoint
from .render import COOPERATIVE, HOSTILE, INK, spec

#: colours of up to four dyads, told apart also by dashes
SERIES = (HOSTILE, COOPERATIVE, "#018571", "#7b3294")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
_AXIS = {"format": "%-d %b %Y", "labelAngle": 0, "tickCount": 6, "grid": False, "labelOverlap": True}


def dyad_chart(points: Sequence[TensionPoint], acts: Sequence[Mapping[str, Any]], width: int = 680) -> dict[str, Any]:
    """Tension by day above; below, acts by day and intensity.

    ``acts``: ``{"day", "intensity", "who", "what", "status", "href"}``, ``who`` being the direction.
    """
    line = [{"day": p.day, "value": p.value, "low": p.low, "high": p.high} for p in points]
    x: dict[str, Any] = {"field": "day", "type": "temporal", "title": None, "axis": _AXIS}
    if line:
        x = {**x, "scale": {"domain": [line[0]["day"], line[-1]["day"]]}}
    y = {"field": "value", "type": "quantitative", "title": "tension (0 calm – 10)", "scale": {"domain": [0, 10]}}
    tooltip = [
        {"field": "day", "type": "temporal", "format": "%-d %B %Y", "title": "day"},
        {"field": "value", "format": ".1f", "title": "tension"},
        {"field": "low", "format": ".1f", "title": "80% band from"},
        {"field": "high", "format": ".1f", "title": "to"},
    ]
    directions = list(dict.fromkeys(a["who"] for a in acts))
    upper = {
        "width": width,
        "height": 190,
        "layer": [
            {
                "data": {"values": line},
                "mark": {"type": "area", "opacity": 0.18, "color": HOSTILE},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": line},
                "mark": {"type": "line", "color": HOSTILE, "strokeWidth": 2, "interpolate": "step-after"},
                "encoding": {"x": x, "y": y, "tooltip": tooltip},
            },
        ],
    }
    lower = {
        "width": width,
        "height": 130,
        "layer": [
            {
                "data": {"values": [{"zero": 0}]},
                "mark": {"type": "rule", "color": "#b9b6ae"},
                "encoding": {"y": {"field": "zero", "type": "quantitative"}},
            },
            {
                "data": {"values": [dict(a) for a in acts]},
                "mark": {"type": "point", "filled": True, "size": 64, "opacity": 0.8, "cursor": "pointer"},
                "encoding": {
                    "x": x,
                    "y": {
                        "field": "intensity",
                        "type": "quantitative",
                        "title": "hostile  |  cooperative",
                        "scale": {"domain": [-10, 10]},
                        "axis": {"values": [-10, -5, 0, 5, 10]},
                    },
                    "color": {
                        "field": "who",
                        "type": "nominal",
                        "scale": {"domain": directions, "range": [HOSTILE, COOPERATIVE, INK][: max(1, len(directions))]},
                        "legend": {"title": None, "orient": "bottom", "symbolOpacity": 1, "columns": 3, "labelLimit": 260},
                    },
                    "shape": {
                        "field": "who",
                        "type": "nominal",
                        "scale": {"domain": directions, "range": ["circle", "square", "diamond"][: max(1, len(directions))]},
                    },
                    "href": {"field": "href"},
                    "tooltip": [
                        {"field": "day", "type": "temporal", "format": "%-d %B %Y", "title": "day"},
                        {"field": "what", "title": "act"},
                        {"field": "status", "title": "status"},
                        {"field": "intensity", "title": "intensity"},
                    ],
                },
            },
        ],
    }
    return spec(vconcat=[upper, lower], spacing=18)


def compared_chart(series: Mapping[str, Sequence[TensionPoint]], width: int = 680) -> dict[str, Any]:
    """Tension of up to four dyads by day, without bands; the lines differ in colour and in dashes."""
    names = list(series)[: len(SERIES)]
    values = [{"dyad": n, "day": p.day, "value": p.value} for n in names for p in series[n]]
    domain = {"domain": names}
    return spec(
        width=width,
        height=240,
        data={"values": values},
        mark={"type": "line", "strokeWidth": 2, "interpolate": "step-after"},
        encoding={
            "x": {"field": "day", "type": "temporal", "title": None, "axis": _AXIS},
            "y": {"field": "value", "type": "quantitative", "title": "tension (0 calm – 10)", "scale": {"domain": [0, 10]}},
            "color": {
                "field": "dyad",
                "type": "nominal",
                "scale": {**domain, "range": list(SERIES[: len(names)])},
                "legend": {"title": None, "orient": "bottom", "columns": 2, "labelLimit": 320, "symbolSize": 400},
            },
            "strokeDash": {"field": "dyad", "type": "nominal", "scale": {**domain, "range": [list(d) for d in DASHES[: len(names)]]}},
            "tooltip": [
                {"field": "dyad", "title": "dyad"},
                {"field": "day", "type": "temporal", "format": "%-d %B %Y", "title": "day"},
                {"field": "value", "format": ".1f", "title": "tension"},
            ],
        },
    )


def influences_chart(series: Mapping[str, Sequence[InfluencePoint]], width: int = 680) -> dict[str, Any]:
    """Influence by month, each direction of a pair a line with its 80% band; the lines differ in colour, dashes and points."""
    names = list(series)[:2]
    values = [
        {"of": n, "start": p.start, "acts": p.acts, **{k: getattr(p.components["together"], k) for k in ("value", "low", "high")}}
        for n in names
        for p in series[n]
    ]
    x = {"field": "start", "type": "temporal", "title": None, "axis": {**_AXIS, "format": "%b %Y", "tickCount": 5}}
    y: dict[str, Any] = {"field": "value", "type": "quantitative", "title": "influence (0 – 1)", "scale": {"domain": [0, 1]}}
    scale = {"domain": names}
    colour = {
        "field": "of",
        "type": "nominal",
        "scale": {**scale, "range": list(SERIES[: len(names)])},
        "legend": {"title": None, "orient": "bottom", "columns": 1, "labelLimit": 320, "symbolType": "stroke", "symbolOpacity": 1},
    }
    dash = {"field": "of", "type": "nominal", "scale": {**scale, "range": [list(d) for d in DASHES[: len(names)]]}}
    said = [
        {"field": "of", "title": "influence of"},
        {"field": "start", "type": "temporal", "format": "%B %Y", "title": "month"},
        {"field": "value", "format": ".2f", "title": "influence"},
        {"field": "acts", "title": "acts"},
    ]
    return spec(
        width=width,
        height=180,
        data={"values": values},
        layer=[
            {
                "mark": {"type": "area", "opacity": 0.15},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour},
            },
            {
                "mark": {"type": "line", "strokeWidth": 2, "point": {"size": 25}},
                "encoding": {"x": x, "y": y, "color": colour, "strokeDash": dash, "tooltip": said},
            },
        ],
    )
