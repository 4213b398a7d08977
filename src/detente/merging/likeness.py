"""How alike documents are: TF-IDF over content words and over names, in a collection that grows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from .words import content_stems, name_stems

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
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

    def add(self, terms: Iterable[str]) -> None:
        """Counts a document's terms."""
        self._known.documents += 1
        self._holders.update(set(terms))
        self._known.clear()

    def __call__(self, term: str) -> float:
        """Inverse document frequency."""
        return self._known[term]

    def rarest(self) -> float:
        """Weight of a term that one document has; infinite in a collection of one."""
        documents = self._known.documents
        return math.log((documents + 1) / 1.5) if documents > 1 else math.inf

    def vector(self, terms: Mapping[str, int]) -> Vector:
        """Unit vector of a document; terms that no other document has are left out, as they match nothing."""
        out = {t: (1 + math.log(n)) * max(0.0, self(t)) for t, n in terms.items() if self._part or self._holders[t] > 1}
        length = math.sqrt(sum(v * v for v in out.values()))
        return {t: v / length for t, v in out.items()} if length else {}


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

    def __len__(self) -> int:
        return len(self._texts)

    def _words(self, n: int) -> Vector:
        return self.weights.vector(Counter(content_stems(self._texts[n])))

    def _names(self, n: int) -> Vector:
        return self._name_weights.vector(Counter(name_stems(self._texts[n])))

    def cosines(self, a: Ints, b: Ints) -> tuple[Array, Array]:
        """By words and by names, the likeness of each pair of texts (their numbers)."""
        pairs, back = np.unique(np.minimum(a, b) * len(self) + np.maximum(a, b), return_inverse=True)
        used, rows = np.unique(np.concatenate([pairs // len(self), pairs % len(self)]), return_inverse=True)
        i, j = np.split(rows, 2)
        words, names = ([of(n) for n in used.tolist()] for of in (self.words, self.names))
        own = i == j  # a text is like itself, also where it is the only one and no word of it is rare or common
        return np.where(own, 1.0, _dots(words, i, j))[back], np.where(own, 1.0, _dots(names, i, j))[back]


def _dots(vectors: Sequence[Vector], i: Ints, j: Ints) -> Array:
    """Scalar products of pairs of sparse vectors."""
    number: dict[str, int] = {}
    columns = np.fromiter((number.setdefault(t, len(number)) for v in vectors for t in v), dtype=np.int32)
    values = np.fromiter((x for v in vectors for x in v.values()), dtype=float, count=len(columns))
    starts = np.concatenate([[0], np.cumsum([len(v) for v in vectors])]).astype(np.int32)
    rows = sp.csr_matrix((values, columns, starts), shape=(len(vectors), max(1, len(number))))
    rows.sort_indices()
    return np.asarray(rows[i].multiply(rows[j]).sum(axis=1), dtype=float).ravel()


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
