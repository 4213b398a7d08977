"""The workspace: a folder of append-only Delta tables, one writer at a time, any number of readers meanwhile.

A batch is committed mentions and ties first, documents last; rows whose batch no document row names are never read, so a killed run leaves
the last whole batch and nothing else. The latest coding of a document is the one that counts.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

import polars as pl
from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from ..errors import WorkspaceError
from ..merging.links import Links
from ..records import Decision, Document, Event, Mention, Run, Tie, Watch
from .decisions import Decided, by_document, decide, links_of
from .lock import writer
from .schemas import frame, records, schema

TABLES = ("documents", "mentions", "ties", "events", "runs", "inputs", "decisions", "watches")
_MARK = "detente.workspace"
_COMPACT_EVERY = 50
_BASIS = "detente.basis"


class Workspace:
    """A workspace folder. Make one with :meth:`open`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def open(cls, path: str | Path, create: bool = False) -> Workspace:
        """The workspace at ``path``. Raises :class:`WorkspaceError`: W01 no workspace there, W03 the folder cannot be made or read."""
        folder = Path(path)
        mark = folder / _MARK
        try:
            if create:
                folder.mkdir(parents=True, exist_ok=True)
                if not mark.exists():
                    mark.write_text("1\n", "utf8")
            elif not mark.exists():
                raise WorkspaceError("W01", path=folder)
        except OSError as fault:
            raise WorkspaceError("W03", path=folder, why=fault) from None
        return cls(folder)

    def writing(self) -> AbstractContextManager[None]:
        """Holds the workspace for writing (W02 if somebody else does)."""
        return writer(self.folder)

    # ------------------------------------------------------------ writing
    def append(self, documents: Sequence[Document], mentions: Sequence[Mention], ties: Sequence[Tie], coder: str) -> None:
        """Commits one coded batch."""
        if not documents:
            return
        batch = f"{time.time_ns():020d}-{uuid.uuid4().hex[:6]}"  # sorts by time
        self._append("mentions", frame("mentions", mentions, batch=batch, coder=coder))
        self._append("ties", frame("ties", ties, batch=batch, coder=coder))
        self._append("documents", frame("documents", documents, batch=batch, coder=coder))

    def remember(self, inputs: Sequence[dict[str, Any]]) -> None:
        """Notes files as read: path, size, mtime_ns, coder, documents, refused."""
        self._append("inputs", frame("inputs", inputs))

    def replace_events(self, events: Sequence[Event], basis: str = "") -> None:
        """Events are made anew from the mentions: the table is overwritten (its history stays).

        ``basis`` names what they were made with beside the documents; :meth:`merged` compares it.
        """
        path = str(self.folder / "events")
        note = CommitProperties(custom_metadata={_BASIS: self._basis(basis)})
        try:
            write_deltalake(path, frame("events", events).to_arrow(), mode="overwrite", schema_mode="overwrite", commit_properties=note)
        except (DeltaError, OSError) as fault:
            raise WorkspaceError("W04", table="events", path=self.folder, why=fault) from None

    def merged(self, basis: str) -> bool:
        """Whether the events are those of the documents as they stand, made with the same ``basis``."""
        return self._events_note() == self._basis(basis)

    def merged_with(self, basis: str) -> bool:
        """Whether the events were made with this ``basis``, of these documents or fewer."""
        return (self._events_note() or "").split(" ")[-1] == basis

    def _events_note(self) -> str | None:
        try:
            noted = DeltaTable(str(self.folder / "events")).history(1)[0].get(_BASIS)
        except TableNotFoundError:
            return None
        except (DeltaError, OSError) as fault:
            raise WorkspaceError("W04", table="events", path=self.folder, why=fault) from None
        return None if noted is None else str(noted)

    def _basis(self, basis: str) -> str:
        # Documents and decisions are only appended, and compaction keeps their number: the version alone would change with it.
        decided = self._rows("decisions")
        return " ".join([str(self._rows("documents")), *([f"+{decided}"] if decided else []), basis])

    def _rows(self, table: str) -> int:
        try:
            return sum(DeltaTable(str(self.folder / table)).get_add_actions().column("num_records").to_pylist())
        except TableNotFoundError:
            return 0

    def append_decision(self, decision: Decision) -> None:
        """Adds a decision. Call it while :meth:`writing`; :mod:`detente.pipeline.judging` makes decisions and the events that follow."""
        self._append("decisions", frame("decisions", [decision]))

    def append_watch(self, watch: Watch) -> None:
        """Adds a row to the watch list: also while somebody else writes, since nothing else is made from it."""
        self._append("watches", frame("watches", [watch]))

    def replace_some_events(self, gone: Iterable[str], events: Sequence[Event], decided: bool) -> None:
        """Takes events out and puts others in; the rest of the table stays.

        ``decided``: what follows from the last decision; :meth:`merged` then goes on to hold where it held before that decision.
        """
        path = str(self.folder / "events")
        rest = self.frame("events").filter(~pl.col("id").is_in(list(gone)))
        data = pl.concat([rest, frame("events", events)]).sort("date", "id")
        basis = self._basis_before() if decided else ""
        try:
            note = CommitProperties(custom_metadata={_BASIS: basis})
            write_deltalake(path, data.to_arrow(), mode="overwrite", schema_mode="overwrite", commit_properties=note)
        except (DeltaError, OSError) as fault:
            raise WorkspaceError("W04", table="events", path=self.folder, why=fault) from None

    def _basis_before(self) -> str:
        """The basis of the events with one more decision; empty where they were not those of the documents and decisions before."""
        try:
            noted = str(DeltaTable(str(self.folder / "events")).history(1)[0].get(_BASIS) or "")
        except TableNotFoundError:
            return ""
        parts = noted.split(" ")
        decided = int(parts.pop(1)) if len(parts) > 1 and parts[1].startswith("+") else 0
        if decided + 1 != self._rows("decisions") or parts[0] != str(self._rows("documents")):
            return ""
        return self._basis(" ".join(parts[1:]))

    def append_run(self, run: Run) -> None:
        """Adds a run to the record."""
        self._append("runs", frame("runs", [run]))

    def _append(self, table: str, data: pl.DataFrame) -> None:
        if data.is_empty():
            return
        path = str(self.folder / table)
        try:
            write_deltalake(path, data.to_arrow(), mode="append", schema_mode="merge")
            version = DeltaTable(path).version()
            if version and version % _COMPACT_EVERY == 0:
                DeltaTable(path).optimize.compact()
                DeltaTable(path).create_checkpoint()
        except (DeltaError, OSError) as fault:
            raise WorkspaceError("W04", table=table, path=self.folder, why=fault) from None

    # ------------------------------------------------------------ reading
    def frame(self, table: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """A whole table (or some of its columns) as a frame; empty with its columns where nothing was written yet."""
        wanted = {c: kind for c, kind in schema(table).items() if columns is None or c in columns}
        try:
            found = pl.DataFrame(
                pl.from_arrow(DeltaTable(str(self.folder / table)).to_pyarrow_table(columns=list(columns) if columns else None))
            )
        except TableNotFoundError:
            return pl.DataFrame(schema=wanted)
        except (DeltaError, OSError) as fault:
            raise WorkspaceError("W04", table=table, path=self.folder, why=fault) from None
        # a table written by an earlier version lacks the columns that came later
        return found.select(pl.col(c) if c in found.columns else pl.lit(None, dtype=kind).alias(c) for c, kind in wanted.items())

    def scan(self, table: str) -> pl.LazyFrame:
        """A table as it stands now, to be read in part; all rows, whichever coding they are of."""
        folder, columns = self.folder / table, schema(table)
        try:
            paths = [str(path) for path in DeltaTable(str(folder)).get_add_actions().column("path").to_pylist()]
        except TableNotFoundError:
            paths = []
        except (DeltaError, OSError) as fault:
            raise WorkspaceError("W04", table=table, path=self.folder, why=fault) from None
        if not paths:
            return pl.LazyFrame(schema=columns)
        # The files are named one by one: a folder's own name may hold what stands for something else in an address.
        files = [folder / unquote(p) for p in sorted(paths)]
        return pl.scan_parquet(files, schema=columns, missing_columns="insert", extra_columns="ignore", glob=False)

    def documents_frame(self) -> pl.DataFrame:
        """The latest coding of each document."""
        return self.frame("documents").sort("batch").unique("id", keep="last", maintain_order=True).sort("id")

    def _current(self, table: str, columns: Sequence[str] | None = None, among: Collection[str] | None = None) -> pl.DataFrame:
        latest = self.scan("documents").select("id", "batch").group_by("id").agg(pl.col("batch").max()).rename({"id": "document"})
        rows = self.scan(table) if among is None else self.scan(table).filter(pl.col("id").is_in(list(among)))
        rows = rows if columns is None else rows.select(*dict.fromkeys(("id", "document", "batch", *columns)))
        try:
            return rows.join(latest, on=["document", "batch"], how="semi").collect().sort("id")
        except (pl.exceptions.PolarsError, OSError) as fault:
            raise WorkspaceError("W04", table=table, path=self.folder, why=fault) from None

    def coded_frame(self, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """The mentions of the latest coding of each document (or some of their columns), as coded: before any decision."""
        return self._current("mentions", columns).unique("id", keep="first", maintain_order=True)

    def mentions_frame(self, coded: pl.DataFrame | None = None) -> pl.DataFrame:
        """The mentions of the latest coding of each document, as decided: judged ones as they were judged, without rejected ones.

        ``coded``: :meth:`coded_frame`, where it was read already; likewise below.
        """
        coded = self.coded_frame() if coded is None else coded
        decided = self.decided(coded)
        if not decided.standing:
            return coded
        instead = frame("mentions", decided.instead, batch="decision", coder="decision")
        return pl.concat([coded.filter(~pl.col("id").is_in(list(decided.gone))), instead]).sort("id")

    def mentions_named(self, ids: Collection[str]) -> list[Mention]:
        """Some mentions, by id, as decided; those that are not there, or were rejected, are left out."""
        if not ids:
            return []
        coded = self._current("mentions", among=ids).unique("id", keep="first", maintain_order=True)
        decided = self.decided()
        standing = coded.filter(~pl.col("id").is_in(list(decided.gone)))
        instead = (m for m in decided.instead if m.id in ids)
        return sorted([*records(Mention, standing.iter_rows(named=True)), *instead], key=lambda m: m.id)

    def decisions(self) -> list[Decision]:
        """All decisions, the oldest first."""
        if not (self.folder / "decisions").exists():
            return []
        return records(Decision, self.frame("decisions").sort("id").iter_rows(named=True))

    def watches(self) -> list[Watch]:
        """Everything ever put on the watch list or taken off it, the oldest first."""
        return records(Watch, self.frame("watches").sort("id").iter_rows(named=True))

    def decided(self, coded: pl.DataFrame | None = None) -> Decided:
        """What the decisions do now: see :class:`~detente.workspace.decisions.Decided`."""
        decisions = self.decisions()
        if not decisions:
            return decide((), {})
        documents = list({t.document for d in decisions for t in (*d.target, *d.others)})
        if coded is None:
            return decide(decisions, by_document(self.coded_mentions(documents)))
        found = coded.filter(pl.col("document").is_in(documents))
        return decide(decisions, by_document(records(Mention, found.iter_rows(named=True))))

    def coded_mentions(self, documents: Iterable[str]) -> list[Mention]:
        """The mentions of some documents as coded, before any decision."""
        documents = list(documents)
        read = self.scan("documents").filter(pl.col("id").is_in(documents)).select("id", "batch")
        latest = read.group_by("id").agg(pl.col("batch").max()).rename({"id": "document"})
        told = self.scan("mentions").filter(pl.col("document").is_in(documents))
        current = told.join(latest, on=["document", "batch"], how="semi").collect()
        return records(Mention, current.sort("id").unique("id", keep="first", maintain_order=True).iter_rows(named=True))

    def links(self, coded: pl.DataFrame | None = None) -> Links:
        """Which mentions were decided to be of one event, and which not."""
        decisions = self.decisions()
        return links_of(decisions, self.decided(coded).now) if any(d.kind in ("merge", "split") for d in decisions) else Links()

    def ties_frame(self) -> pl.DataFrame:
        """The ties told in documents."""
        return self._current("ties").unique("id", keep="first", maintain_order=True)

    def documents(self) -> list[Document]:
        """All documents, by id."""
        return records(Document, self.documents_frame().iter_rows(named=True))

    def mentions(self) -> list[Mention]:
        """All mentions, by id."""
        return records(Mention, self.mentions_frame().iter_rows(named=True))

    def ties(self) -> list[Tie]:
        """All ties told in documents."""
        return records(Tie, self.ties_frame().iter_rows(named=True))

    def events(self) -> list[Event]:
        """All events, by date."""
        return records(Event, self.frame("events").sort("date", "id").iter_rows(named=True))

    def runs(self) -> list[Run]:
        """All runs, the oldest first."""
        return records(Run, self.frame("runs").sort("id").iter_rows(named=True))

    def known(self, coder: str) -> set[str]:
        """Ids of the documents already coded by this coder."""
        found = self.frame("documents").filter(pl.col("coder") == coder)
        return set(found["id"].to_list())

    def inputs(self, coder: str) -> dict[str, tuple[int, int]]:
        """Files read before with this coder: path -> (size, mtime_ns)."""
        found = self.frame("inputs").filter(pl.col("coder") == coder)
        return {r["path"]: (r["size"], r["mtime_ns"]) for r in found.iter_rows(named=True)}

    def reread(self, table: str, version: int) -> pl.DataFrame:
        """A table as it stood at an earlier version."""
        return pl.DataFrame(pl.from_arrow(DeltaTable(str(self.folder / table), version=version).to_pyarrow_table()))


Told = TypeVar("Told", Event, Mention)


def select(events: Iterable[Told], **wanted: Any) -> list[Told]:
    """Events or mentions that match all filters given: actor, recipient, either, type, status, outlet, place, since, until, contested.

    Actors match on directory id, country or name, whatever the case.
    """
    out = []
    for e in events:
        if wanted.get("actor") and not _named(e.actors, wanted["actor"]):
            continue
        if wanted.get("recipient") and not (
            _named(e.recipients, wanted["recipient"]) or (not e.recipients and _named(e.actors, wanted["recipient"]))
        ):
            continue
        if wanted.get("type") and e.type != wanted["type"].upper():
            continue
        if wanted.get("status") and e.status != wanted["status"]:
            continue
        if wanted.get("contested") and not getattr(e, "contested", False):
            continue
        if wanted.get("outlet") and not any(wanted["outlet"].lower() in o.lower() for o in getattr(e, "outlets", ())):
            continue
        if wanted.get("place") and not (e.place and wanted["place"].lower() in (e.place.name or e.place.text).lower()):
            continue
        if wanted.get("since") and (e.date or "") < wanted["since"]:
            continue
        if wanted.get("until") and (e.date or "9999") > wanted["until"] + "~":
            continue
        out.append(e)
    return out


def _named(actors: Iterable[Any], wanted: str) -> bool:
    key = wanted.lower()
    return any(key in {str(v).lower() for v in (a.id, a.country, a.name, a.text) if v} for a in actors)
