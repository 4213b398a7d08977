"""Tension: what moves it, what does not, and where nothing is known."""

import datetime
from dataclasses import replace

import pytest
from builders import document, told_event

from detente.config import load_config
from detente.measures import ANYONE, pulls, tension, turning_points, turns, volatility

OPTIONS = load_config().measures
DOCUMENTS = [
    document(f"d{n}", published=f"2025-{m:02d}-{d:02d}") for n, (m, d) in enumerate((m, d) for m in range(1, 7) for d in (1, 11, 21))
]
RAID = told_event("2025-03-10", "RUS", "COERCE", "AZE", -8.0)
TALKS = told_event("2025-03-20", "RUS AZE", "CONSULT", "", 2.5)
PAIR = ("RUS", "AZE")


def level(events, day, documents=DOCUMENTS, options=OPTIONS, **more):
    return {p.day: p for p in tension(events, documents, PAIR, options, **more)}[day].value


def test_hostility_raises_and_cooperation_calms() -> None:
    assert level([RAID, TALKS], "2025-03-10") > 2
    assert level([RAID, TALKS], "2025-03-20") < level([RAID, TALKS], "2025-03-19")


def test_twice_as_much_reading_is_not_more_tension() -> None:
    others = [told_event(f"2025-03-{d:02d}", "USA", "CONSULT", "CAN", 2.0) for d in range(1, 29)]
    twice = [replace(e, id=e.id + "x") for e in (RAID, *others)]
    once, doubled = level([RAID, *others], "2025-03-28"), level([RAID, *others, *twice], "2025-03-28", [*DOCUMENTS, *DOCUMENTS])
    assert doubled == pytest.approx(once, rel=0.5)
    assert level([RAID, *others], "2025-03-28") < level([RAID], "2025-03-28")  # the same act among much else weighs less


def test_nothing_is_known_after_three_half_lives_or_before_the_first_telling() -> None:
    points = tension([RAID], DOCUMENTS, PAIR, OPTIONS)
    assert points[0].day == "2025-03-10"
    known = [p.day for p in points if p.value is not None]
    assert known[-1] == (datetime.date(2025, 3, 10) + datetime.timedelta(days=84)).isoformat()


def test_no_reading_no_value() -> None:
    late = told_event("2025-12-01", "RUS", "COERCE", "AZE", -8.0)
    gap = {p.day: p.value for p in tension([RAID, late], DOCUMENTS, PAIR, OPTIONS)}
    assert gap["2025-10-01"] is None
    assert gap["2025-12-01"] is not None


READ_ONCE = [document("d0", published="2025-03-10")]


def test_where_nothing_is_read_the_level_is_carried_on_in_a_band_that_only_widens() -> None:
    points = {p.day: p for p in tension([RAID], READ_ONCE, PAIR, OPTIONS, until=datetime.date(2025, 6, 30))}
    read, carried, gone = points["2025-03-17"], points["2025-03-18"], points["2025-06-03"]
    assert (read.estimate, carried.estimate, gone.value) == (False, True, None)
    known = [p for p in points.values() if p.estimate]
    assert all(p.low <= p.value <= p.high for p in known)
    assert all(b.low <= a.low and b.high >= a.high and b.value < a.value for a, b in zip([read, *known], known, strict=False))
    assert known[-1].high >= points["2025-03-10"].value and known[-1].low < read.low / 5  # what was seen of them, and calm


LATER = [  # what is told after the days that nobody read
    ("a worse quarrel", [told_event("2025-06-20", "RUS", "ASSAULT", "AZE", -10.0, id=f"later {n}") for n in range(9)]),
    ("talks", [told_event("2025-06-20", "RUS AZE", "CONSULT", "", 3.0)]),
    ("much of others", [told_event("2025-06-20", "USA", "ASSAULT", "CAN", -10.0, id=f"others {n}") for n in range(30)]),
]
BEFORE = [  # what the two were seen at before
    ("a worse quarrel before raises the band", told_event("2025-01-20", "RUS", "ASSAULT", "AZE", -10.0, outlets=("Herald",)), True),
    ("a milder one does not", told_event("2025-01-20", "RUS", "ACCUSE", "AZE", -2.0), False),
]


@pytest.mark.parametrize(("case", "later"), LATER)
@pytest.mark.parametrize("period", ["day", "week"])
def test_the_band_of_a_day_that_nobody_read_rests_on_what_was_told_until_then(case, later, period) -> None:
    """Without resamples to the last digit; with them but for chance (what is drawn depends on how many acts there are)."""
    for resamples, within in ((0, 0.0), (OPTIONS.resamples, 0.6)):
        options = replace(OPTIONS, resamples=resamples)
        then = [p for p in tension([RAID], READ_ONCE, PAIR, options, period, until=datetime.date(2025, 5, 25)) if p.estimate]
        now = {p.day: p for p in tension([RAID, *later], READ_ONCE, PAIR, options, period, until=datetime.date(2025, 7, 1))}
        assert then and all(p.value == now[p.day].value for p in then), case
        assert all(abs(p.low - now[p.day].low) <= within and abs(p.high - now[p.day].high) <= within for p in then), case


@pytest.mark.parametrize(("case", "earlier", "raised"), BEFORE)
def test_the_band_of_a_day_that_nobody_read_goes_up_to_the_highest_seen_before(case, earlier, raised) -> None:
    options = replace(OPTIONS, resamples=0)
    points = {p.day: p for p in tension([earlier, RAID], READ_ONCE, PAIR, options, until=datetime.date(2025, 5, 25))}
    assert points["2025-05-20"].estimate
    assert (points["2025-05-20"].high > points["2025-03-10"].value) == raised, case


UNREAD = [  # what is told, day without reading, whether anything is known of it
    ("a hostile level is carried on", [RAID], "2025-04-10", True),
    ("calm is not", [TALKS], "2025-04-10", False),
    ("calm within a week of reading is", [TALKS], "2025-03-27", True),
    ("nor is calm after the talks that ended a quarrel", [replace(RAID, intensity=-1.0), TALKS], "2025-04-10", False),
]


@pytest.mark.parametrize(("case", "events", "day", "known"), UNREAD)
def test_nothing_read_is_not_calm(case, events, day, known) -> None:
    found = {p.day: p for p in tension(events, READ_ONCE, PAIR, OPTIONS, until=datetime.date(2025, 5, 1))}
    assert (found[day].value is not None) == known, case


def test_a_week_is_an_estimate_where_none_of_its_days_was_read() -> None:
    weeks = {p.day: p for p in tension([RAID], READ_ONCE, PAIR, OPTIONS, "week", until=datetime.date(2025, 4, 6))}
    assert [(day, p.estimate) for day, p in weeks.items()] == [
        ("2025-03-10", False),
        ("2025-03-17", False),  # its first day lies within a week of reading
        ("2025-03-24", True),
        ("2025-03-31", True),
    ]
    assert weeks["2025-03-31"].high - weeks["2025-03-31"].low > weeks["2025-03-17"].high - weeks["2025-03-17"].low


def test_a_turn_after_a_gap_is_held_against_the_last_level_known() -> None:
    later = told_event("2025-09-01", "RUS", "COERCE", "AZE", -8.0)
    points = tension([RAID, later], READ_ONCE, PAIR, OPTIONS)
    known = [p for p in points if p.value is not None]
    assert turns(points, [RAID, later])[-1].change == pytest.approx(known[-1].value - known[-2].value, abs=0.001)


def test_an_act_milder_than_the_level_lowers_it() -> None:
    strike, blame = told_event("2025-03-10", "RUS", "ASSAULT", "AZE", -9.5), told_event("2025-03-11", "AZE", "ACCUSE", "RUS", -2.5)
    alone, with_blame = ({p.day: p.value for p in tension(e, READ_ONCE, PAIR, OPTIONS)} for e in ([strike], [strike, blame]))
    assert (alone["2025-03-10"], with_blame["2025-03-11"]) == (pytest.approx(4.738, abs=0.005), pytest.approx(3.94, abs=0.02))


def test_the_band_holds_the_value_and_narrows_with_evidence() -> None:
    many = [told_event(f"2025-03-{d:02d}", "RUS", "COERCE", "AZE", -8.0, outlets=(f"Outlet {d % 5}",)) for d in range(1, 11)]
    one, ten = (tension(e, DOCUMENTS, PAIR, OPTIONS) for e in ([RAID], many))
    few = next(p for p in one if p.day == "2025-03-10")
    rich = next(p for p in ten if p.day == "2025-03-10")
    assert few.low <= few.value <= few.high
    assert (rich.high - rich.low) / rich.value < (few.high - few.low) / few.value


def test_the_pulls_of_a_day_open_its_level() -> None:
    found = pulls([RAID, TALKS], DOCUMENTS, PAIR, OPTIONS, datetime.date(2025, 3, 20))
    assert [(p.event, p.effect > 0) for p in found] == [(RAID.id, True), (TALKS.id, False)]
    without = level([TALKS], "2025-03-20")
    assert without == 0.0
    assert found[0].weight == pytest.approx(0.5 ** (10 / 28), abs=0.001)


def test_weeks_are_means_of_their_days_and_windows_keep_the_memory() -> None:
    (week,) = [p for p in tension([RAID], DOCUMENTS, PAIR, OPTIONS, "week") if p.day == "2025-03-10"]
    days = [level([RAID], f"2025-03-{d}") for d in range(10, 17)]
    assert week.value == pytest.approx(sum(days) / 7, abs=0.002)
    assert level([RAID], "2025-04-05", since=datetime.date(2025, 4, 1)) == level([RAID], "2025-04-05")


def test_tension_with_everybody() -> None:
    events = [RAID, told_event("2025-03-11", "UKR", "ASSAULT", "RUS", -10.0)]
    assert {p.day: p.value for p in tension(events, DOCUMENTS, ("RUS", ANYONE), OPTIONS)}["2025-03-11"] > level([RAID], "2025-03-11")


def crisis(start: int) -> list:
    return [told_event(f"2025-03-{d:02d}", "RUS", "ASSAULT", "AZE", -9.5) for d in range(start, start + 4)]


def test_a_crisis_is_a_turning_point_at_its_first_day() -> None:
    calm = [told_event(f"2025-0{m}-05", "RUS AZE", "CONSULT", "", 1.5) for m in (1, 2, 3, 5, 6)]
    found = turning_points([*calm, *crisis(10)], DOCUMENTS, PAIR, OPTIONS)
    hostile = [t for t in found if t.way == "hostile"]
    assert [t.day for t in hostile] == ["2025-03-10"]
    assert set(hostile[0].events) == {e.id for e in crisis(10)}
    assert hostile[0].low <= hostile[0].size <= hostile[0].high + 0.5


def test_fading_is_no_turning_point_and_quiet_dyads_have_none() -> None:
    assert len(turning_points(crisis(10), DOCUMENTS, PAIR, OPTIONS)) == 1
    quiet = [told_event(f"2025-0{m}-05", "RUS AZE", "CONSULT", "", 1.5) for m in range(1, 7)]
    assert turning_points(quiet, DOCUMENTS, PAIR, OPTIONS) == []
    assert turning_points([], DOCUMENTS, PAIR, OPTIONS) == []


def test_volatility_is_higher_in_the_month_of_a_crisis() -> None:
    by_month = {v.month: v.value for v in volatility([RAID, *crisis(15)], DOCUMENTS, PAIR, OPTIONS)}
    assert by_month["2025-03"] is None  # less than three weeks known on both ends
    assert by_month["2025-04"] is not None
    swings = volatility([told_event("2025-02-01", "RUS", "COERCE", "AZE", -8.0), TALKS, *crisis(15)], DOCUMENTS, PAIR, OPTIONS)
    known = {v.month: v.value for v in swings}
    assert known["2025-03"] > known["2025-04"]


def test_the_tension_of_a_country_is_its_share_of_the_hostility_told() -> None:
    talks = told_event("2025-03-10", "RUS", "CONSULT", "USA", 4.0)
    others = [told_event("2025-03-10", "CHN", "CONSULT", who, 4.0) for who in ("FRA", "DEU", "JPN")]

    def country(events, code="RUS"):
        return {p.day: p.value for p in tension(events, DOCUMENTS, (code, ANYONE), OPTIONS)}.get("2025-03-10")

    alone = country([RAID])
    assert alone == country([RAID, told_event("2025-03-10", "RUS", "MOBILIZE", "", 0.0)])
    assert alone > country([RAID, talks]) > country([RAID, talks, *others]) > 0
    assert country([RAID, *others], "CHN") == 0
    day = datetime.date(2025, 3, 10)
    (pull, *_) = pulls([RAID, talks], DOCUMENTS, ("RUS", ANYONE), OPTIONS, day)
    assert pull.event == RAID.id and pull.effect > 0
