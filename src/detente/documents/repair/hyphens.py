"""Words cut in two: at a line end (``Safa-\\nrov``), or long ago and since joined with the hyphen left in (``ar-rested``).

Whether two parts are one word is decided by the document's own vocabulary, then by how much more often the joined word is met in
English than its parts would meet by chance (word frequencies of ``wordfreq``). In 1,500 sound news articles 98% of 7,110 hyphens
stay, and most of the others only change a spelling (*cease-fire*). Of words cut by rule in such articles 98% are joined inside lines
and 99% at line ends, and 96% and 98% of the true hyphens around them stay: a document that shows certain cuts is trusted less.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter

from wordfreq import get_frequency_dict

from .mapped import Edit, Mapped

_LETTER = r"[^\W\d_]"
#: Stands where :func:`lines.unwrap` joined a line that ended in a hyphen to the next one.
CUT_MARK = "\ufffe"
_AT_LINE_END = re.compile(rf"(?<!\w)({_LETTER}{{2,40}})(-(?:{CUT_MARK}|[ \t]*\n[ \t]*))({_LETTER}{{2,40}})(?![\w-]*@)")
_IN_LINE = re.compile(rf"(?<![\w'’@/.])({_LETTER}{{2,40}})(-|- )(?=({_LETTER}{{2,40}})(?![\w@/]))")
_WORD = re.compile(rf"(?<![\w-]){_LETTER}{{2,40}}(?![\w-])")
_HYPHENATED = re.compile(rf"(?<![\w-]){_LETTER}{{2,40}}-{_LETTER}{{2,40}}(?![\w-])")
_MARK = re.compile(CUT_MARK)

#: How far (powers of ten) the joined word must be above chance: in a sound document, in a damaged one (it has a certain cut), at a
#: line end, for a certain cut, and where the document has the joined word elsewhere.
SOUND, DAMAGED, LINE_END, CERTAIN, SEEN = 3.0, 2.7, 2.0, 4.5, 1.0
#: A part rarer than this is no word of its own (log10 of occurrences in a thousand million words).
NO_WORD, NO_WORD_AT_LINE_END, NO_WORD_IN_NAME = 1.5, 2.0, 3.0


@functools.cache
def _frequencies() -> dict[str, float]:
    found: dict[str, float] = get_frequency_dict("en")
    return found


@functools.lru_cache(maxsize=65536)
def zipf(word: str) -> float:
    """How often a word is met in English: log10 of occurrences in a thousand million words, 0 for one never met."""
    share = _frequencies().get(word.lower())
    return math.log10(share) + 9 if share else 0.0


def gain(left: str, right: str) -> float:
    """How far the joined word is above what its parts would make by chance, in powers of ten; minus infinity for no word."""
    joined = zipf(left + right)
    return joined - (zipf(left) + zipf(right) - 9) if joined else -math.inf


def mend(mapped: Mapped, repairs: list[str], *, join: bool = True, english: bool = True) -> Mapped:
    """Join what was cut (``join``), or only take out the marks of joined lines. What was done is added to ``repairs``."""
    text = mapped.text
    if "-" not in text or not join:
        return mapped.substitute(_MARK, "")
    ends = list(_AT_LINE_END.finditer(text))
    lines = [m for m in _IN_LINE.finditer(text) if m.group(3)[0].islower()]
    words: Counter[str] = Counter()
    hyphenated: Counter[str] = Counter()
    if ends or lines:
        words.update(w.lower() for w in _WORD.findall(text))
        hyphenated.update(w.lower() for w in _HYPHENATED.findall(text))
    damaged = any(gain(m.group(1), m.group(3)) > CERTAIN for m in lines if m.group(1).lower() not in _PREFIXES)
    doubt = DAMAGED if damaged else SOUND

    edits: list[Edit] = []
    at_ends = in_lines = 0
    for match in ends:
        left, right = match.group(1), match.group(3)
        kept = f"{left}-{right}".lower() in hyphenated and not words[(left + right).lower()]
        alike = right[0].islower() or (left.isupper() and right.isupper())
        name = english and left[0].isupper() and right.islower() and not zipf(left + right) and zipf(right) < NO_WORD_IN_NAME
        one = alike and not kept and (name or _one_word(left, right, words, LINE_END, NO_WORD_AT_LINE_END if english else 0))
        edits.append((match.start(2) + (0 if one else 1), match.end(2), ""))
        at_ends += one
    for match in lines:
        left, right = match.group(1), match.group(3)
        chain = text[match.start() - 1 : match.start()] == "-" or text[match.end(3) : match.end(3) + 1] == "-"
        if chain:
            one = gain(left, right) > CERTAIN
        elif match.group(2) == "- ":
            one = gain(left, right) > DAMAGED
        else:
            one = _one_word(left, right, words, doubt, NO_WORD if english and damaged else 0)
        if one:
            edits.append((match.start(2), match.end(2), ""))
            in_lines += 1
    if at_ends:
        repairs.append(f"{at_ends} line-end hyphens")
    if in_lines:
        repairs.append(f"{in_lines} hyphens left inside words")
    return mapped.edit(sorted(edits)).substitute(_MARK, "")


def _one_word(left: str, right: str, words: Counter[str], least: float, no_word: float) -> bool:
    whole = (left + right).lower()
    above = gain(left, right)
    if words[whole]:
        # The document writes it as one word elsewhere. Common words that only happen to make up another (*re-sign*) need more.
        return above > SEEN or not zipf(whole)
    if above > least:
        return True
    # A name no list knows: one half is no word, neither in English nor in this document.
    return not zipf(whole) and left.lower() not in _PREFIXES and any(zipf(w) < no_word and not words[w.lower()] for w in (left, right))


#: Before these a hyphen is as often meant as not, so an unknown word after them proves nothing.
_PREFIXES = frozenset("anti co de ex inter mid multi neo non post pre pro pseudo re semi sub super trans ultra un".split())
