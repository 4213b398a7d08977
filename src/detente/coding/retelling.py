"""Which mentions of a document tell the same act, and what one of them may lend another.

'The attack' of the last paragraph is the gas attack of the first, whose day and place were told in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..knowledge.lexicon import load_lexicon
from ..records import QUADS
from .counts import number
from .drafts import Draft
from .referents import Referent

_DEFINITE = frozenset({"the", "that", "this", "these", "those", "such", "its", "his", "her", "their"})
#: so many letters make words of one stem
_STEM = 5
#: how many sentences an act may stay untold and still be told again
_REACH = 120
#: what ties blame or a threat to the act it is about
_CAUSE = frozenset({"for", "over"})
#: entries of force so plain that two of them are seldom one act
_PLAIN = ("assault.attack", "assault.destroy")
#: what entries of force begin with
_FORCE = ("assault.", "coerce.cyber", "coerce.seize")
#: of the nouns for any force, those that tell an attack
_ATTACKS = frozenset({"attack", "assault", "operation", "strike"})
#: types whose entries have words of many meanings
_VERBAL = frozenset({"ACCUSE", "AGREE", "AID", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
_BLAMING = frozenset({"ACCUSE", "COERCE", "SANCTION", "THREATEN"})
#: who is of the country in which an act is done: who enforces the law there, whom force is used on there
_SIDE_AT_PLACE = {"COERCE": "actors", "ASSAULT": "recipients"}
#: kinds of force that are no other kind: a gas attack is no missile strike
_UNLIKE = ("assault.abduct", "assault.firearms", "assault.primitive", "assault.sexual", "assault.suicide", "assault.torture",
    "assault.unconventional", "coerce.cyber")  # fmt: skip
#: what is done to persons one by one: no 'attack' tells it again
_TO_PERSONS = ("assault.abduct", "assault.primitive", "assault.sexual", "assault.torture")
_FORCED = frozenset({"ASSAULT", "COERCE"})
#: what ties an act to its occasion: 'four were killed in the raid'
_OCCASION = frozenset({"at", "by", "during", "in"})


class Tellings:
    """The acts of one document, each with the drafts that tell it, in text order."""

    def __init__(self) -> None:
        self.acts: list[list[Draft]] = []
        self.by_entry: dict[str, list[list[Draft]]] = {}
        self.generic = load_lexicon("phrases")["plain_force"]

    def add(self, draft: Draft) -> None:
        """Puts a draft to the act it tells again, or opens a new one."""
        act = self.earlier(draft)
        if act is None:
            self.acts.append([draft])
            entry = draft.match.trigger.entry.id
            self.by_entry.setdefault(entry, []).append(self.acts[-1])
            if entry.startswith(_FORCE):
                self.by_entry.setdefault("force", []).append(self.acts[-1])
        else:
            act.append(draft)

    def earlier(self, draft: Draft) -> list[Draft] | None:
        """The act that a draft tells again: rather one told by the same noun or of the same place, then the last; None for a new act."""
        if draft.match.trigger.entry.symmetric:
            return None
        if draft.noun is None and not (draft.actors and draft.recipients):
            return None  # a verb tells the same act again only by the same parties
        found = [act for act in self._kin(draft) if self._again(draft, act)]
        if draft.scope.hearsay:  # 'the alleged attack' is the one that was only alleged before
            found = [act for act in found if any(d.scope.hearsay for d in act)] or found
        named = draft.noun is not None and draft.name not in self.generic

        def nearness(act: Sequence[Draft]) -> tuple[bool, bool, int, int]:
            return named and _by_name(draft, act), _at_one_place(draft, act), act[-1].sentence.index, act[-1].token

        return max(found, key=nearness, default=None)

    def _kin(self, draft: Draft) -> list[list[Draft]]:
        """The acts that a draft may tell again: of its codebook entry, or of force, told not too far back."""
        force = draft.noun is not None and draft.match.trigger.entry.id.startswith(_FORCE)
        acts = self.by_entry.get("force" if force else draft.match.trigger.entry.id, ())
        return [act for act in acts if draft.sentence.index - act[-1].sentence.index <= _REACH]

    def _again(self, draft: Draft, act: Sequence[Draft]) -> bool:
        if _real(act[0]) != _real(draft):
            return False
        entry = draft.match.trigger.entry
        same = any(d.match.trigger.entry.id == entry.id for d in act)
        doers, done_to = own(act, "actors"), own(act, "recipients")
        if draft.type in _VERBAL and not any(_related(draft, d) for d in act):
            return False  # 'the veto' is not that they abstained
        lasting = load_lexicon("phrases")["lasting"]
        if not {draft.name, *(d.name for d in act)}.isdisjoint(lasting) and all(d.name != draft.name for d in act):
            return False  # an attack in a war is not the war
        if draft.noun is None:
            return same and _equal(draft.actors, doers) and _equal(draft.recipients, done_to) and _fits(draft, act)
        known = definite(draft) or draft.scope.hearsay
        if (not same and not (known and self._vague(draft, act))) or not _fits(draft, act):
            return False
        last = next((d for d in reversed(act) if d.noun is not None), None)
        if last is not None and _plural(last) != _plural(draft) and not (known and draft.sentence.index - last.sentence.index <= 2):
            return False
        meets = _meets(draft.actors, doers), _meets(draft.recipients, done_to)
        return known or all(meets) or (any(meets) and last is not None and last.name == draft.name)

    def merge(self) -> None:
        """Puts together acts that turn out to be one: the gas attack of the first lines and that of the last."""
        kept: list[list[Draft]] = []
        by_entry: dict[str, list[list[Draft]]] = {}
        for act in self.acts:
            entry = act[0].match.trigger.entry.id
            one = next((k for k in by_entry.get(entry, ()) if self._one(k, act)), None)
            if one is None:
                kept.append(act)
                by_entry.setdefault(entry, []).append(act)
            else:
                one.extend(act)
        self.acts = kept

    @staticmethod
    def _one(a: Sequence[Draft], b: Sequence[Draft]) -> bool:
        first, second = a[0].match.trigger, b[0].match.trigger
        if first.entry.id != second.entry.id or not first.entry.id.startswith(_FORCE) or first.entry.id.startswith(_PLAIN):
            return False
        if _real(a[0]) != _real(b[0]) or not all(_fits(d, a) for d in b):
            return False
        done_to = own(a, "recipients"), own(b, "recipients")
        if a[0].noun is not None and b[0].noun is not None:
            return _plural(a[0]) == _plural(b[0]) and _meets(*done_to)
        return (a[0].noun is None) != (b[0].noun is None) and claimed(a[0]) and claimed(b[0]) and (_meets(*done_to) or not all(done_to))

    def _vague(self, draft: Draft, act: Sequence[Draft]) -> bool:
        """Whether a word for any force, or a part of the word before ('strike' of 'airstrike'), may stand for an act of another entry."""
        mine, theirs = draft.match.trigger.entry.id, [d.match.trigger.entry.id for d in act]
        if not all(e.startswith(_FORCE) for e in (mine, *theirs)):
            return False
        special = {e for e in (mine, *theirs) if not e.startswith(_PLAIN)}
        if any(e.startswith(_UNLIKE) for e in special) and (len(special) > 1 or mine in special):
            return False  # 'the attack' may be the gas attack told before, 'the gas attack' is no missile strike that is called an attack
        if draft.name in _ATTACKS and all(e.startswith(_TO_PERSONS) for e in theirs):
            return False
        return draft.name in self.generic or any(d.name.endswith(draft.name) or draft.name.endswith(d.name) for d in act)


def share(draft: Draft, act: Sequence[Draft]) -> None:
    """Gives a draft what the other tellings of its act know.

    Who did it is lent by any of them to what is only claimed, to what the text itself asserts only by those that assert it.
    """
    others = [d for d in act if d is not draft]
    dates = [d for d in others if d.date and d.date_precision and (draft.date is None or d.date.startswith(draft.date))]
    best = min(dates, key=lambda d: ("day", "month", "year").index(d.date_precision or "year"), default=None)
    if best is not None:
        draft.date, draft.date_precision = best.date, best.date_precision
    lenders = [d for d in others if (not d.scope.negated and (claimed(draft) or not claimed(d))) or (claimed(draft) and denying(d))]
    lend(draft, "actors", own(lenders, "actors") if not claimed(draft) else _most_told(lenders), "retold")
    if not _names_whom(draft):
        lend(draft, "recipients", own(others, "recipients"), "retold")


def _names_whom(draft: Draft) -> bool:
    """Whether a verb names whom it is done to, though nobody knows of what country: 'Abaaoud was killed'."""
    s, i = draft.sentence, draft.token
    return s.is_verb(i) and any(s.tags[c].startswith("NNP") for c in s.all_children(i, "nsubjpass", "dobj"))


def lend(draft: Draft, roles: str, found: list[Referent], why: str) -> bool:
    """Fills a role that is empty; says whether it did."""
    if getattr(draft, roles) or not found:
        return False
    setattr(draft, roles, list(found))
    draft.filled.add(roles[:-1])
    draft.because.append(f"{why}:{roles[:-1]}")
    return True


def own(act: Sequence[Draft], roles: str) -> list[Referent]:
    """The role as the first telling has it that names it itself; those only named among the victims are left out."""
    told = ([r for r in getattr(d, roles) if not r.among] for d in act if roles[:-1] not in d.filled)
    return next((role for role in told if role), [])


def _most_told(act: Sequence[Draft]) -> list[Referent]:
    """Who did it as most tellings have it that name somebody themselves; of equals, the first."""
    told = [own([d], "actors") for d in act]
    votes = Counter(frozenset(_codes(role)) for role in told if role)
    return max((role for role in told if role), key=lambda role: votes[frozenset(_codes(role))], default=[])


def claimed(draft: Draft) -> bool:
    """Whether the act is told on somebody's word alone."""
    return bool(draft.chain) or draft.scope.hearsay


def denying(draft: Draft) -> bool:
    """Whether who denies an act is who would have done it: 'denies using chemical weapons'."""
    if not (draft.chain and draft.chain[-1].denies and draft.sources):
        return False
    return draft.sources[-1].code in {r.code for r in draft.actors}


def definite(draft: Draft) -> bool:
    """Whether a noun is told as known: 'the raid', 'Monday's raid'."""
    s, i = draft.sentence, draft.token if draft.noun is None else draft.noun
    return any(s.words[c].lower() in _DEFINITE for c in s.all_children(i, "det", "poss")) or s.child(i, "poss") is not None


def occasion(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The act in whose course another was done: 'killed in the raid', 'the attack killed', 'the attack, which killed'."""
    s, i = draft.sentence, draft.token
    if draft.type not in _FORCED:  # 'the murder strained ties'
        return None
    nouns: list[int] = []
    if s.is_verb(i):
        nouns += [c for c in s.all_children(i, "nsubj") if s.is_noun(c)]
        by_it = any(s.tags[c] in ("WDT", "WP") or s.words[c].lower() == "that" for c in s.all_children(i, "nsubj"))
        if (s.deps[i] == "relcl" and by_it) or (s.deps[i] == "acl" and s.tags[i] == "VBG"):
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


def blaming(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The act of blame or threat that names who did what the noun tells: 'warned Damascus over the attack'."""
    s, i = draft.sentence, draft.token
    prep = s.heads[i]
    if draft.actors or s.deps[i] != "pobj" or s.words[prep].lower() not in _CAUSE or QUADS.get(draft.type) != 4:
        return None
    above = set(s.ancestors(prep))
    near = [
        d for d in drafts if d.sentence is s and d.type in _BLAMING and d.token in above and d.recipients and "recipient" not in d.filled
    ]
    return near[-1] if near else None


def causes(draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    """The hostile acts named under a word that answers them: 'vowed to respond to the attack', 'condemned the raid'."""
    s = draft.sentence
    below = set(s.subtree(draft.token))
    return [
        d
        for d in drafts
        if d.sentence is s
        and d is not draft
        and d.token in below
        and d.match.trigger.pos == "noun"
        and QUADS.get(d.type, 0) >= 3
        and d.actors
    ]


def _of_old(draft: Draft) -> bool:
    """Whether a noun tells an act of long before: 'the old murders'."""
    s, noun = draft.sentence, draft.noun
    return noun is not None and any(s.lemmas[c] in load_lexicon("phrases")["of_old"] for c in s.all_children(noun, "amod"))


def at_own_place(draft: Draft) -> bool:
    """Whether the place of an act is told with its own word: 'the raid in Yekaterinburg', not 'in Moscow he spoke of the arrests'."""
    s, place = draft.sentence, draft.place_span
    top = draft.token if draft.noun is None else draft.noun
    return place is not None and any(place[0] <= s.starts[k] < place[1] for k in s.subtree(top))


def _elsewhere(draft: Draft, other: Draft) -> bool:
    """Whether a noun of force names a place that is not the other's: where its doers do not rule ('the raid in Yekaterinburg' and Baku's),
    or where those do not live whom it hit ('the Kabul attack' and one on Kyiv)."""
    side = _SIDE_AT_PLACE.get(draft.type)
    if side is None or draft.noun is None or draft.place is None or other.place is not None or side[:-1] in other.filled:
        return False
    named = {r.country for r in getattr(other, side) if r.country}
    return at_own_place(draft) and bool(draft.place.country and named) and draft.place.country not in named


def _by_name(draft: Draft, act: Sequence[Draft]) -> bool:
    """Whether an act was told by the noun that a draft tells it by, one or many: 'the strike', 'the strikes'."""
    return any(d.noun is not None and d.name == draft.name for d in act)


def _at_one_place(draft: Draft, act: Sequence[Draft]) -> bool:
    """Whether an act was told of the very place: 'the Paris attacks'."""
    return draft.place is not None and any(d.place is not None and d.place.name == draft.place.name for d in act)


def _related(a: Draft, b: Draft) -> bool:
    """Whether two words of one entry are of one stem: 'refused', 'the refusal'."""
    return a.lemma[:_STEM] == b.lemma[:_STEM] or a.name[:_STEM] == b.name[:_STEM]


def _count(draft: Draft) -> int | None:
    """How many it is said to be done to: 'arrested 12 sailors', 'expelled two diplomats'."""
    told = (number(w) for r in draft.recipients for w in r.text.split()[:3])
    return next((n for n in told if n is not None), None)


def _real(draft: Draft) -> bool:
    return not (draft.scope.hypothetical or draft.scope.planned or draft.scope.conditional)


def _plural(draft: Draft) -> bool:
    return draft.sentence.tags[draft.token if draft.noun is None else draft.noun] in ("NNS", "NNPS")


def _codes(found: Sequence[Referent]) -> set[str | None]:
    return {r.code for r in found}


def _equal(a: Sequence[Referent], b: Sequence[Referent]) -> bool:
    return bool(a) and _codes(a) == _codes(b)


def _meets(a: Sequence[Referent], b: Sequence[Referent]) -> bool:
    return bool(_codes(a) & _codes(b))


def _fits(draft: Draft, act: Sequence[Draft]) -> bool:
    """Whether no date, place, party or count of the draft speaks against its being this act."""
    if _of_old(draft) != any(_of_old(d) for d in act):
        return False
    counts = {n for n in (_count(draft), *(_count(d) for d in act)) if n is not None}
    if _count(draft) is not None and len(counts) > 1:
        return False
    for d in act:
        if draft.date and d.date and not (draft.date.startswith(d.date) or d.date.startswith(draft.date)):
            return False
        if draft.place and d.place and draft.place.country != d.place.country:
            return False
        if _elsewhere(draft, d) or _elsewhere(d, draft):
            return False
    for roles in ("actors", "recipients"):
        mine, theirs = getattr(draft, roles), own(act, roles)
        disputed = roles == "actors" and (claimed(draft) or claimed(act[0]))
        if mine and roles[:-1] not in draft.filled and theirs and not _meets(mine, theirs) and not disputed:
            return False
    return True
