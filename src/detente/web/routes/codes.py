"""The codebook and the directory."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from ...reporting.pages.codes import codebook_page, directory_page, entry_page, type_page
from ..desk import MaterialsOf
from ..render import page

router = APIRouter()
Search = Annotated[str | None, Query(max_length=100)]


@page(router, "/codebook", "codebook.html.jinja")
def codebook(materials: MaterialsOf, q: Search = None) -> dict[str, Any]:
    """What codes mean, and which words trigger them."""
    return codebook_page(materials, q)


@page(router, "/codebook/{type}", "codebook_type.html.jinja")
def one_type(materials: MaterialsOf, type: str) -> dict[str, Any]:
    """One type with its entries."""
    return type_page(materials, type)


@page(router, "/directory", "directory.html.jinja")
def directory(
    materials: MaterialsOf,
    q: Search = None,
    kind: Annotated[str | None, Query(max_length=20)] = None,
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """Who is who."""
    return directory_page(materials, q, kind or None, start)


@page(router, "/directory/{id}", "directory_entry.html.jinja")
def entry(materials: MaterialsOf, id: str) -> dict[str, Any]:
    """One entry of the directory."""
    return entry_page(materials, id)


@router.get("/api/codebook", tags=["reference"])
def api_codebook(materials: MaterialsOf, q: Search = None) -> dict[str, Any]:
    """The types; with `q` the entries that a word, a CAMEO code or an id leads to."""
    found = codebook_page(materials, q)
    return {"types": found["types"], "entries": found["entries"]}


@router.get("/api/directory", tags=["reference"])
def api_directory(
    materials: MaterialsOf,
    q: Search = None,
    kind: Annotated[str | None, Query(max_length=20)] = None,
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    size: Annotated[int, Query(ge=1, le=500)] = 60,
) -> dict[str, Any]:
    """Entries of the directory by name; `next`: give it as `start`."""
    found = directory_page(materials, q, kind or None, start, size)
    return {"entries": found["entries"], "total": found["total"], "next": found["next"]}


@router.get("/api/directory/{id}", tags=["reference"])
def api_entry(materials: MaterialsOf, id: str) -> dict[str, Any]:
    """One entry of the directory."""
    return entry_page(materials, id)
