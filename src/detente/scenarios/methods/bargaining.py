"""Bargaining over one matter: where positions settle when each presses for its own (expected-utility model).

Each party has a position on a line, a salience (0 … 1) and a capability. It weighs challenging each other: if the other resists (by its
salience), the votes of all, by capability, salience and closeness, tell who wins; else it gives in. Risk acceptance follows from how safe a
position is, and bends utilities. Where the other would gain more by a challenge than oneself, one meets it (confrontation), moves part of
the way (compromise) or gives in; of several offers one takes the kind that costs least, and of these the least move. Rounds go on until the
middle position, weighted by capability and salience, no longer moves: the outcome.

Bueno de Mesquita 1984, Political Methodology; 1994, in Bueno de Mesquita & Stokman (eds), European Community Decision Making; equations as
reconstructed by Scholz, Calbert & Smith 2011, Unravelling Bueno de Mesquita's group decision model, J. Theoretical Politics 23(4).

What is reproduced, on their example (years until emission standards for cars hold; ten states): the middle position after rounds 1 … 8 is
published as 8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6 and comes here (``lowest=True``) as 8.42, 9.61, 9.96, 9.96, 9.96, 7.47, 8.82, 9.67; the
mean comes within 0.1 of what is published in all eight. For that the chance to win must be read as votes for oneself among the votes over
all pairs of positions (their equation 31 divides by the votes on this pair; then all meet at 7), and of several compromises the one nearest
the lower end be taken. That last rule looks like a slip, makes rounds wander, and depends on which end is called low: by default the least
move is taken, as their text says, and the example settles at 10.0 in round 5 (what came was 8.83; Bueno de Mesquita's own forecast 9.05).
The model is a description of pressure, not a forecaster of proven skill.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..history import Array
from ..result import Mover, Scenario, Settlement, Stand, Told
from ..stands import Table
from ..wording import settled_in_words
from .base import Question

REFERENCE = "Bueno de Mesquita 1994; Scholz, Calbert & Smith 2011"
NAME = "bargaining"
_MOST_ROUNDS, _STILL = 12, 0.002  # rounds; share of the line under which the middle no longer moves
_DRAWS = 250


@dataclass(frozen=True)
class Settled:
    """Positions after each round (the first row: before any), and the middle and mean of each."""

    positions: Array  # (rounds + 1) × parties
    middles: Array
    means: Array


def middle(positions: Array, weights: Array) -> float:
    """The position that beats every other by majority of weights: the weighted median (Black 1948)."""
    order = np.argsort(positions, kind="stable")
    cumulated = np.cumsum(weights[order])
    return float(positions[order][np.searchsorted(cumulated, cumulated[-1] / 2 - 1e-12)])


def bargained(
    positions: Array, salience: Array, capability: Array, rounds: int = _MOST_ROUNDS, lowest: bool = False, until_still: bool = True
) -> Settled:
    """Rounds of bargaining. ``salience`` 0 … 1; ``capability`` in any unit. ``lowest``: of several compromises the one nearest the lower
    end, as in the program of Scholz et al., not the least move. ``until_still``: stops when the middle no longer moves."""
    x = positions.astype(float).copy()
    span = float(x.max() - x.min())
    weights = capability * salience
    seen = [x.copy()]
    middles = [middle(x, weights)]
    for _ in range(rounds if span > 0 else 0):
        x = _round(x, salience, weights, span, lowest)
        seen.append(x.copy())
        middles.append(middle(x, weights))
        if until_still and abs(middles[-1] - middles[-2]) <= _STILL * span and len(middles) > 2:
            break
    means = [float((weights * s).sum() / max(weights.sum(), 1e-12)) for s in seen]
    return Settled(np.array(seen), np.array(middles), np.array(means))


def _round(x: Array, salience: Array, weights: Array, span: float, lowest: bool) -> Array:
    """Positions after one round: all move at once."""
    far = np.abs(x[:, None] - x[None])
    apart = far / span
    first = _gains(apart, salience, _chances(apart, weights, np.ones(len(x))), np.ones((len(x), 1)))
    danger = first.sum(axis=0) - np.diag(first)  # what all others expect of challenging one
    low, high = danger.min(), danger.max()
    risk = (2 * danger - high - low) / (high - low) if high > low else np.zeros(len(x))
    bend = (1 - risk / 3) / (1 + risk / 3)
    chance = _chances(apart, weights, bend)
    mine = _gains(apart, salience, chance, bend[:, None])  # of the row's challenge of the column's party, as the row sees it
    theirs = _gains(apart, salience[:, None], chance.T, bend[:, None])  # of the column's challenge of the row's party, likewise
    other = far > 0
    press = other & (theirs > 0) & (mine < 0)
    part = press & (theirs > -mine)
    goal = np.repeat(x[None], len(x), axis=0)
    goal = np.where(part, x[:, None] + (goal - x[:, None]) * np.abs(mine / np.where(theirs == 0, 1, theirs)), goal)
    cost = np.abs(goal - x[:, None])
    if lowest:
        least = (np.abs(mine) * x[:, None] + theirs * x[None]) / np.maximum(np.abs(mine) + theirs, 1e-12)
        cost = np.where(part, least, cost)
    new = x.copy()
    for kind in (press & ~part, part, other & (theirs > mine) & (mine > 0)):  # of several kinds the last is taken: it costs least
        some = np.flatnonzero(kind.any(axis=1))
        new[some] = goal[some, np.argmin(np.where(kind, cost, np.inf)[some], axis=1)]
    return new


def _chances(apart: Array, weights: Array, bend: Array) -> Array:
    """The chance that the row's party wins against the column's: votes for it among the votes over all pairs of positions."""
    far = apart ** bend[:, None]
    votes = weights[:, None, None] * (far[:, None, :] - far[:, :, None])  # voter × for × against
    out: Array = np.maximum(votes, 0).sum(axis=0) / max(float(np.abs(votes).sum()), 1e-12)
    return out


def _gains(apart: Array, salience: Array, chance: Array, bend: Array) -> Array:
    """What challenges gain (from the status quo) of one party by another so far ``apart``, who wins by ``chance``, in the utilities of who
    looks at it, bent by ``bend``; ``salience`` of the one challenged. All for pairs of parties, n × n."""
    won, lost, still = (2 - 4 * (0.5 + k * apart) ** bend for k in (-0.5, 0.5, 0.0))
    out: Array = salience * (chance * won + (1 - chance) * lost) + (1 - salience) * won - still
    return out


def settled(table: Table, seed: int, draws: int = _DRAWS) -> Settlement:
    """Where a table of positions settles, with what is not known of its figures: draws around each, settled one by one. Where the table
    says what an assumption would make of a position, without and with it, drawn alike."""
    x, s, c = (np.array([getattr(p, k) for p in table.parties]) for k in ("position", "salience", "capability"))
    spread = np.array([p.spread for p in table.parties])
    assumed = np.array([p.position if p.assumed is None else p.assumed for p in table.parties])
    rng = np.random.default_rng(seed)
    ends, ends_with = [], []
    moved = []
    for _ in range(draws):
        shift = rng.normal(0, spread)
        some = np.clip(s * np.exp(rng.normal(0, table.doubt, len(s))), 0.01, 1.0), c * np.exp(rng.normal(0, table.doubt, len(c)))
        found = bargained(np.clip(x + shift, table.low, table.high), *some)
        ends.append(found.middles[-1])
        moved.append(found.positions[-1] - found.positions[0])
        if table.has_assumed:
            ends_with.append(bargained(np.clip(assumed + shift, table.low, table.high), *some).middles[-1])
    means = np.mean(moved, axis=0)
    order = np.argsort(-np.abs(means), kind="stable")
    movers = tuple(
        Mover(table.parties[k].actor, round(float(means[k]), 3)) for k in order if abs(means[k]) > 0.02 * (table.high - table.low)
    )
    change = np.array(ends_with) - np.array(ends) if ends_with else None
    return Settlement(
        table.matter,
        table.source,
        table.low,
        table.high,
        round(middle(x, c * s), 3),
        _band(np.array(ends)),
        None if change is None else _band(np.array(ends_with)),
        None if change is None else _band(change),
        movers,
        tuple(Stand(p.actor, p.position, p.salience, p.capability, p.spread, p.assumed) for p in table.parties),
        table.mentions,
    )


def with_settlement(found: Scenario, table: Table | None, question: Question) -> Scenario:
    """The scenario with where the matter settles, or with why bargaining does not apply."""
    if table is None:
        why = "the assumption is about no contested matter on which three or more are told to take sides; a table of positions can be given"
        return replace(found, methods=(*found.methods, Told(NAME, REFERENCE, 0.0, (), (), (), (), (), why)))
    settlement = settled(table, question.seed)
    said = settled_in_words(settlement, lambda code: question.names.get(code, code))
    told = Told(NAME, REFERENCE, 0.0, (), (), (), (), (said,), "it tells where positions settle, not what acts follow")
    mentions = tuple(dict.fromkeys((*found.mentions, *settlement.mentions)))
    return replace(found, methods=(*found.methods, told), settlement=settlement, mentions=mentions)


def _band(draws: Array) -> tuple[float, float, float, float, float]:
    """Middle, 50% band, 80% band: (middle, low50, high50, low80, high80)."""
    low80, low50, mid, high50, high80 = (round(float(v), 3) for v in np.percentile(draws, (10, 25, 50, 75, 90)))
    return mid, low50, high50, low80, high80
