"""A file of bare events: actor, type, recipient and day, without any text."""

from __future__ import annotations

import csv
import datetime
import gzip
from collections.abc import Iterator
from pathlib import Path

from ..errors import ForecastError
from .occurrence.history import History, date, quadruples

_NAMES = ("actor", "type", "recipient", "day")
_ALSO = {
    "subject": "actor",
    "source": "actor",
    "relation": "type",
    "event": "type",
    "object": "recipient",
    "target": "recipient",
    "date": "day",
}


def read_quadruples(path: str | Path) -> History:
    """The history in a file of tab- or comma-separated lines (``.gz`` as well): actor, type, recipient, day as YYYY-MM-DD or
    counted from 1970-01-01.

    A first line of names (actor, type, recipient, day, in any order, others beside them) is followed. Raises :class:`ForecastError`: F21 no
    events, F25 a line that cannot be used, with its number, F29 a file that cannot be read.
    """
    path = Path(path)
    try:
        return quadruples(_rows(path))
    except IsADirectoryError:
        raise ForecastError("F29", path=path, why="it is a folder") from None
    except (OSError, EOFError, gzip.BadGzipFile) as fault:
        raise ForecastError("F29", path=path, why=(getattr(fault, "strerror", None) or str(fault)).lower()) from None
    except UnicodeDecodeError:
        raise ForecastError("F29", path=path, why="it is no UTF-8 text") from None


def _rows(path: Path) -> Iterator[tuple[str, str, str, datetime.date]]:
    with gzip.open(path, "rt", encoding="utf-8-sig") if path.suffix == ".gz" else path.open(encoding="utf-8-sig", newline="") as stream:
        place: tuple[int, ...] | None = None
        separator = ""
        for number, line in enumerate(stream, 1):
            if not line.strip() or line.startswith("#"):
                continue
            separator = separator or ("\t" if "\t" in line else ",")
            cells = _cells(line.rstrip("\r\n"), separator, path, number)
            if place is None:
                names = [_ALSO.get(c.lower(), c.lower()) for c in cells]
                named = set(_NAMES) <= set(names)
                place = tuple(names.index(n) for n in _NAMES) if named else (0, 1, 2, 3)
                if named:
                    continue
            if len(cells) <= max(place):
                columns = "one column" if len(cells) == 1 else f"{len(cells)} columns"
                semicolons = "; columns are parted by tabs or commas, not by semicolons" if line.count(";") >= 3 else ""
                raise ForecastError("F25", path=path, line=number, why=f"it has {columns}, and four are needed{semicolons}")
            actor, type_, recipient, day = (cells[n] for n in place)
            if not actor or not type_ or not recipient:
                raise ForecastError("F25", path=path, line=number, why="a name is missing")
            try:
                when = _day(day)
            except (ValueError, OverflowError):
                raise ForecastError("F25", path=path, line=number, why=f"{day!r} is no day") from None
            yield actor, type_, recipient, when


def _cells(line: str, separator: str, path: Path, number: int) -> list[str]:
    """The columns of a line. A name that only begins with a double quote is taken as it stands; one in double quotes may hold tabs or
    commas.
    """
    try:
        found = next(csv.reader([line], delimiter=separator))
        if len(found) < len(_NAMES) <= line.count(separator) + 1:
            found = line.split(separator)  # the quote was not closed, or not where the column ends
    except csv.Error as fault:
        raise ForecastError("F25", path=path, line=number, why=str(fault)) from None
    return [c.strip() for c in found]


def _day(text: str) -> datetime.date:
    """A day as YYYY-MM-DD, counted from 1970-01-01, or of a time."""
    if text.lstrip("-").isdecimal() and len(text) < 8:
        return date(int(text))
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return datetime.datetime.fromisoformat(text).date()
