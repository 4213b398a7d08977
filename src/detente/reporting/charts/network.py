"""The network of actors: on a circle, the most connected first; colour from cooperative to hostile, width by volume."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from ...measures import Edge
from .render import COOPERATIVE, HOSTILE, INK, spec

_MOST = 18


def network_chart(
    edges: Sequence[Edge], name_of: Callable[[str], str], size: int = 520, centre: str | None = None, linked: bool = False
) -> dict[str, Any]:
    """Undirected lines between the actors with most events; an edge's colour is the mean intensity of both directions.

    ``centre``: an actor in the middle, those it deals with around it. ``linked``: lines and actors open their pages of the workbench.
    """
    weight: Counter[str] = Counter()
    joined: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for e in edges:
        weight[e.actor] += e.events
        weight[e.recipient] += e.events
        pair = (min(e.actor, e.recipient), max(e.actor, e.recipient))
        joined.setdefault(pair, []).append((e.events, e.score))
    if centre is not None:
        near = {a for pair in joined if centre in pair for a in pair}
        weight = Counter({a: sum(p[0] for p in joined.get((min(a, centre), max(a, centre)), ())) for a in near - {centre}})
    shown = [a for a, _ in weight.most_common(_MOST)]
    place = {}
    for n, actor in enumerate(shown):
        angle = 2 * math.pi * n / max(1, len(shown)) - math.pi / 2
        place[actor] = (math.cos(angle), -math.sin(angle))
    if centre is not None and weight:
        place[centre] = (0.0, 0.0)
        weight[centre] = sum(weight.values())
        shown.append(centre)
    lines = []
    for (a, b), parts in sorted(joined.items()):
        if a in place and b in place:
            n = sum(p[0] for p in parts)
            score = sum(p[0] * p[1] for p in parts) / n
            line = {"x": place[a][0], "y": place[a][1], "x2": place[b][0], "y2": place[b][1], "events": n, "score": round(score, 2)}
            lines.append({**line, "pair": f"{name_of(a)} – {name_of(b)}", "href": f"/dyads/{a},{b}"} if linked else line)
    nodes = [
        {
            "name": name_of(a),
            "x": place[a][0],
            "y": place[a][1],
            "lx": place[a][0] * 1.12,
            "ly": place[a][1] * 1.1 if a != centre else 0.11,
            "n": weight[a],
            **({"href": f"/actors/{a}"} if linked else {}),
            "side": _side(place[a][0]),
        }
        for a in shown
    ]
    scale = {"domain": [-1.65, 1.65]}
    x: dict[str, Any] = {"field": "x", "type": "quantitative", "axis": None, "scale": scale}
    y: dict[str, Any] = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [-1.25, 1.25]}}
    colour = {
        "field": "score",
        "type": "quantitative",
        "scale": {"domain": [-8, 0, 6], "range": [HOSTILE, "#d9d5cc", COOPERATIVE], "clamp": True, "interpolate": "rgb"},
        "legend": {"title": "hostile – cooperative", "orient": "bottom", "gradientLength": 180},
    }
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": lines},
            "mark": {"type": "rule", "opacity": 0.85, "strokeCap": "round"},
            "encoding": {
                "x": x,
                "y": y,
                "x2": {"field": "x2"},
                "y2": {"field": "y2"},
                "color": colour,
                "strokeWidth": {"field": "events", "type": "quantitative", "scale": {"type": "sqrt", "range": [1, 9]}, "legend": None},
            },
        },
        {
            "data": {"values": nodes},
            "mark": {"type": "point", "filled": True, "color": INK, "opacity": 1},
            "encoding": {"x": x, "y": y, "size": {"field": "n", "type": "quantitative", "scale": {"range": [40, 400]}, "legend": None}},
        },
    ]
    for side, align in (("left", "right"), ("right", "left"), ("middle", "center")):
        layers.append(
            {
                "data": {"values": [n for n in nodes if n["side"] == side]},
                "mark": {"type": "text", "align": align, "fontSize": 12, "color": INK},
                "encoding": {"x": {**x, "field": "lx"}, "y": {**y, "field": "ly"}, "text": {"field": "name"}},
            }
        )
    if linked:
        href = {"field": "href"}
        tip = [{"field": "pair", "title": "pair"}, {"field": "events", "title": "events"}, {"field": "score", "title": "mean intensity"}]
        layers[0]["encoding"] |= {"href": href, "tooltip": tip}
        for layer in layers[1:]:
            layer["encoding"] |= {"href": href}
        layers[1]["encoding"] |= {"tooltip": [{"field": "name", "title": "actor"}, {"field": "n", "title": "acts, as either party"}]}
    return spec(width=int(size * 1.3), height=size, layer=layers, usermeta={"widest": int(size * 1.5)})


def _side(x: float) -> str:
    return "middle" if abs(x) < 0.15 else "left" if x < 0 else "right"
