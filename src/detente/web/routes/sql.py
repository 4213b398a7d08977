"""Ask: SQL over the workspace within limits, saved queries, download."""

from __future__ import annotations

import datetime
import io
import json
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...errors import DetenteError, UsageError
from ...reporting.tables import write_rows
from ...workspace.queries import forget, save, saved
from ...workspace.query import EXAMPLES, TABLES
from ...workspace.schemas import schema
from ..desk import DeskOf
from ..errors import shape, wants_json
from ..render import json_response, page, template_response

router = APIRouter()
#: rows on a page, and in a download
_SHOWN, _DOWNLOADED = 500, 100_000
Asked = Annotated[str | None, Query(max_length=20_000)]
Format = Annotated[str, Query(pattern="^(csv|json|jsonl|parquet)$")]


@page(router, "/sql", "sql.html.jinja")
def ask(desk: DeskOf, request: Request, q: Asked = None) -> dict[str, Any]:
    """A question in SQL, and its answer."""
    found: dict[str, Any] = {"title": "Ask", "q": (q or "").strip(), "answer": None, "error": None, **_beside(desk)}
    if not found["q"]:
        return found
    try:
        answer = desk.asker.ask(found["q"], _SHOWN)
    except DetenteError as fault:
        if wants_json(request):
            raise
        return {**found, **shape(fault)}
    rows = [[_cell(v) for v in row] for row in answer.rows.iter_rows()]
    kinds = ["n" if kind.is_numeric() else "" for kind in answer.rows.dtypes]
    return {
        **found,
        "answer": {"columns": answer.rows.columns, "kinds": kinds, "rows": rows, "more": answer.more, "seconds": round(answer.seconds, 3)},
    }


def _beside(desk: Any) -> dict[str, Any]:
    tables = [{"name": t, "columns": [{"name": c, "type": str(k).split("(")[0].lower()} for c, k in schema(t).items()]} for t in TABLES]
    return {"tables": tables, "saved": [{"name": s.name, "query": s.query} for s in saved(desk.workspace)], "examples": EXAMPLES}


def _cell(value: Any) -> Any:
    """A value for display: numbers and words as they are, actors, sources and places by their names, lists joined, the rest as JSON."""
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        return value.get("name") or value["text"]
    if isinstance(value, list):
        value = [_cell(v) if isinstance(v, dict) else v for v in value]
    if isinstance(value, list) and all(isinstance(v, (str, int, float)) for v in value):
        return "; ".join(map(str, value))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, float):
        return round(value, 6)
    return value if isinstance(value, (str, int, bool)) or value is None else str(value)


@router.get("/sql.csv", include_in_schema=False)
@router.get("/sql.parquet", include_in_schema=False)
@router.get("/sql.jsonl", include_in_schema=False)
def download(desk: DeskOf, request: Request, q: Annotated[str, Query(max_length=20_000)]) -> Response:
    """The answer as a file."""
    return _file(desk, q, request.url.path.rsplit(".", 1)[-1])


def _file(desk: Any, q: str, kind: str) -> Response:
    answer = desk.asker.ask(q, _DOWNLOADED)
    stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
    headers = {"content-disposition": f'attachment; filename="detente-{stamp}.{kind}"', "x-detente-more": str(answer.more).lower()}
    if kind == "parquet":
        buffer = io.BytesIO()
        answer.rows.write_parquet(buffer)
        return Response(buffer.getvalue(), media_type="application/vnd.apache.parquet", headers=headers)
    text = io.StringIO()
    rows = [{k: _cell(v) for k, v in r.items()} for r in answer.rows.iter_rows(named=True)] if kind == "csv" else answer.rows.to_dicts()
    write_rows(rows, kind, text, answer.rows.columns)
    return Response(text.getvalue(), media_type="text/csv" if kind == "csv" else "application/jsonl", headers=headers)


@router.get("/api/sql", tags=["asking"])
def api_sql(
    desk: DeskOf,
    q: Annotated[str, Query(max_length=20_000, description="A SELECT over documents, mentions, events, ties, runs, decisions.")],
    limit: Annotated[int, Query(ge=1, le=_DOWNLOADED)] = 1000,
) -> Any:
    """Answers a SELECT; ended after ten seconds."""
    answer = desk.asker.ask(q, limit)
    return json_response({"columns": answer.rows.columns, "rows": answer.rows.to_dicts(), "more": answer.more})


@router.get("/api/queries", tags=["asking"])
def api_queries(desk: DeskOf) -> dict[str, Any]:
    """The saved queries."""
    return {"queries": [{"name": s.name, "query": s.query, "saved": s.saved} for s in saved(desk.workspace)]}


@router.post("/sql/save", include_in_schema=False)
def keep(
    request: Request, desk: DeskOf, q: Annotated[str, Form(max_length=20_000)], name: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Saves the query under a name."""
    try:
        save(desk.workspace, name, q)
    except UsageError as fault:
        if wants_json(request):
            raise
        found = {"title": "Ask", "q": q, "answer": None, **_beside(desk), **shape(fault)}
        return template_response(request, "sql.html.jinja", found, 400)
    from urllib.parse import urlencode

    return RedirectResponse("/sql?" + urlencode({"q": q}), 303)


@router.post("/sql/forget", include_in_schema=False)
def drop(desk: DeskOf, name: Annotated[str, Form(max_length=200)]) -> Response:
    """Deletes a saved query."""
    forget(desk.workspace, name)
    return RedirectResponse("/sql", 303)
