"""A text that remembers where each of its characters came from."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ...records import Piece, Span

Edit = tuple[int, int, str]  # start, end (in the text edited), what to put there


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and the runs of characters it shares with the original. Every change keeps the map."""

    text: str
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, original: str) -> Mapped:
        return cls(original, (Piece(0, 0, len(original)),) if original else ())

    def edit(self, edits: Iterable[Edit]) -> Mapped:
        """The text with ``edits`` (ascending, not overlapping) made. Linear in text, pieces and edits."""
        parts: list[str] = []
        kept: list[tuple[int, int, int]] = []  # start and end in the old text, start in the new one
        at = length = 0
        for start, end, new in edits:
            if start > at:
                parts.append(self.text[at:start])
                kept.append((at, start, length))
                length += start - at
            parts.append(new)
            length += len(new)
            at = end
        if not parts:
            return self
        if at < len(self.text):
            parts.append(self.text[at:])
            kept.append((at, len(self.text), length))
        return Mapped("".join(parts), tuple(self._carried(kept)))

    def _carried(self, kept: list[tuple[int, int, int]]) -> Iterator[Piece]:
        k = 0
        pieces = self.pieces
        for start, end, new in kept:
            while k < len(pieces) and pieces[k].text + pieces[k].length <= start:
                k += 1
            j = k
            while j < len(pieces) and pieces[j].text < end:
                piece = pieces[j]
                low, high = max(start, piece.text), min(end, piece.text + piece.length)
                yield Piece(new + low - start, piece.original + low - piece.text, high - low)
                j += 1
            k = max(k, j - 1)

    def substitute(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> Mapped:
        """Like ``pattern.sub``; matches whose replacement is equal stay untouched."""
        made = ((m.start(), m.end(), new if isinstance(new, str) else new(m)) for m in pattern.finditer(self.text))
        return self.edit(e for e in made if self.text[e[0] : e[1]] != e[2])

    def forward(self, span: Span) -> Span:
        """The span of ``text`` that holds what is left of a span of the original (empty where nothing is)."""
        start, end = span
        k = bisect.bisect_right(self.pieces, start, key=lambda p: p.original + p.length)
        if k == len(self.pieces):
            return len(self.text), len(self.text)
        first = self.pieces[k]
        low = first.text + max(0, start - first.original)
        j = bisect.bisect_left(self.pieces, end, key=lambda p: p.original) - 1
        if j < k:
            return low, low
        last = self.pieces[j]
        return low, last.text + min(last.length, end - last.original)
