"""Trigger strings of the codebook: 'take into {custody}', '{peace|trade} deal', 'refuse to comment'. The grammar is in docs/design/rooms.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .codebook import Entry

Pos = Literal["verb", "noun", "adjective"]
SlotKind = Literal["object", "prep", "modifier", "particle", "infinitive"]
_TOKEN = re.compile(r"\{[^{}]*\}|[^\s{}]+")
SYMBOLS = frozenset({"@actor", "@person"})


@dataclass(frozen=True, slots=True)
class Slot:
    """What else must stand around the trigger word. ``classes`` are the symbols answered by the directory, not by word lists."""

    kind: SlotKind
    words: frozenset[str]
    prep: str | None = None
    negated: bool = False
    any: bool = False
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trigger:
    """One word with its surroundings, and the entry it stands for."""

    pos: Pos
    lemma: str
    slots: tuple[Slot, ...]
    entry: Entry
    specificity: tuple[int, int]
    text: str


def parse_trigger(text: str, pos: Pos, entry: Entry, classes: Mapping[str, frozenset[str]]) -> Trigger:
    """A trigger string read. Raises :class:`ValueError` with what is wrong with it."""
    tokens = _TOKEN.findall(text)
    if not tokens or "".join(tokens) != re.sub(r"\s+", " ", text).replace(" ", "") and text.count("{") != text.count("}"):
        raise ValueError("braces do not match")
    plain = [k for k, t in enumerate(tokens) if not t.startswith("{")]
    if not plain:
        raise ValueError("no plain word: the trigger word itself stands without braces")
    slots = _around_verb(tokens, classes) if pos == "verb" else _around_noun(tokens, plain, classes)
    head = 0 if pos == "verb" else _noun_head(tokens, plain)
    if tokens[head].startswith("{"):
        raise ValueError("a verb trigger begins with the verb")
    weight = sum(2 if not s.any and not s.negated else 1 for s in slots)
    words = min((len(s.words) for s in slots if s.words), default=0)
    return Trigger(pos, tokens[head].lower(), tuple(slots), entry, (weight, -words), text)


def _around_verb(tokens: list[str], classes: Mapping[str, frozenset[str]]) -> list[Slot]:
    slots: list[Slot] = []
    i = 1
    while i < len(tokens):
        token = tokens[i]
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.startswith("{"):
            slots.append(_braces(token, "object", None, classes))
        elif following is not None and following.startswith("{"):
            slots.append(_braces(following, "prep", token, classes))
            i += 1
        elif token == "to" and following is not None:
            slots.append(Slot("infinitive", frozenset() if following == "*" else frozenset({following}), any=following == "*"))
            i += 1
        else:
            slots.append(Slot("particle", frozenset({token})))
        i += 1
    return slots


def _noun_head(tokens: list[str], plain: list[int]) -> int:
    """The last plain word that is no preposition before braces."""
    heads = [k for k in plain if not (k > 0 and k + 1 < len(tokens) and tokens[k + 1].startswith("{") and any(p < k for p in plain))]
    return heads[-1]


def _around_noun(tokens: list[str], plain: list[int], classes: Mapping[str, frozenset[str]]) -> list[Slot]:
    head = _noun_head(tokens, plain)
    slots = [_braces(t, "modifier", None, classes) if t.startswith("{") else Slot("modifier", frozenset({t})) for t in tokens[:head]]
    i = head + 1
    while i < len(tokens):
        if i + 1 >= len(tokens) or not tokens[i + 1].startswith("{"):
            raise ValueError(f"after the noun only 'preposition {{words}}' may stand, not {tokens[i]!r}")
        slots.append(_braces(tokens[i + 1], "prep", tokens[i], classes))
        i += 2
    return slots


def _braces(token: str, kind: SlotKind, prep: str | None, classes: Mapping[str, frozenset[str]]) -> Slot:
    inside = token[1:-1].strip()
    negated = inside.startswith("!")
    words: set[str] = set()
    symbols: set[str] = set()
    for word in (w.strip() for w in inside.lstrip("!").split("|")):
        if not word:
            raise ValueError(f"an empty alternative in {token}")
        if word in SYMBOLS:
            symbols.add(word)
        elif word.startswith("@"):
            if word[1:] not in classes:
                raise ValueError(f"unknown word class {word}; classes are {', '.join(sorted(classes))}")
            words |= classes[word[1:]]
        else:
            words.add(word.lower())
    every = "*" in words
    return Slot(kind, frozenset(words - {"*"}), prep, negated, every, frozenset(symbols))
