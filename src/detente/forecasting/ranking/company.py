"""Company: who keeps the same company as whom, and who is met by those one meets.

Two measures over the graph of recent meetings, each at several half-lives: the cosine of two actors' partners, and the chance that a walk
of two steps from one ends at the other (Liben-Nowell and Kleinberg 2007, 'The link-prediction problem for social networks').
They tell something of pairs that never met.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from .past import EVER, MONTHS, SWIFT, WEEKS, Past
from .tally import Floats, Longs, spans

ALIKE = (SWIFT, MONTHS, EVER)
WALKS = (WEEKS, MONTHS, EVER)
FAINT = 0.01
"""Faded counts below this are as good as none."""


class Company:
    """Who meets whom as the day begins; tables are made when first asked for."""

    def __init__(self, past: Past, day: int) -> None:
        self.past, self.day = past, day
        self._tables: dict[int, sparse.csr_matrix] = {}
        self._sides: dict[tuple[str, int], tuple[sparse.csr_matrix, sparse.csr_matrix]] = {}

    def alike(self, s: Longs, question: Longs, o: Longs, rate: int) -> Floats:
        """Cosine of the partners of the askers ``s`` (one per question) and of the candidates ``o``."""
        return self._looked_up("alike", rate, s, question, o)

    def walked(self, s: Longs, question: Longs, o: Longs, rate: int) -> Floats:
        """Chance that two steps from the asker end at the candidate."""
        return self._looked_up("walk", rate, s, question, o)

    def _looked_up(self, name: str, rate: int, s: Longs, question: Longs, o: Longs) -> Floats:
        askers, at = np.unique(s, return_inverse=True)
        left, right = self._side(name, rate)
        found: Floats = (left[askers] @ right).toarray()
        return found[at[question], o]

    def _side(self, name: str, rate: int) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        if (name, rate) not in self._sides:
            table = self._table(rate)
            if name == "walk":
                steps = _scaled(table, np.asarray(table.sum(1)).ravel())
                self._sides[name, rate] = (steps, steps)
            else:
                table = table.copy()
                table.data = np.log1p(table.data)
                unit = _scaled(table, np.sqrt(np.asarray(table.multiply(table).sum(1)).ravel()))
                self._sides[name, rate] = (unit, unit.T.tocsr())
        return self._sides[name, rate]

    def _table(self, rate: int) -> sparse.csr_matrix:
        """Faded meetings ``(actors, actors)``."""
        if rate not in self._tables:
            tally, actors = self.past.partners, self.past.actors
            rows = tally.pairs.order[: tally.pairs.size]
            count = tally.faded(rows, self.day, rate)
            rows, count = rows[count > FAINT], count[count > FAINT]
            keys = tally.pairs.keys[rows]
            ends = np.cumsum(np.bincount(keys // actors, minlength=actors))
            self._tables[rate] = sparse.csr_matrix((count, keys % actors, np.r_[0, ends]), shape=(actors, actors))
        return self._tables[rate]


def _scaled(table: sparse.csr_matrix, sizes: Floats) -> sparse.csr_matrix:
    """Each row divided by its size."""
    out = table.copy()
    _, row = spans(table.indptr[:-1], table.indptr[1:])
    out.data = (table.data / np.maximum(sizes, 1e-9)[row]).astype(np.float32)
    return out
