"""Posts that stand in a text with their signature: '… Big price. — Donald J. Trump (@realDonaldTrump) April 8, 2018'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language import Sentence
from .cues import Cue

_SIGNED = re.compile(r"(?P<dash>[—–―]|--?)[ \u00a0]?(?P<name>[^\W\d_][^\n()@—–]{1,60}?)[ \u00a0]\(@\w{2,30}\)")


def signed_posts(sentences: Sequence[Sentence], text: str) -> list[Cue]:
    """A cue for each signed post: the dash, with who signs as the source and the paragraph before the signature as the content."""
    out: list[Cue] = []
    at = 0
    begin, end = (sentences[0].raw.span[0], sentences[-1].raw.span[1]) if sentences else (0, 0)
    for match in _SIGNED.finditer(text, begin, end):
        while at < len(sentences) and sentences[at].raw.span[1] <= match.start("dash"):
            at += 1
        if at == len(sentences):
            break
        s = sentences[at]
        dash, name = s.token_at(match.start("dash")), s.token_at(match.end("name") - 1)
        told = _before(text, match.start())
        if dash is not None and name is not None and told[0] < told[1]:
            out.append(Cue(s, dash, name, [told], quoted=True))
    return out


def _before(text: str, signature: int) -> tuple[int, int]:
    """The rest of the signature's line before it; where there is none, the line before."""
    begin = text.rfind("\n", 0, signature) + 1
    end = begin + len(text[begin:signature].rstrip())
    if end == begin:
        end = len(text[:begin].rstrip())
        begin = text.rfind("\n", 0, end) + 1
    return begin, end
