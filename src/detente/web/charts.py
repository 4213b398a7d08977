"""Charts as answers: the specification for the browser's Vega, or a picture."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from ..errors import WebError
from ..reporting.charts import png, svg


def figure(specification: dict[str, Any], kind: str) -> Response:
    """``kind``: ``vl.json`` a Vega-Lite specification, ``svg`` or ``png`` a picture.

    Raises H01 for another, and where nothing is to be drawn.
    """
    if not specification:
        raise WebError("H01", what="chart to draw of this choice")
    if kind == "vl.json":
        return JSONResponse(specification)
    if kind == "svg":
        return Response(svg(specification), media_type="image/svg+xml", headers=_AS_PICTURE)
    if kind == "png":
        return Response(png(specification), media_type="image/png")
    raise WebError("H01", what=f"chart in the form {kind[:20]}")


#: a picture runs nothing, also where it is opened by itself; its own styles are part of it
_AS_PICTURE = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
