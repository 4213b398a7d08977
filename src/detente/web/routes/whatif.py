"""What if: the form of an assumption, and its answer."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from ...reporting.pages.whatif import WEEKS, choices, supposed, whatif_figure, whatif_page
from ..charts import figure
from ..desk import DeskOf, MaterialsOf
from ..filters import Iso, is_date
from ..render import page
from .dyads import dyad_of

router = APIRouter()
Text = Annotated[str | None, Query(max_length=500)]
Code = Annotated[str | None, Query(max_length=100)]
Weeks = Annotated[int, Query(ge=1, le=52)]


@page(router, "/whatif", "whatif.html.jinja")
def whatif(
    desk: DeskOf,
    materials: MaterialsOf,
    assumed: Text = None,
    who: Code = None,
    act: Code = None,
    whom: Code = None,
    on: Iso = None,
    watch: Code = None,
    weeks: Weeks = 12,
) -> dict[str, Any]:
    """What an assumption would change: built from who, act, whom and when, or written (`assumed`)."""
    is_date(on)
    text = (assumed or "").strip()
    if not text and who and act and whom:
        text = f"{who} {act} {whom}" + (f" on {on}" if on else "")
    pair = watch or (f"{who},{whom}" if who and whom else None)
    given = {"assumed": text or None, "watch": pair, "weeks": weeks}
    frame: dict[str, Any] = {"title": "What if", "given": given, "acts": choices(), "lengths": WEEKS, "found": None, "waiting": False}
    if not text or not pair:
        return frame
    dyad = dyad_of(pair)
    done, _ = desk.slow.ask((materials.snapshot.versions, text, dyad, weeks), lambda: supposed(materials, text, dyad, weeks))
    if not done:
        return {**frame, "waiting": True}
    return {**frame, "found": whatif_page(materials, text, dyad, weeks)}


@router.get("/whatif/chart.{kind}", include_in_schema=False)
def chart(materials: MaterialsOf, kind: str, assumed: Annotated[str, Query(max_length=500)], watch: str, weeks: Weeks = 12) -> Response:
    """The paths with and without the assumption."""
    return figure(whatif_figure(materials, assumed.strip(), dyad_of(watch), weeks), kind)
