"""The table that every measure is taken from: one row for each ordered pair of actors an event has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import polars as pl

from ..config import MeasuresOptions
from ..records import QUADS, TOLD_ANSWERS, Event
from .counting import ALONGSIDE, TOGETHER, pairs

#: stands for anybody in a dyad: ("USA", ANYONE) is what passes between the United States and the rest
ANYONE = "*"

SCHEMA: dict[str, pl.DataType] = {
    "event": pl.String(),
    "date": pl.String(),  # as told: a day, a month or a year
    "day": pl.Date(),  # null where no day is known
    "actor": pl.String(),
    "recipient": pl.String(),
    "joint": pl.Boolean(),  # the parties act on each other
    "type": pl.String(),
    "mode": pl.String(),
    "status": pl.String(),
    "contested": pl.Boolean(),
    "intensity": pl.Float64(),
    "outlets": pl.List(pl.String()),
    "answers": pl.String(),
    "told": pl.Boolean(),  # a text says what it answers
    "share": pl.Float64(),  # one divided by the event's number of pairs: sums to the number of events
}

#: events as records, as the workspace's table, or as acts already
Events: TypeAlias = Sequence[Event] | pl.DataFrame


def acts(events: Events) -> pl.DataFrame:
    """The acts of events: columns of :data:`SCHEMA`, by day. An event without two parties has none; acts are given back as they are."""
    if not isinstance(events, pl.DataFrame):
        return _of_records(events)
    if "share" in events.columns:
        return events
    return _of_frame(events)


def _of_records(events: Sequence[Event]) -> pl.DataFrame:
    rows = []
    for e in events:
        found = list(pairs(e))
        told, share = e.answers_by in TOLD_ANSWERS, 1 / max(1, len(found))
        fixed = (not e.recipients, e.type, e.mode, e.status, e.contested, e.intensity, list(e.outlets), e.answers, told, share)
        rows += [(e.id, e.date, None, a, r, *fixed, e.last_told) for a, r in found]
    table = pl.DataFrame(rows, schema={**SCHEMA, "last_told": pl.String()}, orient="row")
    return table.with_columns(day=_day()).select(list(SCHEMA)).sort("day", "event", maintain_order=True)


def _of_frame(events: pl.DataFrame) -> pl.DataFrame:
    """The same from the workspace's table of events, without leaving Polars."""
    sided = events.lazy().with_columns(_codes("actors"), _codes("recipients")).with_columns(joint=pl.col("recipients").list.len() == 0)
    alongside = pl.col("type").is_in(sorted(ALONGSIDE))
    others = pl.col("recipients").list.set_difference("actors")
    together = pl.when(pl.col("type").is_in(sorted(TOGETHER))).then(pl.col("recipients").list.set_union("actors")).otherwise("recipients")
    paired = (
        sided.with_columns(recipients=pl.when(alongside).then(others).when(pl.col("joint")).then("actors").otherwise(together))
        .explode("actors")
        .explode("recipients")
        .rename({"id": "event", "actors": "actor", "recipients": "recipient"})
        .filter(pl.col("actor") != pl.col("recipient"))
        .with_columns(day=_day(), told=pl.col("answers_by").is_in(TOLD_ANSWERS).fill_null(False), share=1 / pl.len().over("event"))
        .select(list(SCHEMA))
        .sort("day", "event", maintain_order=True)
    )
    return paired.collect()


def _codes(role: str) -> pl.Expr:
    """Whom each actor counts for, as :attr:`~detente.records.Actor.code` says, each once."""
    who = [pl.element().struct.field(name) for name in ("country", "id", "name", "text")]
    return pl.col(role).list.eval(pl.coalesce(who)).list.unique(maintain_order=True)


def _day() -> pl.Expr:
    """The day of an act; null where only a month or a year is told, or a day after its last telling (a misread date, or a plan)."""
    day = pl.col("date").str.to_date("%Y-%m-%d", strict=False)
    told = pl.col("last_told").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return pl.when(told.is_null() | (day <= told + pl.duration(days=1))).then(day)


def counted(table: pl.DataFrame, options: MeasuresOptions) -> pl.DataFrame:
    """The acts that count: what happened, and claims by ``count_claimed``; all have an intensity."""
    return table.filter(counts_in(options) & pl.col("intensity").is_not_null())


def counts_in(options: MeasuresOptions) -> pl.Expr:
    """:func:`~detente.measures.counting.counts` as an expression."""
    happened = pl.col("status") == "happened"
    if options.count_claimed == "none":
        return happened
    claimed = pl.col("status") == "claimed"
    return happened | (claimed if options.count_claimed == "all" else claimed & ~pl.col("contested"))


def between(table: pl.DataFrame, dyad: tuple[str, str], both: bool = False) -> pl.DataFrame:
    """Acts of an ordered dyad, or of both directions (then a joint act stands once). Either side may be :data:`ANYONE`."""
    ahead = _from_to(*dyad)
    if not both:
        return table.filter(ahead) if dyad[1] != ANYONE else table.filter(ahead).unique("event", keep="first", maintain_order=True)
    return table.filter(ahead | _from_to(dyad[1], dyad[0])).unique("event", keep="first", maintain_order=True)


def _from_to(actor: str, recipient: str) -> pl.Expr:
    ahead = pl.lit(True) if actor == ANYONE else pl.col("actor") == actor
    return ahead if recipient == ANYONE else ahead & (pl.col("recipient") == recipient)


def quads() -> pl.Expr:
    """The quad class of each act."""
    return pl.col("type").replace_strict(QUADS, default=0, return_dtype=pl.Int64)
