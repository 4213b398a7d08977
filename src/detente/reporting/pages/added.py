"""What came of documents that were added: each with what was coded in it."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from .lines import Facts
from .materials import Materials

_SHOWN = 200


def added(materials: Materials, folder: Path) -> list[Facts]:
    """The documents read from a folder, with how many acts each tells."""
    found = materials.snapshot.documents.filter(pl.col("path").str.starts_with(f"{folder}/")).head(_SHOWN)
    ids = found["id"].to_list()
    told = materials.snapshot.mentions_where(pl.col("document").is_in(ids), ()).group_by("document").len() if ids else None
    count = dict(zip(told["document"].to_list(), told["len"].to_list(), strict=True)) if told is not None else {}
    return [
        {
            "id": r["id"],
            "title": r["title"],
            "outlet": r["outlet"],
            "published": r["published"],
            "file": Path(r["path"]).name,
            "mentions": count.get(r["id"], 0),
        }
        for r in found.iter_rows(named=True)
    ]
