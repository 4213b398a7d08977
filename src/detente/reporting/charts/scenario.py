"""A scenario: both paths with their bands, and the expected difference beneath."""

from __future__ import annotations

from typing import Any

from ...scenarios import Scenario
from ...scenarios.result import Path
from .render import COOPERATIVE, HOSTILE, INK, spec

_TITLES = {
    "tension": "tension",
    "influence": "influence",
    "quad1": "verbal coop.",
    "quad2": "material coop.",
    "quad3": "verbal conflict",
    "quad4": "material conflict",
}
_KINDS = {"without": COOPERATIVE, "with": HOSTILE}


def scenario_chart(found: Scenario, measures: tuple[str, ...] = ("tension", "influence"), width: int = 640) -> dict[str, Any]:
    """For each measure the paths without and with the assumption (50% and 80% bands; what came, as a dashed line), and their difference."""
    told = found.combined
    rows: list[dict[str, Any]] = []
    for name in measures:
        base, with_, change = (_of(paths, name) for paths in (told.baseline, told.scenario, told.difference))
        came = _of(found.happened, name) if found.happened else None
        rows += [_paths(name, base, with_, came, width), _difference(name, change, width)]
    joint = " " if found.assumption.startswith(("as if ", "without ")) else ": if "
    title = {"text": f"{'–'.join(found.watch)}{joint}{found.assumption}", "anchor": "start", "color": INK, "fontSize": 13}
    return spec(title=title, vconcat=rows, spacing=14)


def _of(paths: tuple[Path, ...], name: str) -> Path:
    return next(p for p in paths if p.measure == name)


def _values(path: Path, kind: str) -> list[dict[str, Any]]:
    columns = zip(path.starts, path.middle, path.low50, path.high50, path.low80, path.high80, strict=True)
    return [{"week": s, "value": m, "low50": a, "high50": b, "low80": c, "high80": d, "kind": kind} for s, m, a, b, c, d in columns]


def _x() -> dict[str, Any]:
    return {
        "field": "week",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%-d %b %Y", "labelAngle": 0, "tickCount": 6, "grid": False},
    }


def _band(values: list[dict[str, Any]], size: str, y: dict[str, Any], colour: Any, opacity: float) -> dict[str, Any]:
    return {
        "data": {"values": values},
        "mark": {"type": "area", "opacity": opacity},
        "encoding": {"x": _x(), "y": {**y, "field": f"low{size}"}, "y2": {"field": f"high{size}"}, "color": colour},
    }


def _paths(name: str, base: Path, with_: Path, came: Path | None, width: int) -> dict[str, Any]:
    values = _values(base, "without") + _values(with_, "with")
    y = {"field": "value", "type": "quantitative", "title": _TITLES[name]}
    colour = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": list(_KINDS), "range": list(_KINDS.values())},
        "legend": {"title": None, "orient": "top", "symbolType": "stroke", "symbolOpacity": 1, "symbolStrokeWidth": 3},
    }
    layers = [
        _band(values, "80", y, colour, 0.12),
        _band(values, "50", y, colour, 0.2),
        {"data": {"values": values}, "mark": {"type": "line", "strokeWidth": 2}, "encoding": {"x": _x(), "y": y, "color": colour}},
    ]
    if came is not None:
        dashed = {"type": "line", "strokeDash": [4, 3], "color": INK}
        layers.append({"data": {"values": _values(came, "came")}, "mark": dashed, "encoding": {"x": _x(), "y": y}})
    return {"width": width, "height": 150, "layer": layers}


def _difference(name: str, change: Path, width: int) -> dict[str, Any]:
    values = _values(change, "difference")
    y = {"field": "value", "type": "quantitative", "title": "difference"}
    colour = {"value": INK}
    zero = {
        "data": {"values": [{"zero": 0}]},
        "mark": {"type": "rule", "color": "#b9b6ae"},
        "encoding": {"y": {"field": "zero", "type": "quantitative"}},
    }
    line = {"data": {"values": values}, "mark": {"type": "line", "color": INK, "strokeWidth": 2}, "encoding": {"x": _x(), "y": y}}
    return {"width": width, "height": 70, "layer": [zero, _band(values, "80", y, colour, 0.12), _band(values, "50", y, colour, 0.2), line]}
