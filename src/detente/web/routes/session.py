"""The token, given once."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...errors import WebError
from ..desk import DeskOf
from ..errors import error_response
from ..security import remember

router = APIRouter(include_in_schema=False)


@router.post("/token")
def give(
    request: Request, desk: DeskOf, token: Annotated[str, Form(max_length=500)], to: Annotated[str, Form(max_length=2000)] = "/"
) -> Response:
    """Takes the token and remembers it in a cookie; then goes on to a page of ours, never to another site."""
    wanted = desk.options.token or ""
    if wanted and not hmac.compare_digest(token.encode(), wanted.encode()):
        return error_response(request, WebError("H06"))
    answer = RedirectResponse(to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/", 303)
    if wanted:
        remember(answer, desk.options)
    return answer
