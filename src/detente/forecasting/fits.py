"""What a history has taught of each horizon, learned when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping

from ..config import ForecastingOptions
from .judging import judged
from .occurrence.history import History
from .occurrence.learning import Learned, learn
from .occurrence.streams import Pairs
from .records import Backtest

Fit = tuple[Learned, Backtest]


class Fits:
    """Of one history up to its last day; ``kept`` spares the learning of the horizons in it."""

    def __init__(self, past: History, pairs: Pairs, options: ForecastingOptions, kept: Mapping[int, Fit] | None = None) -> None:
        self._past, self._pairs, self._options = past, pairs, options
        self._held: dict[int, Fit] = dict(kept or {})

    def of(self, horizon: int) -> Fit:
        """What was learned of ``horizon`` days, and how such forecasts did."""
        if horizon not in self._held:
            learned, asked = learn(self._past, self._pairs, horizon, self._options)
            self._held[horizon] = learned, judged(learned, asked, self._options.seed)
        return self._held[horizon]
