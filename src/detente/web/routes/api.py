"""REST: records as they are, typed, with cursors and downloads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import polars as pl
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...errors import UsageError, WebError
from ...measures import require, series
from ...merging.ties import ties_of
from ...records import TIE_KINDS, Mention, as_dict
from ...reporting.measured import tension_row
from ...reporting.pages.actor import actors_page
from ...reporting.pages.chronology import checked, with_words
from ...reporting.pages.claims import claims_frame
from ...reporting.pages.event import found_event
from ...reporting.pages.materials import Materials
from ...reporting.pages.search import completions
from ...reporting.tables import dyad_row, event_row, series_row
from ..desk import DeskOf, MaterialsOf
from ..download import csv_response, parquet_response
from ..filters import ChoiceOf, Iso, is_date, last_day
from ..models import EventPage, EventWithMentions, MentionPage, Options, Rows, State, TiePage
from ..paging import cursor, key_of
from .dyads import dyad_of

router = APIRouter(prefix="/api", tags=["api"])
Words = Annotated[str | None, Query(max_length=200, description="Words that a sentence of a telling must hold, all of them.")]
At = Annotated[str | None, Query(max_length=400, description="`next` of the page before.")]
Size = Annotated[int, Query(ge=1, le=1000)]
By = Literal["day", "week", "month"]


@router.get("/status")
def status(desk: DeskOf, materials: MaterialsOf, request: Request) -> State:
    """What is served: the workspace, how much it holds, from when to when."""
    span = materials.snapshot.chronology.span()
    return State(
        workspace=desk.name,
        version=request.app.version,
        documents=materials.snapshot.documents.height,
        events=len(materials.snapshot.chronology),
        first=span[0] if span else None,
        last=span[1] if span else None,
    )


@router.get("/events")
def events(materials: MaterialsOf, choice: ChoiceOf, q: Words = None, at: At = None, size: Size = 100, facets: bool = False) -> EventPage:
    """Events by date, newest first. Values of one filter are alternatives, filters add up."""
    checked(choice.wanted.type, choice.wanted.status)
    key, back = key_of(at, 2)
    found = materials.snapshot.chronology.find(with_words(materials, choice.wanted, q), size, key, back, 25 if facets else 0)
    items = materials.snapshot.events_at(found.rows)
    following = cursor(items[-1].date or "", items[-1].id) if items and found.after else None
    counted = {f: [{"value": v, "events": n} for v, n in values] for f, values in found.facets.items()}
    return EventPage.model_validate({"total": found.total, "next": following, "items": items, "facets": counted})


@router.get("/events.csv", response_class=Response)
def events_csv(materials: MaterialsOf, choice: ChoiceOf, q: Words = None) -> Response:
    """All chosen events as CSV."""
    checked(choice.wanted.type, choice.wanted.status)
    rows = materials.snapshot.chronology.all(with_words(materials, choice.wanted, q))

    def lines() -> Iterator[dict[str, Any]]:
        for start in range(0, len(rows), 2000):
            for e in materials.snapshot.events_at([int(r) for r in rows[start : start + 2000]]):
                yield event_row(e)

    return csv_response(lines(), "events")


@router.get("/events.parquet", response_class=Response)
def events_parquet(materials: MaterialsOf, choice: ChoiceOf, q: Words = None) -> Response:
    """All chosen events as Parquet, with every field."""
    checked(choice.wanted.type, choice.wanted.status)
    rows = materials.snapshot.chronology.all(with_words(materials, choice.wanted, q))
    return parquet_response(materials.snapshot.events[rows], "events")


@router.get("/events/{id}")
def event(materials: MaterialsOf, id: str) -> EventWithMentions:
    """An event with every mention of it."""
    found = found_event(materials, id)
    told = materials.snapshot.mentions(found.mentions)
    return EventWithMentions(event=found, mentions=[told[m] for m in found.mentions if m in told])


@router.get("/mentions")
def mentions(
    materials: MaterialsOf,
    document: Annotated[str | None, Query(max_length=100)] = None,
    event: Annotated[str | None, Query(max_length=100)] = None,
) -> MentionPage:
    """The mentions of a document or of an event."""
    if (document is None) == (event is None):
        raise UsageError("C02", what="the choice", wanted="one of `document` and `event`", hint="Give the id of one of them.")
    found: list[Mention] = []
    if document is not None:
        found = materials.snapshot.mentions_of(document)
    elif event is not None:
        known = materials.snapshot.event(event)
        found = list(materials.snapshot.mentions(known.mentions).values()) if known else []
    return MentionPage(items=found)


@router.get("/documents/{id}")
def document(materials: MaterialsOf, id: str) -> dict[str, Any]:
    """A document with its text as read and the original."""
    found = materials.snapshot.document(id)
    if found is None:
        raise WebError("H01", what=f"document {id[:60]}")
    return as_dict(found)


@router.get("/actors")
def actors(materials: MaterialsOf, q: Words = None) -> Rows:
    """Who acts and who is acted upon, most told of first."""
    found = actors_page(materials, q)
    return Rows(total=found["total"], items=found["actors"])


@router.get("/dyads")
def dyads(materials: MaterialsOf, size: Size = 100) -> Rows:
    """Pairs of actors, the most active first."""
    return Rows(total=len(materials.dyads), items=[dyad_row(d) for d in materials.dyads[:size]])


@router.get("/dyads.csv", response_class=Response)
def dyads_csv(materials: MaterialsOf) -> Response:
    """All pairs as CSV."""
    return csv_response((dyad_row(d) for d in materials.dyads), "dyads")


@router.get("/dyads/{pair}/tension")
def tension(materials: MaterialsOf, pair: str, since: Iso = None, until: Iso = None) -> Rows:
    """Tension of a pair by day, with its 80% band and the events of the day."""
    dyad, first, last = dyad_of(pair), is_date(since), last_day(until)
    require(materials.acts, materials.reading, dyad, materials.config.measures, first, last, remembers=True)
    rows = [tension_row(p, " ".join(p.events)) for p in materials.tension(dyad, first, last)]
    return Rows(total=len(rows), items=rows)


@router.get("/dyads/{pair}/series")
def dyad_series(materials: MaterialsOf, pair: str, by: By = "week", since: Iso = None, until: Iso = None) -> Rows:
    """What the first did to the second, by period."""
    dyad, first, last = dyad_of(pair), is_date(since), last_day(until)
    require(materials.acts, materials.reading, dyad, materials.config.measures, first, last)
    found = series(materials.acts, materials.reading, dyad, by, materials.config.measures, first, last)
    return Rows(total=len(found), items=[series_row(p) for p in found])


@router.get("/claims")
def claims(materials: MaterialsOf, speaker: Annotated[str | None, Query(max_length=200)] = None, at: At = None, size: Size = 100) -> Rows:
    """Who says what, the latest first."""
    table = _claims(materials, speaker).with_columns(day=pl.col("published").fill_null("")).sort("day", "mention", descending=[True, True])
    total = table.height
    key, _ = key_of(at, 2)
    if key is not None:
        day, mention = str(key[0]), str(key[1])
        table = table.filter((pl.col("day") < day) | ((pl.col("day") == day) & (pl.col("mention") < mention)))
    shown = table.head(size)
    following = cursor(shown["day"][-1], shown["mention"][-1]) if table.height > size else None
    return Rows(total=total, next=following, items=shown.drop("day", "who").to_dicts())


@router.get("/claims.csv", response_class=Response)
def claims_csv(materials: MaterialsOf, speaker: Annotated[str | None, Query(max_length=200)] = None) -> Response:
    """All claims as CSV."""
    joined = [pl.col(c).list.join(" ") for c in ("through", "about")]
    return csv_response(_claims(materials, speaker).drop("who").with_columns(joined).iter_rows(named=True), "claims")


def _claims(materials: Materials, speaker: str | None) -> pl.DataFrame:
    table = claims_frame(materials)
    if not speaker:
        return table
    wanted = speaker.casefold()
    return table.filter(
        (pl.col("who").str.to_lowercase() == wanted)
        | (pl.col("speaker").str.to_lowercase() == wanted)
        | (pl.col("speaker_country").str.to_lowercase() == wanted)
    )


@router.get("/ties")
def ties(
    materials: MaterialsOf,
    of: Annotated[str | None, Query(max_length=100)] = None,
    on: Iso = None,
    kind: Annotated[str | None, Query(max_length=30)] = None,
    told: bool = False,
) -> TiePage:
    """Lasting relations: of an actor, on a day, of a kind; without `of` those told in documents."""
    is_date(on)
    if kind and kind not in TIE_KINDS:
        raise UsageError("C02", what=kind, wanted="a kind of tie", hint="Kinds are " + ", ".join(TIE_KINDS) + ".")
    found = materials.snapshot.ties
    published = {i: a["published"] for i, a in materials.snapshot.about({t.document for t in found if t.document}).items()}
    return TiePage(items=ties_of(found, of, on, kind, told, published))


@router.get("/complete")
def complete(
    materials: MaterialsOf,
    what: Literal["actor", "recipient", "dyad", "watch", "place", "outlet", "type", "speaker"],
    q: Annotated[str, Query(max_length=100)],
) -> Options:
    """Completions of what was typed."""
    return Options(options=[{"value": o["value"], "label": o["label"]} for o in completions(materials, what, q)])
