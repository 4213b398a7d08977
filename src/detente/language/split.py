"""Sentences: where each begins and ends in ``Document.text``, and whether it is body or heading.

A regular expression proposes boundaries, a list of abbreviations takes some back. Line breaks always end a sentence,
because the documents room has already joined hard-wrapped lines into paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records import Document, Span

# words that a full stop belongs to; those in _OPEN never end a sentence, the others do if a likely opener follows
_OPEN = frozenset(
    "mr mrs ms dr prof gen lt col capt cmdr adm maj sgt cpl gov sen rep reps sens rev hon st mt ft messrs mme pres amb vs no nos art fig "
    "ex al brig supt insp det dept sec jr. sr.".split()
)
_CLOSED = frozenset(
    "u.s u.k u.n e.u u.s.a u.a.e d.c a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec inc ltd co corp jr sr etc e.g i.e".split()
)
_STARTERS = frozenset(
    "the a an he she it they we i you in on at but and this that these those his her its their there if when while as after before "
    "however meanwhile also both no not for from with since last earlier later some many most mr mrs ms".split()
)
_BOUNDARY = re.compile(r"([.!?…]+)([\"'”’»)\]]*)(\s+|(?=[“\"«]\w)|(?=[A-Z][a-z]))")
_LAST_WORD = re.compile(r"([\w.&’'-]+)$")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class RawSentence:
    """A sentence before it is parsed. ``span`` points into ``Document.text``."""

    span: Span
    text: str
    paragraph: int
    heading: bool


def split(document: Document, max_words: int = 120) -> list[RawSentence]:
    """All sentences of a document, in order; a sentence of more than ``max_words`` words is cut at a semicolon or comma."""
    out: list[RawSentence] = []
    text = document.text
    headings = document.headings
    for paragraph, line in enumerate(_LINE.finditer(text)):
        for start, end in sentence_spans(line.group()):
            start, end = start + line.start(), end + line.start()
            heading = any(a < end and start < b for a, b in headings)
            for piece in _cut(text, start, end, max_words):
                out.append(RawSentence(piece, text[piece[0] : piece[1]], paragraph, heading))
    return out


def sentence_spans(line: str) -> list[Span]:
    """Spans of the sentences in one line of text, blanks trimmed."""
    spans: list[Span] = []
    start = 0
    for match in _BOUNDARY.finditer(line):
        if match.start() < start or not _ends_sentence(line, match):
            continue
        spans.append((start, match.end(2)))
        start = match.end()
    spans.append((start, len(line)))
    out = []
    for a, b in spans:
        while a < b and line[a].isspace():
            a += 1
        while b > a and line[b - 1].isspace():
            b -= 1
        if a < b:
            out.append((a, b))
    return out


def _ends_sentence(line: str, match: re.Match[str]) -> bool:
    mark, closing, gap = match.group(1), match.group(2), match.group(3)
    rest = line[match.end() :]
    if not rest:
        return True
    if mark != "." and not gap and not closing and rest[:1].isalnum():
        return False
    following = re.match(r"[\"'“‘(\[«]*([\w’'-]+)", rest)
    word = following.group(1) if following else ""
    if not following:
        return bool(gap)
    if word[:1].islower():  # "… attack?" he asked
        return False
    if mark == "." and not closing:
        last = _LAST_WORD.search(line[max(0, match.start() - 30) : match.start()])
        before = (last.group(1) if last else "").lower().lstrip(".'’")
        if not gap:  # "deal.European Union officials": damaged text, not "U.S.A"
            return len(before) > 2 and "." not in before and len(word) > 1
        if before in _OPEN:
            return False
        if re.fullmatch(r"[a-z]", before):  # an initial: John F. Kennedy; but "…vitamin C. The"
            return word.lower() in _STARTERS
        if before in _CLOSED or re.fullmatch(r"(?:[a-z]\.)+[a-z]", before):
            return word.lower() in _STARTERS
    return True


def _cut(text: str, start: int, end: int, max_words: int) -> list[Span]:
    """The span whole, or in pieces of at most ``max_words`` words."""
    if end - start < max_words * 4:
        return [(start, end)]
    words = list(re.finditer(r"\S+", text[start:end]))
    pieces: list[Span] = []
    first = 0
    while len(words) - first > max_words:
        window = words[first : first + max_words]
        stops = [i for i, w in enumerate(window) if i > max_words // 3 and w.group()[-1] in ";:"] or [
            i for i, w in enumerate(window) if i > max_words // 2 and w.group()[-1] in ",—–"
        ]
        last = first + (stops[-1] if stops else max_words - 1)
        pieces.append((start + words[first].start(), start + words[last].end()))
        first = last + 1
    if first < len(words):
        pieces.append((start + words[first].start(), end))
    return pieces
