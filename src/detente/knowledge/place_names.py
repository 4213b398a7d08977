"""Which words of a text name a place: names of the gazetteer, weighed by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ..records import Span
from .gazetteer import MAX_WORDS, Candidate, Gazetteer, fold, weight
from .place_signs import POSSESSIVE, Entity, Mention, Word, lists_of_places, weigh

_WORD = re.compile(r"(?:[A-Z]\.\s?)(?:[A-Z]\.)+|W\.\s?Va\.?|[A-Z][a-z]{1,4}\.(?=[\s,;)])|[^\W_]+(?:['’][^\W_]+)*")
_GAP = re.compile(r"^(?:[ \u00a0]|-|–|\n(?=[^\n]))$")
_INNER = frozenset("of the and de del da do dos la le les el al an ez es ash as ad en upon on under sur am in by e y".split())
_ABBREVIATED = re.compile(r"^(?:St|Mt|Ft)\.$")


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that name a place."""

    span: Span
    text: str
    candidates: tuple[Candidate, ...]  # likeliest first
    inside: tuple[str, str] | None = None  # country and province that the text says it lies in


def find_toponyms(text: str, gazetteer: Gazetteer, entities: Sequence[Entity] | None = None, known: Sequence[Span] = ()) -> list[Toponym]:
    """The toponyms of a text, in text order."""
    words = [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    mentions = list(_mentions(text, words, gazetteer))
    spans = sorted(entities or ())
    weigh(text, words, mentions, spans, entities is not None)
    # people ("Mexicans") are no places
    kept = [m for m in mentions if m.score >= 0 and m.candidates[0].by != "people"]
    kept = [m for m in kept if not any(a < m.span[1] and m.span[0] < b for a, b in known)]
    return _contained(text, kept)


def toponyms_at(text: str, spans: Sequence[Span], gazetteer: Gazetteer) -> list[Toponym]:
    """Toponyms of given spans, with what the text around says of where they lie."""
    out = []
    for start, end in spans:
        name = POSSESSIVE.sub("", text[start:end])
        out.append(Mention(0, 0, (start, end), fold(name), _candidates(gazetteer, fold(name))))
    return _contained(text, out)


# ---------------------------------------------------------------- names of the gazetteer
def _mentions(text: str, words: list[Word], gazetteer: Gazetteer) -> Iterator[Mention]:
    i = 0
    while i < len(words):
        found = _longest(text, words, i, gazetteer) if words[i].text[0].isupper() else None
        if found is None:
            i += 1
            continue
        yield found
        i = found.last + 1


def _longest(text: str, words: list[Word], i: int, gazetteer: Gazetteer) -> Mention | None:
    """The longest name that begins with word i."""
    ends = [i]
    while len(ends) < MAX_WORDS and ends[-1] + 1 < len(words):
        k = ends[-1]
        gap = text[words[k].end : words[k + 1].start]
        word = words[k + 1].text
        if not (_GAP.match(gap) or (gap == ". " and _ABBREVIATED.match(words[k].text + "."))) or not (word[0].isupper() or word in _INNER):
            break
        if words[k].text.endswith(".") and not _ABBREVIATED.match(words[k].text) and len(words[k].text) > 2 and words[k].text[1:2] != ".":
            break
        ends.append(k + 1)
    for last in reversed(ends):
        if last > i and not words[last].text[0].isupper():
            continue
        raw = text[words[i].start : words[last].end]
        name = POSSESSIVE.sub("", raw)
        end = words[last].start + len(words[last].text) - (len(raw) - len(name))
        mention = _named(name, i, last, (words[i].start, end), gazetteer)
        if mention is not None:
            return mention
    return None


def _named(name: str, first: int, last: int, span: Span, gazetteer: Gazetteer) -> Mention | None:
    key, lists = fold(name), lists_of_places()
    if len(key) < 2:
        return None
    if first == last and (short := lists.short.get(key)) is not None and (name.endswith(".") or "." in name):
        province = gazetteer.province(*short)
        if province is not None:
            return Mention(first, last, span, key, (province,), short_form=True)
    if name.isupper() and len(key.replace(" ", "")) <= 3:
        bare = name.replace(".", "").replace(" ", "")
        if bare in lists.acronyms:
            found = _candidates(gazetteer, key)[:1]
            return Mention(first, last, span, key, found) if found else None
        if bare in lists.postal and len(name) == 2:
            province = gazetteer.province(lists.postal[bare], bare)
            if province is not None:
                return Mention(first, last, span, key, (province,), short_form=True)
        return None
    if name.endswith(".") and "." not in name[:-1] and not _ABBREVIATED.match(name):
        name, span = name[:-1], (span[0], span[1] - 1)
        key = fold(name)
    if len(key) <= 3 and fold(name) in {a.lower() for a in lists.acronyms}:
        return None
    candidates = _candidates(gazetteer, key)
    return Mention(first, last, span, key, candidates) if candidates else None


@lru_cache(maxsize=20_000)
def _candidates(gazetteer: Gazetteer, key: str) -> tuple[Candidate, ...]:
    """Places of the name, and counties that are called so for short ("Barrow" for Barrow County)."""
    found = gazetteer.lookup(key)
    if len(key) >= 4 and not key.endswith((" county", " parish")):
        counties = [
            c for suffix in ("county", "parish") for c in gazetteer.lookup(f"{key} {suffix}") if c.kind == "county" and c.country == "USA"
        ]
        if counties:
            found = sorted([*found, *(replace(c, by="alias") for c in counties)], key=lambda c: -weight(c))
    return tuple(found)


# ---------------------------------------------------------------- what the text says of where it lies
_INSIDE = re.compile(
    r"^(?:['’]s)?,?\s{1,2}(?:in\s(?:the\s)?(?:(?:northern|southern|eastern|western|central|north|south|east|west)\s)?)?$|^\s\($"
)


def _contained(text: str, mentions: list[Mention]) -> list[Toponym]:
    """Toponyms; where a country or province stands right after one ("Paris, Texas"), that is where it lies."""
    out = []
    for n, mention in enumerate(mentions):
        inside = None
        if n + 1 < len(mentions):
            container = mentions[n + 1]
            gap = text[mention.span[1] : container.span[0]]
            if gap.startswith((",", " (")) and _INSIDE.match(gap):
                inside = _inside(mention, container)
        out.append(Toponym(mention.span, text[slice(*mention.span)], mention.candidates, inside))
    return out


def _inside(mention: Mention, container: Mention) -> tuple[str, str] | None:
    """The country and province of the container, if some candidate of the mention lies there."""
    for outer in container.candidates[:3]:
        if outer.kind not in ("country", "province") or outer.by not in ("name", "alias"):
            continue
        admin1 = outer.admin1 if outer.kind == "province" else ""
        for c in mention.candidates:
            if (
                c.country == outer.country
                and (not admin1 or c.admin1 == admin1)
                and c.kind not in ("country", "continent")
                and c.point != outer.point
            ):
                return outer.country, admin1
    return None
