"""Pairs of documents that may belong to one story, and what speaks for and against it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from .story_pieces import Array, Pieces

Ints = npt.NDArray[np.int64]
_NEAREST = 40  # neighbours compared, whenever they were told
_TOPICAL = 20  # by topic, whenever
_RECENT, _DAYS = 20, 14  # of either kind, within so many days
_RANKED, _SHARED = 60, 25  # neighbours ranked; those whose sharing counts
_BLOCK = 4_000_000  # cells of a table of likeness at a time
_UNDATED = 30  # days between two documents of which one has no date

FEATURES = (
    "words", "names", "actors", "lands", "bigrams", "phrases", "spots", "topics", "theme", "gap", "rare", "rare_second", "rare_third",
    "shared", "rare_name", "rare_name_second", "shared_names", "rife", "rife_second", "rife_name", "shorter", "longer", "neighbours_shared",
    "rank_best", "rank_worst", "places", "one_first", "one_last", "all_lands", "lands_in_all", "rare_land", "rare_actor", "kilometres",
)  # fmt: skip


class Neighbours:
    """Pairs worth comparing, and each document's nearest."""

    def __init__(self, pieces: Pieces) -> None:
        size = len(pieces)
        likeness = 0.5 * pieces.words.unit @ pieces.words.unit.T + 0.35 * pieces.names.unit @ pieces.names.unit.T
        likeness = (likeness + 0.15 * pieces.actors.unit @ pieces.actors.unit.T).tocsr()
        found: list[Ints] = []
        self._ranked = np.full((size, min(_RANKED, max(0, size - 1))), -1, dtype=np.int64)
        step = max(1, _BLOCK // max(1, size))
        for start in range(0, size, step):
            stop = min(size, start + step)
            words, topics = likeness[start:stop].toarray(), pieces.topics[start:stop] @ pieces.topics.T
            own = np.arange(stop - start), np.arange(start, stop)
            words[own] = topics[own] = -1
            near = np.abs(pieces.days[start:stop, None] - pieces.days[None]) <= _DAYS
            near |= pieces.undated[start:stop, None] | pieces.undated[None]
            for table, count in (
                (words, _NEAREST),
                (topics, _TOPICAL),
                (np.where(near, words, 0), _RECENT),
                (np.where(near, topics, 0), _TOPICAL),
            ):
                found.append(_best(table, min(count, size - 1), start))
            both = words + 0.3 * topics
            self._ranked[start:stop] = np.argsort(-both, axis=1, kind="stable")[:, : self._ranked.shape[1]]
        pairs = np.sort(np.concatenate(found), axis=1) if found else np.zeros((0, 2), dtype=np.int64)
        self.pairs: Ints = np.unique(pairs, axis=0)

    def ranks(self, pairs: Ints) -> tuple[Array, Array]:
        """Of each pair, the rank of the second among the neighbours of the first, and the reverse."""
        out = []
        for a, b in (pairs.T, pairs.T[::-1]):
            hit = self._ranked[a] == b[:, None]
            out.append(np.where(hit.any(1), hit.argmax(1), _RANKED + 20).astype(float))
        return out[0], out[1]

    def closest(self) -> sp.csr_matrix:
        """Who is among whose closest."""
        size, count = len(self._ranked), min(_SHARED, self._ranked.shape[1])
        rows = np.repeat(np.arange(size), count)
        return sp.csr_matrix((np.ones(len(rows)), (rows, self._ranked[:, :count].ravel())), shape=(size, size))


def _best(table: Array, count: int, start: int) -> Ints:
    if count < 1:
        return np.zeros((0, 2), dtype=np.int64)
    best = np.argpartition(-table, count - 1, axis=1)[:, :count]
    rows = np.repeat(np.arange(len(table)), count)
    kept = table[rows, best.ravel()] > 0
    return np.column_stack([rows[kept] + start, best.ravel()[kept]]).astype(np.int64)


def features(pieces: Pieces, neighbours: Neighbours) -> Array:
    """One row of :data:`FEATURES` for each pair of neighbours."""
    pairs = neighbours.pairs
    i, j = pairs.T
    kinds = (pieces.words, pieces.names, pieces.actors, pieces.lands, pieces.bigrams, pieces.phrases, pieces.spots)
    gap = np.where(pieces.undated[i] | pieces.undated[j], _UNDATED, np.abs(pieces.days[i] - pieces.days[j]))
    rare, shared = _rarest(pieces.words.root, i, j, 3)
    rare_names, shared_names = _rarest(pieces.names.root, i, j, 2)
    rife, _ = _rarest(pieces.words.rife(pieces.days), i, j, 2)
    rife_names, _ = _rarest(pieces.names.rife(pieces.days), i, j, 1)
    closest, ranks = neighbours.closest(), neighbours.ranks(pairs)
    both = _dots(pieces.lands.held, i, j)
    held = np.asarray(pieces.lands.held.sum(1)).ravel()
    either = held[i] + held[j] - both
    columns = [
        *(_dots(k.unit, i, j) for k in kinds), _rows(pieces.topics, i, j), _rows(pieces.themes, i, j), gap,
        *rare.T, shared, *rare_names.T, shared_names, *rife.T, *rife_names.T, np.minimum(pieces.length[i], pieces.length[j]),
        np.maximum(pieces.length[i], pieces.length[j]), _dots(closest, i, j), np.minimum(*ranks), np.maximum(*ranks),
        np.where(either > 0, both / np.maximum(1, either), -1), _one(pieces.first, i, j), _one(pieces.last, i, j),
        (both == either) & (both > 0), either, *_rarest(pieces.lands.root, i, j, 1)[0].T, *_rarest(pieces.actors.root, i, j, 1)[0].T,
        _kilometres(pieces, pairs),
    ]  # fmt: skip
    return np.column_stack([np.asarray(c, dtype=float) for c in columns])


def _dots(rows: sp.csr_matrix, i: Ints, j: Ints) -> Array:
    return np.asarray(rows[i].multiply(rows[j]).sum(1), dtype=float).ravel()


def _rows(rows: Array, i: Ints, j: Ints) -> Array:
    return np.asarray(np.einsum("ij,ij->i", rows[i], rows[j]), dtype=float)


def _rarest(root: sp.csr_matrix, i: Ints, j: Ints, count: int) -> tuple[Array, Array]:
    """The rarity of the rarest terms that two documents share, and how many they share."""
    shared = root[i].multiply(root[j]).tocsr()
    out = np.zeros((len(i), count))
    numbers = np.diff(shared.indptr)
    for n in np.flatnonzero(numbers):
        values = np.sort(shared.data[shared.indptr[n] : shared.indptr[n + 1]])[::-1][:count]
        out[n, : len(values)] = values
    return out, numbers.astype(float)


def _one(codes: Ints, i: Ints, j: Ints) -> Array:
    return np.where((codes[i] < 0) | (codes[j] < 0), -1.0, (codes[i] == codes[j]).astype(float))


def _kilometres(pieces: Pieces, pairs: Ints) -> Array:
    """Between the nearest places below the country that two documents name (haversine); -1 where one names none."""
    out = np.full(len(pairs), -1.0)
    for n, (a, b) in enumerate(pairs.tolist()):
        p, q = pieces.points[a], pieces.points[b]
        if len(p) and len(q):
            h = np.sin((q[None, :, 0] - p[:, None, 0]) / 2) ** 2
            h = h + np.cos(p[:, None, 0]) * np.cos(q[None, :, 0]) * np.sin((q[None, :, 1] - p[:, None, 1]) / 2) ** 2
            out[n] = 12742 * math.asin(min(1.0, math.sqrt(float(h.min()))))
    return out
