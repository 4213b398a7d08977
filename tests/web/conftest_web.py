"""Clients of a workbench, for tests."""

from __future__ import annotations

import warnings

from detente.web import ServeOptions, create_app


def client_of(workspace, **options):
    """A program's client: it names itself, as every change must."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fastapi.testclient import TestClient

        app = create_app(workspace, ServeOptions(**options))
        return TestClient(app, base_url="http://localhost", headers={"x-detente-client": "1"}, follow_redirects=False)
