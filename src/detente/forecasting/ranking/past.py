"""What is remembered of the past: every tally, every rule, learned one day at a time from facts in both directions."""

from __future__ import annotations

import numpy as np

from ..facts import Facts
from .fresh import Fresh
from .kin import Kin
from .rules import Rules
from .tally import Floats, Longs, Tally, distinct

SLOW = (2.0, 8.0, 30.0, 120.0, 1e9)
SWIFT, WEEKS, MONTHS, SEASONS, EVER = range(5)
BROAD = (8.0, 60.0, 1e9)


def both_ways(facts: Facts, types: int) -> tuple[Longs, Longs, Longs, Longs]:
    """Each fact twice: (actor, type, recipient, day) and (recipient, type + ``types``, actor, day)."""
    s, r, o, d = (np.asarray(x, np.int64) for x in (facts.actor, facts.type, facts.recipient, facts.day))
    return np.r_[s, o], np.r_[r, r + types], np.r_[o, s], np.r_[d, d]


class Past:
    """The state as of the end of the last day learned. ``types`` counts types one way; a question's type is below ``2 × types``."""

    def __init__(self, actors: int, types: int, kin: Kin) -> None:
        self.actors, self.types, self.kin = actors, types, kin
        self.ways = 2 * types
        self.places, self.kinds = len(kin.places), len(kin.kinds)
        self.last_day = -1
        self.answers = Tally(actors, SLOW)  # (s, r) -> o
        self.partners = Tally(actors, SLOW)  # s -> o
        self.aimed = Tally(actors, SLOW)  # (s, direction) -> o
        self.links = Tally(self.ways, (30.0,))  # (s, o) -> r
        self.takers = Tally(actors, SLOW)  # r -> o
        self.present = Tally(actors, SLOW)  # () -> o
        self.rules = Rules(self.ways)
        self.wide: dict[str, Tally] = {
            "place_type": Tally(actors, BROAD),  # (place of s, r) -> o
            "place": Tally(actors, BROAD),  # place of s -> o
            "kind_type": Tally(actors, BROAD),  # (kind of s, r) -> o
            "to_place": Tally(self.places, BROAD),  # (s, r) -> place of o
            "all_to_place": Tally(self.places, BROAD),  # s -> place of o
            "place_to_place": Tally(self.places, BROAD),  # (place of s, r) -> place of o
            "to_kind": Tally(self.kinds, BROAD),  # (s, r) -> kind of o
            "kind_to_kind": Tally(self.kinds, BROAD),  # (kind of s, r) -> kind of o
            "here": Tally(2 * self.kinds, BROAD),  # (kind of s, r) -> kind of o, and whether both are of one place
            "home": Tally(self.places, BROAD),  # s -> place of o, of those whose name tells it
        }
        self.new_answers = np.zeros(self.ways)
        self.all_answers = np.zeros(self.ways)
        self.fresh = Fresh(actors)
        self.home = kin.place.copy()
        self.unplaced = kin.place == 0

    def novelty(self, r: Longs) -> Floats:
        """How often an answer to a question of this type had not been its answer before."""
        return ((self.new_answers[r] + 1) / (self.all_answers[r] + 2)).astype(np.float32)

    def kind_of(self, s: Longs, r: Longs, o: Longs) -> Longs:
        """How new each fact is: 0 it was there before, 1 its pair was (in anything), 2 both actors were, 3 one of them is new."""
        seen = self.answers.rows(s * self.ways + r, o) >= 0
        pair = self.partners.rows(s, o) >= 0
        both = (self.partners.group_rows(s) >= 0) & (self.partners.group_rows(o) >= 0)
        return np.where(seen, 0, np.where(pair, 1, np.where(both, 2, 3)))

    def wide_keys(self, s: Longs, r: Longs) -> dict[str, Longs]:
        """The group of each wide tally for questions (s, r, ?)."""
        place, kind, ways = self.home[s], self.kin.kind[s], self.ways
        return {
            "place_type": place * ways + r,
            "place": place,
            "kind_type": kind * ways + r,
            "to_place": s * ways + r,
            "all_to_place": s,
            "place_to_place": place * ways + r,
            "to_kind": s * ways + r,
            "kind_to_kind": kind * ways + r,
            "here": kind * ways + r,
        }

    def wide_target(self, name: str, s: Longs, o: Longs) -> Longs:
        """The target of a wide tally that stands for candidate ``o`` of a question that ``s`` asks."""
        if name == "here":
            here: Longs = self.kin.kind[o] * 2 + ((self.home[s] == self.home[o]) & (self.home[o] > 0))
            return here
        if name.endswith("to_place"):
            return self.home[o]
        return self.kin.kind[o] if name.endswith("to_kind") else o

    def reserve(self, s: Longs, r: Longs, o: Longs) -> None:
        """Makes room for facts that will come (speed only)."""
        self.answers.reserve(s * self.ways + r, o)
        self.partners.reserve(s, o)
        self.aimed.reserve(s * 2 + (r >= self.types), o)
        self.links.reserve(s * self.actors + o, r)
        self.takers.reserve(r, o)
        self.present.reserve(np.zeros(len(o), np.int64), o)

    def learn(self, s: Longs, r: Longs, o: Longs, day: int, *, rules: bool = True) -> None:
        """Learns the facts of one day, given both ways (see :func:`both_ways`)."""
        if rules:
            self._learn_rules(s, r, o, day)
        fresh = self.answers.rows(s * self.ways + r, o) < 0
        self.fresh.learn(s, o, fresh, self.partners.rows(s, o) < 0, day)
        self.new_answers += np.bincount(r, fresh, self.ways)
        self.all_answers += np.bincount(r, minlength=self.ways)
        self.answers.add(s * self.ways + r, o, day)
        self.partners.add(s, o, day)
        self.aimed.add(s * 2 + (r >= self.types), o, day)
        self.links.add(s * self.actors + o, r, day)
        self.takers.add(r, o, day)
        self.present.add(np.zeros(len(o), np.int64), o, day)
        for name, group in self.wide_keys(s, r).items():
            self.wide[name].add(group, self.wide_target(name, s, o), day)
        told = self.kin.place[o] > 0
        if told.any():
            self.wide["home"].add(s[told], self.kin.place[o[told]], day)
            self._rehome(distinct(s[told]))
        self.last_day = day

    def _rehome(self, s: Longs) -> None:
        """Actors whose name tells no place belong where most of those they meet belong."""
        s = s[self.unplaced[s]]
        if not len(s):
            return
        rows, which = self.wide["home"].members(s)
        count = self.wide["home"].pairs.count[rows]
        order = np.lexsort((count, which))
        last = np.r_[np.flatnonzero(np.diff(which[order])), len(order) - 1]
        best = order[last]
        self.home[s[which[best]]] = self.wide["home"].target_of(rows[best])

    def _learn_rules(self, s: Longs, r: Longs, o: Longs, day: int) -> None:
        questions = distinct(s * self.ways + r)
        askers, asker = np.unique(questions // self.ways, return_inverse=True)
        rows, which = self.links_of(askers)
        if not len(rows):
            return
        bodies = self.rules.body(self.links.target_of(rows), day - self.links.pairs.last[rows])
        held, of = self.links.members(s * self.actors + o)
        held_bodies = self.rules.body(self.links.target_of(held), day - self.links.pairs.last[held])
        self.rules.learn(questions % self.ways, asker, bodies, which, len(askers), r[of], held_bodies)

    def links_of(self, s: Longs) -> tuple[Longs, Longs]:
        """Rows of ``links`` (one per partner and type) of each actor, and which actor each belongs to."""
        width = self.actors * self.ways
        return self.links.pairs.between(s * width, (s + 1) * width)


__all__ = ["BROAD", "EVER", "MONTHS", "SEASONS", "SLOW", "SWIFT", "WEEKS", "Floats", "Past", "both_ways"]
