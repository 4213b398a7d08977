"""Where events happened, over the outlines of Natural Earth (public domain)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from ...records import Event
from .render import HOSTILE, INK, spec

Ring = list[list[float]]
#: said under every map
BORDERS = "Outlines: Natural Earth, de facto lines of control; they imply no view on any dispute."


def map_chart(events: Sequence[Event], width: int = 680) -> dict[str, Any] | None:
    """Points sized by the number of events at a place; None where no event has coordinates."""
    at: dict[tuple[float, float], dict[str, Any]] = {}
    for e in events:
        if e.place is None or e.place.latitude is None or e.place.longitude is None:
            continue
        key = (round(e.place.longitude, 2), round(e.place.latitude, 2))
        point = at.setdefault(key, {"longitude": key[0], "latitude": key[1], "name": e.place.name or e.place.text, "events": 0})
        point["events"] += 1
    if not at:
        return None
    west, south, east, north = _window([k[0] for k in at], [k[1] for k in at])
    frame = {"type": "MultiPoint", "coordinates": [[west, south], [east, north], [west, north], [east, south]]}
    shapes = [f for f in countries() if _meets(f, west, south, east, north)]
    points = sorted(at.values(), key=lambda p: -p["events"])
    named = points[:9]
    position = {"longitude": {"field": "longitude", "type": "quantitative"}, "latitude": {"field": "latitude", "type": "quantitative"}}
    return spec(
        width=width,
        height=int(width * 0.6),
        projection={"type": "mercator", "fit": {"type": "Feature", "geometry": frame, "properties": {}}},
        layer=[
            {
                "data": {"values": shapes},
                "mark": {"type": "geoshape", "fill": "#f0ede4", "stroke": "#b9b6ae", "strokeWidth": 0.7, "clip": True},
            },
            {
                "data": {"values": points},
                "mark": {"type": "circle", "color": HOSTILE, "opacity": 0.7, "clip": True},
                "encoding": {
                    **position,
                    "size": {
                        "field": "events",
                        "type": "quantitative",
                        "scale": {"range": [40, 600]},
                        "legend": {"title": "events", "orient": "bottom"},
                    },
                },
            },
            {
                "data": {"values": named},
                "mark": {"type": "text", "dy": -12, "fontSize": 11, "color": INK, "clip": True},
                "encoding": {**position, "text": {"field": "name"}},
            },
        ],
    )


@cache
def countries() -> tuple[dict[str, Any], ...]:
    """Country outlines as GeoJSON features."""
    data = json.loads(resources.files("detente.reporting").joinpath("data", "countries-50m.json").read_text("utf8"))
    scale, move = data["transform"]["scale"], data["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in data["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append([round(x * scale[0] + move[0], 2), round(y * scale[1] + move[1], 2)])
        arcs.append(line)

    def ring(indexes: list[int]) -> Ring:
        out: Ring = []
        for k in indexes:
            line = arcs[k] if k >= 0 else arcs[~k][::-1]
            out += line[1:] if out else line
        return out

    features = []
    for shape in data["objects"]["countries"]["geometries"]:
        polygons = shape.get("arcs", [])
        polygons = [polygons] if shape["type"] == "Polygon" else polygons
        for rings in polygons:
            outline = [ring(r) for r in rings]
            features.append({"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": outline}})
    return tuple(features)


def _window(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float, float, float]:
    pad_x, pad_y = max(4.0, (max(xs) - min(xs)) * 0.12), max(3.0, (max(ys) - min(ys)) * 0.12)
    return max(-179.0, min(xs) - pad_x), max(-75.0, min(ys) - pad_y), min(179.0, max(xs) + pad_x), min(80.0, max(ys) + pad_y)


def _meets(feature: dict[str, Any], west: float, south: float, east: float, north: float) -> bool:
    outline = feature["geometry"]["coordinates"][0]
    xs, ys = [p[0] for p in outline], [p[1] for p in outline]
    return bool(max(xs) >= west - 5 and min(xs) <= east + 5 and max(ys) >= south - 5 and min(ys) <= north + 5)
