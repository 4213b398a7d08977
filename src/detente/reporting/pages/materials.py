"""What pages are made from: the workspace at one moment, the configuration, the names of actors."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from ...config import Config
from ...knowledge import Directory, load_directory
from ...measures import Reading, TensionPoint, acts, reading, rescored, tension
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

    @property
    def acts(self) -> pl.DataFrame:
        """The table that measures are taken from."""
        return self.snapshot.memo("acts", lambda: rescored(acts(self.snapshot.events), self.config.measures.intensity))

    @property
    def reading(self) -> Reading:
        """How much was read, and when."""
        return self.snapshot.memo("reading", lambda: reading(self.snapshot.documents))

    def tension(self, dyad: Dyad, since: datetime.date | None = None, until: datetime.date | None = None) -> list[TensionPoint]:
        """Tension of a pair by day."""
        pair = (min(dyad), max(dyad))
        return self.snapshot.memo(
            ("tension", pair, since, until), lambda: tension(self.acts, self.reading, pair, self.config.measures, "day", since, until)
        )
