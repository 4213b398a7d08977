"""Ties on a date: those of the directory with their founding acts, those told from the day of their telling."""

import pytest
from builders import actor

from detente.knowledge import load_directory
from detente.merging.ties import directory_ties, ties_of
from detente.records import Tie

TIES = directory_ties(load_directory())


def held(of: str, on: str) -> set[tuple[str, str]]:
    return {(t.kind, t.object.code if t.subject.code == of else t.subject.code) for t in ties_of([], of, on)}


def test_ties_of_azerbaijan_in_july_2025() -> None:
    found = held("AZE", "2025-07-01")
    assert {("allied_with", "TUR"), ("member_of", "CIS"), ("member_of", "OTS"), ("rival_of", "ARM"), ("controls", "socar")} <= found
    assert not {("member_of", "CSTO"), ("member_of", "NATO"), ("member_of", "EAEU")} & found


CHANGES = [  # of, tie, a day on which it holds, one on which it does not
    ("SWE", ("member_of", "NATO"), "2024-03-07", "2024-03-06"),
    ("GBR", ("member_of", "EU"), "2020-01-31", "2020-02-01"),
    ("RUS", ("member_of", "council-of-europe"), "2022-03-16", "2022-03-17"),
    ("AZE", ("member_of", "CSTO"), "1999-04-02", "1999-04-03"),
    ("RUS", ("allied_with", "CUB"), "1991-12-31", "1992-01-01"),
]


@pytest.mark.parametrize(("of", "tie", "within", "outside"), CHANGES)
def test_ends_are_inclusive_at_any_precision(of, tie, within, outside) -> None:
    assert tie in held(of, within) and tie not in held(of, outside)


BLOCS = [
    "NATO",
    "EU",
    "CSTO",
    "CIS",
    "EAEU",
    "SCO",
    "BRICS",
    "arab-league",
    "GCC",
    "AU",
    "ASEAN",
    "OAS",
    "quad",
    "AUKUS",
    "OSCE",
    "OIC",
    "G20",
]


@pytest.mark.parametrize("bloc", BLOCS)
def test_memberships_have_dates_and_a_founding_act(bloc) -> None:
    members = [t for t in TIES if t.kind == "member_of" and t.object.code == bloc]
    assert len(members) >= 3
    assert all(t.start and t.reference and "general knowledge" not in t.reference[:20] for t in members)


def test_a_told_tie_without_a_date_holds_from_its_telling() -> None:
    told = Tie("t", "agent_of", actor("M23"), actor("RWA"), document="d")
    published = {"d": "2025-07-05"}
    assert ties_of([told], on="2025-07-05", only_told=True, published=published) == [told]
    assert ties_of([told], on="2025-07-04", only_told=True, published=published) == []


@pytest.mark.parametrize(("end", "held"), [("2025-06-30", True), ("2025-07-04", False)])
def test_a_tie_told_as_over_held_before_its_end_where_that_is_told(end, held) -> None:
    told = Tie("t", "allied_with", actor("ARM"), actor("RUS"), end=end, document="d")  # over by the day before: nobody knows since when
    published = {"d": "2025-07-05"}
    assert bool(ties_of([told], on="2025-05-01", only_told=True, published=published)) == held
    assert ties_of([told], on="2025-07-05", only_told=True, published=published) == []
