"""The watch list: a form on Today and on the pages of actors and pairs, and the same as an API."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ... import pipeline
from ...records import Watch, as_dict
from ..desk import DeskOf
from ..models import Watches
from ..render import json_response
from .review import own_address, who_of

router = APIRouter()
What = Annotated[str, Form(max_length=210)]


class Watching(BaseModel):
    """Somebody or a pair to be watched, or no longer."""

    what: str = Field(max_length=210, description="An actor (`IRN`, `Dmitry Peskov`) or a pair (`RUS,AZE`).")
    stop: bool = Field(False, description="Take it off the list.")
    who: str | None = Field(None, max_length=80)
    note: str | None = Field(None, max_length=2000)


@router.post("/watch", include_in_schema=False)
def watch(
    request: Request,
    desk: DeskOf,
    what: What,
    stop: Annotated[bool, Form()] = False,
    to: Annotated[str | None, Form(max_length=500)] = None,
) -> Response:
    """Puts an actor or a pair on the list, or takes it off."""
    pipeline.watch(desk.workspace, desk.config, what, stop=stop, who=who_of(request))
    return RedirectResponse(own_address(to, "/"), 303)


@router.get("/api/watches", tags=["watching"])
def watches(desk: DeskOf) -> Watches:
    """Who and which pairs are watched now, those watched longest first; `history`: every change of the list."""
    return Watches(items=desk.now().watched, history=desk.workspace.watches())


@router.post("/api/watches", tags=["watching"])
def api_watch(desk: DeskOf, given: Watching) -> Any:
    """Puts an actor or a pair on the list, or takes it off."""
    made: Watch = pipeline.watch(desk.workspace, desk.config, given.what, stop=given.stop, who=given.who, note=given.note)
    return json_response(as_dict(made), 201)
