"""Forecasts as rows: figures for a screen never round to 0, those for files stay numbers."""

import pytest

from detente.forecasting import Expected, Surprise
from detente.reporting.forecast_rows import expected_row, expected_table, shown, surprise_row, surprise_table


@pytest.mark.parametrize(
    ("p", "said"),
    [(0.0, "< 0.001"), (0.00099, "< 0.001"), (0.001, "0.001"), (0.0042, "0.004"), (0.01, "0.01"), (0.425, "0.42"), (1.0, "1.00")],
)
def test_probabilities(p, said) -> None:
    assert shown(p) == said


def test_small_probabilities_in_tables_and_files() -> None:
    e = Expected("A", "AID", "B", "2025-01-01", "2025-01-07", 0.000002, 0.0, 0.03, 0.0004, 0.0, (), None, ())
    s = Surprise("2025-01-01", "A", "AID", "B", 0.0, 12.0, "never reported before, in 1 act between them", ("e1",))
    unknown = Surprise("2025-01-01", "A", "AID", "C", None, 0.0, "the two had not been reported on together", ("e2",))
    assert (expected_table(e, False)["probability"], expected_table(e, False)["base"]) == ("< 0.001 (< 0.001–0.03)", "< 0.001")
    assert expected_row(e, False)["probability"] == 0.000002 and expected_row(e, False)["base_rate"] == 0.0004
    assert (surprise_table(s)["probability"], surprise_row(s)["probability"]) == ("< 0.001", 0.0)
    assert surprise_table(unknown)["probability"] is None
