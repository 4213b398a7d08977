"""The map of places, in a window of time."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from ...records import TYPES
from ...reporting.pages.relations import map_figure, map_page, window_of
from ...reporting.words import act
from ..charts import figure
from ..desk import MaterialsOf
from ..filters import Iso, Many, is_date
from ..render import page
from .network import Months

router = APIRouter()
Types = Annotated[list[str] | None, Query(alias="type", max_length=20)]


@page(router, "/map", "map.html.jinja")
def places(
    materials: MaterialsOf, until: Iso = None, months: Months = "0", types: Types = None, either: Many = None, whole: bool = False
) -> dict[str, Any]:
    """Events by place."""
    window = window_of(materials, is_date(until), int(months))
    chosen_types, parties = [t for t in types or () if t], [e for e in either or () if e]
    found = map_page(materials, window, chosen_types, parties, whole)
    kept = {
        "until": found["until"],
        "months": months if months != "0" else None,
        "type": chosen_types,
        "either": parties,
        "whole": "1" if whole else None,
    }
    offered = [{"type": t, "what": act(t, None, "one")} for t in TYPES]
    return {"title": "Map", **found, "chosen": {k: v for k, v in kept.items() if v}, "types": offered, "whole": whole}


@router.get("/map/chart.{kind}", include_in_schema=False)
def chart(
    materials: MaterialsOf,
    kind: str,
    until: Iso = None,
    months: Months = "0",
    types: Types = None,
    either: Many = None,
    whole: bool = False,
) -> Response:
    """The map as a chart."""
    window = window_of(materials, is_date(until), int(months))
    return figure(map_figure(materials, window, [t for t in types or () if t], [e for e in either or () if e], whole), kind)
