"""A parsed sentence as plain lists: what the coder walks over, cheap to make and to send between processes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..records import Span
from .split import RawSentence

VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


@dataclass(slots=True)
class Sentence:
    """Tokens of one sentence with their dependency tree (ClearNLP labels, as spaCy's English models give them).

    ``starts``/``ends`` are character offsets into ``Document.text``. ``heads[i]`` is the index of token i's head; a root heads itself.
    """

    index: int  # place in the document
    raw: RawSentence
    words: list[str]
    lemmas: list[str]
    tags: list[str]  # Penn Treebank
    deps: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    entities: list[tuple[int, int, str]] = field(default_factory=list)  # (first token, end token, label), where NER ran
    children: list[list[int]] = field(default_factory=list)
    _vocabulary: frozenset[str] | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.relink()

    def relink(self) -> None:
        """Rebuilds ``children`` after heads were changed."""
        children: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                children[head].append(i)
        self.children = children

    def vocabulary(self) -> frozenset[str]:
        """The lemmas and lower-case words of the sentence, as they were when first asked for."""
        if self._vocabulary is None:
            self._vocabulary = frozenset(self.lemmas).union(map(str.lower, self.words))
        return self._vocabulary

    def __len__(self) -> int:
        return len(self.words)

    def root(self) -> int:
        """Index of the (first) root token."""
        return next((i for i, h in enumerate(self.heads) if h == i), 0)

    def child(self, i: int, *deps: str) -> int | None:
        """First child of token i with one of these labels."""
        labels = self.deps
        for c in self.children[i]:
            if labels[c] in deps:
                return c
        return None

    def all_children(self, i: int, *deps: str) -> list[int]:
        """Children of token i with one of these labels, in text order."""
        below = self.children[i]
        if not below:
            return []
        labels = self.deps
        return [c for c in below if labels[c] in deps]

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads above token i, nearest first."""
        seen = 0
        while self.heads[i] != i and seen < len(self.words):
            i = self.heads[i]
            seen += 1
            yield i

    def subtree(self, i: int) -> list[int]:
        """Token i and all below it, in text order."""
        out, stack, seen = [], [i], set()
        while stack:
            k = stack.pop()
            if k in seen:
                continue
            seen.add(k)
            out.append(k)
            stack.extend(self.children[k])
        return sorted(out)

    def conjuncts(self, i: int) -> list[int]:
        """Token i and what is coordinated with it, in text order (i need not be the first)."""
        first, labels = i, self.deps
        while labels[first] == "conj" and self.heads[first] != first:
            first = self.heads[first]
        if first == i and not any(labels[c] == "conj" for c in self.children[i]):
            return [i]
        out, stack = [], [first]
        while stack:
            k = stack.pop()
            out.append(k)
            stack.extend(c for c in self.children[k] if self.deps[c] == "conj")
        return sorted(out)

    def span(self, first: int, last: int) -> Span:
        """Character span into ``Document.text`` from token first to token last, inclusive."""
        return self.starts[first], self.ends[last]

    def token_at(self, offset: int) -> int | None:
        """Index of the token that covers a character offset of ``Document.text``."""
        for i in range(len(self.words)):
            if self.starts[i] <= offset < self.ends[i]:
                return i
        return None

    def is_verb(self, i: int) -> bool:
        """Whether token i is tagged as a verb form (modals not counted)."""
        return self.tags[i] in VERBS

    def is_noun(self, i: int) -> bool:
        """Whether token i is tagged as a noun or a name."""
        return self.tags[i] in NOUNS
