"""``detente forecast``: every listing on the bundled example, and clear answers with their exit codes."""

import csv
import io
import json

import pytest

from detente.cli import main


@pytest.fixture
def ask(example_workspace, capsys):
    workspace, _ = example_workspace

    def run(*arguments: str) -> tuple[int, str, str]:
        where = () if "--from" in arguments else ("-w", str(workspace.folder))
        with pytest.raises(SystemExit) as ended:
            main(["forecast", *arguments, *where])
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return run


def test_the_likeliest_acts_with_reasons_and_the_backtest(ask) -> None:
    code, out, err = ask("--top", "5")
    assert code == 0 and len(out.splitlines()) >= 6
    assert "likelier than it is for the average pair" in err
    assert "Back-test: " in err and "have not yet done better in two months or more" in err


def test_json_holds_reasons_and_their_events(ask) -> None:
    code, out, _ = ask("--dyad", "RUS,AZE", "--horizon", "30d", "--format", "json")
    rows = json.loads(out)["expected"]
    assert code == 0 and {(r["actor"], r["recipient"]) for r in rows} == {("RUS", "AZE"), ("AZE", "RUS")}
    assert any(r["reasons"] and r["reasons"][0]["events"] for r in rows)


def test_as_of_a_day_shows_what_came(ask) -> None:
    code, out, _ = ask("--as-of", "2025-06-26", "--top", "60", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0 and rows[0]["start"] == "2025-06-27"
    came = [r for r in rows if r["happened"] == "yes"]
    assert came and all(r["events"] for r in came)


def test_backtest_and_surprises(ask) -> None:
    code, out, err = ask("backtest")
    assert code == 0 and "2025-07" in out and "autoregression" in out and "not distinguishable from" in err
    rows = json.loads(ask("surprises", "--format", "json")[1])["surprises"]
    assert any(r["day"] == "2025-06-27" and r["actor"] == "RUS" and r["recipient"] == "AZE" for r in rows)


RECORDS = [  # what is asked, the names of the record, what one of its notes says
    ((), ["as_of", "horizon", "expected", "backtest", "notes"], "rung `rates`"),
    (("--as-of", "2025-06-26"), ["as_of", "horizon", "expected", "backtest", "notes"], "first told it as done"),
    (("--as-of", "2099-06-26"), ["as_of", "horizon", "expected", "backtest", "notes"], "that day is taken for 2099-06-26"),
    (("backtest", "--horizon", "3d"), ["as_of", "horizon", "backtest", "notes"], "The probabilities come from"),
    (("surprises",), ["as_of", "horizon", "surprises", "backtest", "notes"], "rung `rates`"),
]


@pytest.mark.parametrize(("arguments", "names", "noted"), RECORDS)
def test_json_is_one_record_with_its_backtest_and_notes(ask, arguments, names, noted) -> None:
    code, out, err = ask(*arguments, "--format", "json")
    record = json.loads(out)
    assert code == 0 and list(record) == names
    assert record["as_of"][:2] == "20" and record["horizon"] == (3 if "3d" in arguments else 7) == record["backtest"]["horizon"]
    assert record["backtest"]["verdict"] in err and record["backtest"]["rung"]
    assert any(noted in note for note in record["notes"]), record["notes"]
    assert "surprises" in arguments or "backtest" in arguments or all(f"Note: {note}" in err for note in record["notes"])


def test_json_says_so_where_nothing_could_be_tested(ask, tmp_path) -> None:
    path = tmp_path / "events.tsv"
    path.write_text("".join(f"A\tTHREATEN\tB\t2025-01-{d:02}\n" for d in (1, 9, 20)), "utf8")
    for arguments in (("backtest",), ("surprises",)):
        code, out, err = ask(*arguments, "--from", str(path), "--format", "json")
        record = json.loads(out)
        assert code == 1 and record["backtest"]["months"] == [] and record["backtest"]["verdict"] in err
        assert "The history is short" in record["notes"][0]


def test_a_file_of_events_without_text(ask, tmp_path) -> None:
    path = tmp_path / "events.tsv"
    path.write_text("".join(f"A\tTHREATEN\tB\t2025-{m:02}-{d:02}\n" for m in range(1, 7) for d in (3, 14, 25)), "utf8")
    code, out, _ = ask("--from", str(path), "--format", "jsonl")
    first = json.loads(out.splitlines()[0])
    assert code == 0 and (first["actor"], first["type"], first["recipient"]) == ("A", "THREATEN", "B")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--horizon", "soon"), 2, "is not a horizon"),
        (("--horizon", "99d"), 2, "up to 90d"),
        (("--dyad", "RUS"), 2, "is not a dyad"),
        (("--dyad", "RUS,XYZ"), 1, "[F23]"),
        (("--dyad", "RUS,AZE", "backtest"), 2, "[C02] --dyad"),
        (("--as-of", "2020-01-01"), 1, "[F22]"),
        (("--from", "none.tsv"), 1, "[F29] The file of events none.tsv cannot be read: no such file or directory."),
    ],
)
def test_clear_answers(ask, arguments, code, said) -> None:
    found = ask(*arguments)
    assert found[0] == code and said in found[2] and "Traceback" not in found[2]


@pytest.mark.parametrize(
    ("dyad", "pair"),
    [
        ('"Police, Chad","Iran"', ("Police, Chad", "Iran")),
        ('Iran, "Police, Chad"', ("Iran", "Police, Chad")),
        ('"Police, Chad"→Iran', ("Police, Chad", "Iran")),
        ('"The ""Hawks""",Iran', ('The "Hawks"', "Iran")),
    ],
)
def test_names_with_commas_are_asked_about_in_quotes(ask, tmp_path, dyad, pair) -> None:
    path = tmp_path / "events.csv"
    days = [f"2025-{m:02}-{d:02}" for m in range(1, 7) for d in (3, 14, 25)]
    path.write_text("".join(f'"Police, Chad",ACCUSE,Iran,{d}\n"The ""Hawks""",ACCUSE,Iran,{d}\n' for d in days), "utf8")
    code, out, _ = ask("--from", str(path), "--dyad", dyad, "--format", "jsonl")
    assert code == 0 and {(r["actor"], r["recipient"]) for r in map(json.loads, out.splitlines())} == {pair, pair[::-1]}


def test_a_name_with_a_comma_and_no_quotes_is_told_how(ask, tmp_path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("".join(f'"Police, Chad",ACCUSE,Iran,2025-01-{d:02}\n' for d in range(1, 31)), "utf8")
    code, _, err = ask("--from", str(path), "--dyad", "Police, Chad,Iran")
    assert code == 2 and "a name with a comma in double quotes" in err


@pytest.mark.parametrize(
    ("arguments", "code", "said", "unsaid"),
    [
        (("-w", "elsewhere"), 0, "the workspace given with -w is not looked at", "W01"),
        ((), 0, "Back-test: ", "not looked at"),
        (("--dyad", "hawks,Doves"), 1, "[F23] hawks takes part in nothing", "detente actors"),
        (("--dyad", "hawks,Doves"), 1, "Check its name or code: perhaps Hawks.", "detente actors"),
        (("--dyad", "Hawks,Owls"), 1, "[F24] Nothing is told of Hawks with Owls by", "detente dyads"),
    ],
)
def test_a_file_of_events_is_spoken_of_as_one(ask, tmp_path, arguments, code, said, unsaid) -> None:
    path = tmp_path / "events.tsv"
    path.write_text("".join(f"Hawks\tACCUSE\tDoves\t2025-01-{d:02}\nOwls\tAID\tDoves\t2025-01-{d:02}\n" for d in range(1, 31)), "utf8")
    found = ask("--from", str(path), *arguments)
    assert found[0] == code and said in found[2] and unsaid not in found[2], found[2]
