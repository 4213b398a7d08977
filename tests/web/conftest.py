"""A workbench over the bundled example: one for all tests of pages."""

from __future__ import annotations

import pytest

from detente.web import ServeOptions, create_app

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def client_of(workspace, **options):
    """A program's client: it names itself, as every change must."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fastapi.testclient import TestClient

        app = create_app(workspace, ServeOptions(**options))
        return TestClient(app, base_url="http://localhost", headers={"x-detente-client": "1"}, follow_redirects=False)


@pytest.fixture(scope="session")
def client(example_workspace):
    return client_of(example_workspace[0])


@pytest.fixture
def make_client(example_workspace):
    return lambda **options: client_of(example_workspace[0], **options)
