"""What pronouns and bare role nouns refer back to: 'he', 'both', 'the agency', 'the president'."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..language import Sentence
from .referents import GROUPS, Referent

if TYPE_CHECKING:
    from .phrases import Phrases


def same_noun(phrases: Phrases, s: Sentence, i: int, lemma: str) -> Referent | None:
    """The last phrase with the same head noun: 'the agency', 'the president'."""
    if not any(s.words[c].lower() in ("the", "that", "this", "his", "her", "its", "their") for c in s.all_children(i, "det", "poss")):
        return None
    persons = lemma in phrases.words["titles"]
    for before, k in backwards(phrases, s, i, 6):
        if before.lemmas[k] == lemma or (persons and has_title(phrases, before, k, lemma)):
            for r in phrases.referents(before, k):
                if r.country or (r.id and r.kind in GROUPS):
                    return r
    return None


def has_title(phrases: Phrases, s: Sentence, k: int, lemma: str) -> bool:
    if any(s.lemmas[c] == lemma for c in s.all_children(k, "compound", "appos", "nmod")):
        return True
    hit = phrases.hit(s, k)
    if hit is None or len(hit[0].ids) == 0:
        return False
    id_ = phrases.entity(hit[0])
    return id_ is not None and any(lemma in t.office.lower().split() for t in phrases.directory.terms_at(id_, phrases.date))


def backwards(phrases: Phrases, s: Sentence, i: int, sentences: int) -> list[tuple[Sentence, int]]:
    """Noun heads before token i: in this sentence from right to left, in those before it subjects first."""
    out = [(s, k) for k in range(i - 1, -1, -1) if s.is_noun(k) and s.deps[k] not in ("compound", "nmod", "amod")]
    at = phrases.by_index[s.index]
    for n in range(at - 1, max(-1, at - 1 - sentences), -1):
        before = phrases.sentences[n]
        if before.raw.heading:
            continue
        nouns = [k for k in range(len(before)) if before.is_noun(k) and before.deps[k] not in ("compound", "nmod")]
        out += [(before, k) for k in sorted(nouns, key=lambda k: (before.deps[k] not in ("nsubj", "nsubjpass"), k))]
    return out


def pronoun(phrases: Phrases, s: Sentence, i: int, word: str) -> tuple[Referent, ...]:
    if word in phrases.words["relative_pronouns"] and s.tags[i] in ("WDT", "WP", "WP$", "IN", "DT"):
        verb = s.heads[i]
        while s.deps[verb] not in ("relcl", "ROOT", "ccomp") and s.heads[verb] != verb:
            verb = s.heads[verb]
        return tuple(phrases.group(s, s.heads[verb])) if s.deps[verb] == "relcl" else ()
    span = (s.starts[i], s.ends[i])

    def stands(r: Referent) -> Referent:
        if r.via == "unknown":  # who speaks of himself is no better known for it
            r = replace(r, id=None)
        if s.raw.span[0] <= r.span[0] < s.starts[i]:  # named in this sentence: by that name
            return replace(r, via="pronoun", place=False, name=r.name or r.text)
        return replace(r, text=s.words[i], span=span, via="pronoun", place=False, name=r.name or r.text)

    if word in phrases.words["speaker_pronouns"]:
        speaker = phrases.speaker_of.get(s.index)
        return (stands(speaker),) if speaker is not None else ()
    if word in phrases.words["both"]:
        for before, k in backwards(phrases, s, i, 2):
            group = [r for r in phrases.group(before, k) if r.country or (r.code and r.via != "unknown")]
            if len(group) == 2:
                return tuple(stands(r) for r in group)
        return ()
    persons, plural, thing = (word in phrases.words[k] for k in ("person_pronouns", "plural_pronouns", "thing_pronouns"))
    clause = clause_of(s, i)
    for before, k in backwards(phrases, s, i, 2):
        if before is s and clause_of(s, k) == clause and s.tags[i] != "PRP$" and s.deps[k] not in ("nsubj", "nsubjpass"):
            continue
        if plural and before.deps[k] != "conj" and any(before.deps[c] == "conj" for c in before.children[k]):
            group = [r for r in phrases.group(before, k) if r.code and (r.country or r.via != "unknown")]
            if len(group) > 1:
                return tuple(stands(r) for r in group)
        for r in phrases.referents(before, k):
            if not r.code or r.place or (r.via == "unknown" and not r.country):
                continue
            if (
                (persons and r.person)
                or (plural and (r.plural or r.kind in GROUPS))
                or (thing and not r.person and not r.plural and r.kind != "thing")
            ):
                return (stands(r),)
    return ()


def clause_of(s: Sentence, i: int) -> int:
    while s.heads[i] != i and not s.is_verb(i):
        i = s.heads[i]
    return i
