"""Fixtures for all tests: what is slow to load is loaded once."""

import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "example"))


@pytest.fixture(scope="session")
def coder():
    from detente.coding import Coder

    return Coder()


@pytest.fixture(scope="session")
def example_workspace(tmp_path_factory):
    """The bundled example, read once: workspace, outcome."""
    from detente.config import load_config
    from detente.pipeline import run
    from detente.workspace import Workspace

    folder = Path(__file__).parents[1] / "examples" / "south-caucasus"
    workspace = Workspace.open(tmp_path_factory.mktemp("example") / "workspace", create=True)
    return workspace, run([folder], workspace, load_config(run={"workers": 1}))
