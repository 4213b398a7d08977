"""SQL within limits: what takes too long or too much is ended, what reads files is refused, and the next query is answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import document, mention

from detente.errors import DetenteError
from detente.workspace import Workspace
from detente.workspace import asking as module
from detente.workspace.asking import Asker, Limits


@pytest.fixture(scope="module")
def asker(tmp_path_factory):
    workspace = Workspace.open(tmp_path_factory.mktemp("asking") / "w", create=True)
    told = [mention("20250701-a", 10 * n, "COERCE", "AZE", "RUS", sentence=f"{n} " + "word " * 200) for n in range(400)]
    workspace.append([document("20250701-a")], told, [], "c1")
    made = Asker(workspace, Limits(seconds=20.0, megabytes=500, rows=5))
    yield made
    made.close()


def fails(asker: Asker, query: str) -> tuple[str, str]:
    with pytest.raises(DetenteError) as fault:
        asker.ask(query)
    return fault.value.code, fault.value.message


def test_rows_are_cut_and_it_is_said(asker: Asker) -> None:
    found = asker.ask("select id from mentions")
    assert (found.rows.height, found.more) == (5, True)
    assert not asker.ask("select count(*) as n from mentions").more
    assert asker.ask("select id from mentions where id = 'none'").rows.columns == ["id"]


def test_only_the_tables_that_are_named_are_loaded(asker: Asker) -> None:
    asker.close()
    asker._at = ()
    assert asker.ask("select count(*) as n from runs").rows["n"].item() == 0
    assert asker._tables == {"runs"}
    assert asker.ask("SELECT count(*) AS n FROM Mentions").rows["n"].item() == 400
    assert asker._tables == {"runs", "mentions"}
    assert fails(asker, "select nope from events")[0] == "W05"
    assert "watches" in asker.ask("show tables", 20).rows.to_series().to_list()


def test_what_takes_too_long_is_ended(asker: Asker) -> None:
    asker.ask("select 1 as a")  # started
    asker.limits = replace(asker.limits, seconds=0.8)
    cross = (
        "select sum(a.confidence * b.confidence * c.confidence * d.confidence) from mentions a cross join mentions b cross join mentions c"
    )
    code, message = fails(asker, cross + " cross join mentions d")
    asker.limits = replace(asker.limits, seconds=20.0)
    assert code == "W11" and "longer" in message
    assert asker.ask("select count(*) as n from mentions").rows["n"].to_list() == [400]


def test_what_needs_too_much_memory_is_ended(asker: Asker) -> None:
    crossed = " cross join ".join(f"mentions {name}" for name in "abc")
    much = f"select concat(a.sentence, b.sentence, c.id) as s from {crossed}"
    code, message = fails(asker, f"select s, count(*) as n from ({much}) t group by s order by s")
    assert code in ("W11", "W05") and ("memory" in message or "ended" in message or "engine" in message)
    assert asker.ask("select count(*) as n from mentions").rows["n"].to_list() == [400]


@pytest.mark.parametrize("query", ["select * from nowhere", "select nothing from mentions", "select (", "select 1; select 2"])
def test_what_does_not_run_is_said(asker: Asker, query: str) -> None:
    assert fails(asker, query)[0] == "W05"


def test_no_file_is_opened_even_by_a_query_that_passed(asker: Asker, monkeypatch, tmp_path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", "utf8")
    assert fails(asker, f"select * from read_csv('{tmp_path}/secret.csv')")[0] == "W12"
    monkeypatch.setattr(module, "check", lambda query: None)
    code, message = fails(asker, f"select * from read_csv('{tmp_path}/secret.csv')")
    assert code == "W05" and "open files" in message


def test_what_is_written_is_seen(asker: Asker) -> None:
    asker.workspace.append([document("20250702-b")], [mention("20250702-b", 1, "AID", "USA", "AZE")], [], "c1")
    assert asker.ask("select count(*) as n from mentions").rows["n"].to_list() == [401]
