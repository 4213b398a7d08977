"""Lines that are not paragraphs: page furniture, hard-wrapped lines, blank lines by the dozen."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from ...records import Span
from . import standing
from .hyphens import CUT_MARK
from .mapped import Edit, Mapped

_FULL = re.compile(r"[^\n\f]+")
_HYPHEN_END = re.compile(r"[^\W\d_]-$")
_NUMBER = re.compile(r"(?i)^\s*(?:[-–—|]\s*)?(?:page|p\.)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—|])?\s*$")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_ITEM = re.compile(r"\s*(?:[•●▪■◦‣*–—-]\s|\(?\d{1,2}[.)]\s|\d{1,2}(?:\.\d{1,2}){1,3}\s|\(?[a-z][.)]\s)")
_TRAILING = re.compile(r"(?<! ) ++(?=\n|\Z)")
_LEADING = re.compile(r"^ +", re.MULTILINE)
_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")
_PAGE_BREAK = re.compile(r"\n*\f[\n\f]*")
_MANY = re.compile(r"\n{3,}")

#: Lines at the head and at the foot of a page that may be furniture.
_EDGE = 2
#: A wrapped text's lines are this long at most, and this share of them breaks off inside a sentence.
_WIDTH, _BROKEN = 130, 0.4


def drop_furniture(mapped: Mapped, repairs: list[str]) -> Mapped:
    """Take out headers, footers and page numbers: lines at page edges that come again on other pages (digits aside)."""
    text = mapped.text
    pages: list[list[Span]] = []
    at = 0
    for page in text.split("\f"):
        pages.append([(at + m.start(), at + m.end()) for m in _FULL.finditer(page) if not m.group().isspace()])
        at += len(page) + 1
    if len(pages) < 2:
        return mapped
    edges = [[*lines[:_EDGE], *lines[max(_EDGE, len(lines) - _EDGE) :]] for lines in pages]
    seen: Counter[str] = Counter()
    for lines in edges:
        seen.update({_key(text[a:b]) for a, b in lines})
    often = 2 if len(pages) < 5 else 3  # running heads change from chapter to chapter, and alternate
    edits: list[Edit] = []
    for lines in edges:
        for a, b in lines:
            if _NUMBER.match(text[a:b]) or (seen[_key(text[a:b])] >= often and not _runs_on(text[a:b])):
                edits.append((a, b, ""))
    if edits:
        repairs.append(f"{len(edits)} page headers, footers and page numbers taken out")
    return mapped.edit(edits)


def _key(line: str) -> str:
    return _DIGITS.sub("#", line.strip().lower())


def _runs_on(line: str) -> bool:
    """Whether the line is part of a sentence that only happens to come again."""
    start = line.lstrip()
    return len(line) > _WIDTH or (start[:1].islower() and not start.startswith(("www", "http", "page")))


def unwrap(mapped: Mapped, repairs: list[str], *, certain: bool = False, title: str | None = None) -> Mapped:
    """Make paragraphs of hard-wrapped lines; leave a text whose lines are its paragraphs alone, unless they are wrapped for certain."""
    text = mapped.text
    full = [(m.start(), m.end()) for m in _FULL.finditer(text) if not m.group().isspace()]
    if len(full) < (2 if certain else 4):
        return mapped
    lengths = sorted(b - a for a, b in full)
    width = lengths[int(0.85 * (len(lengths) - 1))]
    if not certain and (width > _WIDTH or width < 25):
        return mapped
    pairs = [(x, y) for x, y in itertools.pairwise(full) if text[x[1] : y[0]] == "\n"]
    broken = sum(1 for x, y in pairs if _broken(text[x[0] : x[1]], text[y[0] : y[1]], width))
    if not pairs or (not certain and broken < max(3, _BROKEN * len(pairs))):
        return mapped
    edits: list[Edit] = []
    margin = sorted(len(text[a:b]) - len(text[a:b].lstrip()) for a, b in full)[len(full) // 2]
    titles = _title_lines(text, full[:8], title)
    for k, ((a, b), (c, d)) in enumerate(itertools.pairwise(full)):
        first, second, between = text[a:b], text[c:d], text[b:c]
        if (k in titles) != (k + 1 in titles) or _stands_alone(first) or _stands_alone(second):
            edits.append((b, c, "\n\n"))
            continue
        parted = between.count("\n") > 1 or "\f" in between
        if parted and not ("\f" in between and _broken(first, second, width) and second.lstrip()[:1].islower()):
            continue
        indented = len(second) - len(second.lstrip()) > margin + 1
        third = text[slice(*full[k + 2])] if k + 2 < len(full) else ""
        ends = _ends_paragraph(first, second, width) or _heads_section(first, second, third, width)
        if not parted and (indented or _ITEM.match(second) or ends):
            if indented:
                edits.append((b, c, "\n\n"))
            continue
        edits.append((b, c, CUT_MARK if _HYPHEN_END.search(first[-3:]) and second[:1].isalpha() else " "))
    if edits:
        repairs.append(f"{len(edits)} hard-wrapped lines joined to paragraphs")
    return mapped.edit(edits)


def _title_lines(text: str, full: list[Span], title: str | None) -> range:
    """Which of the first lines make up the title."""
    wanted = standing.letters(title or "")
    for first in range(len(full) if wanted else 0):
        made = ""
        for last in range(first, min(first + 4, len(full))):
            made += standing.letters(text[slice(*full[last])])
            if made == wanted:
                return range(first, last + 1)
    return range(0)


def _stands_alone(line: str) -> bool:
    """Whether the line is no part of a paragraph whatever its neighbours: an imprint, a byline, a caption."""
    return " | " in line or standing.is_furniture(line.strip())


def _heads_section(first: str, second: str, third: str, width: int) -> bool:
    """Whether ``second`` is a section's heading between the end of one paragraph and the beginning of the next."""
    short = len(second.strip()) < 0.7 * width and not _SENTENCE_END.search(second.rstrip())
    return short and bool(_SENTENCE_END.search(first.rstrip())) and second.lstrip()[:1].isupper() and third.lstrip()[:1].isupper()


def _broken(first: str, second: str, width: int) -> bool:
    return len(first) > 0.6 * width and not _SENTENCE_END.search(first.rstrip()) and not _ITEM.match(second)


def _ends_paragraph(first: str, second: str, width: int) -> bool:
    room = width - len(first.rstrip())
    word = len(second.split(maxsplit=1)[0]) + 1
    if room <= word:  # the next word would not have fitted
        return False
    if _SENTENCE_END.search(first.rstrip()):
        return room > 0.2 * width
    return room > 0.4 * width and second.lstrip()[:1].isupper()


def tidy(mapped: Mapped) -> Mapped:
    """No blanks at line ends, one blank between words, at most one empty line between paragraphs, none around the text."""
    for sign, pattern, new in (
        ("\f", _PAGE_BREAK, "\n\n"),
        (" \n", _TRAILING, ""),
        ("\n ", _LEADING, ""),
        ("  ", _BLANKS, " "),
        ("\n\n\n", _MANY, "\n\n"),
    ):
        if sign in mapped.text:  # far quicker than to look for the pattern
            mapped = mapped.substitute(pattern, new)
    start = len(mapped.text) - len(mapped.text.lstrip())
    end = len(mapped.text.rstrip())
    if end <= start:
        return mapped.edit([(0, len(mapped.text), "")])
    return mapped.edit([e for e in ((0, start, ""), (end, len(mapped.text), "")) if e[1] > e[0]])
