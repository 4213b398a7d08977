"""Records to table rows and back: Polars schemas of the Delta tables, made from the record types."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import polars as pl

from ..records import Decision, Document, Event, Mention, Run, Tie, Watch, as_dict

Record = TypeVar("Record")
Reader = Callable[[Any], Any]

#: what a table holds beside the fields of its record
KEYS: dict[str, pl.DataType] = {"batch": pl.String(), "coder": pl.String()}
RECORDS: dict[str, type] = {
    "documents": Document,
    "mentions": Mention,
    "ties": Tie,
    "events": Event,
    "runs": Run,
    "decisions": Decision,
    "watches": Watch,
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
def _readers(kind: type) -> tuple[tuple[str, Reader | None], ...]:
    return tuple((name, _reader(hint)) for name, hint in typing.get_type_hints(kind).items())


def _record(kind: type[Record], row: Mapping[str, Any]) -> Record:
    readers = _readers(kind)  # type: ignore[arg-type]
    return kind(**{name: row[name] if read is None else read(row[name]) for name, read in readers if name in row})


@cache
def _reader(hint: Any) -> Reader | None:
    """What makes a field's value of a frame's value; None where it is the same."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        given = _reader(next(a for a in args if a is not type(None)))
        return None if given is None else lambda value: None if value is None else given(value)
    if origin is tuple:
        return _tuple_reader([_reader(a) for a in args if a is not ...], same=args[-1] is ...)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return lambda value: None if value is None else _record(hint, value)
    return None


def _tuple_reader(readers: Sequence[Reader | None], same: bool) -> Reader:
    if all(r is None for r in readers):
        return lambda value: () if value is None else tuple(value)
    if same and (each := readers[0]) is not None:
        return lambda value: () if value is None else tuple(each(v) for v in value)
    return lambda value: () if value is None else tuple(v if r is None else r(v) for r, v in zip(readers, value, strict=True))
