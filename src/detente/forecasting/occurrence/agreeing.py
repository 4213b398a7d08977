"""Horizons that agree: what comes within a week also comes within the month around it, so that it can be no likelier.

Each horizon is learned by itself, and where little is known a week may come out above a month.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...errors import ForecastError
from .models import logit, sigmoid

Array = np.ndarray[Any, Any]

#: the horizons that all others are held between, in days
STANDARD = (7, 30)
#: acts from which on a month takes minutes to learn and crosses a week in one cell of a thousand
MANY = 20_000
#: days of the longest horizon
LONGEST = 90


def checked(horizon: int) -> int:
    """A horizon that can be asked about. Raises :class:`ForecastError` F26 where it is not 1 to 90 days."""
    if not isinstance(horizon, (int, np.integer)) or not 1 <= horizon <= LONGEST:
        raise ForecastError("F26", horizon=horizon, most=LONGEST)
    return int(horizon)


def needed(horizon: int, acts: int = 0) -> tuple[int, ...]:
    """The horizons whose probabilities the one of ``horizon`` days rests on, with it, ascending; itself alone where so many ``acts`` are
    known that each is learned well. Raises as :func:`checked`."""
    return (checked(horizon),) if acts > MANY else tuple(sorted({*STANDARD, checked(horizon)}))


def agreeing(said: Mapping[int, Array], horizon: int) -> Array:
    """The probabilities of ``horizon`` days, from those of all :func:`needed` horizons (arrays of one shape), made to agree.

    Where a standard horizon lies above a longer one, both become the mean of their log-odds (pool adjacent violators: Ayer et al. 1955);
    any other is brought between its standard neighbours. A horizon that stands alone stays as it is.
    """
    short, long = STANDARD
    if len(said) == 1:
        return said[horizon]
    both = (logit(said[short]) + logit(said[long])) / 2
    crossed = said[short] > said[long]
    drawn = {short: np.where(crossed, sigmoid(both), said[short]), long: np.where(crossed, sigmoid(both), said[long])}
    if horizon in drawn:
        return drawn[horizon]
    found = np.array(said[horizon])
    for days, p in drawn.items():
        found = np.maximum(found, p) if days < horizon else np.minimum(found, p)
    return found
