"""The user's door: what is to be expected of a history, how such forecasts did, and what surprised."""

from __future__ import annotations

import datetime
import difflib
from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from ..config import ForecastingOptions
from ..errors import ForecastError
from .fits import Fit, Fits
from .notes import counted, left_out, notes
from .occurrence.agreeing import agreeing, checked, needed
from .occurrence.cells import Cells, cells, rate_probability
from .occurrence.history import History, date, number
from .occurrence.learning import LEAD, Learned
from .occurrence.precedents import Counter
from .occurrence.streams import HALF_LIVES, Pairs, Streams
from .occurrence.sweep import PART
from .reasons import Reasoner
from .records import Backtest, Expected, Outlook, Surprise
from .surprising import surprising
from .usual import base_rates

#: reasons told of an act; pairs whose features are looked at for a list
_REASONS, _SCREENED = 3, 2000


class Expectations:
    """Probabilities of acts within ``horizon`` days of the end of a history. Make one with :meth:`fit`.

    They agree with those of other horizons (:mod:`~.occurrence.agreeing`): what is learned of a week and of a month enters each.

    >>> e = Expectations.fit(history(events, config.measures), 7, config.forecasting)
    >>> e.probability("AZE", "COERCE", "RUS")
    """

    def __init__(
        self, past: History, later: History, pairs: Pairs, streams: Streams, fits: Fits, horizon: int, options: ForecastingOptions
    ) -> None:
        self.history, self.fits, self.horizon, self.options = past, fits, horizon, options
        self.learned, self._tested = fits.of(horizon)
        self._pairs, self._streams, self._later = pairs, streams, later
        self._among = len(streams.active(options.active_days))
        self._counter = Counter(past, pairs, horizon)
        self._reasoner = Reasoner(past, pairs, streams, self._counter)

    @classmethod
    def fit(
        cls,
        h: History,
        horizon: int,
        options: ForecastingOptions,
        as_of: datetime.date | None = None,
        kept: Mapping[int, Fit] | None = None,
        whole: History | None = None,
    ) -> Expectations:
        """Learns from what was known at the end of ``as_of`` (the last day observed, where none is given or it lies later).

        The horizon itself is learned at once, others that its probabilities need when first asked for one. ``kept``: what earlier calls
        taught of the same history and options, by horizon, to spare the learning. ``whole``: a history that goes on where ``h`` ends, to
        tell what came; without it that of ``h`` after ``as_of``. Raises :class:`ForecastError`: F21 no history, F22 ``as_of`` too early,
        F26 a horizon that is not 1 to 90 days, F27 ``as_of`` no day, F28 the whole history too short.
        """
        checked(horizon)
        day = day_asked(h, as_of)
        past = _commonest(h, day, options.most_types).as_of(day)
        if not len(past):
            raise ForecastError("F21", what=f"nothing was known by {date(day)}")
        pairs = Pairs(past, options.most_pairs)
        fits = Fits(past, pairs, options, kept)
        streams = Streams(past, pairs)
        streams.advance(past.last + 1)
        if pairs.left_out:
            past = replace(past, notes=(*past.notes, left_out(pairs.left_out, "pair", "most_pairs")))
        return cls(past, whole or h, pairs, streams, fits, int(horizon), options)

    def at(self, horizon: int) -> Expectations:
        """The same of another horizon, of the same day; what was learned is shared. Raises :class:`ForecastError` F26."""
        return Expectations(self.history, self._later, self._pairs, self._streams, self.fits, checked(horizon), self.options)

    # ------------------------------------------------------------ one question
    def probability(self, actor: str, type: str, recipient: str) -> Expected:
        """The probability of one act. Raises :class:`ForecastError`: F23 an actor or type unknown, F24 nothing told of the two."""
        pair = self._pair(actor, recipient)
        if type not in self.history.types:
            known = ", ".join(self.history.types)
            raise ForecastError("F23", actor=type, known=f"types told of: {known}", near="choose one of these")
        return self._told(np.array([pair]), [self.history.types.index(type)])[0]

    # ------------------------------------------------------------ ranked
    def expected(self, dyad: tuple[str, str] | None = None, top: int | None = 20, reasons: bool = True) -> list[Expected]:
        """The likeliest acts, of all pairs told of lately or of both directions of ``dyad``, the likeliest first."""
        if dyad is not None:
            pair = self._pair(*dyad)
            asked = np.array([pair, self._pairs.reverse[pair]])
        else:
            asked = self._likeliest(self._streams.active(self.options.active_days), top)
        if not len(asked):
            return []
        parts = np.array_split(asked, -(-len(asked) // PART))
        p = np.concatenate([self._probabilities(part, self._cells(part)) for part in parts])
        order = np.argsort(-p, kind="stable")[: top or len(p)]
        types = len(self.history.types)
        shown, place = np.unique(order // types, return_inverse=True)
        return self._told(asked[shown], (place * types + order % types).tolist(), reasons)

    def outlook(self, dyad: tuple[str, str] | None = None, top: int | None = 20) -> Outlook:
        """The ranked acts with how such forecasts did before, and what to bear in mind."""
        tested = self.backtest()
        day = date(self.history.last)
        return Outlook(day.isoformat(), self.horizon, tuple(self.expected(dyad, top)), tested, tuple(self._notes(dyad)))

    def backtest(self) -> Backtest:
        """How forecasts of this history would have done, month by month, beside the baselines."""
        return self._tested

    def surprises(self, dyad: tuple[str, str] | None = None, top: int | None = 20) -> list[Surprise]:
        """What was given less than ``surprise_below`` in the back-test and happened, the most telling first."""
        chosen = None if dyad is None else self._pair(*dyad)
        return surprising(self.history, self._pairs, self.learned, self.options, chosen, top)

    # ------------------------------------------------------------ within
    def _likeliest(self, asked: np.ndarray, top: int | None) -> np.ndarray:
        """Of very many pairs those likeliest by rates alone, many more than are wanted."""
        most = max(_SCREENED, 20 * (top or len(asked)))
        if len(asked) <= most:
            return asked
        s = self._streams
        rates = rate_probability(s.cells[-1][asked], s.exposure(HALF_LIVES[-1]), self.learned.rules.rates, self.horizon)
        return asked[np.sort(np.argsort(-rates.max(1), kind="stable")[:most])]

    def _cells(self, asked: np.ndarray, learned: Learned | None = None) -> Cells:
        learned = learned or self.learned
        return cells(self._streams, learned.rules, learned.bases, asked, learned.horizon, self._among)

    @cached_property
    def _base_rates(self) -> np.ndarray:
        return agreeing({days: base_rates(self.history, self._pairs, days) for days in needed(self.horizon)}, self.horizon)

    def _probabilities(self, asked: np.ndarray, own: Cells) -> np.ndarray:
        """Of all cells of the pairs asked about, pair by pair; ``own`` are their features for this horizon."""
        kinds = np.tile(np.arange(len(self.history.types), dtype=np.int32), len(asked))
        said = {}
        for days in needed(self.horizon, len(self.history)):
            learned, _ = self.fits.of(days)
            said[days] = learned.probability(own.x if days == self.horizon else self._cells(asked, learned).x, kinds)
        return agreeing(said, self.horizon)

    def _told(self, asked: np.ndarray, chosen: list[int], reasons: bool = True) -> list[Expected]:
        types, learned, found = len(self.history.types), self.learned, self._cells(asked)
        at = np.array(chosen, np.int64)
        x, kinds, pair = found.x[at], (at % types).astype(np.int32), found.pairs[at // types]
        p = self._probabilities(asked, found)[at]
        low, high = learned.band(p, self._streams.cells[-1][pair, kinds])
        parts = learned.ladder.parts(learned.rung, x, kinds) if reasons else {}
        base = self._base_rates[pair, kinds]
        start, end = found.day, found.day + self.horizon - 1
        out = []
        for n in range(len(at)):
            who, whom = int(self._pairs.actor[pair[n]]), int(self._pairs.recipient[pair[n]])
            act = self.history.actors[who], self.history.types[int(kinds[n])], self.history.actors[whom]
            happened, events = self._came(act, start, end)
            effects = {g: float(v[n]) for g, v in parts.items()}
            out.append(
                Expected(
                    *act,
                    date(start).isoformat(),
                    date(end).isoformat(),
                    round(float(p[n]), 6),
                    round(float(low[n]), 6),
                    round(float(high[n]), 6),
                    round(float(base[n]), 6),
                    round(float(p[n] / max(base[n], 1e-9)), 2),
                    self._reasoner.reasons(int(pair[n]), int(kinds[n]), effects, _REASONS) if effects else (),
                    happened,
                    events,
                )
            )
        return out

    def _came(self, act: tuple[str, str, str], start: int, end: int) -> tuple[bool | None, tuple[str, ...]]:
        h = self._later
        if h.last < start:
            return None, ()
        who, what, whom = (numbers.get(name, -1) for numbers, name in zip(self._numbers, act, strict=True))
        rows = (h.actor == who) & (h.type == what) & (h.recipient == whom) & (h.day >= start) & (h.day <= end)
        ids = tuple(i for row in np.flatnonzero(rows) for i in h.ids[row])
        silent = h.last >= end and bool(h.told_of[start - h.first : end + 1 - h.first].all())  # where nothing was read nothing is known
        return (True if ids else False if silent else None), ids

    @cached_property
    def _numbers(self) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        """Of what came later: the number of each actor, type and recipient by name."""
        actors = {name: n for n, name in enumerate(self._later.actors)}
        return actors, {name: n for n, name in enumerate(self._later.types)}, actors

    def _pair(self, actor: str, recipient: str) -> int:
        h = self.history
        for name in (actor, recipient):
            if name not in h.actors:
                near = [a for a in h.actors if a.casefold() == str(name).casefold()] or difflib.get_close_matches(
                    str(name), h.actors, 3, 0.6
                )
                counts = Tally(h.actor.tolist()) + Tally(h.recipient.tolist())
                most = ", ".join(h.actors[a] for a, _ in counts.most_common(5))
                hint = f"perhaps {' or '.join(near)}" if near else f"most told of are {most}"
                raise ForecastError("F23", actor=name, known=f"{date(h.first)} to {date(h.last)}", near=hint)
        who, whom = h.actors.index(actor), h.actors.index(recipient)
        found = np.flatnonzero((self._pairs.actor == who) & (self._pairs.recipient == whom))
        if not len(found):
            others = Tally(h.recipient[h.actor == who].tolist()) + Tally(h.actor[h.recipient == who].tolist())
            named = ", ".join(h.actors[o] for o, _ in others.most_common(5))
            raise ForecastError(
                "F24",
                a=actor,
                b=recipient,
                when=date(h.last),
                others=f"{actor} is told of with {named}." if named else f"{actor} is told of with nobody by then.",
            )
        return int(found[0])

    def _notes(self, dyad: tuple[str, str] | None) -> list[str]:
        found = notes(self.history, self.learned)
        if dyad is not None and self._pair(*dyad) not in self._streams.active(self.options.active_days):
            found.append(f"Nothing was told of {dyad[0]} with {dyad[1]} in the last {self.options.active_days} days.")
        return found


def day_asked(h: History, as_of: datetime.date | None) -> int:
    """The day asked as of, at most the last one observed. Raises :class:`ForecastError`: F22, F27, F28, as :meth:`fit`."""
    day = min(h.last, number(as_of)) if as_of is not None else h.last
    if day >= h.first + min(LEAD, 7):
        return day
    first, earliest = date(h.first), date(h.first + min(LEAD, 7))
    if h.last < h.first + min(LEAD, 7):
        have = counted(h.last - h.first + 1, "day")
        raise ForecastError("F28", have=have, first=first, last=date(h.last), need=min(LEAD, 7) + 1)
    raise ForecastError("F22", when=date(day).isoformat(), first=first, earliest=earliest)


def _commonest(h: History, day: int, most: int) -> History:
    """The history of the types told of by the end of a day, the ``most`` commonest alone."""
    counts = np.bincount(h.type[h.known <= day], minlength=len(h.types))
    known = np.flatnonzero(counts)
    if len(known) == len(h.types) <= most:
        return h
    order = known[np.argsort(-counts[known], kind="stable")][:most]
    kept, number_of = np.isin(h.type, order), np.full(len(h.types), -1, np.int32)
    number_of[np.sort(order)] = np.arange(len(order))  # the types are sorted by name and stay so
    ids = tuple(i for i, k in zip(h.ids, kept.tolist(), strict=True) if k)
    many = len(known) - len(order)
    note = (left_out(many, "type", "most_types"),) if many else ()
    return replace(
        h,
        types=tuple(h.types[int(t)] for t in np.sort(order)),
        actor=h.actor[kept],
        type=number_of[h.type[kept]],
        recipient=h.recipient[kept],
        day=h.day[kept],
        known=h.known[kept],
        ids=ids,
        notes=(*h.notes, *note),
    )
