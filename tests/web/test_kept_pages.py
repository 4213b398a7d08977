"""Today is kept with the workspace: shown at once by the next start, never when anything has changed."""

import json
import shutil

import pytest

from detente.config import load_config
from detente.pipeline import run, watch
from detente.reporting.pages import today
from detente.reporting.pages.materials import Materials
from detente.workspace import Snapshot, Workspace
from detente.workspace.snapshot import versions


@pytest.fixture
def workspace(tmp_path, example_workspace):
    shutil.copytree(example_workspace[0].folder, tmp_path / "w", ignore=shutil.ignore_patterns("pages"))
    return Workspace.open(tmp_path / "w")


@pytest.fixture
def made(monkeypatch, workspace):
    """How often Today of this workspace was put together."""
    times, make = [], today._today

    def counted(materials, watch):
        if materials.snapshot.workspace is workspace:
            times.append(1)
        return make(materials, watch)

    monkeypatch.setattr(today, "_today", counted)
    return times


def shown(workspace, **options):
    """Today as a workbench shows it that has just been started."""
    return today.today_page(Materials(Snapshot(workspace, versions(workspace.folder)), load_config(**options)))


def test_it_is_made_once_for_the_tables_and_options_as_they_are(workspace, made):
    first = shown(workspace)
    assert json.loads(json.dumps(first)) == json.loads(json.dumps(shown(workspace)))
    assert len(made) == 1
    shown(workspace, measures={"half_life_days": 7.0})
    assert len(made) == 2
    watch(workspace, load_config(), "IRN")
    assert "IRN" in [w["key"] for w in shown(workspace)["watching"]]
    assert len(made) == 3


def test_a_run_leaves_it_ready(tmp_path):
    (tmp_path / "a.txt").write_text("Russian police detained two Azerbaijani editors in Moscow on 3 July 2025.")
    own = Workspace.open(tmp_path / "own", create=True)
    run([tmp_path / "a.txt"], own, load_config(run={"workers": 1}))
    left = own.folder / "pages" / "today.json"
    made_at = left.stat().st_mtime_ns
    assert shown(own)["documents"] == 1
    assert left.stat().st_mtime_ns == made_at  # read, not made


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"of": "another", "facts": {}}', "\xff"])
def test_a_file_that_says_nothing_is_made_anew(workspace, made, broken):
    (workspace.folder / "pages").mkdir()
    (workspace.folder / "pages" / "today.json").write_text(broken, "latin-1")
    assert shown(workspace)["documents"] > 10
    assert len(made) == 1


def test_a_workspace_that_may_only_be_read_is_served(workspace, made):
    (workspace.folder / "pages").write_text("no folder")
    assert shown(workspace)["documents"] > 10
