"""From files to documents and refusals: every file, member of an archive or row of a table ends as exactly one of the two."""

from __future__ import annotations

import errno
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, Protocol, cast

from ..config import DocumentsOptions
from ..errors import DocumentError
from ..records import Document, Refusal
from . import building, sniffing
from .building import Raw
from .finding import find_inputs
from .formats import feed, html, mail, pdf, table, text, word

Read = Document | Refusal

_HEAD = 65536
_TABLES = ("csv", "tsv", "jsonl", "parquet")
_DEEPEST = 2  # an archive in an archive
#: Unpacked data that is so many times larger than packed, and over the size limit, is a bomb. News text packs 2 to 10 times.
_BOMB = 200
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError)


def read(paths: str | Path | Iterable[str | Path], options: DocumentsOptions | None = None) -> Iterator[Read]:
    """Every document under ``paths`` (files, folders), in the order of :func:`find_inputs`, and a refusal for what cannot be read.

    A file, each member of an archive, each row of a table and each entry of a feed gives exactly one of the two. ``options``: None
    takes the defaults. Raises nothing for bad input.
    """
    for path in find_inputs(paths):
        yield from read_one(path, options)


def read_one(path: str | Path, options: DocumentsOptions | None = None) -> Iterator[Read]:
    """What stands in one file: as :func:`read`, for spreading the work over processes."""
    options = options or building.default_options()
    path = str(path)
    named = _printable(path)
    try:
        stream = _open(path)
    except DocumentError as fault:
        yield fault.refusal(named)
        return
    with stream:
        for found in _source(_Limited(stream, 0, options.max_bytes), path, path, options, 0, packed=None):
            yield found if named == path else replace(found, path=_printable(found.path or named))


def _printable(path: str) -> str:
    """The name of a file with the bytes that are no UTF-8 shown as U+FFFD."""
    return path.encode("utf8", "surrogateescape").decode("utf8", "replace")


def _open(path: str) -> IO[bytes]:
    if path.split(":", 1)[0].lower() in ("http", "https", "ftp"):
        raise DocumentError("D16")
    try:
        if Path(path).is_dir():
            next(Path(path).iterdir(), None)  # only a folder that cannot be listed comes here
        elif Path(path).exists() and not Path(path).is_file():
            raise DocumentError("D03", why="it is no ordinary file")
        return Path(path).open("rb")
    except FileNotFoundError:
        if Path(path).is_symlink():
            raise DocumentError("D03", why="it is a link to something that is not there") from None
        raise DocumentError("D01", path=path) from None
    except (OSError, ValueError) as fault:
        why = "it is a link that leads back to itself" if getattr(fault, "errno", 0) == errno.ELOOP else _reason(fault)
        raise DocumentError("D03", why=why) from None


def _reason(fault: Exception) -> str:
    return (getattr(fault, "strerror", None) or str(fault)).lower()


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Limited(io.RawIOBase):
    """A stream that counts what is read through it and stops at a bomb. ``packed`` is its packed size in bytes, 0 for not packed."""

    def __init__(self, stream: _Readable, packed: int, most: int) -> None:
        self._stream = stream
        self._packed = packed
        self._most = most
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._count += len(data)
        if self._packed and self._count > self._most and self._count > _BOMB * self._packed:
            raise DocumentError("D06", size=f"unpacked more than {_BOMB} times its packed size")
        return len(data)


def _source(raw: _Limited, name: str, path: str, options: DocumentsOptions, depth: int, *, packed: int | None) -> Iterator[Read]:
    """What stands in an open stream. ``name`` tells the format, ``path`` names it in what is given back."""
    try:
        buffered = io.BufferedReader(raw, _HEAD)
        kind = sniffing.kind_of(name, buffered.peek(_HEAD)[:4096])
        stream = cast(IO[bytes], buffered)
        if kind == "gz":
            if depth >= _DEEPEST:
                raise DocumentError("D14", why="it is packed more than twice")
            size = Path(path).stat().st_size if packed is None else packed
            with gzip.GzipFile(fileobj=stream) as inner:
                yield from _source(_Limited(inner, max(size, 1), options.max_bytes), _unpacked(name), path, options, depth + 1, packed=size)
        elif kind == "zip":
            yield from _archive(stream, path, options, depth, packed)
        elif kind in _TABLES:
            yield from _rows(kind, stream, path, options, packed)
        else:
            yield from _file(kind, stream, path, options)
    except DocumentError as fault:
        yield fault.refusal(path)
    except _DAMAGE as fault:
        yield DocumentError("D10", why=str(fault).rstrip(".") or "unexpected end").refusal(path)
    except OSError as fault:
        yield DocumentError("D03", why=_reason(fault)).refusal(path)
    except Exception as fault:
        # The parsers of formats are other people's and raise anything on damaged input; the other files must still be read.
        yield DocumentError("D07", format="file", why=f"its reader stopped with {type(fault).__name__}: {fault}"[:300]).refusal(path)


def _unpacked(name: str) -> str:
    return name[: -len(sniffing.suffix_of(name)) - 1] if sniffing.kind_by_name(name) == "gz" else name


def _whole(stream: IO[bytes], most: int) -> bytes:
    data = stream.read(most + 1)
    if len(data) > most:
        raise DocumentError("D06", size=f"more than {most:,} bytes")
    return data


def _archive(stream: IO[bytes], path: str, options: DocumentsOptions, depth: int, packed: int | None) -> Iterator[Read]:
    if depth >= _DEEPEST:
        raise DocumentError("D14", why="it is packed more than twice")
    file: str | io.BytesIO = path if packed is None else io.BytesIO(_whole(stream, options.max_bytes))
    with zipfile.ZipFile(file) as archive:
        members = sorted((m for m in archive.infolist() if not m.is_dir() and not _is_litter(m.filename)), key=lambda m: m.filename)
        if not members:
            raise DocumentError("D15", format="archive")
        for member in members:
            inner = f"{path}!{member.filename}"
            try:
                if {"/", ".."} & set(_parts(member.filename)):
                    raise DocumentError("D14", why="its name leads out of the archive")
                if member.flag_bits & 1:
                    raise DocumentError("D08")
                with archive.open(member) as unpacked:
                    limited = _Limited(unpacked, max(member.compress_size, 1), options.max_bytes)
                    yield from _source(limited, member.filename, inner, options, depth + 1, packed=member.compress_size)
            except DocumentError as fault:
                yield fault.refusal(inner)
            except (*_DAMAGE, OSError, RuntimeError) as fault:
                yield DocumentError("D10", why=str(fault).rstrip(".")).refusal(inner)


def _parts(name: str) -> tuple[str, ...]:
    return PurePosixPath(name.replace("\\", "/")).parts


def _is_litter(name: str) -> bool:
    parts = _parts(name)
    return "__MACOSX" in parts or any(part.startswith(".") and part != ".." for part in parts)


def _file(kind: str, stream: IO[bytes], path: str, options: DocumentsOptions) -> Iterator[Read]:
    data = _whole(stream, options.max_bytes)
    if kind == "feed":
        for number, entry in enumerate(feed.read(data), 1):
            yield _built(entry, f"{path}#{number}", options)
    elif kind == "json":
        for number, row in table.read_json(data):
            yield _built(row, f"{path}#{number}", options)
    elif kind == "html":
        yield _built(html.read(data, options), path, options)
    elif kind == "pdf":
        yield _built(pdf.read(data), path, options)
    elif kind == "eml":
        yield _built(mail.read(data), path, options)
    elif kind == "docx":
        yield _built(word.read(data, options.max_bytes), path, options)
    else:
        yield _built(text.read(data, kind), path, options)


def _rows(kind: str, stream: IO[bytes], path: str, options: DocumentsOptions, packed: int | None) -> Iterator[Read]:
    most = options.max_bytes
    if kind == "jsonl":
        rows = table.read_json_lines(stream, most)
    elif kind == "parquet":
        rows = table.read_parquet(path if packed is None else io.BytesIO(_whole(stream, most)))
    else:
        rows = table.read_csv(stream, most, "\t" if kind == "tsv" else None)
    for number, row in rows:
        yield _built(row, f"{path}#{number}", options)


def _built(found: Raw | DocumentError, path: str, options: DocumentsOptions) -> Read:
    if isinstance(found, DocumentError):
        return found.refusal(path)
    try:
        return building.build(found, path, options)
    except DocumentError as fault:
        return fault.refusal(path)
