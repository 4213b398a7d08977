"""Every fault in one shape: a page for a browser, the same facts as JSON for a program."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ..errors import DetenteError, MeasureError, UsageError, WebError

_STATUS = {
    "H01": 404,
    "H11": 404,
    "H12": 404,
    "H02": 400,
    "H05": 421,
    "H06": 401,
    "H07": 403,
    "H08": 400,
    "H20": 413,
    "H21": 503,
    "H22": 500,
    "H23": 400,
    "W02": 409,
    "C03": 500,
    "W05": 400,
    "W06": 404,
    "W07": 404,
    "W08": 404,
    "W11": 503,
    "M01": 404,
    "M02": 404,
}


def status_of(fault: DetenteError) -> int:
    """The HTTP status of a coded error."""
    if fault.code[0] in "FS":  # a forecast or scenario that cannot be made of what was read
        return 422
    default = 400 if isinstance(fault, UsageError) else 422 if isinstance(fault, MeasureError) else 500
    return _STATUS.get(fault.code, default)


def shape(fault: DetenteError) -> dict[str, Any]:
    """``{"error": {"code", "message", "hint"}}``."""
    return {"error": {"code": fault.code, "message": fault.message, "hint": fault.hint}}


def wants_json(request: Request) -> bool:
    """Whether a program asks: an address under /api or ending in .json, or JSON preferred."""
    path = request.url.path
    accept = request.headers.get("accept", "")
    return path.startswith("/api/") or path.endswith(".json") or ("application/json" in accept and "text/html" not in accept)


def error_response(request: Request, fault: DetenteError) -> Response:
    """A coded error as a page or as JSON."""
    status = status_of(fault)
    headers = {"www-authenticate": "Bearer"} if status == 401 else None
    if fault.code == "H11" and request.method == "GET":
        return _moved(request, fault)
    if wants_json(request):
        return JSONResponse(shape(fault), status, headers=headers)
    from .render import template_response

    page = {"title": "Token needed" if status == 401 else "Not found" if status == 404 else "This did not work", "status": status}
    return template_response(request, "error.html.jinja", {**page, **shape(fault)}, status, headers)


def _moved(request: Request, fault: DetenteError) -> Response:
    """On to the same page of the event that holds the tellings now."""
    old, new = str(fault.facts["event"]), str(fault.facts["now"])
    return RedirectResponse(request.url.path.replace(f"/events/{old}", f"/events/{new}", 1) + f"?was={quote(old)}", 302)


def install(app: FastAPI) -> None:
    """Adds the handlers to the application."""

    async def coded(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, DetenteError)
        return error_response(request, fault)

    async def invalid(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, RequestValidationError)
        first = fault.errors()[0]
        where = ".".join(str(p) for p in first["loc"][1:]) or str(first["loc"][0])
        return error_response(request, WebError("H08", what=where, why=first["msg"]))

    async def plain(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        if fault.status_code == 404:
            return error_response(request, WebError("H12", path=request.url.path[:200]))
        if fault.status_code == 405:
            answer = JSONResponse(shape(WebError("H09", method=request.method, path=request.url.path[:200])), 405)
            answer.headers.update(fault.headers or {})
            return answer
        return error_response(request, WebError("H08", what="request", why=str(fault.detail)))

    async def unforeseen(request: Request, fault: Exception) -> Response:
        return error_response(request, DetenteError("C03", why=f"{type(fault).__name__}: {fault}"[:300]))

    app.add_exception_handler(DetenteError, coded)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, plain)
    app.add_exception_handler(Exception, unforeseen)
