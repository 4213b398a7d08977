"""What is expected next."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from ...reporting.pages.forecast import HORIZONS, fitted, forecast_page
from ..desk import DeskOf, MaterialsOf
from ..render import page
from .dyads import dyad_of

router = APIRouter()


@page(router, "/forecast", "forecast.html.jinja")
def forecast(
    desk: DeskOf, materials: MaterialsOf, days: Literal["7", "30"] = "7", dyad: Annotated[str | None, Query(max_length=100)] = None
) -> dict[str, Any]:
    """The likeliest acts of the next days, with reasons and the record of such forecasts."""
    pair = dyad_of(dyad) if dyad else None
    frame = {"horizons": HORIZONS, "days": int(days), "asked": dyad}
    done, begun = desk.slow.ask((materials.snapshot.versions, days), lambda: fitted(materials, int(days)))
    if not done:
        return {"title": "Forecast", "waiting": True, "begun": begun, **frame}
    return {**forecast_page(materials, int(days), pair), **frame}
