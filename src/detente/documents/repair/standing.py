"""Lines that stand alone and are no sentence of the report: titles, section headings, captions, page furniture."""

from __future__ import annotations

import functools
import re

from ...records import Span
from ..tables import table

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…;,—–-][\"”'’»)\]]*$")
_ITEM = re.compile(r"[•●▪■◦‣*–—-]\s*\S|\(?\d{1,2}[.)]\s")
_INNER_END = re.compile(r"[a-z]{3}[.!?][\"”’»)]* [A-Z]|[a-z],[”\"’'] ")
_DASHED = re.compile(r"^[A-Z][A-Z .,'’-]+ \([^)]{2,30}\) ?[-–—]|^[A-Z][A-Z .]+(, \w+\.? \d+)? ?[-–—] ?[A-Z]")
_NOT_LETTERS = re.compile(r"\W+")
_LONGEST = 120  # characters
_MOST_WORDS = 18


@functools.cache
def _furniture() -> tuple[re.Pattern[str], ...]:
    data = table("headings")
    return (
        re.compile("|".join(f"(?:{p})" for p in data["furniture"]), re.IGNORECASE),
        re.compile("|".join(f"(?:{p})" for p in data["furniture_cased"])),
    )


def is_furniture(line: str) -> bool:
    """Whether the whole line is a caption, a credit, an advertisement or the like."""
    return len(line) <= 600 and any(p.fullmatch(line) for p in _furniture())


def find(text: str, titles: tuple[str, ...] = ()) -> list[Span]:
    """Spans of ``text`` that are headings, captions and furniture standing alone; ``titles`` are headings wherever they stand first.

    Where most of the text would be a heading (a list, a telegram without full stops), only titles and furniture are.
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    wanted = {letters(t) for t in titles if t}
    certain: list[Span] = []
    likely: list[Span] = []
    rest = 0
    for k, (a, b) in enumerate(lines):
        if b - a > 600:
            rest += b - a
            continue
        line = text[a:b]
        if is_furniture(line) or (k < 4 and wanted and letters(line) in wanted and len(lines) > 1):
            certain.append((a, b))
        elif is_heading(line):
            likely.append((a, b))
        else:
            rest += b - a
    if sum(b - a for a, b in likely) > rest:
        likely = likely[:1] if likely and likely[0][0] == lines[0][0] and len(lines) > 1 else []
    if sum(b - a for a, b in certain) and not rest and not likely:
        certain = [s for s in certain if is_furniture(text[s[0] : s[1]])]
    return sorted(certain + likely)


def is_heading(line: str) -> bool:
    """A short line that does not end like a sentence, or a question or exclamation in Title Case."""
    if len(line) > _LONGEST or (not line[0].isalnum() and line[0] not in "\"“‘'¿[("):
        return False
    words = line.split()
    if len(words) > _MOST_WORDS or line[0].islower() or _ITEM.match(line) or _DASHED.match(line) or _INNER_END.search(line):
        return False
    if line.isupper():
        return True
    if line.endswith(("?", "!")):
        long = [w for w in words if len(w) > 3]
        return len(words) <= 12 and all(w[0].isupper() or not w[0].isalpha() for w in long)
    if line.endswith(":"):
        return len(words) <= 4 and not words[-1][:1].islower()
    return not _END.search(line)


def letters(text: str) -> str:
    """The letters and digits of a line, for comparing lines."""
    return _NOT_LETTERS.sub("", text).lower()
