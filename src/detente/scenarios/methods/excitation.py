"""Acts that excite acts: a discrete-time multivariate Hawkes process over typed directed dyads, with parameters shared by all dyads.

The expected number of acts of quad class q from i toward j on a day is a base rate of the dyad, plus what earlier acts left:

- of the same dyad (i→j) and of the reversed one (j→i), by quad class of the earlier act;
- of third parties, in proportion to how much of what i does goes to j: i acted toward another, another was acted on by j, another acted
  on i, another acted on j; apart for another that is a friend, a rival or neither of the one that remains, and by sign of the act;
- of third parties, whoever they mostly deal with: j acted toward a friend or a rival of i, or was acted on by one.

What an act leaves fades in exponentials of several half-lives. All coefficients are at least 0 (acts excite, they do not hush), found by
expectation–maximisation with a weak prior toward 0; the branching ratio (largest eigenvalue of the expected offspring) is held below 1.
What is not known of the coefficients: the likelihood around its peak as a normal density, cut at 0 (see :meth:`Excitation.drawn`).

Hawkes 1971, Biometrika 58; Veen & Schoenberg 2008, J. American Statistical Association 103 (EM); Linderman & Adams 2014, ICML (networks);
reciprocity in events between states: Goldstein & Freeman 1990, Three-Way Street.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import ndtr, ndtri

from ..history import Array, History, Ints

#: half-lives in days of what an act leaves: of direct answers, and of those of third parties
DIRECT, THIRD = (1.5, 7.0, 30.0, 180.0), (3.0, 30.0)
ROLES = ("actor to another", "recipient to another", "another to the actor", "another to the recipient")
TIES = ("friend", "rival", "neither")
#: what third parties do whoever they deal with: roles in which the recipient was touched, for friends and rivals
EVEN_ROLES, EVEN_TIES = (1, 3), 2
#: the base, 2 × 4 quads × direct kernels, 4 roles × 3 ties × 2 signs × third kernels, 2 roles × 2 ties × 2 signs × third kernels
SHARED = len(ROLES) * len(TIES) * 2 * len(THIRD)
FEATURES = 1 + 2 * 4 * len(DIRECT) + SHARED + len(EVEN_ROLES) * EVEN_TIES * 2 * len(THIRD)
STABLE = 0.97
_MEMORY = 540  # days after which nothing is left of an act
_PRIOR_ACTS, _PRIOR_DAYS = 0.05, 30.0
NEVER = 1e12
_SWEEPS = 20  # of the Gibbs sampler

Report = Callable[[float], None]


@cache
def kept(half_lives: tuple[float, ...]) -> Array:
    """Share kept from a day to the next (one array for all who ask: not to be changed)."""
    out: Array = 0.5 ** (1 / np.array(half_lives))
    out.setflags(write=False)
    return out


@dataclass(frozen=True)
class Network:
    """What does not change while futures run: base rates, to whom acts go, and who is a friend or rival of whom (N × N)."""

    base: Array  # N × N × 4: acts a day
    share: Array  # N × N: of what i does, the share toward j
    ties: Array  # 3 × N × N: friend, rival, neither; 0 on the diagonal
    own: Array  # N × N: how much more than dyads in general one goes on with what it did
    back: Array  # N × N: how much more one answers its other direction
    heed: Array  # N × N: how much more than others with such a tie one heeds what touches the other

    def part(self, some: Ints) -> Network:
        """The network of some actors."""
        grid = np.ix_(some, some)
        ties = np.stack([t[grid] for t in self.ties])
        return Network(self.base[grid], self.share[grid], ties, self.own[grid], self.back[grid], self.heed[grid])


@dataclass(frozen=True)
class Excitation:
    """A fitted process. ``weights``: 4 target quads × FEATURES, all ≥ 0; ``curve`` (4 × FEATURES × FEATURES) and ``slope``
    (4 × FEATURES): how the likelihood falls around them; ``sure`` (3 × N × N): of how many acts it is known how dyads go on, answer, and
    heed what touches others."""

    network: Network
    weights: Array
    curve: Array
    slope: Array
    sure: Array
    branching: float
    acts: int
    actors: tuple[str, ...]

    def drawn(self, draws: int, rng: np.random.Generator) -> Array:
        """Weights as they might be, draws × 4 × FEATURES: of the likelihood's quadratic approximation over weights ≥ 0, by Gibbs sampling
        from its peak (a normal density cut at 0; Geweke 1991). Those that are not stable may be among them."""
        out = np.empty((draws, 4, FEATURES))
        for q in range(4):
            out[:, q] = _cut_normal(self.weights[q], self.curve[q], self.slope[q], draws, rng)
        return out

    def own_ways(self, draws: int, rng: np.random.Generator, some: Ints) -> Array:
        """How dyads of some actors go on, answer and heed others, as it might be: draws × 3 × n × n multiples of what is known of it."""
        shape = self.sure[:, some[:, None], some]
        out: Array = rng.gamma(np.broadcast_to(shape, (draws, *shape.shape))) / shape
        return out


@dataclass
class State:
    """What earlier acts have left, by kernel: direct K × N × N × 4, third L × N × N × 2 signs."""

    direct: Array
    third: Array

    @classmethod
    def empty(cls, size: int) -> State:
        return cls(np.zeros((len(DIRECT), size, size, 4)), np.zeros((len(THIRD), size, size, 2)))

    @classmethod
    def on(cls, told: History, day: int) -> State:
        """What all acts before a day have left on it."""
        state, old = cls.empty(len(told.actors)), told.day < day
        state.pass_days(0, told.actor[old], told.recipient[old], told.quad[old], day - 1 - told.day[old])
        return state

    def pass_day(self, actor: Ints, recipient: Ints, quad: Ints) -> None:
        """A day with these acts passes: they act from the next day on."""
        self.pass_days(1, actor, recipient, quad, np.zeros(len(actor), dtype=np.int64))

    def pass_days(self, days: int, actor: Ints, recipient: Ints, quad: Ints, ago: Ints) -> None:
        """Days with these acts pass, of which ``ago`` came after each act's own."""
        self.skip(days)
        cell = (actor * self.direct.shape[1] + recipient) * 4 + quad
        for k, r in enumerate(kept(DIRECT)):
            np.add.at(self.direct[k].reshape(-1), cell, (1 - r) * r**ago)
        for k, r in enumerate(kept(THIRD)):
            np.add.at(self.third[k].reshape(-1), cell // 2, (1 - r) * r**ago)

    def skip(self, days: int) -> None:
        """Days without acts pass."""
        if days > 0:
            self.direct *= (kept(DIRECT) ** days)[:, None, None, None]
            self.third *= (kept(THIRD) ** days)[:, None, None, None]


def network_of(told: History) -> Network:
    """Base rates, shares and ties as a history shows them."""
    size = len(told.actors)
    counts = np.zeros((size, size, 4))
    np.add.at(counts, (told.actor, told.recipient, told.quad), 1.0)
    total = counts.sum(axis=2)
    base = rates(counts, max(1, told.last - told.first + 1))
    rate = base.sum(axis=2)
    share = rate / np.maximum(rate.sum(axis=1, keepdims=True), 1e-12)
    warm = np.zeros((size, size))
    np.add.at(warm, (told.actor, told.recipient), told.intensity)
    both, warmth = total + total.T, warm + warm.T
    mean = warmth / (both + 5.0)
    friend, rival = (mean > 1.0).astype(float), (mean < -1.0).astype(float)
    ties = np.stack([friend, rival, 1 - friend - rival])
    for t in ties:
        np.fill_diagonal(t, 0.0)
    return Network(base, share, ties, *(np.ones((size, size)) for _ in range(3)))


def rates(counts: Array, days: int) -> Array:
    """Acts a day of each dyad and quad class, drawn a little toward what they were if everybody dealt with everybody alike."""
    total = counts.sum(axis=2)
    all_ = max(1.0, float(total.sum()))
    like = np.outer(total.sum(axis=1), total.sum(axis=0)) / all_
    quads = (counts.sum(axis=(0, 1)) + 1) / (all_ + 4)
    expected = like[:, :, None] * quads / days
    base: Array = (counts + (_PRIOR_ACTS + _PRIOR_DAYS * expected)) / (days + _PRIOR_DAYS)
    for q in range(4):
        np.fill_diagonal(base[:, :, q], 0.0)
    return base


def at_cells(state: State, net: Network, actor: Ints, recipient: Ints) -> Array:
    """Features of some directed dyads on a day, cells × (FEATURES - 1): all but the base."""
    same = state.direct[:, actor, recipient, :]  # K × cells × 4
    back = state.direct[:, recipient, actor, :]
    more = net.own[actor, recipient], net.back[actor, recipient]
    parts = [np.moveaxis(x, 1, 0).reshape(len(actor), -1) * m[:, None] for x, m in zip((same, back), more, strict=True)]
    share = net.share[actor, recipient]
    third = np.moveaxis(state.third, 3, 1).reshape(-1, *state.third.shape[1:3])  # kernels·signs × N × N
    mine, theirs = net.ties[:, actor, :] * net.heed[actor], net.ties[:, recipient, :]  # 3 × cells × N
    out = np.empty((len(actor), 4, 3, third.shape[0]))
    for x, tie in ((0, theirs), (1, mine), (2, theirs), (3, mine)):
        who = actor if x in (0, 2) else recipient
        reach = third[:, who, :] if x < 2 else third[:, :, who].transpose(0, 2, 1)
        out[:, x] = tie.transpose(1, 0, 2) @ reach.transpose(1, 2, 0)
    parts.append((out * share[:, None, None, None]).reshape(len(actor), -1))
    parts.append(out[:, EVEN_ROLES, :EVEN_TIES].reshape(len(actor), -1))
    return np.concatenate(parts, axis=1)


def everywhere(state: State, net: Network) -> Array:
    """The same for all dyads: N × N × (FEATURES - 1)."""
    size = len(net.share)
    direct = np.moveaxis(state.direct, 0, 2).reshape(size, size, -1)
    third = np.moveaxis(state.third, 3, 1).reshape(-1, size, size)
    out = np.empty((4, 3, len(third), size, size))
    turned = third.transpose(0, 2, 1)
    for t, tie in enumerate(net.ties):
        heeded = (tie * net.heed).T
        out[0, t], out[1, t] = third @ tie, (third @ heeded).transpose(0, 2, 1)
        out[2, t], out[3, t] = turned @ tie, (turned @ heeded).transpose(0, 2, 1)
    spread = np.moveaxis((out * net.share).reshape(-1, size, size), 0, 2)
    even = np.moveaxis((out[EVEN_ROLES, :EVEN_TIES] * (1 - np.eye(size))).reshape(-1, size, size), 0, 2)
    return np.concatenate([direct * net.own[:, :, None], direct.transpose(1, 0, 2) * net.back[:, :, None], spread, even], axis=2)


def masses(told: History, net: Network, since: int, until: int) -> Array:
    """The features summed over all dyads and the days ``since`` … ``until`` - 1, from what each act leaves there (length FEATURES)."""

    def left(rate: Array) -> Array:
        """Kernels × acts: what of an act's unit mass falls into the days."""
        start = np.maximum(since - told.day - 1, 0)  # days faded before the window, or before the first day an act can act on
        end = np.maximum(until - told.day - 1, 0)
        out: Array = rate[:, None] ** start - rate[:, None] ** end
        return np.maximum(out, 0.0)

    days = max(0, until - since)
    direct, third = left(kept(DIRECT)), left(kept(THIRD))
    a, r, sign = told.actor, told.recipient, told.quad // 2
    same, back = (
        np.stack([(direct * more)[:, told.quad == q].sum(axis=1) for q in range(4)], axis=1) for more in (net.own[a, r], net.back[r, a])
    )  # K × 4 each
    out = np.empty((4, 3, len(THIRD), 2))
    even = np.empty((len(EVEN_ROLES), EVEN_TIES, len(THIRD), 2))
    for t, tie in enumerate(net.ties):
        heeded = tie * net.heed
        reach = (
            (net.share @ tie)[a, r],  # the actor turns to others j: share[a, j] where tie[j, r]
            (net.share.T @ heeded)[a, r],  # others i turn to the actor: share[i, a] where tie[i, r]
            (net.share @ tie)[r, a],
            (net.share.T @ heeded)[r, a],
        )
        for role, weight in enumerate(reach):
            for s in range(2):
                of = sign == s
                out[role, t, :, s] = (third[:, of] * weight[of]).sum(axis=1)
        for n, (other, touched) in enumerate(((r, a), (a, r)) if t < EVEN_TIES else ()):  # all with such a tie, but for the one touched
            weight = heeded[:, other].sum(axis=0) - heeded[touched, other]
            for s in range(2):
                even[n, t, :, s] = (third[:, sign == s] * weight[sign == s]).sum(axis=1)
    return np.concatenate([[days], same.reshape(-1), back.reshape(-1), out.reshape(-1), even.reshape(-1)])


def replayed(told: History, net: Network, since: int, report: Report | None = None) -> tuple[Array, State]:
    """Features (the base of the act's own quad class first) at each act from ``since`` on, and the state on the day after the last."""
    state = State.empty(len(told.actors))
    rows = np.zeros((len(told), FEATURES))
    days, starts = np.unique(told.day, return_index=True)
    ends = np.append(starts[1:], len(told)) if len(days) else starts
    today = int(days[0]) if len(days) else told.last + 1
    for n, (day, i, j) in enumerate(zip(days.tolist(), starts.tolist(), ends.tolist(), strict=True)):
        state.skip(day - today)
        a, r, q = told.actor[i:j], told.recipient[i:j], told.quad[i:j]
        if day >= since:
            rows[i:j, 1:] = at_cells(state, net, a, r)
            rows[i:j, 0] = net.base[a, r, q]
        state.pass_day(a, r, q)
        today = day + 1
        if report and n % 100 == 0:
            report(n / len(days))
    state.skip(told.last + 1 - today)
    return rows, state


def total_base(net: Network) -> Array:
    """Base rate of all dyads together, by quad class."""
    out: Array = net.base.sum(axis=(0, 1))
    return out


def _cut_normal(peak: Array, curve: Array, slope: Array, draws: int, rng: np.random.Generator) -> Array:
    """Draws of the density exp(-slope·w - (w - peak)' curve (w - peak) / 2) over w ≥ 0, draws × weights."""
    w = np.repeat(peak[:, None], draws, axis=1)
    free = [k for k in range(len(peak)) if curve[k, k] < NEVER]
    tied = curve[np.ix_(free, free)]
    pull = np.zeros((len(free), draws))  # curve @ (w - peak), of those that are free
    for _ in range(_SWEEPS if free else 0):
        for n, k in enumerate(free):
            sd = 1 / np.sqrt(curve[k, k])
            middle = w[k] - (slope[k] + pull[n]) * sd**2
            low = ndtr(-middle / sd)
            new = middle + sd * ndtri(np.clip(low + rng.random(draws) * (1 - low), 1e-15, 1 - 1e-15))
            far = -middle / sd > 6  # beyond: the tail falls as an exponential
            if far.any():
                new[far] = rng.exponential(sd**2 / -middle[far])
            new = np.maximum(new, 0.0)
            pull += tied[n][:, None] * (new - w[k])
            w[k] = new
    return w.T


def offspring(weights: Array, net: Network, left: State) -> Array:
    """Expected acts of a day, N × N × 4, from what earlier acts left (without the base)."""
    out: Array = everywhere(left, net) @ weights[:, 1:].T
    return out


def radius(weights: Array, net: Network, rounds: int = 40) -> float:
    """Branching ratio: the growth of acts from generation to generation, by power iteration over all dyads and quad classes."""
    acts = net.base / max(1e-12, net.base.sum())
    growth = 0.0
    for _ in range(rounds):
        whole = State(
            np.repeat(acts[None], len(DIRECT), axis=0),
            np.repeat(np.stack([acts[..., :2].sum(-1), acts[..., 2:].sum(-1)], axis=-1)[None], len(THIRD), axis=0),
        )
        after = offspring(weights, net, whole)
        growth = float(after.sum())
        if growth < 1e-12:
            return 0.0
        acts = after / growth
    return growth


def stable(weights: Array, net: Network) -> Array:
    """The weights, scaled where their branching ratio would reach 1."""
    ratio = radius(weights, net, 15)
    if ratio <= STABLE:
        return weights
    out = weights.copy()
    out[:, 1:] *= STABLE / ratio
    return out


def likelihood(fitted: Excitation, told: History, since: int) -> float:
    """Log likelihood of the acts from ``since`` on (days known one after another, weights as fitted), in all."""
    rows, _ = replayed(told, fitted.network, since)
    new = told.day >= since
    rate = (rows[new] * fitted.weights[told.quad[new]]).sum(axis=1)
    cost = masses(told, fitted.network, since, told.last + 1)
    base = float(cost[0] * (total_base(fitted.network) @ fitted.weights[:, 0]))
    return float(np.log(rate + 1e-12).sum()) - base - float(fitted.weights[:, 1:].sum(axis=0) @ cost[1:])


def answered(fitted: Excitation, told: History, act: int, within: int = 60) -> list[tuple[int, float]]:
    """What an act answered: earlier acts (their places) with the probability that this one is their offspring, most probable first."""
    earlier = np.flatnonzero((told.day < told.day[act]) & (told.day >= told.day[act] - _MEMORY))
    left = brought(fitted, told, earlier, act)
    q = int(told.quad[act])
    whole = float(fitted.network.base[told.actor[act], told.recipient[act], q] * fitted.weights[q, 0] + left.sum()) + 1e-12
    out = [
        (int(k), float(x) / whole) for k, x in zip(earlier, left, strict=True) if x > 0.01 * whole and told.day[k] >= told.day[act] - within
    ]
    return sorted(out, key=lambda p: -p[1])


def brought(fitted: Excitation, told: History, earlier: Ints, act: int) -> Array:
    """What each of some earlier acts adds to the expected number of acts such as this one on its day."""
    net, q = fitted.network, int(told.quad[act])
    i, j = int(told.actor[act]), int(told.recipient[act])
    a, r, quad = told.actor[earlier], told.recipient[earlier], told.quad[earlier]
    lag = (told.day[act] - told.day[earlier] - 1).astype(float)
    direct, third = ((1 - kept(h))[:, None] * kept(h)[:, None] ** lag for h in (DIRECT, THIRD))  # kernels × acts
    k = 4 * len(DIRECT)
    weights = fitted.weights[q, 1:]
    own, back = (weights[x : x + k].reshape(len(DIRECT), 4) for x in (0, k))
    out = np.where((a == i) & (r == j), net.own[i, j] * (direct * own[:, quad]).sum(axis=0), 0.0)
    out += np.where((a == j) & (r == i), net.back[i, j] * (direct * back[:, quad]).sum(axis=0), 0.0)
    others = weights[2 * k : 2 * k + SHARED].reshape(len(ROLES), len(TIES), len(THIRD), 2)
    even = weights[2 * k + SHARED :].reshape(len(EVEN_ROLES), EVEN_TIES, len(THIRD), 2)
    roles = ((a == i) & (r != j), r, j), ((a == j) & (r != i), r, i), ((r == i) & (a != j), a, j), ((r == j) & (a != i), a, i)
    for role, (fits, third_party, other) in enumerate(roles):
        tie = net.ties[:, third_party, other] * (net.heed[i, third_party] if role in EVEN_ROLES else 1.0)  # ties × acts
        out += np.where(fits, net.share[i, j] * np.einsum("tn,kn,tkn->n", tie, third, others[role][:, :, quad // 2]), 0.0)
        if role in EVEN_ROLES:
            each_ = even[EVEN_ROLES.index(role)][:, :, quad // 2]
            out += np.where(fits, np.einsum("tn,kn,tkn->n", tie[:EVEN_TIES], third, each_), 0.0)
    return out
