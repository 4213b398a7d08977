"""Which mentions of a document tell the same act, and what one of them may lend another.

'The attack' of the last paragraph is the gas attack of the first, whose day and place were told in between.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..knowledge.lexicon import load_lexicon
from ..records import QUADS
from .drafts import Draft
from .referents import Referent

_DEFINITE = frozenset({"the", "that", "this", "these", "those", "such", "its", "his", "her", "their"})
#: steps of one occasion: 'four were killed in the raid'
_OCCASION = frozenset({"at", "by", "during", "in"})


class Tellings:
    """The acts of one document, each with the drafts that tell it, in text order."""

    def __init__(self) -> None:
        self.acts: list[list[Draft]] = []
        self.generic = load_lexicon("phrases")["plain_force"]

    def add(self, draft: Draft) -> None:
        """Puts a draft to the act it tells again, or opens a new one."""
        act = self.earlier(draft)
        if act is None:
            self.acts.append([draft])
        else:
            act.append(draft)

    def earlier(self, draft: Draft) -> list[Draft] | None:
        """The act that a draft tells again, the one told last first; None where it tells a new one."""
        if draft.match.trigger.entry.symmetric:
            return None
        for act in sorted(self.acts, key=lambda a: (a[-1].sentence.index, a[-1].token), reverse=True):
            if self._again(draft, act):
                return act
        return None

    def _again(self, draft: Draft, act: Sequence[Draft]) -> bool:
        first = act[0]
        if first.type != draft.type or _real(first) != _real(draft):
            return False
        same = any(d.match.trigger.entry.id == draft.match.trigger.entry.id for d in act)
        noun = draft.match.trigger.pos == "noun"
        if not noun:
            parties = _equal(draft.actors, own(act, "actors")) and _equal(draft.recipients, own(act, "recipients"))
            return same and parties and _fits(draft, act)
        if not same and not (draft.lemma in self.generic and definite(draft) and QUADS.get(draft.type) == 4):
            return False
        if any(d.match.trigger.pos == "noun" and _plural(d) != _plural(draft) for d in act):
            return False
        known = _meets(draft.actors, own(act, "actors")) or _meets(draft.recipients, own(act, "recipients"))
        return (definite(draft) or draft.scope.hearsay or known) and _fits(draft, act)


def share(draft: Draft, act: Sequence[Draft]) -> None:
    """Gives a draft what the other tellings of its act know.

    Who did it is lent by any of them to what is only claimed, to what the text itself asserts only by those that assert it.
    """
    others = [d for d in act if d is not draft]
    dates = [d for d in others if d.date and d.date_precision and (draft.date is None or d.date.startswith(draft.date))]
    best = min(dates, key=lambda d: ("day", "month", "year").index(d.date_precision or "year"), default=None)
    if best is not None:
        draft.date, draft.date_precision = best.date, best.date_precision
    lenders = others if claimed(draft) else [d for d in others if not claimed(d)]
    lend(draft, "actors", own(lenders, "actors"), "retold")
    lend(draft, "recipients", own(others, "recipients"), "retold")


def lend(draft: Draft, roles: str, found: list[Referent], why: str) -> bool:
    """Fills a role that is empty; says whether it did."""
    if getattr(draft, roles) or not found:
        return False
    setattr(draft, roles, list(found))
    draft.filled.add(roles[:-1])
    draft.because.append(f"{why}:{roles[:-1]}")
    return True


def own(act: Sequence[Draft], roles: str) -> list[Referent]:
    """The role as the first telling has it that names it itself."""
    return next((getattr(d, roles) for d in act if getattr(d, roles) and roles[:-1] not in d.filled), [])


def claimed(draft: Draft) -> bool:
    """Whether the act is told on somebody's word alone."""
    return bool(draft.chain) or draft.scope.hearsay


def definite(draft: Draft) -> bool:
    """Whether a noun is told as known: 'the raid', 'Monday's raid'."""
    s, i = draft.sentence, draft.token
    return any(s.words[c].lower() in _DEFINITE for c in s.all_children(i, "det", "poss")) or s.child(i, "poss") is not None


def occasion(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The act in whose course another was done: 'killed in the raid', 'the attack killed', 'the attack, which killed'."""
    s, i = draft.sentence, draft.token
    if not s.is_verb(i):
        return None
    nouns = [c for c in s.all_children(i, "nsubj") if s.is_noun(c)]
    if s.deps[i] == "relcl":
        nouns.append(s.heads[i])
    if s.deps[i] == "acl" and s.tags[i] == "VBG":
        nouns.append(s.heads[i])
    for p in s.all_children(i, "prep", "agent"):
        if s.words[p].lower() in _OCCASION:
            nouns += s.all_children(p, "pobj")
    return next(
        (
            d
            for k in nouns
            for d in drafts
            if d.sentence is s and d.token == k and d.match.trigger.pos == "noun" and QUADS.get(d.type) == 4 and _real(d) == _real(draft)
        ),
        None,
    )


def _real(draft: Draft) -> bool:
    return not (draft.scope.hypothetical or draft.scope.planned or draft.scope.conditional)


def _plural(draft: Draft) -> bool:
    return draft.sentence.tags[draft.token] in ("NNS", "NNPS")


def _codes(found: Sequence[Referent]) -> set[str | None]:
    return {r.code for r in found}


def _equal(a: Sequence[Referent], b: Sequence[Referent]) -> bool:
    return bool(a) and _codes(a) == _codes(b)


def _meets(a: Sequence[Referent], b: Sequence[Referent]) -> bool:
    return bool(_codes(a) & _codes(b))


def _fits(draft: Draft, act: Sequence[Draft]) -> bool:
    """Whether no date, place or party of the draft speaks against its being this act."""
    for d in act:
        if draft.date and d.date and not (draft.date.startswith(d.date) or d.date.startswith(draft.date)):
            return False
        if draft.place and d.place and draft.place.country != d.place.country:
            return False
    for roles in ("actors", "recipients"):
        mine, theirs = getattr(draft, roles), own(act, roles)
        disputed = roles == "actors" and (claimed(draft) or claimed(act[0]))
        if mine and roles[:-1] not in draft.filled and theirs and not _meets(mine, theirs) and not disputed:
            return False
    return True
