"""A history of who did what to whom, as arrays: what every forecast of occurrence is learned from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from ...config import MeasuresOptions
from ...errors import ForecastError
from ...measures import acts
from ...measures.acts import Events, counted
from ...records import QUADS
from ..facts import quadruple, rows_of

LONGEST = 36_525
"""Days that a history may span: a century."""
EPOCH = datetime.date(1970, 1, 1).toordinal()
Ints = np.ndarray[Any, np.dtype[np.int32]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
#: days before it of which a document surely tells
TOLD_OF = 7


def number(day: datetime.date) -> int:
    """A day as the number of days since 1970-01-01; of a time, its day; also from YYYY-MM-DD. Raises :class:`ForecastError` F27."""
    try:
        return (datetime.date.fromisoformat(day) if isinstance(day, str) else day).toordinal() - EPOCH
    except (AttributeError, TypeError, ValueError) as fault:
        raise ForecastError("F27", what=repr(day)) from fault


def date(day: int) -> datetime.date:
    """The day of a number."""
    return datetime.date.fromordinal(int(day) + EPOCH)


@dataclass(frozen=True, slots=True)
class History:
    """Facts (actor, type, recipient, day), sorted by the day on which each became known; one row a fact and day.

    ``actor``, ``type`` and ``recipient`` index ``actors`` and ``types``; days are numbered from 1970-01-01. ``known`` is the first day on
    which a fact may be used: its own day, or the day of its first telling where that is later. ``ids`` are the events behind each row.
    ``first`` and ``last`` bound what was observed; ``published`` says for each day between them whether a document was published on it
    (everywhere where no documents are known).
    """

    actors: tuple[str, ...]
    types: tuple[str, ...]
    actor: Ints
    type: Ints
    recipient: Ints
    day: Ints
    known: Ints
    ids: tuple[tuple[str, ...], ...]
    first: int
    last: int
    published: Mask
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.day)

    @property
    def first_fact(self) -> int:
        """The earliest day told of; it may lie before ``first``, recalled in what was read later."""
        return int(self.day.min()) if len(self.day) else self.first

    @property
    def sides(self) -> Ints:
        """Of each type: 1 cooperative, -1 hostile, 0 where the label is none of PLOVER's."""
        quads = [QUADS.get(t, 0) for t in self.types]
        return np.array([0 if not q else 1 if q < 3 else -1 for q in quads], np.int32)

    @property
    def read(self) -> Mask:
        """Of each day from ``first`` to ``last``, whether a document was published within a week of it; else silence is not calm."""
        return self._near(TOLD_OF, TOLD_OF)

    @property
    def told_of(self) -> Mask:
        """The same of documents that can tell of the day: published on it or in the week after."""
        return self._near(0, TOLD_OF)

    def _near(self, before: int, after: int) -> Mask:
        many, days = np.concatenate([[0], np.cumsum(self.published)]), np.arange(len(self.published))
        found: Mask = many[np.minimum(days + after + 1, len(days))] > many[np.maximum(days - before, 0)]
        return found

    def as_of(self, day: int) -> History:
        """What was known at the end of a day."""
        kept = self.known <= day
        ids = tuple(i for i, k in zip(self.ids, kept.tolist(), strict=True) if k)
        columns = (self.actor[kept], self.type[kept], self.recipient[kept], self.day[kept], self.known[kept])
        last = min(self.last, day)
        return History(
            self.actors, self.types, *columns, ids, self.first, last, self.published[: max(0, last - self.first + 1)], self.notes
        )


def history(
    events: Events,
    options: MeasuresOptions,
    read: Iterable[datetime.date] = (),
    known: Mapping[str, datetime.date] | None = None,
) -> History:
    """The history of events (records, the workspace's table, or acts): what happened, and claims by ``count_claimed``, with a day.

    ``read``: days on which documents were published; without them the time from the first to the last fact counts as read.
    ``known``: by event id, the day since which it is known to have happened. Raises :class:`ForecastError` (F21) where nothing is left.
    """
    table = acts(events)
    usable = counted(table, options).filter(pl.col("day").is_not_null())
    if usable.is_empty():
        raise ForecastError("F21", what=f"{table['event'].n_unique()} events, none of them dated, between two parties and told as done")
    since = pl.DataFrame({"event": list(known or ()), "since": list((known or {}).values())}, schema={"event": pl.String, "since": pl.Date})
    facts = usable.select("actor", "type", "recipient", "day", "event").join(since, on="event", how="left", maintain_order="left")
    return _made(facts.with_columns(known=pl.coalesce("since", "day")), sorted({number(d) for d in read}), ())


def quadruples(rows: Iterable[Sequence[Any]]) -> History:
    """The history of bare quadruples (actor, type, recipient, day), the day a date, its text or a number from 1970-01-01. An id is made of
    each: ``2025-07-01 AZE COERCE RUS``.

    Days may come in any order; a fact given twice counts once. Raises :class:`ForecastError`: F21 for none, F02 for a row that is no
    quadruple.
    """
    schema = {"actor": pl.String, "type": pl.String, "recipient": pl.String, "day": pl.Date}
    given = pl.DataFrame([_dated(row, line) for line, row in enumerate(rows_of(rows), 1)], schema=schema, orient="row")
    if given.is_empty():
        raise ForecastError("F21", what="no rows")
    facts = given.unique(maintain_order=True)
    twice = given.height - facts.height
    notes: tuple[str, ...] = ()
    if twice:
        notes = ("1 fact given more than once counts once." if twice == 1 else f"{twice} facts given more than once count once.",)
    facts = facts.filter(pl.col("actor") != pl.col("recipient"))
    if (alone := given.height - twice - facts.height) > 0:
        notes += ("1 act of an actor on itself is left out." if alone == 1 else f"{alone} acts of actors on themselves are left out.",)
    if facts.is_empty():
        raise ForecastError("F21", what="only acts of actors on themselves")
    days = np.asarray(facts["day"].cast(pl.Int32))
    first, last = int(days.min()), int(days.max())
    if last - first > LONGEST:
        raise ForecastError("F04", have=f"{last - first:,}", what=f"days, from {date(first)} to {date(last)}", most=f"{LONGEST:,}")
    named = pl.format("{} {} {} {}", pl.col("day").dt.to_string("iso"), "actor", "type", "recipient")
    return _made(facts.with_columns(event=named, known="day"), [], notes)


def _dated(row: object, line: int) -> tuple[str, str, str, datetime.date]:
    actor, type_, recipient, day = quadruple(row, line)
    try:
        return actor, type_, recipient, date(day)
    except (ValueError, OverflowError) as fault:
        raise ForecastError("F02", line=line, row=repr(row)) from fault


def _made(facts: pl.DataFrame, read: Sequence[int], notes: tuple[str, ...]) -> History:
    """One row for each actor, type, recipient and day; its ids are the events known on the first day on which any of them was."""
    since = pl.max_horizontal("day", "known")
    merged = (
        facts.with_columns(known=since)
        .group_by("actor", "type", "recipient", "day", maintain_order=True)
        .agg(pl.col("known").min(), ids=pl.col("event").filter(pl.col("known") == pl.col("known").min()).unique(maintain_order=True))
        .sort("known", "day", "actor", "type", "recipient")
        .with_columns(pl.col("day", "known").cast(pl.Int32))
    )
    actors = pl.concat([merged["actor"], merged["recipient"].alias("actor")]).unique().sort()
    types = merged["type"].unique().sort()
    numbered = merged.select(
        pl.col("actor", "recipient").cast(pl.Enum(actors)).to_physical().cast(pl.Int32),
        pl.col("type").cast(pl.Enum(types)).to_physical().cast(pl.Int32),
    )
    actor, kind, recipient = (np.array(numbered[c]) for c in ("actor", "type", "recipient"))
    day, late = np.array(merged["day"]), np.array(merged["known"])
    ids = tuple(map(tuple, merged["ids"].to_list()))
    first, last = (read[0], read[-1]) if read else (int(day.min()), int(day.max()))
    return History(tuple(actors), tuple(types), actor, kind, recipient, day, late, ids, first, last, _published(read, first, last), notes)


def _published(read: Sequence[int], first: int, last: int) -> Mask:
    if not read:
        return np.ones(last - first + 1, bool)
    found = np.zeros(last - first + 1, bool)
    found[np.array(read) - first] = True
    return found
