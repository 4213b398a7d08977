"""Words as merging compares them: stems of what carries meaning, names, numbers, and the families of words that tell one act."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

_TOKEN = re.compile(r"[^\W\d_][\w'’-]*\w|[^\W\d_]|\d[\d.,]*\d|\d")
_OPENS = re.compile(r"(?:^|[.?!:;\"'”“‘’)(]|\n)\s*$")
#: endings taken off, the first that leaves four letters, and what stands in their place
_ENDINGS = (
    ("ational", "ate"), ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"), ("iveness", "ive"), ("ations", ""), ("ation", ""),
    ("ements", ""), ("ement", ""), ("ments", ""), ("ment", ""), ("ings", ""), ("ing", ""), ("ities", ""), ("ity", ""), ("ions", ""),
    ("ion", ""), ("ies", "y"), ("ied", "y"), ("ers", ""), ("er", ""), ("ors", ""), ("or", ""), ("ed", ""), ("es", ""), ("ive", ""),
    ("al", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip


@lru_cache(maxsize=8)
def read_data(name: str) -> Any:
    """One of the room's data files."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(resources.files(__package__).joinpath("data", name).read_text("utf8"), loader)


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    raw = read_data("words.yaml")
    return {**{k: frozenset(raw[k]) for k in ("common", "light", "reporting", "pronouns", "whole")}, "irregular": raw["irregular"]}


def is_in(list_name: str, word: str) -> bool:
    """Whether a word is in a list of ``data/words.yaml``: common, light, reporting, pronouns."""
    return word in _lists()[list_name]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A lower-case word without its ending: 'nominee' and 'nominated', 'arrests' and 'arrested' are one."""
    word = _lists()["irregular"].get(word, word)
    if word in _lists()["whole"]:
        return word.removesuffix("s") if word.endswith("ions") else word
    if len(word) <= 4:
        return word[:-1] if len(word) == 4 and word.endswith("s") and not word.endswith("ss") else word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 4:
            word = word[: len(word) - len(ending)] + instead
            break
    if word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] + "y" if word.endswith("i") else word


def fold(text: str) -> str:
    """Text without accents."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def plain_words(text: str) -> list[str]:
    """Lower-case words and numbers, compounds in their parts, without the possessive."""
    return [p for token in _TOKEN.findall(fold(text)) for p in _parts(token)]


@lru_cache(maxsize=100_000)
def _parts(token: str) -> tuple[str, ...]:
    return tuple(p for p in token.lower().replace("’", "'").removesuffix("'s").split("-") if p)


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, and numbers, in text order."""
    common = _lists()["common"]
    return [stem(w) if w[0].isalpha() else w for w in plain_words(text) if w not in common]


def name_stems(text: str) -> list[str]:
    """Stems of what is written with a capital inside a sentence, and of numbers."""
    common = _lists()["common"]
    plain = fold(text)
    tokens = [(w, m.start()) for m in _TOKEN.finditer(plain) if (w := m.group())[0].isupper() or w[0].isdigit()]
    inside = {w.lower() for w, at in tokens if not w[0].isdigit() and not _OPENS.search(plain[max(0, at - 3) : at])}
    out = []
    for word, _ in tokens:
        if word[0].isdigit() or word.lower() in inside:
            out += [stem(p) if p[0].isalpha() else p for p in _parts(word) if p not in common]
    return out


_NAME = re.compile(r"[A-Z][\w'’-]*(?:\s+(?:(?:of|de|al|bin|el)\s+)?[A-Z][\w'’-]*)*")


def name_phrases(text: str) -> list[str]:
    """Names as they stand, lower case: 'hurricane melissa', 'zaldy co'. The word that opens a sentence counts where it is not common."""
    out = []
    for found in _NAME.finditer(fold(text)):
        words = [w.lower().replace("’", "'").removesuffix("'s") for w in found.group().split()]
        while words and is_in("common", words[0]):
            words = words[1:]
        if words and len(" ".join(words)) > 2:
            out.append(" ".join(words))
    return out


@lru_cache(maxsize=1)
def themes() -> dict[str, dict[str, float]]:
    """Stem -> the themes it speaks for, and how much: the more themes, the less."""
    found: dict[str, set[str]] = defaultdict(set)
    for theme, members in read_data("themes.yaml").items():
        for member in members:
            for part in content_stems(str(member)):
                found[part].add(theme)
    return {s: {t: 1 / len(ts) for t in sorted(ts)} for s, ts in found.items()}


@lru_cache(maxsize=1)
def _families() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, members in enumerate(read_data("families.yaml")):
        for member in members:
            found[str(member)].add(number)
            if " " not in str(member):
                found[stem(str(member))].add(number)
    return {k: frozenset(v) for k, v in found.items()}


@lru_cache(maxsize=50_000)
def families(phrase: str) -> frozenset[int]:
    """Numbers of the families that a trigger's words stand in: 'gunned down', 'shooting'."""
    table = _families()
    parts = plain_words(phrase)
    stems = [stem(p) for p in parts]
    found: set[int] = set(table.get(" ".join(parts), ()))
    for n, (part, base) in enumerate(zip(parts, stems, strict=True)):
        light = is_in("light", _lists()["irregular"].get(part, part)) or is_in("light", base)
        if not light or len(parts) == 1:
            found |= table.get(part, frozenset()) | table.get(base, frozenset())
        if n + 1 < len(parts):
            for first in {part, base, _lists()["irregular"].get(part, part)}:
                found |= table.get(f"{first} {parts[n + 1]}", frozenset())
    return frozenset(found)


def act_stems(phrase: str) -> tuple[str, ...]:
    """Stems of the words of a trigger that tell the act, light verbs and common words aside; all of them where nothing else is left."""
    parts = plain_words(phrase) or [phrase.lower()]
    stems = [stem(p) for p in parts]
    telling = [s for p, s in zip(parts, stems, strict=True) if not is_in("common", p) and not is_in("light", s)]
    return tuple(dict.fromkeys(telling or stems[:1]))
