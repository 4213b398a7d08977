"""The first page, and the search of the top line."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request

from ...reporting.pages.forecast import expected_next
from ...reporting.pages.search import search_page
from ...reporting.pages.today import today_page
from ..desk import DeskOf, MaterialsOf
from ..errors import wants_json
from ..filters import Many
from ..render import page

router = APIRouter()


#: seconds after which a browser is told that Today is still being put together
PATIENCE = 4.0


@page(router, "/", "today.html.jinja")
def today(desk: DeskOf, materials: MaterialsOf, request: Request, watch: Many = None) -> dict[str, Any]:
    """What changed since the last reading."""
    speakers = [w for w in watch or () if w.strip()]
    if wants_json(request):
        return {**today_page(materials, speakers), "expected": expected_next(materials), "waiting": False}
    done, made = desk.first.ask((materials.snapshot.versions, *speakers), lambda: today_page(materials, speakers), PATIENCE)
    return {**made, "expected": expected_next(materials), "waiting": False} if done else {"title": "Today", "waiting": True, "begun": made}


@page(router, "/search", "search.html.jinja")
def search(materials: MaterialsOf, q: Annotated[str, Query(max_length=200)] = "") -> dict[str, Any]:
    """Actors, documents and events that hold some words."""
    return {"title": f"Search: {q}" if q else "Search", "search": q, "q": q, **search_page(materials, q)}
