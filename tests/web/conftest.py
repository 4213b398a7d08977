"""A workbench over the bundled example: one for all tests of pages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from conftest_web import client_of


@pytest.fixture(scope="session")
def client(example_workspace):
    return client_of(example_workspace[0])


@pytest.fixture
def make_client(example_workspace):
    return lambda **options: client_of(example_workspace[0], **options)
