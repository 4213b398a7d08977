"""The workbench: pages and REST over a workspace, in a browser, offline. Nothing is computed here."""

from typing import TYPE_CHECKING

from ..lazy import door

if TYPE_CHECKING:
    from .app import create_app
    from .options import ServeOptions

__all__ = ["ServeOptions", "create_app"]

__getattr__ = door(__name__, {"create_app": "app", "ServeOptions": "options"})
