"""Documents and spans that a command is given: files, folders, or a text on standard input."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..records import Document, Refusal, Span
from .app import say

_PAIR = re.compile(r"\s*\[?\s*(\d+)\s*[:,;\t -]\s*(\d+)\s*\]?\s*")


def documents_given(paths: list[str], published: str | None, options: Any) -> Iterable[Document | Refusal]:
    """What stands under ``paths``; ``-`` alone is a text on standard input."""
    from ..documents import from_text, read

    if paths == ["-"]:
        return [from_text(sys.stdin.read(), published=published, options=options.documents)]
    return read([Path(p) for p in paths], options.documents)


def say_refusal(refusal: Refusal) -> None:
    """Why an input was not read, on stderr."""
    say(f"detente: {refusal.path}: [{refusal.code}] {refusal.message} {refusal.hint}")


def readable(found: Iterable[Document | Refusal], refused: list[Refusal]) -> Iterator[Document]:
    """The documents; refusals are said and gathered in ``refused``."""
    for one in found:
        if isinstance(one, Refusal):
            say_refusal(one)
            refused.append(one)
        else:
            yield one


def name_of(document: Document) -> str:
    """How listings name a document: by its path, else by its id."""
    return document.path or document.id


def spans_given(values: Iterable[str]) -> list[Span]:
    """Spans from ``START:END`` or from files with one a line: ``START:END``, ``[START, END]``, or a JSON object with ``span``.

    Raises :class:`~detente.errors.UsageError` (C02) naming what is no span.
    """
    out: list[Span] = []
    for value in values:
        whole = _PAIR.fullmatch(value)
        if whole is None and Path(value).is_file():
            out += [_span(line) for line in Path(value).read_text("utf8").splitlines() if line.strip()]
        else:
            out.append(_span(value))
    return out


def _span(text: str) -> Span:
    from ..errors import UsageError

    pair = _PAIR.fullmatch(text)
    numbers: Any = pair.groups() if pair else None
    if numbers is None and text.lstrip().startswith("{"):
        try:
            row = json.loads(text)
            numbers = row.get("span") or (row["start"], row["end"])
        except (ValueError, KeyError):
            numbers = None
    try:
        start, end = (int(n) for n in numbers)
    except (TypeError, ValueError):
        start, end = 0, 0
    if end <= start:
        hint = "Give START:END in characters, or a file with one such pair a line."
        raise UsageError("C02", what=repr(text), wanted="a span", hint=hint)
    return start, end
