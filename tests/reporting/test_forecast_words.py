"""Forecasts in plain words."""

import pytest

from detente.forecasting import Reason
from detente.reporting.forecast_words import percent, reason_words

NAMES = {"RUS": "Russia", "AZE": "Azerbaijan", "USA": "United States"}


@pytest.mark.parametrize(
    ("p", "said"),
    [(0.0004, "under 0.1%"), (0.0135, "1.4%"), (0.2, "20%"), (0.615, "62%"), (0.995, "over 99%")],
)
def test_percentages(p, said) -> None:
    assert percent(p) == said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (
            Reason("repeat", "", 1.0, ("e",), "USA", "COERCE", "AZE", "last on 2025-07-03, 49 days earlier"),
            "coercion by the United States against Azerbaijan last on 3 July 2025, 49 days earlier",
        ),
        (
            Reason("rule", "", 1.0, ("e",), "RUS", "ACCUSE", "AZE", "3 days earlier", "PROTEST", True, 7, 9, 20),
            "criticism or accusation by Russia of Azerbaijan 3 days earlier; such acts were answered by a protest within 7 days "
            "in 9 of 20 cases",
        ),
        (
            Reason("rule", "", 1.0, ("e",), "RUS", "ACCUSE", "AZE", "one day earlier", "PROTEST", False, 1, 1, 1),
            "criticism or accusation by Russia of Azerbaijan one day earlier; such acts were followed by a protest "
            "within 1 day in 1 of 1 case",
        ),
        (
            Reason("pair", "", 1.0, ("e",), "RUS", None, "AZE", "on 4 of the last 30 days; 3 of 5 acts were hostile"),
            "Russia and Azerbaijan acted on each other on 4 of the last 30 days; 3 of 5 acts were hostile",
        ),
        (
            Reason("type", "", 0.0, ("e",), "others", "PROTEST", "others", "on 2 of the last 30 days, last on 2025-07-03"),
            "a protest was reported on 2 of the last 30 days, last on 3 July 2025",
        ),
        (Reason("repeat", "", -1.0, (), "RUS", "AID", "AZE", ""), "aid from Russia to Azerbaijan never was reported"),
        (Reason("actor", "", 1.0, ("e",), "RUS", "DANCE", "others", "on 2 days"), "dance by Russia toward others on 2 days"),
    ],
)
def test_reasons(reason, said) -> None:
    assert reason_words(reason, lambda code: NAMES.get(code, code)) == said
