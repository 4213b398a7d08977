"""Why a document was coded as it was: every trigger looked at, and what became of it. Costs nothing where nobody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..knowledge import Slot, Trigger
from ..language import Sentence
from ..records import Document, Mention, Tie
from .citing import Attribution
from .drafts import Draft
from .mishaps import mishap
from .phrases import Phrases
from .triggers import Match, TriggerFinder

Outcome = Literal["coded", "dropped", "other", "no fit"]
_NEEDS = {
    "actor": "an actor",
    "recipient": "a recipient",
    "both": "an actor and a recipient",
    "either": "an actor or a recipient",
}


@dataclass(frozen=True, slots=True)
class Considered:
    """One codebook trigger held against one word. ``dropped``: it fits, and yet is not coded; ``other``: a more specific one was taken."""

    sentence: int  # index of the sentence
    token: int
    word: str
    trigger: str  # as the codebook writes it
    entry: str  # id of the codebook entry
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document as it was read."""

    document: Document
    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...]
    considered: tuple[Considered, ...]  # in text order; of one word those that fit first
    mentions: tuple[Mention, ...]
    ties: tuple[Tie, ...]


class Trace:
    """Takes notes while a document is coded. It only asks again what was asked before, so that what is coded stays the same."""

    def __init__(self, finder: TriggerFinder) -> None:
        self.finder = finder
        self._notes: list[Considered] = []

    @property
    def considered(self) -> tuple[Considered, ...]:
        """All notes, in text order; of one word those that fit first."""
        ranks: dict[Outcome, int] = {"coded": 0, "dropped": 1, "other": 2, "no fit": 3}
        return tuple(sorted(self._notes, key=lambda n: (n.sentence, n.token, ranks[n.outcome])))

    def found(self, s: Sentence, phrases: Phrases, kept: Sequence[Match]) -> None:
        """The triggers of a sentence: those that stand, those given up for another, those that do not fit."""
        standing = {m.token for m in kept}
        matches = self.finder.matches(s, phrases)
        for m in matches:
            if m.token not in standing:
                self._note(s, m.token, m.trigger, "dropped", self._given_up(s, m, matches))
            for other in m.others:
                self._note(s, m.token, other, "other", f"‘{m.trigger.text}’ is more specific")
        for i in range(len(s)):
            for trigger in self.finder.candidates(s, i):
                missing = self._missing(s, i, trigger, phrases)
                if missing is not None:
                    self._note(s, i, trigger, "no fit", missing)

    def judged(self, draft: Draft, kept: bool) -> None:
        """A trigger read with its roles: coded, or its entry's needs are not met."""
        entry = draft.match.trigger.entry
        has = [f"{role} {r[0].text}" for role, r in (("actor", draft.actors), ("recipient", draft.recipients)) if r]
        found = f"found {' and '.join(has)}" if has else "no political actor found in its roles"
        why = "" if kept else f"needs {_NEEDS.get(entry.needs, entry.needs)}: {found}"
        self._note(draft.sentence, draft.token, draft.match.trigger, "coded" if kept else "dropped", why)

    def doubted(self, draft: Draft, confidence: float | None, least: float) -> None:
        """A mention left out because its confidence is too low."""
        self._unsay(draft, f"confidence {confidence} is under {least}")

    def contained(self, draft: Draft) -> None:
        """A mention left out because another act demands, threatens, promises or refuses it."""
        self._unsay(draft, "told as the content of another act")

    def _unsay(self, draft: Draft, why: str) -> None:
        self._notes = [n for n in self._notes if (n.sentence, n.token, n.outcome) != (draft.sentence.index, draft.token, "coded")]
        self._note(draft.sentence, draft.token, draft.match.trigger, "dropped", why)

    def _note(self, s: Sentence, i: int, trigger: Trigger, outcome: Outcome, why: str) -> None:
        self._notes.append(Considered(s.index, i, s.words[i], trigger.text, trigger.entry.id, outcome, why))

    @staticmethod
    def _given_up(s: Sentence, m: Match, matches: Sequence[Match]) -> str:
        if mishap(s, m.token, m.trigger):
            return "done by nobody: a force of nature, a disease, an accident or the economy"
        for other in matches:
            if m.token in other.filled:
                return f"part of ‘{other.trigger.text}’ at ‘{s.words[other.token]}’ ({other.trigger.entry.id})"
        noun = next((o.token for o in matches if o.light == m.token), None)
        return f"only carries ‘{s.words[noun]}’" if noun is not None else "given up for another trigger"

    def _missing(self, s: Sentence, i: int, trigger: Trigger, phrases: Phrases) -> str | None:
        for slot in trigger.slots:
            filled = self.finder.filler(s, i, slot, phrases)
            if slot.negated and filled is not None:
                return f"must not have ‘{s.words[filled]}’ as {_named(slot)}"
            if not slot.negated and filled is None:
                return f"has no fitting {_named(slot)}"
        return None


def _named(slot: Slot) -> str:
    return f"phrase with ‘{slot.prep}’" if slot.kind == "prep" else slot.kind
