"""Whole tables, as decided: what another détente asks for with ``--server``, and anybody who wants to go on with them."""

from __future__ import annotations

from typing import Literal

import polars as pl
from fastapi import APIRouter
from starlette.responses import Response

from ...workspace.schemas import frame
from ..desk import DeskOf
from ..download import parquet_response

router = APIRouter(prefix="/api/tables", tags=["tables"])
Table = Literal["events", "mentions", "documents", "ties", "runs", "decisions", "watches"]


@router.get("/{name}.parquet", response_class=Response)
def table(desk: DeskOf, name: Table, texts: bool = False) -> Response:
    """A table as Parquet with every field. Documents come without their texts unless `texts` is set."""
    workspace = desk.workspace
    if name == "mentions":
        return parquet_response(workspace.mentions_frame(), name)
    if name == "ties":
        return parquet_response(workspace.ties_frame(), name)
    if name != "documents":
        return parquet_response(workspace.frame(name), name)
    found = workspace.documents_frame()
    if not texts:
        empty = frame("documents", []).schema
        found = found.with_columns(
            pl.lit("").alias("text"), pl.lit("").alias("original"), pl.lit([], dtype=empty["pieces"]).alias("pieces")
        )
    return parquet_response(found, name)
