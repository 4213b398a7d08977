"""The chronology and the page of an event."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...reporting.pages.chronology import as_dict, checked, listing
from ...reporting.pages.event import event_page, found_event, tellings
from ...workspace import Wanted
from ..desk import MaterialsOf
from ..filters import ChoiceOf
from ..paging import cursor, key_of
from ..render import page, template_response

router = APIRouter()


@page(router, "/events", "events.html.jinja")
def chronology(
    materials: MaterialsOf,
    choice: ChoiceOf,
    q: Annotated[str | None, Query(max_length=200)] = None,
    at: Annotated[str | None, Query(max_length=400)] = None,
    size: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    """Events by date, newest first, chosen by facets."""
    wanted: Wanted = choice.wanted
    checked(wanted.type, wanted.status)
    key, back = key_of(at, 2)
    found = listing(materials, wanted, q, size, key, back)
    kept = choice.kept({"q": q})
    return {
        "title": "Chronology",
        **as_dict(found),
        "newer": cursor(*found.first, back=True) if found.first else None,
        "older": cursor(*found.last) if found.last else None,
        "chosen": kept,
        "q": q,
        "search": None,
        "names": choice.names(materials, q),
    }


@router.get("/events/{id}/tellings", include_in_schema=False)
def unfolded(request: Request, materials: MaterialsOf, id: str) -> Response:
    """The tellings of an event, to be shown under its row."""
    event = found_event(materials, id)
    return template_response(request, "tellings.html.jinja", {"tellings": tellings(materials, event), "event": id})


@page(router, "/events/{id}", "event.html.jinja")
def one(materials: MaterialsOf, id: str, was: Annotated[str | None, Query(max_length=100)] = None) -> dict[str, Any]:
    """An event: every telling, agreed and disputed, what it answers, what it moved. ``was``: the event that was asked for, now this."""
    return {**event_page(materials, id), "search": None, "was": was}
