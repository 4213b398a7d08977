"""Who is watched now, by all that was ever put on the list or taken off it."""

import pytest

from detente.records import Watch
from detente.workspace.watchlist import watched


def row(n: int, key: str, on: bool = True) -> Watch:
    return Watch(f"2025070{n}", f"2025-07-0{n}", "Ada", "dyad" if "," in key else "actor", key, on)


@pytest.mark.parametrize(
    ("rows", "now"),
    [
        ([], []),
        ([row(1, "IRN"), row(2, "AZE,RUS")], ["IRN", "AZE,RUS"]),
        ([row(2, "AZE,RUS"), row(1, "IRN")], ["IRN", "AZE,RUS"]),  # by time, whatever their order
        ([row(1, "IRN"), row(2, "IRN", False)], []),
        ([row(1, "IRN"), row(2, "IRN", False), row(3, "IRN")], ["IRN"]),
        ([row(1, "IRN"), row(2, "ISR"), row(3, "IRN", False), row(4, "IRN")], ["ISR", "IRN"]),
        ([row(1, "IRN", False)], []),
    ],
)
def test_the_latest_row_of_a_key_counts(rows, now) -> None:
    assert [w.key for w in watched(rows)] == now
