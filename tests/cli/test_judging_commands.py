"""The commands that judge, and a workbench asked instead of a folder."""

from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path

import pytest

from detente.cli import main
from detente.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, example_workspace, monkeypatch) -> Workspace:
    shutil.copytree(example_workspace[0].folder, tmp_path / "w")
    monkeypatch.setenv("DETENTE_WORKSPACE", str(tmp_path / "w"))
    return Workspace.open(tmp_path / "w")


def told(capsys, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


def test_a_day_of_judging(workspace: Workspace, capsys, tmp_path: Path) -> None:
    code, out, err = told(capsys, "review", "--limit", "4", "--format", "json")
    waiting = json.loads(out)
    assert (code, len(waiting)) == (0, 4) and "No precision yet" in err
    mention = waiting[0]["mention"]
    assert told(capsys, "judge", mention, "correct", "actors=Uruguay", "place=Baku", "--who", "Ada", "--note", "why")[0] == 0
    code, out, _ = told(capsys, "decisions", "--format", "json")
    (decision,) = json.loads(out)
    assert (decision["who"], decision["state"], decision["note"]) == ("Ada", "in force", "why")
    assert "→ URY" in decision["what"] and "→ Baku" in decision["what"]
    drawn = json.loads(told(capsys, "review", "--lot", "--limit", "1", "--format", "json")[1])
    told(capsys, "judge", drawn[0]["mention"], "accept")
    code, out, err = told(capsys, "review", "--precision", "--format", "json")
    assert json.loads(out)[0] | {"low": 0, "high": 0} == {"what": "told", "right": 1, "of": 1, "share": 1.0, "low": 0, "high": 0}
    assert told(capsys, "export", "gold", str(tmp_path / "gold"))[0] == 0
    gold = [json.loads(line) for line in (tmp_path / "gold" / "gold.jsonl").read_text("utf8").splitlines()]
    items = {i["id"]: i for i in map(json.loads, (tmp_path / "gold" / "items.jsonl").read_text("utf8").splitlines())}
    judged = {m["id"]: (m, items[g["id"]]["text"]) for g in gold for m in g["mentions"]}
    one, text = judged[mention]
    assert (one["place"], one["actors"]) == ("Baku", ["URY"])
    assert text[slice(*one["trigger_span"])] == one["trigger"]
    code, _, err = told(capsys, "judge", "undo", "last")
    assert code == 0 and len(workspace.decisions()) == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nobody", "accept"], "W06"),
        (["nobody"], "C02"),
        (["nobody", "praise"], "C02"),
        (["nobody", "accept", "type=AID"], "C02"),
        (["nobody", "correct", "type"], "C02"),
        (["merge", "e1"], "W07"),
        (["merge"], "W09"),
        (["split"], "W07"),
        (["undo"], "W08"),
    ],
)
def test_what_cannot_be_decided_is_said(workspace: Workspace, capsys, arguments: list[str], code: str) -> None:
    ended, _, err = told(capsys, "judge", *arguments)
    assert ended == 2 and f"[{code}]" in err


@pytest.fixture(scope="module")
def workbench(example_workspace):
    import uvicorn

    from detente.web import ServeOptions, create_app

    app = create_app(example_workspace[0], ServeOptions(token="a-long-secret-token"))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize(
    "command",
    [
        "events -a RUS -f csv",
        "mentions -t COERCE -f jsonl",
        "claims -f json",
        "ties --told -f csv",
        "actors -f csv",
        "dyads -f csv",
        "measure RUS,AZE -f csv",
        "measure positions -f csv",
        "sql|select type, count(*) as n from events group by type order by n desc, type|-f|csv",
    ],
)
def test_a_workbench_says_what_its_folder_says(command: str, workbench: str, example_workspace, capsys) -> None:
    arguments = command.split("|") if "|" in command else command.split()
    here = told(capsys, *arguments, "-w", str(example_workspace[0].folder))
    there = told(capsys, *arguments, "--server", workbench, "--token", "a-long-secret-token")
    assert there == here
    assert here[1].count("\n") > 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["events", "--server", "http://127.0.0.1:1"], "H24"),
        (["events", "--server", "no address"], "H24"),
        (["run", "x", "--server", "{url}"], "H25"),
        (["events", "--server", "{url}"], "H06"),
        (["events", "--server", "{url}", "--token", "another-secret-token"], "H06"),
        (["sql", "drop table x", "--server={url}", "--token=a-long-secret-token"], "W12"),
    ],
)
def test_what_a_workbench_does_not_answer_is_said(arguments: list[str], code: str, workbench: str, capsys) -> None:
    ended, _, err = told(capsys, *(a.replace("{url}", workbench) for a in arguments))
    assert ended == 2 and f"[{code}]" in err, err
