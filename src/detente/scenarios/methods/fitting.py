"""Learning a process of acts that excite acts (see :mod:`.excitation`): weights shared by all dyads by expectation–maximisation, and how
dyads differ from that.

EM for self-exciting processes: Veen & Schoenberg 2008, J. American Statistical Association 103.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..history import Array, History
from .excitation import (
    DIRECT,
    EVEN_ROLES,
    EVEN_TIES,
    FEATURES,
    NEVER,
    ROLES,
    SHARED,
    STABLE,
    THIRD,
    TIES,
    Excitation,
    Network,
    Report,
    State,
    kept,
    masses,
    network_of,
    radius,
    rates,
    replayed,
    total_base,
)

_OUTER = 4  # times that it is told apart what is base, how dyads go on and answer, and who heeds whom
_POWER = 2.0  # steps of the last, which is found slowly, are as many times as long
_EASED = (0.75, 0.5, 0.25, 0.0)  # a process that is not stable: how far its dyads may differ from the general sort
_ALIKE = 3.0  # offspring of the general sort that a dyad's own weigh against
_ROUNDS, _CLOSE = 250, 1e-7
_EASE = 1.0  # rate of the prior of weights: one expected act that did not come


def fit(told: History, report: Report | None = None) -> Excitation:
    """Learns the process from a history (the first tenth of it only warms up the state)."""
    net = network_of(told)
    since = told.first + (told.last - told.first) // 10
    rows, _ = replayed(told, net, since, report)
    weights = _weighed(told, net, rows, since, None, _ROUNDS)
    for _ in range(_OUTER):
        net, rows, weights = _grounded(told, net, rows, weights, since)
        after, sure = _told_apart(told, net, rows, weights, since)
        net, rows = after, _with_ways(told, net, after, rows)
        weights = _weighed(told, net, rows, since, weights, _ROUNDS // 8)
        heed, known = _heeding(told, net, rows, weights, since)
        net = replace(net, heed=net.heed * (heed / net.heed) ** _POWER)
        rows, _ = replayed(told, net, since)
        weights = _weighed(told, net, rows, since, weights, _ROUNDS // 4)
    for ease in _EASED:
        if radius(weights, net) <= STABLE:
            break
        calm = replace(net, own=net.own**ease, back=net.back**ease)
        net, rows = calm, _with_ways(told, net, calm, rows)
        net, rows, weights = _grounded(told, net, rows, weights, since)
        weights = _weighed(told, net, rows, since, weights, _ROUNDS // 8)
    curve, slope = _around(told, net, rows, since, weights)
    branching = radius(weights, net)
    if branching > STABLE:
        weights[:, 1:] *= STABLE / branching
        branching = STABLE
    return Excitation(net, weights, curve, slope, np.concatenate([sure, known[None]]), branching, len(told), told.actors)


def _weighed(told: History, net: Network, rows: Array, since: int, begin: Array | None, rounds: int) -> Array:
    """Weights, target quad class by quad class."""
    cost = masses(told, net, since, told.last + 1)
    weights = np.zeros((4, FEATURES))
    for q in range(4):
        c = cost.copy()
        c[0] = cost[0] * total_base(net)[q]
        x = rows[(told.quad == q) & (told.day >= since)]
        weights[q] = _climbed(x, c, None if begin is None else begin[q], rounds)
    return weights


def _grounded(told: History, net: Network, rows: Array, weights: Array, since: int) -> tuple[Network, Array, Array]:
    """Base rates of dyads without what earlier acts brought about: acts that nothing earlier explains, with some of the general rate (as
    :func:`.excitation.network_of` draws dyads toward it)."""
    new = told.day >= since
    a, r, q = told.actor[new], told.recipient[new], told.quad[new]
    x = rows[new] * weights[q]
    counts = np.zeros_like(net.base)
    np.add.at(counts, (a, r, q), x[:, 0] / (x.sum(axis=1) + 1e-12))
    net = replace(net, base=rates(counts, told.last + 1 - since))
    rows[new, 0] = net.base[a, r, q]
    return net, rows, np.concatenate([np.ones((4, 1)), weights[:, 1:]], axis=1)


def _with_ways(told: History, net: Network, after: Network, rows: Array) -> Array:
    """Features where dyads go on and answer otherwise than they did."""
    k = 4 * len(DIRECT)
    rows[:, 1 : 1 + k] *= (after.own / net.own)[told.actor, told.recipient][:, None]
    rows[:, 1 + k : 1 + 2 * k] *= (after.back / net.back)[told.actor, told.recipient][:, None]
    return rows


def _around(told: History, net: Network, rows: Array, since: int, weights: Array) -> tuple[Array, Array]:
    """Second and first derivative of the negative log likelihood (with the prior) at the weights, by quad class; the first is 0
    but where a weight is held at 0."""
    cost = masses(told, net, since, told.last + 1)
    curve, slope = np.zeros((4, FEATURES, FEATURES)), np.zeros((4, FEATURES))
    for q in range(4):
        c = cost + _EASE
        c[0] = cost[0] * total_base(net)[q]
        x = rows[(told.quad == q) & (told.day >= since)]
        if not len(x):  # of acts that were never told nothing is drawn
            curve[q] = NEVER * np.eye(FEATURES)
            continue
        scaled = x / (x @ weights[q] + 1e-12)[:, None]
        curve[q] = scaled.T @ scaled + np.diag(np.where(cost > 1e-9, 1e-6, NEVER))
        slope[q] = np.maximum(c - scaled.sum(axis=0), 0.0)
    return curve, slope


def _told_apart(told: History, net: Network, rows: Array, weights: Array, since: int) -> tuple[Network, Array]:
    """Dyads that go on, or answer, more or less than others: offspring found against offspring expected, both with some of the general
    sort added (a Gamma prior around 1, so that a dyad of few acts stays with the others)."""
    size, k = len(told.actors), 4 * len(DIRECT)
    new = told.day >= since
    a, r, q = told.actor[new], told.recipient[new], told.quad[new]
    x = rows[new] * weights[q]
    whole = x.sum(axis=1) + 1e-12
    days = np.maximum(told.last - told.day, 0)
    left = kept(DIRECT)[:, None] ** np.maximum(since - told.day - 1, 0) - kept(DIRECT)[:, None] ** days
    out, sure = [], []
    for part, (i, j) in ((slice(1, 1 + k), (a, r)), (slice(1 + k, 1 + 2 * k), (a, r))):
        found, expected = np.zeros((size, size)), np.zeros((size, size))
        np.add.at(found, (i, j), x[:, part].sum(axis=1) / whole)
        each = weights[:, part].sum(axis=0).reshape(len(DIRECT), 4)  # offspring of all quad classes, by kernel and quad class of the act
        mass = (left * each[:, told.quad]).sum(axis=0)
        to = (told.actor, told.recipient) if part.start == 1 else (told.recipient, told.actor)
        np.add.at(expected, to, mass)
        out.append((found + _ALIKE) / (expected + _ALIKE))
        sure.append(found + _ALIKE)
    return replace(net, own=out[0], back=out[1]), np.stack(sure)


def _heeding(told: History, net: Network, rows: Array, weights: Array, since: int) -> tuple[Array, Array]:
    """How much more, or less, each heeds what each other does and suffers than those with such a tie in general (as in
    :func:`_told_apart`), and of how many acts that is known."""
    size, state = len(told.actors), State.empty(len(told.actors))
    whole = (rows * weights[told.quad]).sum(axis=1) + 1e-12
    k = 1 + 8 * len(DIRECT)
    shape = (len(THIRD) * 2,)
    shared = weights[:, k : k + SHARED].reshape(4, len(ROLES), len(TIES), *shape)[:, EVEN_ROLES]  # 4 × 2 roles × ties × kernels·signs
    even = np.zeros_like(shared)
    even[:, :, :EVEN_TIES] = weights[:, k + SHARED :].reshape(4, len(EVEN_ROLES), EVEN_TIES, *shape)
    found, expected = np.zeros((size, size)), np.zeros((size, size))
    days, starts = np.unique(told.day, return_index=True)
    today = int(days[0]) if len(days) else 0
    for day, some in zip(days.tolist(), np.split(np.arange(len(told)), starts[1:]), strict=True):
        state.skip(day - today)
        a, r, q = told.actor[some], told.recipient[some], told.quad[some]
        if day >= since:
            third = np.moveaxis(state.third, 3, 1).reshape(-1, size, size)
            each = shared[q] * net.share[a, r][:, None, None, None] + even[q]  # acts × roles × ties × kernels·signs
            reach = np.stack([third[:, r, :], third[:, :, r].transpose(0, 2, 1)])  # roles × kernels·signs × acts × N
            ties = (net.ties[:, a, :] * net.heed[a]).transpose(1, 0, 2)  # acts × ties × N
            came = sum((each[:, x] @ reach[x].transpose(1, 0, 2) * ties).sum(axis=1) for x in range(len(EVEN_ROLES)))
            np.add.at(found, a, came / whole[some][:, None])
        state.pass_day(a, r, q)
        today = day + 1
    start, end = np.maximum(since - told.day - 1, 0), np.maximum(told.last - told.day, 0)
    mass = np.maximum(kept(THIRD)[:, None] ** start - kept(THIRD)[:, None] ** end, 0.0)  # kernels × acts
    for x, (touched, other) in enumerate(((told.actor, told.recipient), (told.recipient, told.actor))):
        for t, tie in enumerate(net.ties):
            ways = (w[:, x, t].sum(axis=0).reshape(len(THIRD), 2)[:, told.quad // 2] for w in (shared, even))
            by_share, by_tie = ((w * mass).sum(axis=0) for w in ways)  # of each act
            more = (net.share[:, touched] * by_share + by_tie) * tie[:, other]  # N × acts
            more[touched, np.arange(len(told))] = 0.0
            np.add.at(expected.T, other, more.T)
    return (found + _ALIKE) / (expected + _ALIKE), found + _ALIKE


def _climbed(x: Array, cost: Array, begin: Array | None, rounds: int) -> Array:
    """Weights ≥ 0 that maximise the Poisson likelihood of acts (rows of ``x``) with a Gamma(1, b) prior."""
    ease = np.full(FEATURES, _EASE)
    ease[0] = 0.0
    known = cost > 1e-9
    weights = np.where(known, 0.02, 0.0) if begin is None else begin
    weights[0] = max(0.05, weights[0]) if begin is not None else 0.5
    if not len(x):
        weights[1:] = 0.0
        weights[0] = 1 / (1 + cost[0])
        return weights
    level = 0.0
    for n in range(rounds):
        rate = x @ weights + 1e-12
        weights = np.where(known, weights * (x.T @ (1 / rate)) / (cost + ease), 0.0)
        if n % 10 == 9:
            now = float(np.log(rate).sum() - (cost + ease) @ weights)
            if n > 20 and abs(now - level) < _CLOSE * abs(now):
                break
            level = now
    return weights
