"""Records to table rows and back: Polars schemas of the Delta tables, made from the record types."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import polars as pl

from ..records import Decision, Document, Event, Mention, Run, Tie, as_dict

Record = TypeVar("Record")

#: what a table holds beside the fields of its record
KEYS: dict[str, pl.DataType] = {"batch": pl.String(), "coder": pl.String()}
RECORDS: dict[str, type] = {
    "documents": Document,
    "mentions": Mention,
    "ties": Tie,
    "events": Event,
    "runs": Run,
    "decisions": Decision,
}
INPUTS: dict[str, pl.DataType] = {
    "path": pl.String(),
    "size": pl.Int64(),
    "mtime_ns": pl.Int64(),
    "coder": pl.String(),
    "documents": pl.Int64(),
    "refused": pl.Int64(),
}


@cache
def schema(table: str) -> dict[str, pl.DataType]:
    """Column names and types of a table."""
    if table == "inputs":
        return dict(INPUTS)
    columns = _fields(RECORDS[table])
    return {**columns, **KEYS} if table in ("documents", "mentions", "ties") else columns


def _fields(record: type) -> dict[str, pl.DataType]:
    hints = typing.get_type_hints(record)
    return {f.name: _type(hints[f.name]) for f in dataclasses.fields(record)}


def _type(hint: Any) -> pl.DataType:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _type(next(a for a in args if a is not type(None)))
    if origin is Literal:
        return pl.String()
    if origin is tuple:
        return pl.List(
            _type(args[0]) if args[-1] is ... or len(set(args)) == 1 else pl.Struct({str(n): _type(a) for n, a in enumerate(args)})
        )
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return pl.Struct(_fields(hint))
    return {str: pl.String(), int: pl.Int64(), float: pl.Float64(), bool: pl.Boolean()}[hint]


def frame(table: str, records: Iterable[Any], **keys: str) -> pl.DataFrame:
    """Records as a frame of the table's schema; ``keys`` fill the columns beside the record's own."""
    rows = [{**(r if isinstance(r, Mapping) else as_dict(r)), **keys} for r in records]
    return pl.DataFrame(rows, schema=schema(table), strict=False)


def records(kind: type[Record], rows: Iterable[Mapping[str, Any]]) -> list[Record]:
    """Rows of a frame (``iter_rows(named=True)``) as records."""
    return [_record(kind, row) for row in rows]


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _record(kind: type[Record], row: Mapping[str, Any]) -> Record:
    hints = _hints(kind)  # type: ignore[arg-type]
    return kind(**{name: _value(hint, row[name]) for name, hint in hints.items() if name in row})


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return () if get_origin(hint) is tuple else None
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _value(next(a for a in args if a is not type(None)), value)
    if origin is tuple:
        return tuple(_value(args[0] if args[-1] is ... else args[n], v) for n, v in enumerate(value))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _record(hint, value)
    return value
