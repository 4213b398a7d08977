"""An event history as integers: who did what to whom on which day.

The whole of ``forecasting`` works on :class:`Facts`: four arrays of equal length, in order of days, without duplicates, and the names that
their numbers stand for. A day is a number too (days since any day zero); :func:`day_number` and :func:`day_date` go to and from dates.
"""

from __future__ import annotations

import datetime
import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import ForecastError

#: what :meth:`Facts.of` takes: names of actor, type and recipient, and a day as a number or date
Rows = Iterable[tuple[str, str, str, int | datetime.date]]
Ints = npt.NDArray[np.integer[Any]]
EPOCH = datetime.date(1970, 1, 1)
MOST_ACTORS = 2_000_000
MOST_TYPES = 20_000
MOST_DAY = 2**31 - 1
"""The latest day that can be held, as a number."""
LONGEST = 36_600
"""Days that a history may span (a century)."""


def day_number(date: datetime.date) -> int:
    """Days since 1970-01-01."""
    return (date - EPOCH).days


def quadruple(row: Any, line: int) -> tuple[str, str, str, int]:
    """A row as (actor, type, recipient, day since 1970-01-01): three names that are not empty, and a day as a whole number, a date, a time
    (its date), or a text of either. Raises F02 for anything else.
    """
    try:
        if isinstance(row, (str, bytes, Mapping)):
            raise TypeError("a row is a sequence")
        actor, type_, recipient, day = row
        names = [_name(n) for n in (actor, type_, recipient)]
        return names[0], names[1], names[2], _day_of(day)
    except (TypeError, ValueError, OverflowError) as fault:
        raise ForecastError("F02", line=line, row=_shown(row)) from fault


def rows_of(rows: Any) -> Iterator[Any]:
    """The rows of anything that has some; F02 where it has none to give (None, a number)."""
    try:
        return iter(rows)
    except TypeError as fault:
        raise ForecastError("F02", line=0, row=_shown(rows)) from fault


def _name(name: object) -> str:
    if name is None or name != name or not str(name).strip():  # NaN is not itself
        raise ValueError("no name")
    return str(name)


def _day_of(day: Any) -> int:
    if isinstance(day, np.datetime64):
        day = day.astype("datetime64[D]").item()  # None for no time
    if isinstance(day, datetime.date):  # a datetime is one too
        return day_number(datetime.date(day.year, day.month, day.day))
    if isinstance(day, str):
        found = _day(day.strip())
        if found is None:
            raise ValueError("no day")
        return found
    if isinstance(day, (bool, np.bool_)) or int(day) != day:
        raise ValueError("no whole day")
    return int(day)


def day_date(day: int) -> datetime.date:
    """The date of a day counted from 1970-01-01."""
    return EPOCH + datetime.timedelta(days=int(day))


@dataclass(frozen=True)
class Facts:
    """Quadruples (actor, type, recipient, day): ``int32`` arrays of shape ``(n,)``, sorted by day, each quadruple once.

    ``actors[k]`` and ``types[k]`` are the names of the numbers; actors and recipients share one numbering.
    """

    actor: Ints
    type: Ints
    recipient: Ints
    day: Ints
    actors: tuple[str, ...]
    types: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.day)

    @staticmethod
    def of(
        rows: Rows,
        *,
        actors: Sequence[str] = (),
        types: Sequence[str] = (),
    ) -> Facts:
        """From named quadruples; names not in ``actors`` and ``types`` are numbered after them. Days may stand in any order.

        Raises:
            ForecastError: F02 where a row is not three names and a day (:func:`quadruple`).
        """
        who, what = {n: k for k, n in enumerate(actors)}, {n: k for k, n in enumerate(types)}
        numbers: list[tuple[int, int, int, int]] = []
        for at, row in enumerate(rows_of(rows), 1):
            a, t, r, day = quadruple(row, at)
            if abs(day) > MOST_DAY:
                raise ForecastError("F02", line=at, row=_shown(row))
            numbers.append((who.setdefault(a, len(who)), what.setdefault(t, len(what)), who.setdefault(r, len(who)), day))
        table = np.array(numbers, np.int64).reshape(-1, 4)
        return Facts.from_arrays(*table.T, actors=tuple(who), types=tuple(what))

    @staticmethod
    def none(actors: Sequence[str], types: Sequence[str]) -> Facts:
        """An empty history over these names."""
        return Facts.from_arrays([], [], [], [], actors=actors, types=types)

    @staticmethod
    def from_arrays(actor: Any, type: Any, recipient: Any, day: Any, *, actors: Sequence[str], types: Sequence[str]) -> Facts:
        """From four integer arrays of one length; sorts by day and drops duplicates.

        Raises:
            ForecastError: F03 where a column holds anything but whole numbers or numbers have no name, F04 where there are more actors,
                types or days than can be held.
        """
        columns = [_whole(c, what) for c, what in ((actor, "actors"), (type, "types"), (recipient, "recipients"), (day, "days"))]
        if len({len(c) for c in columns}) != 1:
            raise ForecastError("F03", what="columns", have=", ".join(str(len(c)) for c in columns), known="one length")
        for what, numbers, names in (("actors", columns[0], actors), ("types", columns[1], types), ("recipients", columns[2], actors)):
            if len(numbers) and (numbers.min() < 0 or numbers.max() >= len(names)):
                raise ForecastError("F03", what=what, have=f"{numbers.min()} to {numbers.max()}", known=f"0 to {len(names) - 1}")
        for what, have, most in (
            ("actors", len(actors), MOST_ACTORS),
            ("types of event", len(types), MOST_TYPES),
            ("days", int(np.ptp(columns[3])) if len(columns[3]) else 0, LONGEST),
        ):
            if have > most:
                raise ForecastError("F04", have=have, what=what, most=most)
        order = np.lexsort((columns[2], columns[1], columns[0], columns[3]))
        table = np.stack(columns)[:, order].astype(np.int32)
        if table.shape[1]:
            table = table[:, np.r_[True, (np.diff(table, axis=1) != 0).any(0)]]
        a, t, r, d = np.ascontiguousarray(table)
        return Facts(a, t, r, d, tuple(actors), tuple(types))

    @staticmethod
    def read(path: str | Path, *, actors: Sequence[str] = (), types: Sequence[str] = ()) -> Facts:
        """From a tab-separated file (also ``.gz``): actor, type, recipient, day (a number or YYYY-MM-DD) per line; a heading is skipped.

        Where ``actors`` and ``types`` are given and the file holds only numbers, the numbers are positions in them.

        Raises:
            ForecastError: F01 where the file cannot be read, F02 at the line that is no quadruple.
        """
        path = Path(path)
        try:
            with gzip.open(path, "rt", encoding="utf-8-sig") if path.suffix == ".gz" else path.open(encoding="utf-8-sig") as lines:
                rows = [tuple(line.rstrip("\r\n").split("\t")) for line in lines if line.strip()]
        except (OSError, UnicodeDecodeError, EOFError) as fault:
            raise ForecastError("F01", path=path, why=fault) from fault
        if rows and len(rows[0]) >= 4 and _day(rows[0][3]) is None:
            rows = rows[1:]
        for at, row in enumerate(rows, 1):
            if len(row) < 4 or _day(row[3]) is None:
                raise ForecastError("F02", line=at, row=_shown(row))
        if actors and types and all(v.isdecimal() for row in rows for v in row[:3]):
            table = np.array([(r[0], r[1], r[2], _day(r[3])) for r in rows], np.int64).reshape(-1, 4)
            return Facts.from_arrays(*table.T, actors=actors, types=types)
        return Facts.of(((r[0], r[1], r[2], _day(r[3]) or 0) for r in rows), actors=actors, types=types)

    @property
    def days(self) -> list[int]:
        """The days on which something happened, ascending."""
        return [int(d) for d in np.unique(self.day)]

    @property
    def first(self) -> int:
        """The first day; the history must not be empty (F05)."""
        self.need()
        return int(self.day[0])

    @property
    def last(self) -> int:
        """The last day; the history must not be empty (F05)."""
        self.need()
        return int(self.day[-1])

    def need(self) -> None:
        """Raises F05 where the history is empty."""
        if not len(self):
            raise ForecastError("F05")

    def between(self, first: int | None, until: int | None) -> Facts:
        """The facts from day ``first`` on and before day ``until`` (either may be open); names are kept."""
        low = 0 if first is None else int(np.searchsorted(self.day, first))
        high = len(self) if until is None else int(np.searchsorted(self.day, until))
        return self.take(slice(low, max(low, high)))

    def before(self, day: int) -> Facts:
        """What had happened when ``day`` began."""
        return self.between(None, day)

    def on(self, day: int) -> Facts:
        """What happened on ``day``."""
        return self.between(day, day + 1)

    def take(self, which: Any) -> Facts:
        """The facts at these positions (a slice, a mask or ascending positions)."""
        return replace(self, actor=self.actor[which], type=self.type[which], recipient=self.recipient[which], day=self.day[which])

    def joined(self, other: Facts) -> Facts:
        """Both histories in one; names that ``self`` lacks are numbered after its own."""
        if self.actors == other.actors and self.types == other.types:
            actors, types, who, what = self.actors, self.types, None, None
        else:
            a = {n: k for k, n in enumerate(self.actors)}
            t = {n: k for k, n in enumerate(self.types)}
            who = np.array([a.setdefault(n, len(a)) for n in other.actors], np.int32)
            what = np.array([t.setdefault(n, len(t)) for n in other.types], np.int32)
            actors, types = tuple(a), tuple(t)
        return Facts.from_arrays(
            np.r_[self.actor, other.actor if who is None else who[other.actor]],
            np.r_[self.type, other.type if what is None else what[other.type]],
            np.r_[self.recipient, other.recipient if who is None else who[other.recipient]],
            np.r_[self.day, other.day],
            actors=actors,
            types=types,
        )

    def actor_number(self, name: str) -> int:
        """The number of an actor (F06 where nothing is told of it)."""
        return _position(self.actors, name, "actor")

    def type_number(self, name: str) -> int:
        """The number of a type of event (F06 where there is none of it)."""
        return _position(self.types, name, "type of event")


def _whole(column: Any, what: str) -> npt.NDArray[np.int64]:
    """A column as whole numbers (F03 where it holds anything else, or days too far off)."""
    try:
        given = np.asarray(column).ravel()
        if given.dtype.kind == "M":
            given = given.astype("datetime64[D]").astype(np.int64)
        found = given.astype(np.int64) if given.dtype.kind in "iu" or not len(given) else np.array([int(v) for v in given], np.int64)
        if len(found) and ((given.dtype.kind not in "iuM" and (found != given).any()) or np.abs(found).max() > MOST_DAY):
            raise ValueError("no whole numbers")
    except (TypeError, ValueError, OverflowError) as fault:
        raise ForecastError("F03", what=what, have=_shown(column), known=f"whole numbers up to {MOST_DAY:,}") from fault
    return found


def _position(names: tuple[str, ...], name: str, what: str) -> int:
    try:
        return names.index(name)
    except ValueError:
        from difflib import get_close_matches

        near = get_close_matches(str(name), names[:50_000], 3, 0.4) or list(names[:3])
        raise ForecastError("F06", what=what, name=name, near=", ".join(near) or "none") from None


def _day(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        try:
            return day_number(datetime.date.fromisoformat(text))
        except ValueError:
            return None


def _shown(row: object) -> str:
    text = "\t".join(map(str, row)) if isinstance(row, tuple) else str(row)
    return repr(text if len(text) <= 80 else text[:77] + "...")
