"""Which language a text is written in, told from its most common small words."""

from __future__ import annotations

import functools
import re
from collections import Counter

from .tables import table

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 8_000  # characters
_LEAST = 0.08  # share of small words that makes a language
_ENGLISH = 0.12
_FEW = 5  # words fewer than this say nothing


@functools.cache
def _words() -> dict[str, list[str]]:
    """Small word -> the languages that have it."""
    owners: dict[str, list[str]] = {}
    for language, words in table("languages")["words"].items():
        for word in words:
            owners.setdefault(word, []).append(language)
    return owners


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language most of the text is in; None where its words do not tell (too few, a list of names)."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if not words:
        return None
    if not sample.isascii():
        for low, high, language in table("languages")["scripts"]:
            if len(re.findall(f"[{low}-{high}]", sample)) > 0.2 * len(sample):
                return str(language)
    if len(words) < _FEW:
        return None
    counts: Counter[str] = Counter()
    for word, times in Counter(words).items():
        for language in _words().get(word, ()):
            counts[language] += times
    if not counts:
        return None
    best, times = counts.most_common(1)[0]
    if counts["en"] == times:
        best = "en"
    return best if times >= (_ENGLISH if best == "en" else _LEAST) * len(words) else None
