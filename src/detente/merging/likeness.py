"""How alike documents are: TF-IDF over content words and over names, in a collection that grows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .words import content_stems, name_stems

Vector = dict[str, float]
_KEPT = 20_000  # vectors kept


class _Rarities(dict[str, float]):
    """Inverse document frequency of each term that was asked for."""

    def __init__(self, holders: Counter[str]) -> None:
        self.holders, self.documents = holders, 0

    def __missing__(self, term: str) -> float:
        found = self[term] = math.log((self.documents + 1) / (self.holders[term] + 0.5))
        return found


class Weights:
    """Document frequencies of terms. Rare terms weigh more; what one document adds changes nothing that was read before."""

    def __init__(self, part: bool = False) -> None:
        """``part``: the documents counted are a part of those compared."""
        self._part = part
        self._holders: Counter[str] = Counter()
        self._known = _Rarities(self._holders)  # answers given since the last document was counted
        self._totals: dict[frozenset[str], float] = {}
        self._weigh = self._known.__getitem__

    def add(self, terms: Iterable[str]) -> None:
        """Counts a document's terms."""
        self._known.documents += 1
        self._holders.update(set(terms))
        self._known.clear()
        self._totals.clear()

    def __call__(self, term: str) -> float:
        """Inverse document frequency."""
        return self._known[term]

    def total(self, terms: frozenset[str]) -> float:
        """Weight of a set of terms."""
        found = self._totals.get(terms)
        if found is None:
            found = self._totals[terms] = sum(map(self._weigh, terms))
        return found

    def rarity(self, terms: Iterable[str]) -> float:
        """How rare the rarest of some terms is: 1 where one document of the collection has it, 0 where all have it or there is none."""
        rarest = max(map(self._weigh, terms), default=0.0)
        documents = self._known.documents
        return max(0.0, rarest / math.log((documents + 1) / 1.5)) if documents > 1 else 0.0

    def vector(self, terms: Mapping[str, int]) -> Vector:
        """Unit vector of a document; terms that no other document has are left out, as they match nothing."""
        out = {t: (1 + math.log(n)) * max(0.0, self(t)) for t, n in terms.items() if self._part or self._holders[t] > 1}
        length = math.sqrt(sum(v * v for v in out.values()))
        return {t: v / length for t, v in out.items()} if length else {}

    def overlap(self, a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
        """Weight of what two sets of terms share: in all, and as a share of the lighter set."""
        if not a or not b:
            return 0.0, 0.0
        both = a & b
        if not both:
            return 0.0, 0.0
        shared = sum(map(self._weigh, both))
        return shared, shared / (1e-6 + min(self.total(a), self.total(b)))


class Likeness:
    """Cosines between the texts of a collection, by content words and by names. Vectors are made when they are first asked for.

    ``counted``: numbers of the texts that say how rare a word is; None: all.
    """

    def __init__(self, texts: Sequence[str], counted: Sequence[int] | None = None) -> None:
        self._texts = texts
        part = counted is not None and len(counted) < len(texts)
        self.weights, self._name_weights = Weights(part), Weights(part)
        for n in range(len(texts)) if counted is None else counted:
            self.weights.add(content_stems(texts[n]))
            self._name_weights.add(name_stems(texts[n]))
        self.words = lru_cache(maxsize=_KEPT)(self._words)
        self.names = lru_cache(maxsize=_KEPT)(self._names)
        self.both = lru_cache(maxsize=4 * _KEPT)(self._both)

    def __len__(self) -> int:
        return len(self._texts)

    def _words(self, n: int) -> Vector:
        return self.weights.vector(Counter(content_stems(self._texts[n])))

    def _names(self, n: int) -> Vector:
        return self._name_weights.vector(Counter(name_stems(self._texts[n])))

    def _both(self, a: int, b: int) -> tuple[float, float]:
        return dot(self.words(a), self.words(b)), dot(self.names(a), self.names(b))


def dot(a: Vector, b: Vector) -> float:
    """Scalar product of two sparse vectors."""
    if len(a) > len(b):
        a, b = b, a
    return sum(v * b[t] for t, v in a.items() if t in b)


class Postings:
    """Vectors turned about: for each term who holds it, so that one document's likeness to all others is found at once."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        holders: dict[str, list[int]] = {}
        values: dict[str, list[float]] = {}
        for n, vector in enumerate(vectors):
            for term, value in vector.items():
                holders.setdefault(term, []).append(n)
                values.setdefault(term, []).append(value)
        self._holders = {t: np.asarray(h, dtype=np.int64) for t, h in holders.items()}
        self._values = {t: np.asarray(v, dtype=np.float64) for t, v in values.items()}
        self._size = len(vectors)

    def likeness(self, vector: Vector) -> npt.NDArray[np.float64]:
        """Cosine of a vector to every document."""
        terms = [t for t in vector if t in self._holders]
        if not terms:
            return np.zeros(self._size)
        holders = np.concatenate([self._holders[t] for t in terms])
        values = np.concatenate([self._values[t] * vector[t] for t in terms])
        return np.bincount(holders, values, self._size).astype(np.float64)
