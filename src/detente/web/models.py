"""The shapes of what ``/api`` answers."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from ..records import Event, Mention, Tie, Watch


class Fault(BaseModel):
    """A coded error: what happened and what to do."""

    code: str
    message: str
    hint: str


class ErrorBody(BaseModel):
    """Every error has this shape."""

    error: Fault


class Facet(BaseModel):
    """How many of the chosen events have a value."""

    value: str
    events: int


class EventPage(BaseModel):
    """Events, newest first. ``next``: the cursor of the page after this one; null on the last."""

    total: int
    next: str | None
    items: list[Event]
    facets: dict[str, list[Facet]] = Field(default_factory=dict)


class EventWithMentions(BaseModel):
    """An event with every mention of it."""

    event: Event
    mentions: list[Mention]


class MentionPage(BaseModel):
    """Mentions of an event or a document, in the order of the text."""

    items: list[Mention]


class Watches(BaseModel):
    """The watch list, and how it came about."""

    items: list[Watch]
    history: list[Watch]


class TiePage(BaseModel):
    """Ties that hold."""

    items: list[Tie]


class Rows(BaseModel):
    """A plain table. ``next``: the cursor of the page after this one; null on the last."""

    total: int
    next: str | None = None
    items: list[dict[str, Any]]


class Options(BaseModel):
    """Completions of what was typed."""

    options: list[dict[str, str]]


class State(BaseModel):
    """What is served."""

    workspace: str
    version: str
    documents: int
    events: int
    first: str | None
    last: str | None


_FAULTY = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}}
#: what may come instead, at every address; described, not modelled, since a model for each of hundreds of answers is slow to make
ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"description": text, "content": _FAULTY}
    for code, text in {
        400: "A value cannot be used",
        401: "The token is missing",
        403: "A change from another site",
        404: "No such thing",
        421: "Another host name",
        422: "It cannot be measured, with what is missing",
        500: "It failed, and should not",
    }.items()
}


def with_errors(described: dict[str, Any]) -> dict[str, Any]:
    """The description of the API with the shape of errors, which it refers to."""
    shapes = ErrorBody.model_json_schema(ref_template="#/components/schemas/{model}")
    described["components"]["schemas"] |= {**shapes.pop("$defs"), "ErrorBody": shapes}
    return described
