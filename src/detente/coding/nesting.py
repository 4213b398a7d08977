"""Acts told inside another act: what is demanded, threatened, promised or refused, or only its background, is no act of its own."""

from __future__ import annotations

from collections.abc import Sequence

from .drafts import Draft

#: types whose content is an act that has not happened
_HOLDING = frozenset({"ACCUSE", "AGREE", "CONCEDE", "MOBILIZE", "REJECT", "REQUEST", "SANCTION", "THREATEN"})
#: an entry whose content is an act that others tell: 'denied attacking'
_DENIAL = "reject.deny.charge"
#: what a protest is made for is no act apart
_AIMS = frozenset({"ACCUSE", "PROTEST", "REJECT", "REQUEST"})
_PURPOSE = frozenset({"acl", "advcl", "prep", "relcl", "xcomp"})
#: how the content hangs under it, clauses with a subject of their own not counted
_INSIDE = frozenset({"acl", "conj", "dobj", "pcomp", "pobj", "prep", "xcomp"})

#: prepositions of time and circumstance
APART = frozenset({"after", "amid", "amidst", "before", "despite", "during", "following", "since"})


def contained(drafts: Sequence[Draft]) -> list[Draft]:
    """Of one sentence's drafts, those that another one has as its content: the ban in 'threatened to ban'."""
    telling: dict[int, Draft] = {}
    for d in drafts:
        for k in (d.token, d.match.light, d.match.word):
            if k is not None:
                telling.setdefault(k, d)
    return [d for d in drafts if _answered(d, telling) or _aimed(d, telling) or _background(d, telling) or (_open(d) and _held(d, telling))]


def _open(d: Draft) -> bool:
    return d.scope.planned or d.scope.hypothetical or d.scope.negated or (bool(d.chain) and d.chain[-1].denies)


def _held(d: Draft, telling: dict[int, Draft]) -> bool:
    s, k = d.sentence, d.token
    for _ in range(6):
        dep = s.deps[k]
        if s.heads[k] == k or dep not in _INSIDE:
            return False
        k = s.heads[k]
        above = telling.get(k)
        if above is not None and above is not d and above.type in _HOLDING:
            return dep != "conj" and above.match.trigger.entry.id != _DENIAL
    return False


def _answered(d: Draft, telling: dict[int, Draft]) -> bool:
    """Whether a request or offer is what is rejected or conceded: 'turned down a request', 'gave in to demands'."""
    s, k = d.sentence, d.token
    if d.type not in ("AGREE", "REQUEST") or not s.is_noun(k) or s.deps[k] not in ("dobj", "pobj", "nsubjpass"):
        return False
    above = telling.get(s.heads[k]) or (telling.get(s.heads[s.heads[k]]) if s.deps[k] == "pobj" else None)
    return above is not None and above is not d and above.type in ("CONCEDE", "REJECT")


def _aimed(d: Draft, telling: dict[int, Draft]) -> bool:
    """Whether a demand or complaint is what a protest is about: 'marched to demand', 'a strike in protest at'."""
    if d.type not in _AIMS:
        return False
    s, k = d.sentence, d.token
    path = []
    for _ in range(3):
        if s.heads[k] == k:
            return False
        path.append(s.deps[k])
        k = s.heads[k]
        above = telling.get(k)
        if above is None:
            above = next((telling[c] for c in s.all_children(k, "dobj", "pobj", "nsubjpass") if c in telling and c < d.token), None)
        if above is not None and above is not d:
            return above.type == "PROTEST" and path[-1] in _PURPOSE and not (path[-1] == "relcl" and s.tags[d.token] != "VB")
    return False


def _background(d: Draft, telling: dict[int, Draft]) -> bool:
    """Whether an act that tells only one party is the time or circumstance of another ('after a week of unrest') or describes its
    parties ('militiamen armed with machetes')."""
    s, k = d.sentence, d.token
    if d.actors and d.recipients:
        return False
    if s.is_verb(k) and s.deps[k] == "acl":
        return any(a in telling and telling[a] is not d for a in s.ancestors(k))
    if d.match.trigger.pos != "noun" or d.match.light is not None:
        return False
    for _ in range(4):
        head = s.heads[k]
        if head == k:
            return False
        if s.deps[k] in ("pobj", "pcomp") and s.words[head].lower() in APART:
            return any(a in telling and telling[a] is not d for a in s.ancestors(head))
        if s.deps[k] not in ("pobj", "prep", "conj"):
            return False
        k = head
    return False
