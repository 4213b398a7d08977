"""What forecasts give back: frozen records, ready for JSON with ``as_dict``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..records import as_dict


class Plain:
    """A record as plain values."""

    __slots__ = ()

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready: tuples become lists, nested records dictionaries."""
        return as_dict(self)


#: stands for anybody but the other party in the acts that a reason speaks of
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Reason(Plain):
    """Why: a sentence without capital and stop, and the events that it speaks of.

    ``actor`` did ``type`` (null: anything, to each other) to ``recipient``; ``told`` goes on from there ("3 days earlier"); of a rule
    ``then`` is the type that came after. ``text`` is made of these in codes; reports put them in words.
    """

    kind: str  # repeat | rule | reverse | pair | actor | recipient | type (told where nothing speaks for the act)
    text: str
    effect: float  # log-odds that its group of features adds to a common cell's; negative speaks against
    events: tuple[str, ...]  # the latest first; none where nothing of the kind was reported
    actor: str
    type: str | None
    recipient: str
    told: str
    then: str | None = None
    answered: bool = False  # of a rule: by the one acted upon; else followed, by the same actor
    days: int | None = None
    followed: int | None = None  # of a rule: in so many of its cases, within ``days``
    cases: int | None = None
    own_followed: int | None = None  # the same of the cases that are of this pair
    own_cases: int | None = None
    precedents: tuple[tuple[str, str], ...] = ()  # events of such cases, the latest first: what came before, what came after


@dataclass(frozen=True, slots=True)
class Expected(Plain):
    """One act that may come: the probability that ``actor`` does it to ``recipient`` at least once from ``start`` to ``end``."""

    actor: str
    type: str
    recipient: str
    start: str  # ISO days, inclusive
    end: str
    probability: float
    low: float  # 80% band
    high: float
    base_rate: float  # how often so far, in windows of this length
    lift: float  # probability / base_rate
    reasons: tuple[Reason, ...] = ()
    happened: bool | None = None  # None: not known
    events: tuple[str, ...] = ()  # what came


@dataclass(frozen=True, slots=True)
class Rated(Plain):
    """One way of forecasting, over the same questions. ``skill``: of détente's own against it (Brier), with a 90% band."""

    name: str
    brier: float
    log: float
    calibration: float
    skill: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: str | None = None  # better | worse | not distinguishable, of détente's own


@dataclass(frozen=True, slots=True)
class Month(Plain):
    """One month of a back-test."""

    month: str
    questions: int
    happened: int
    rated: tuple[Rated, ...]


@dataclass(frozen=True, slots=True)
class Calibrated(Plain):
    """Forecasts of alike probability: what was said, how often it came."""

    low: float
    high: float
    forecasts: int
    said: float
    came: float


@dataclass(frozen=True, slots=True)
class Backtest(Plain):
    """How forecasts would have done. ``rated``: détente's own first, then the baselines. Empty where too little was asked."""

    horizon: int
    first: str | None  # first and last day asked about
    last: str | None
    questions: int
    happened: int
    rung: str  # base | rates | logistic | trees: what makes the forecasts now
    rated: tuple[Rated, ...]
    months: tuple[Month, ...]
    bins: tuple[Calibrated, ...]
    verdict: str  # a sentence


@dataclass(frozen=True, slots=True)
class Surprise(Plain):
    """An act that was given little probability and came. ``probability`` is None where nothing had been told of the pair lately."""

    day: str
    actor: str
    type: str
    recipient: str
    probability: float | None
    weight: float  # bits of surprise times the logarithm of what was told of the pair before: the order of the list
    because: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook(Plain):
    """Forecasts of one day: what is expected, how such forecasts did before, and what to bear in mind."""

    as_of: str
    horizon: int
    expected: tuple[Expected, ...]
    backtest: Backtest
    notes: tuple[str, ...]
