"""What a text is about, told by its words: politics, or sport, entertainment and consumer technology, which tell no political acts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence

_WORD = re.compile(r"[a-z0-9][a-z0-9&-]*")
_WEIGHTS = {"strong": 2, "plain": 1}
POLITICAL = "political"
_STRETCH = 40  # sentences that are taken for one text: a long document may hold many
#: characters before and after the sentences that also tell the register: the title, captions
_MARGIN = 2000


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    weights: dict[str, dict[str, int]]  # word or pair of words -> subject -> weight
    forms: dict[str, str]  # a word, its plurals -> the word
    pairs: dict[str, dict[str, str]]  # first word -> second word or its plurals -> the pair


@cache
def _vocabulary() -> _Vocabulary:
    weights: dict[str, dict[str, int]] = {}
    for subject, lists in load_lexicon("register").items():
        for strength, words in lists.items():
            for word in words:
                weights.setdefault(word, {})[subject] = _WEIGHTS[strength]
    forms: dict[str, str] = {}
    pairs: dict[str, dict[str, str]] = {}
    for known in weights:
        first, _, second = known.rpartition(" ")
        for form in _forms(second):
            (pairs.setdefault(first, {}) if first else forms).setdefault(form, known)
    return _Vocabulary(weights, {**forms, **{w: w for w in weights if " " not in w}}, pairs)


def _forms(word: str) -> tuple[str, ...]:
    """A word and its plurals."""
    return (word, f"{word}s", f"{word}es", *([f"{word[:-1]}ies"] if word.endswith("y") else []))


def subjects(text: str) -> Counter[str]:
    """How much the words of a text speak of each subject; a word counts once, however often it stands there."""
    vocabulary = _vocabulary()
    words = _WORD.findall(text.lower())
    found = {vocabulary.forms[word] for word in vocabulary.forms.keys() & set(words)}
    for first, second in pairwise(words):
        if first in vocabulary.pairs and (pair := vocabulary.pairs[first].get(second)) is not None:
            found.add(pair)
    out: Counter[str] = Counter()
    for word in found:
        out.update(vocabulary.weights[word])
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
        counts = self.counts(s)
        return max(sorted(counts), key=lambda subject: (counts[subject], subject == POLITICAL), default=POLITICAL)
