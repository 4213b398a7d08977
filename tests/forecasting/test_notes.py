"""What is said of short histories and of gaps: the cause is named, and what would help."""

import datetime
from dataclasses import replace

import pytest
from builders import told_event

from detente.config import load_config
from detente.forecasting import Expectations, history, quadruples
from detente.forecasting.notes import notes

START = datetime.date(2024, 1, 1)
CONFIG = load_config()


def outlook(published, horizon: int):
    """The outlook of a history with three acts on every second day of publication."""
    days = [str(START + datetime.timedelta(days=d)) for d in published]
    events = [told_event(d, a, k, b) for d in days[::2] for a, k, b in (("RUS", "ACCUSE", "AZE"), ("AZE", "REJECT", "RUS"))]
    return Expectations.fit(history(events, CONFIG.measures, map(datetime.date.fromisoformat, days)), horizon, CONFIG.forecasting).outlook()


SHORT, GAPS, FEW, UNREAD = "The history is short", "The history has gaps", "acts came in the", "were not read: no"


@pytest.mark.parametrize(
    ("published", "horizon", "heads"),
    [
        (range(30), 7, [SHORT]),
        (range(30), 30, [SHORT]),
        (range(60), 30, [FEW]),
        (range(0, 400, 20), 7, [FEW, UNREAD]),
        (range(0, 400, 20), 30, [GAPS]),
        ([*range(250), *range(490, 730)], 7, [UNREAD]),
        ([*range(250), *range(490, 730)], 30, [UNREAD]),
        (range(0, 730, 7), 30, []),
        (range(0, 730, 20), 30, [GAPS]),
    ],
)
def test_notes_name_the_cause(published, horizon, heads) -> None:
    notes = outlook(published, horizon).notes[:-1]  # the last names the rung
    assert len(notes) == len(heads) and all(head in note for head, note in zip(heads, notes, strict=True)), notes


@pytest.mark.parametrize(
    ("published", "horizon", "said"),
    [
        (range(30), 7, "Another 5 days of documents would complete the first"),
        (range(34), 7, "Another day of documents would complete the first"),
        (range(30), 30, "Another 28 days of documents would complete the first"),
        (range(0, 400, 20), 30, "of its 381 days 95 were not read"),
        ([*range(250), *range(490, 730)], 7, "Of the 730 days from the first to the last, 226 were not read"),
        (range(60), 30, "in the 1 window of 30 days"),
    ],
)
def test_notes_have_the_figures(published, horizon, said) -> None:
    assert said in " ".join(outlook(published, horizon).notes)


@pytest.mark.parametrize(
    ("rows", "horizon", "said"),
    [
        ([("A", "X", "B", d) for d in (0, 9)] + [("A", "X", "A", 3)], 7, "1 act of an actor on itself is left out."),
        (
            [("A", "X", "B", d) for d in (0, 9)] + [("A", "X", "A", 3), ("A", "X", "A", 4)],
            7,
            "2 acts of actors on themselves are left out.",
        ),
        ([("A", "X", "B", d) for d in (0, 9, 9)], 7, "1 fact given more than once counts once."),
        ([("A", "X", "B", d) for d in (0, 0, 9, 9)], 7, "2 facts given more than once count once."),
        ([("A", "X", "B", d) for d in (0, 9)], 1, "no window of 1 day could be asked about yet. Another 19 days"),
        ([("A", "X", "B", 0), ("C", "X", "D", 39)], 7, "No act came in the 1 window of 7 days"),
        ([("A", "X", "B", d) for d in (0, 30, 40)], 7, "Only 1 act came in the 1 window of 7 days"),
        ([("A", "X", "B", d) for d in (0, 30, 35)], 1, "Only 1 act came in the 2 windows of 1 day"),
    ],
)
def test_one_is_told_of_as_one(rows, horizon, said) -> None:
    h = quadruples((a, t, b, START + datetime.timedelta(days=d)) for a, t, b, d in rows)
    notes = Expectations.fit(h, horizon, CONFIG.forecasting).outlook().notes
    assert said in " ".join(notes), notes


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("A", "X", "B", 0), ("A", "Y", "B", 9), ("B", "X", "A", 20), ("C", "X", "B", 50)], True),
        ([("A", "X", "B", 0), ("A", "Y", "B", 9), ("B", "X", "A", 20), ("A", "X", "B", 50)], False),
    ],
)
def test_that_no_act_is_repeated_is_said(rows, said) -> None:
    h = quadruples((a, t, b, START + datetime.timedelta(days=d)) for a, t, b, d in rows)
    notes = Expectations.fit(h, 7, CONFIG.forecasting).outlook().notes
    assert any(note.startswith("No pair repeats an act in this history") for note in notes) is said


@pytest.mark.parametrize(
    ("rung", "happened", "said"),
    [
        (
            "base",
            0,
            "come from base rates (rung `base`), and no reason is a rule of which act follows which: too little came to learn rules",
        ),
        ("rates", 1, "(1 act of 40 that are needed)."),
        ("rates", 39, "decayed rates of each act (rung `rates`), and no reason is a rule of which act follows which: too little came"),
        ("rates", 40, "the models that also weigh rules have not yet done better in two months or more that they had not seen."),
        ("base", 2000, "the models that also weigh rules have not yet done better in two months or more that they had not seen."),
        ("logistic", 40, "a logistic model of rates, rules and what is known of both parties (rung `logistic`)."),
        ("trees", 1500, "boosted trees on top of a logistic model of rates, rules and what is known of both parties (rung `trees`)."),
    ],
)
def test_the_rung_is_named(rung, happened, said) -> None:
    h = quadruples(("A", "X", "B", START + datetime.timedelta(days=d)) for d in range(0, 90, 9))
    learned = replace(Expectations.fit(h, 7, CONFIG.forecasting).learned, rung=rung, happened=happened)
    last = notes(h, learned)[-1]
    assert last.startswith("The probabilities come from ") and last.count("rung `") == 1 and said in last, last


@pytest.mark.parametrize("horizon", [1, 7, 30])
def test_the_rung_is_that_of_the_backtest(horizon) -> None:
    found = outlook(range(300), horizon)
    assert f"(rung `{found.backtest.rung}`)" in found.notes[-1]


def test_the_verdict_does_not_contradict_the_note() -> None:
    found = outlook(range(60), 30)
    assert found.backtest.verdict.startswith("Too little to judge by: there is no week yet that could be forecast from weeks before;")
    assert "acts came in the 1 window of 30 days that could be learned from" in found.notes[0]


def test_a_day_long_after_the_last_document_is_said_to_be() -> None:
    events = [told_event(str(START + datetime.timedelta(days=d)), "RUS", "ACCUSE", "AZE") for d in range(0, 100, 2)]
    h = history(events, CONFIG.measures, [START + datetime.timedelta(days=d) for d in (*range(100), 200)])
    found = Expectations.fit(h, 7, CONFIG.forecasting, START + datetime.timedelta(days=149)).outlook()
    assert "Nothing was read of the last 43 days: what came in them is not known." in found.notes
