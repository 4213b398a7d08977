"""The workspace as it stands at one moment: what pages and programs ask again and again, loaded when first asked for and kept.

A snapshot never changes. :class:`Current` gives the one of now, and takes a new one when a table has a new version: reading goes on while
a run writes, and what a decision or a run changes is seen by the next question.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

import polars as pl

from ..records import Document, Event, Mention, Run, Tie, Watch
from .chronology import Chronology
from .decisions import Decided
from .located import Located
from .schemas import frame, records
from .store import Workspace
from .watchlist import watched

Made = TypeVar("Made")
Versions = tuple[tuple[str, str], ...]

#: columns of a document that lists show; its texts are read one at a time
ABOUT = ("id", "title", "outlet", "author", "published", "published_from", "url", "path", "format", "language", "repairs", "batch")

#: questions for single mentions that are answered without an index
_UNINDEXED = 4
#: and so many are kept
_KEPT = 2_000

#: what is kept as long as the tables it is made from stand
_FROM = {"located": ("mentions",), "documents": ("documents",), "ties": ("ties", "documents")}


def versions(folder: Path) -> Versions:
    """The newest commit of each table, by the names in its log: cheap enough to ask before every answer."""
    found = []
    for log in sorted(folder.glob("*/_delta_log")):
        newest = max((f.name for f in log.iterdir() if f.suffix == ".json"), default="")
        found.append((log.parent.name, newest))
    return tuple(found)


class Snapshot:
    """A workspace at one moment. ``memo`` keeps what is derived from it as long as it is asked for."""

    def __init__(self, workspace: Workspace, at: Versions) -> None:
        self.workspace = workspace
        self.versions = at
        self._scans = {name: workspace.scan(name) for name in ("events", "documents", "mentions", "ties", "runs")}
        self._kept: dict[Hashable, Any] = {}
        self._locks: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self._asked = 0  # for single mentions
        self._told_of: dict[str, Mention] = {}

    def memo(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` returns, made once a snapshot."""
        with self._lock:
            if key in self._kept:
                return cast(Made, self._kept[key])
            own = self._locks.setdefault(key, threading.Lock())
        with own:
            if key not in self._kept:
                made = make()
                with self._lock:
                    self._kept[key] = made
                    if len(self._kept) > 400:  # answers by filters and windows; the oldest goes
                        del self._kept[next(k for k in self._kept if isinstance(k, tuple))]
            return cast(Made, self._kept[key])

    def made(self, key: Hashable) -> Any:
        """What ``memo`` keeps under a key; None where it was not made yet."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, earlier: Snapshot) -> None:
        """Takes over from an earlier snapshot what depends on tables that are the same."""
        same = set(self.versions) & set(earlier.versions)
        for key, tables in _FROM.items():
            if key in earlier._kept and all(any(name == t for name, _ in same) for t in tables):
                self._kept[key] = earlier._kept[key]

    # ------------------------------------------------------------ events
    @property
    def events(self) -> pl.DataFrame:
        """The table of events."""
        return self.memo("events", lambda: self._scans["events"].collect().rechunk())  # single rows are taken from one piece at once

    @property
    def chronology(self) -> Chronology:
        """Events by date, with their facets."""
        return self.memo("chronology", lambda: Chronology(self.events))

    def event(self, id: str) -> Event | None:
        """One event."""
        return next(iter(self.events_by([id])), None)

    def events_by(self, ids: Collection[str]) -> list[Event]:
        """The events of some ids, in their order."""
        return self.events_at(self.chronology.rows_of(ids))

    def events_at(self, rows: Sequence[int]) -> list[Event]:
        """The events in some rows of the table, in their order."""
        return records(Event, self.events[list(rows)].iter_rows(named=True)) if rows else []

    def events_where(self, wanted: pl.Expr) -> list[Event]:
        """The events of which an expression over the table holds, by date."""
        return records(Event, self.events.filter(wanted).sort("date", "id").iter_rows(named=True))

    # ------------------------------------------------------------ documents
    @property
    def documents(self) -> pl.DataFrame:
        """The documents as last coded, without their texts."""

        def make() -> pl.DataFrame:
            found = self._scans["documents"].select(ABOUT).collect()
            return found.sort("batch").unique("id", keep="last", maintain_order=True).sort("id")

        return self.memo("documents", make)

    def about(self, ids: Collection[str]) -> dict[str, dict[str, Any]]:
        """What is known of some documents, by id."""
        found = self.documents.filter(pl.col("id").is_in(list(ids)))
        return {r["id"]: r for r in found.iter_rows(named=True)}

    def openings(self, ids: Collection[str], letters: int = 240) -> dict[str, str]:
        """How the texts of some documents begin, by id."""
        if not ids:
            return {}
        found = self._scans["documents"].filter(pl.col("id").is_in(list(ids))).select("id", "batch", pl.col("text").str.slice(0, letters))
        return dict(found.collect().sort("batch").select("id", "text").iter_rows())

    def document(self, id: str) -> Document | None:
        """One document with its text."""
        found = self._scans["documents"].filter(pl.col("id") == id).collect().sort("batch").tail(1)
        return next(iter(records(Document, found.iter_rows(named=True))), None)

    # ------------------------------------------------------------ mentions, ties, runs
    @property
    def _located(self) -> Located:
        """All rows of mentions, whichever coding they are of, found by id and by document."""
        return self.memo("located", lambda: Located(self._scans["mentions"], ("id", "document")))

    def mentions(self, ids: Collection[str]) -> dict[str, Mention]:
        """The mentions of some ids, by id; the latest asked for are kept."""
        kept = self._told_of
        missing = [i for i in ids if i not in kept]
        if missing:
            wanted = pl.col("id").is_in(missing)
            found = {m.id: m for m in self._mentions(self._rows("id", missing, wanted), wanted)}
            kept = {**kept, **found}
            self._told_of = kept if len(kept) <= _KEPT else found
        return {i: kept[i] for i in sorted(set(ids)) if i in kept}

    def mentions_of(self, document: str) -> list[Mention]:
        """The mentions of a document, in the order of its text."""
        wanted = pl.col("document") == document
        return sorted(self._mentions(self._rows("document", [document], wanted), wanted), key=lambda m: m.trigger_span)

    def index(self) -> None:
        """Makes mentions findable without reading their table; it comes by itself after some questions."""
        _ = self._located

    def _rows(self, key: str, values: Collection[str], wanted: pl.Expr) -> pl.DataFrame:
        """Rows of mentions: the first times read from the table, since that is sooner than to make them findable."""
        self._asked += 1
        if self._asked <= _UNINDEXED and self.made("located") is None:
            return self._scans["mentions"].filter(wanted).collect()
        return self._located.find(key, values)

    def mentions_where(self, wanted: pl.Expr, columns: Collection[str]) -> pl.DataFrame:
        """Some columns of the mentions (of the latest codings) of which an expression holds."""
        shown = tuple(dict.fromkeys(("id", "document", "batch", *columns)))
        located = self.made("located")
        coded = self._scans["mentions"] if located is None else located.table.lazy()  # what is held needs no unpacking
        return self._told(coded.filter(wanted).select(shown).collect(), wanted)

    def _mentions(self, coded: pl.DataFrame, wanted: pl.Expr) -> list[Mention]:
        return records(Mention, self._told(coded, wanted).iter_rows(named=True))

    def _told(self, coded: pl.DataFrame, wanted: pl.Expr) -> pl.DataFrame:
        """Mentions of the latest codings, as decided. ``coded``: the rows of which ``wanted`` holds."""
        latest = self.documents.select(pl.col("id").alias("document"), "batch")
        if coded.height < latest.height // 4:
            latest = latest.filter(pl.col("document").is_in(coded["document"].unique().implode()))
        found = coded.join(latest, on=["document", "batch"], how="semi").unique("id", keep="first", maintain_order=True)
        if not self.decided.standing:
            return found
        made = frame("mentions", self.decided.instead, batch="decision", coder="decision")
        return pl.concat([found.filter(~pl.col("id").is_in(list(self.decided.gone))), made.filter(wanted).select(coded.columns)])

    @property
    def decided(self) -> Decided:
        """What was decided, and what it does."""
        return self.memo("decided", self.workspace.decided)

    @property
    def watched(self) -> list[Watch]:
        """Who and which pairs are watched now."""
        return self.memo("watched", lambda: watched(self.workspace.watches()))

    @property
    def ties(self) -> list[Tie]:
        """The ties told in documents."""

        def make() -> list[Tie]:
            latest = self.documents.select(pl.col("id").alias("document"), "batch")
            found = self._scans["ties"].collect().join(latest, on=["document", "batch"], how="semi").sort("id")
            return records(Tie, found.unique("id", keep="first", maintain_order=True).iter_rows(named=True))

        return self.memo("ties", make)

    @property
    def runs(self) -> list[Run]:
        """The runs, the oldest first."""
        return self.memo("runs", lambda: records(Run, self._scans["runs"].collect().sort("id").iter_rows(named=True)))


class Current:
    """Gives the snapshot of now."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._snapshot: Snapshot | None = None
        self._lock = threading.Lock()

    def now(self) -> Snapshot:
        """The workspace as it stands; the same object as long as no table has a new version."""
        at = versions(self.workspace.folder)
        with self._lock:
            if self._snapshot is None or self._snapshot.versions != at:
                made = Snapshot(self.workspace, at)
                if self._snapshot is not None:
                    made.keep(self._snapshot)
                self._snapshot = made
            return self._snapshot
