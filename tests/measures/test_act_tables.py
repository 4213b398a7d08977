"""The table of acts: the same from records and from the workspace's table; what counts as a dyad and as a day."""

from dataclasses import replace

import polars as pl
import pytest
from builders import document, mention

from detente.config import load_config
from detente.measures import acts, pairs, reading
from detente.merging import merge
from detente.workspace.schemas import frame

CASES = [  # type, actors, recipients, dyads
    ("COERCE", "RUS", "AZE", {("RUS", "AZE")}),
    ("CONSULT", "RUS AZE", "", {("RUS", "AZE"), ("AZE", "RUS")}),
    ("AGREE", "ARM AZE", "USA", {("ARM", "AZE"), ("AZE", "ARM"), ("ARM", "USA"), ("AZE", "USA")}),
    ("AGREE", "ARM AZE", "AZE", {("ARM", "AZE"), ("AZE", "ARM")}),
    ("ASSAULT", "ARM AZE", "", {("ARM", "AZE"), ("AZE", "ARM")}),
    ("MOBILIZE", "AUS NZL", "", set()),
    ("AID", "AUS NZL", "AUS FJI", {("AUS", "FJI"), ("NZL", "FJI")}),
    ("ASSAULT", "AFG PAK", "AFG", {("PAK", "AFG")}),
    ("SANCTION", "GBR CAN", "ISR", {("GBR", "ISR"), ("CAN", "ISR")}),
    ("PROTEST", "GEO", "", set()),
]


def event(type_: str, actors: str, recipients: str, **more):
    day = more.pop("date", "2025-06-10")
    told = [mention("20250610-x", 0, type_, actors, recipients, date=day, date_precision="day" if len(day) == 10 else "month", **more)]
    return merge(told, [document("20250610-x", published="2025-06-10")], load_config().merging)[0]


@pytest.mark.parametrize(("type_", "actors", "recipients", "wanted"), CASES)
def test_dyads_of_an_event(type_, actors, recipients, wanted) -> None:
    assert set(pairs(event(type_, actors, recipients))) == wanted


def test_the_table_is_the_same_from_records_and_from_the_workspace() -> None:
    made = [event(*case[:3], date=day) for case in CASES for day in ("2025-06-10", "2025-06")]
    events = [replace(e, id=f"e{n:02d}") for n, e in enumerate(made)]
    key = ["event", "actor", "recipient"]
    assert acts(events).sort(key).equals(acts(frame("events", events)).sort(key))


def test_shares_sum_to_the_number_of_events() -> None:
    assert acts([event("SANCTION", "GBR CAN", "ISR")])["share"].sum() == pytest.approx(1)


@pytest.mark.parametrize(("date", "day"), [("2025-06-10", "2025-06-10"), ("2025-06", None), ("2025-07-30", None)])
def test_a_day_is_only_taken_where_it_is_told_and_not_after_its_telling(date, day) -> None:
    (row,) = acts([event("COERCE", "RUS", "AZE", date=date)]).iter_rows(named=True)
    assert (row["day"].isoformat() if row["day"] else None) == day


def test_reading_counts_documents_by_day() -> None:
    documents = [document("a", published="2025-06-01"), document("b", published="2025-06-01"), document("c", published="2025-06")]
    read = reading(documents)
    assert (read.documents, read.undated, read.first, dict(read.days).popitem()[1]) == (3, 1, read.last, 2)
    assert reading(pl.DataFrame({"published": ["2025-06-01", None]})).undated == 1
