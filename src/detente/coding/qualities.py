"""What an act is said to have been like: 'condemned the raid as ethnically motivated', 'the arrests were not ethnically motivated'.

Two sides often agree that an act happened and differ on its nature; these words are what they differ on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence


@dataclass(frozen=True, slots=True)
class Said:
    """One characterisation found in a sentence, by token indices."""

    act: int  # the noun that names or recalls the act
    cue: int  # the verb that says it; its subject speaks where ``spoken``
    text: str
    denied: bool
    spoken: bool  # said by the verb's subject ('condemned it as …'), not by whoever is cited for the clause


def qualities(s: Sentence) -> Iterator[Said]:
    """All characterisations of a sentence; whether their nouns name an act is for the caller to know."""
    words = load_lexicon("phrases")
    for i in range(len(s)):
        if not s.children[i]:
            continue
        passive = s.child(i, "auxpass") is not None  # 'was not motivated' may be tagged an adjective
        if not (s.is_verb(i) or passive):
            continue
        negated = s.child(i, "neg") is not None
        if s.lemmas[i] in words["characterising"]:
            for act in s.all_children(i, "dobj", "nsubjpass"):
                for text in _after_as(s, i, words["plain_acts"]):
                    yield Said(act, i, text, negated, spoken=s.deps[act] == "dobj")
            continue
        subject = next((k for k in _subjects(s, i) if s.is_noun(k)), None)
        if subject is None:
            continue
        if s.lemmas[i] == "be":
            for k in s.all_children(i, "acomp", "attr"):
                for text in _texts(s, k, words["plain_acts"]):
                    yield Said(subject, i, text, negated, spoken=False)
        elif passive and s.child(i, "agent") is None and _adverb(s, i):
            yield Said(subject, i, f"{_adverb(s, i)} {s.words[i].lower()}", negated, spoken=False)


def _subjects(s: Sentence, i: int) -> list[int]:
    for _ in range(4):
        found = s.all_children(i, "nsubj", "nsubjpass")
        if found or s.deps[i] != "conj":
            return found
        i = s.heads[i]
    return []


def _after_as(s: Sentence, i: int, plain: frozenset[str]) -> Iterator[str]:
    for prep in [p for h in (i, *s.all_children(i, "dobj")) for p in s.all_children(h, "prep") if s.words[p].lower() == "as"]:
        for k in s.children[prep]:
            if s.deps[k] in ("pobj", "amod", "acomp", "pcomp"):
                yield from _texts(s, k, plain)


def _texts(s: Sentence, k: int, plain: frozenset[str]) -> Iterator[str]:
    """The words of a predicate: an adjective with its adverb; of a noun its adjectives, and the noun where it is not a plain 'act'."""
    if not s.is_noun(k):
        yield _phrase(s, k)
        for c in s.all_children(k, "conj"):
            yield _phrase(s, c)
        return
    adjectives = [c for a in s.all_children(k, "amod") for c in s.conjuncts(a)]
    for a in adjectives:
        yield _phrase(s, a)
    if s.lemmas[k] not in plain:
        yield s.lemmas[k]


def _phrase(s: Sentence, k: int) -> str:
    return " ".join(filter(None, [_adverb(s, k), s.words[k].lower()]))


def _adverb(s: Sentence, k: int) -> str:
    """The adverb in '-ly' right before a word; empty where there is none."""
    return next((s.words[c].lower() for c in s.all_children(k, "advmod") if c == k - 1 and s.words[c].lower().endswith("ly")), "")
