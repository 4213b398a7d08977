"""The commands as a user types them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from detente.cli import main


def detente(capsys, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout, stderr of a command."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


@pytest.fixture
def at(example_workspace) -> list[str]:
    return ["-w", str(example_workspace[0].folder)]


def test_events_as_csv(capsys, at) -> None:
    code, out, _ = detente(capsys, "events", "--actor", "AZE", "--recipient", "RUS", "--format", "csv", *at)
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith("id,date,actors,type")
    assert len(lines) > 3


@pytest.mark.parametrize(("named", "coded"), [(("Russia", "azerbaijan"), ("RUS", "AZE")), (("rus", "Aze"), ("RUS", "AZE"))])
def test_states_may_be_named(capsys, at, named, coded) -> None:
    def rows(pair: tuple[str, str]) -> list[str]:
        return detente(capsys, "events", "--actor", pair[0], "--recipient", pair[1], "--format", "csv", *at)[1].splitlines()

    assert rows(named) == rows(coded)
    assert detente(capsys, "measure", ",".join(named), *at)[1] == detente(capsys, "measure", ",".join(coded), *at)[1]


def test_the_tellings_of_one_event(capsys, at) -> None:
    told = json.loads(detente(capsys, "events", "--format", "json", *at)[1])
    event = max(told, key=lambda e: e["mentions"])
    assert event["asserted_by"] and event["first_told"] <= event["last_told"]
    lines = detente(capsys, "mentions", "--event", event["id"], "--format", "jsonl", *at)[1].splitlines()
    assert len(lines) == event["mentions"] > 2


def test_events_as_json_lines(capsys, at) -> None:
    _, out, _ = detente(capsys, "events", "--type", "COERCE", "--format", "jsonl", *at)
    assert {json.loads(line)["type"] for line in out.splitlines()} == {"COERCE"}


LISTINGS = [
    ["claims"],
    ["stories", "--since", "2025-06-01"],
    ["mentions", "--limit", "5"],
    ["ties", "--of", "AZE", "--on", "2025-07-01"],
    ["actors"],
    ["dyads"],
    ["measure", "RUS,AZE"],
]


@pytest.mark.parametrize("command", LISTINGS)
def test_listings(capsys, at, command) -> None:
    code, out, _ = detente(capsys, *command, *at)
    assert code == 0
    assert len(out.splitlines()) > 1


def test_ties_on_a_date(capsys, at) -> None:
    _, out, _ = detente(capsys, "ties", "--of", "TUR", "--on", "2025-07-01", "--kind", "allied_with", "--format", "jsonl", *at)
    assert any({row["subject"], row["object"]} == {"Turkey", "Azerbaijan"} for row in map(json.loads, out.splitlines()))


def test_sql(capsys, at) -> None:
    code, out, _ = detente(capsys, "sql", "select count(*) as n from events", "--format", "json", *at)
    assert code == 0
    assert json.loads(out)[0]["n"] > 50


FAULTS = [
    (["events", "-w", "nowhere"], 2, "W01"),
    (["events", "--type", "WAR"], 2, "C02"),
    (["measure", "RUS"], 2, "C02"),
    (["mentions", "--event", "e0"], 2, "C02"),
    (["measure", "influence", "RUS", "--in", "RUS"], 2, "C02"),
    (["measure", "influence", "RUS", "--in", "AZE,ARN"], 1, "M02"),
    (["sql", "select x from y"], 2, "W05"),
    (["export", "nonsense", "out"], 2, "R01"),
]


@pytest.mark.parametrize(("command", "exit_code", "told"), FAULTS)
def test_faults_are_coded(capsys, at, command, exit_code, told) -> None:
    code, _, err = detente(capsys, *command, *([] if "-w" in command else at))
    assert (code, told in err, "Traceback" in err) == (exit_code, True, False)


def test_unknown_option(capsys) -> None:
    code, _, err = detente(capsys, "events", "--wrong")
    assert code == 2
    assert "No such option" in err


EXPORTS = [("polecat", "Event Mode"), ("cameo", "CAMEO Code"), ("csv", "contested"), ("jsonl", '"asserted_by"')]


@pytest.mark.parametrize(("format", "told"), EXPORTS)
def test_exports(capsys, at, tmp_path, format, told) -> None:
    code, _, _ = detente(capsys, "export", format, str(tmp_path / "out"), *at)
    assert code == 0
    assert told in (tmp_path / "out").read_text("utf8")


def test_code_prints_mentions(capsys, tmp_path) -> None:
    (tmp_path / "a.txt").write_text("Date: 2025-07-02\n\nPoland expelled three Belarusian diplomats.\n", "utf8")
    code, out, _ = detente(capsys, "code", str(tmp_path))
    assert code == 0
    assert [json.loads(line)["type"] for line in out.splitlines()] == ["SANCTION"]


def test_code_without_events(capsys, tmp_path) -> None:
    (tmp_path / "a.txt").write_text("The sea was calm and the sun was shining all day long.\n", "utf8")
    assert detente(capsys, "code", str(tmp_path))[0] == 1


def test_run_again_says_nothing_new_and_reads_only_what_is_added(capsys, tmp_path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Date: 2025-07-02\n\nPoland expelled three Belarusian diplomats.\n", "utf8")
    (folder / "empty.txt").write_text("", "utf8")
    at = ["-w", str(tmp_path / "w")]
    code, out, _ = detente(capsys, "run", str(folder), *at, "--quiet")
    assert code == 3
    assert "Read 1 documents; refused 1" in out
    assert Path(tmp_path / "w" / "brief.html").exists()
    code, _, err = detente(capsys, "run", str(folder), *at)
    assert (code, "Nothing new" in err) == (0, True)
    (folder / "b.txt").write_text("Date: 2025-07-03\n\nBelarus expelled two Polish diplomats.\n", "utf8")
    _, out, _ = detente(capsys, "run", str(folder), *at, "--quiet")
    assert "Read 1 documents" in out
    assert "2 events in all" in out


def test_help_is_quick_and_loads_no_model() -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "from detente.cli import main; main(['run', '--help'])"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "detente run reports/" in told.stdout
    assert "| spacy" not in told.stderr
    assert "polars" not in told.stderr


def test_codebook_check_names_the_line(capsys, tmp_path) -> None:
    (tmp_path / "own.yaml").write_text("- id: water.divert\n  type: WATER:DIVERT\n  verbs: ['divert {river']\n", "utf8")
    code, out, _ = detente(capsys, "codebook", "check", str(tmp_path / "own.yaml"))
    assert code == 2
    assert "own.yaml:" in out
