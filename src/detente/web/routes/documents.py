"""Documents: the list, and a document with its mentions in place."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from ...reporting.pages.document import document_page, documents_page
from ..desk import MaterialsOf
from ..paging import cursor, key_of
from ..render import page

router = APIRouter()


@page(router, "/documents", "documents.html.jinja")
def documents(
    materials: MaterialsOf,
    outlet: Annotated[str | None, Query(max_length=200)] = None,
    q: Annotated[str | None, Query(max_length=200)] = None,
    silent: bool = False,
    at: Annotated[str | None, Query(max_length=400)] = None,
) -> dict[str, Any]:
    """What was read, the latest first."""
    key, _ = key_of(at, 2)
    found = documents_page(materials, outlet, q, silent, key=key)
    chosen = {k: v for k, v in {"outlet": outlet, "q": q, "silent": "1" if silent else None}.items() if v}
    last = found.pop("last")
    return {"title": "Documents", **found, "older": cursor(*last) if last else None, "chosen": chosen, "begun": at is not None}


@page(router, "/documents/{id}", "document.html.jinja")
def document(materials: MaterialsOf, id: str, part: Annotated[int, Query(ge=1, le=10_000)] = 1, original: bool = False) -> dict[str, Any]:
    """A document: its text as read, the mentions in place, the original beside it."""
    return document_page(materials, id, part, original)
