"""Where events happened, over the outlines of Natural Earth (public domain)."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import Any

from ...records import Event
from .render import HOSTILE, INK, spec

Ring = list[list[float]]
Point = dict[str, Any]
Window = tuple[float, float, float, float]  # west, south, east, north
#: the share of events that a close-up shows at least
_MOST = 0.6
#: said under every map
BORDERS = "Outlines: Natural Earth, de facto lines of control; they imply no view on any dispute."


def map_charts(events: Sequence[Event], name_of: Callable[[str], str], width: int = 680) -> list[dict[str, Any]]:
    """Points sized by the number of events at a place: all of them, and before it a close-up where most lie close together.

    Empty where no event has coordinates. Events placed in a country and no nearer are left out: a dot in a country's middle would say
    what nobody said.
    """
    at: dict[tuple[float, float], Point] = {}
    for e in events:
        if e.place is None or e.place.latitude is None or e.place.longitude is None:
            continue
        if e.place.country and e.place.name in (name_of(e.place.country), e.place.country):
            continue
        key = (round(e.place.longitude, 2), round(e.place.latitude, 2))
        point = at.setdefault(key, {"longitude": key[0], "latitude": key[1], "name": e.place.name or e.place.text, "events": 0})
        point["events"] += 1
    return maps_of(list(at.values()), width)


def maps_of(points: Sequence[Point], width: int = 680, closer: bool = True) -> list[dict[str, Any]]:
    """The maps of places: ``{"longitude", "latitude", "name", "events"}``, and where there is ``href`` a point opens it.

    ``closer``: a close-up comes first where most events lie close together.
    """
    points = sorted(points, key=lambda p: -p["events"])
    if not points:
        return []
    near = close_up(points) if closer else points
    parts = [near] if len(near) < len(points) else []
    return [_map(part, width) for part in (*parts, points)]


def close_up(points: Sequence[Point]) -> list[Point]:
    """Those of some places that a close-up shows: where most events lie close together, else all of them."""
    every = sorted(points, key=lambda p: -p["events"])
    near = _densest(every) if every else []
    return near if near and _area(_window(near)) < _area(_window(every)) / 4 else every


def _map(points: Sequence[Point], width: int) -> dict[str, Any]:
    west, south, east, north = window = _window(points)
    frame = {"type": "MultiPoint", "coordinates": [[west, south], [east, north], [west, north], [east, south]]}
    shapes = [f for f in countries() if _meets(f, *window)]
    most = max(p["events"] for p in points)
    position = {"longitude": {"field": "longitude", "type": "quantitative"}, "latitude": {"field": "latitude", "type": "quantitative"}}
    size = {
        "field": "events",
        "type": "quantitative",
        "scale": {"domain": [0, most], "range": [0, 500]},
        "legend": {"title": "events", "orient": "bottom", "values": sorted({1, (most + 1) // 2, most})},
    }
    return spec(
        width=width,
        height=int(width * 0.6),
        usermeta={"aspect": 0.6, "widest": 900},
        projection={"type": "mercator", "fit": {"type": "Feature", "geometry": frame, "properties": {}}},
        layer=[
            {
                "data": {"values": shapes},
                "mark": {"type": "geoshape", "fill": "#f0ede4", "stroke": "#b9b6ae", "strokeWidth": 0.7, "clip": True},
            },
            {
                "data": {"values": list(points)},
                "mark": {"type": "circle", "color": HOSTILE, "opacity": 0.7, "clip": True},
                "encoding": {**position, "size": size, **_opening(points)},
            },
            {
                "data": {"values": _legible(points, _scale(window, width))},
                "mark": {"type": "text", "dy": -12, "fontSize": 12, "color": INK, "clip": True},
                "encoding": {**position, "text": {"field": "name"}},
            },
        ],
    )


def _opening(points: Sequence[Point]) -> dict[str, Any]:
    if not all("href" in p for p in points):
        return {}
    return {"href": {"field": "href"}, "tooltip": [{"field": "name", "title": "place"}, {"field": "events", "title": "events"}]}


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


def _densest(points: Sequence[Point]) -> list[Point]:
    """The points nearest to the busiest one that together hold most events."""
    first = points[0]
    shrink = math.cos(math.radians(first["latitude"]))

    def away(p: Point) -> float:
        return math.hypot((p["longitude"] - first["longitude"]) * shrink, p["latitude"] - first["latitude"])

    out: list[Point] = []
    total = sum(p["events"] for p in points)
    for p in sorted(points, key=away):
        if sum(o["events"] for o in out) >= _MOST * total:
            break
        out.append(p)
    return sorted(out, key=lambda p: -p["events"])


def _legible(points: Sequence[Point], degrees: float) -> list[Point]:
    """The points, largest first, whose names (6 by 14 pixels a letter or so) stand free of those before; ``degrees`` a pixel."""
    out: list[Point] = []
    for p in points:
        stretch = 1 / max(0.2, math.cos(math.radians(p["latitude"])))  # Mercator: north–south
        free = all(
            abs(p["longitude"] - o["longitude"]) / degrees > 3.2 * (len(p["name"]) + len(o["name"]))
            or abs(p["latitude"] - o["latitude"]) * stretch / degrees > 14
            for o in out
        )
        if free:
            out.append(p)
    return out[:20]


def _window(points: Sequence[Point]) -> Window:
    xs, ys = [p["longitude"] for p in points], [p["latitude"] for p in points]
    pad_x, pad_y = max(2.0, (max(xs) - min(xs)) * 0.15), max(1.5, (max(ys) - min(ys)) * 0.15)
    return max(-179.0, min(xs) - pad_x), max(-75.0, min(ys) - pad_y), min(179.0, max(xs) + pad_x), min(80.0, max(ys) + pad_y)


def _scale(window: Window, width: int) -> float:
    """Degrees of longitude a pixel of a map that shows the window in a frame of 5 to 3."""
    west, south, east, north = window
    stretch = 1 / max(0.2, math.cos(math.radians((south + north) / 2)))
    return max((east - west) / width, (north - south) * stretch / (0.6 * width))


def _area(window: Window) -> float:
    west, south, east, north = window
    return (east - west) * (north - south)


def _meets(feature: dict[str, Any], west: float, south: float, east: float, north: float) -> bool:
    outline = feature["geometry"]["coordinates"][0]
    xs, ys = [p[0] for p in outline], [p[1] for p in outline]
    return bool(max(xs) >= west - 5 and min(xs) <= east + 5 and max(ys) >= south - 5 and min(ys) <= north + 5)
