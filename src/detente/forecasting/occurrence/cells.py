"""What is known of each cell (pair and type) before a day: the features of its probability, in named groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .rules import Rules, age_bins
from .streams import HALF_LIVES, Streams

Array = np.ndarray[Any, Any]

#: the columns of a cell's features, by the group that a reason speaks of
GROUPS: dict[str, tuple[str, ...]] = {
    "repeat": ("cell_7", "cell_30", "cell_120", "cell_age", "cell_rate", "cell_base", "cell_total"),
    "rules": ("rule_best", "rule_joint", "rule_sum"),
    "reverse": ("back_7", "back_30", "back_120", "back_age"),
    "pair": (
        *("pair_7", "pair_30", "pair_120", "pair_age", "pair_back_7", "pair_back_30", "pair_back_120", "pair_back_age"),
        *("same_side_30", "other_side_30", "same_side_back_30", "other_side_back_30"),
    ),
    "actor": ("actor_type_30", "actor_type_120", "actor_30", "actor_met_30"),
    "recipient": ("recipient_type_30", "recipient_type_120", "recipient_30", "recipient_acts_30"),
    "type": ("type_rate", "type_30"),
    "span": ("observed",),
}
COLUMNS = tuple(c for columns in GROUPS.values() for c in columns)
GROUP_OF = {c: g for g, columns in GROUPS.items() for c in columns}


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of some pairs on a day. ``x``: (pairs x types, features); ``rate`` and ``base``: probabilities (pairs, types)."""

    day: int
    pairs: Array
    x: Array
    rate: Array  # by decayed rates alone
    base: Array  # by the share of past windows, shrunk to the type's


class Bases:
    """In how many past windows each cell was looked at, and in how many it happened."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.seen = np.zeros(shape[0], np.float32)
        self.hits = np.zeros(shape, np.float32)

    def learn(self, pairs: Array, happened: Array) -> None:
        self.seen[pairs] += 1
        self.hits[pairs] += happened


#: windows of the type's own rate that a cell's base rate is shrunk to
PRIOR_WINDOWS = 8.0


def cells(s: Streams, rules: Rules, bases: Bases, pairs: Array, horizon: int, among: int) -> Cells:
    """The cells of ``pairs`` on the day at which the stream stands, for a window of ``horizon`` days from it.

    ``among``: how many pairs are active on that day.
    """
    h, back, types = s.h, s.pairs.reverse[pairs], s.shape[1]
    exposure = [s.exposure(half) for half in HALF_LIVES]
    month = [30.0 / e for e in exposure]  # a decayed count as events in 30 days
    ahead = [c[pairs] for c in s.cells]
    behind = [c[back] for c in s.cells]
    age, age_back = s.day - s.last[pairs], s.day - s.last[back]
    bins, bins_back = age_bins(s.last[pairs], s.day), age_bins(s.last[back], s.day)
    best, joint, total = rules.features(bins, bins_back)
    rates = rules.rates
    rate = rate_probability(ahead[2], exposure[2], rates, horizon)
    base = (bases.hits[pairs] + PRIOR_WINDOWS * rates) / (bases.seen[pairs][:, None] + PRIOR_WINDOWS)
    side = h.sides
    alike = (side[:, None] == side[None, :]) & (side[:, None] != 0)
    unlike = (side[:, None] == -side[None, :]) & (side[:, None] != 0)
    actor, recipient = s.pairs.number[s.pairs.actor[pairs]], s.pairs.number[s.pairs.recipient[pairs]]

    def spread(column: Array) -> Array:
        return np.broadcast_to(column[:, None], (len(pairs), types))

    def log(counts: Array, scale: float) -> Array:
        found: Array = np.log(counts * scale + 0.05)
        return found

    columns = {
        **{f"cell_{int(half)}": log(ahead[n], month[n]) for n, half in enumerate(HALF_LIVES)},
        "cell_age": _age(age),
        "cell_rate": _logit(rate),
        "cell_base": _logit(base),
        "cell_total": np.log1p(s.total[pairs]),
        "rule_best": _logit(best),
        "rule_joint": joint,
        "rule_sum": total,
        **{f"back_{int(half)}": log(behind[n], month[n]) for n, half in enumerate(HALF_LIVES)},
        "back_age": _age(age_back),
        **{f"pair_{int(half)}": spread(log(ahead[n].sum(1), month[n])) for n, half in enumerate(HALF_LIVES)},
        "pair_age": spread(_age(age.min(1))),
        **{f"pair_back_{int(half)}": spread(log(behind[n].sum(1), month[n])) for n, half in enumerate(HALF_LIVES)},
        "pair_back_age": spread(_age(age_back.min(1))),
        "same_side_30": log(ahead[1] @ alike, month[1]),
        "other_side_30": log(ahead[1] @ unlike, month[1]),
        "same_side_back_30": log(behind[1] @ alike, month[1]),
        "other_side_back_30": log(behind[1] @ unlike, month[1]),
        "actor_type_30": log(s.does[0][actor], month[1]),
        "actor_type_120": log(s.does[1][actor], month[2]),
        "actor_30": spread(log(s.does[0][actor].sum(1), month[1])),
        "actor_met_30": spread(log(s.meets[0][actor].sum(1), month[1])),
        "recipient_type_30": log(s.meets[0][recipient], month[1]),
        "recipient_type_120": log(s.meets[1][recipient], month[2]),
        "recipient_30": spread(log(s.meets[0][recipient].sum(1), month[1])),
        "recipient_acts_30": spread(log(s.does[0][recipient].sum(1), month[1])),
        "type_rate": np.broadcast_to(_logit(rates), (len(pairs), types)),
        "type_30": np.broadcast_to(log(s.does[0].sum(0), month[1]) - np.log(max(1, among)), (len(pairs), types)),
        "observed": np.full((len(pairs), types), np.log(s.observed), np.float32),
    }
    x = np.stack([np.asarray(columns[c], np.float32).reshape(-1) for c in COLUMNS], 1)
    return Cells(s.day, pairs, x, rate, base)


def rate_probability(counts: Array, exposure: float, rates: Array, horizon: int) -> Array:
    """The probability of at least one event in the window from decayed counts (pairs, types) of ``exposure`` days.

    The pair's rate is shrunk to the mean of all, the type's share within it to the share of all; waiting times are gamma mixtures of
    exponentials (Lomax), since acts come in bursts.
    """
    common = -np.log1p(-np.clip(rates, 0, 0.999)) / horizon  # a day
    whole = counts.sum(1, keepdims=True)
    pair = (whole + 20 * common.sum()) / (exposure + 20)
    share = (counts + 4 * common / common.sum()) / (whole + 4)
    found: Array = 1 - 1 / (1 + pair * share * horizon)
    return found


def _age(days: Array) -> Array:
    found: Array = np.log(np.clip(days, 1, 1000))
    return found


def _logit(p: Array) -> Array:
    clipped = np.clip(p, 1e-6, 1 - 1e-6)
    found: Array = np.log(clipped / (1 - clipped))
    return found
