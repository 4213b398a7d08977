"""What is assumed: acts that come, acts that had not come, courses that are kept; the records and how they are written.

One assumption a line, or several joined by ``;`` or ``and``:

- an act that comes: ``AZE SUPPORT ARM mode=sign on 2025-09-01`` (``x3`` after it: three such acts);
- an act taken out: ``without e20250627-1f2e3d4c5b``, ``without RUS COERCE AZE on 2025-06-27``, or
  ``as if RUS COERCE AZE on 2025-06-27 had not happened``, ``as if the raid of 2025-06-27 had not happened``;
- a course that is kept: ``RUS→AZE cooperative at +2 for 8 weeks from 2025-09-01`` (the mean intensity of the acts of a week).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

#: a word for an actor (code, name) as the code it counts under; None where nobody is meant
Resolve: TypeAlias = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Act:
    """An act that comes, once or several times on a day."""

    actor: str
    type: str
    recipient: str
    mode: str | None
    day: datetime.date | None  # None: the day after the last one known
    times: int = 1

    def __str__(self) -> str:
        words = [self.actor, self.type, self.recipient, *([f"mode={self.mode}"] if self.mode else [])]
        words += [f"on {self.day}"] if self.day else []
        return " ".join(words + ([f"x{self.times}"] if self.times > 1 else []))


@dataclass(frozen=True, slots=True)
class Removal:
    """An act that had not happened: by the id of its event, by what it was, or by a word for it and its day."""

    event: str | None
    actor: str | None = None
    type: str | None = None
    recipient: str | None = None
    day: datetime.date | None = None
    word: str | None = None

    def __str__(self) -> str:
        if self.event:
            return f"without {self.event}"
        if self.word:
            return f"without the {self.word} of {self.day}"
        return " ".join(["without", *(w for w in (self.actor, self.type, self.recipient) if w), "on", str(self.day)])


@dataclass(frozen=True, slots=True)
class Course:
    """A course that one actor keeps toward another: acts of this mean intensity, week by week."""

    actor: str
    recipient: str
    level: float  # -10 … +10
    weeks: int
    start: datetime.date | None  # None: the day after the last one known

    def __str__(self) -> str:
        sign = "cooperative" if self.level > 0 else "hostile"
        begin = f" from {self.start}" if self.start else ""
        return f"{self.actor}→{self.recipient} {sign} at {self.level:+g} for {self.weeks} weeks{begin}"


Step: TypeAlias = Act | Removal | Course


@dataclass(frozen=True, slots=True)
class Assumption:
    """All that is assumed together."""

    text: str
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return "; ".join(str(s) for s in self.steps)

    @property
    def actors(self) -> tuple[str, ...]:
        """Everybody who takes part, in the order told."""
        named = [a for s in self.steps for a in (s.actor, s.recipient) if a]
        return tuple(dict.fromkeys(named))
