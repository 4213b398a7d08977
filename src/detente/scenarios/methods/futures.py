"""Futures of mutually exciting acts: many at once, among the actors near to what is watched, with and without what is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..history import Array, Ints
from .excitation import DIRECT, EVEN_ROLES, EVEN_TIES, THIRD, Excitation, Network, State, everywhere, kept


@dataclass(frozen=True)
class Injected:
    """Acts put into a future: on a day counted from 0, from one actor (place in the part) toward another, of a quad class."""

    day: int
    actor: int
    recipient: int
    quad: int
    times: float


@dataclass(frozen=True)
class Held:
    """A dyad that keeps a course: acts a day by quad class, from one day to another."""

    actor: int
    recipient: int
    rate: Array  # 4
    first: int
    after: int


@dataclass(frozen=True)
class Part:
    """The actors near to a question, with what reaches them from all others as expected."""

    actors: Ints  # places in the history
    net: Network
    state: State  # of the part, on the first day
    reaching: Array  # days × n × n × 4: expected acts that those outside excite
    away: Array  # days × n × 4 × 2: expected acts of each toward, and from, those outside


def part_of(fitted: Excitation, state: State, actors: Ints, days: int) -> Part:
    """A part of the network; those outside go their expected way (all means, no draws)."""
    net, whole = fitted.network, State(state.direct.copy(), state.third.copy())
    grid = np.ix_(actors, actors)
    n = len(actors)
    inner = net.part(actors)
    begin = State(state.direct[:, grid[0], grid[1]].copy(), state.third[:, grid[0], grid[1]].copy())
    reaching, away = np.zeros((days, n, n, 4)), np.zeros((days, n, 4, 2))
    outside = np.setdiff1d(np.arange(len(net.share)), actors)
    third = fitted.weights[:, 1 + 8 * len(DIRECT) :]
    for day in range(days):
        seen = everywhere(whole, net)
        rate = net.base * fitted.weights[:, 0] + seen @ fitted.weights[:, 1:].T
        own = everywhere(State(whole.direct[:, grid[0], grid[1]], whole.third[:, grid[0], grid[1]]), inner)
        reaching[day] = (seen[grid][..., 8 * len(DIRECT) :] - own[..., 8 * len(DIRECT) :]) @ third.T
        away[day, ..., 0] = rate[np.ix_(actors, outside)].sum(axis=1)
        away[day, ..., 1] = rate[np.ix_(outside, actors)].sum(axis=0)
        passed(whole, rate)
    return Part(actors, inner, begin, np.maximum(reaching, 0.0), away)


def passed(state: State, acts: Array) -> None:
    """A day passes with so many acts (… × N × N × 4)."""
    for k, r in enumerate(kept(DIRECT)):
        state.direct[k] = state.direct[k] * r + (1 - r) * acts
    signed = np.stack([acts[..., :2].sum(axis=-1), acts[..., 2:].sum(axis=-1)], axis=-1)
    for k, r in enumerate(kept(THIRD)):
        state.third[k] = state.third[k] * r + (1 - r) * signed


def run(
    part: Part,
    weights: Array,
    days: int,
    rng: np.random.Generator | None,
    injected: Sequence[Injected] = (),
    held: Sequence[Held] = (),
    alone: bool = False,
    ways: Array | None = None,
) -> Array:
    """Acts by week in each future: draws × weeks × n × n × 4; what is injected is not counted, what is held is.

    ``weights``: draws × 4 × FEATURES. Without ``rng`` the expected acts, else draws of them. ``alone``: only what the injected acts bring
    about (no base, no past, nothing from outside): since excitation adds up, this is exactly what they change. ``ways`` (draws × 3 ×
    n × n): by how much each draw's dyads go on, answer and heed others more than is known of them.
    """
    draws, n = len(weights), len(part.actors)
    left = Left(part.net, weights, ways)
    if not alone:
        left.direct += np.moveaxis(part.state.direct, 0, 2).reshape(n, n, -1)
        left.third += np.moveaxis(part.state.third, 3, 1).reshape(-1, n, n)
    out = np.zeros((draws, (days + 6) // 7, n, n, 4), dtype=np.float32)
    base = (part.net.base[None] * weights[:, None, None, :, 0]).astype(np.float32)
    for day in range(days):
        rate = left.rate()
        if not alone:
            rate += base
            rate += part.reaching[day].astype(np.float32)
        for h in held:
            if h.first <= day < h.after:
                rate[:, h.actor, h.recipient] = h.rate
        acts = np.minimum(rate, 1e4) if rng is None else rng.poisson(np.minimum(rate, 50.0)).astype(np.float32)
        out[:, day // 7] += acts
        for i in injected:
            if i.day == day:
                acts[:, i.actor, i.recipient, i.quad] += i.times
        left.passed(acts)
    return out.astype(np.float64)


class Left:
    """What earlier acts left in many futures at once, laid out so that a day costs a few matrix products (single precision)."""

    def __init__(self, net: Network, weights: Array, ways: Array | None = None) -> None:
        draws, n = len(weights), len(net.share)
        k, fields = len(DIRECT) * 4, len(THIRD) * 2
        self.direct = np.zeros((draws, n, n, k), dtype=np.float32)
        self.third = np.zeros((draws, fields, n, n), dtype=np.float32)
        self._seen = np.empty((draws, n, n, 4, 3, fields), dtype=np.float32)
        self._ties = np.concatenate(list(net.ties), axis=1).astype(np.float32)  # n × 3n
        self._share = net.share.astype(np.float32)[None, :, :, None]
        turned = np.ascontiguousarray(weights[:, :, 1:].transpose(0, 2, 1)).astype(np.float32)
        even = 2 * k + 12 * fields
        self._ahead, self._back, self._others, self._even = (turned[:, i:j] for i, j in ((0, k), (k, 2 * k), (2 * k, even), (even, None)))
        self._apart = (1 - np.eye(n)).astype(np.float32)[None, :, :, None]
        own, answer, heed = (x if ways is None else x * ways[:, w] for w, x in enumerate((net.own, net.back, net.heed)))
        heeded = net.ties * np.expand_dims(heed, -3)  # (draws ×) 3 × n × n
        turned_ties = np.moveaxis(heeded.swapaxes(-1, -2), -3, -2)  # (draws ×) n × 3 × n
        self._heeded = turned_ties.reshape(*turned_ties.shape[:-3], 1, n, 3 * n).astype(np.float32)
        self._own, self._answer = (x.astype(np.float32).reshape(-1, n, n, 1) for x in (own, answer))
        self._fade = np.repeat(kept(DIRECT), 4).astype(np.float32)
        self._fade_third = np.repeat(kept(THIRD), 2).astype(np.float32)[:, None, None]

    def rate(self) -> Any:
        """Expected acts of today, draws × n × n × 4."""
        draws, n = self.direct.shape[:2]
        out = (self.direct.reshape(draws, n * n, -1) @ self._ahead).reshape(draws, n, n, 4) * self._own
        out += (self.direct.reshape(draws, n * n, -1) @ self._back).reshape(draws, n, n, 4).transpose(0, 2, 1, 3) * self._answer
        back = self.third.transpose(0, 1, 3, 2)
        for x, acts, ties in ((0, self.third, self._ties), (1, self.third, self._heeded), (2, back, self._ties), (3, back, self._heeded)):
            seen = (acts @ ties).reshape(draws, -1, n, 3, n)
            self._seen[:, :, :, x] = seen.transpose(0, 4, 2, 3, 1) if x in EVEN_ROLES else seen.transpose(0, 2, 4, 3, 1)
        out += (self._seen.reshape(draws, n * n, -1) @ self._others).reshape(draws, n, n, 4) * self._share
        even = self._seen[:, :, :, EVEN_ROLES, :EVEN_TIES].reshape(draws, n * n, -1)
        out += (even @ self._even).reshape(draws, n, n, 4) * self._apart
        return out

    def passed(self, acts: Any) -> None:
        """A day passes with so many acts (draws × n × n × 4)."""
        self.direct *= self._fade
        self.direct += np.tile(acts, len(DIRECT)) * (1 - self._fade)
        signed = acts.reshape(*acts.shape[:3], 2, 2).sum(axis=-1).transpose(0, 3, 1, 2)
        self.third *= self._fade_third
        self.third += np.tile(signed, (1, len(THIRD), 1, 1)) * (1 - self._fade_third)


def tamed(weights: Array, net: Network, ways: Array | None = None, mean: Array | None = None, most: float = 0.97) -> Array:
    """Drawn weights (draws × 4 × FEATURES); those whose branching ratio in this part would reach 1 are drawn back toward ``mean`` (4 ×
    FEATURES, stable itself; without it toward 0) until it does not."""
    middle = np.zeros_like(weights[:1]) if mean is None else mean[None]
    least = growths(middle, net, None)
    growth = growths(weights, net, ways)
    back = np.clip((most - least) / np.maximum(growth - least, 1e-9), 0.0, 1.0)
    share = np.where(growth > most, back, 1.0)[:, None, None]
    out = middle + share * (weights - middle)
    left = growths(out, net, ways)  # between two points the ratio need not run straight
    out[:, :, 1:] *= np.minimum(1.0, most / np.maximum(left, 1e-12))[:, None, None]
    return out


def growths(weights: Array, net: Network, ways: Array | None, rounds: int = 12) -> Array:
    """The branching ratio of each draw of weights in this part, by power iteration."""
    acts = np.repeat((net.base / max(1e-12, float(net.base.sum())))[None], len(weights), axis=0).astype(np.float32)
    growth = np.zeros(len(weights))
    left = Left(net, weights, ways)
    for _ in range(rounds):
        left.direct = np.tile(acts, len(DIRECT))
        signed = acts.reshape(*acts.shape[:3], 2, 2).sum(axis=-1).transpose(0, 3, 1, 2)
        left.third = np.tile(signed, (1, len(THIRD), 1, 1))
        after = left.rate()
        growth = after.sum(axis=(1, 2, 3)).astype(np.float64)
        acts = after / np.maximum(growth, 1e-12)[:, None, None, None].astype(np.float32)
    return growth
