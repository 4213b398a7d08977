"""The network of actors, in a window of time."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from ...reporting.pages.relations import network_figure, network_page, window_of
from ..charts import figure
from ..desk import MaterialsOf
from ..filters import Iso, is_date
from ..render import page

router = APIRouter()
Months = Literal["0", "1", "3", "6", "12"]
Of = Annotated[str | None, Query(max_length=100)]


@page(router, "/network", "network.html.jinja")
def network(materials: MaterialsOf, until: Iso = None, months: Months = "0", of: Of = None) -> dict[str, Any]:
    """Actors and signed relations."""
    window = window_of(materials, is_date(until), int(months))
    found = network_page(materials, window, of or None)
    kept = {"until": found["until"], "months": months if months != "0" else None, "of": of}
    return {"title": "Network", **found, "chosen": {k: v for k, v in kept.items() if v}}


@router.get("/network/chart.{kind}", include_in_schema=False)
def chart(materials: MaterialsOf, kind: str, until: Iso = None, months: Months = "0", of: Of = None) -> Response:
    """The network as a chart."""
    return figure(network_figure(materials, window_of(materials, is_date(until), int(months)), of or None), kind)
