"""How many were killed and hurt: numbers on the victims of a trigger."""

from __future__ import annotations

import re

from ..language import Sentence

_WORDS = {
    "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "dozen": 12,
}  # fmt: skip
_KILL = frozenset({"kill", "die", "slay", "massacre", "murder", "execute", "assassinate"})
_HURT = frozenset({"injure", "wound", "hurt"})
_KILLED = frozenset({"dead", "killed"})


def number(word: str) -> int | None:
    """The integer a word or figure stands for, None if it is none."""
    plain = word.lower().replace(",", "")
    if re.fullmatch(r"\d{1,7}", plain):
        return int(plain)
    if "-" in plain:
        parts = [_WORDS.get(p) for p in plain.split("-")]
        return sum(p for p in parts if p) if all(p is not None for p in parts) else None
    return _WORDS.get(plain)


def casualties(s: Sentence, i: int) -> tuple[int | None, int | None]:
    """Deaths and injuries told by the trigger at token i or by verbs of killing and wounding beneath or beside it."""
    deaths = injuries = None
    tokens = set(s.conjuncts(i)) | set(s.children[i])
    if s.deps[i] == "pobj" and s.deps[s.heads[i]] == "prep":  # 'five people died in the attack'
        tokens.add(s.heads[s.heads[i]])
    for k in tokens:
        if s.lemmas[k] in _KILL and s.is_verb(k):
            deaths = deaths if deaths is not None else _victims(s, k)
        elif s.lemmas[k] in _HURT and s.is_verb(k):
            injuries = injuries if injuries is not None else _victims(s, k)
    return deaths, injuries


def _victims(s: Sentence, k: int) -> int | None:
    names = ("nsubj",) if s.lemmas[k] == "die" else ("dobj", "nsubjpass")
    total: int | None = None
    for c in s.all_children(k, *names):
        for person in s.conjuncts(c):
            for n in [person, *s.all_children(person, "nummod", "det")]:
                value = number(s.words[n])
                if value is not None and (s.deps[n] in ("nummod", "det") or s.tags[n] == "CD"):
                    total = (total or 0) + value
    return total
