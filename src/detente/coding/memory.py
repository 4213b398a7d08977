"""What a document has told so far, and what later words of it can recall of that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby, takewhile

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from ..records import QUADS
from .drafts import Draft
from .nesting import APART
from .referents import OFFICIAL, Referent
from .retelling import Tellings, at_own_place, blaming, causes, claimed, definite, lend, occasion, share

#: types of acts that those who announce them do
GOVERNED = frozenset({"AID", "COERCE", "COOPERATE", "MOBILIZE", "RETREAT", "SANCTION"})
#: types that answer an act told before
ANSWERING = frozenset({"ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE"})
_DEFINITE = frozenset({"the", "that", "this", "these", "those", "such", "its", "his", "her", "their"})


class Memory:
    """What a document has told so far."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.tellings = Tellings()
        self.waiting: list[Draft] = []  # told without anybody: kept only if another telling of the same act says more
        self.words = load_lexicon("phrases")

    def add(self, draft: Draft) -> None:
        """Remembers a finished draft."""
        self.drafts.append(draft)
        self.tellings.add(draft)

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
        meant = next((type_ for type_, nouns in self.words["names_type"].items() if s.lemmas[i] in nouns), None)
        same = [d for d in near if self._related(d, s.lemmas[i])] or [d for d in near if d.type == meant]
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
        if draft.match.trigger.entry.symmetric:
            self._parties(draft)
            return
        act = self.tellings.earlier(draft)
        if act is not None:
            share(draft, act)
        told_in = occasion(draft, self._beside(draft))
        if told_in is not None:
            share(draft, [told_in])
            share(told_in, [draft])
        # who arrests and searches in a place is who governs it, where nobody is named
        if draft.type == "COERCE" and (at_own_place(draft) if draft.noun is not None else draft.recipients):
            lend(draft, "actors", _where(draft), "place")
            if draft.noun is not None:
                draft.filled.discard("actor")  # 'the raid in Yekaterinburg' says itself whose it was
        forced = QUADS.get(draft.type) == 4 and draft.match.trigger.pos == "verb"
        if forced and draft.recipients and not draft.actors and not _by_an_act(draft):
            self._continued(draft)
        if draft.type in GOVERNED and _passive(draft) and (draft.scope.planned or draft.type in ("SANCTION", "MOBILIZE")):
            official = [r for r in draft.sources[-1:] if r.sector in OFFICIAL]  # 'announced that the embassy would be closed'
            lend(draft, "actors", official, "announced")
        if draft.type == "ASSAULT":  # who is bombed and killed in a place are those who live there, where nobody is named
            lend(draft, "recipients", _where(draft), "place")
        if not draft.recipients and draft.actors:
            self._answered(draft)

    def _beside(self, draft: Draft) -> list[Draft]:
        """What the draft's sentence has told so far, kept or not."""
        out: list[Draft] = []
        for told in (self.drafts, self.waiting):
            out += takewhile(lambda d: d.sentence is draft.sentence, reversed(told))
        return out

    def _continued(self, draft: Draft) -> None:
        """Force told without who used it goes on from force against the same people before: 'stormed homes … several were arrested'."""
        codes = {r.code for r in draft.recipients}
        for before in reversed(self.drafts):
            if draft.sentence.index - before.sentence.index > 3:
                return
            if before.actors and QUADS.get(before.type) == 4 and codes & {r.code for r in before.recipients}:
                lend(draft, "actors", [a for a in before.actors if a.code not in codes], "paragraph")
                if draft.date is None and not draft.scope.planned and not draft.scope.hypothetical:
                    draft.date, draft.date_precision = before.date, before.date_precision
                return

    def finish(self, kept: Callable[[Draft], bool]) -> None:
        """Lends backwards: what later sentences told of an act. ``kept`` says whether a draft has the roles that it needs."""
        for draft in self.waiting:
            if draft.match.trigger.pos != "noun":
                continue
            act = self.tellings.earlier(draft)
            if act is not None:
                share(draft, act)
            if kept(draft):
                self.drafts.append(draft)
                self.tellings.add(draft)
        for act in self.tellings.acts:
            act.sort(key=_place_in_text)
        self.drafts.sort(key=_place_in_text)
        self.tellings.merge()
        self._share_all()
        here = {n: list(ds) for n, ds in groupby(self.drafts, key=lambda d: d.sentence.index)}
        for draft in self.drafts:
            told_in = occasion(draft, here[draft.sentence.index])
            if told_in is not None:
                share(draft, [told_in])
                share(told_in, [draft])
        self._share_all()
        self._presuppose()
        for draft in self.drafts:
            blamed = blaming(draft, here[draft.sentence.index])
            if blamed is not None:
                lend(draft, "actors", blamed.recipients, "blamed")
        for draft in self.drafts:
            if draft.type in ANSWERING or draft.lemma in self.words["answering_acts"]:
                mine = {r.code for r in draft.actors}
                for cause in causes(draft, here[draft.sentence.index]):
                    if _denial(draft) and mine & {r.code for r in cause.actors}:  # 'denied that its raids were illegal'
                        lend(draft, "recipients", [r for r in cause.recipients if r.code not in mine], "answered")
                    lend(draft, "recipients", [r for r in cause.actors if r.code not in mine], "answered")

    def _presuppose(self) -> None:
        """Marks the known acts of which somebody only says what they were like: the text itself has told that they happened."""
        for act in self.tellings.acts:
            told = [d for d in act if not (d.scope.negated or d.scope.conditional or d.scope.planned or d.scope.hypothetical)]
            first = next((d for d in told if not claimed(d)), None)
            if first is None:
                continue
            for draft in told:
                if draft.noun is None or draft is first or draft.scope.hearsay or not definite(draft):
                    continue
                draft.presupposed = _taken_for_granted(draft) and _place_in_text(first) < _place_in_text(draft) and bool(draft.chain)

    def _share_all(self) -> None:
        for act in self.tellings.acts:
            for draft in act:
                share(draft, act)

    def _parties(self, draft: Draft) -> None:
        """A joint act told with fewer than two parties is the one told before about the same matter: 'the talks', 'the treaty'."""
        if len({r.code for r in draft.actors}) > 1 or draft.recipients:
            return
        mine = {r.code for r in draft.actors}
        trigger, words = draft.match.trigger, self.words
        if mine and trigger.pos == "verb" and (draft.type == "CONSULT" or not any(k in words["treaties"] for k in _filled(draft))):
            return
        if trigger.pos == "noun" and not (definite(draft) or draft.lemma in words["treaties"] | words["dealings"]):
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

    def _answered(self, draft: Draft) -> None:
        """A hostile act without a recipient answers whoever acted on its actor just before, or goes on against the same party."""
        if draft.type not in ANSWERING:
            return
        mine = {r.code for r in draft.actors}
        denial = _denial(draft)
        for before in reversed(self.drafts):
            apart = draft.sentence.index - before.sentence.index
            if apart > 3:
                return
            others: list[Referent] = []
            if mine & {r.code for r in before.recipients} and not (denial and before.type != "ACCUSE"):
                others = [a for a in before.actors if a.code not in mine]
            elif mine & {a.code for a in before.actors} and not denial and not before.match.trigger.entry.symmetric:
                goes_on = draft.type != "COERCE" or (apart <= 1 and before.type == "COERCE")
                others = [r for r in before.recipients if r.code not in mine and goes_on]
            if others:
                lend(draft, "recipients", others, "paragraph")
                return


def _where(draft: Draft) -> list[Referent]:
    """The country in which the act was done, as a party to it."""
    place, span = draft.place, draft.place_span
    if place is None or span is None or not place.country:
        return []
    return [Referent(place.text, span, place.country, place.country, "GOV", None, "state", "place")]


def _passive(draft: Draft) -> bool:
    s, i = draft.sentence, draft.token
    return s.is_verb(i) and s.child(i, "nsubjpass") is not None and s.child(i, "agent") is None


def _taken_for_granted(draft: Draft) -> bool:
    """Whether a known act is what something is said of, or its time or circumstance: 'the arrests were …', 'killed during the raid'."""
    s, noun = draft.sentence, draft.token if draft.noun is None else draft.noun
    if s.deps[noun] == "pobj":
        return s.words[s.heads[noun]].lower() in APART
    return s.deps[noun] in ("nsubj", "nsubjpass")


def _by_an_act(draft: Draft) -> bool:
    """Whether an act is what did it: 'the attack, which killed dozens' is done by whoever made the attack, known or not."""
    s, i = draft.sentence, draft.token
    subject = s.child(i, "nsubj")
    if subject is not None and s.deps[i] == "relcl" and s.tags[subject] in ("WDT", "WP"):
        subject = s.heads[i]
    return subject is not None and s.lemmas[subject] in load_lexicon("phrases")["recalling"]


def _place_in_text(draft: Draft) -> tuple[int, int]:
    return draft.sentence.index, draft.token


def _denial(draft: Draft) -> bool:
    return draft.match.trigger.entry.id.startswith("reject.deny")


def _filled(draft: Draft) -> list[str]:
    return [draft.sentence.lemmas[k] for k in draft.match.filled]


def in_order(*drafts: Sequence[Draft]) -> list[Draft]:
    """All drafts in text order."""
    return sorted((d for some in drafts for d in some), key=_place_in_text)
