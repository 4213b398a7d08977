"""Judging: the queue, an event's tellings, what was decided; forms that work without JavaScript, and the same as an API."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ... import pipeline
from ...errors import UsageError
from ...records import as_dict
from ...reporting.judged import change_words, decision_row, precision_rows, waiting_row, write_gold
from ...reporting.pages.review import decisions_page, judging_page, measured, review_page
from ...workspace import precision, queue
from ..desk import Desk, DeskOf, MaterialsOf
from ..errors import wants_json
from ..render import json_response, page

router = APIRouter()
WHO = "detente_who"
#: seconds that a decision waits for another to be written
PATIENCE = 8.0
By = Annotated[Literal["both", "doubt", "lot"], Query()]
Id = Annotated[str, Form(max_length=200)]
Text = Annotated[str | None, Form(max_length=2000)]


# ---------------------------------------------------------------- pages
@page(router, "/review", "review.html.jinja")
def review(
    materials: MaterialsOf,
    request: Request,
    by: By = "both",
    size: Annotated[int, Query(ge=1, le=100)] = 12,
    mention: Annotated[str | None, Query(max_length=200)] = None,
) -> dict[str, Any]:
    """Mentions to judge next, or one that is asked for."""
    return {**review_page(materials, by, size, mention), "who": who_of(request)}


@page(router, "/events/{id}/judge", "judge.html.jinja")
def judge_event(materials: MaterialsOf, request: Request, id: str) -> dict[str, Any]:
    """An event's tellings to be judged; what it may be merged with."""
    return {**judging_page(materials, id), "who": who_of(request)}


@page(router, "/decisions", "decisions.html.jinja")
def decisions(materials: MaterialsOf, before: Annotated[str | None, Query(max_length=60)] = None) -> dict[str, Any]:
    """What was decided, the latest first."""
    return decisions_page(materials, 50, before)


# ---------------------------------------------------------------- forms
@router.post("/review/judge", include_in_schema=False)
def judged(
    request: Request,
    desk: DeskOf,
    mention: Id,
    verdict: Annotated[Literal["accept", "reject", "correct"], Form()],
    kind: Text = None,
    status: Text = None,
    actors: Text = None,
    recipients: Text = None,
    sources: Text = None,
    date: Text = None,
    place: Text = None,
    note: Text = None,
    to: Text = None,
) -> Response:
    """One judgement from a card. Fields left as they were are no change."""
    given = {"status": status, "actors": actors, "recipients": recipients, "sources": sources, "date": date, "place": place}
    changes = {name: value for name, value in given.items() if value is not None}
    if kind is not None:
        changes["type"], _, changes["mode"] = kind.partition("/")
    changes = changes if verdict == "correct" else {}
    found = pipeline.judge(desk.workspace, desk.config, mention, verdict, changes, who=who_of(request), note=note, patience=PATIENCE)
    return _done(request, desk, found, to)


@router.post("/review/undo", include_in_schema=False)
def undone(request: Request, desk: DeskOf, decision: Id, to: Text = None) -> Response:
    """Takes a decision back."""
    return _done(request, desk, pipeline.undo(desk.workspace, desk.config, decision, who=who_of(request), patience=PATIENCE), to)


@router.post("/events/{id}/merge", include_in_schema=False)
def merged(
    request: Request, desk: DeskOf, id: str, other: Annotated[list[str] | None, Form()] = None, named: Text = None, note: Text = None
) -> Response:
    """Events that are this one."""
    ids = [id, *(other or ()), *(n.rsplit("/", 1)[-1] for n in (named or "").split())]
    found = pipeline.merge_events(desk.workspace, desk.config, ids, who=who_of(request), note=note, patience=PATIENCE)
    return _done(request, desk, found, f"/events/{found.after[0].id}/judge")


@router.post("/events/{id}/split", include_in_schema=False)
def split(request: Request, desk: DeskOf, id: str, mention: Annotated[list[str] | None, Form()] = None, note: Text = None) -> Response:
    """Tellings that are of another event."""
    found = pipeline.split_event(desk.workspace, desk.config, id, mention or (), who=who_of(request), note=note, patience=PATIENCE)
    return _done(request, desk, found, f"/events/{id}/judge")


@router.post("/review/who", include_in_schema=False)
def called(who: Annotated[str, Form(max_length=80)] = "", to: Text = None) -> Response:
    """Remembers who judges at this browser."""
    answer = RedirectResponse(own_address(to), 303)
    kept = who.strip().encode("ascii", "xmlcharrefreplace").decode()
    answer.set_cookie(WHO, kept, max_age=365 * 24 * 3600, httponly=True, samesite="strict")
    return answer


def who_of(request: Request) -> str | None:
    """Who judges at this browser; None where nobody said."""
    import html

    return html.unescape(request.cookies.get(WHO, ""))[:80] or None


def own_address(to: str | None, otherwise: str = "/review") -> str:
    """An address of this workbench to go on to; anything else is not followed."""
    return to if to and to.startswith("/") and not to.startswith(("//", "/\\")) else otherwise


def _done(request: Request, desk: Desk, found: pipeline.Verdict, to: str | None) -> Response:
    if wants_json(request):
        return json_response(_told(desk, found))
    target = own_address(to)
    ended = {e.id for e in found.before} - {e.id for e in found.after}
    if any(f"/events/{id_}" in target for id_ in ended):
        target = f"/events/{found.after[0].id}/judge" if found.after else "/decisions"
    return RedirectResponse(f"{target}{'&' if '?' in target else '?'}done={found.decision.id}", 303)


def _told(desk: Desk, found: pipeline.Verdict) -> dict[str, Any]:
    return {
        "decision": found.decision.id,
        "kind": found.decision.kind,
        "events": [as_dict(e) for e in found.after],
        "ended": [e.id for e in found.before if e.id not in {a.id for a in found.after}],
        "changes": change_words(found.before, found.after, ids=False),
        "unknown": list(found.unknown),
        "measured": measured(desk.materials()),
    }


# ---------------------------------------------------------------- API
class Judgement(BaseModel):
    """One judgement of a mention."""

    mention: str = Field(max_length=200)
    verdict: Literal["accept", "reject", "correct"]
    changes: dict[str, str] = Field(default_factory=dict, description="Of correct: field to value, as `detente judge` takes them.")
    who: str | None = Field(None, max_length=80)
    note: str | None = Field(None, max_length=2000)


class Merging(BaseModel):
    """Events that are one."""

    events: list[str] = Field(min_length=2, max_length=50)
    who: str | None = Field(None, max_length=80)
    note: str | None = Field(None, max_length=2000)


class Splitting(BaseModel):
    """Mentions that leave an event."""

    event: str = Field(max_length=200)
    mentions: list[str] = Field(min_length=1, max_length=1000)
    who: str | None = Field(None, max_length=80)
    note: str | None = Field(None, max_length=2000)


class Undoing(BaseModel):
    """A decision that is taken back."""

    decision: str = Field(max_length=60, description="Its id, or `last`.")
    who: str | None = Field(None, max_length=80)


@router.get("/api/review", tags=["judging"])
def api_review(desk: DeskOf, by: By = "both", limit: Annotated[int, Query(ge=1, le=500)] = 20) -> dict[str, Any]:
    """Mentions to judge next."""
    waiting = queue(desk.workspace, limit, by)
    told = desk.now().mentions([w.mention for w in waiting])
    return {"mentions": [waiting_row(w, told[w.mention]) for w in waiting if w.mention in told]}


@router.get("/api/precision", tags=["judging"])
def api_precision(desk: DeskOf) -> dict[str, Any]:
    """How often the coder is right in this workspace, with 95 % intervals."""
    return {"precision": precision_rows(precision(desk.workspace))}


@router.get("/api/decisions", tags=["judging"])
def api_decisions(
    desk: DeskOf, before: Annotated[str | None, Query(max_length=60)] = None, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> dict[str, Any]:
    """Decisions, the latest first; ``next``: give it as ``before``."""
    standing = [s for s in reversed(desk.now().decided.standing) if before is None or s.decision.id < before]
    rows = [decision_row(s) for s in standing[:limit]]
    return {"decisions": rows, "next": rows[-1]["id"] if len(standing) > limit else None}


@router.get("/api/gold.zip", tags=["judging"], response_class=Response)
def api_gold(desk: DeskOf) -> Response:
    """What was judged, as gold: `items.jsonl` with the documents and `gold.jsonl` with their mentions, in a zip file."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_gold(folder, desk.workspace)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("items.jsonl", "gold.jsonl"):
                archive.write(folder / name, name)
    return Response(packed.getvalue(), media_type="application/zip", headers={"content-disposition": 'attachment; filename="gold.zip"'})


@router.post("/api/judgements", tags=["judging"])
def api_judge(desk: DeskOf, given: Judgement) -> Any:
    """Judges a mention."""
    if given.changes and given.verdict != "correct":
        raise UsageError("W09", why=f"{given.verdict} takes no changes", hint="Give the verdict `correct`.")
    found = pipeline.judge(
        desk.workspace, desk.config, given.mention, given.verdict, given.changes, who=given.who, note=given.note, patience=PATIENCE
    )
    return json_response(_told(desk, found), 201)


@router.post("/api/merges", tags=["judging"])
def api_merge(desk: DeskOf, given: Merging) -> Any:
    """Merges events; they keep the id of the first."""
    found = pipeline.merge_events(desk.workspace, desk.config, given.events, who=given.who, note=given.note, patience=PATIENCE)
    return json_response(_told(desk, found), 201)


@router.post("/api/splits", tags=["judging"])
def api_split(desk: DeskOf, given: Splitting) -> Any:
    """Splits mentions off an event."""
    found = pipeline.split_event(
        desk.workspace, desk.config, given.event, given.mentions, who=given.who, note=given.note, patience=PATIENCE
    )
    return json_response(_told(desk, found), 201)


@router.post("/api/undo", tags=["judging"])
def api_undo(desk: DeskOf, given: Undoing) -> Any:
    """Takes a decision back."""
    return json_response(_told(desk, pipeline.undo(desk.workspace, desk.config, given.decision, who=given.who, patience=PATIENCE)), 201)
