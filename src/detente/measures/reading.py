"""How much was read, and when: what every measure is held against."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import polars as pl

from ..records import Document

#: documents as records, as the workspace's table, or as reading already
Documents: TypeAlias = "Sequence[Document] | pl.DataFrame | Reading"


@dataclass(frozen=True, slots=True)
class Reading:
    """Documents by day of publication. Those dated by month or year only, or not at all, are ``undated``."""

    days: dict[datetime.date, int]
    documents: int
    undated: int

    @property
    def first(self) -> datetime.date | None:
        """The first day on which a document was published."""
        return min(self.days, default=None)

    @property
    def last(self) -> datetime.date | None:
        """The last one."""
        return max(self.days, default=None)


def reading(documents: Documents) -> Reading:
    """The volume of reading of documents."""
    if isinstance(documents, Reading):
        return documents
    if isinstance(documents, pl.DataFrame):
        told: list[str | None] = documents["published"].to_list()
    else:
        told = [d.published for d in documents]
    days = Counter(day for iso in told if (day := day_of(iso)) is not None)
    return Reading(dict(sorted(days.items())), len(told), len(told) - sum(days.values()))


def day_of(iso: str | None) -> datetime.date | None:
    """A full ISO date as a day; None where only a month or a year is known."""
    try:
        return datetime.date.fromisoformat(iso or "")
    except ValueError:
        return None
