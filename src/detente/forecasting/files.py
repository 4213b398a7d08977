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


def read_quadruples(path: Path) -> History:
    """The history in a file of tab- or comma-separated lines (``.gz`` as well): actor, type, recipient, day as YYYY-MM-DD or
    counted from 1970-01-01.

    A first line of names (actor, type, recipient, day, in any order, others beside them) is followed. Raises :class:`ForecastError`: F21 no
    events, F25 a line that cannot be used, with its number.
    """
    try:
        return quadruples(_rows(path))
    except (OSError, EOFError, gzip.BadGzipFile) as fault:
        raise ForecastError("F25", path=path, line=0, why=getattr(fault, "strerror", None) or str(fault)) from None
    except UnicodeDecodeError:
        raise ForecastError("F25", path=path, line=0, why="it is no UTF-8 text") from None
    except csv.Error as fault:
        raise ForecastError("F25", path=path, line=0, why=str(fault)) from None


def _rows(path: Path) -> Iterator[tuple[str, str, str, datetime.date]]:
    with gzip.open(path, "rt", encoding="utf-8-sig") if path.suffix == ".gz" else path.open(encoding="utf-8-sig", newline="") as stream:
        place: tuple[int, ...] | None = None
        separator = ""
        for number, line in enumerate(stream, 1):
            if not line.strip() or line.startswith("#"):
                continue
            separator = separator or ("\t" if "\t" in line else ",")
            cells = [c.strip() for c in next(csv.reader([line.rstrip("\r\n")], delimiter=separator))]
            if place is None:
                names = [_ALSO.get(c.lower(), c.lower()) for c in cells]
                named = set(_NAMES) <= set(names)
                place = tuple(names.index(n) for n in _NAMES) if named else (0, 1, 2, 3)
                if named:
                    continue
            if len(cells) <= max(place):
                raise ForecastError("F25", path=path, line=number, why=f"it has {len(cells)} columns, and four are needed")
            actor, type_, recipient, day = (cells[n] for n in place)
            if not actor or not type_ or not recipient:
                raise ForecastError("F25", path=path, line=number, why="a name is missing")
            try:
                when = date(int(day)) if day.lstrip("-").isdecimal() and len(day) < 8 else datetime.date.fromisoformat(day)
            except (ValueError, OverflowError):
                raise ForecastError("F25", path=path, line=number, why=f"{day!r} is no day") from None
            yield actor, type_, recipient, when
