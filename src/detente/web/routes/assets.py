"""Style, scripts, icon: own files, and the Vega script."""

from __future__ import annotations

from importlib import resources

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from ...errors import WebError
from ..bundle import vega_bundle

router = APIRouter(include_in_schema=False)
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_KEPT = {"cache-control": "public, max-age=31536000, immutable"}


@router.get("/static/vega.js")
def vega() -> Response:
    return FileResponse(vega_bundle(), media_type="text/javascript", headers=_KEPT)


@router.get("/static/{name}")
def asset(name: str) -> Response:
    known = {f.name: f for f in (resources.files("detente.web") / "static").iterdir() if f.is_file()}
    found = known.get(name)
    if found is None:
        raise WebError("H01", what=f"file {name[:100]}")
    kind = _KINDS.get("." + name.rpartition(".")[2], "application/octet-stream")
    return Response(found.read_bytes(), media_type=kind, headers={"cache-control": "no-cache"})
