"""`detente watch` on the command line."""

import json

import pytest

from detente.cli import main
from detente.workspace import Workspace


def told(capsys, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


def test_a_list_is_made_shown_and_changed(tmp_path, capsys, monkeypatch) -> None:
    Workspace.open(tmp_path / "w", create=True)
    monkeypatch.setenv("DETENTE_WORKSPACE", str(tmp_path / "w"))
    code, out, _ = told(capsys, "watch", "RUS,AZE", "Dmitry Peskov", "--who", "Ada", "--format", "json")
    assert (code, [(w["kind"], w["key"], w["who"]) for w in json.loads(out)]) == (
        0,
        [("dyad", "AZE,RUS", "Ada"), ("actor", "dmitry-peskov", "Ada")],
    )
    _, out, _ = told(capsys, "watch", "--stop", "RUS,AZE", "--format", "json")
    assert [w["key"] for w in json.loads(out)] == ["dmitry-peskov"]
    _, out, _ = told(capsys, "watch", "--history", "--format", "json")
    assert [(w["key"], w["watched"]) for w in json.loads(out)] == [("AZE,RUS", True), ("dmitry-peskov", True), ("AZE,RUS", False)]
    code, _, err = told(capsys, "watch", "--stop", "IRN")
    assert code == 2 and "W13" in err
