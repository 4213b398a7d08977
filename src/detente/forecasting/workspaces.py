"""Forecasts of a workspace: what was known when, and what was learned kept in its folder, to be had again at once.

The folder ``forecasts`` holds only what can be made anew; it may be deleted at any time.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import polars as pl

from ..config import Config
from ..errors import ForecastError
from ..measures import acts, reading
from ..measures.reading import day_of
from ..workspace import Workspace
from .earlier import events_by, published_by
from .expectations import Expectations, day_asked
from .fits import Fit
from .keeping import load, save
from .notes import counted
from .occurrence.agreeing import needed
from .occurrence.history import History, date, history

#: counts up when what is learned, or how, changes
_VERSION = 5
_MOST_KEPT = 24
#: letters of a full date
FULL = 10
#: columns of events that acts are made of
_OF_ACTS = (
    *("id", "date", "actors", "recipients", "type", "mode", "status", "contested", "intensity", "outlets"),
    *("answers", "answers_by", "last_told"),
)


def expectations_of(workspace: Workspace, config: Config, horizon: int = 7, as_of: datetime.date | None = None) -> Expectations:
    """What is to be expected after ``as_of`` (the last day read, where none is given) by what had been published by then.

    An event counts from the day on which the first document was published that tells it as done; what was only announced or denied by then
    does not. Of an earlier day the events are those that the documents published by then make, merged without any later one
    (:func:`~.earlier.events_by`). Raises :class:`~detente.errors.ForecastError` as :meth:`Expectations.fit`.
    """
    whole = history_of(workspace, config)
    day = day_asked(whole, as_of)
    h = whole if day == whole.last else history_by(workspace, config, day, whole)
    paths = _paths(workspace, h, config, horizon, as_of)
    kept = _kept(paths)
    found = Expectations.fit(h, horizon, config.forecasting, as_of, kept, whole)
    for days in paths.keys() - kept.keys():
        save(paths[days], *found.fits.of(days), _MOST_KEPT)
    return found


def expectations_kept(workspace: Workspace, config: Config, horizon: int = 7) -> Expectations | None:
    """The same where all of it was learned before of the workspace as it stands; None where anything would have to be learned."""
    if not (workspace.folder / "forecasts").is_dir():
        return None
    h = history_of(workspace, config)
    paths = _paths(workspace, h, config, horizon, None)
    kept = _kept(paths)
    return Expectations.fit(h, horizon, config.forecasting, None, kept) if kept.keys() == paths.keys() else None


def _paths(workspace: Workspace, h: History, config: Config, horizon: int, as_of: datetime.date | None) -> dict[int, Path]:
    """Where what is learned of each horizon needed is kept."""
    return {days: workspace.folder / "forecasts" / f"{_key(h, config, days, as_of)}.npz" for days in needed(horizon, len(h))}


def _kept(paths: dict[int, Path]) -> dict[int, Fit]:
    found = {days: load(path) for days, path in paths.items()}
    return {days: fit for days, fit in found.items() if fit is not None}


def history_of(workspace: Workspace, config: Config) -> History:
    """The history of a workspace's events, each known since the first document that tells it as done."""
    return _history(workspace, config, workspace.frame("events", (*_OF_ACTS, "mentions")), _documents(workspace))


def history_by(workspace: Workspace, config: Config, day: int, whole: History) -> History:
    """The same by the documents published by the end of a day alone, up to that day; ``whole``: that of all.

    Ids are those of today's events. Raises :class:`~detente.errors.ForecastError`: F21 where nothing was known by then.
    """
    events, now = events_by(workspace, config, date(day))
    documents = published_by(_documents(workspace), date(day))
    undated = int((documents["published"].str.len_chars().fill_null(0) < FULL).sum())
    try:
        h = _history(workspace, config, events, documents).as_of(day)
    except ForecastError:
        raise ForecastError("F21", what=f"nothing was known by {date(day)}") from None
    published = whole.published[: day - whole.first + 1]
    ids = tuple(tuple(dict.fromkeys(now[i] for i in row)) for row in h.ids)
    note = (f"{counted(undated, 'document')} without a full date may have been published later; their acts count from their own day.",)
    return replace(h, ids=ids, first=whole.first, last=day, published=published, notes=h.notes + note * bool(undated))


def _documents(workspace: Workspace) -> pl.DataFrame:
    return workspace.frame("documents", ("id", "published", "batch")).sort("batch").unique("id", keep="last", maintain_order=True)


def _history(workspace: Workspace, config: Config, events: pl.DataFrame, documents: pl.DataFrame) -> History:
    if workspace.frame("decisions").is_empty():
        told = workspace.frame("mentions", ("id", "document", "status", "batch"))
        told = told.join(documents, left_on=("document", "batch"), right_on=("id", "batch"), how="semi")
    else:
        told = workspace.mentions_frame()
    known = known_since(events, told, documents)
    return history(acts(events), config.measures, reading(documents.sort("id")).days, known)


def known_since(events: pl.DataFrame, mentions: pl.DataFrame, documents: pl.DataFrame) -> dict[str, datetime.date]:
    """By event, the day of the first document that tells it as done or claims so; events of undated documents are not in it."""
    told = (
        events.select(event="id", mention="mentions")
        .explode("mention")
        .join(mentions.select(mention="id", document="document", status="status"), on="mention")
        .filter(pl.col("status").is_in(["happened", "claimed"]))
        .join(documents.select(document="id", published="published"), on="document")
        .filter(pl.col("published").str.len_chars() == FULL)
        .group_by("event")
        .agg(pl.col("published").min())
    )
    return {e: day for e, iso in told.iter_rows() if (day := day_of(iso)) is not None}


def _key(h: History, config: Config, horizon: int, as_of: datetime.date | None) -> str:
    """Identity of what is learned: the facts as they stand, the options, the question."""
    digest = hashlib.blake2b(digest_size=12)
    for column in (h.actor, h.type, h.recipient, h.day, h.known, h.published):
        digest.update(column.tobytes())
    about = [_VERSION, h.actors, h.types, h.first, horizon, str(as_of), dataclasses.astuple(config.forecasting)]
    digest.update(json.dumps(about).encode())
    return digest.hexdigest()
