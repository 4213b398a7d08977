"""Specifications to pictures, by vl-convert: nothing is fetched."""

from __future__ import annotations

from typing import Any

import vl_convert

#: colours that also work without colour vision: blue cooperative, orange hostile
COOPERATIVE, HOSTILE, NEUTRAL, INK = "#2166ac", "#b35806", "#8a8a8a", "#22262b"

#: the version that specifications are written for
VEGA_LITE = "6.4"

CONFIG: dict[str, Any] = {
    "font": "Georgia, 'Times New Roman', serif",
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#e4e2dc",
        "domainColor": "#b9b6ae",
        "labelFontSize": 11,
        "titleFontSize": 11,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 11, "titleFontSize": 11},
}


def spec(**parts: Any) -> dict[str, Any]:
    """A Vega-Lite specification with the house's look."""
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "config": CONFIG, **parts}


def svg(specification: dict[str, Any]) -> str:
    """The chart as an SVG text."""
    return str(vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE, allowed_base_urls=[]))


def png(specification: dict[str, Any], scale: float = 2.0) -> bytes:
    """The chart as a PNG picture."""
    return bytes(
        vl_convert.vegalite_to_png({**specification, "background": "white"}, vl_version=VEGA_LITE, scale=scale, allowed_base_urls=[])
    )
