"""What a text is about, told by its words: politics, or sport, entertainment and consumer technology, which tell no political acts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence

_WORD = re.compile(r"[a-z0-9][a-z0-9'’&-]*")
_WEIGHTS = {"strong": 2, "plain": 1}
POLITICAL = "political"
_STRETCH = 40  # sentences that are taken for one text: a long document may hold many


@cache
def _vocabulary() -> dict[str, tuple[tuple[str, int], ...]]:
    """Word or pair of words -> (subject, weight)."""
    told: dict[str, list[tuple[str, int]]] = {}
    for subject, lists in load_lexicon("register").items():
        for strength, words in lists.items():
            for word in words:
                told.setdefault(word, []).append((subject, _WEIGHTS[strength]))
    return {word: tuple(pairs) for word, pairs in told.items()}
#: characters before and after the sentences that also tell the register: the title, captions
_MARGIN = 2000


def _forms(word: str) -> Iterator[str]:
    """A word and what it may be a plural or possessive of."""
    word = word.removesuffix("'s").removesuffix("’s")
    yield word
    if word.endswith("s"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield word[:-3] + "y"


def subjects(text: str) -> Counter[str]:
    """How much the words of a text speak of each subject; a word counts once, however often it stands there."""
    vocabulary = _vocabulary()
    out: Counter[str] = Counter()
    seen: set[str] = set()
    before = ""
    for word in _WORD.findall(text.lower()):
        for form in _forms(word):
            for known in (form, f"{before} {form}"):
                if known in vocabulary and known not in seen:
                    seen.add(known)
                    out.update(dict(vocabulary[known]))
        before = word
    return out


def balance(counts: Counter[str], doubt: float) -> float:
    """From -1 (speaks of something else) to 1 (speaks of politics). ``doubt``: how many words are needed to be half sure."""
    political = counts[POLITICAL]
    other = max((n for subject, n in counts.items() if subject != POLITICAL), default=0)
    return (political - other) / (political + other + doubt)


class Register:
    """The register of one document, stretch by stretch."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._text = text
        self._stretch = {s.index: n // _STRETCH for n, s in enumerate(sentences)}
        ends = [s.raw.span[1] for s in sentences[_STRETCH - 1 :: _STRETCH]]
        if len(sentences) % _STRETCH < _STRETCH // 2:
            ends = ends[:-1]  # a short rest belongs to the stretch before it
        begin, end = (sentences[0].raw.span[0], sentences[-1].raw.span[1]) if sentences else (0, 0)
        self._bounds = [max(0, begin - _MARGIN), *ends, min(len(text), end + _MARGIN)]
        self._counts: dict[int, Counter[str]] = {}

    def counts(self, s: Sentence) -> Counter[str]:
        """What the text around a sentence speaks of."""
        n = min(self._stretch[s.index], len(self._bounds) - 2)
        if n not in self._counts:
            self._counts[n] = subjects(self._text[self._bounds[n] : self._bounds[n + 1]])
        return self._counts[n]

    def leading(self, s: Sentence) -> str:
        """What the text around a sentence speaks of most."""
        return max(self.counts(s).items(), key=lambda pair: pair[1], default=(POLITICAL, 0))[0]
