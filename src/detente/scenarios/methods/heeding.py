"""How one pair answers one dyad's acts, beyond what the equations of all pairs say (for :mod:`.reciprocity`).

What the equations leave unexplained of a pair's weeks is held against what the dyad did in the same week and in the two before. How
such slopes differ among pairs and dyads of the same role says how far the slope of one can be trusted, and what is not known where few
weeks tell of it (random slopes, by moments: Swamy 1970, Econometrica 38; DerSimonian & Laird 1986, Controlled Clinical Trials 7).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..history import Array, Flags, Ints

#: slopes: of the same week, and of the mean of so many weeks before
AFTER = 2
_CELLS, _FEWEST = 4000, 3.0  # dyads that are looked at, and acts that make one worth it
_AT_ONCE = 100  # dyads whose weeks are laid out in one array
_ANSWERS = 4  # variables of the pair itself: the first four


@dataclass(frozen=True)
class Slopes:
    """By week (same, after) and variable of the pair (2 × 4): the slope that is expected, and its variance."""

    middle: Array
    variance: Array

    def drawn(self, draws: int, rng: np.random.Generator) -> Array:
        """Slopes as they might be, draws × 2 × 4."""
        out: Array = self.middle + np.sqrt(self.variance) * rng.standard_normal((draws, 2, _ANSWERS))
        return out


def slopes(left: Array, own_left: Array, pairs: Ints, flow: Array, rivals: Array, watch: tuple[int, int], dyad: tuple[int, int]) -> Slopes:
    """The slopes of the watched pair on a dyad.

    ``left`` (2 × pairs × weeks × 4), ``own_left`` (2 × weeks × 4): what the equations leave of the weeks' logarithms, once the errors of
    the same week are known and before, for pairs of all sorts and for the watched one; ``flow`` (N × N × weeks): logarithms of one plus
    the acts of the sign in question, the same weeks and ``AFTER`` before.
    """
    own, sure = _slopes(own_left[:, None], flow[dyad][None])
    cells = _alike(pairs, flow, rivals, watch, dyad)
    if len(cells) < 2 * AFTER:
        return Slopes(np.zeros((2, _ANSWERS)), np.minimum(sure[0], 1.0))
    parts = [_slopes(left[:, c[:, 0]], flow[c[:, 1], c[:, 2]]) for c in np.array_split(cells, 1 + len(cells) // _AT_ONCE)]
    others, spread = (np.concatenate(x) for x in zip(*parts, strict=True))
    heavy = 1 / (spread + np.median(spread, axis=0)) ** 2
    mean = (heavy * others).sum(axis=0) / heavy.sum(axis=0)
    apart = np.maximum((heavy * ((others - mean) ** 2 - spread)).sum(axis=0) / heavy.sum(axis=0), 1e-6)
    trust = apart / (apart + sure[0])
    return Slopes(trust * (own[0] - mean), apart * (1 - trust))


def _slopes(left: Array, acts: Array) -> tuple[Array, Array]:
    """Slopes of rows (2 × rows × weeks × 4) on acts (rows × AFTER + weeks) of the same week, the weeks before known, and on those before:
    each rows × 2 × 4, with their variances."""
    weeks = left.shape[2]
    before = np.mean([acts[:, AFTER - n : AFTER - n + weeks] for n in range(1, AFTER + 1)], axis=0)
    before = before - before.mean(axis=1, keepdims=True)
    same = acts[:, AFTER:] - acts[:, AFTER:].mean(axis=1, keepdims=True)
    square = (before**2).sum(axis=1) + 1e-6
    same = same - ((same * before).sum(axis=1) / square)[:, None] * before
    y = left - left.mean(axis=2, keepdims=True)
    found, sure = [], []
    for x, of in ((same, y[0]), (before, y[1])):
        square = (x**2).sum(axis=1)[:, None] + 1e-6
        both = (x[:, None] @ of)[:, 0]
        slope = both / square
        apart = np.einsum("rwv,rwv->rv", of, of) - slope * (2 * both - slope * (x**2).sum(axis=1)[:, None])
        noise = np.maximum(apart, 0.0) / max(1, weeks - 3) + 1e-4
        found.append(slope)
        sure.append(noise / square)
    return np.stack(found, axis=1), np.stack(sure, axis=1)


def _alike(pairs: Ints, flow: Array, rivals: Array, watch: tuple[int, int], dyad: tuple[int, int]) -> Ints:
    """Pairs and dyads of the same role (rows: place of the pair, actor, recipient): the pair itself, its reverse, or one of the pair
    toward, or from, a third party that is (or is not) a rival of the other; dyads of hardly any acts are left out."""
    busy: Flags = np.expm1(flow).sum(axis=2) >= _FEWEST
    a, b = pairs.T
    if set(dyad) == set(watch):
        ahead = dyad == watch
        x, y = (a, b) if ahead else (b, a)
        itself: Ints = np.stack([np.arange(len(pairs)), x, y], axis=1)[busy[x, y]]
        return itself
    size = len(rivals)
    inside, third = (dyad[0], dyad[1]) if dyad[0] in watch else (dyad[1], dyad[0])
    if inside not in watch:
        return np.zeros((0, 3), dtype=np.int64)
    first = inside == watch[0]
    other = watch[1] if first else watch[0]
    one, two = (a, b) if first else (b, a)
    place, thirds = np.repeat(np.arange(len(pairs)), size), np.tile(np.arange(size), len(pairs))
    fits = (rivals[two[place], thirds] > 0) == (rivals[other, third] > 0)
    x, y = (one[place], thirds) if dyad[0] == inside else (thirds, one[place])
    keep = fits & (thirds != a[place]) & (thirds != b[place]) & busy[x, y]
    rows: Ints = np.stack([place, x, y], axis=1)[keep]
    some: Ints = rows[np.linspace(0, len(rows) - 1, min(len(rows), _CELLS)).astype(int)]
    return some
