"""The network of actors and the map of places, both in a window of time that can be moved."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from ...measures import Edge, network
from ...measures.acts import counts_in
from ...workspace import Wanted
from ..charts import network_chart
from ..charts.maps import BORDERS, close_up, maps_of
from ..words import day
from .lines import Facts
from .materials import Materials

#: lengths of a window, in months; 0: all that was read
LENGTHS = {1: "one month", 3: "three months", 6: "six months", 12: "a year", 0: "all the time"}
_EDGES = 60
_PLACES = 80


@dataclass(frozen=True, slots=True)
class Window:
    """Some months up to and with ``last`` (its first day); no limits where ``months`` is 0."""

    last: datetime.date | None
    months: int

    @property
    def since(self) -> datetime.date | None:
        """The first day."""
        return self._month(1 - self.months) if self.months else None

    @property
    def until(self) -> datetime.date | None:
        """The last day."""
        after = self._month(1) if self.months else None
        return after - datetime.timedelta(days=1) if after else None

    def _month(self, step: int) -> datetime.date | None:
        if self.last is None:
            return None
        n = self.last.year * 12 + self.last.month - 1 + step
        return datetime.date(n // 12, n % 12 + 1, 1)

    def moved(self, step: int) -> str | None:
        """The month that the window would end with after ``step`` months."""
        found = self._month(step)
        return found.isoformat()[:7] if found else None


def window_of(materials: Materials, until: datetime.date | None, months: int) -> Window:
    """A window that ends with the month of ``until``, or with the last month in which something was read."""
    last = until or materials.reading.last
    return Window(last.replace(day=1) if last else None, months)


def months_of(materials: Materials) -> list[str]:
    """The months from the first act or document to the last document, at most twenty years."""
    first, last = materials.reading.first, materials.reading.last
    if first is None or last is None:
        return []
    known = materials.acts.filter(pl.col("day").is_not_null() & (pl.col("day") <= last))["day"].sort()
    start = min(first, known[len(known) // 50]) if len(known) else first  # not a few acts recalled from long ago
    begin, end = start.year * 12 + start.month - 1, last.year * 12 + last.month - 1
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(max(begin, end - 240), end + 1)]


def _frame(materials: Materials, window: Window) -> Facts:
    months = months_of(materials)
    ends = window.moved(0)
    return {
        "months": window.months,
        "until": ends if window.months else None,
        "lengths": LENGTHS,
        "all_months": months,
        "at": months.index(ends) if ends in months else len(months) - 1,
        "earlier": window.moved(-1) if window.months and months and ends and ends > months[0] else None,
        "later": window.moved(1) if window.months and months and ends and ends < months[-1] else None,
        "window": f"{day(str(window.since))} to {day(str(window.until))}" if window.since else "all the time that was read",
        "since_day": window.since.isoformat() if window.since else None,
        "until_day": window.until.isoformat() if window.until else None,
    }


# ---------------------------------------------------------------- network
def edges_in(materials: Materials, window: Window) -> list[Edge]:
    """What actors do to each other in a window."""

    def make() -> list[Edge]:
        table = materials.acts
        if window.since and window.until:
            table = table.filter(pl.col("day").is_between(window.since, window.until))
        return network(table, materials.config.measures)

    return materials.snapshot.memo(("edges", window.since, window.until), make)


def network_page(materials: Materials, window: Window, of: str | None = None) -> Facts:
    """Actors and signed relations of a window, as a table. ``of``: those of one actor."""
    found = [e for e in edges_in(materials, window) if of is None or of in (e.actor, e.recipient)]
    return {
        **_frame(materials, window),
        "of": of,
        "of_name": materials.name_of(of) if of else None,
        "total": len(found),
        "edges": [
            {
                "actor": e.actor,
                "actor_name": materials.short_name_of(e.actor),
                "recipient": e.recipient,
                "recipient_name": materials.short_name_of(e.recipient),
                "events": e.events,
                "score": e.score,
            }
            for e in found[:_EDGES]
        ],
    }


def network_figure(materials: Materials, window: Window, of: str | None = None) -> dict[str, Any]:
    """The network as a chart that opens pages of pairs and actors; empty where nothing is between two actors."""
    edges = edges_in(materials, window)
    return network_chart(edges, materials.short_name_of, centre=of, linked=True) if edges else {}


# ---------------------------------------------------------------- map
def places_in(materials: Materials, window: Window, types: Sequence[str] = (), either: Sequence[str] = ()) -> list[Facts]:
    """Places with coordinates by number of events that count.

    Countries alone are left out: a dot in their middle would say what nobody said.
    """
    wanted = Wanted(
        type=tuple(types),
        either=tuple(either),
        since=window.since.isoformat() if window.since else None,
        until=window.until.isoformat() if window.until else None,
    )
    rows = materials.snapshot.chronology.all(wanted)
    place = pl.col("place").struct
    table = (
        materials.snapshot.events[rows]
        .filter(counts_in(materials.config.measures))
        .select(
            place.field("name").alias("name"),
            place.field("text").alias("text"),
            place.field("country").alias("country"),
            place.field("latitude").round(2).alias("latitude"),
            place.field("longitude").round(2).alias("longitude"),
        )
        .drop_nulls(["latitude", "longitude"])
        .group_by("latitude", "longitude")
        .agg(pl.coalesce("name", "text").first().alias("name"), pl.col("country").first(), pl.len().alias("events"))
        .sort("events", "name", descending=[True, False])
    )
    return [p for p in table.iter_rows(named=True) if not p["country"] or p["name"] not in (materials.name_of(p["country"]), p["country"])]


def map_page(materials: Materials, window: Window, types: Sequence[str] = (), either: Sequence[str] = (), whole: bool = False) -> Facts:
    """Events by place in a window, as a table; ``beyond``: how many of the places the map leaves out, unless ``whole``."""
    found = places_in(materials, window, types, either)
    drawn = found if whole else close_up(found)
    shown = [{**p, "country_name": materials.name_of(p["country"]) if p["country"] else None} for p in found[:_PLACES]]
    return {
        **_frame(materials, window),
        "places": shown,
        "total": len(found),
        "beyond": len(found) - len(drawn),
        "events": sum(p["events"] for p in found),
        "borders": BORDERS,
    }


def map_figure(
    materials: Materials, window: Window, types: Sequence[str] = (), either: Sequence[str] = (), whole: bool = False, width: int = 680
) -> dict[str, Any]:
    """The map: a close-up where most events lie close together, unless ``whole``."""
    from urllib.parse import urlencode

    limits = {k: v.isoformat() for k, v in (("since", window.since), ("until", window.until)) if v}
    points = [{**p, "href": "/events?" + urlencode({"place": p["name"], **limits})} for p in places_in(materials, window, types, either)]
    maps = maps_of(points, width, closer=not whole)
    return maps[0] if maps else {}
