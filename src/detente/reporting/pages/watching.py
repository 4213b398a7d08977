"""The watch list on pages: what is new of those watched, and who may be put on it."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from ...workspace import Wanted
from .dyad import dyad_line
from .lines import Facts
from .materials import Materials, parties_of


def watching(materials: Materials, new: Collection[str] | None) -> list[Facts]:
    """Those watched, each with its events and how many of them are new. ``new``: ids of the new events; None: all are."""
    lines = {tuple(sorted((d.a, d.b))): d for d in materials.dyads} if any(w.kind == "dyad" for w in materials.snapshot.watched) else {}
    out = []
    for w in materials.snapshot.watched:
        parties = parties_of(w)
        line = lines.get(parties) if w.kind == "dyad" else None
        out.append(
            {
                "kind": w.kind,
                "key": w.key,
                "parties": [{"code": c, "name": materials.short_name_of(c)} for c in parties],
                "who": w.who,
                "when": w.when,
                "events": materials.snapshot.chronology.number(Wanted(either=parties)),
                "new": materials.snapshot.chronology.number(_new(parties, new)),
                "line": dyad_line(line, materials) if line is not None else None,
            }
        )
    return out


def events_watched(materials: Materials, new: pl.DataFrame, everything: bool) -> pl.DataFrame:
    """Those of the new events that somebody or a pair watched takes part in."""
    chronology = materials.snapshot.chronology
    rows: set[int] = set()
    ids = None if everything else frozenset(new["id"].to_list())
    for w in materials.snapshot.watched:
        rows.update(int(r) for r in chronology.all(_new(parties_of(w), ids)))
    return materials.snapshot.events[sorted(rows)]


def _new(parties: tuple[str, ...], new: Collection[str] | None) -> Wanted:
    return Wanted(either=parties, ids=None if new is None else frozenset(new))


def speakers_watched(materials: Materials) -> list[str]:
    """Ids and names by which claims of the actors watched are found."""
    keys = [w.key for w in materials.snapshot.watched if w.kind == "actor"]
    return list(dict.fromkeys([*keys, *(materials.name_of(k) for k in keys)]))
