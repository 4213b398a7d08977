"""A mention in the making, and what later words of a document can recall of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from ..records import QUADS, Place, Quality
from .attribution import Attribution
from .referents import Referent
from .status import Scope
from .triggers import Match

#: types whose acts are done to somebody: a missing recipient is looked for in the text before
DIRECTED = frozenset(
    {"ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "ASSAULT", "REQUEST", "CONCEDE", "SUPPORT", "AID", "RETREAT", "MOBILIZE"}
)
#: types that answer an act told before
ANSWERING = frozenset({"ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE"})
_DEFINITE = frozenset({"the", "that", "this", "these", "those", "such", "its", "his", "her", "their"})


@dataclass(slots=True)
class Draft:
    """One trigger read in its sentence."""

    sentence: Sentence
    match: Match
    type: str
    actors: list[Referent]
    recipients: list[Referent]
    scope: Scope
    chain: list[Attribution]
    sources: list[Referent]
    because: list[str]
    date: str | None = None
    date_precision: str | None = None
    place: Place | None = None
    filled: set[str] = field(default_factory=set)  # roles taken from earlier text
    qualities: list[Quality] = field(default_factory=list)

    @property
    def token(self) -> int:
        """Index of the trigger's token."""
        return self.match.token

    @property
    def lemma(self) -> str:
        """Lemma of the trigger."""
        return self.sentence.lemmas[self.match.token]


class Memory:
    """What a document has told so far."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.words = load_lexicon("phrases")

    def add(self, draft: Draft) -> None:
        """Remembers a finished draft."""
        self.drafts.append(draft)

    def recalled(self, s: Sentence, i: int) -> list[Referent]:
        """Who acted in the act that a definite noun recalls ('the incident', 'the proposal', 'the move')."""
        told = next((d for d in self.drafts if d.sentence.index == s.index and d.token == i), None)
        if told is not None:  # 'the attack, which killed': whoever did the attack
            return list(told.actors)
        draft = self.recalled_draft(s, i)
        return list(draft.actors) if draft is not None else []

    def named(self, s: Sentence, i: int) -> Draft | None:
        """The draft that a noun names or recalls; never the act of its own clause ('condemned' for 'condemned the incident')."""
        told = next((d for d in reversed(self.drafts) if d.sentence.index == s.index and d.token == i), None)
        return told or self.recalled_draft(s, i, not_of=frozenset(s.ancestors(i)))

    def recalled_draft(self, s: Sentence, i: int, not_of: frozenset[int] = frozenset()) -> Draft | None:
        """The latest earlier draft that a definite noun recalls: the same word first, else the latest with an actor."""
        if not s.is_noun(i) or s.lemmas[i] not in self.words["recalling"]:
            return None
        determiner = next((s.words[c].lower() for c in s.all_children(i, "det", "poss")), None)
        if determiner not in _DEFINITE:
            return None
        near = [
            d
            for d in self.drafts
            if d.actors and s.index - d.sentence.index <= 6 and (d.sentence.index < s.index or (d.token < i and d.token not in not_of))
        ]
        same = [d for d in near if self._related(d, s.lemmas[i])]
        if same:
            return same[-1]
        close = [d for d in near if s.index - d.sentence.index <= 2]
        hostile = [d for d in close if QUADS.get(d.type, 0) >= 3]
        found = hostile or close
        return found[-1] if found else None

    @staticmethod
    def _related(draft: Draft, lemma: str) -> bool:
        return draft.lemma == lemma or (len(lemma) > 4 and draft.lemma[:5] == lemma[:5])

    def fill(self, draft: Draft) -> None:
        """Looks for missing actors and recipients in what was told before."""
        s = draft.sentence
        if draft.match.trigger.entry.symmetric:
            self._parties(draft)
            return
        again = self._same_act(draft)
        if again is not None:
            if not draft.actors and again.actors:
                draft.actors = list(again.actors)
                draft.filled.add("actor")
                draft.because.append("recalled:actor")
            if not draft.recipients and again.recipients:
                draft.recipients = list(again.recipients)
                draft.filled.add("recipient")
                draft.because.append("recalled:recipient")
            if draft.date is None and again.date is not None:
                draft.date, draft.date_precision = again.date, again.date_precision
        definite = s.is_noun(draft.token) and any(s.words[c].lower() in _DEFINITE for c in s.all_children(draft.token, "det"))
        if not draft.actors and draft.recipients and draft.type == "COERCE" and draft.place and draft.place.country:
            country = draft.place.country  # who arrests and searches in a place is who governs it, where nobody is named
            draft.actors = [Referent(draft.place.text, draft.recipients[0].span, country, country, "GOV", None, "state", "place")]
            draft.filled.add("actor")
            draft.because.append("place:actor")
        if not draft.actors and (draft.recipients or definite) and QUADS.get(draft.type) == 4:
            codes = {r.code for r in draft.recipients}
            for before in reversed(self.drafts):
                if s.index - before.sentence.index > 3:
                    break
                actors = [a for a in before.actors if a.code not in codes]
                if actors and QUADS.get(before.type) == 4:
                    draft.actors = actors
                    draft.filled.add("actor")
                    draft.because.append("paragraph:actor")
                    if not draft.recipients:
                        draft.recipients = list(before.recipients)
                        draft.filled.add("recipient")
                    break
        if not draft.recipients and draft.actors and draft.type in DIRECTED:
            self._answered(draft)

    def _parties(self, draft: Draft) -> None:
        """A joint act told with fewer than two parties is the one told before about the same matter: 'the talks', 'the treaty'."""
        if len({r.code for r in draft.actors}) > 1:
            return
        mine = {r.code for r in draft.actors}
        if mine and draft.match.trigger.pos == "verb" and draft.type == "CONSULT":
            return
        for before in reversed(self.drafts):
            if draft.sentence.index - before.sentence.index > 12:
                return
            codes = {r.code for r in before.actors}
            if before.match.trigger.entry.symmetric and len(codes) > 1 and mine <= codes:
                draft.actors = list(before.actors)
                draft.filled.add("actor")
                draft.because.append("recalled:parties")
                return

    def _same_act(self, draft: Draft) -> Draft | None:
        """An earlier telling of the same act: the same noun (or its verb), told again with 'the' or without any role of its own."""
        s, i = draft.sentence, draft.token
        if draft.match.trigger.pos != "noun":
            return None
        definite = any(s.words[c].lower() in _DEFINITE for c in s.all_children(i, "det"))
        if not definite and (draft.actors or draft.recipients):
            return None
        for before in reversed(self.drafts):
            if s.index - before.sentence.index > 12:
                return None
            if draft.type == "COERCE" and self._elsewhere(draft, before):
                continue
            if before.type == draft.type and self._related(before, draft.lemma) and (before.actors or before.recipients):
                mine = {r.code for r in draft.actors}
                if not mine or mine & {r.code for r in before.actors} or not before.actors:
                    return before
        return None

    @staticmethod
    def _elsewhere(draft: Draft, before: Draft) -> bool:
        """Arrests and searches in a country that is none of the earlier actors': not the same act."""
        country = draft.place.country if draft.place else None
        return country is not None and bool(before.actors) and all(a.country != country for a in before.actors)

    def _answered(self, draft: Draft) -> None:
        mine = {r.code for r in draft.actors}
        s = draft.sentence
        for before in reversed(self.drafts):
            if s.index - before.sentence.index > 3:
                return
            others = []
            if mine & {r.code for r in before.recipients}:
                others = [a for a in before.actors if a.code not in mine]
            elif mine & {a.code for a in before.actors}:
                others = [r for r in before.recipients if r.code not in mine]
                if before.match.trigger.entry.symmetric:
                    others = []
            if others and draft.type in ANSWERING:
                draft.recipients = others
                draft.filled.add("recipient")
                draft.because.append("paragraph:recipient")
                return
