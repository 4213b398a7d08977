"""The first page, and the search of the top line."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from ...reporting.pages.search import search_page
from ...reporting.pages.today import today_page
from ..desk import MaterialsOf
from ..filters import Many
from ..render import page

router = APIRouter()


@page(router, "/", "today.html.jinja")
def today(materials: MaterialsOf, watch: Many = None) -> dict[str, Any]:
    """What changed since the last reading."""
    return today_page(materials, [w for w in watch or () if w.strip()])


@page(router, "/search", "search.html.jinja")
def search(materials: MaterialsOf, q: Annotated[str, Query(max_length=200)] = "") -> dict[str, Any]:
    """Actors, documents and events that hold some words."""
    return {"title": f"Search: {q}" if q else "Search", "search": q, "q": q, **search_page(materials, q)}
