"""Commands that ask one question of a text."""

import io
import json

import pytest
from test_commands import detente

TEXT = "Kyiv said that Russia shelled Ukrainian towns. Russia may attack Georgia.\n"


@pytest.fixture
def article(tmp_path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf8")
    return str(path)


def rows(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def test_attributions_point_into_the_text(capsys, article) -> None:
    code, out, _ = detente(capsys, "attributions", article, "--format", "jsonl")
    (row,) = rows(out)
    assert (code, row["source"], row["cue"], row["kind"]) == (0, "Kyiv", "said", "said")
    assert TEXT[row["source_start"] : row["source_end"]] == "Kyiv"
    (span,) = row["content_spans"].split()
    start, end = (int(n) for n in span.split(":"))
    assert TEXT[start:end] == row["content"]
    assert "Russia shelled Ukrainian towns" in row["content"]


def test_places_are_resolved(capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Protesters met in Tbilisi on Monday and marched to Gori."))
    code, out, _ = detente(capsys, "places", "-", "--format", "jsonl")
    found = {r["text"]: r for r in rows(out)}
    assert code == 0
    assert (found["Tbilisi"]["country"], found["Gori"]["country"]) == ("GEO", "GEO")
    assert abs(found["Tbilisi"]["latitude"] - 41.7) < 0.2
    assert found["Tbilisi"]["geonameid"] == 611717


#: phrase, date, country and sector of each actor it names
PHRASES = [
    ("Russian soldiers", None, [("RUS", "MIL")]),
    ("the US president", "2015-03-01", [("USA", "GOV")]),
    ("French and German ministers", None, [("FRA", "GOV"), ("DEU", "GOV")]),
    ("Russian soldiers and police", None, [("RUS", "MIL"), ("RUS", "COP")]),
    ("the president and the prime minister of Poland", None, [("POL", "GOV"), ("POL", "GOV")]),
    ("Trinidad and Tobago", None, [("TTO", None)]),
    ("Ministry of Foreign Affairs and Trade", None, [(None, "GOV")]),
]


@pytest.mark.parametrize(("phrase", "date", "expected"), PHRASES)
def test_actor(capsys, phrase, date, expected) -> None:
    code, out, _ = detente(capsys, "actor", phrase, "--format", "jsonl", *(["--date", date] if date else []))
    assert code == 0
    assert [(r["country"], r["sector"]) for r in rows(out)] == expected


def test_actor_at_a_date(capsys) -> None:
    _, out, _ = detente(capsys, "actor", "the US president", "--date", "2015-03-01", "--format", "jsonl")
    assert rows(out)[0]["id"] == "barack-obama"


def test_nobody(capsys) -> None:
    code, _, err = detente(capsys, "actor", "xyzzy")
    assert (code, "Nobody known" in err) == (1, True)


#: word, certainty, polarity, tense
WORDS = [("shelled", "certain", "positive", "past"), ("attack", "possible", "positive", "present")]


@pytest.mark.parametrize(("word", "certainty", "polarity", "tense"), WORDS)
def test_status_of_a_span(capsys, article, word, certainty, polarity, tense) -> None:
    start = TEXT.index(word)
    code, out, _ = detente(capsys, "status", article, "--spans", f"{start}:{start + len(word)}", "--format", "jsonl")
    (row,) = rows(out)
    assert (code, row["text"], row["certainty"], row["polarity"], row["conditional"]) == (0, word, certainty, polarity, False)


@pytest.mark.parametrize("line", ["22:29", "[22, 29]", '{"span": [22, 29]}', '{"start": 22, "end": 29}', "22,29"])
def test_status_of_a_file_of_spans(capsys, article, tmp_path, line) -> None:
    (tmp_path / "spans").write_text(line + "\n", "utf8")
    _, out, _ = detente(capsys, "status", article, "--spans", str(tmp_path / "spans"), "--format", "csv")
    assert "shelled,certain" in out


FAULTS = [
    (["status", "ARTICLE", "--spans", "9:4"], 2, "C02"),
    (["status", "ARTICLE", "--spans", "9000:9004"], 1, "No sentence"),
    (["actor", "Putin", "--date", "last year"], 2, "C02"),
    (["attributions", "nowhere.txt"], 3, "D01"),
    (["places", "nowhere.txt"], 3, "D01"),
]


@pytest.mark.parametrize(("command", "exit_code", "told"), FAULTS)
def test_faults(capsys, article, command, exit_code, told) -> None:
    code, _, err = detente(capsys, *[article if c == "ARTICLE" else c for c in command])
    assert (code, told in err, "Traceback" in err) == (exit_code, True, False)


def test_help_shows_an_example(capsys) -> None:
    for command in ("attributions", "places", "actor", "status"):
        assert f"detente {command}" in detente(capsys, command, "--help")[1].split("Options")[0].split("Usage")[-1]
