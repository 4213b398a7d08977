"""Influence of an actor on others: what they address to it or answer of it, their ties to it, and its part in their dealings.

Three components, each a share between 0 and 1, none of which is influence by itself:

- *response*: of what B does to anybody, the share addressed to A or told as an answer to A (attention and responsiveness: Dahl 1957,
  Behavioral Science 2(3));
- *dependence*: of B's lasting ties, the share that binds it to A, an alliance of the same two counted once (concentration on one partner:
  Hirschman 1945, National Power and the Structure of Foreign Trade);
- *share*: of all dealings of B (as actor or recipient), the share that A is a party to.

Attention can be defiance: ``defiance`` is the share of B's acts toward A that are hostile. *Together* is the mean of the components after
response and share are cut by it, so that a quarrel does not count as influence. Bands are those of a Bayesian bootstrap over outlets and
acts (Rubin 1981) with half an act added on either side (Jeffreys; Brown, Cai & DasGupta 2001, Statistical Science 16(2)); the trend is a
weighted least-squares slope, redrawn with them.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ..config import MeasuresOptions
from ..records import Tie
from .acts import Events, acts, counted
from .dependence import binding, ties_at_end
from .levels import redrawn
from .series import Period, next_start, start_of
from .tension import BAND

Array = NDArray[np.float64]
COMPONENTS = ("response", "dependence", "share", "defiance", "together")


@dataclass(frozen=True, slots=True)
class Share:
    """One component: its value with an 80% band; None where there was nothing to take a share of."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class InfluencePoint:
    """Influence in one period."""

    start: str
    acts: int  # of the members, in the period
    components: dict[str, Share]


@dataclass(frozen=True, slots=True)
class Trend:
    """Change of a component from the first period to the last, along the fitted line."""

    component: str
    change: float | None
    low: float | None  # 80% band
    high: float | None
    verdict: str  # rising | falling | flat | not distinguishable


@dataclass(frozen=True, slots=True)
class Influence:
    """Influence of ``actor`` on the ``members``: over the whole time, by period, and its trend, with what carries it."""

    actor: str
    members: tuple[str, ...]
    since: str
    until: str
    acts: int
    whole: dict[str, Share]
    points: tuple[InfluencePoint, ...]
    trends: tuple[Trend, ...]
    toward: tuple[str, ...]  # ids of the members' acts toward the actor, the strongest first
    ties: tuple[Tie, ...]  # that bind members to the actor at the end

    def trend(self, component: str) -> Trend:
        """The trend of a component."""
        return next(t for t in self.trends if t.component == component)


def influence(
    events: Events,
    ties: Sequence[Tie],
    actor: str,
    members: Sequence[str],
    options: MeasuresOptions,
    by: Period = "month",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Influence | None:
    """Influence of an actor on one or several others. None where nothing is told of these with anybody in that time.

    ``ties``: those of the directory and those told, as :func:`~detente.merging.ties.ties_of` gives them for the members.
    """
    inside = pl.col("day").is_not_null()
    if since is not None:
        inside &= pl.col("day") >= since
    if until is not None:
        inside &= pl.col("day") <= until
    table = acts(events).filter(inside)
    among = list(members)
    own = counted(table.filter(pl.col("actor").is_in(among) | pl.col("recipient").is_in(among)), options)
    if own.is_empty():
        return None
    answered = table.filter(pl.col("actor") == actor)["event"].unique().to_list()
    parts = _Parts(own, actor, members, answered, options.seed)
    weights = redrawn(own, options.resamples, options.seed) if options.resamples else np.ones((1, own.height))
    first, last = own["day"].min(), own["day"].max()
    assert isinstance(first, datetime.date) and isinstance(last, datetime.date)
    starts = []
    at = start_of(first, by)
    while at <= last:
        starts.append(at)
        at = next_start(at, by)
    ties = [t for t in ties if t.status == "happened"]  # what is only claimed, denied or planned binds nobody
    bound = binding(ties, actor, members)
    place = np.searchsorted(np.array([s.toordinal() for s in starts]), own["day"].dt.epoch("d").to_numpy() + 719163, side="right") - 1
    tied = [bound(min(last, next_start(s, by) - datetime.timedelta(days=1))) for s in starts]
    values = [parts.components(None, place == n, tied[n]) for n in range(len(starts))]
    drawn = [parts.components(weights, place == n, tied[n]) for n in range(len(starts))]
    everything = np.ones(own.height, dtype=bool)
    counts = np.array([float((place == n).sum()) for n in range(len(starts))])
    return Influence(
        actor,
        tuple(members),
        first.isoformat(),
        last.isoformat(),
        own["event"].n_unique(),
        _shares(parts.components(None, everything, bound(last)), parts.components(weights, everything, bound(last))),
        tuple(InfluencePoint(s.isoformat(), int(counts[n]), _shares(values[n], drawn[n])) for n, s in enumerate(starts)),
        tuple(_trend(c, [v[c] for v in values], [d[c] for d in drawn], counts, options) for c in COMPONENTS),
        tuple(parts.toward()),
        tuple(ties_at_end(ties, actor, members, last.isoformat())),
    )


class _Parts:
    """Which rows of the members' acts make up each component."""

    def __init__(self, own: pl.DataFrame, actor: str, members: Sequence[str], answered: Sequence[str], seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        mine = own["actor"].is_in(list(members)).to_numpy()
        other = ~(own["actor"].is_in(list(members)) & own["recipient"].is_in(list(members))).to_numpy() | (actor in members)
        to_actor = (own["recipient"] == actor).to_numpy() | own["answers"].is_in(list(answered)).fill_null(False).to_numpy()
        with_actor = to_actor | (own["actor"] == actor).to_numpy()
        share = own["share"].to_numpy()
        self.own = own
        self.done = mine * share  # what members do, to anybody
        self.addressed = (mine & to_actor) * share
        self.hostile = (mine & to_actor & (own["intensity"] < 0).to_numpy()) * share
        self.dealt = other * share
        self.shared = (with_actor & other) * share

    def components(self, weights: Array | None, rows: NDArray[np.bool_], dependence: float | None) -> dict[str, Array]:
        """Each component for each row of weights; NaN where there is nothing to take a share of."""
        chosen = np.ones((1, len(rows))) if weights is None else weights

        def ratio(part: Array, whole: Array) -> Array:
            above, below = chosen @ (part * rows), chosen @ (whole * rows)
            known = below > 0
            if weights is not None:  # half an act on either side (Jeffreys): three acts of three are not certainty
                with_, without = self.rng.gamma(0.5, size=(2, len(chosen)))
                above, below = above + with_, below + with_ + without
            with np.errstate(invalid="ignore", divide="ignore"):
                out: Array = np.where(known, above / below, np.nan)
            return out

        response, share = ratio(self.addressed, self.done), ratio(self.shared, self.dealt)
        defiance = ratio(self.hostile, self.addressed)
        tied = np.full(len(chosen), np.nan if dependence is None else dependence)
        accord = 1 - np.nan_to_num(defiance, nan=0.0)
        stack = np.stack([response * accord, tied, share * accord])
        known = ~np.isnan(stack)
        with np.errstate(invalid="ignore"):
            together = np.where(known[0], np.nansum(stack, axis=0) / np.maximum(1, known.sum(axis=0)), np.nan)
        return {"response": response, "dependence": tied, "share": share, "defiance": defiance, "together": together}

    def toward(self) -> list[str]:
        """Ids of the members' acts toward the actor, the strongest first."""
        rows = self.own.filter(pl.Series(self.addressed > 0)).sort(pl.col("intensity").abs(), descending=True, maintain_order=True)
        return list(dict.fromkeys(rows["event"].to_list()))


def _shares(value: dict[str, Array], drawn: dict[str, Array]) -> dict[str, Share]:
    out = {}
    for name, v in value.items():
        if np.isnan(v[0]):
            out[name] = Share(None, None, None)
            continue
        usable = drawn[name][~np.isnan(drawn[name])]
        low, high = np.percentile(usable, BAND) if len(usable) else (v[0], v[0])
        out[name] = Share(round(float(v[0]), 3), round(min(float(low), float(v[0])), 3), round(max(float(high), float(v[0])), 3))
    return out


def _trend(component: str, values: Sequence[Array], drawn: Sequence[Array], counts: Array, options: MeasuresOptions) -> Trend:
    """Verdict: rising or falling where nine resamples in ten agree; flat where the band of the change is within ``flat`` of nothing."""
    change = _line(np.stack(values), counts)[0]
    redone = _line(np.stack(drawn), counts)
    redone = redone[~np.isnan(redone)]
    if np.isnan(change) or not len(redone):
        return Trend(component, None, None, None, "not distinguishable")
    low, high = (float(v) for v in np.percentile(redone, BAND))
    if -options.flat <= low and high <= options.flat:
        verdict = "flat"
    elif low > 0:
        verdict = "rising"
    elif high < 0:
        verdict = "falling"
    else:
        verdict = "not distinguishable"
    return Trend(component, round(float(change), 3), round(low, 3), round(high, 3), verdict)


def _line(values: Array, counts: Array) -> Array:
    """Change along the weighted least-squares line from the first period to the last, for each column of values."""
    known = ~np.isnan(values)
    weight = np.where(known, counts[:, None], 0.0)
    x = np.arange(len(values), dtype=float)[:, None] * np.ones_like(values)
    y = np.nan_to_num(values)
    total = weight.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mx, my = (weight * x).sum(axis=0) / total, (weight * y).sum(axis=0) / total
        slope = (weight * (x - mx) * (y - my)).sum(axis=0) / (weight * (x - mx) ** 2).sum(axis=0)
    out: Array = np.where((known & (counts[:, None] > 0)).sum(axis=0) >= 3, slope * (len(values) - 1), np.nan)
    return out
