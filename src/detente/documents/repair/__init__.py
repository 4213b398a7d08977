"""Mending damaged text, with the map back to the original kept through every step. Pure functions."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from ...records import Span
from . import asides, characters, hyphens, lines, run_in
from .mapped import Edit, Mapped

__all__ = ["Mapped", "Mended", "mend", "set_apart"]


@dataclass(frozen=True, slots=True)
class Mended:
    """A mended text, its headings (spans into the mended text) and what was done, in words."""

    mapped: Mapped
    headings: tuple[Span, ...]
    repairs: tuple[str, ...]


def mend(
    mapped: Mapped, *, paragraphs: bool, wrapped: bool, english: bool, join_words: bool, part_headings: bool, title: str | None = None
) -> Mended:
    """Mend characters, lines, cut words and run-in headings; take out picture credits and lists of links.

    ``paragraphs``: the lines are known to be paragraphs (HTML, Word), so pages and hard-wrapped lines are not looked for;
    ``wrapped``: they are known to be lines of a page (PDF). ``title``: known beforehand.
    """
    repairs: list[str] = []
    mapped = asides.drop(characters.mend(mapped, repairs), repairs)
    if not paragraphs:
        mapped = lines.drop_furniture(mapped, repairs)
        mapped = lines.unwrap(mapped, repairs, certain=wrapped, title=title)
    mapped = hyphens.mend(mapped, repairs, join=join_words, english=english)
    mapped = lines.tidy(mapped)
    headings: tuple[Span, ...] = ()
    if part_headings:
        found = run_in.find(mapped.text)
        apart = [(a, b) for a, b in found if not _own_line(mapped.text, a, b)]
        if apart:
            repairs.append(f"{len(apart)} run-in headings")
        mapped, headings = set_apart(mapped, found)
    return Mended(mapped, headings, tuple(repairs))


def _own_line(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")


def set_apart(mapped: Mapped, spans: list[Span], carried: tuple[Span, ...] = ()) -> tuple[Mapped, tuple[Span, ...]]:
    """Put empty lines around ``spans`` of the text; gives the text and where these spans and the ``carried`` ones then stand."""
    text = mapped.text
    cuts: dict[int, Edit] = {}
    for start, end in spans:
        if start and text[start - 1] != "\n":
            begin = start - 1 if text[start - 1] == " " else start
            cuts[begin] = (begin, start, "\n\n")
        if end < len(text) and text[end] != "\n":
            cuts[end] = (end, end + 1 if text[end] == " " else end, "\n\n")
    edits = [cuts[k] for k in sorted(cuts)]
    starts = [e[0] for e in edits]
    gained = [0]
    for start, end, new in edits:
        gained.append(gained[-1] + len(new) - (end - start))

    def moved(at: int, is_end: bool) -> int:
        # An edit at the very end of a span lies behind it, one that ends where the span starts before it.
        return at + gained[bisect.bisect_left(starts, at) if is_end else bisect.bisect_right(starts, at - 1)]

    return mapped.edit(edits), tuple((moved(a, False), moved(b, True)) for a, b in sorted({*spans, *carried}))
