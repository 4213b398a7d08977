"""Read-only SQL over the workspace, by Polars."""

from __future__ import annotations

import re
from collections.abc import Collection

import polars as pl

from ..errors import WorkspaceError
from .schemas import schema
from .store import Workspace

#: questions to begin with: title, query
EXAMPLES: tuple[tuple[str, str], ...] = (
    (
        "Who does most to whom",
        "select actor, recipient, count(*) as events, round(avg(intensity), 1) as mean_intensity\nfrom events\n"
        "where actor <> '' and recipient <> ''\ngroup by actor, recipient\norder by events desc\nlimit 20",
    ),
    (
        "What outlets tell that nobody else does",
        "select outlets, count(*) as events\nfrom events\nwhere n_outlets = 1\ngroup by outlets\norder by events desc",
    ),
    (
        "Contested events",
        "select date, actor, type, recipient, asserted_by, denied_by, id\nfrom events\nwhere contested\norder by date desc",
    ),
    (
        "Events by month and type",
        "select substr(date, 1, 7) as month, type, count(*) as events\nfrom events\ngroup by month, type\norder by month desc, events desc",
    ),
    (
        "The least sure mentions",
        "select confidence, type, trigger, sentence, id, document\nfrom mentions\norder by confidence\nlimit 50",
    ),
    ("What was decided", 'select "when", who, kind, note, id\nfrom decisions\norder by id desc'),
)


#: the tables that SQL sees
TABLES = ("events", "mentions", "documents", "ties", "runs", "decisions", "watches")


def named(query: str) -> frozenset[str]:
    """The tables that a query may read: those whose name stands anywhere in it."""
    return frozenset(re.findall(r"[a-z]+", query.lower())) & frozenset(TABLES)


def context(workspace: Workspace, tables: Collection[str] = TABLES) -> dict[str, pl.DataFrame]:
    """The tables that SQL sees; events have columns ``actor``, ``recipient`` (codes), ``n_outlets`` and ``n_mentions`` besides.

    Only those named in ``tables`` are read; of the others there are the columns alone.
    """
    whole = {"mentions": workspace.mentions_frame, "documents": workspace.documents_frame, "ties": workspace.ties_frame}

    def codes(column: str) -> pl.Expr:
        code = pl.coalesce(pl.element().struct.field("country"), pl.element().struct.field("id"))
        return pl.col(column).list.eval(code).list.join(",")

    def read(table: str) -> pl.DataFrame:
        if table not in tables:
            return pl.DataFrame(schema=schema(table))
        return whole[table]() if table in whole else workspace.frame(table)

    found = {table: read(table) for table in TABLES}
    found["events"] = found["events"].with_columns(
        codes("actors").alias("actor"),
        codes("recipients").alias("recipient"),
        pl.col("outlets").list.len().alias("n_outlets"),
        pl.col("mentions").list.len().alias("n_mentions"),
    )
    return found


def sql(workspace: Workspace, query: str) -> pl.DataFrame:
    """The result of a SELECT over documents, mentions, events, ties, runs, decisions, watches, with no limit; :mod:`.asking` sets some.

    Raises :class:`WorkspaceError` (W05) for a query that does not run.
    """
    try:
        return pl.DataFrame(pl.SQLContext(context(workspace, named(query))).execute(query, eager=True))
    except (pl.exceptions.PolarsError, ValueError) as fault:
        raise WorkspaceError("W05", why=str(fault).splitlines()[0]) from None
