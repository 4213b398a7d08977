"""What if: the form of an assumption, and its answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...errors import DetenteError
from ...reporting.pages.whatif import WEEKS, choices, parse_assumption, supposed, whatif_figure, whatif_page, written_act
from ..charts import figure
from ..desk import DeskOf, MaterialsOf
from ..errors import shape, status_of, wants_json
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
    request: Request,
    assumed: Text = None,
    how: Literal["comes", "had not come"] = "comes",
    who: Code = None,
    act: Code = None,
    whom: Code = None,
    on: Code = None,
    watch: Code = None,
    weeks: Weeks = 12,
    add: bool = False,
) -> dict[str, Any]:
    """What an assumption would change: written (`assumed`), built from who, act, whom and when, or both; `add` asks nothing yet."""
    written, fields = (assumed or "").strip(), {"how": how, "who": who, "act": act, "whom": whom, "on": on}
    built = written_act(how, who or "", act or "", whom or "", on or "") if who or whom else ""
    text = "; ".join(t for t in (written, built) if t)
    pair = watch or (f"{who},{whom}" if who and whom else None)
    given = {"assumed": text or None, "watch": pair, "weeks": weeks}
    frame: dict[str, Any] = {"title": "What if", "given": given, "fields": {}, "lengths": WEEKS, "found": None, "waiting": False}
    frame |= {"acts": choices(), "error": None, "begun": None}
    try:
        if text:
            parse_assumption(materials, text)
        if add or not text or not pair:
            return frame
        dyad = dyad_of(pair)
        done, begun = desk.slow.ask((materials.snapshot.versions, text, dyad, weeks), lambda: supposed(materials, text, dyad, weeks))
        return {**frame, "found": whatif_page(materials, text, dyad, weeks)} if done else {**frame, "waiting": True, "begun": begun}
    except DetenteError as fault:  # what was written stays in the form, with what is wrong beside it
        if wants_json(request):
            raise
        frame["given"] = {**given, "assumed": written or None, "watch": watch}
        return {**frame, "fields": fields, **shape(fault), "status": status_of(fault)}


@router.get("/whatif/chart.{kind}", include_in_schema=False)
def chart(materials: MaterialsOf, kind: str, assumed: Annotated[str, Query(max_length=500)], watch: str, weeks: Weeks = 12) -> Response:
    """The paths with and without the assumption."""
    return figure(whatif_figure(materials, assumed.strip(), dyad_of(watch), weeks), kind)
