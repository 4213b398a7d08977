"""Claims and contested matters."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from ...reporting.pages.claims import claims_page, contested_page
from ...reporting.pages.standing import positions_taken
from ..desk import MaterialsOf
from ..paging import cursor, key_of
from ..render import page

router = APIRouter()


@page(router, "/claims", "claims.html.jinja")
def claims(
    materials: MaterialsOf,
    speaker: Annotated[str | None, Query(max_length=200)] = None,
    stance: Literal["asserts", "denies", "plans", "supposes", ""] | None = None,
    about: Annotated[str | None, Query(max_length=100)] = None,
    at: Annotated[str | None, Query(max_length=400)] = None,
) -> dict[str, Any]:
    """Who says what about whom, with each speaker's record."""
    key, _ = key_of(at, 2)
    found = claims_page(materials, speaker or None, stance or None, about or None, key=key)
    last = found.pop("last")
    chosen = {k: v for k, v in {"speaker": speaker, "stance": stance, "about": about}.items() if v}
    name = materials.name_of(about) if about else None
    return {
        "title": "Claims",
        **found,
        "older": cursor(*last) if last else None,
        "chosen": chosen,
        "begun": at is not None,
        "about_name": name,
    }


@page(router, "/claims/contested", "contested.html.jinja")
def contested(materials: MaterialsOf) -> dict[str, Any]:
    """Contested matters, both sides beside each other."""
    return {"title": "Contested matters", **contested_page(materials), "positions": positions_taken(materials)[:30]}
