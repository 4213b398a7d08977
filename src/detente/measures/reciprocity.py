"""Reciprocity and initiative: does one side answer the other in kind, how fast, how strongly; and who starts.

An act of B toward A is answered where A acts toward B with the same sign one to ``answer_days`` days later, or where a text calls an act of
A its answer (then also on the same day: days alone do not tell which came first). How often that would happen by chance is
found by shifting A's acts in time as a ring (a surrogate that keeps their rhythm: Theiler et al. 1992, Physica D 58). Reciprocity as action
and reaction of a dyad: Goldstein & Freeman 1990, Three-Way Street; Goldstein & Pevehouse 1997, American Political Science Review 91(3).
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ..config import MeasuresOptions
from .acts import Events, acts, between, counted

Kind = Literal["hostile", "cooperative"]
KINDS: tuple[Kind, ...] = ("hostile", "cooperative")
_SHIFTS = 499


@dataclass(frozen=True, slots=True)
class Answering:
    """How one actor answers acts of one kind by another. Rates are None where there was nothing to answer."""

    actor: str  # who answers
    toward: str
    kind: Kind
    acts: int  # of the other side
    answered: int
    rate: float | None
    expected: float | None  # rate by chance
    p: float | None  # chance of a rate as high without any answering
    days: float | None  # median days to the first answer
    strength: float | None  # mean strength of answers divided by that of what they answer
    told: int  # answers that a text calls so
    verdict: str  # answers | not distinguishable | too few acts
    events: tuple[str, ...]  # ids of the answers


@dataclass(frozen=True, slots=True)
class Initiative:
    """Who begins: spells of acts of one kind, apart by more than ``spell_days`` without any."""

    kind: Kind
    a: str
    b: str
    spells: int
    by_a: int
    by_b: int
    by_both: int  # both sides on the same day, or jointly
    share_a: float | None  # of the spells that one side began
    low: float | None  # 80% interval of that share (Wilson 1927)
    high: float | None
    verdict: str  # a code | neither | too few acts
    events: tuple[str, ...]  # ids of the acts that began a spell


def reciprocity(
    events: Events,
    dyad: tuple[str, str],
    options: MeasuresOptions,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[Answering]:
    """How each side answers the other, hostile and cooperative acts apart. Joint acts answer nothing."""
    table = counted(between(_window(acts(events), since, until), dyad, both=True), options).filter(~pl.col("joint"))
    out = []
    for actor, toward in (dyad, dyad[::-1]):
        for kind in KINDS:
            mine = _of_kind(table.filter(pl.col("actor") == actor), kind)
            theirs = _of_kind(table.filter(pl.col("actor") == toward), kind)
            out.append(_answering(actor, toward, kind, mine, theirs, table, options))
    return out


def _answering(
    actor: str, toward: str, kind: Kind, mine: pl.DataFrame, theirs: pl.DataFrame, table: pl.DataFrame, options: MeasuresOptions
) -> Answering:
    told = mine.filter(pl.col("told") & pl.col("answers").is_in(theirs["event"].implode())).height
    if not theirs.height:
        return Answering(actor, toward, kind, 0, 0, None, None, None, None, None, told, "too few acts", ())
    start, last = table["day"].min(), table["day"].max()
    assert isinstance(start, datetime.date) and isinstance(last, datetime.date)
    length = (last - start).days + options.answer_days + 1
    asked, answers = _ordinals(theirs["day"], start), np.unique(_ordinals(mine["day"], start))
    delay = _first_after(asked, answers, options.answer_days)
    delay = np.where(_told_same_day(theirs, mine), 0, delay)
    hit = delay >= 0
    rate = float(hit.mean())
    shifts = np.random.default_rng(options.seed).integers(1, length, _SHIFTS) if len(answers) else np.zeros(0, np.int64)
    chance = _rates_by_chance(asked, answers, options.answer_days, length, shifts)
    p = float((1 + (chance >= rate - 1e-9).sum()) / (len(chance) + 1)) if len(chance) else None
    first = [int(asked[n] + delay[n]) for n in np.flatnonzero(hit)]
    answering = mine.filter(pl.Series(np.isin(_ordinals(mine["day"], start), first)))
    strength = None
    if hit.any():
        provoked = float(np.abs(theirs["intensity"].to_numpy()[hit]).mean())
        strength = round(float(answering["intensity"].abs().mean() or 0.0) / provoked, 2) if provoked else None  # type: ignore[arg-type]
    enough = theirs.height >= options.fewest_acts and mine.height >= options.fewest_acts
    verdict = "too few acts" if not enough else "answers" if p is not None and p <= 0.1 else "not distinguishable"
    return Answering(
        actor,
        toward,
        kind,
        theirs.height,
        int(hit.sum()),
        round(rate, 3),
        round(float(chance.mean()), 3) if len(chance) else None,
        round(p, 3) if p is not None else None,
        float(np.median(delay[hit])) if hit.any() else None,
        strength,
        told,
        verdict,
        tuple(answering["event"].to_list()),
    )


def _first_after(asked: NDArray[np.int64], answers: NDArray[np.int64], within: int) -> NDArray[np.int64]:
    """Days from each act to the first answer after its day, at most ``within``; -1 where there is none."""
    if not len(answers):
        return np.full(len(asked), -1)
    at = np.searchsorted(answers, asked, side="right")
    delay = np.where(at < len(answers), answers[np.minimum(at, len(answers) - 1)] - asked, -1)
    out: NDArray[np.int64] = np.where(delay <= within, delay, -1)
    return out


def _rates_by_chance(
    asked: NDArray[np.int64], answers: NDArray[np.int64], within: int, length: int, shifts: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The share of acts that would be answered if the answers (days) were shifted in time as a ring of ``length`` days: a rate a shift."""
    if not len(shifts):
        return np.zeros(0)
    there = np.zeros(length + within + 1)
    there[answers] = 1
    there[length:] = there[: within + 1]
    sums = np.cumsum(there)
    near = (sums[within : within + length] - sums[:length]) > 0  # an answer on one of the ``within`` days after
    ring = np.lib.stride_tricks.sliding_window_view(np.concatenate([near, near]), length)
    told = np.bincount(asked, minlength=length).astype(np.float64)
    return np.array([float(ring[(length - s) % length] @ told) for s in shifts.tolist()]) / len(asked)


def _told_same_day(theirs: pl.DataFrame, mine: pl.DataFrame) -> NDArray[np.bool_]:
    """Which acts are answered on their own day by an act that a text calls so."""
    when = dict(zip(theirs["event"].to_list(), theirs["day"].to_list(), strict=True))
    mine = mine.filter(pl.col("told"))
    links = zip(mine["answers"].to_list(), mine["day"].to_list(), strict=True)
    answered = [id_ for id_, day in links if id_ is not None and when.get(id_) == day]
    out: NDArray[np.bool_] = theirs["event"].is_in(answered).to_numpy()
    return out


def initiative(
    events: Events,
    dyad: tuple[str, str],
    options: MeasuresOptions,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[Initiative]:
    """Who begins spells of hostile and of cooperative acts. An act that is told as an answer to the other side begins none.

    One that answers what was done to a third does.
    """
    dealings = between(acts(events), dyad, both=True)
    table = counted(_window(dealings, since, until), options)
    table = table.with_columns(told=pl.col("told") & pl.col("answers").is_in(dealings["event"].implode()).fill_null(False))
    return [_initiative(dyad, kind, _of_kind(table, kind), options) for kind in KINDS]


def _initiative(dyad: tuple[str, str], kind: Kind, table: pl.DataFrame, options: MeasuresOptions) -> Initiative:
    a, b = dyad
    begun: list[tuple[str, tuple[str, ...]]] = []  # who, with which events
    last: datetime.date | None = None
    for (day,), group in table.group_by("day", maintain_order=True):
        assert isinstance(day, datetime.date)
        if last is None or (day - last).days > options.spell_days:
            first = group.filter(~pl.col("told"))
            first = first if first.height else group
            sides = set(first["actor"].to_list())
            alone = len(sides) == 1 and not first["joint"].any()
            begun.append((sides.pop() if alone else "both", tuple(first["event"].to_list())))
        last = day
    by_a, by_b = sum(w == a for w, _ in begun), sum(w == b for w, _ in begun)
    alone_ = by_a + by_b
    low, high = wilson(by_a, alone_) if alone_ else (None, None)
    verdict = "too few acts" if alone_ < options.fewest_acts else "neither"
    if low is not None and high is not None and verdict == "neither":
        verdict = a if low > 0.5 else b if high < 0.5 else "neither"
    return Initiative(
        kind,
        a,
        b,
        len(begun),
        by_a,
        by_b,
        len(begun) - alone_,
        round(by_a / alone_, 3) if alone_ else None,
        low,
        high,
        verdict,
        tuple(e for _, es in begun for e in es),
    )


def wilson(hits: int, tries: int, z: float = 1.2816) -> tuple[float, float]:
    """Interval of a share (Wilson 1927, J. American Statistical Association 22); ``z`` for 80%."""
    share = hits / tries
    middle = (share + z * z / (2 * tries)) / (1 + z * z / tries)
    half = z * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries)) / (1 + z * z / tries)
    return round(max(0.0, middle - half), 3), round(min(1.0, middle + half), 3)


def _window(table: pl.DataFrame, since: datetime.date | None, until: datetime.date | None) -> pl.DataFrame:
    inside = pl.col("day").is_not_null()
    if since is not None:
        inside &= pl.col("day") >= since
    if until is not None:
        inside &= pl.col("day") <= until
    return table.filter(inside)


def _of_kind(table: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    return table.filter(pl.col("intensity") < 0 if kind == "hostile" else pl.col("intensity") > 0)


def _ordinals(days: pl.Series, start: datetime.date) -> NDArray[np.int64]:
    return (days - start).dt.total_days().to_numpy().astype(np.int64)
