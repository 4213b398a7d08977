"""The answer to a what-if question: one object for the terminal, JSON, the brief and the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from ..records import as_dict

Verdict: TypeAlias = Literal["raises", "lowers", "not distinguishable"]

#: what is watched: tension of the pair (0 … 10), influence of the first on the second (0 … 1), acts a week of the pair by quad class
MEASURES = ("tension", "influence", "quad1", "quad2", "quad3", "quad4")


@dataclass(frozen=True, slots=True)
class Path:
    """One measure, week by week: mean and middle of the futures, and the bands that hold half and four fifths of them."""

    measure: str
    starts: tuple[str, ...]  # first day of each week, ISO
    mean: tuple[float, ...]
    middle: tuple[float, ...]
    low50: tuple[float, ...]
    high50: tuple[float, ...]
    low80: tuple[float, ...]
    high80: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What an assumption changes of one measure, on average over the weeks: the expected change, with what is not known of it."""

    measure: str
    value: float
    low50: float
    high50: float
    low80: float
    high80: float
    above: float  # share of draws in which the assumption raises the measure
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Told:
    """What one method says. Paths are empty where it cannot answer; ``why_not`` says why."""

    method: str
    reference: str
    weight: float  # in the combination, from how it did before
    baseline: tuple[Path, ...]
    scenario: tuple[Path, ...]
    difference: tuple[Path, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()
    why_not: str | None = None

    def change(self, measure: str) -> Change | None:
        """The change of one measure."""
        return next((c for c in self.changes if c.measure == measure), None)


@dataclass(frozen=True, slots=True)
class Analogue:
    """A past case of the same act, and what changed for the pair that stood as the watched pair stands."""

    event: str
    date: str
    actor: str
    type: str
    mode: str | None
    recipient: str
    watched: tuple[str, str]
    likeness: float  # 0 … 1
    change: float  # of the weekly tension of that pair, mean of the weeks after less the weeks before
    expected: float  # the same in matched placebo weeks


@dataclass(frozen=True, slots=True)
class Placebo:
    """The cases against weeks and pairs without such an act."""

    cases: int
    effect: float  # mean change less that of the matched placebos, points of tension
    low: float  # 80% of placebo studies of the same size lie between
    high: float
    p: float  # share of placebo studies with an effect at least as large (randomisation, two-sided)
    studies: int


@dataclass(frozen=True, slots=True)
class Record:
    """How a method did on this very pair: weekly scores ahead, beside a fourth-order autoregression; None where too little is told."""

    method: str
    ahead: int  # weeks
    weeks: int  # forecasts compared
    mae: float | None
    crps: float | None
    mae_ar4: float | None
    crps_ar4: float | None
    cover50: float | None
    cover80: float | None


@dataclass(frozen=True, slots=True)
class Link:
    """A past act, and with what probability another was its offspring ('what answered what')."""

    event: str
    answers: str
    probability: float


#: middle, ends of the 50% band, ends of the 80% band
Band: TypeAlias = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stand:
    """A party to a matter as it went into the bargaining."""

    actor: str
    position: float
    salience: float  # 0 … 1
    capability: float
    spread: float  # by how much its position may be off (a standard deviation)
    assumed: float | None  # its position under the assumption, where a table says so


@dataclass(frozen=True, slots=True)
class Mover:
    """A party that gives way: by how much, on the average of what is drawn."""

    actor: str
    moves: float


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where bargaining over a matter settles, on its line from ``low`` to ``high``."""

    matter: str  # what a table calls it, or the id of the event
    source: str  # "given" or "measured"
    low: float
    high: float
    before: float  # the middle position, by capability and salience, before anybody moves
    outcome: Band
    assumed: Band | None  # with positions as assumed
    change: Band | None
    movers: tuple[Mover, ...]
    stands: tuple[Stand, ...]
    mentions: tuple[str, ...]  # sentences that measured stances rest on


@dataclass(frozen=True, slots=True)
class Scenario:
    """A what-if question and its answer."""

    assumption: str
    steps: tuple[str, ...]
    watch: tuple[str, str]
    origin: str  # ISO day from which futures run: nothing later is known to any method
    horizon: int  # weeks
    acts: int  # in the history that was learned from
    watched_acts: int  # of the watched pair
    first: str
    last: str
    verdicts: dict[str, Verdict]  # by measure, of the combination
    sentence: str  # the verdict in words
    combined: Told
    methods: tuple[Told, ...]
    agreement: float | None  # share of answering methods (by weight) that go the combination's way on tension
    analogues: tuple[Analogue, ...]
    placebo: Placebo | None
    record: tuple[Record, ...]
    links: tuple[Link, ...]
    happened: tuple[Path, ...]  # what came, where the assumption lies in the past
    evidence: tuple[str, ...]  # event ids behind the inputs
    mentions: tuple[str, ...]  # ids of the sentences that tell them
    notes: tuple[str, ...]
    seed: int
    settlement: Settlement | None = None  # where a matter that the assumption is about settles

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return as_dict(self) | {"verdicts": dict(self.verdicts)}
