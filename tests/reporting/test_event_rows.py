"""Events as rows: what tellings of one event contradict is told with every count."""

from builders import mention, told_event

from detente.reporting.tables import event_row


def test_contradictory_counts_are_told_and_not_added() -> None:
    told = [mention(f"d{n}", 0, "ASSAULT", "RUS", "UKR", deaths=n) for n in (24, 26)]
    event = told_event(
        "2025-06-01", "RUS", "ASSAULT", "UKR", mentions=tuple(m.id for m in told), disputed=("deaths", "quality:deliberate"), deaths=24
    )
    assert event_row(event, {m.id: m for m in told})["disputed"] == "deaths 24, 26; quality:deliberate"
    assert event_row(event)["disputed"] == "deaths; quality:deliberate"
