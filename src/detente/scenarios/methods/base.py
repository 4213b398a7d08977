"""What every method is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

import numpy as np

from ...config import MeasuresOptions
from ..assumption import Assumption, Course
from ..history import Array, History, Ints
from ..result import Analogue, Link, Placebo
from ..watching import Standing

#: the levels at which weekly scores ahead are given: 39, evenly spaced
LEVELS: Array = (np.arange(39) + 0.5) / 39

#: intensity of an act by quad class where nothing is told of any
TYPICAL = (3.5, 8.0, -3.0, -7.5)

#: futures over which an expected change is averaged
FUTURES = 96

Report: TypeAlias = Callable[[float], None]


@dataclass(frozen=True)
class Given:
    """An act of the question, in places and days: what is put in, or taken out."""

    offset: int  # days from the origin
    actor: int
    recipient: int
    type: str
    mode: str | None
    quad: int
    intensity: float
    times: int


@dataclass(frozen=True)
class Question:
    """A what-if question, ready for methods. Nothing of the origin's day or later is in ``told``."""

    told: History
    assumption: Assumption
    watch: tuple[int, int]
    weeks: int
    added: tuple[Given, ...]
    removed: tuple[Given, ...]
    courses: tuple[tuple[int, Course], ...]  # first day from the origin, course
    standing: Standing
    options: MeasuresOptions
    draws: int
    seed: int
    near: frozenset[frozenset[str]] = frozenset()  # pairs of actors that share a land border
    names: Mapping[str, str] = field(default_factory=dict)  # of actors, by code

    @property
    def days(self) -> int:
        """Days of all weeks."""
        return self.weeks * 7


@dataclass(frozen=True)
class Answer:
    """A method's answer: each measure as draws × weeks, without and with the assumption, and what it changes.

    ``shift`` is the change that is to be expected, each draw with other parameters or cases: what is not known of the effect, not the
    chance of the weeks.
    """

    baseline: dict[str, Array]
    scenario: dict[str, Array]
    shift: dict[str, Array]
    notes: tuple[str, ...] = ()
    analogues: tuple[Analogue, ...] = ()
    placebo: Placebo | None = None
    links: tuple[Link, ...] = ()


class CannotAnswer(Exception):
    """A method lacks what it needs: the message says what, in words for the user."""


class Method(Protocol):
    """One way to look ahead. Fits once on a history, then answers questions and is tried on the past."""

    @property
    def name(self) -> str:
        """In words."""

    @property
    def reference(self) -> str:
        """Where the method comes from."""

    @property
    def kind(self) -> type:
        """The dataclass of arrays that :meth:`fit` gives."""

    def fit(self, told: History, report: Report | None = None) -> Any:
        """What is learned from a history (arrays; can be kept)."""

    def paths(self, fitted: Any, question: Question) -> Answer:
        """Futures with and without the assumption. Raises :class:`CannotAnswer`."""

    def signals(self, fitted: Any, told: History, pairs: Ints, horizons: Sequence[int]) -> list[Array]:
        """What the method sees ahead of each week, dyads × (weeks + 1) × signals: known before week w, of week w + horizon - 1; one such
        array for each horizon.

        The last column stands after the history's end. The first signal is the expected score of that week; how signals become a
        distribution says :mod:`~detente.scenarios.bands`.
        """


@dataclass
class Progress:
    """Reports the progress of several parts of work as one, from 0 to 1."""

    report: Callable[[str, float], None] | None
    shares: dict[str, float]
    done: float = field(default=0.0)

    def part(self, name: str) -> Report:
        """The reporter of one part."""
        begin, share = self.done, self.shares.get(name, 0.0)
        self.done += share

        def told(fraction: float) -> None:
            if self.report is not None:
                self.report(name, min(1.0, begin + share * fraction))

        told(0.0)
        return told
