"""Given words of many documents that tell events: which tell the same one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ..language.split import split
from ..records import Document, Span
from .likeness import Array, Ints, Likeness, Postings, Weights
from .linkage import average_link
from .model import load_model
from .sets import as_codes, as_sets
from .words import act_stems, content_stems, families, is_in, name_stems, plain_words

#: documents of one affair: mean cosine of their words (.7) and names (.3)
_AFFAIR = 0.08
_NAMES = 0.3
_NEAR = 6  # words on each side
_AT_ONCE = 20_000  # pairs compared at once

FEATURES = (
    "same", "shared", "family", "families_differ", "words", "names", "one_document", "one_sentence", "next_sentence",
    "sentence", "sentence_share", "near", "near_share", "near_names", "near_names_share", "numbers", "numbers_differ", "pronoun", "light",
    "reporting", "frequency", "rarity", "same_names", "family_names", "same_near", "family_near", "family_words", "same_words",
    "same_sentence", "family_sentence", "text", "order",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A given word with what merging compares."""

    document: int
    sentence: int
    text: str
    stems: frozenset[str]
    stem: str  # of the word that tells the act
    families: frozenset[int]
    near: frozenset[str]  # content words around it
    near_names: frozenset[str]
    around: frozenset[str]  # content words of its sentence
    numbers: frozenset[str]
    kinds: tuple[bool, bool, bool]  # pronoun, light verb, reporting verb


def group_words(documents: Sequence[Document], spans: Sequence[Sequence[Sequence[Span]]]) -> list[list[int]]:
    """For each document the group of each given word: words of one group tell one event, over all documents.

    ``spans``: for each document its words, each as the spans (into ``Document.original``) of its parts.
    """
    likeness = Likeness([d.text for d in documents])
    words = [w for n, d in enumerate(documents) for w in read_words(n, d, spans[n])]
    affairs = affairs_of(likeness)
    model = load_model("given_words")
    pairs = list(candidates(words, affairs))
    scores = model.score(features(words, pairs, likeness, affairs), FEATURES).tolist()
    groups = iter(average_link(len(words), ((i, j, s) for (i, j), s in zip(pairs, scores, strict=True)), model.threshold))
    return [[next(groups) for _ in own] for own in spans]


def affairs_of(likeness: Likeness) -> list[int]:
    """The affair of each document: what share of words and names tells of the same doings."""
    size = len(likeness)
    words, names = [likeness.words(n) for n in range(size)], [likeness.names(n) for n in range(size)]
    by_words, by_names = Postings(words), Postings(names)

    def pairs() -> Iterator[tuple[int, int, float]]:
        for i in range(size):
            both = (1 - _NAMES) * by_words.likeness(words[i]) + _NAMES * by_names.likeness(names[i])
            for j in np.nonzero(both[:i] > 0.02)[0].tolist():
                yield j, i, float(both[j])

    return average_link(size, pairs(), _AFFAIR)


def read_words(number: int, document: Document, spans: Sequence[Sequence[Span]]) -> Iterator[Word]:
    """The given words of a document."""
    sentences = [r.span for r in split(document)]
    for original in spans:
        parts = [document.from_original(p) for p in original]
        text = " ".join(document.text[a:b] for a, b in parts)
        start, end = parts[0][0], parts[-1][1]
        index = next((n for n, (a, b) in enumerate(sentences) if a <= start < b), 0)
        a, b = sentences[index] if sentences else (0, len(document.text))
        yield read_word(number, index, text, document.text[a:start], document.text[end:b])


def read_word(number: int, index: int, text: str, before: str, after: str) -> Word:
    """A word that tells an event, from what stands before and after it in its sentence. ``index``: the sentence's place in the document."""
    near = " ".join(before.split()[-_NEAR:]), " ".join(after.split()[:_NEAR])
    stems = act_stems(text)
    own = frozenset(stems)
    sentence = f"{before} {text} {after}"
    first = plain_words(text)[:1] or [""]
    return Word(
        number,
        index,
        text.lower(),
        own,
        stems[0],
        families(text.lower()),
        (frozenset(content_stems(near[0])) | frozenset(content_stems(near[1]))) - own,
        frozenset(name_stems("x " + near[0])) | frozenset(name_stems("x " + near[1])),
        frozenset(content_stems(sentence)),
        frozenset(w for w in plain_words(sentence) if w[0].isdigit()),
        (is_in("pronouns", first[0]), is_in("light", stems[0]), is_in("reporting", stems[0])),
    )


def candidates(words: Sequence[Word], affairs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of words of one affair that could tell one event: of one stem or family, or too empty to say."""
    by_affair: dict[int, list[int]] = defaultdict(list)
    for n, w in enumerate(words):
        by_affair[affairs[w.document]].append(n)
    for members in by_affair.values():
        for i, j in combinations(members, 2):
            a, b = words[i], words[j]
            if a.stems & b.stems or a.families & b.families or a.kinds[0] or b.kinds[0] or a.kinds[1] or b.kinds[1]:
                yield i, j


class Words:
    """Words as columns, to be compared pair by pair (``i`` and ``j`` are their numbers)."""

    def __init__(self, words: Sequence[Word], weights: Weights) -> None:
        self.document = np.asarray([w.document for w in words], dtype=np.int64)
        self.sentence = np.asarray([w.sentence for w in words], dtype=np.int64)
        (self.stems,) = as_sets([w.stems for w in words])
        (self.families,) = as_sets([w.families for w in words])
        (self.numbers,) = as_sets([w.numbers for w in words])
        (self.near,) = as_sets([w.near for w in words], weigh=weights)
        (self.near_names,) = as_sets([w.near_names for w in words], weigh=weights)
        (self.around,) = as_sets([w.around for w in words], weigh=weights)
        self.stem, self.text = as_codes([w.stem for w in words]), as_codes([w.text for w in words])
        self.rarity = np.asarray([weights(w.stem) for w in words])
        self.kinds = np.asarray([w.kinds for w in words], dtype=float).reshape(-1, 3)

    def features(self, i: Ints, j: Ints, likeness: Likeness, frequency: Array | float = 1.0) -> Array:
        """One row of :data:`FEATURES` a pair. ``frequency``: how often the affair has such words."""
        words, names = likeness.cosines(self.document[i], self.document[j])
        same, shared = self.stem[i] == self.stem[j], self.stems.shared(i, j) > 0
        family, known = self.families.shared(i, j) > 0, (self.families.size[i] > 0) & (self.families.size[j] > 0)
        either, one = same | shared, self.document[i] == self.document[j]
        apart = np.abs(self.sentence[i] - self.sentence[j])
        sentence, sentence_share = self.around.overlap(i, j)
        near, near_share = self.near.overlap(i, j)
        close, close_share = self.near_names.overlap(i, j)
        numbers, numbered = self.numbers.shared(i, j) > 0, (self.numbers.size[i] > 0) & (self.numbers.size[j] > 0)
        columns = [
            same, shared, family, known & ~family, words, names, one, one & (apart == 0), one & (apart == 1),
            np.log1p(sentence), sentence_share, np.log1p(near), near_share, np.log1p(close), close_share,
            numbers, numbered & ~numbers, *(self.kinds[i] + self.kinds[j]).T,
            np.broadcast_to(np.log(frequency), i.shape), np.minimum(self.rarity[i], self.rarity[j]), either * names, family * names,
            either * near_share, family * near_share, family * words, either * words, either * sentence_share, family * sentence_share,
            self.text[i] == self.text[j], np.maximum(self.sentence[i], self.sentence[j]) == 0,
        ]  # fmt: skip
        return np.column_stack([np.asarray(c, dtype=float) for c in columns])


def features(words: Sequence[Word], pairs: Sequence[tuple[int, int]], likeness: Likeness, affairs: Sequence[int]) -> Array:
    """One row of :data:`FEATURES` for each pair."""
    told = Counter((affairs[w.document], w.stem) for w in words)
    often = np.asarray([told[affairs[w.document], w.stem] for w in words], dtype=float)
    columns = Words(words, likeness.weights)
    i, j = np.asarray(pairs, dtype=np.int64).reshape(-1, 2).T
    parts = [slice(start, start + _AT_ONCE) for start in range(0, max(1, len(i)), _AT_ONCE)]
    return np.concatenate([columns.features(i[p], j[p], likeness, 0.5 * (often[i[p]] + often[j[p]])) for p in parts])
