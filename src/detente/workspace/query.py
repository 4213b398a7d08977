"""Read-only SQL over the workspace, by Polars."""

from __future__ import annotations

import polars as pl

from ..errors import WorkspaceError
from .store import Workspace


def sql(workspace: Workspace, query: str) -> pl.DataFrame:
    """The result of a SELECT over documents, mentions, events, ties, runs, decisions.

    Raises :class:`WorkspaceError` (W05) for a query that does not run.
    """
    events = workspace.frame("events").with_columns(
        pl.col("actors")
        .list.eval(pl.coalesce(pl.element().struct.field("country"), pl.element().struct.field("id")))
        .list.join(",")
        .alias("actor"),
        pl.col("recipients")
        .list.eval(pl.coalesce(pl.element().struct.field("country"), pl.element().struct.field("id")))
        .list.join(",")
        .alias("recipient"),
        pl.col("outlets").list.len().alias("n_outlets"),
        pl.col("mentions").list.len().alias("n_mentions"),
    )
    context = pl.SQLContext(
        {
            "events": events,
            "mentions": workspace.mentions_frame(),
            "documents": workspace.documents_frame(),
            "ties": workspace.ties_frame(),
            "runs": workspace.frame("runs"),
            "decisions": workspace.frame("decisions"),
        }
    )
    try:
        return pl.DataFrame(context.execute(query, eager=True))
    except (pl.exceptions.PolarsError, ValueError) as fault:
        raise WorkspaceError("W05", why=str(fault).splitlines()[0]) from None
