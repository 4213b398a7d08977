"""What nobody did: harm ('an earthquake struck', 'killed in a crash', 'flood deaths', 'the recession hit Spain'), and journeys of things
('the jet was flying to Grozny', 'the bodies arrived'). No act is told by it."""

from __future__ import annotations

from collections.abc import Iterator

from ..knowledge import Trigger
from ..knowledge.lexicon import load_lexicon
from ..language import Sentence

_SUBJECTS = ("nsubj", "nsubjpass")
_PRONOUNS = ("WDT", "WP")


def mishap(s: Sentence, i: int, trigger: Trigger) -> bool:
    """Whether what a trigger at token i tells is done by a force of nature, a disease, an accident the economy, or no visit."""
    words = load_lexicon("mishaps")
    if trigger.entry.mode in words["visits"] and trigger.pos == "verb":
        doers = list(_doers(s, i))
        return bool(doers) and all(s.lemmas[k] in words["no_guests"] for k in doers)
    harm = trigger.entry.type in words["harmful"]
    if trigger.pos == "verb":
        doers = list(_doers(s, i))
        if doers:
            return all(_force(s, k, words) or (harm and s.lemmas[k] in words["pressures"]) for k in doers)
    if s.lemmas[i] not in words["harm"]:
        return False
    told = s.all_children(i, "compound", "nmod") if trigger.pos == "noun" else []
    return any(s.lemmas[k] in words["forces"] for k in told) or any(_force(s, k, words) for k in _circumstances(s, i))


def _force(s: Sentence, k: int, words: dict[str, frozenset[str]]) -> bool:
    if s.lemmas[k] in words["forces"]:
        return True
    return s.lemmas[k] in words["bare"] and not any(s.deps[c] in ("compound", "amod", "nmod", "poss", "prep") for c in s.children[k])


def _doers(s: Sentence, i: int) -> Iterator[int]:
    """Head words of who or what does a verb: of its subject, or of what it says by whom."""
    for _ in range(5):
        if s.child(i, "auxpass", "nsubjpass") is not None or (s.deps[i] == "acl" and s.tags[i] == "VBN"):
            for by in s.all_children(i, "agent", "prep"):
                if s.words[by].lower() == "by":
                    for k in s.all_children(by, "pobj"):
                        yield from s.conjuncts(k)
            return
        subjects = s.all_children(i, *_SUBJECTS)
        if subjects:
            pronoun = s.tags[subjects[0]] in _PRONOUNS or s.words[subjects[0]].lower() == "that"
            yield from s.conjuncts(s.heads[i] if pronoun and s.deps[i] == "relcl" else subjects[0])
            return
        if s.deps[i] not in ("conj", "advcl", "xcomp", "acl") or s.heads[i] == i:
            return
        i = s.heads[i]
        if s.is_noun(i):
            yield from s.conjuncts(i)
            return


def _circumstances(s: Sentence, i: int) -> Iterator[int]:
    """What harm came of: 'in a crash', 'from cancer', also under 'of' ('the death of two men in a fire')."""
    for p in s.all_children(i, "prep", "agent"):
        word = s.words[p].lower()
        if word in ("in", "from", "by"):
            yield from s.all_children(p, "pobj")
        elif word == "of":
            for k in s.all_children(p, "pobj"):
                yield k
                yield from _circumstances(s, k)
    if s.is_verb(i):
        for k in s.all_children(i, "dobj", "nsubjpass"):
            yield from _circumstances(s, k)
