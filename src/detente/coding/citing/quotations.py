"""Quotations: where they stand, and which cue introduces each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ...language import Sentence
from ...records import Span
from . import sources
from .cues import Cue
from .spans import meet, union

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile("[“”\"«»]|''|``")
_OPENERS, _CLOSERS = "“«`", "”»"


def quotations(text: str, begin_at: int = 0, end_at: int | None = None) -> list[Span]:
    """Spans of quoted words, the marks included, in order. An opened quotation that its paragraph does not close runs to the paragraph's
    end."""
    out: list[Span] = []
    for line in _LINE.finditer(text, begin_at, len(text) if end_at is None else end_at):
        begin: int | None = None
        for match in _MARK.finditer(line.group()):
            at, end = match.start() + line.start(), match.end() + line.start()
            opens = _opens(text, at, end, begin is not None)
            if begin is None:
                if opens:
                    begin = at
            elif not opens:
                out.append((begin, end))
                begin = None
        if begin is not None and line.end() - begin > 20:
            out.append((begin, line.end()))
    return out


def holding(quotes: Sequence[Span], offset: int) -> Span | None:
    """The quotation that a character stands in, of quotations in order."""
    k = bisect_right(quotes, offset, key=lambda q: q[0]) - 1
    return quotes[k] if k >= 0 and quotes[k][0] < offset < quotes[k][1] else None


def keep_within(cues: Sequence[Cue], quotes: Sequence[Span]) -> None:
    """What is cited inside a quotation ends with it: the words before "…: “Moscow sees attempts”" are not what Moscow sees."""
    for c in cues:
        quote = holding(quotes, c.span[0])
        if quote is not None:
            c.content = [(max(a, quote[0]), min(b, quote[1])) for a, b in c.content if meet((a, b), quote)]


def _opens(text: str, at: int, end: int, open_before: bool) -> bool:
    """Whether a mark opens a quotation: by what stands beside it, or else by its form."""
    before, behind = text[at - 1 : at], text[end : end + 1]
    left = not before or before.isspace() or before in "([—–-"
    right = not behind or behind.isspace() or behind in ",.;:!?)]—–"
    if left and not right:
        return True
    if right and not left:
        return False
    return text[at] in _OPENERS or (text[at] not in _CLOSERS and not open_before)


def give_quotations(sentences: Sequence[Sentence], cues: Sequence[Cue], quotes: Sequence[Span], text: str) -> list[Span]:
    """Adds each quotation to the content of the cue that introduces it; gives those that no cue introduces."""
    orphans = []
    speaking = [c for c in cues if holding(quotes, c.span[0]) is None]
    by_sentence: dict[int, list[Cue]] = {}
    for c in speaking:
        by_sentence.setdefault(c.sentence.index, []).append(c)
    at = 0
    for quote in quotes:
        while at < len(sentences) and sentences[at].raw.span[1] <= quote[0]:
            at += 1
        near: list[Cue] = []
        k = at
        while k < len(sentences) and sentences[k].raw.span[0] < quote[1]:
            near += by_sentence.get(sentences[k].index, [])
            k += 1
        for c in near:
            if c.source is not None and quote[0] < c.sentence.starts[c.source] < quote[1]:
                c.source = sources.after(c.sentence, c.token) or sources.before(c.sentence, c.token)
        held = [c for c in near if any(meet(quote, p) for p in c.content)]
        for c in held:
            c.content = union([*c.content, quote])
            c.quoted = c.quotes
        if held or not _is_speech(quote, text):
            continue
        able = [c for c in near if c.quotes]
        if able:
            chosen = min(able, key=lambda c: _distance(c, quote))
            chosen.content = union([*chosen.content, quote])
            chosen.quoted = True
        else:
            orphans.append(quote)
    return orphans


def _is_speech(quote: Span, text: str) -> bool:
    """Whether quoted words are more than a word or a title in marks."""
    words = text[slice(*quote)].rstrip("”»\"' ")
    before = text[max(quote[0] - 2, 0) : quote[0]].strip()
    return len(words.split()) > 3 or before.endswith((",", ":")) or words.endswith((",", ".", "!", "?"))


def _distance(c: Cue, quote: Span) -> tuple[int, int]:
    begin, end = c.span
    if c.source is not None:
        a, b = sources.noun_phrase(c.sentence, c.source)
        if abs(a - begin) < 200:
            begin, end = min(a, begin), max(b, end)
    gap = max(begin - quote[1], quote[0] - end, 0)
    return (gap + (60 if c.content and not c.quoted else 0), begin)


def _opened(c: Cue, quote: Span, text: str) -> bool:
    """Whether a sentence that ends with a colon stands right before a quotation: 'The envoy replied:', then the words."""
    end = c.sentence.raw.span[1]
    return 0 <= quote[0] - end < 4 and text[end - 1] == ":"


def continue_speech(sentences: Sequence[Sentence], cues: Sequence[Cue], orphans: Sequence[Span], text: str) -> None:
    """A quotation of a whole sentence or more without a cue goes on with the speaker before it, or else after it in its paragraph."""
    for quote in orphans:
        if quote[1] - quote[0] < 12:
            continue
        k = bisect_left(sentences, quote[0] - 2, key=lambda s: s.raw.span[0])
        if k == len(sentences) or not meet(sentences[k].raw.span, quote):
            continue
        holder = sentences[k]
        paragraph = holder.raw.paragraph
        opened = next((c for c in cues if c.quotes and not c.content and _opened(c, quote, text)), None)
        if opened is not None:
            opened.content, opened.quoted = [quote], True
            continue
        ended = text[slice(*quote)].rstrip("”»\"'").endswith(("?", "!"))
        told = next((c for c in cues if c.quotes and not c.content and c.token < 8 and 0 <= c.sentence.raw.span[0] - quote[1] < 3), None)
        if ended and told is not None:  # '"Who are they?" the envoy said of the rebels.'
            told.content, told.quoted = [quote], True
            continue
        able = [c for c in cues if c.quoted and c.source is not None and not c.sentence.raw.heading]
        here = [c for c in able if c.sentence.raw.paragraph == paragraph]
        chosen = max((c for c in here if c.span[0] < quote[0]), key=lambda c: c.span[0], default=None)
        if chosen is None:
            chosen = min((c for c in here if 0 < c.span[0] - quote[1] < 200), key=lambda c: c.span[0], default=None)
        if chosen is None:
            last = max((c for c in able if c.span[0] < quote[0]), key=lambda c: c.span[0], default=None)
            if last is not None and paragraph - last.sentence.raw.paragraph <= 2:
                chosen = last
        if chosen is not None:
            chosen.content = union([*chosen.content, quote])
