"""The same as functions over a table of events (records, the workspace's table, or acts): one call, one answer, nothing kept."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ..config import Config
from ..measures import reading
from ..measures.acts import Events
from ..measures.reading import Documents
from .expectations import Expectations
from .occurrence.history import history
from .records import Backtest, Expected, Outlook, Surprise


def _fitted(
    events: Events,
    config: Config,
    horizon: int,
    as_of: datetime.date | None,
    documents: Documents | None,
    known: Mapping[str, datetime.date] | None,
) -> Expectations:
    read = () if documents is None else reading(documents).days
    return Expectations.fit(history(events, config.measures, read, known), horizon, config.forecasting, as_of)


def probability(
    events: Events,
    query: tuple[str, str, str],
    config: Config,
    horizon: int = 7,
    as_of: datetime.date | None = None,
    documents: Documents | None = None,
    known: Mapping[str, datetime.date] | None = None,
) -> Expected:
    """How likely it is that ``query`` (actor, type, recipient) happens at least once in the ``horizon`` days after ``as_of``.

    ``documents``: what was read, so that silence is told from not reading; without them the time of the events counts as read.
    ``known``: by event id, since when it is known to have happened; without it, from its own day. Raises
    :class:`~detente.errors.ForecastError`: F21 nothing to learn from, F22 ``as_of`` too early, F23 an actor or type unknown, F24 nothing
    told of the two.
    """
    return _fitted(events, config, horizon, as_of, documents, known).probability(*query)


def expected(
    events: Events,
    config: Config,
    horizon: int = 7,
    dyad: tuple[str, str] | None = None,
    top: int | None = 20,
    as_of: datetime.date | None = None,
    documents: Documents | None = None,
    known: Mapping[str, datetime.date] | None = None,
) -> Outlook:
    """The likeliest acts of the ``horizon`` days after ``as_of``, with reasons and the back-test. See :func:`probability`."""
    return _fitted(events, config, horizon, as_of, documents, known).outlook(dyad, top)


def backtest(
    events: Events,
    config: Config,
    horizon: int = 7,
    as_of: datetime.date | None = None,
    documents: Documents | None = None,
    known: Mapping[str, datetime.date] | None = None,
) -> Backtest:
    """How such forecasts would have done, month by month, beside the baselines. See :func:`probability`."""
    return _fitted(events, config, horizon, as_of, documents, known).backtest()


def surprises(
    events: Events,
    config: Config,
    horizon: int = 7,
    dyad: tuple[str, str] | None = None,
    top: int | None = 20,
    documents: Documents | None = None,
    known: Mapping[str, datetime.date] | None = None,
) -> list[Surprise]:
    """What was given little probability and happened. See :func:`probability`."""
    return _fitted(events, config, horizon, None, documents, known).surprises(dyad, top)
