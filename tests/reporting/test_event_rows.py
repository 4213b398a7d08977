"""Events as rows: what tellings of one event contradict is told with every count, and how surely they tell one act."""

import pytest
from builders import mention, told_event

from detente.reporting.tables import event_row
from detente.reporting.words import joined


def test_contradictory_counts_are_told_and_not_added() -> None:
    told = [mention(f"d{n}", 0, "ASSAULT", "RUS", "UKR", deaths=n) for n in (24, 26)]
    event = told_event(
        "2025-06-01", "RUS", "ASSAULT", "UKR", mentions=tuple(m.id for m in told), disputed=("deaths", "quality:deliberate"), deaths=24
    )
    assert event_row(event, {m.id: m for m in told})["disputed"] == "deaths 24, 26; quality:deliberate"
    assert event_row(event)["disputed"] == "deaths; quality:deliberate"


@pytest.mark.parametrize(
    ("mentions", "cohesion", "label"),
    [
        (1, None, None),
        (2, None, None),
        (2, 1.0, "firmly joined"),
        (3, 0.9, "joined"),
        (5, 0.6, "loosely joined"),
        (2, 0.0, "loosely joined"),
    ],
)
def test_how_surely_an_event_is_one_act(mentions: int, cohesion: float | None, label: str | None) -> None:
    event = told_event("2025-06-01", "RUS", "ASSAULT", "UKR", mentions=tuple(f"d.{n}" for n in range(mentions)), cohesion=cohesion)
    found = joined(event)
    assert (found["label"] if found else None) == label
    assert event_row(event)["cohesion"] == cohesion
