"""Who deals with whom: active dyads and the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from ..config import MeasuresOptions
from .acts import Events, acts, counted, quads


@dataclass(frozen=True, slots=True)
class DyadSummary:
    """Two actors and what they did to each other. ``forward`` events go from ``a`` to ``b``."""

    a: str
    b: str
    events: int
    forward: int
    backward: int
    joint: int
    forward_score: float | None  # mean intensity a → b
    backward_score: float | None
    hostile: int  # events of quads 3 and 4
    contested: int
    first: str | None
    last: str | None

    @property
    def score(self) -> float | None:
        """Mean of the two directions."""
        known = [v for v in (self.forward_score, self.backward_score) if v is not None]
        return round(sum(known) / len(known), 3) if known else None


@dataclass(frozen=True, slots=True)
class Edge:
    """What one actor did to another over the whole time."""

    actor: str
    recipient: str
    events: int
    score: float
    event_ids: tuple[str, ...]


def network(events: Events, options: MeasuresOptions) -> list[Edge]:
    """Directed edges with volume and mean intensity, the largest first."""
    edges = (
        counted(acts(events), options)
        .group_by("actor", "recipient")
        .agg(pl.len().alias("events"), pl.col("intensity").mean().round(3).alias("score"), pl.col("event"))
        .sort("events", "actor", "recipient", descending=[True, False, False])
    )
    return [Edge(a, r, n, score, tuple(ids)) for a, r, n, score, ids in edges.iter_rows()]


def active_dyads(events: Events, options: MeasuresOptions) -> list[DyadSummary]:
    """Unordered pairs by number of events, the most active first; ``a`` is the one that acts more."""
    table = counted(acts(events), options)
    if table.is_empty():
        return []
    names = pl.concat([table["actor"], table["recipient"]]).unique().sort()
    number = pl.Enum(names)
    sided = table.select(  # numbers are far cheaper to group by than names; acts of one event stand together
        "intensity",
        "contested",
        "date",
        event=pl.col("event").rle_id(),
        actor=pl.col("actor").cast(number).to_physical(),
        recipient=pl.col("recipient").cast(number).to_physical(),
        hostile=quads() >= 3,
    ).with_columns(
        a=pl.min_horizontal("actor", "recipient"),
        b=pl.max_horizontal("actor", "recipient"),
        ahead=pl.col("actor") <= pl.col("recipient"),
    )
    directed = sided.group_by("a", "b").agg(
        pl.col("ahead").sum().alias("forward"),
        (~pl.col("ahead")).sum().alias("backward"),
        pl.col("intensity").filter(pl.col("ahead")).mean().round(3).alias("forward_score"),
        pl.col("intensity").filter(~pl.col("ahead")).mean().round(3).alias("backward_score"),
    )
    whole = (
        sided.unique(["event", "a", "b"], keep="first")
        .group_by("a", "b")
        .agg(
            pl.len().alias("events"),
            pl.col("hostile").sum(),
            pl.col("contested").sum(),
            pl.col("date").min().alias("first"),
            pl.col("date").max().alias("last"),
        )
    )
    rows = whole.join(directed, on=["a", "b"]).iter_rows(named=True)
    found = [_summary({**r, "a": names[r["a"]], "b": names[r["b"]]}) for r in rows]
    return sorted(found, key=lambda d: (-d.events, d.a, d.b))


def _summary(r: dict[str, Any]) -> DyadSummary:
    """A pair with the one that acts more first."""
    a, b, forward, backward = r["a"], r["b"], r["forward"], r["backward"]
    scores = r["forward_score"], r["backward_score"]
    if backward > forward:
        a, b, forward, backward, scores = b, a, backward, forward, scores[::-1]
    joint = forward + backward - r["events"]
    return DyadSummary(a, b, r["events"], forward, backward, joint, *scores, r["hostile"], r["contested"], r["first"], r["last"])
