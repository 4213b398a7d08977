"""Why an answer stands where it stands: what each kind of evidence added, and the past facts behind it.

The learned order's score is taken apart per feature (TreeSHAP for its trees, integrated gradients for its network). Features are summed by
kind of evidence, what the first guess said is shared out among its parts and what comes to mind, and each kind is told as a sentence with
the facts it rests on, all of them from before the day asked about.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..facts import Facts
from .features import MIND
from .mixture import PARTS, tally_of
from .rules import EDGES
from .stream import Asked, Stream
from .tally import Floats, Longs

MOST_FACTS = 5
ALIKE = 200
EVIDENCE = {
    "answers": "same",
    "partners": "pair",
    "aimed": "pair",
    "mirror": "pair",
    "back": "pair",
    "takers": "candidate",
    "present": "candidate",
    "rules": "rule",
    "affinity": "alike",
    "recalled": "recent",
    "company": "alike",
    "place_type": "place",
    "place": "place",
    "kind_type": "kind",
}
"""Group of features, or part of the first guess, to kind of evidence."""


@dataclass(frozen=True)
class Reason:
    """One kind of evidence for (or, where ``weight`` is negative, against) an answer, against the mean of the other candidates.

    ``facts`` are positions in the history learned; ``evidence`` is one of same, pair, rule, candidate, place, kind, alike, recent.
    """

    evidence: str
    weight: float
    sentence: str
    facts: tuple[int, ...]


def evidence_of(feature: str) -> str | None:
    """The kind of evidence of a feature; None for the first guess and for what describes the question."""
    group = feature.split(".")[0]
    if group in ("guess", "question"):
        return None
    if group.startswith("kin"):
        return "kind" if "kind" in group else "place"
    return EVIDENCE[group]


def weights(stream: Stream, asked: Asked, parts: npt.NDArray[np.float64], row: int) -> dict[str, float]:
    """What each kind of evidence adds to candidate ``row``'s score, against the mean of all candidates of its question."""
    told = dict.fromkeys(dict.fromkeys(EVIDENCE.values()), 0.0)
    guess = 0.0
    above = parts[row] - parts.mean(0)
    for name, weight in zip(asked.names, above, strict=True):
        kind = evidence_of(name)
        if kind:
            told[kind] += float(weight)
        elif name.startswith("guess"):
            guess += float(weight)
    pull = asked.features[:, asked.names.index("affinity.pull")]
    lean = asked.features[:, asked.names.index("affinity.lean")]
    told["alike"] += float(pull[row] - pull.mean())
    begun = float((lean - pull)[row] - (lean - pull).mean())
    mind = MIND * np.exp(asked.features[row, asked.names.index("recalled.p")])
    share = float(mind / (mind + (1 - MIND) * np.exp(asked.features[row, asked.names.index("guess.p")])))
    told["recent"] += begun * share
    guess += begun * (1 - share)
    for name, share in _guess_parts(stream, asked, row).items():
        told[EVIDENCE[name]] += guess * share
    return told


def _guess_parts(stream: Stream, asked: Asked, row: int) -> dict[str, float]:
    """The share of each part of the mixture in the first guess at a candidate."""
    s, r, o = asked.s[:1], asked.r[:1], asked.candidate[row : row + 1]
    past, weight = stream.past, stream.mixture.weights()[int(r[0])]
    said: dict[str, float] = {}
    for k, (name, rate) in enumerate(PARTS):
        tally, groups, targets = tally_of(past, name, s, r, o)
        total = max(float(tally.totals(tally.group_rows(groups), asked.day, rate)[0]), 1e-9)
        said[name] = said.get(name, 0.0) + float(weight[k] * tally.faded(tally.rows(groups, targets), asked.day, rate)[0]) / total
    whole = sum(said.values()) or 1.0
    return {name: value / whole for name, value in said.items()}


class Teller:
    """Sentences for the reasons of one answer: ``actor`` and ``type`` (both ways) of the question, ``other`` the answer."""

    def __init__(self, stream: Stream, facts: Facts, asked: Asked, row: int) -> None:
        self.stream, self.past, self.day = stream, stream.past, asked.day
        self.known = facts.before(asked.day)
        self.s, self.r, self.o = int(asked.s[0]), int(asked.r[0]), int(asked.candidate[row])
        self.one_way = self.r < self.past.types
        self.actor, self.other = facts.actors[self.s], facts.actors[self.o]
        self.type = facts.types[self.r % self.past.types]

    def tell(self, evidence: str, weight: float) -> Reason:
        """The reason of this kind, with the latest facts behind it."""
        sentence, facts = getattr(self, f"_{evidence}")()
        return Reason(evidence, weight, sentence, tuple(int(f) for f in facts[::-1][:MOST_FACTS]))

    def _where(self, s: int | Floats | None, r: int | None, o: int | None) -> Longs:
        """Positions of facts (s, r, o) with r both ways; None is anyone or anything, ``s`` may be a mask over actors."""
        f = self.known
        forward = r is None or r < self.past.types
        a, b = (f.actor, f.recipient) if forward else (f.recipient, f.actor)
        kept = np.ones(len(f), bool) if r is None else f.type == r % self.past.types
        if s is not None:
            kept &= np.asarray(s)[a] > 0 if isinstance(s, np.ndarray) else a == s
        if o is not None:
            kept &= b == o
        return np.flatnonzero(kept)

    def _same(self) -> tuple[str, Longs]:
        facts = self._where(self.s, self.r, self.o)
        act = f"{self.actor}: {self.type} to {self.other}" if self.one_way else f"{self.other}: {self.type} to {self.actor}"
        if not len(facts):
            return f"{act} was never told before.", facts
        return f"{act} was told on {_days(facts, self.known)} before, last {self._ago(facts)}.", facts

    def _pair(self) -> tuple[str, Longs]:
        facts = np.union1d(self._where(self.s, None, self.o), self._where(self.o, None, self.s))
        if not len(facts):
            return f"{self.actor} and {self.other} had nothing to do with each other before.", facts
        last = facts[-1]
        what, who = self.known.types[self.known.type[last]], self.known.actors[self.known.actor[last]]
        return f"{self.actor} and {self.other} met on {_days(facts, self.known)}, last {self._ago(facts)} ({who}: {what}).", facts

    def _rule(self) -> tuple[str, Longs]:
        past = self.past
        rows, _ = past.links.members(np.array([self.s * past.actors + self.o]))
        if not len(rows):
            return f"No earlier act between {self.actor} and {self.other} that could be followed by {self.type}.", rows
        body_type = past.links.target_of(rows)
        age = self.day - past.links.pairs.last[rows]
        body = past.rules.body(body_type, age)
        type_ = np.full(len(rows), self.r)
        best = int(np.argmax(past.rules.confidences_of(type_, body)))
        before, one_way = self.known.types[body_type[best] % past.types], body_type[best] < past.types
        doer, target = (self.actor, self.other) if one_way else (self.other, self.actor)
        held, asked = past.rules.held[self.r, body[best]], past.rules.asked[self.r, body[best]]
        facts = self._where(self.s, int(body_type[best]), self.o)
        answered = f"it was the answer to {self.type} in {held:.0f} of {asked:.0f} cases in which {_between(int(age[best]))} had passed"
        if round(float(asked)) == 0:
            answered = f"who is the answer to {self.type} so long after such an act was never asked before"
        return f"{target} was the target of {before} by {doer} {_ago(int(age[best]))}; {answered}.", facts

    def _candidate(self) -> tuple[str, Longs]:
        facts = self._where(None, self.r, self.o)
        recent = facts[self.known.day[facts] >= self.day - 30]
        role = "the target" if self.one_way else "the actor"
        if not len(facts):
            return f"{self.other} was never told to be {role} of {self.type} before.", facts
        often = f"{_times(len(recent))} in 30 days" if len(recent) else "not in the last 30 days"
        return f"{self.other} was {role} of {self.type} {often}, {_times(len(facts))} in all.", facts

    def _place(self) -> tuple[str, Longs]:
        home = int(self.past.home[self.s])
        facts = self._where((self.past.home == home).astype(np.float32), self.r, self.o)
        if not home:
            return f"Nothing tells where {self.actor} belongs.", facts[:0]
        place = self.past.kin.places[home]
        return f"Actors of {place}, as {self.actor}, {self._doing(facts)}.", facts

    def _kind(self) -> tuple[str, Longs]:
        kind = int(self.past.kin.kind[self.s])
        if not kind:
            return f"The name of {self.actor} tells no kind of actor.", np.zeros(0, np.int64)
        facts = self._where((self.past.kin.kind == kind).astype(np.float32), self.r, self.o)
        return f"Actors of the kind '{self.past.kin.kinds[kind]}' {self._doing(facts)}.", facts

    def _alike(self) -> tuple[str, Longs]:
        vectors = self.stream.affinity.values["actor"]
        mine = vectors[self.s]
        near = vectors @ mine / (np.linalg.norm(vectors, axis=1) * np.linalg.norm(mine) + 1e-9)
        near[self.s] = -1
        alike = np.zeros(len(near), np.float32)
        alike[np.argsort(-near, kind="stable")[: min(ALIKE, len(near) // 20 + 1)]] = 1
        facts = self._where(alike, self.r, self.o)
        return f"Actors whose past is most like that of {self.actor} {self._doing(facts)}.", facts

    def _recent(self) -> tuple[str, Longs]:
        looked_at = self.stream.memory.looked_at(self.s, self.r, self.day, MOST_FACTS)
        f, whose, which = self.known, self.stream.memory.owners.of, []
        for r, vector, day in looked_at:
            where = self._where(self.s, r, None)
            others = (f.recipient if r < self.past.types else f.actor)[where]
            which.append(where[(f.day[where] == day) & (whose[others] == vector)])
        facts = np.sort(np.concatenate(which)) if which else np.zeros(0, np.int64)
        if not len(facts):
            return f"Nothing is told of {self.actor} before.", facts
        return f"What {self.actor} last did and met with calls {self.other} to mind, above all what is listed.", facts

    def _doing(self, facts: Longs) -> str:
        """That several did the act asked about to the answer, or were its targets, and on how many days."""
        if not len(facts):
            return f"never did {self.type} to {self.other}" if self.one_way else f"never were targets of {self.type} by {self.other}"
        doing = f"did {self.type} to {self.other}" if self.one_way else f"were targets of {self.type} by {self.other}"
        return f"{doing} on {_days(facts, self.known)}"

    def _ago(self, facts: Longs) -> str:
        return _ago(self.day - int(self.known.day[facts[-1]]))


def _days(facts: Longs, known: Facts) -> str:
    many = len(np.unique(known.day[facts]))
    return "one day" if many == 1 else f"{many} days"


def _times(many: int) -> str:
    return "once" if many == 1 else f"{many} times"


def _ago(days: int) -> str:
    return "one day earlier" if days == 1 else f"{days} days earlier"


def _between(age: int) -> str:
    """The bin of ages that a rule was learned for, in words."""
    k = int(np.searchsorted(EDGES, age, side="right"))
    low, high = (1 if k == 0 else int(EDGES[k - 1])), (int(EDGES[k]) - 1 if k < len(EDGES) else None)
    if high is None:
        return f"{low} days or more"
    return ("one day" if low == 1 else f"{low} days") if low == high else f"{low} to {high} days"
