"""Between whom a tie holds: who stands where around the word that tells it, and since when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..language import Sentence
from .phrases import Phrases
from .referents import Referent

_DASHES = (",", "—", "–")
_RELATIVE = ("who", "which", "that", "whom")
_BODIES = frozenset({"agency", "company", "force", "group", "media", "ngo", "party"})
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def under(s: Sentence, i: int, word: str, phrases: Phrases) -> list[Referent]:
    """Whom a prepositional phrase of a word names."""
    return [
        r
        for c in s.all_children(i, "prep", "agent")
        if s.words[c].lower() == word
        for p in s.all_children(c, "pobj")
        for r in phrases.group(s, p)
    ]


def named_under(s: Sentence, i: int, word: str, phrases: Phrases) -> bool:
    """Whether such a phrase is a name itself: not 'of the Azerbaijani community'."""
    return any(
        phrases.hit(s, p) for c in s.all_children(i, "prep", "agent") if s.words[c].lower() == word for p in s.all_children(c, "pobj")
    )


def said_of(s: Sentence, i: int, phrases: Phrases, unnamed: bool = False) -> list[Referent]:
    """Of whom a noun is said: its apposition's head, the subject of 'be', or the name that a comma or dash sets before it.

    ``unnamed``: a subject that nobody knows ('two of the detained') is given by its words.
    """
    head = s.heads[i]
    if s.deps[i] == "appos":
        return phrases.group(s, head)
    if s.deps[i] == "attr" and s.lemmas[head] == "be":
        subjects = s.all_children(head, "nsubj")
        found = [r for c in subjects for r in phrases.group(s, c)]
        return found or [words_of(s, c) for c in subjects if unnamed and not s.tags[c].startswith(("PRP", "W", "EX", "DT"))]
    if s.deps[i] in ("compound", "nmod", "amod") and phrases.hit(s, head):  # 'NATO member Finland'
        return list(phrases.referents(s, head))
    found = [r for c in s.all_children(i, "appos") for r in phrases.group(s, c)]
    if found:
        return found
    first = min(s.subtree(i), default=i)
    before = first - 2
    return list(phrases.referents(s, before)) if before >= 0 and s.words[first - 1] in _DASHES and phrases.hit(s, before) else []


def subjects(s: Sentence, verb: int, phrases: Phrases, *deps: str) -> list[Referent]:
    """The subjects of a verb; of a relative clause what it belongs to."""
    out: list[Referent] = []
    for c in s.all_children(verb, *deps):
        if s.words[c].lower() in _RELATIVE:
            if s.deps[verb] == "relcl":
                out += phrases.group(s, s.heads[verb])
        else:
            out += phrases.group(s, c)
    return out


def things(s: Sentence, noun: int, phrases: Phrases) -> list[Referent]:
    """What an adjective describes: the name in or beside its noun, of whom the noun is said, else the phrase by its own words."""
    if phrases.hit(s, noun):
        return list(phrases.referents(s, noun))
    joined = [c for c in s.all_children(noun, "compound", "nmod") if phrases.hit(s, c)]
    joined += [noun + 1] if noun + 1 < len(s) and phrases.hit(s, noun + 1) else []  # a name read as a second subject
    beside = [r for c in s.all_children(noun, "appos") for r in phrases.group(s, c) if r.name is not None]
    beside += [r for c in joined for r in phrases.referents(s, c) if r.kind in _BODIES]
    found = beside or [r for r in said_of(s, noun, phrases) if r.name is not None]
    if found:
        return found
    return [unnamed(r) if r.via == "holder" else r for r in phrases.referents(s, noun)]


def unnamed(r: Referent) -> Referent:
    """A described group as itself, not as whom its modifiers name: 'Emirati-backed separatists' are not the Emirates."""
    return replace(r, id=None, country=None, name=r.text, via="words")


def words_of(s: Sentence, i: int) -> Referent:
    """A phrase that nobody knows, by its words."""
    tokens = s.subtree(i)
    begin, end = s.span(tokens[0], tokens[-1])
    text = " ".join(s.raw.text[begin - s.raw.span[0] : end - s.raw.span[0]].split())
    return Referent(text, (begin, end), name=text, via="words")


def since(s: Sentence) -> str | None:
    """The year since which a sentence says that something holds; None where it names none, or several."""
    if "since" not in s.vocabulary():
        return None
    years = [
        s.words[p]
        for i, word in enumerate(s.words)
        if word.lower() == "since"
        for p in range(i + 1, min(len(s), i + 4))
        if _YEAR.fullmatch(s.words[p])
    ]
    return years[0] if len(set(years)) == 1 else None


def outer_subject(s: Sentence, i: int, phrases: Phrases) -> Sequence[Referent]:
    """The subject of the verb that a clause depends on: who 'its' is in 'Rwanda denied that M23 is its proxy'."""
    for k in s.ancestors(i):
        if s.deps[k] == "ccomp":
            return subjects(s, s.heads[k], phrases, "nsubj")
    return ()
