"""What happened, as arrays: the acts that count of the actors that matter, by day, and as weekly panels of directed dyads."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ..config import MeasuresOptions
from ..measures import acts
from ..measures.acts import Events, counted
from ..records import QUADS, TYPES

Array: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

WEEK = 7
#: quad class of each of TYPES, counted from 0
QUAD_OF: Ints = np.array([QUADS[t] - 1 for t in TYPES])
KIND_OF = {t: n for n, t in enumerate(TYPES)}
#: actors kept beside those asked for: methods look at N² dyads
MOST_ACTORS = 80


@dataclass(frozen=True)
class History:
    """Acts by day. Arrays of one length, one entry for each act of each ordered pair."""

    actors: tuple[str, ...]
    day: Ints  # ordinal days, ascending
    actor: Ints  # index into actors
    recipient: Ints
    kind: Ints  # index into TYPES
    intensity: Array
    once: Array  # 1, or 1/2 for a joint act, which stands in both directions
    label: NDArray[Any]  # mode or words of the act
    event: NDArray[Any]  # ids
    first: int  # ordinal day of the first act
    last: int  # ordinal day of the last act told of or document read

    def __len__(self) -> int:
        return len(self.day)

    @cached_property
    def index(self) -> dict[str, int]:
        """Code of each actor -> its place."""
        return {code: n for n, code in enumerate(self.actors)}

    @cached_property
    def quad(self) -> Ints:
        """Quad class of each act, 0 … 3."""
        return QUAD_OF[self.kind]

    @property
    def weeks(self) -> int:
        """Whole weeks counted back from the last day."""
        return max(0, (self.last - self.first + 1) // WEEK)

    def only(self, keep: Flags, last: int | None = None) -> History:
        """The acts of a mask."""
        return replace(
            self,
            day=self.day[keep],
            actor=self.actor[keep],
            recipient=self.recipient[keep],
            kind=self.kind[keep],
            intensity=self.intensity[keep],
            once=self.once[keep],
            label=self.label[keep],
            event=self.event[keep],
            last=self.last if last is None else last,
        )

    def before(self, day: int) -> History:
        """What was known before an ordinal day."""
        return self.only(self.day < day, min(self.last, day - 1))

    def without(self, events: Collection[str]) -> History:
        """As if some events had not happened."""
        return self.only(~np.isin(self.event, list(events)))

    def between(self, a: int, b: int) -> Flags:
        """Acts of two actors toward each other, either direction."""
        out: Flags = ((self.actor == a) & (self.recipient == b)) | ((self.actor == b) & (self.recipient == a))
        return out


def history(events: Events, options: MeasuresOptions, keep: Sequence[str] = (), last: datetime.date | None = None) -> History:
    """The history of events: acts that count, with a day, between the most active actors and those of ``keep``.

    ``last``: the last day read; the history reaches to it, or to the last act where that is later.
    """
    labels = labels_of(events)
    table = counted(acts(events), options).filter(pl.col("day").is_not_null())
    counts = pl.concat([table["actor"], table["recipient"]]).value_counts(sort=True) if table.height else None
    most = [] if counts is None else counts.sort("count", counts.columns[0], descending=[True, False])[counts.columns[0]].to_list()
    chosen = tuple(dict.fromkeys([*most[:MOST_ACTORS], *sorted(keep)]))
    table = table.filter(pl.col("actor").is_in(chosen) & pl.col("recipient").is_in(chosen)).sort("day", "event", maintain_order=True)
    place = {code: n for n, code in enumerate(chosen)}
    days = (table["day"].dt.epoch("d").to_numpy() + 719163).astype(np.int64) if table.height else np.zeros(0, dtype=np.int64)
    end = max([*([int(days[-1])] if len(days) else []), *([last.toordinal()] if last else [])], default=0)
    words = (table["mode"] if labels is None else table["mode"].fill_null(table["event"].replace_strict(labels, default=""))).fill_null("")
    return History(
        chosen,
        days,
        _coded(table["actor"], place),
        _coded(table["recipient"], place),
        _coded(table["type"], KIND_OF),
        table["intensity"].to_numpy().astype(np.float64),
        np.where(table["joint"].to_numpy(), 0.5, 1.0),
        words.to_numpy().astype(object),
        table["event"].to_numpy().astype(object),
        int(days[0]) if len(days) else end,
        end,
    )


def labels_of(events: Events) -> dict[str, str] | None:
    """The words of each event, where it has any."""
    if not isinstance(events, pl.DataFrame):
        return {e.id: e.label for e in events}
    if "label" not in events.columns:
        return None
    return dict(zip(events["id"].to_list(), events["label"].fill_null("").to_list(), strict=True))


def _coded(column: pl.Series, codes: dict[str, int]) -> Ints:
    return column.replace_strict(codes, default=-1, return_dtype=pl.Int64).to_numpy().astype(np.int64)


def of_arrays(
    actors: Sequence[str], day: Ints, actor: Ints, recipient: Ints, kind: Ints, intensity: Array, last: int, label: Any = None
) -> History:
    """A history from arrays (any order), for back-tests and simulated worlds."""
    order = np.argsort(day, kind="stable")
    n = len(day)
    words = np.full(n, "", dtype=object) if label is None else np.asarray(label, dtype=object)
    ids = np.array([f"e{k}" for k in range(n)], dtype=object)
    return History(
        tuple(actors),
        day[order].astype(np.int64),
        actor[order].astype(np.int64),
        recipient[order].astype(np.int64),
        kind[order].astype(np.int64),
        intensity[order].astype(np.float64),
        np.ones(n),
        words[order],
        ids,
        int(day.min()) if n else last,
        last,
    )


@dataclass(frozen=True)
class Panel:
    """Weeks of directed dyads, ending with the history's last day. Arrays: dyads × weeks (× 4 quad classes)."""

    pairs: Ints  # dyads × 2
    counts: Array  # dyads × weeks × 4
    balance: Array  # dyads × weeks: sum of intensities
    start: int  # ordinal first day of the first week

    @property
    def score(self) -> Array:
        """Mean intensity of the acts of a week; 0 in a week without acts."""
        total = self.counts.sum(axis=2)
        out: Array = np.where(total > 0, self.balance / np.maximum(total, 1), 0.0)
        return out


def panel(told: History, pairs: Ints) -> Panel:
    """The weeks of some directed dyads (rows: actor, recipient)."""
    weeks = told.weeks
    start = told.last + 1 - weeks * WEEK
    size = len(told.actors)
    row = np.full(size * size, -1)
    row[pairs[:, 0] * size + pairs[:, 1]] = np.arange(len(pairs))
    at = row[told.actor * size + told.recipient]
    week = (told.day - start) // WEEK
    inside = (at >= 0) & (told.day >= start) & (week < weeks)
    counts = np.zeros((len(pairs), weeks, 4))
    balance = np.zeros((len(pairs), weeks))
    np.add.at(counts, (at[inside], week[inside], told.quad[inside]), 1.0)
    np.add.at(balance, (at[inside], week[inside]), told.intensity[inside])
    return Panel(pairs, counts, balance, start)
