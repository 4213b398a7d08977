"""Horizons that agree: what comes within a week comes within the month around it."""

import datetime
import shutil
from itertools import pairwise

import numpy as np
import pytest
from test_expectations import world

from detente.config import load_config
from detente.forecasting import Expectations, Facts, Forecaster, Options, Query, expectations_of, quadruples
from detente.forecasting.occurrence.agreeing import agreeing, needed
from detente.forecasting.ranking.learner import Settings
from detente.forecasting.workspaces import expectations_kept
from detente.workspace import Workspace

CONFIG = load_config()


@pytest.mark.parametrize(
    ("horizon", "said", "agreed"),
    [
        (7, {7: 0.1, 30: 0.3}, 0.1),
        (30, {7: 0.1, 30: 0.3}, 0.3),
        (7, {7: 0.8, 30: 0.2}, 0.5),  # the mean of their log-odds
        (30, {7: 0.8, 30: 0.2}, 0.5),
        (14, {7: 0.1, 14: 0.2, 30: 0.3}, 0.2),
        (14, {7: 0.1, 14: 0.05, 30: 0.3}, 0.1),
        (14, {7: 0.1, 14: 0.4, 30: 0.3}, 0.3),
        (14, {7: 0.8, 14: 0.6, 30: 0.2}, 0.5),
        (3, {3: 0.2, 7: 0.1, 30: 0.3}, 0.1),
        (90, {7: 0.1, 30: 0.3, 90: 0.2}, 0.3),
        (90, {7: 0.8, 30: 0.2, 90: 0.4}, 0.5),
    ],
)
def test_what_is_said_of_a_horizon_is_held_between_its_neighbours(horizon, said, agreed) -> None:
    assert needed(horizon) == tuple(sorted(said))
    assert agreeing({days: np.array([p]) for days, p in said.items()}, horizon) == pytest.approx(agreed)


def cells(found: Expectations) -> dict[tuple[str, str, str], object]:
    return {(e.actor, e.type, e.recipient): e for e in found.expected(top=None, reasons=False)}


def hold(by_horizon: list[dict]) -> None:
    """Each act is no likelier in a shorter window than in a longer, and no usual one either; every band holds its probability."""
    assert all(len(found) > 50 for found in by_horizon)
    for short, long in pairwise(by_horizon):
        assert short.keys() == long.keys()
        assert not [k for k in short if short[k].probability > long[k].probability]
        assert not [k for k in short if short[k].base_rate > long[k].base_rate]
    assert not [e for found in by_horizon for e in found.values() if not e.low <= e.probability <= e.high]


@pytest.mark.parametrize("as_of", [None, datetime.date(2025, 2, 10), datetime.date(2025, 7, 2)])
def test_over_all_cells_of_the_example(example_workspace, as_of) -> None:
    hold([cells(expectations_of(example_workspace[0], CONFIG, days, as_of)) for days in (3, 7, 14, 30, 60)])


def test_over_all_cells_of_a_history_learned_from_and_in_the_order_of_lists() -> None:
    whole = Expectations.fit(quadruples(world()), 14, CONFIG.forecasting)
    assert whole.learned.rung == "logistic"
    several = [whole.at(days) for days in (7, 14, 30)]
    hold([cells(found) for found in several])
    alone = Expectations.fit(quadruples(world()), 7, CONFIG.forecasting)
    assert alone.outlook() == several[0].outlook()
    for found in several:
        p = [e.probability for e in found.expected(top=40)]
        assert p == sorted(p, reverse=True)


def test_the_forecaster_says_so_too() -> None:
    rows = [("A", "Threaten", "B", day) for day in range(0, 300, 9)] + [("B", "Expel", "A", day) for day in range(4, 300, 27)]
    forecaster = Forecaster.fit(Facts.of(rows), Options(learning=Settings(trees=3)))
    for query in (Query("Threaten", "A", "B"), Query("Expel", "B", "A"), Query("Expel", "A", "B")):
        p = [forecaster.probability(query, days).probability for days in (5, 7, 20, 30, 45)]
        assert p == sorted(p) and p[0] > 0 and p[-1] < 1


def test_what_was_learned_of_both_is_kept_and_read_again(example_workspace, tmp_path, monkeypatch) -> None:
    shutil.copytree(example_workspace[0].folder, tmp_path / "w", ignore=shutil.ignore_patterns("forecasts"))
    workspace = Workspace.open(tmp_path / "w")
    month, week = (expectations_of(workspace, CONFIG, days) for days in (30, 7))
    kept = sorted((tmp_path / "w" / "forecasts").glob("*.npz"))
    assert len(kept) == 2

    def never(*_: object) -> None:
        raise AssertionError("learned again")

    monkeypatch.setattr("detente.forecasting.fits.learn", never)
    for days, before in ((30, month), (7, week)):
        assert expectations_of(workspace, CONFIG, days).outlook() == before.outlook()
        assert expectations_kept(workspace, CONFIG, days).outlook() == before.outlook()
    assert expectations_kept(workspace, CONFIG, 14) is None
    kept[0].unlink()  # of one of the two alone no probability can be told
    assert expectations_kept(workspace, CONFIG, 7) is None and expectations_kept(workspace, CONFIG, 30) is None
