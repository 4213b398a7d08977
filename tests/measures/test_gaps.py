"""What is missing is named, with its code and since when there is data; and the user's own scale."""

import datetime

import pytest
from builders import document, told_event

from detente.config import load_config
from detente.errors import MeasureError
from detente.measures import ANYONE, acts, load_scale, require, rescored, undated_of

OPTIONS = load_config().measures
DOCUMENTS = [document("a", published="2025-03-01"), document("b", published="2025-06-30"), document("c", published=None)]
EVENTS = [
    told_event("2025-03-01", "RUS", "COERCE", "AZE"),
    told_event("2025-04", "RUS", "ACCUSE", "AZE"),
    told_event("2025-05-02", "RUS", "COERCE", "AZE", status="planned"),
    told_event("2025-05-03", "USA", "CONSULT", "ARM"),
    told_event(None, "TUR", "ACCUSE", "ISR"),
]


def date(iso: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None


CASES = [  # dyad, since, until, code, what the answer says
    (("RUS", "AZE"), None, "2025-01-31", "M03", "2025-03-01"),
    (("RUS", "AZE"), "2025-12-01", None, "M03", "2025-06-30"),
    (("RUS", "AZE"), "2025-05-01", "2025-04-01", "M09", "exchanged, ask from 2025-04-01 to 2025-05-01"),
    (("RUS", "FRA"), None, None, "M02", "FRA is France in the directory. Told of most are"),
    (("RUS", "Russland"), None, None, "M02", "does not know Russland. Perhaps RUS (Russia)"),
    (("AZX", "QQQ"), None, None, "M02", "does not know AZX or QQQ. Perhaps AZE"),
    (("RUS", "USA"), None, None, "M01", "3 documents read, of 2025-03-01 to 2025-06-30"),
    (("TUR", "ISR"), None, None, "M04", "1 have no day"),
    (
        ("RUS", "AZE"),
        "2025-06-01",
        None,
        "M06",
        "1 document of that time was read, none with such an act. They are told of in 1 event, on 2025-03-01",
    ),
    (("RUS", "AZE"), "2025-04-01", "2025-04-30", "M06", "no document of that time was read"),
    (("TUR", ANYONE), None, None, "M04", "No event of TUR and anybody"),
]


@pytest.mark.parametrize(("dyad", "since", "until", "code", "says"), CASES)
def test_a_gap_is_named(dyad, since, until, code, says) -> None:
    with pytest.raises(MeasureError) as told:
        require(EVENTS, DOCUMENTS, dyad, OPTIONS, date(since), date(until))
    assert told.value.code == code and says in str(told.value)


def test_what_the_first_documents_recall_can_be_opened() -> None:
    recalled = [*EVENTS, told_event("2025-02-20", "RUS", "ACCUSE", "AZE")]
    day = date("2025-02-20")
    assert require(recalled, DOCUMENTS, ("RUS", "AZE"), OPTIONS, day, day, remembers=True)
    with pytest.raises(MeasureError, match="M03"):
        require(EVENTS, DOCUMENTS, ("RUS", "AZE"), OPTIONS, day, day, remembers=True)


def test_undated_events_are_counted() -> None:
    assert [undated_of(acts(EVENTS), [code]) for code in ("TUR", "ISR", "RUS")] == [1, 1, 1]


REMEMBERED = [  # window, what is said of it by a measure that remembers; M06 where it remembers nothing
    ("2025-04-01", "2025-04-30", "remembered of 1 event before, the last of 2025-03-01"),
    ("2025-05-24", None, "remembered of 1 event before"),
    ("2025-05-25", None, None),
]


@pytest.mark.parametrize(("since", "until", "says"), REMEMBERED)
def test_a_window_without_acts_has_what_is_remembered(since, until, says) -> None:
    if says is None:
        with pytest.raises(MeasureError, match="M06"):
            require(EVENTS, DOCUMENTS, ("RUS", "AZE"), OPTIONS, date(since), date(until), remembers=True)
    else:
        assert says in require(EVENTS, DOCUMENTS, ("RUS", "AZE"), OPTIONS, date(since), date(until), remembers=True)[0]


def test_without_dated_documents_nothing_has_a_place_in_time() -> None:
    with pytest.raises(MeasureError, match="M05"):
        require(EVENTS, [document("a", published=None)], ("RUS", "AZE"), OPTIONS)


def test_what_is_left_out_is_said() -> None:
    notes = require(EVENTS, DOCUMENTS, ("RUS", "AZE"), OPTIONS)
    assert [n.split(" of RUS")[0] for n in notes] == [
        "1 event",
        "1 event",
        "1 document without a day of publication is not in the volume of reading.",
    ]


def test_every_type_and_mode_has_a_value_with_its_source() -> None:
    scale = load_scale()
    assert len({v.type for v in scale}) == 16 and len(scale) > 60
    assert all(-10 <= v.value <= 10 and v.source for v in scale)


def test_a_users_table_replaces_values(tmp_path) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text("source: our panel\ntypes:\n  COERCE: {value: -4, modes: {arrest: -3}}\n", "utf8")
    table = acts([told_event("2025-03-01", "RUS", "COERCE", "AZE", mode=m) for m in (None, "arrest")] + [EVENTS[3]])
    assert sorted(rescored(table, own)["intensity"].to_list()) == [-5.0, -4.0, -3.0]
    assert {(v.mode, v.value, v.source) for v in load_scale(own) if v.type == "COERCE"} == {
        (None, -4.0, "our panel"),
        ("arrest", -3.0, "our panel"),
    }


@pytest.mark.parametrize("text", ["types: {COERCE: {value: hot}}", "types: {SHOUT: -3}", "types: {COERCE: -30}", "- 1", "types: {", ""])
def test_a_table_that_cannot_be_used(tmp_path, text) -> None:
    (tmp_path / "bad.yaml").write_text(text, "utf8")
    with pytest.raises(MeasureError, match="M07"):
        load_scale(tmp_path / "bad.yaml")
