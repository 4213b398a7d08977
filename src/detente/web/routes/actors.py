"""Actors: the list, and one actor."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from ...reporting.pages.actor import actor_figure, actor_page, actors_page, find_entry
from ...reporting.pages.standing import unrest_figure
from ..charts import figure
from ..desk import MaterialsOf
from ..filters import Iso, is_date
from ..render import page

router = APIRouter()


@page(router, "/actors", "actors.html.jinja")
def actors(materials: MaterialsOf, q: Annotated[str | None, Query(max_length=100)] = None) -> dict[str, Any]:
    """Who acts and who is acted upon."""
    return {"title": "Actors", **actors_page(materials, q)}


@router.get("/actors/{code}/chart.{kind}", include_in_schema=False)
def chart(materials: MaterialsOf, code: str, kind: str) -> Response:
    """Events of an actor by month."""
    return figure(actor_figure(materials, code), kind)


@router.get("/actors/{code}/tension.{kind}", include_in_schema=False)
def tension(materials: MaterialsOf, code: str, kind: str) -> Response:
    """Tension of an actor with anybody, by week."""
    entry = find_entry(materials, code)
    return figure(unrest_figure(materials, entry.id if entry else code), kind)


@page(router, "/actors/{code}", "actor.html.jinja")
def actor(materials: MaterialsOf, code: str, on: Iso = None) -> dict[str, Any]:
    """An actor: profile, tension, ties on a date, dealings, positions, claims."""
    is_date(on)
    return actor_page(materials, code, on or None)
