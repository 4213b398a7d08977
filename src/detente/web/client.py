"""A workspace that a running workbench serves: read over HTTP, by the same methods as a folder."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import polars as pl

from ..errors import DetenteError, WebError
from ..records import Decision
from ..workspace import Workspace
from ..workspace.schemas import records, schema
from .security import CLIENT

_PATIENCE = httpx.Timeout(120.0, connect=5.0)


class ServedFault(DetenteError):
    """An error that the workbench answered with."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        self.code, self.message, self.hint = code, message, hint
        self.facts = {}
        Exception.__init__(self, f"[{code}] {message} {hint}")


class ServedWorkspace(Workspace):
    """Reads what a workbench serves. Tables are fetched when first asked for and kept. Nothing is written: H25."""

    def __init__(self, url: str, token: str | None = None) -> None:
        super().__init__(Path(url))
        self.url = url.rstrip("/")
        self._token = token
        self._tables: dict[str, pl.DataFrame] = {}

    def ask(self, address: str, **parameters: Any) -> httpx.Response:
        """The answer to a GET. Raises :class:`WebError` (H24) where nobody answers, else what the workbench says is wrong."""
        headers = {CLIENT: "1", "accept": "application/json", **({"authorization": f"Bearer {self._token}"} if self._token else {})}
        try:
            answer = httpx.get(self.url + address, params=parameters, headers=headers, timeout=_PATIENCE)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as fault:
            raise WebError("H24", url=self.url, why=str(fault) or type(fault).__name__) from None
        if answer.is_success:
            return answer
        try:
            told = answer.json()["error"]
            raise ServedFault(str(told["code"]), str(told["message"]), str(told["hint"]))
        except (ValueError, KeyError, TypeError):
            raise WebError("H24", url=self.url, why=f"it answers {answer.status_code}") from None

    def sql(self, query: str, limit: int = 100_000) -> pl.DataFrame:
        """The answer to a SELECT, within the workbench's limits."""
        told = self.ask("/api/sql", q=query, limit=limit).json()
        return pl.DataFrame(told["rows"], infer_schema_length=None) if told["rows"] else pl.DataFrame(schema=told["columns"])

    # ------------------------------------------------------------ as a folder
    def frame(self, table: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        if table not in self._tables:
            body = self.ask(f"/api/tables/{table}.parquet").content
            try:
                self._tables[table] = pl.read_parquet(io.BytesIO(body))
            except pl.exceptions.PolarsError as fault:
                raise WebError("H24", url=self.url, why=f"it sends what is no table ({fault})") from None
        found = self._tables[table]
        wanted = {c: kind for c, kind in schema(table).items() if columns is None or c in columns}
        return found.select(pl.col(c) if c in found.columns else pl.lit(None, dtype=kind).alias(c) for c, kind in wanted.items())

    def documents_frame(self) -> pl.DataFrame:
        return self.frame("documents")

    def mentions_frame(self, coded: pl.DataFrame | None = None) -> pl.DataFrame:
        return self.frame("mentions")

    def ties_frame(self) -> pl.DataFrame:
        return self.frame("ties")

    def decisions(self) -> list[Decision]:
        return records(Decision, self.frame("decisions").sort("id").iter_rows(named=True))

    def scan(self, table: str) -> pl.LazyFrame:
        return self.frame(table).lazy()

    def writing(self) -> AbstractContextManager[None]:
        raise WebError("H25", what="writing", known="a workbench is changed at its own pages.")
