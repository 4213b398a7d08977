"""Forecasts, back-tests and surprises of made-up histories whose truth is known, and of the bundled example."""

import datetime

import numpy as np
import pytest
from builders import told_event

from detente.config import load_config
from detente.errors import ForecastError
from detente.forecasting import Expectations, backtest, expectations_of, expected, history, probability, quadruples, surprises
from detente.forecasting.occurrence.streams import Pairs
from detente.forecasting.usual import base_rates

START = datetime.date(2024, 1, 1)
CONFIG = load_config()


def world(days: int = 400, seed: int = 3) -> list[tuple[str, str, str, datetime.date]]:
    """Twelve actors with rates of their own; every threat of A against B is answered by a sanction two to five days later."""
    rng = np.random.default_rng(seed)
    rows = []
    names = [f"S{n:02}" for n in range(12)]
    for a in names:
        for b in names:
            for kind in ("CONSULT", "ACCUSE", "ASSAULT"):
                rate = rng.gamma(0.4, 0.02)
                rows += [(a, kind, b, START + datetime.timedelta(days=int(d))) for d in np.flatnonzero(rng.random(days) < rate) if a != b]
    for d in range(0, days, 25):
        rows.append(("A", "THREATEN", "B", START + datetime.timedelta(days=d)))
        if d + 5 < days:
            rows.append(("B", "SANCTION", "A", START + datetime.timedelta(days=d + int(rng.integers(2, 6)))))
    return rows


@pytest.fixture(scope="module")
def fitted() -> Expectations:
    return Expectations.fit(quadruples(world()), 7, CONFIG.forecasting, START + datetime.timedelta(days=376))


def test_an_answer_is_expected_and_the_rule_is_its_reason(fitted) -> None:
    found = fitted.probability("B", "SANCTION", "A")
    assert found.probability > 1.7 * found.base_rate and found.lift > 1.7
    rule = next(r for r in found.reasons if r.kind == "rule")
    assert "A did THREATEN to B 2 days earlier; such acts were answered by SANCTION within 7 days in 15 of 15 cases" in rule.text
    assert rule.events == ("2025-01-10 A THREATEN B",) and (rule.followed, rule.cases) == (15, 15)
    assert len(rule.precedents) == 5 and rule.precedents[0][0].endswith("A THREATEN B") and rule.precedents[0][1].endswith("B SANCTION A")


def test_the_base_rate_is_the_share_of_past_windows() -> None:
    rows = [("A", "ACCUSE", "B", START + datetime.timedelta(days=d)) for d in range(0, 400, 20)] + [
        ("A", "CONSULT", "B", START + datetime.timedelta(days=399))
    ]
    h = quadruples(rows)
    pairs = Pairs(h, 100)
    ahead, accuse = int(np.flatnonzero(pairs.actor == h.actors.index("A"))[0]), h.types.index("ACCUSE")
    week, month = (base_rates(h, pairs, days)[ahead, accuse] for days in (7, 30))
    assert week == pytest.approx(20 / 58, abs=0.06)  # of 58 weeks 20, drawn a little to the type's rate
    assert 0.7 < month < 1


def test_what_happens_in_every_window_is_usual() -> None:
    rows = [("A", "ACCUSE", "B", START + datetime.timedelta(days=d)) for d in range(0, 210, 3)]
    found = {days: Expectations.fit(quadruples(rows), days, CONFIG.forecasting).probability("A", "ACCUSE", "B") for days in (7, 30)}
    assert all(f.base_rate > 0.85 and f.lift < 1.2 for f in found.values())


def test_base_rates_count_only_windows_in_which_something_was_read() -> None:
    events = [told_event(str(START + datetime.timedelta(days=d)), "A", "ACCUSE", "B") for d in range(0, 100, 10)]
    days = [START + datetime.timedelta(days=d) for d in range(100)]
    whole, gap = (history(events, CONFIG.measures, read) for read in (days, [*days, START + datetime.timedelta(days=900)]))
    pairs = Pairs(whole, 100)
    shares = [base_rates(h, pairs, 10).max() for h in (whole, gap)]
    assert shares[1] == pytest.approx(shares[0], abs=0.2)  # its windows begin on other days


@pytest.mark.parametrize("horizon", [0, -5, 91, 10**9, None, "7d"])
def test_horizons_are_days_up_to_ninety(horizon) -> None:
    with pytest.raises(ForecastError) as fault:
        Expectations.fit(quadruples(world(60)), horizon, CONFIG.forecasting)
    assert fault.value.code == "F26"


def test_where_nothing_was_read_it_is_not_known_what_came() -> None:
    events = [told_event(str(START + datetime.timedelta(days=d)), "A", "ACCUSE", "B") for d in (*range(0, 60, 4), 200)]
    read = [START + datetime.timedelta(days=d) for d in (*range(61), 200)]
    h = history(events, CONFIG.measures, read)
    at = Expectations.fit(h, 7, CONFIG.forecasting, START + datetime.timedelta(days=80))
    assert at.probability("A", "ACCUSE", "B").happened is None
    at = Expectations.fit(h, 7, CONFIG.forecasting, START + datetime.timedelta(days=48))
    assert at.probability("A", "ACCUSE", "B").happened is True


def test_what_came_is_shown_beside_it(fitted) -> None:
    found = fitted.probability("B", "SANCTION", "A")
    assert found.happened is True and found.events[0].endswith("B SANCTION A")
    assert found.start == "2025-01-12" and found.end == "2025-01-18"


def test_nothing_after_the_day_asked_on_is_used() -> None:
    until = START + datetime.timedelta(days=376)
    later = [*world(), ("A", "MOBILIZE", "B", until + datetime.timedelta(days=3)), ("Z", "AID", "A", until + datetime.timedelta(days=1))]
    fitted = Expectations.fit(quadruples(later), 7, CONFIG.forecasting, until)
    alone = Expectations.fit(quadruples(r for r in world() if r[3] <= until), 7, CONFIG.forecasting)
    then = {(e.actor, e.type, e.recipient): (e.probability, e.low, e.reasons) for e in fitted.expected(top=30)}
    assert then == {(e.actor, e.type, e.recipient): (e.probability, e.low, e.reasons) for e in alone.expected(top=30)}
    assert all(e.happened is None for e in alone.expected(top=30))


def test_expected_acts_are_ranked_within_their_bands(fitted) -> None:
    found = fitted.expected(top=20)
    assert [e.probability for e in found] == sorted((e.probability for e in found), reverse=True)
    assert all(0 <= e.low <= e.probability <= e.high <= 1 for e in found)
    assert {(e.actor, e.recipient) for e in fitted.expected(("A", "B"), top=None)} == {("A", "B"), ("B", "A")}


def test_an_act_is_as_likely_alone_as_in_a_list(fitted) -> None:
    for e in fitted.expected(top=8):
        assert fitted.probability(e.actor, e.type, e.recipient) == e
        assert e in fitted.expected((e.actor, e.recipient), top=None)


def test_the_backtest_is_better_than_the_types_rate_and_calibrated(fitted) -> None:
    tested = fitted.backtest()
    by_name = {r.name: r for r in tested.rated}
    assert by_name["type rate"].verdict == "better" and by_name["last month"].verdict == "better"
    assert tested.rated[0].calibration < 0.03
    assert sum(m.questions for m in tested.months) == pytest.approx(tested.questions, abs=len(tested.months))
    assert tested.as_dict()["months"][0]["rated"][0]["name"] == "détente"


@pytest.mark.parametrize("seed", [5, 6])
def test_bands_hold_the_truth(seed) -> None:
    rng = np.random.default_rng(seed)
    rows, truth = [], {}
    for n in range(60):
        rate = float(rng.gamma(0.6, 0.03))
        truth[f"X{n}", f"Y{n}"] = 1 - (1 - min(rate, 1)) ** 7
        rows += [(f"X{n}", "CONSULT", f"Y{n}", START + datetime.timedelta(days=int(d))) for d in np.flatnonzero(rng.random(300) < rate)]
    found = Expectations.fit(quadruples(rows), 7, CONFIG.forecasting).expected(top=None, reasons=False)
    inside = [e.low <= truth[e.actor, e.recipient] <= e.high for e in found if (e.actor, e.recipient) in truth]
    assert 0.6 <= np.mean(inside) <= 1.0 and len(inside) > 30


def test_a_surprise_is_what_had_little_probability_and_came() -> None:
    rows = [*world(), ("S01", "ASSAULT", "A", START + datetime.timedelta(days=360))]
    rows.append(("A", "ASSAULT", "B", START + datetime.timedelta(days=380)))
    found = Expectations.fit(quadruples(rows), 7, CONFIG.forecasting).surprises(top=None)
    first = next(s for s in found if (s.actor, s.type) == ("A", "ASSAULT"))
    assert first.probability is not None and first.probability < 0.05
    assert first.because.startswith("never reported before that week, in ")
    strangers = next(s for s in found if (s.actor, s.recipient) == ("S01", "A"))
    assert strangers.probability is None and strangers.because == "the two had not been reported on together"


def test_an_event_counts_since_it_was_told() -> None:
    events = [told_event(f"2025-0{m}-10", "RUS", "ACCUSE", "AZE", id=f"e{m}") for m in range(1, 7)]
    h = history(events, CONFIG.measures, known={"e6": datetime.date(2025, 6, 20)})
    from detente.forecasting.occurrence.history import number

    assert len(h.as_of(number(datetime.date(2025, 6, 19)))) == 5 and len(h.as_of(number(datetime.date(2025, 6, 20)))) == 6


def test_denied_planned_and_contested_do_not_count() -> None:
    told = [told_event("2025-01-10", "RUS", "ACCUSE", "AZE")]
    told += [told_event("2025-01-11", "RUS", "ASSAULT", "AZE", status=s) for s in ("planned", "denied", "hypothetical")]
    assert len(history(told, CONFIG.measures)) == 1


@pytest.mark.parametrize(
    ("rows", "ask", "code"),
    [
        ([("A", "ACCUSE", "B", START)], lambda e: e, "F28"),
        (world(100), lambda e: e.probability("A", "SANCTION", "Z"), "F23"),
        (world(100), lambda e: e.probability("A", "DANCE", "B"), "F23"),
        (world(100), lambda e: e.probability("A", "ACCUSE", "S01"), "F24"),
    ],
)
def test_clear_answers_where_there_is_none(rows, ask, code) -> None:
    with pytest.raises(ForecastError) as fault:
        ask(Expectations.fit(quadruples(rows), 7, CONFIG.forecasting))
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("days", "as_of", "said"),
    [
        ((0,), None, "[F28] The history is too short to forecast from: 1 day from 2024-01-01 to 2024-01-01, where 8 are needed."),
        ((0, 6), 60, "[F28] The history is too short to forecast from: 7 days from 2024-01-01 to 2024-01-07, where 8 are needed."),
        ((0, 6), 2, "[F28]"),
        (
            (0, 7),
            2,
            "[F22] 2024-01-03 is too early: the history begins on 2024-01-01, and a forecast needs some before it. Ask",
        ),
        ((0, 7), 7, None),
        ((0, 7), None, None),
    ],
)
def test_a_day_is_too_early_only_where_a_later_one_would_do(days, as_of, said) -> None:
    rows, day = [("A", "ACCUSE", "B", START + datetime.timedelta(days=d)) for d in days], as_of and START + datetime.timedelta(days=as_of)
    if said is None:
        assert Expectations.fit(quadruples(rows), 7, CONFIG.forecasting, day).expected()
        return
    with pytest.raises(ForecastError) as fault:
        Expectations.fit(quadruples(rows), 7, CONFIG.forecasting, day)
    assert str(fault.value).startswith(said)


@pytest.mark.parametrize(
    ("days_after", "told"),
    [(2, "B 2 days earlier; such acts were answered by REJECT within 7 days in"), (4, None), (8, None)],
)
def test_a_rule_is_told_while_it_may_yet_hold_and_with_the_cases_of_the_pair(days_after, told) -> None:
    # accused every ninth day, answered on the third day after; others accuse and seldom are answered
    rows = [("A", "ACCUSE", "B", START + datetime.timedelta(days=d)) for d in range(0, 400, 9)]
    rows += [("B", "REJECT", "A", START + datetime.timedelta(days=d + 3)) for d in range(0, 400, 9)]
    rows += [(f"C{d % 5}", "ACCUSE", "D", START + datetime.timedelta(days=d)) for d in range(0, 400, 4)]
    rows += [("D", "REJECT", f"C{d % 5}", START + datetime.timedelta(days=d + 2)) for d in range(0, 400, 16)]
    rows += [("E", "AID", "F", START + datetime.timedelta(days=d)) for d in range(0, 404, 2)]
    day = START + datetime.timedelta(days=360 + days_after - 1)
    asked = Expectations.fit(quadruples(rows), 7, CONFIG.forecasting, day).probability("B", "REJECT", "A")
    rules = [r for r in asked.reasons if r.kind == "rule" and r.type == "ACCUSE" and r.then == "REJECT"]
    if told is None:
        assert not rules
        return
    assert told in rules[0].text and rules[0].text.endswith("in this pair)")
    assert rules[0].own_followed == rules[0].own_cases and rules[0].own_cases < rules[0].cases


def test_a_short_history_is_said_to_be_short() -> None:
    rows = [("A", "ACCUSE", "B", START), ("A", "ACCUSE", "B", START + datetime.timedelta(days=9)), ("B", "AID", "A", START)]
    outlook = Expectations.fit(quadruples(rows), 30, CONFIG.forecasting).outlook()
    assert any("The history is short (10 days)" in n for n in outlook.notes)
    assert outlook.backtest.months == () and outlook.backtest.verdict.startswith("Too little to judge by")
    assert outlook.expected[0].high - outlook.expected[0].low > 0.2


def test_types_beyond_the_most_common_are_left_out() -> None:
    options = load_config(forecasting={"most_types": 2}).forecasting
    found = Expectations.fit(quadruples(world(100)), 7, options)
    assert len(found.history.types) == 2 and "3 types told of least are left out (`most_types`)." in found.history.notes


@pytest.mark.parametrize(
    ("most", "said"), [(4, "1 type told of least is left out (`most_types`)."), (3, "2 types told of least are left out")]
)
def test_what_is_left_out_is_counted(most, said) -> None:
    notes = Expectations.fit(quadruples(world(100)), 7, load_config(forecasting={"most_types": most}).forecasting).history.notes
    assert any(note.startswith(said) for note in notes)


def test_a_workspace_answers_again_from_what_it_kept(example_workspace, tmp_path) -> None:
    import shutil

    from detente.workspace import Workspace

    shutil.copytree(example_workspace[0].folder, tmp_path / "w", ignore=shutil.ignore_patterns("forecasts"))
    workspace = Workspace.open(tmp_path / "w")
    first = expectations_of(workspace, CONFIG, 7, datetime.date(2025, 7, 2)).outlook()
    kept = list((tmp_path / "w" / "forecasts").glob("*.npz"))
    assert expectations_of(workspace, CONFIG, 7, datetime.date(2025, 7, 2)).outlook() == first
    kept[0].write_bytes(b"damaged")
    assert expectations_of(workspace, CONFIG, 7, datetime.date(2025, 7, 2)).outlook() == first


def test_doors_over_tables_of_events(example_workspace) -> None:
    workspace = example_workspace[0]
    events, documents = workspace.frame("events"), workspace.documents_frame()
    one = probability(events, ("AZE", "REJECT", "RUS"), CONFIG, documents=documents)
    assert 0 < one.low < one.probability < one.high < 1 and one.reasons[0].events
    assert expected(events, CONFIG, 30, ("RUS", "AZE"), 5, documents=documents).expected
    assert backtest(workspace.events(), CONFIG, documents=documents).verdict
    assert all(s.events for s in surprises(events, CONFIG, documents=documents))


@pytest.mark.parametrize(("after", "came"), [((*range(55, 80),), False), ((57, 64), False), ((52, 66), None), ((70,), None)])
def test_that_it_did_not_come_is_said_only_where_all_of_the_window_was_read(after, came) -> None:
    events = [told_event(str(START + datetime.timedelta(days=d)), "A", "ACCUSE", "B") for d in range(0, 50, 4)]
    h = history(events, CONFIG.measures, [START + datetime.timedelta(days=d) for d in (*range(51), *after)])
    asked = Expectations.fit(h, 7, CONFIG.forecasting, START + datetime.timedelta(days=53)).probability("A", "ACCUSE", "B")
    assert (asked.start, asked.happened) == ("2024-02-24", came)
