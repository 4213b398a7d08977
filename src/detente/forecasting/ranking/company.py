"""Company: who keeps the same company as whom, and who is met by those one meets.

Two measures over the graph of recent meetings, each at several half-lives: the cosine of two actors' partners, and the chance that a walk
of two steps from one ends at the other (Liben-Nowell and Kleinberg 2007, 'The link-prediction problem for social networks').
They tell something of pairs that never met.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from .past import EVER, MONTHS, SWIFT, WEEKS, Past
from .tally import Floats, Longs, distinct

ALIKE = (SWIFT, MONTHS, EVER)
WALKS = (WEEKS, MONTHS, EVER)
FAINT = 0.01
"""Faded counts below this are as good as none."""


class Company:
    """Who meets whom as the day begins; tables are made when first asked for, over those alone who met anyone."""

    def __init__(self, past: Past, day: int) -> None:
        self.past, self.day = past, day
        self._tables: dict[int, tuple[Longs, sparse.csr_matrix]] = {}
        self._sides: dict[tuple[str, int], tuple[sparse.csr_matrix, sparse.csc_matrix]] = {}

    def alike(self, s: Longs, question: Longs, o: Longs, rate: int) -> Floats:
        """Cosine of the partners of the askers ``s`` (one per question) and of the candidates ``o``, at half-life number ``rate``."""
        return self._looked_up("alike", rate, s, question, o)

    def walked(self, s: Longs, question: Longs, o: Longs, rate: int) -> Floats:
        """Chance that two steps from the asker end at the candidate."""
        return self._looked_up("walk", rate, s, question, o)

    def _looked_up(self, name: str, rate: int, s: Longs, question: Longs, o: Longs) -> Floats:
        met, _ = self._table(rate)
        if not len(met):
            return np.zeros(len(o), np.float32)
        left, right = self._side(name, rate)
        askers, at, asks = _numbered(met, s)
        candidates, of, is_met = _numbered(met, o)
        found: Floats = (left[askers] @ right[:, candidates]).toarray()
        return np.where(asks[question] & is_met, found[at[question], of], np.float32(0))

    def _side(self, name: str, rate: int) -> tuple[sparse.csr_matrix, sparse.csc_matrix]:
        if (name, rate) not in self._sides:
            table = self._table(rate)[1]
            if name == "walk":
                steps = _scaled(table, np.asarray(table.sum(1)).ravel())
                self._sides[name, rate] = (steps, steps.tocsc())
            else:
                table = table.copy()
                table.data = np.log1p(table.data)
                unit = _scaled(table, np.sqrt(np.asarray(table.multiply(table).sum(1)).ravel()))
                self._sides[name, rate] = (unit, unit.T)
        return self._sides[name, rate]

    def _table(self, rate: int) -> tuple[Longs, sparse.csr_matrix]:
        """Who met anyone, and faded meetings among these."""
        if rate not in self._tables:
            tally, actors = self.past.partners, self.past.actors
            rows = tally.pairs.order[: tally.pairs.size]
            count = tally.faded(rows, self.day, rate)
            rows, count = rows[count > FAINT], count[count > FAINT]
            keys = tally.pairs.keys[rows]
            met = distinct(keys // actors)  # meetings are counted both ways: whoever is met also met
            many = len(met)
            ends = np.cumsum(np.bincount(np.searchsorted(met, keys // actors), minlength=many))
            columns = np.searchsorted(met, keys % actors)
            self._tables[rate] = met, sparse.csr_matrix((count, columns, np.r_[0, ends]), shape=(many, many))
        return self._tables[rate]


def _numbered(met: Longs, who: Longs) -> tuple[Longs, Longs, npt.NDArray[np.bool_]]:
    """The distinct numbers in ``met``, for each of ``who`` its place among these, and whether it is in ``met`` at all."""
    number = np.minimum(np.searchsorted(met, who), len(met) - 1)
    numbers, place = np.unique(number, return_inverse=True)
    return numbers, place, met[number] == who


def _scaled(table: sparse.csr_matrix, sizes: Floats) -> sparse.csr_matrix:
    """Each row divided by its size."""
    out = table.copy()
    out.data = (table.data / np.repeat(np.maximum(sizes, 1e-9), np.diff(table.indptr))).astype(np.float32)
    return out
