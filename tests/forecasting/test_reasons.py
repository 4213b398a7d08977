"""Why an act is expected: every forecast has a reason, and what rests on others says so."""

import datetime

import pytest

from detente.config import load_config
from detente.forecasting import Expectations, quadruples

START = datetime.date(2024, 1, 1)
#: who did what to whom, and on which days
DONE = (("A", "ACCUSE", "B", range(0, 100, 9)), ("B", "AID", "A", range(0, 100, 14)), ("C", "ASSAULT", "D", (2, 40)))


@pytest.fixture(scope="module")
def fitted() -> Expectations:
    return Expectations.fit(
        quadruples((a, t, b, START + datetime.timedelta(days=d)) for a, t, b, days in DONE for d in days), 7, load_config().forecasting
    )


@pytest.mark.parametrize("horizon", [3, 7, 30])
def test_every_forecast_has_a_reason_with_its_events(fitted, horizon) -> None:
    found = fitted.at(horizon).expected(top=None)
    assert len(found) == 4 * 3 and all(e.reasons and any(r.events for r in e.reasons) for e in found)


@pytest.mark.parametrize(
    ("act", "kinds", "said"),
    [
        (("A", "ACCUSE", "B"), {"repeat"}, "A did ACCUSE to B on 4 of the last 30 days, last on 2024-04-09"),
        (("C", "ASSAULT", "D"), {"repeat"}, "C did ASSAULT to D last on 2024-02-10, 60 days earlier, and on 2 of the last 180 days"),
        (
            ("A", "ASSAULT", "B"),
            {"pair", "type"},
            "ASSAULT was reported last on 2024-02-10, 60 days earlier, and on 2 of the last 180 days",
        ),
        (
            ("A", "AID", "B"),
            {"pair", "type"},
            "AID was reported on 3 of the last 30 days, last on 2024-04-08, but never by this actor to this",
        ),
        (("C", "AID", "D"), {"pair", "type"}, "C and D acted on each other last on 2024-02-10, 60 days earlier"),
    ],
)
def test_what_a_forecast_rests_on(fitted, act, kinds, said) -> None:
    found = fitted.probability(*act).reasons
    assert {r.kind for r in found if r.effect >= 0} >= kinds or kinds == {"repeat"}
    assert any(r.text.startswith(said) for r in found), [r.text for r in found]
