"""Trigger strings of the codebook: 'take into {custody}', '{peace|trade} deal'. The grammar is in docs/design/rooms.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .codebook import Entry

Pos = Literal["verb", "noun", "adjective"]
SlotKind = Literal["object", "prep", "modifier", "particle", "infinitive", "clause", "negated clause"]
_TOKEN = re.compile(r"\{[^{}]*\}|[^\s{}]+")
#: word classes that the actor directory answers, not a word list
SYMBOLS = frozenset({"@actor", "@person"})
#: what a that-clause may be asked to tell: an act of force or sanction, found by the codebook's own triggers
HOSTILE = "@hostile"
#: … or what is to be done: 'insists that Chile wait'
WISHED = "@wished"
#: a word list longer than this tells little, like the classes that the directory answers: it makes a trigger no more specific
_MANY = 400
_NOT = frozenset({"not", "n't", "n’t", "never"})
#: words that before braces belong to the verb, not to the phrase that follows: 'shoot down {plane}' is 'shoot {plane} down'
PARTICLES = frozenset({"up", "down", "out", "off", "away", "back", "apart", "aside", "together", "forth", "home", "free"})


@dataclass(frozen=True, slots=True)
class Slot:
    """What else must stand around the trigger word. ``classes`` are the symbols answered by the directory, not by word lists."""

    kind: SlotKind
    words: frozenset[str]
    prep: str | None = None
    negated: bool = False
    any: bool = False
    classes: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()  # '{joint exercise}': the noun comes last


@dataclass(frozen=True, slots=True)
class Trigger:
    """One word with its surroundings, and the entry it stands for. A higher ``specificity`` is tried first."""

    pos: Pos
    lemma: str
    slots: tuple[Slot, ...]
    entry: Entry
    specificity: tuple[int, int]
    text: str
    asks: tuple[frozenset[str], ...] = ()  # a sentence must hold a word (or lemma) of each, or the trigger cannot fit


def parse_triggers(text: str, pos: Pos, entry: Entry, classes: Mapping[str, frozenset[str]]) -> list[Trigger]:
    """The triggers that a string stands for: one for each alternative of its head word (``criticise|criticize {*}``).

    Raises :class:`ValueError` with what is wrong with the string.
    """
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != "".join(text.split()):  # what the pattern did not take is a stray brace or a blank inside braces
        tokens = [" ".join(t.split()) for t in tokens]
        if "".join(tokens).replace(" ", "") != "".join(text.split()):
            raise ValueError("braces do not match")
    if not tokens:
        raise ValueError("it is empty")
    plain = [k for k, t in enumerate(tokens) if not t.startswith("{")]
    if not plain:
        raise ValueError("no plain word: the trigger word itself stands without braces")
    head = 0 if pos == "verb" else _head(tokens, plain)
    if head not in plain:
        raise ValueError("a verb trigger begins with the verb")
    slots = tuple(_after_verb(tokens, classes) if pos == "verb" else _around(tokens, head, classes))
    heads = tokens[head].lower().split("|")
    if not all(heads):
        raise ValueError(f"an empty alternative in {tokens[head]}")
    out = []
    for word in heads:
        out.append(_trigger(pos, word, slots, entry, text))
        before, hyphen, last = word.rpartition("-")
        if hyphen and before:  # parsers take hyphenated words apart: 'test-fired' is 'fired' with the modifier 'test'
            parts = tuple(Slot("modifier", frozenset({part})) for part in before.split("-"))
            out.append(_trigger(pos, last, (*parts, *slots), entry, text))
    return out


def _trigger(pos: Pos, lemma: str, slots: tuple[Slot, ...], entry: Entry, text: str) -> Trigger:
    weight = sum(1 if s.any or s.negated or len(s.words) > _MANY else 3 if s.phrases else 2 for s in slots)
    width = min((len(s.words) + _MANY * bool(s.classes) for s in slots if s.words or s.classes), default=0)
    return Trigger(pos, lemma, slots, entry, (weight, -width), text, tuple(words for s in slots for words in _asked(s)))


def _asked(slot: Slot) -> Iterator[frozenset[str]]:
    """Words of which one stands in every sentence where the slot is filled."""
    if slot.negated:
        return
    if slot.prep:
        yield frozenset({slot.prep})
    if slot.kind == "infinitive":
        yield frozenset({"to"})
    if not (slot.any or slot.classes):
        yield slot.words.union(phrase[-1] for phrase in slot.phrases)


def _after_verb(tokens: list[str], classes: Mapping[str, frozenset[str]]) -> list[Slot]:
    slots: list[Slot] = []
    i = 1
    while i < len(tokens):
        token = tokens[i]
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.startswith("{"):
            slots.append(_braces(token, "object", None, classes))
        elif token == "that" and following is not None:
            i += _clause(tokens[i + 1 :], slots)
        elif following is not None and following.startswith("{") and _links(token.lower(), slots):
            slots.append(_braces(following, "prep", token.lower(), classes))
            i += 1
        elif token == "to" and following is not None:
            slots += _infinitive(following)
            i += 1
        else:
            words = frozenset(token.lower().split("|"))
            slots.append(Slot("particle", words | _NOT if "not" in words else words))
        i += 1
    return slots


def _infinitive(token: str) -> list[Slot]:
    """The slots of 'to *', 'to meet|sign' or, of any verb but these, 'to !fight|risk'."""
    words = frozenset(token.lower().removeprefix("!").split("|"))
    if token.startswith("!"):
        return [Slot("infinitive", frozenset(), any=True), Slot("infinitive", words, negated=True)]
    return [Slot("infinitive", words - {"*"}, any="*" in words)]


def _links(word: str, slots: list[Slot]) -> bool:
    """Whether a word before braces is their preposition; after the object particles are too: 'take {station} off {air}'."""
    return word != "not" and (word not in PARTICLES or any(s.kind == "object" for s in slots))


def _clause(tokens: list[str], slots: list[Slot]) -> int:
    """Adds the slot of 'that *', 'that {@hostile}', 'that {@wished}' or 'that not …'; how many tokens after 'that' it took."""
    negated = tokens[0] == "not" and len(tokens) > 1
    what = tokens[negated]
    if what not in ("*", f"{{{HOSTILE}}}", f"{{{WISHED}}}"):
        raise ValueError(f"after 'that' stands *, {{{HOSTILE}}}, {{{WISHED}}} or one of these behind 'not'; found {what}")
    classes = frozenset() if what == "*" else frozenset({what[1:-1]})
    slots.append(Slot("negated clause" if negated else "clause", frozenset(), any=what == "*", classes=classes))
    return 1 + negated


def _head(tokens: list[str], plain: list[int]) -> int:
    """The last plain word that is neither a preposition before braces, nor a particle, nor 'to' with its verb."""
    if len(tokens) > 2 and tokens[-2] == "to" and not tokens[-1].startswith("{"):
        plain = plain[:-2]
    heads = [k for k in plain if k == plain[0] or k + 1 == len(tokens) or not tokens[k + 1].startswith("{")]
    return [k for k in heads if k == plain[0] or tokens[k].lower() not in PARTICLES][-1]


def _around(tokens: list[str], head: int, classes: Mapping[str, frozenset[str]]) -> list[Slot]:
    slots = [
        _braces(t, "modifier", None, classes) if t.startswith("{") else Slot("modifier", frozenset(t.lower().split("|")))
        for t in tokens[:head]
    ]
    i = head + 1
    while i < len(tokens):
        if tokens[i].lower() in PARTICLES:
            slots.append(Slot("particle", frozenset({tokens[i].lower()})))
            i -= 1
        elif i + 1 < len(tokens) and tokens[i] == "to" and not tokens[i + 1].startswith("{"):
            slots += _infinitive(tokens[i + 1])
        elif i + 1 < len(tokens) and tokens[i + 1].startswith("{") and not tokens[i].startswith("{"):
            slots.append(_braces(tokens[i + 1], "prep", tokens[i].lower(), classes))
        else:
            raise ValueError(f"after the noun or adjective only 'preposition {{words}}' or 'to verb' may stand, not {tokens[i]!r}")
        i += 2
    return slots


def _braces(token: str, kind: SlotKind, prep: str | None, classes: Mapping[str, frozenset[str]]) -> Slot:
    inside = token[1:-1].strip()
    negated = inside.startswith("!")
    words: set[str] = set()
    symbols: set[str] = set()
    phrases: list[tuple[str, ...]] = []
    for word in (w.strip() for w in inside.removeprefix("!").split("|")):
        if not word:
            raise ValueError(f"an empty alternative in {token}")
        if word in SYMBOLS:
            symbols.add(word)
        elif word.startswith("@"):
            if word[1:] not in classes:
                raise ValueError(
                    f"there is no word class {word}; classes are {', '.join('@' + c for c in (*sorted(classes), 'actor', 'person'))}"
                )
            words |= classes[word[1:]]
        else:
            if " " in word:
                phrases.append(tuple(word.lower().split()))
                continue
            words.add(word.lower())
            last = word.rpartition("-")[2]
            if len(last) > 3:  # 'cease-fire' reaches us as 'cease - fire'
                words.add(last.lower())
    return Slot(kind, frozenset(words - {"*"}), prep, negated, "*" in words, frozenset(symbols), tuple(phrases))
