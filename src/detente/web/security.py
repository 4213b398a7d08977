"""What every request must pass and every answer carries: host names, the token, no changes from other sites, strict headers."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import WebError
from .options import LOCAL, ServeOptions

COOKIE = "detente_token"
#: header by which a program that is no browser page says so; other sites cannot set it without a preflight that is never granted
CLIENT = "x-detente-client"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: reachable without the token: what the page that asks for it needs
_OPEN = ("/static/", "/token")

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "x-frame-options": "DENY",
}


class Guard:
    """ASGI middleware around the whole workbench."""

    def __init__(self, app: ASGIApp, options: ServeOptions) -> None:
        self._app = app
        self._options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if "cache-control" not in headers:
                    headers["cache-control"] = "no-store" if self._options.token else "no-cache"
            await send(message)

        request = Request(scope)
        answer = self._refused(request)
        if answer is None:
            await self._app(scope, receive, guarded)
        else:
            await answer(scope, receive, guarded)

    def _refused(self, request: Request) -> Response | None:
        from .errors import error_response

        if not self._named(request.headers.get("host", "")):
            return error_response(request, WebError("H05", host=request.headers.get("host", "")[:100]))
        bearer = False
        if self._options.token is not None and not request.url.path.startswith(_OPEN):
            bearer = self._right(_bearer(request.headers))
            if not bearer and not self._right(request.cookies.get(COOKIE, "")):
                if request.method == "GET" and self._right(request.query_params.get("token", "")):
                    return self._welcome(request)
                return error_response(request, WebError("H06"))
        if request.method not in _SAFE and not bearer and not _own(request.headers):
            return error_response(request, WebError("H07"))
        return None

    def _named(self, host: str) -> bool:
        """Only names that are ours: another name that resolves to this machine is another site's (DNS rebinding)."""
        if not self._options.loopback:
            return True  # the token protects
        name = urlsplit(f"//{host}").hostname or ""
        return name in LOCAL or name == self._options.host or name in self._options.names

    def _right(self, given: str) -> bool:
        wanted = self._options.token or ""
        return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())

    def _welcome(self, request: Request) -> Response:
        rest = [(k, v) for k, v in parse_qsl(request.url.query, keep_blank_values=True) if k != "token"]
        answer = RedirectResponse(request.url.path + ("?" + urlencode(rest) if rest else ""), 303)
        remember(answer, self._options)
        return answer


def remember(answer: Response, options: ServeOptions) -> None:
    """Lets the browser keep the token, out of reach of scripts and of other sites."""
    answer.set_cookie(COOKIE, options.token or "", httponly=True, samesite="strict", max_age=7 * 24 * 3600)


def _bearer(headers: Mapping[str, str]) -> str:
    kind, _, value = headers.get("authorization", "").partition(" ")
    return value.strip() if kind.lower() == "bearer" else ""


def _own(headers: Headers) -> bool:
    """Whether a change is asked for by our own page, or by a program. Browsers name the origin of every change."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return CLIENT in headers
    return urlsplit(origin).netloc == headers.get("host")
