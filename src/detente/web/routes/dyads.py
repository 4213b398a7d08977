"""Pairs of actors."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from ...errors import UsageError
from ...reporting.pages.dyad import ORDERS, dyad_figure, dyad_page, dyads_page
from ...reporting.pages.materials import Dyad
from ...reporting.pages.standing import influences_figure
from ..charts import figure
from ..desk import MaterialsOf
from ..filters import Iso, is_date, last_day
from ..render import page

router = APIRouter()
With = Annotated[list[str] | None, Query(alias="with", max_length=6)]
Order = Literal["events", "tension", "change", "last", "hostile"]


@page(router, "/dyads", "dyads.html.jinja")
def dyads(materials: MaterialsOf, order: Order = "events", of: Annotated[str | None, Query(max_length=100)] = None) -> dict[str, Any]:
    """Pairs of actors, with tension now and its course."""
    return {"title": "Dyads", "orders": ORDERS, **dyads_page(materials, order, of or None)}


@router.get("/dyads/{pair}/chart.{kind}", include_in_schema=False)
def chart(materials: MaterialsOf, pair: str, kind: str, beside: With = None, since: Iso = None, until: Iso = None) -> Response:
    """The chart of a pair: a Vega-Lite specification, or a picture."""
    return figure(dyad_figure(materials, given(pair, beside), is_date(since), last_day(until)), kind)


@router.get("/dyads/{pair}/influence.{kind}", include_in_schema=False)
def influence(materials: MaterialsOf, pair: str, kind: str, since: Iso = None, until: Iso = None) -> Response:
    """Influence of each on the other, by month."""
    return figure(influences_figure(materials, dyad_of(pair), is_date(since), last_day(until)), kind)


@page(router, "/dyads/{pair}", "dyad.html.jinja")
def dyad(materials: MaterialsOf, pair: str, beside: With = None, since: Iso = None, until: Iso = None) -> dict[str, Any]:
    """A pair over time; up to three others beside it."""
    pairs = given(pair, beside)
    found = dyad_page(materials, pairs, is_date(since), last_day(until))
    kept = {"with": [",".join(p) for p in pairs[1:]], "since": since, "until": until}
    return {**found, "pair": ",".join(pairs[0]), "chosen": {k: v for k, v in kept.items() if v}}


def given(pair: str, beside: list[str] | None) -> list[Dyad]:
    """'RUS,AZE' and others as pairs, four at most."""
    return [dyad_of(p) for p in dict.fromkeys([pair, *(p for p in beside or () if p.strip())])][:4]


def dyad_of(text: str) -> Dyad:
    """'RUS,AZE' as a pair. Raises C02."""
    parts = [p.strip() for p in text.split(",") if p.strip()]
    if len(parts) != 2 or parts[0] == parts[1]:
        raise UsageError(
            "C02", what=repr(text[:60]), wanted="a pair of actors", hint="Give two actors: RUS,AZE. /dyads lists those there are."
        )
    a, b = (p.upper() if len(p) == 3 else p for p in parts)
    return a, b
