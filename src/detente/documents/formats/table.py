"""Tables of documents: CSV, TSV, JSON Lines, JSON, Parquet. A row that cannot be read does not lose the others."""

from __future__ import annotations

import csv
import datetime
import functools
import io
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

import pyarrow
import pyarrow.parquet

from ...errors import DocumentError
from .. import dates
from ..building import Dated, Raw
from ..tables import table
from . import html
from . import text as texts

Row = tuple[int, Raw | DocumentError]
_LOOK_AHEAD = 500  # rows looked at to learn how a column writes its dates
_TAG = re.compile(r"</?(?:p|br|div|span|a|b|i|em|strong|h\d|li|ul|img|blockquote)\b[^<>]{0,500}>", re.IGNORECASE)
_NAME = re.compile(r"[^a-z]+")
csv.field_size_limit(1 << 30)  # the size of rows is limited where their lines are read


def read_csv(stream: IO[bytes], most: int, delimiter: str | None) -> Iterator[Row]:
    """Rows of a CSV file, numbered from 1 below its header. Raises D11 without a text column, D15 without rows."""
    first = _line(stream, most)
    if first is None:
        raise DocumentError("D02")
    sample, _ = texts.decode(first)
    mark = delimiter or max(",;\t|", key=lambda c: (sample.count(c), c == ","))
    decoded = itertools.chain([sample.lstrip("\ufeff")], (texts.decode(line)[0] for line in _lines(stream, most)))
    rows = csv.reader(_split(decoded), delimiter=mark)
    try:
        header = [name.strip() for name in next(rows, [])]
    except csv.Error as fault:
        raise DocumentError("D07", format="table", why=f"its header cannot be read ({fault})") from None
    _require_text(header)

    def records() -> Iterator[tuple[int, Mapping[str, Any] | DocumentError]]:
        number = 0
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as fault:
                number += 1
                yield number, DocumentError("D13", why=str(fault))
                continue
            if not any(cell.strip() for cell in row):
                continue
            number += 1
            if len(row) > len(header) and not any(cell.strip() for cell in row[len(header) :]):
                row = row[: len(header)]
            if len(row) > len(header):
                if _columns(tuple(header)).get("text", [""])[0] != header[-1]:
                    yield number, DocumentError("D13", why=f"it has {len(row)} fields where the header has {len(header)}")
                    continue
                row = [*row[: len(header) - 1], mark.join(row[len(header) - 1 :])]  # marks inside an unquoted last column
            yield number, dict(itertools.zip_longest(header, row, fillvalue=""))

    yield from _documents(records(), "csv")


def read_json_lines(stream: IO[bytes], most: int) -> Iterator[Row]:
    """Lines of a JSON Lines file, numbered from 1 (empty ones are counted, not given)."""

    def records() -> Iterator[tuple[int, Mapping[str, Any] | DocumentError]]:
        for number, line in enumerate(_lines(stream, most), 1):
            if not line.strip():
                continue
            if not line.endswith(b"\n") and len(line) > most:
                yield number, DocumentError("D06", size=f"a row of more than {most:,} bytes")
                continue
            try:
                value = json.loads(texts.decode(line)[0])
            except (ValueError, RecursionError) as fault:
                yield number, DocumentError("D13", why=f"it is no JSON ({fault})")
                continue
            if isinstance(value, str):
                value = {"text": value}
            yield number, value if isinstance(value, dict) else DocumentError("D13", why="it is no JSON object")

    yield from _documents(records(), "jsonl")


def read_json(data: bytes) -> Iterator[Row]:
    """A JSON file: a list of objects, an object that holds one (``articles``, ``items`` …), or one document."""
    text, _ = texts.decode(data)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        if text.lstrip().startswith("{") and text.strip().count("\n"):
            yield from read_json_lines(io.BytesIO(data), len(data) + 1)  # JSON Lines under another name
            return
        raise DocumentError("D07", format="JSON file", why=fault) from None
    if isinstance(value, dict):
        lists = table("fields")["lists"]
        inner = next((value[k] for k in value if _plain_name(k) in lists and isinstance(value[k], list)), None)
        value = [value] if inner is None else inner
    if not isinstance(value, list) or not value:
        raise DocumentError("D15", format="JSON file")
    found = ({"text": v} if isinstance(v, str) else v for v in value)
    rows = ((k, v if isinstance(v, dict) else DocumentError("D13", why="it is no JSON object")) for k, v in enumerate(found, 1))
    yield from _documents(rows, "json")


def read_parquet(source: Any) -> Iterator[Row]:
    """Rows of a Parquet file (a path or a seekable stream), numbered from 1. Raises D07 for a damaged one, D11, D15."""
    try:
        file = pyarrow.parquet.ParquetFile(source)
        names = [str(name) for name in file.schema_arrow.names]
    except (pyarrow.ArrowException, OSError) as fault:
        raise DocumentError("D07", format="Parquet file", why=str(fault).splitlines()[0].rstrip(".")) from None
    _require_text(names)
    wanted = sorted({name for found in _columns(tuple(names)).values() for name in found}, key=names.index)

    def records() -> Iterator[tuple[int, Mapping[str, Any] | DocumentError]]:
        number = 0
        try:
            for batch in file.iter_batches(batch_size=256, columns=wanted):
                for record in batch.to_pylist():
                    number += 1
                    yield number, record
        except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as fault:
            yield number + 1, DocumentError("D07", format="rest of the Parquet file", why=str(fault).splitlines()[0].rstrip("."))

    yield from _documents(records(), "parquet")


def _split(lines: Iterable[str]) -> Iterator[str]:
    """Lines for the csv module: without NULs, and parted at lone carriage returns, which old programs end lines with."""
    for line in lines:
        plain = line.replace("\x00", "").replace("\r\n", "\n")
        if "\r" in plain:
            yield from (part + "\n" for part in plain.rstrip("\r\n").split("\r"))
        elif plain:
            yield plain


def _lines(stream: IO[bytes], most: int) -> Iterator[bytes]:
    while (line := _line(stream, most)) is not None:
        yield line


def _line(stream: IO[bytes], most: int) -> bytes | None:
    """The next line; of one longer than ``most`` bytes the beginning (the rest is skipped)."""
    line = stream.readline(most + 1)
    if len(line) > most and not line.endswith(b"\n"):
        while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
            pass
    return line or None


def _documents(rows: Iterable[tuple[int, Mapping[str, Any] | DocumentError]], kind: str) -> Iterator[Row]:
    rows = iter(rows)
    ahead = list(itertools.islice(rows, _LOOK_AHEAD))
    order: dict[str, bool | None] = {}
    for name in {n for _, r in ahead if isinstance(r, Mapping) for n in _columns(tuple(map(str, r))).get("published", ())}:
        order[name] = dates.day_first([str(r[name]) for _, r in ahead if isinstance(r, Mapping) and r.get(name)])
    none = True
    for number, record in itertools.chain(ahead, rows):
        none = False
        yield number, record if isinstance(record, DocumentError) else _document(record, kind, order)
    if none:
        raise DocumentError("D15", format={"csv": "table", "jsonl": "JSON Lines file"}.get(kind, kind.capitalize() + " file"))


def _document(record: Mapping[str, Any], kind: str, order: Mapping[str, bool | None]) -> Raw | DocumentError:
    names = tuple(str(name) for name in record)
    columns = _columns(names)
    if "text" not in columns:
        return _no_text(names)
    values = {field: [(n, v) for n in found if (v := _plain(record.get(n)))] for field, found in columns.items()}
    if not values["text"]:
        return DocumentError("D12")
    text = values["text"][0][1]
    paragraphs = len(_TAG.findall(text[:20_000])) > 1
    if paragraphs:
        text = html.plain(text)
    first = {field: found[0][1] for field, found in values.items() if found}
    return Raw(
        text,
        kind,
        title=first.get("title"),
        outlet=first.get("outlet"),
        author=first.get("author"),
        url=first.get("url"),
        dates=tuple(Dated(v, "column", "certain", order.get(n)) for n, v in values.get("published", [])),
        given=True,
        paragraphs=paragraphs,
    )


def _plain(value: Any) -> str:
    """A cell as text: names of nested objects (``{"name": "Daily"}``), lists joined, dates in ISO form."""
    if value is None or isinstance(value, (bool, bytes)):
        return ""
    if isinstance(value, Mapping):
        return next((_plain(value[k]) for k in ("name", "title", "value", "text", "rendered", "#text") if value.get(k)), "")
    if isinstance(value, (list, tuple)):
        return ", ".join(part for v in value if (part := _plain(v)))
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    text = str(value).strip()
    return "" if text.lower() in ("nan", "none", "null", "nat") else text


def _plain_name(name: object) -> str:
    return _NAME.sub("", str(name).lower())


@functools.lru_cache(maxsize=256)
def _columns(names: tuple[str, ...]) -> dict[str, list[str]]:
    """Which columns hold which field, best first; fields without a column are left out."""
    found: dict[str, list[str]] = {}
    taken = [(_plain_name(name), name) for name in names]
    for field, synonyms in table("fields")["columns"].items():
        columns = [name for synonym in synonyms for plain, name in taken if plain == synonym]
        if columns:
            found[field] = columns
    if "text" not in found:
        for part in table("fields")["text_parts"]:
            columns = [name for plain, name in taken if part in plain and not any(name in other for other in found.values())]
            if columns:
                return {**found, "text": columns}
    return found


def _no_text(names: Iterable[str]) -> DocumentError:
    data = table("fields")["columns"]
    others = ", ".join(f"`{field}`" for field in data if field not in ("text", "id"))
    listed = ", ".join(list(names)[:20]) or "(none)"
    return DocumentError("D11", columns=listed, others=others)


def _require_text(names: list[str]) -> None:
    if "text" not in _columns(tuple(names)):
        raise _no_text(names)
