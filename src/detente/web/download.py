"""Tables as files: CSV row by row as it is made, guarded against formulas; Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl
from starlette.responses import Response, StreamingResponse

from ..reporting.tables import safe_cell

_AT_ONCE = 500


def csv_response(rows: Iterable[Mapping[str, Any]], name: str) -> Response:
    """Rows as a CSV file; what a spreadsheet would take for a formula is set apart (OWASP, CSV injection)."""
    return StreamingResponse(_lines(rows), media_type="text/csv; charset=utf-8", headers=_as_file(f"{name}.csv"))


def parquet_response(table: pl.DataFrame, name: str) -> Response:
    """A table as a Parquet file."""
    buffer = io.BytesIO()
    table.write_parquet(buffer)
    return Response(buffer.getvalue(), media_type="application/vnd.apache.parquet", headers=_as_file(f"{name}.parquet"))


def _lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for n, row in enumerate(rows):
        if not n:
            writer.writerow(row)
        writer.writerow([safe_cell(v) for v in row.values()])
        if n % _AT_ONCE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _as_file(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}
