"""From futures of acts to futures of what is watched: tension, influence and counts, by the definitions of the room of measures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..config import MeasuresOptions
from .history import WEEK, Array, History

#: acts that the dyad's own mean intensities weigh against the general ones
_OWN = 10.0


@dataclass(frozen=True)
class Flows:
    """Acts a week in each future: draws × weeks × 4 quad classes for the pair, draws × weeks for the second with all others."""

    ahead: Array  # first → second
    back: Array  # second → first
    out: Array  # second → others
    into: Array  # others → second
    level: Array | None = None  # weeks × 2: mean intensity, ahead and back, under a course; NaN where they are free


@dataclass(frozen=True)
class Standing:
    """Where the watched pair stands when futures begin, and what its acts count."""

    hostility: float  # faded sum of hostility of the pair's acts
    mass: float  # faded number of them
    ground: float  # what calm weighs (prior and share of all that is told), taken as lasting
    quads: Array  # 2 × 4: mean intensity of an act by direction and quad class
    once: Array  # 4: what an act counts in tension, less than 1 where many are joint
    shares: Array  # faded counts of the second: toward the first, hostile ones of these, all, dealings with the first, all dealings
    kept: float  # weight left after a week


def standing(told: History, a: int, b: int, options: MeasuresOptions) -> Standing:
    """The standing on the day after the history's last."""
    retention = 0.5 ** (1 / options.half_life_days)
    age = np.power(retention, told.last - told.day)
    pair = told.between(a, b)
    weight = age * told.once
    quads = np.zeros((2, 4))
    once = np.ones(4)
    for q in range(4):
        general = told.intensity[told.quad == q]
        typical = float(general.mean()) if len(general) else (3.5, 8.0, -3.0, -7.5)[q]
        for n, (x, y) in enumerate(((a, b), (b, a))):
            own = told.intensity[(told.actor == x) & (told.recipient == y) & (told.quad == q)]
            quads[n, q] = (own.sum() + _OWN * typical) / (len(own) + _OWN)
        joint = told.once[pair & (told.quad == q)]
        once[q] = (joint.sum() + 2.0) / (len(joint) + 2.0)
    ground = options.prior_acts + options.half_share * float((age * told.once).sum())
    mine = told.actor == b
    to_first = mine & (told.recipient == a)
    deals = mine | (told.recipient == b)
    sums = [to_first, to_first & (told.quad >= 2), mine, pair, deals]
    shares = np.array([float(age[m].sum()) for m in sums])
    return Standing(float(-(weight * told.intensity)[pair].sum()), float(weight[pair].sum()), ground, quads, once, shares, retention**WEEK)


def measured(at: Standing, flows: Flows) -> dict[str, Array]:
    """Each of :data:`~detente.scenarios.result.MEASURES`, draws × weeks.

    Tension is the faded mean hostility of the pair, held against calm, 0 where friendly; influence of the first on the second is the mean
    of the second's acts that address the first and its dealings that the first is a party to, both cut by defiance (ties are taken as
    lasting and left out).
    """
    draws, weeks = flows.out.shape
    half = at.kept**0.5  # acts fall in the middle of their week
    hostility, mass = np.full(draws, at.hostility), np.full(draws, at.mass)
    shares = np.repeat(at.shares[:, None], draws, axis=1)
    tension, influence = np.empty((draws, weeks)), np.empty((draws, weeks))
    for w in range(weeks):
        n = flows.ahead[:, w] * at.once, flows.back[:, w] * at.once
        kept_to = np.full(2, np.nan) if flows.level is None else flows.level[w]
        values = np.where(np.isnan(kept_to)[:, None], at.quads, kept_to[:, None])
        hostility = hostility * at.kept - half * (n[0] @ values[0] + n[1] @ values[1])
        mass = mass * at.kept + half * (n[0].sum(axis=1) + n[1].sum(axis=1))
        tension[:, w] = np.maximum(hostility, 0.0) / (mass + at.ground)
        to_first, from_first = flows.back[:, w].sum(axis=1), flows.ahead[:, w].sum(axis=1)
        new = np.stack(
            [
                to_first,
                flows.back[:, w, 2:].sum(axis=1),
                to_first + flows.out[:, w],
                to_first + from_first,
                to_first + from_first + flows.out[:, w] + flows.into[:, w],
            ]
        )
        shares = shares * at.kept + half * new
        accord = 1 - (shares[1] + 0.5) / (shares[0] + 1.0)
        response, part = (shares[0] + 0.5) / (shares[2] + 1.0), (shares[3] + 0.5) / (shares[4] + 1.0)
        influence[:, w] = accord * (response + part) / 2
    counts = flows.ahead + flows.back
    return {"tension": tension, "influence": influence} | {f"quad{q + 1}": counts[:, :, q] for q in range(4)}


def expected(at: Standing, futures: Flows, moved: Flows, rest: Flows | None = None) -> dict[str, Array]:
    """What changes on average over some futures (draws × weeks …) where ``moved`` is added to them, and ``rest`` to those compared with.

    One row for each row of ``moved``: measures are cut at 0 and are ratios, so the change is taken future by future.
    """
    some, rows = len(futures.out), len(moved.out)

    def joined(extra: Flows | None) -> Flows:
        def each(base: Array, more: Array | None) -> Array:
            tiled = np.repeat(base[None], rows, axis=0)
            if more is not None:
                tiled = np.maximum(tiled + more[:, None], 0.0)
            return tiled.reshape(rows * some, *base.shape[1:])

        parts = ("ahead", "back", "out", "into")
        ahead, back, out, into = (each(getattr(futures, p), None if extra is None else getattr(extra, p)) for p in parts)
        return Flows(ahead, back, out, into, None if extra is None else extra.level)

    before, after = measured(at, joined(rest)), measured(at, joined(moved))
    return {m: (after[m] - before[m]).reshape(rows, some, -1).mean(axis=1) for m in after}
