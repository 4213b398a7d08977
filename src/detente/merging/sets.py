"""Sets of terms as rows of a sparse matrix: what pairs of rows share is found for many pairs at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Sets:
    """Sets, one a row. ``i`` and ``j`` below are the rows of pairs, and each answer has an entry a pair."""

    held: sp.csr_matrix  # 1 where a row has a term
    weighed: sp.csr_matrix  # the term's weight
    size: Ints  # terms of each row
    total: Array  # their weight

    def shared(self, i: Ints, j: Ints, other: Sets | None = None) -> Ints:
        """How many terms both have. ``other``: the sets that ``j`` are rows of, of the same terms."""
        return np.asarray(np.diff(self._both(i, j, other).indptr), dtype=np.int64)

    def heaviest(self, i: Ints, j: Ints) -> Array:
        """The weight of the heaviest term that both have; 0 where there is none."""
        return np.asarray(self._both(i, j).max(axis=1).toarray(), dtype=float).ravel()

    def overlap(self, i: Ints, j: Ints) -> tuple[Array, Array]:
        """Weight of what both have: in all, and as a share of the lighter set."""
        shared = np.asarray(self._both(i, j).sum(axis=1), dtype=float).ravel()
        return shared, shared / (1e-6 + np.minimum(self.total[i], self.total[j]))

    def alike(self, i: Ints, j: Ints) -> Array:
        """Weight of what both have as a share of what either has (Jaccard)."""
        shared = self.overlap(i, j)[0]
        return np.asarray(shared / (1e-6 + self.total[i] + self.total[j] - shared))

    def variants(self, i: Ints, j: Ints, share: float) -> Bools:
        """Whether both have more than a share of all terms that either has, and each has some that the other has not."""
        shared = self.shared(i, j)
        either = self.size[i] + self.size[j] - shared
        return np.asarray((shared > share * either) & (shared < np.minimum(self.size[i], self.size[j])))

    def _both(self, i: Ints, j: Ints, other: Sets | None = None) -> sp.csr_matrix:
        return self.held[i].multiply((other or self).weighed[j]).tocsr()


def as_sets(*kinds: Sequence[Collection[Hashable]], weigh: Callable[[Any], float] | None = None) -> list[Sets]:
    """Kinds of sets that have the same terms. ``weigh``: a term's weight, above 0; else each weighs 1."""
    number: dict[Hashable, int] = {}
    columns = [np.fromiter((number.setdefault(t, len(number)) for row in rows for t in row), dtype=np.int32) for rows in kinds]
    weights = np.asarray([weigh(t) for t in number]) if weigh else np.ones(len(number))
    out = []
    for rows, own in zip(kinds, columns, strict=True):
        size = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        starts = np.concatenate([[0], np.cumsum(size)]).astype(np.int32)
        held = sp.csr_matrix((np.ones(len(own)), own, starts), shape=(len(rows), max(1, len(number))))
        held.sort_indices()
        weighed = held.copy()
        weighed.data = weights[held.indices] if len(own) else weighed.data
        out.append(Sets(held, weighed, size, np.asarray(weighed.sum(axis=1), dtype=float).ravel()))
    return out


def as_codes(values: Sequence[Hashable | None]) -> Ints:
    """Equal numbers for equal values; -1 for none."""
    number: dict[Hashable, int] = {}
    return np.fromiter((-1 if v is None else number.setdefault(v, len(number)) for v in values), dtype=np.int64, count=len(values))
