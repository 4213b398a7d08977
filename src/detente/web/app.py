"""The application: routers of the page families, security around them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import cache
from importlib import import_module
from typing import Any

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from ..config import Config, load_config
from ..workspace import Workspace
from . import errors
from .desk import Desk
from .models import ERRORS, with_errors
from .options import ServeOptions
from .security import Guard

#: one module a page family; each has a `router`
FAMILIES = (
    "today",
    "events",
    "documents",
    "actors",
    "dyads",
    "claims",
    "network",
    "places",
    "forecast",
    "whatif",
    "api",
    "reference",
    "session",
    "assets",
)
#: and those in which one works
WORK = ("review", "watching", "sql", "codes", "add", "tables")


def create_app(workspace: Workspace, options: ServeOptions | None = None, config: Config | None = None) -> FastAPI:
    """The workbench over a workspace. ``config``: measures and knowledge as on the command line; the default where not given."""
    desk = Desk(workspace, config or load_config(), options or ServeOptions())

    @asynccontextmanager
    async def life(app: FastAPI) -> Any:
        desk.follow()
        yield
        desk.close()

    app = FastAPI(
        title="détente",
        description="Events, mentions, claims, ties and measures of one workspace.",
        version=_version(),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=life,
    )
    app.state.desk = desk
    routers = [import_module(f".routes.{name}", __package__).router for name in (*FAMILIES, *WORK)]
    for router in routers:
        app.include_router(router, responses=ERRORS)
    app.state.served = frozenset(route.path for router in routers for route in router.routes)
    described = app.openapi
    app.openapi = cache(lambda: with_errors(described()))  # type: ignore[method-assign]
    errors.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, options=desk.options)
    return app


def _version() -> str:
    from importlib.metadata import version

    return version("detente")
