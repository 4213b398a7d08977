"""How well answers are ranked: MRR and Hits@k, filtered by time, over all actors, ties at their mean rank.

A question is (actor, type, ?, day); its answers are all facts of that day. Each answer is ranked against every actor that is no answer
('time-aware filtering'), and among equals it takes the mean of their places.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .tally import Floats, Longs

KINDS = ("seen triple", "seen pair", "new pair", "new actor")


def ranks_of(scores: Floats, question: Longs, candidate: Longs, asked: Longs, answer: Longs, actors: int) -> npt.NDArray[np.float64]:
    """The rank of each answer.

    ``scores``/``question``/``candidate``: the scored candidates, sorted by question, each candidate once per question; actors that are no
    candidate tie below the lowest. ``asked``/``answer``: the answers (all of each question's). Returns the shape of ``answer``.
    """
    order = np.lexsort((scores, question))
    q, c, x = question[order], candidate[order], scores[order].astype(np.float64)
    keys = question * actors + candidate
    by_key = np.argsort(keys)
    want = asked * actors + answer
    if not len(keys):
        of_question = np.searchsorted(np.sort(asked), [asked, asked + 1], side="left")
        return np.asarray((actors - (of_question[1] - of_question[0])) / 2 + 1, np.float64)
    at = np.searchsorted(keys[by_key], want)
    at[at == len(keys)] = 0
    found = keys[by_key][at] == want
    truth = np.isin(q * actors + c, want)
    # positions of truths and others in one sorted line: question, then score
    line = q[~truth].astype(np.float64), x[~truth]
    starts = np.searchsorted(line[0], asked, side="left")
    ends = np.searchsorted(line[0], asked, side="right")
    ranks = np.empty(len(want), np.float64)
    mine = scores[by_key][at].astype(np.float64)
    low, high = _within(line[1], starts, ends, mine)
    ranks[found] = (1 + (ends - high) + (high - low) / 2)[found]
    answers = np.bincount(asked, minlength=int(asked.max()) + 1)[asked]
    unscored_truths = np.bincount(asked[~found], minlength=int(asked.max()) + 1)[asked]
    scored = ends - starts
    rest = actors - scored - (answers - unscored_truths) - unscored_truths
    ranks[~found] = (1 + scored + rest / 2)[~found]
    return ranks


def _within(line: npt.NDArray[np.float64], starts: Longs, ends: Longs, value: npt.NDArray[np.float64]) -> tuple[Longs, Longs]:
    """Binary search for each value in its own ascending slice of ``line``: first place not below it, first place above it."""
    out = []
    for above in (False, True):
        low, high = starts.copy(), ends.copy()
        while (low < high).any():
            middle = (low + high) // 2
            at = line[np.minimum(middle, max(len(line) - 1, 0))]
            right = (at <= value if above else at < value) & (low < high)
            low, high = np.where(right, middle + 1, low), np.where(right | (low >= high), high, middle)
        out.append(low)
    return out[0], out[1]


@dataclass(frozen=True)
class Score:
    """Means over ranks."""

    mrr: float
    hits1: float
    hits3: float
    hits10: float
    questions: int

    @staticmethod
    def of(ranks: npt.NDArray[np.float64]) -> Score:
        """From ranks (1 is best); all NaN where there are none."""
        if not len(ranks):
            return Score(float("nan"), float("nan"), float("nan"), float("nan"), 0)
        hits = [float((ranks <= k).mean()) for k in (1, 3, 10)]
        return Score(float((1 / ranks).mean()), hits[0], hits[1], hits[2], len(ranks))
