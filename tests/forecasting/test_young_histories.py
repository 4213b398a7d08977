"""Young histories: a strong rule is believed after some forty acts, and only once it has proved itself."""

import datetime

import numpy as np
import pytest

from detente.config import load_config
from detente.forecasting import Expectations, quadruples
from detente.forecasting.occurrence.learning import best_rung

OPTIONS = load_config().forecasting
START = datetime.date(2025, 1, 1)


def answered(days: int, others: int, seed: int = 0) -> tuple[list, list[int]]:
    """A accuses B every nine days or so and B rejects it within two; some other pairs act at random. With the days of the accusations."""
    rng, rows, accused, day = np.random.default_rng(seed), [], [], 3.0
    while day < days:
        accused.append(int(day))
        rows += [("A", "ACCUSE", "B", int(day)), ("B", "REJECT", "A", int(day) + int(rng.integers(1, 3)))]
        day += 9 * rng.uniform(0.8, 1.2)
    for k in range(others):
        rows += [(f"C{k}", "CONSULT", f"D{k}", int(d)) for d in np.flatnonzero(rng.random(days) < 0.03)]
    return [(a, t, b, START + datetime.timedelta(days=d)) for a, t, b, d in rows if d < days], accused


@pytest.mark.parametrize("others", [0, 3, 8])
def test_a_strong_rule_is_believed_in_a_young_history(others) -> None:
    rows, accused = answered(300, others)
    said = []
    for day in accused[-6:-1]:
        found = Expectations.fit(quadruples(rows), 7, OPTIONS, START + datetime.timedelta(days=day))
        said.append(found.probability("B", "REJECT", "A").probability)
    assert np.mean(said) > 0.8, said


def month(**losses: float) -> dict[str, float]:
    return losses


RUNGS = [  # losses by month, the rungs there are, the one in use
    ("nothing asked yet", [], ("base", "rates"), "rates"),
    ("rates did better in one month", [month(base=10, rates=9)], ("base", "rates"), "rates"),
    ("one good month may be luck", [month(base=10, rates=9, logistic=7)], ("base", "rates", "logistic"), "rates"),
    ("two are enough", [month(base=10, rates=9, logistic=7)] * 2, ("base", "rates", "logistic"), "logistic"),
    ("two of which none was good", [month(base=10, rates=9, logistic=11)] * 2, ("base", "rates", "logistic"), "rates"),
    ("trees wait for the model below", [month(base=10, rates=9, logistic=7, trees=6)], ("base", "rates", "logistic", "trees"), "rates"),
]


@pytest.mark.parametrize(("case", "losses", "rungs", "used"), RUNGS)
def test_a_rung_is_climbed_once_it_has_proved_itself(case, losses, rungs, used) -> None:
    assert best_rung(losses, rungs) == used, case
