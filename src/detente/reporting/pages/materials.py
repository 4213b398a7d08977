"""What pages are made from: the workspace at one moment, the configuration, the names of actors."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from ...config import Config
from ...knowledge import Directory, load_directory
from ...measures import DyadSummary, Reading, TensionPoint, active_dyads, acts, reaching, reading, rescored, tension
from ...merging.ties import directory_ties
from ...records import Tie, Watch
from ...workspace import Snapshot

Dyad = tuple[str, str]


@dataclass(frozen=True)
class Materials:
    """A snapshot with what is needed to read it."""

    snapshot: Snapshot
    config: Config

    @cached_property
    def directory(self) -> Directory:
        """Who is who."""
        return load_directory(self.config.knowledge.directory)

    def name_of(self, code: str) -> str:
        """The name of a code; a code that the directory does not know is its own name."""
        entry = self.directory.entries.get(code)
        return entry.name if entry is not None else code

    def short_name_of(self, code: str) -> str:
        """The name of a code for tables and charts: of a body with a long name its initials, where the directory has them."""
        entry = self.directory.entries.get(code)
        if entry is None or len(entry.name) <= 24:
            return self.name_of(code)
        initials = [n for n in (entry.id, *entry.names) if n.isupper() and 2 <= len(n) <= 8 and " " not in n]
        return min(initials, key=len, default=entry.name)

    @property
    def acts(self) -> pl.DataFrame:
        """The table that measures are taken from."""
        return self.snapshot.memo("acts", lambda: rescored(acts(self.snapshot.events), self.config.measures.intensity))

    @property
    def reading(self) -> Reading:
        """How much was read, and when."""
        return self.snapshot.memo("reading", lambda: reading(self.snapshot.documents))

    @property
    def dyads(self) -> list[DyadSummary]:
        """Pairs of actors, the most active first."""
        return self.snapshot.memo("dyads", lambda: active_dyads(self.acts, self.config.measures))

    def spark(self, dyad: Dyad, weeks: int = 26) -> list[float | None]:
        """Tension of a pair by week, over the last ``weeks`` that were read; null where nothing of it was read."""
        last = self.reading.last
        if last is None:
            return []
        since = last - datetime.timedelta(weeks=weeks)
        quick = dataclasses.replace(self.config.measures, resamples=0)
        window = reaching(quick, since, last)
        lately = self.snapshot.memo(("lately", weeks), lambda: self.acts.filter(window))  # cut once for all pairs

        def make() -> list[float | None]:
            found = tension(lately, self.reading, dyad, quick, "week", since, last)
            return [p.value for p in found]

        return self.snapshot.memo(("spark", dyad, weeks), make)

    def watches(self, *parties: str) -> bool:
        """Whether an actor, or a pair, is on the watch list."""
        return any(sorted(parties_of(w)) == sorted(parties) for w in self.snapshot.watched)

    def ties(self) -> list[Tie]:
        """Ties told in documents and those of the directory."""
        return self.snapshot.memo("all ties", lambda: [*self.snapshot.ties, *directory_ties(self.directory)])

    def tension(self, dyad: Dyad, since: datetime.date | None = None, until: datetime.date | None = None) -> list[TensionPoint]:
        """Tension of a pair by day."""
        pair = (min(dyad), max(dyad))
        return self.snapshot.memo(
            ("tension", pair, since, until), lambda: tension(self.acts, self.reading, pair, self.config.measures, "day", since, until)
        )


def parties_of(watch: Watch) -> tuple[str, ...]:
    """The codes or names of those watched: one, or the two of a pair."""
    return tuple(watch.key.split(",")) if watch.kind == "dyad" else (watch.key,)


def event_of_mention(materials: Materials, ids: pl.Series | None = None) -> pl.DataFrame:
    """The event that each mention (of some ``ids``) tells of: columns event, mention; each mention once."""
    snapshot = materials.snapshot

    def make() -> pl.DataFrame:
        pairs = snapshot.events.select(pl.col("id").alias("event"), pl.col("mentions").alias("mention")).explode("mention")
        return pairs.drop_nulls("mention")

    pairs = snapshot.memo("event of mention", make)
    if ids is not None and len(ids) * 4 < pairs.height:
        pairs = pairs.filter(pl.col("mention").is_in(ids.implode()))
    return pairs.unique("mention", keep="first")
