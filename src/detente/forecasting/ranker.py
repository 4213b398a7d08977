"""Which events come next: ``Forecaster.fit(events).update(day).rank(query)``.

A forecaster learns a history of quadruples (actor, type, recipient, day) in one pass, in the order of days, and answers questions
'whom will A do X to' and 'who will do X to A' from what came strictly before the day asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ..config import load_config
from ..errors import ForecastError
from .facts import Facts, Rows
from .ranking.kin import Kin, kin_of
from .ranking.learner import Order, Settings
from .ranking.reasons import Reason, Teller, weights
from .ranking.stream import Asked, Stream, many_questions, questions_of
from .ranking.tally import Longs
from .records import Expected

if TYPE_CHECKING:
    from .expectations import Expectations


FEW = 20_000
"""Questions that the order is learned from whatever their share of the history."""


@dataclass(frozen=True)
class Options:
    """How a forecaster learns.

    ``candidates``: how many actors are looked at closely per question; ``questions``: from how many past questions the order is
    learned at most, out of the ``recent`` part of the history, at most ``window`` days, and, where these are more than
    :data:`FEW`, at most this ``sample`` of all there are; ``lessons``: from how many the affinities are;
    ``practice``: how many questions the attention practises on, those asked again counted again; ``read_names``: whether names
    like 'Police (Thailand)' tell place and kind.
    """

    candidates: int = 90
    questions: int = 60_000
    sample: float = 0.35
    window: int = 700
    recent: float = 0.7
    lessons: int = 100_000
    practice: int = 1_000_000
    read_names: bool = True
    seed: int = 1
    learning: Settings = field(default_factory=Settings)


@dataclass(frozen=True)
class Query:
    """A question: ``actor`` does ``type`` to whom, or (``asks='actor'``) who does ``type`` to ``recipient``; with both, how likely."""

    type: str
    actor: str | None = None
    recipient: str | None = None

    @property
    def asks(self) -> str:
        """What is asked for: ``recipient`` or ``actor``."""
        return "recipient" if self.actor is not None else "actor"


@dataclass(frozen=True)
class Ranked:
    """An answer: the actor, its place (1 is likeliest) and its score (comparable within one question only)."""

    actor: str
    place: int
    score: float


@dataclass(frozen=True)
class Explained:
    """An answer with its reasons, weightiest first; ``facts`` of a reason are positions in ``Forecaster.known``."""

    answer: Ranked
    of: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Batch:
    """Answers of the learned order to the distinct questions of one day.

    ``question``, ``candidate``, ``score``: one value per candidate, sorted by question; ``asked``, ``answer``: what happened.
    """

    day: int
    question: Longs
    candidate: Longs
    score: npt.NDArray[np.float64]
    asked: Longs
    answer: Longs
    kind: Longs
    type: Longs


class Forecaster:
    """Ranks what comes next. Make one with :meth:`fit`."""

    def __init__(self, actors: tuple[str, ...], types: tuple[str, ...], options: Options, kin: Kin | None = None) -> None:
        self.actors, self.types, self.options = actors, types, options
        self.kin = kin or kin_of(actors, read_names=options.read_names)
        self.stream = Stream(len(actors), len(types), self.kin, options.candidates, practice=options.practice, seed=options.seed)
        self.order = Order(options.learning)
        self.known = Facts.none(actors, types)
        self._expectations: tuple[int, Expectations] | None = None

    @classmethod
    def fit(cls, facts: Facts | Rows, options: Options | None = None) -> Forecaster:
        """Learns a history in one pass; rows are read as by :meth:`Facts.of`.

        Raises:
            ForecastError: F02 where a row is no quadruple, F05 where it is empty, F08 where it is too short to learn an order from.
        """
        facts = facts if isinstance(facts, Facts) else Facts.of(facts)
        facts.need()
        options = options or Options()
        self = cls(facts.actors, facts.types, options)
        self.stream.reserve(facts)
        self.known = facts
        days = facts.days
        from_day = facts.last + 1 - min(options.window, max(round(options.recent * (facts.last + 1 - facts.first)), 1))
        self.stream.lessons = _share(facts, options.lessons)
        enough = min(options.questions, max(FEW, round(options.sample * many_questions(facts))))
        per_question = _share(facts.between(from_day, None), enough)
        chance = np.random.default_rng(options.seed)
        for day in days:
            today = facts.on(day)
            if day >= from_day:
                self._practise(today, per_question, chance)
            self.stream.learn(today)
        self.order.learn()
        return self

    def _practise(self, today: Facts, share: float, chance: np.random.Generator) -> None:
        """Asks a share of a day's questions before the day is learned."""
        s, r, asked, answer, _, _ = questions_of(today, len(self.types))
        chosen = np.flatnonzero(chance.random(len(s)) < share)
        right = asked * len(self.actors) + answer
        for part in self.stream.ask(s[chosen], r[chosen], int(today.day[0])):
            keys = chosen[part.question + part.first] * len(self.actors) + part.candidate
            sizes = np.bincount(part.question, minlength=len(part.s))
            self.order.collect(part.features, part.names, np.isin(keys, right), sizes)

    def update(self, facts: Facts | Rows) -> Forecaster:
        """Learns later days, without fitting anew; rows are read as by :meth:`Facts.of`.

        Raises:
            ForecastError: F07 where a day is not after all that is known, F09 where actors or types are not those learned.
        """
        facts = facts if isinstance(facts, Facts) else Facts.of(facts, actors=self.actors, types=self.types)
        if facts.actors != self.actors or facts.types != self.types:
            raise ForecastError("F09")
        for day in facts.days:
            if day <= self.stream.past.last_day:
                raise ForecastError("F07", day=day, last=self.stream.past.last_day)
            self.stream.learn(facts.on(day))
        self.known = self.known.joined(facts)
        return self

    @property
    def last_day(self) -> int:
        """The last day learned."""
        return self.stream.past.last_day

    def number(self, query: Query) -> tuple[int, int]:
        """The question as numbers: whose, and the type both ways. F06 where actor or type is unknown, F30 where no actor is named."""
        if query.actor is None and query.recipient is None:
            hint = "Name the one who acts (`actor=`) or the one acted on (`recipient=`): the other end is the answer."
            raise ForecastError("F30", query=query, have="neither actor nor recipient", hint=hint)
        facts = Facts.none(self.actors, self.types)
        way = 0 if query.asks == "recipient" else len(self.types)
        return facts.actor_number(query.actor or query.recipient or ""), facts.type_number(query.type) + way

    def rank(self, query: Query, top: int = 10, day: int | None = None) -> list[Ranked]:
        """The likeliest answers to a question about ``day`` (default: the day after the last one learned), likeliest first.

        Raises:
            ForecastError: F06 and F30 as :meth:`number`, F07 where the day is not after the last one learned, F31 where ``top`` is below 1.
        """
        if not isinstance(top, (int, np.integer)) or top < 1:
            raise ForecastError("F31", top=top)
        part, score = self._answer(query, day)
        best = np.argsort(-score, kind="stable")[:top]
        return [Ranked(self.actors[part.candidate[k]], place, float(score[k])) for place, k in enumerate(best, 1)]

    def explain(self, query: Query, answer: str, day: int | None = None) -> Explained:
        """Why ``answer`` stands where it does in :meth:`rank`, with the facts behind each reason as they stood before the day.

        Raises:
            ForecastError: F06 where actor, type or answer is unknown, F10 where the answer is not among the candidates.
        """
        part, score = self._answer(query, day)
        found = np.flatnonzero(part.candidate == Facts.none(self.actors, self.types).actor_number(answer))
        if not len(found):
            raise ForecastError("F10", answer=answer, candidates=len(score))
        row = int(found[0])
        place = int((score > score[row]).sum()) + 1
        teller = Teller(self.stream, self.known, part, row)
        told = weights(self.stream, part, self.order.weigh(part.features), row)
        reasons = [teller.tell(evidence, weight) for evidence, weight in sorted(told.items(), key=lambda t: -abs(t[1]))]
        return Explained(Ranked(answer, place, float(score[row])), len(score), tuple(reasons))

    def probability(self, query: Query, horizon: int = 7) -> Expected:
        """How likely the act that ``query`` names whole is to happen at least once in the ``horizon`` days after the last day learned.

        Calibrated (:class:`~detente.forecasting.Expectations`), learned when first asked for after the last update.

        Raises:
            ForecastError: F23 where actor or type is unknown or was never told of, F24 where nothing was told of the two, F30 where
                ``query`` lacks an end.
        """
        missing = [end for end in ("actor", "recipient") if getattr(query, end) is None]
        if missing:
            have = " nor ".join(missing)
            hint = "A probability is of one act: name actor, type and recipient. `rank` finds the other end of a question."
            raise ForecastError("F30", query=query, have=f"neither {have}" if len(missing) > 1 else f"no {have}", hint=hint)
        from .expectations import Expectations
        from .occurrence.history import quadruples

        if self._expectations is None or self._expectations[0] != self.last_day:
            k = self.known
            named = (
                (self.actors[a], self.types[t], self.actors[r], d)
                for a, t, r, d in zip(k.actor.tolist(), k.type.tolist(), k.recipient.tolist(), k.day.tolist(), strict=True)
            )
            self._expectations = self.last_day, Expectations.fit(quadruples(named), horizon, load_config().forecasting)
        return self._expectations[1].at(horizon).probability(query.actor or "", query.type, query.recipient or "")

    def _answer(self, query: Query, day: int | None) -> tuple[Asked, npt.NDArray[np.float64]]:
        s, r = self.number(query)
        day = self.last_day + 1 if day is None else day
        if day <= self.last_day:
            raise ForecastError("F07", day=day, last=self.last_day)
        part = next(self.stream.ask(np.array([s]), np.array([r]), day))
        return part, self.order.score(part.features)

    def follow(self, facts: Facts, *, learn: bool = True, share: float = 1.0) -> Iterator[Batch]:
        """Answers the questions of later days, each day before it is learned.

        With ``learn`` off the history stays frozen (multi-step); ``share`` below 1 asks only so many of the questions, by chance.
        """
        chance = np.random.default_rng(self.options.seed)
        past = self.stream.past
        for day in facts.days:
            today = facts.on(day)
            s, r, asked, answer, fs, fr = questions_of(today, len(self.types))
            if share < 1:
                chosen = chance.random(len(s)) < share
                kept = chosen[asked]
                s, r, asked = s[chosen], r[chosen], (np.cumsum(chosen) - 1)[asked[kept]]
                answer, fs, fr = answer[kept], fs[kept], fr[kept]
            parts, scores = [], []
            for part in self.stream.ask(s, r, day):
                scores.append(self.order.score(part.features))
                parts.append(replace(part, features=part.features[:0]))
            if parts:
                yield Batch(
                    day,
                    np.concatenate([p.question + p.first for p in parts]),
                    np.concatenate([p.candidate for p in parts]),
                    np.concatenate(scores),
                    asked,
                    answer,
                    past.kind_of(fs, fr, answer),
                    fr,
                )
            if learn:
                self.stream.learn(today)


def _share(facts: Facts, questions: int) -> float:
    """What share of a history's questions makes about so many."""
    return min(1.0, questions / max(many_questions(facts), 1))
