"""Markdown marks taken out of a text, with the map kept."""

from __future__ import annotations

import re

from ..records import Span
from .repair.mapped import Edit, Mapped

_HEADING = re.compile(r"^(?P<mark>#{1,6}[ \t]+)(?P<words>[^\n]*?)(?P<end>[ \t]*#*[ \t]*)\r?$", re.MULTILINE)
_MARKS = (
    re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE),  # quotation
    re.compile(r"^(?:```|~~~)[^\n]*$", re.MULTILINE),  # fence
    re.compile(r"!\[[^\]\n]{0,400}\]\([^)\n]{0,2000}\)"),  # picture
    re.compile(r"<!--.{0,4000}?-->", re.DOTALL),
    re.compile(r"(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w*])|(?<!\w)_{1,2}(?=\w)|(?<=[\w.])_{1,2}(?!\w)|`"),  # emphasis, code
)
_LINK = re.compile(r"\[(?P<words>[^\]\n]{1,400})\](?P<target>\([^)\n]{0,2000}\)|\[[^\]\n]{0,100}\])")


def plain(mapped: Mapped) -> tuple[Mapped, tuple[Span, ...]]:
    """The text without Markdown's marks (words of links stay), and its headings as spans of the original."""
    text = mapped.text
    taken: list[Edit] = []
    words: list[Span] = []
    for match in _HEADING.finditer(text):
        taken += [(*match.span("mark"), ""), (*match.span("end"), "")]
        words.append(match.span("words"))
    for match in _LINK.finditer(text):
        if text[match.start() - 1 : match.start()] != "!":
            taken += [(match.start(), match.start() + 1, ""), (match.end("words"), match.end(), "")]
    for mark in _MARKS:
        taken += [(*m.span(), "") for m in mark.finditer(text)]
    edits: list[Edit] = []
    for start, end, new in sorted(taken):
        if end > start and (not edits or start >= edits[-1][1]):
            edits.append((start, end, new))
    offset = mapped.pieces[0].original if mapped.pieces else 0  # only a front block was taken out so far
    return mapped.edit(edits), tuple((a + offset, b + offset) for a, b in words)
