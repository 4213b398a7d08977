"""Attribution: who is cited for which words.

An attribution has a source, a cue and a content (the terms of PARC and PolNeAR: Pareti 2016; Newell, Margolin & Ruths 2018).
Contents nest, so the sources of a word are a chain, outermost first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ...language import Sentence
from ...records import Span
from . import sources
from .attribution import Attribution, chain_at, denied_by
from .cues import Cue, find_cues
from .quotations import continue_speech, give_quotations, holding, keep_within, quotations
from .signatures import signed_posts
from .spans import minus

__all__ = ["Attribution", "attributions", "by_sentence", "chain_at", "denied_by"]


def attributions(sentences: Sequence[Sentence], text: str) -> list[Attribution]:
    """All attributions of a document, by position of their content. ``text``: ``Document.text``."""
    if not sentences:
        return []
    quotes = quotations(text, sentences[0].raw.span[0], sentences[-1].raw.span[1])
    cues = [c for s in sentences for c in find_cues(s)] + signed_posts(sentences, text)
    keep_within(cues, quotes)
    orphans = give_quotations(sentences, cues, quotes, text)
    continue_speech(sentences, cues, orphans, text)
    told = _contents(sentences, cues)
    found = [_attribution(c, _within(c, told) or holding(quotes, c.span[0]) is not None) for c in cues if c.content]
    return sorted(found, key=lambda a: (a.content[0][0] if a.content else a.cue_span[0], -a.extent))


def by_sentence(sentences: Sequence[Sentence], found: Sequence[Attribution]) -> dict[int, list[Attribution]]:
    """By sentence, the attributions whose content meets it, in the order given."""
    begins = [s.raw.span[0] for s in sentences]
    out: dict[int, list[Attribution]] = {}
    for a in found:
        held = {k for x, y in a.content for k in range(max(bisect_right(begins, x) - 1, 0), bisect_left(begins, y))}
        for k in sorted(held):
            out.setdefault(sentences[k].index, []).append(a)
    return out


def _contents(sentences: Sequence[Sentence], cues: Sequence[Cue]) -> dict[int, list[tuple[Span, Cue]]]:
    """By sentence, the pieces of content that meet it, each with its cue."""
    begins = [s.raw.span[0] for s in sentences]
    out: dict[int, list[tuple[Span, Cue]]] = {}
    for c in cues:
        for piece in c.content:
            for k in range(max(bisect_right(begins, piece[0]) - 1, 0), bisect_left(begins, piece[1])):
                out.setdefault(sentences[k].index, []).append((piece, c))
    return out


def _within(c: Cue, told: dict[int, list[tuple[Span, Cue]]]) -> bool:
    """Whether a cue stands in what another cue's source says or holds."""
    return any(a <= c.span[0] < b and other is not c for (a, b), other in told.get(c.sentence.index, ()))


def _attribution(c: Cue, inner: bool) -> Attribution:
    s = c.sentence
    span = sources.noun_phrase(s, c.source) if c.source is not None else None
    pronoun = sources.pronoun(s, c.token, c.source)
    content = minus(c.content, span) if span is not None else c.content  # the source is never part of what it says
    return Attribution(
        s.index,
        c.token,
        c.span,
        c.source,
        span,
        tuple(content or c.content),
        c.denies,
        c.thought,
        c.quoted,
        c.stance,
        inner,
        s.span(pronoun, pronoun) if pronoun is not None else None,
        c.withheld,
        sources.relays(s, c.token),
    )
