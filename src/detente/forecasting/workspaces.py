"""Forecasts of a workspace: what was known when, and what was learned kept in its folder, to be had again at once.

The folder ``forecasts`` holds only what can be made anew; it may be deleted at any time.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from pathlib import Path

import polars as pl

from ..config import Config
from ..measures import acts, reading
from ..measures.reading import day_of
from ..workspace import Workspace
from .expectations import Expectations
from .fits import Fit
from .keeping import load, save
from .occurrence.agreeing import needed
from .occurrence.history import History, history

#: counts up when what is learned, or how, changes
_VERSION = 3
_MOST_KEPT = 24
#: columns of events that acts are made of
_OF_ACTS = (
    *("id", "date", "actors", "recipients", "type", "mode", "status", "contested", "intensity", "outlets"),
    *("answers", "answers_by", "last_told"),
)


def expectations_of(workspace: Workspace, config: Config, horizon: int = 7, as_of: datetime.date | None = None) -> Expectations:
    """What is to be expected after ``as_of`` (the last day read, where none is given) by what had been published by then.

    An event counts from the day on which the first document was published that tells it as done; what was only announced or denied by then
    does not. Later documents still show in two ways: an event's parties and type are those that all its tellings agree on, and a claim that
    only they contest is left out throughout. Raises :class:`~detente.errors.ForecastError` as :meth:`Expectations.fit`.
    """
    h = history_of(workspace, config)
    paths = _paths(workspace, h, config, horizon, as_of)
    kept = _kept(paths)
    found = Expectations.fit(h, horizon, config.forecasting, as_of, kept)
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
    documents = workspace.frame("documents", ("id", "published", "batch")).sort("batch").unique("id", keep="last", maintain_order=True)
    if workspace.frame("decisions").is_empty():
        told = workspace.frame("mentions", ("id", "document", "status", "batch"))
        told = told.join(documents, left_on=("document", "batch"), right_on=("id", "batch"), how="semi")
    else:
        told = workspace.mentions_frame()
    events = workspace.frame("events", (*_OF_ACTS, "mentions"))
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
        .filter(pl.col("published").str.len_chars() == 10)
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
