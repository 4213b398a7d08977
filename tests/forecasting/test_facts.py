"""Event histories as integers: order, duplicates, and bad input."""

import datetime
import gzip

import numpy as np
import pytest

from detente.errors import ForecastError
from detente.forecasting.facts import Facts, day_date, day_number

ROWS = [("C", "Demand", "A", 5), ("A", "Meet", "B", 3), ("A", "Meet", "B", 3), ("B", "Meet", "A", 3)]


def named(facts: Facts) -> list[tuple[str, str, str, int]]:
    rows = zip(facts.actor, facts.type, facts.recipient, facts.day, strict=True)
    return [(facts.actors[a], facts.types[t], facts.actors[r], int(d)) for a, t, r, d in rows]


def test_days_are_put_in_order_and_duplicates_dropped() -> None:
    facts = Facts.of(ROWS)
    assert sorted(named(facts)) == sorted(set(ROWS))
    assert facts.day.tolist() == [3, 3, 5] and facts.days == [3, 5] and (facts.first, facts.last) == (3, 5)


def test_a_history_is_cut_by_day() -> None:
    facts = Facts.of(ROWS)
    assert len(facts.before(3)) == 0 and len(facts.before(5)) == 2 and named(facts.on(5)) == [ROWS[0]]


def test_dates_are_days() -> None:
    date = datetime.date(2024, 2, 29)
    assert day_date(day_number(date)) == date
    assert Facts.of([("A", "Meet", "B", date)]).last == day_number(date)


def test_histories_of_other_names_are_joined() -> None:
    one, other = Facts.of(ROWS), Facts.of([("D", "Aid", "C", 4), ("A", "Meet", "B", 3)])
    joined = one.joined(other)
    assert sorted(named(joined)) == sorted({*ROWS, ("D", "Aid", "C", 4)})
    assert joined.actors[: len(one.actors)] == one.actors


@pytest.mark.parametrize("suffix", ["tsv", "tsv.gz"])
def test_a_file_is_read(tmp_path, suffix) -> None:
    path = tmp_path / f"events.{suffix}"
    text = "actor\ttype\trecipient\tday\n1\t0\t0\t4\n0\t0\t1\t2024-01-02\n"
    path.write_bytes(gzip.compress(text.encode()) if suffix.endswith("gz") else text.encode())
    facts = Facts.read(path, actors=["X", "Y"], types=["Meet"])
    assert named(facts) == [("Y", "Meet", "X", 4), ("X", "Meet", "Y", day_number(datetime.date(2024, 1, 2)))]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda p: Facts.read(p / "none.tsv"), "F01"),
        (lambda p: Facts.of([("A", "Meet", "B")]), "F02"),
        (lambda p: Facts.of([("A", "Meet", "B", "soon")]), "F02"),
        (lambda p: Facts.from_arrays([0], [0], [7], [1], actors=["A"], types=["Meet"]), "F03"),
        (lambda p: Facts.from_arrays([0, 0], [0], [0], [1], actors=["A"], types=["Meet"]), "F03"),
        (lambda p: Facts.of([("A", "Meet", "B", 1), ("A", "Meet", "B", 99_999)]), "F04"),
        (lambda p: Facts.of([]).last, "F05"),
        (lambda p: Facts.of(ROWS).actor_number("Q"), "F06"),
        (lambda p: Facts.of(ROWS).type_number("Met"), "F06"),
    ],
)
def test_bad_input_is_told(tmp_path, make, code) -> None:
    with pytest.raises(ForecastError) as fault:
        make(tmp_path)
    assert fault.value.code == code


def test_a_million_actors_are_held() -> None:
    names = [str(k) for k in range(1_000_000)]
    facts = Facts.from_arrays([999_999], [0], [0], [1], actors=names, types=["Meet"])
    assert facts.actor.dtype == np.int32 and named(facts) == [("999999", "Meet", "0", 1)]
