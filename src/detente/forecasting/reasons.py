"""Why an act is expected: the groups of features that carried it, told as sentences with the events behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from .notes import counted, of_the_pair
from .occurrence.history import History, date
from .occurrence.precedents import Counter
from .occurrence.streams import Pairs, Streams
from .records import OTHERS, Reason

Array = np.ndarray[Any, Any]

_LATELY, _RECENT, _LONG = 14, 30, 180
_MOST_EVENTS = 6


@dataclass(slots=True)
class Reasoner:
    """Tells reasons on the day at which the streams stand."""

    h: History
    pairs: Pairs
    streams: Streams
    counter: Counter
    _of_pair: dict[int, Array] | None = None

    def reasons(self, pair: int, kind: int, effects: dict[str, float], most: int) -> tuple[Reason, ...]:
        """The reasons for a cell, the strongest first, and the strongest against it last. ``effects``: log-odds added, by group.

        Of the ``most`` reasons one is a rule, where a rule speaks for the cell at all. Where none speaks for it, what it rests on is told:
        the latest such acts of the pair, or where there are none how active the pair is and how common the type.
        """
        found: list[Reason] = []
        for group, effect in sorted(effects.items(), key=lambda e: -e[1]):
            if effect > 0.1:
                found += [r for r in self._told(group, pair, kind, effect) if r.events]
        rules = [r for r in found[most - 1 :] if r.kind == "rule"]
        kept = found[:most] if any(r.kind == "rule" for r in found[: most - 1]) else [*found[: most - 1], *(rules or found[most - 1 :])[:1]]
        group, effect = min(effects.items(), key=lambda e: e[1])
        against = list(self._told(group, pair, kind, effect))[:1] if effect < -0.5 else []
        if not kept:
            kept = [r for r in self._rests_on(pair, kind, effects) if r.kind not in {a.kind for a in against}]
        return (*kept, *against)

    def _rests_on(self, pair: int, kind: int, effects: dict[str, float]) -> Iterator[Reason]:
        """What a probability rests on that nothing speaks for."""
        if len(self._past(self._rows(pair, kind))):
            yield from self._told("repeat", pair, kind, effects.get("repeat", 0.0))
            return
        rows, what = self._past(np.flatnonzero(self.h.type == kind)), self.h.types[kind]
        active = max(0.0, effects.get("repeat", 0.0) + effects.get("pair", 0.0))  # the rate of what was never done is that of all its acts
        yield from self._told("pair", pair, kind, active)
        told = f"{self._when(rows)}, but never by this actor to this recipient"
        effect = max(0.0, effects.get("type", 0.0))  # it is told for what it is: it does not speak against the act
        yield Reason("type", f"{what} was reported {told}", _short(effect), self._ids(rows), OTHERS, what, OTHERS, told)

    def _told(self, group: str, pair: int, kind: int, effect: float) -> Iterator[Reason]:
        h, a, b = self.h, self._name(self.pairs.actor[pair]), self._name(self.pairs.recipient[pair])
        back, what = int(self.pairs.reverse[pair]), h.types[kind]
        elsewhere = (h.type == kind) & (self.pairs.of_fact != pair)
        if group == "repeat":
            yield self._times(group, self._rows(pair, kind), a, what, b, effect)
        elif group == "reverse":
            yield self._times(group, self._rows(back, kind), b, what, a, effect)
        elif group == "rules":
            yield from self._rules(pair, kind, effect)
        elif group == "pair":
            rows = np.concatenate([self._rows(pair, None), self._rows(back, None)])
            yield self._times(group, rows, a, None, b, effect)
        elif group == "actor":
            yield self._times(group, np.flatnonzero(elsewhere & (h.actor == self.pairs.actor[pair])), a, what, OTHERS, effect)
        elif group == "recipient":
            yield self._times(group, np.flatnonzero(elsewhere & (h.recipient == self.pairs.recipient[pair])), OTHERS, what, b, effect)

    def _times(self, kind: str, rows: Array, a: str, what: str | None, b: str, effect: float) -> Reason:
        """How often and when last the acts of some rows were done."""
        rows, did = self._past(rows), f"{a} did {what} to {b}" if what else f"{a} and {b} acted on each other"
        if not len(rows):
            never = f"{a} never was reported to do {what} to {b}" if what else f"nothing was reported between {a} and {b}"
            return Reason(kind, never, _short(effect), (), a, what, b, "")
        told = self._when(rows) + (self._mood(rows) if what is None else "")
        return Reason(kind, f"{did} {told}", _short(effect), self._ids(rows), a, what, b, told)

    def _when(self, rows: Array) -> str:
        """On how many days of late, and when last."""
        days = self.h.day[rows]
        recent = len(np.unique(days[days >= self.streams.day - _RECENT]))
        longer = len(np.unique(days[days >= self.streams.day - _LONG]))
        last = date(int(days.max())).isoformat()
        if recent:
            return f"on {recent} of the last {_RECENT} days, last on {last}"
        told = f"last on {last}, {_ago(self.streams.day - int(days.max()))}"
        return told + (f", and on {longer} of the last {_LONG} days" if longer > 1 else "")

    def _mood(self, rows: Array) -> str:
        """How many of the acts of the last month were hostile, where the types have sides."""
        h = self.h
        rows = rows[h.day[rows] >= self.streams.day - _RECENT]
        sides = h.sides[h.type[rows]]
        hostile = int((sides < 0).sum())
        if len(rows) < 2 or not sides.any():
            return ""
        return f"; {hostile or 'none'} of {len(rows)} acts {'was' if hostile == 1 else 'were'} hostile"

    def _rules(self, pair: int, kind: int, effect: float) -> Iterator[Reason]:
        """Of what was done within the pair so lately that it may yet be followed, and has not been, the two acts most often followed by
        this one, each with its cases; the one least often followed, where the effect is negative.
        """
        since = self.streams.day - min(_LATELY, self.counter.days)
        done = int(self.streams.last[pair, kind])
        back = int(self.pairs.reverse[pair])
        sided: list[tuple[float, int, int, int]] = []
        for direction, of in enumerate((pair, back)):
            last = self.streams.last[of]
            lately: list[int] = np.flatnonzero((last >= since) & (last >= done)).tolist()
            for before in lately:
                if direction or before != kind:  # else it is told as a repetition
                    told = self.counter.count(before, kind, direction == 1)
                    if told.cases and (told.followed or effect < 0):
                        sided.append(((told.followed + 0.5) / (told.cases + 8), direction, before, of))
        sided.sort(key=lambda s: -s[0])
        for _, direction, before, of in sided[:2] if effect > 0 else sided[::-1][:1]:
            yield self._rule(pair, kind, of, before, direction == 1, effect)

    def _rule(self, pair: int, kind: int, of: int, before: int, back: bool, effect: float) -> Reason:
        h = self.h
        told = self.counter.count(before, kind, back)
        rows = self._past(self._rows(of, before))
        rows = rows[h.day[rows] == h.day[rows].max()]
        who, whom = self._name(self.pairs.actor[of]), self._name(self.pairs.recipient[of])
        ago, days = _ago(self.streams.day - int(h.day[rows[0]])), self.counter.days
        answer = "answered" if back else "followed"
        own_followed, own_cases = self.counter.within(of, before, kind, back)
        text = (
            f"{who} did {h.types[before]} to {whom} {ago}; such acts were {answer} by {h.types[kind]} within "
            f"{counted(days, 'day')} in {told.followed} of {counted(told.cases, 'case')}{of_the_pair(own_followed, own_cases, told.cases)}"
        )
        examples = tuple((h.ids[x][0], h.ids[y][0]) for x, y in reversed(told.examples))
        return Reason(
            "rule",
            text,
            _short(effect),
            self._ids(rows),
            who,
            h.types[before],
            whom,
            ago,
            h.types[kind],
            back,
            days,
            told.followed,
            told.cases,
            own_followed,
            own_cases,
            examples,
        )

    def _rows(self, pair: int, kind: int | None) -> Array:
        if self._of_pair is None:
            order = np.argsort(self.pairs.of_fact, kind="stable")
            values, starts = np.unique(self.pairs.of_fact[order], return_index=True)
            self._of_pair = {int(v): rows for v, rows in zip(values, np.split(order, starts[1:]), strict=True)}
        rows = self._of_pair.get(pair, np.zeros(0, np.int64))
        return rows if kind is None else rows[self.h.type[rows] == kind]

    def _past(self, rows: Array) -> Array:
        kept: Array = rows[self.h.known[rows] < self.streams.day]
        return kept

    def _ids(self, rows: Array) -> tuple[str, ...]:
        """The events of the latest rows, the latest first."""
        latest = rows[np.argsort(-self.h.day[rows], kind="stable")]
        return tuple(dict.fromkeys(i for row in latest[:_MOST_EVENTS] for i in self.h.ids[row]))[:_MOST_EVENTS]

    def _name(self, actor: Any) -> str:
        return self.h.actors[int(actor)]


def _short(effect: float) -> float:
    return round(effect, 3)


def _ago(days: int) -> str:
    return "one day earlier" if days == 1 else f"{days} days earlier"
