"""How like pairs of actors stood to each other in past weeks: the features that analogues are matched on."""

from __future__ import annotations

import numpy as np

from ..history import Array, History, Ints, Panel, panel

#: what is kept of the past: weights of the latest week in short, middle and long means
_MEMORIES = (0.5, 0.15, 0.03)


def standing_features(weeks: Panel, back: Panel) -> Array:
    """Features before each week, dyads × (weeks + 1) × 9: mean scores (short, middle, long), activity (the same), score and activity of the
    reversed dyad, and how far scores lie from their long mean. ``back``: the same dyads reversed."""
    score, counts = weeks.score, weeks.counts.sum(axis=2)
    other, answers = back.score, back.counts.sum(axis=2)
    dyads, length = score.shape
    out = np.zeros((dyads, length + 1, 9))
    state = np.zeros((9, dyads))
    for w in range(length + 1):
        out[:, w] = state.T
        if w == length:
            break
        for n, m in enumerate(_MEMORIES):
            m = max(m, 1 / (w + 1))
            state[n] += m * (score[:, w] - state[n])
        for n, m in ((3, _MEMORIES[0]), (4, _MEMORIES[1]), (5, _MEMORIES[2])):
            m = max(m, 1 / (w + 1))
            state[n] += m * (np.log1p(counts[:, w]) - state[n])
        state[6] += max(_MEMORIES[1], 1 / (w + 1)) * (other[:, w] - state[6])
        state[7] += max(_MEMORIES[1], 1 / (w + 1)) * (np.log1p(answers[:, w]) - state[7])
        state[8] += max(_MEMORIES[2], 1 / (w + 1)) * (np.abs(score[:, w] - state[2]) - state[8])
    return out


def usual(told: History, pairs: Ints) -> Array:
    """A dyad's long mean score, and how far scores lie from it, before each week: dyads × (weeks + 1) × 2."""
    weeks = panel(told, pairs)
    return standing_features(weeks, weeks)[:, :, [2, 8]]
