"""Templates, and pages with their JSON twins."""

from __future__ import annotations

import functools
import inspect
import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import urlencode

import jinja2
from fastapi import APIRouter
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from ..reporting.words import act, count, day, listed, words
from .bundle import cache_folder
from .nav import navigation

Made = dict[str, Any]


@cache
def environment() -> jinja2.Environment:
    """The templates: everything is escaped, an unknown name is a fault."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("detente.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(cache_folder())),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(words=words(), version=_version(), add=add, drop=drop, set=put)
    made.filters.update(
        day=day,
        signed=lambda v, digits=1: "–" if v is None else f"{v:+.{digits}f}".replace("-", "−"),
        number=lambda v, digits=0: "–" if v is None else f"{v:,.{digits}f}",
        percent=lambda v: "–" if v is None else f"{v:.0%}",
        count=count,
        listed=listed,
        act=act,
        groupby_month=by_month,
        sparkline=sparkline,
        weblink=weblink,
        ticked=ticked,
        query=lambda d: urlencode(
            [(k, x) for k, v in d.items() for x in (v if isinstance(v, (list, tuple)) else [v]) if x not in (None, "")]
        ),
    )
    return made


def add(chosen: Made, name: str, value: str) -> Made:
    """Filters with one more value; the place in the list is left."""
    return {**chosen, name: [*_many(chosen.get(name)), value]}


def drop(chosen: Made, name: str, value: str) -> Made:
    """Filters without a value."""
    return {k: [x for x in _many(v) if k != name or x != value] for k, v in chosen.items()}


def put(chosen: Made, name: str, value: Any) -> Made:
    """Filters with a single value set."""
    return {**chosen, name: value}


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [] if value is None else [value]


def sparkline(values: list[float | None], top: float = 10.0) -> list[str]:
    """Paths of a small line over a box of 120 by 26: one for each stretch without a gap."""
    step = 118 / max(1, len(values) - 1)
    paths, run = [], []
    for n, v in enumerate([*values, None]):
        if v is not None:
            run.append(f"{1 + n * step:.1f} {25 - 24 * min(v, top) / top:.1f}")
        elif run:
            paths.append("M" + "L".join(run if len(run) > 1 else [run[0], run[0]]))
            run = []
    return paths


def by_month(events: list[Made]) -> list[tuple[str, list[Made]]]:
    """Rows in runs of the same month, for headings: ``July 2025``, ``2024``, ``undated``."""
    out: list[tuple[str, list[Made]]] = []
    for e in events:
        name = day((e["date"] or "")[:7] or None)
        if not out or out[-1][0] != name:
            out.append((name, []))
        out[-1][1].append(e)
    return out


def ticked(text: str | None) -> Markup:
    """A text of the program with what stands between backticks as code."""
    parts = re.split(r"`+([^`]+)`+", text or "")
    return Markup("").join(Markup("<code>{}</code>").format(p) if n % 2 else escape(p) for n, p in enumerate(parts))


def _version() -> str:
    from importlib.metadata import version

    return version("detente")


def weblink(url: str | None) -> str | None:
    """An address that may be followed: of the web, nothing else (``javascript:``, ``data:`` and ``file:`` are dropped)."""
    return url if url and url.lower().startswith(("http://", "https://")) and not any(c.isspace() or ord(c) < 32 for c in url) else None


def template_response(
    request: Request, template: str, data: Made, status: int = 200, headers: dict[str, str] | None = None
) -> HTMLResponse:
    """A page. Templates see the data's names, and ``request``, ``nav``, ``twin`` (the address of the JSON twin)."""
    path = request.url.path
    twin = ("/today" if path == "/" else path) + ".json" + (f"?{request.url.query}" if request.url.query else "")
    desk = getattr(request.app.state, "desk", None)
    frame = {
        "request": request,
        "nav": navigation(request.app, path),
        "twin": twin,
        "workspace_name": desk.name if desk else "",
        "search": None,
        "served": request.app.state.served,
    }
    return HTMLResponse(environment().get_template(template).render({**frame, **data}), status, headers)


def page(router: APIRouter, path: str, template: str) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Registers a function that returns a page's facts (JSON-ready; ``title`` among them) as a page at ``path`` and as JSON at
    ``path.json``; the page of ``/`` has its twin at ``/today.json``. A ``status`` among them is the page's, else it is 200."""

    def register(function: Callable[..., Made]) -> Callable[..., Made]:
        signature = inspect.signature(function, eval_str=True)
        own = "request" in signature.parameters
        asked = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)
        parameters = list(signature.parameters.values()) + ([] if own else [asked])

        def called(request: Request, given: dict[str, Any]) -> Made:
            return function(**given, **({"request": request} if own else {}))

        @functools.wraps(function)
        def html(request: Request, **given: Any) -> Response:
            made = called(request, given)
            return template_response(request, template, made, int(made.get("status", 200)))

        @functools.wraps(function)
        def twin(request: Request, **given: Any) -> Response:
            return json_response(called(request, given))

        for made in (html, twin):
            made.__signature__ = signature.replace(parameters=parameters, return_annotation=Response)  # type: ignore[attr-defined]
            made.__annotations__ = {p.name: p.annotation for p in parameters}
        router.add_api_route(("/today" if path == "/" else path) + ".json", twin, include_in_schema=False, response_model=None)
        router.add_api_route(path, html, include_in_schema=False, response_model=None)
        return function

    return register


def json_response(data: Any, status: int = 200) -> Response:
    """JSON in UTF-8; what is not a number is null."""
    return JSONResponse(json.loads(json.dumps(data, ensure_ascii=False, default=_plain), parse_constant=lambda _: None), status)


def _plain(value: Any) -> Any:
    return value.as_dict() if hasattr(value, "as_dict") else str(value)
