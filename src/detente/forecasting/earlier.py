"""What a workspace knew on a day: the events that the documents published by then make, merged without any later one.

Which mentions tell one act, its parties, type, day and status: all of it can change with a document read later. Who asks as of a day gets
none of that.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import hashlib
import json
import os
from pathlib import Path

import polars as pl

from ..config import Config
from ..merging import merge
from ..merging.fingerprint import fingerprint
from ..records import Document
from ..workspace import Workspace
from ..workspace.schemas import frame, records

_MOST_KEPT = 24
_NOW = "now"


def published_by(documents: pl.DataFrame, day: datetime.date) -> pl.DataFrame:
    """Documents that may have been published by the end of a day: those without a date too, and those of its month or year."""
    published = pl.col("published").str.slice(0, 10)
    return documents.filter(published.is_null() | (published <= day.isoformat()))


def events_by(workspace: Workspace, config: Config, day: datetime.date) -> tuple[pl.DataFrame, dict[str, str]]:
    """The events of the documents published by the end of a day, as the table of events; and by id which event of today each is part of.

    Decisions about mentions count, whenever they were made. Merging is done once for the same documents and kept in the workspace's
    folder ``forecasts``.
    """
    documents = published_by(workspace.documents_frame(), day)
    path = workspace.folder / "forecasts" / f"{_key(workspace, config, documents)}.parquet"
    kept = _load(path)
    if kept is None:
        kept = _merged(workspace, config, documents)
        _save(path, kept)
    return kept.drop(_NOW), dict(kept.select("id", _NOW).iter_rows())


def _merged(workspace: Workspace, config: Config, documents: pl.DataFrame) -> pl.DataFrame:
    among = set(documents["id"])
    mentions = [m for m in workspace.mentions() if m.document in among]
    today = workspace.events()
    read = records(Document, documents.iter_rows(named=True))
    events = merge(mentions, read, config.merging, today, workspace.links(), afresh=True)
    holds = {m: e.id for e in today for m in e.mentions}
    names = [next((holds[m] for m in e.mentions if m in holds), e.id) for e in events]
    return frame("events", events).with_columns(pl.Series(_NOW, names, pl.String))


def _key(workspace: Workspace, config: Config, documents: pl.DataFrame) -> str:
    """Identity of what is merged: the documents as coded, what was decided of them, how it is merged."""
    about = [fingerprint(), repr(dataclasses.astuple(config.merging)), [d.id for d in workspace.decisions()]]
    digest = hashlib.blake2b(json.dumps(about).encode(), digest_size=12)
    for row in documents.select("id", "batch").sort("id").iter_rows():
        digest.update("\t".join(row).encode())
    return digest.hexdigest()


def _load(path: Path) -> pl.DataFrame | None:
    try:
        found = pl.read_parquet(path, glob=False)
    except (OSError, pl.exceptions.PolarsError):
        return None
    wanted = {**frame("events", ()).schema, _NOW: pl.String()}
    return found if dict(found.schema) == wanted else None


def _save(path: Path, events: pl.DataFrame) -> None:
    """Writes what was merged; of the files beside it the latest stay. A folder that cannot be written is left as it is."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.part")
        events.write_parquet(draft)
        draft.replace(path)
        for old in sorted(path.parent.glob("*.parquet"), key=lambda p: p.stat().st_mtime)[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)
