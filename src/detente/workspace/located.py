"""Rows of a large table found by id without reading it: an index of hashes over a copy that is mapped into memory, not loaded."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Collection
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.ipc
from numpy.typing import NDArray

#: rows up to which a table is simply held in memory
IN_MEMORY = 400_000


class Located:
    """A table of which single rows are asked for, by the values of its key columns; ``table`` is the whole of it."""

    def __init__(self, scan: pl.LazyFrame, keys: Collection[str]) -> None:
        """``scan``: the table; ``keys``: the columns of strings by which rows are found."""
        if scan.select(pl.len()).collect().item() <= IN_MEMORY:
            self.table = scan.collect()
        else:
            folder = tempfile.mkdtemp(prefix="detente-")
            weakref.finalize(self, shutil.rmtree, folder, True)
            path = Path(folder) / "table.arrow"
            scan.sink_ipc(path, compression="uncompressed")
            self.table = pl.DataFrame(pl.from_arrow(pa.ipc.open_file(pa.memory_map(str(path))).read_all()))
        self._by = {key: _sorted(self.table[key]) for key in keys}

    def find(self, key: str, values: Collection[str]) -> pl.DataFrame:
        """The rows whose ``key`` is one of some values."""
        hashes, rows = self._by[key]
        wanted = pl.Series("wanted", list(values), dtype=pl.String)
        asked = wanted.hash().to_numpy()
        first, last = np.searchsorted(hashes, asked, "left"), np.searchsorted(hashes, asked, "right")
        found = np.concatenate([rows[a:b] for a, b in zip(first, last, strict=True)]) if len(asked) else rows[:0]
        if not len(found):
            return self.table.head(0)
        pieces = [self.table.slice(int(r), 1) for r in np.sort(found)]  # of a table in many pieces far faster than taking them at once
        return pl.concat(pieces).filter(pl.col(key).is_in(wanted.implode()))


def _sorted(values: pl.Series) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes in order, and the row of each."""
    hashes = values.hash().to_numpy()
    order = np.argsort(hashes, kind="stable")
    return hashes[order], order
