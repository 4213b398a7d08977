"""Adding documents: files dropped or a text pasted; how far their reading is; what came of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Message

from ...errors import WebError
from ...reporting.pages.added import added
from ..desk import Desk, DeskOf, MaterialsOf
from ..errors import wants_json
from ..intake import MOST_BYTES, MOST_FILES, MOST_TEXT, Job
from ..render import json_response, page

router = APIRouter()
_FACTS = ("title", "outlet", "published")
#: what a form adds to its files
_ENVELOPE = 1_000_000


@page(router, "/add", "add.html.jinja")
def add(desk: DeskOf) -> dict[str, Any]:
    """Files or a text to be read."""
    return {
        "title": "Add documents",
        "jobs": [j.facts() for j in desk.intake.jobs()],
        "most": {"megabytes": MOST_BYTES // 1_000_000, "files": MOST_FILES, "characters": MOST_TEXT},
    }


@page(router, "/add/{id}", "added.html.jinja")
def one(materials: MaterialsOf, desk: DeskOf, id: str) -> dict[str, Any]:
    """How far a reading is, and what came of it."""
    job = desk.intake.job(id)
    return {"title": _title(job), "job": job.facts(), "documents": added(materials, job.folder) if job.state == "done" else []}


def _title(job: Job) -> str:
    return {"waiting": "Waiting to be read", "reading": "Being read", "done": "Read", "failed": "Not read"}[job.state]


@router.post("/add", include_in_schema=False)
async def send(request: Request, desk: DeskOf) -> Response:
    """Takes files or a text in, and has them read."""
    job = await _taken(request, desk)
    if wants_json(request):
        return json_response(job.facts(), 202)
    return RedirectResponse(f"/add/{job.id}", 303)


@router.post("/add/{id}/again", include_in_schema=False)
def again(desk: DeskOf, id: str) -> Response:
    """Tries a failed reading again."""
    return RedirectResponse(f"/add/{desk.intake.again(id).id}", 303)


async def _taken(request: Request, desk: Desk) -> Job:
    form = await _form(request)
    try:
        return await run_in_threadpool(_kept, desk, form)
    finally:
        await form.close()


async def _form(request: Request) -> FormData:
    """The form of a request, read up to its bound and no further."""
    length = request.headers.get("content-length", "")
    too_much = WebError("H20", what=f"more than {MOST_BYTES // 1_000_000} MB")
    if length.isdigit() and int(length) > MOST_BYTES + _ENVELOPE:
        raise too_much
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > MOST_BYTES + _ENVELOPE:
            raise too_much
        return message

    try:
        return await Request(request.scope, bounded).form(max_files=MOST_FILES, max_fields=10, max_part_size=4 * MOST_TEXT)
    except HTTPException as fault:
        raise WebError("H08", what="form", why=str(fault.detail)) from None


def _kept(desk: Desk, form: FormData) -> Job:
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    text = form.get("text")
    pasted = text if isinstance(text, str) and text.strip() else None
    if not files and pasted is None:
        raise WebError("H23")
    job = desk.intake.open()
    try:
        for f in files:
            job = desk.intake.put(job, f.filename or "", f.file)
        if pasted is not None:
            given = {name: v if isinstance(v := form.get(name), str) else None for name in _FACTS}
            job = desk.intake.put_text(job, pasted, given)
    except WebError:
        desk.intake.drop(job)
        raise
    return desk.intake.start(job)


@router.get("/api/readings", tags=["adding"])
def api_jobs(desk: DeskOf, limit: Annotated[int, Query(ge=1, le=50)] = 20) -> dict[str, Any]:
    """What was given to be read since the server began, the latest first."""
    return {"readings": [j.facts() for j in desk.intake.jobs()[:limit]]}


@router.get("/api/readings/{id}", tags=["adding"])
def api_job(desk: DeskOf, id: str) -> dict[str, Any]:
    """How far a reading is: waiting, reading, done or failed."""
    return desk.intake.job(id).facts()


@router.post(
    "/api/readings",
    tags=["adding"],
    status_code=202,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                            "text": {"type": "string"},
                            **{name: {"type": "string"} for name in _FACTS},
                        },
                    }
                }
            },
        }
    },
)
async def api_add(request: Request, desk: DeskOf) -> Any:
    """Gives files (`files`) or a text (`text`, with `title`, `outlet`, `published`) to be read."""
    return json_response((await _taken(request, desk)).facts(), 202)
