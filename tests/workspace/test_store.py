"""What is written comes back; what was not finished does not."""

import json
import multiprocessing
import os

import pytest
from builders import document, mention
from deltalake import write_deltalake

from detente.config import load_config
from detente.errors import WorkspaceError
from detente.merging import merge
from detente.records import Refusal, Run
from detente.workspace import Workspace, select, sql

TOLD = [mention("20250701-a", 0, "COERCE", "AZE", "RUS", sources=["Baku"]), mention("20250701-a", 60, "CONSULT", "ARM TUR", intensity=2.5)]
READ = [document("20250701-a")]


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    return Workspace.open(tmp_path / "w", create=True)


def test_records_come_back_as_they_were(workspace: Workspace) -> None:
    workspace.append(READ, TOLD, [], "c1")
    assert workspace.documents() == READ
    assert workspace.mentions() == TOLD
    events = merge(TOLD, READ, load_config().merging)
    workspace.replace_events(events)
    assert workspace.events() == events
    run = Run("r1", "2025-07-01", None, "0", "c1", "", refusals=(Refusal("a", "D02", "empty", "none"),), not_coded=("x",))
    workspace.append_run(run)
    assert workspace.runs() == [run]


def test_the_latest_coding_counts(workspace: Workspace) -> None:
    workspace.append(READ, TOLD, [], "c1")
    workspace.append(READ, TOLD[:1], [], "c2")
    assert workspace.mentions() == TOLD[:1]
    assert workspace.known("c2") == {"20250701-a"}


def test_a_batch_without_its_documents_is_not_read(workspace: Workspace) -> None:
    from detente.workspace.schemas import frame

    workspace.append(READ, TOLD[:1], [], "c1")
    workspace._append("mentions", frame("mentions", TOLD, batch="killed", coder="c1"))
    assert workspace.mentions() == TOLD[:1]


def test_one_writer(workspace: Workspace) -> None:
    with workspace.writing(), pytest.raises(WorkspaceError) as fault, workspace.writing():
        pass
    assert fault.value.code == "W02"


def _ended() -> None:
    os._exit(0)


def test_a_dead_writer_does_not_lock(workspace: Workspace) -> None:
    import socket

    dead = multiprocessing.get_context("spawn").Process(target=_ended)
    dead.start()
    dead.join()
    (workspace.folder / "writer.lock").write_text(json.dumps({"pid": dead.pid, "host": socket.gethostname()}))
    with workspace.writing():
        pass


def test_no_workspace(tmp_path) -> None:
    with pytest.raises(WorkspaceError) as fault:
        Workspace.open(tmp_path / "none")
    assert fault.value.code == "W01"


FILTERS = [
    ({"actor": "AZE"}, 1),
    ({"actor": "rus"}, 0),
    ({"recipient": "RUS"}, 1),
    ({"type": "consult"}, 1),
    ({"status": "denied"}, 0),
    ({"since": "2026"}, 0),
]


@pytest.mark.parametrize(("wanted", "found"), FILTERS)
def test_filters(wanted: dict, found: int) -> None:
    assert len(select(merge(TOLD, READ, load_config().merging), **wanted)) == found


def test_sql(workspace: Workspace) -> None:
    workspace.append(READ, TOLD, [], "c1")
    workspace.replace_events(merge(TOLD, READ, load_config().merging))
    assert sql(workspace, "select actor, recipient from events where type = 'COERCE'").rows() == [("AZE", "RUS")]
    with pytest.raises(WorkspaceError) as fault:
        sql(workspace, "select nothing from nowhere")
    assert fault.value.code == "W05"


def test_a_table_of_an_earlier_version_is_read(workspace: Workspace) -> None:
    workspace.append(READ, TOLD, [], "c1")
    workspace.replace_events(merge(TOLD, READ, load_config().merging))
    old = workspace.frame("events").drop("answers", "qualities")
    write_deltalake(str(workspace.folder / "events"), old.to_arrow(), mode="overwrite", schema_mode="overwrite")
    assert {(e.answers, e.qualities) for e in workspace.events()} == {(None, ())}
