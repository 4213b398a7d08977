"""Which events come next, between whom, how likely, and because of which past events; how such forecasts did before, and what surprised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import door

if TYPE_CHECKING:
    from .doors import backtest, expected, probability, surprises
    from .expectations import Expectations
    from .facts import Facts
    from .files import read_quadruples
    from .occurrence.history import History, history, quadruples
    from .ranker import Explained, Forecaster, Options, Query, Ranked
    from .records import Backtest, Calibrated, Expected, Month, Outlook, Rated, Reason, Surprise
    from .workspaces import expectations_of
else:
    __getattr__ = door(
        __name__,
        {
            "Backtest": "records",
            "Calibrated": "records",
            "Expectations": "expectations",
            "Expected": "records",
            "Explained": "ranker",
            "Facts": "facts",
            "Forecaster": "ranker",
            "History": "occurrence.history",
            "Month": "records",
            "Options": "ranker",
            "Outlook": "records",
            "Query": "ranker",
            "Ranked": "ranker",
            "Rated": "records",
            "Reason": "records",
            "Surprise": "records",
            "backtest": "doors",
            "expectations_of": "workspaces",
            "expected": "doors",
            "history": "occurrence.history",
            "probability": "doors",
            "quadruples": "occurrence.history",
            "read_quadruples": "files",
            "surprises": "doors",
        },
    )

__all__ = [
    "Backtest",
    "Calibrated",
    "Expectations",
    "Expected",
    "Explained",
    "Facts",
    "Forecaster",
    "History",
    "Month",
    "Options",
    "Outlook",
    "Query",
    "Ranked",
    "Rated",
    "Reason",
    "Surprise",
    "backtest",
    "expectations_of",
    "expected",
    "history",
    "probability",
    "quadruples",
    "read_quadruples",
    "surprises",
]
