"""Rows as programs hand them over: a sensible reading, or an error that says which row."""

import datetime
import math

import numpy as np
import pytest

from detente.config import load_config
from detente.errors import ForecastError
from detente.forecasting import Expectations, Facts, Forecaster, Options, Query, quadruples
from detente.forecasting.facts import day_number
from detente.forecasting.ranking.learner import Settings

DAY = datetime.date(2024, 2, 29)
GOOD = ("A", "Meet", "B", DAY)


@pytest.mark.parametrize(
    "day",
    [
        DAY,
        datetime.datetime(2024, 2, 29, 23, 59),
        datetime.datetime(2024, 2, 29, 23, 59, tzinfo=datetime.UTC),
        "2024-02-29",
        np.datetime64("2024-02-29T12:00"),
        day_number(DAY),
        float(day_number(DAY)),
        np.int32(day_number(DAY)),
        str(day_number(DAY)),
    ],
    ids=str,
)
def test_a_day_in_every_form(day) -> None:
    assert Facts.of([("A", "Meet", "B", day)]).last == day_number(DAY)
    assert quadruples([("A", "Meet", "B", day)]).ids == (("2024-02-29 A Meet B",),)


@pytest.mark.parametrize(
    "row",
    [
        None,
        7,
        "AMBD",
        (),
        ("A", "Meet", "B"),
        (*GOOD, 5),
        {"actor": "A", "type": "Meet", "recipient": "B", "day": DAY},
        (None, "Meet", "B", DAY),
        ("A", "", "B", DAY),
        ("A", "Meet", math.nan, DAY),
        ("A", "Meet", "B", None),
        ("A", "Meet", "B", "soon"),
        ("A", "Meet", "B", "2024-02-30"),
        ("A", "Meet", "B", math.nan),
        ("A", "Meet", "B", math.inf),
        ("A", "Meet", "B", 3.5),
        ("A", "Meet", "B", True),
        ("A", "Meet", "B", 10**30),
        ("A", "Meet", "B", np.datetime64("NaT")),
    ],
    ids=str,
)
def test_a_row_that_is_none_is_named(row) -> None:
    for read in (Facts.of, quadruples, Forecaster.fit):
        with pytest.raises(ForecastError) as fault:
            read([GOOD, row])
        assert fault.value.code == "F02" and "Row 2 " in str(fault.value)


@pytest.mark.parametrize("read", [Facts.of, quadruples, Forecaster.fit])
@pytest.mark.parametrize(("rows", "codes"), [(None, {"F02"}), (7, {"F02"}), ([], {"F05", "F21"}), ("rows", {"F02"})])
def test_what_has_no_rows(read, rows, codes) -> None:
    with pytest.raises(ForecastError) as fault:
        read(rows).first  # noqa: B018 (an empty history is one until it is asked)
    assert fault.value.code in codes


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        (([math.nan], [0], [0], [1]), "actors"),
        (([0], [None], [0], [1]), "types"),
        (([0], [0], ["A"], [1]), "recipients"),
        (([0], [0], [0], [math.inf]), "days"),
        (([0], [0], [0], [1.5]), "days"),
        (([0], [0], [0], [10**12]), "days"),
    ],
)
def test_columns_are_whole_numbers(columns, what) -> None:
    with pytest.raises(ForecastError) as fault:
        Facts.from_arrays(*columns, actors=["A"], types=["Meet"])
    assert fault.value.code == "F03" and f"The {what} " in str(fault.value)


def test_a_forecaster_takes_rows_and_says_what_it_cannot() -> None:
    rows = [("A", "Threaten", "B", day) for day in range(0, 120, 5)] + [("B", "Expel", "A", day) for day in range(2, 120, 9)]
    forecaster = Forecaster.fit(rows, Options(learning=Settings(trees=3))).update([("A", "Threaten", "B", 121)])
    assert forecaster.last_day == 121
    for ask, code in (
        (lambda: forecaster.update([("Z", "Threaten", "B", 122)]), "F09"),
        (lambda: forecaster.update(None), "F02"),
        (lambda: forecaster.rank(Query(None, actor="A")), "F06"),
        (lambda: forecaster.probability(Query("Threaten", "A", "B"), math.inf), "F26"),
        (lambda: forecaster.probability(Query("Threaten", "A")), "F30"),
    ):
        with pytest.raises(ForecastError) as fault:
            ask()
        assert fault.value.code == code


@pytest.mark.parametrize(("as_of", "code"), [("2024-05-01", None), (datetime.datetime(2024, 5, 1, 9), None), ("May", "F27"), (5, "F27")])
def test_a_day_to_forecast_from(as_of, code) -> None:
    h = quadruples(("A", "Meet", "B", DAY + datetime.timedelta(days=n)) for n in range(0, 90, 3))
    if code is None:
        assert Expectations.fit(h, 7, load_config().forecasting, as_of).outlook().as_of == "2024-05-01"
        return
    with pytest.raises(ForecastError) as fault:
        Expectations.fit(h, 7, load_config().forecasting, as_of)
    assert fault.value.code == code
