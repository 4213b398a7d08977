"""What the API offers, as a page."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request

from ..render import page

router = APIRouter()


@page(router, "/api", "api.html.jinja")
def what_there_is(request: Request) -> dict[str, Any]:
    """The addresses of the API."""
    found = []
    for path, methods in request.app.openapi()["paths"].items():
        for method, about in methods.items():
            parameters = [{"name": p["name"], "about": p.get("description", "")} for p in about.get("parameters", ())]
            found.append({"path": path, "method": method.upper(), "about": about.get("description", ""), "parameters": parameters})
    return {"title": "API", "addresses": found}
