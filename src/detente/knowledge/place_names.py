"""Which words of a text name a place: names of the gazetteer, weighed by what stands around them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ..records import Span
from .gazetteer import MAX_WORDS, Candidate, Gazetteer, fold, weight
from .lexicon import load_lexicon

#: start, end, label (OntoNotes: GPE, LOC, FAC, NORP, ORG, PERSON …)
Entity = tuple[int, int, str]

_WORD = re.compile(r"(?:[A-Z]\.\s?)(?:[A-Z]\.)+|W\.\s?Va\.?|[A-Z][a-z]{1,4}\.(?=[\s,;)])|[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_GAP = re.compile(r"^(?:[ \u00a0]|-|–|\n(?=[^\n]))$")
_INNER = frozenset("of the and de del da do dos la le les el al an ez es ash as ad en upon on under sur am in by e y".split())
_ABBREVIATED = re.compile(r"^(?:St|Mt|Ft)\.$")
_PLACE_LABELS = frozenset({"GPE", "LOC"})


#: log10 of the population from which a bare name without any other sign is taken for a place, or nearly
_LARGE, _SMALL = 4.8, 4.0
_THING_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE", "LAW"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that name a place."""

    span: Span
    text: str
    candidates: tuple[Candidate, ...]  # likeliest first
    inside: tuple[str, str] | None = None  # country and province that the text says it lies in


@dataclass(slots=True)
class _Word:
    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Mention:
    """A name of the gazetteer, before it is decided whether it means a place."""

    first: int
    last: int
    span: Span
    key: str
    candidates: tuple[Candidate, ...]
    label: str = ""
    place_in_entity: str = ""  # "whole" | "start" | "middle" | "end" of the entity around it
    score: float = 0.0
    around: str = ""  # the other words of that entity
    short_form: bool = False  # "Pa.", "TX": a province's short form
    reasons: list[str] = field(default_factory=list)


class _Lists:
    """The word lists of ``lexicon/places.yaml``."""

    def __init__(self) -> None:
        raw: dict[str, Any] = load_lexicon("places")
        self.doubtful: frozenset[str] = frozenset(str(w) for w in raw["doubtful"])
        self.first_names: frozenset[str] = raw["first_names"]
        self.titles: frozenset[str] = raw["titles"]
        self.cues: frozenset[str] = raw["place_cues"]
        self.strong: frozenset[str] = raw["strong_cues"]
        self.said: frozenset[str] = raw["said"]
        self.bodies: frozenset[str] = raw["bodies"]
        self.not_before: frozenset[str] = raw["not_before"]
        self.streets: frozenset[str] = raw["streets"]
        self.not_after: frozenset[str] = raw["not_after"]
        self.short = {
            fold(word): (country, code) for country, words in raw["provinces"].items() for word, code in words.items()
        }  # fmt: skip
        self.postal = {code: country for country, codes in raw["postal"].items() for code in codes}
        self.acronyms: frozenset[str] = raw["acronyms"]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    return _Lists()


def find_toponyms(text: str, gazetteer: Gazetteer, entities: Sequence[Entity] | None = None, known: Sequence[Span] = ()) -> list[Toponym]:
    """The toponyms of a text, in text order."""
    words = [_Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    mentions = list(_mentions(text, words, gazetteer))
    spans = sorted(entities or ())
    _label(text, mentions, spans)
    people = _people(text, words, spans)
    for mention in mentions:
        _weigh(mention, text, words, people, entities is not None)
    _agree(mentions)
    kept = [m for m in mentions if m.score >= 0 and not any(a < m.span[1] and m.span[0] < b for a, b in known)]
    return _contained(text, kept, gazetteer)


def toponyms_at(text: str, spans: Sequence[Span], gazetteer: Gazetteer) -> list[Toponym]:
    """Toponyms of given spans, with what the text around says of where they lie."""
    out = []
    for start, end in spans:
        name = _POSSESSIVE.sub("", text[start:end])
        out.append(_Mention(0, 0, (start, end), fold(name), _candidates(gazetteer, fold(name))))
    return _contained(text, out, gazetteer, extra=True)


# ---------------------------------------------------------------- names of the gazetteer
def _mentions(text: str, words: list[_Word], gazetteer: Gazetteer) -> Iterator[_Mention]:
    i = 0
    while i < len(words):
        found = _longest(text, words, i, gazetteer) if words[i].text[0].isupper() else None
        if found is None:
            i += 1
            continue
        yield found
        i = found.last + 1


def _longest(text: str, words: list[_Word], i: int, gazetteer: Gazetteer) -> _Mention | None:
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
        name = _POSSESSIVE.sub("", raw)
        end = words[last].start + len(words[last].text) - (len(raw) - len(name))
        mention = _named(name, i, last, (words[i].start, end), gazetteer)
        if mention is not None:
            return mention
    return None


def _named(name: str, first: int, last: int, span: Span, gazetteer: Gazetteer) -> _Mention | None:
    key, lists = fold(name), _lists()
    if len(key) < 2:
        return None
    if first == last and (short := lists.short.get(key)) is not None and (name.endswith(".") or "." in name):
        province = gazetteer.province(*short)
        if province is not None:
            return _Mention(first, last, span, key, (province,), short_form=True)
    if name.isupper() and len(key.replace(" ", "")) <= 3:
        bare = name.replace(".", "").replace(" ", "")
        if bare in lists.acronyms:
            found = _candidates(gazetteer, key)[:1]
            return _Mention(first, last, span, key, found) if found else None
        if bare in lists.postal and len(name) == 2:
            province = gazetteer.province(lists.postal[bare], bare)
            if province is not None:
                return _Mention(first, last, span, key, (province,), short_form=True)
        return None
    if name.endswith(".") and "." not in name[:-1] and not _ABBREVIATED.match(name):
        name, span = name[:-1], (span[0], span[1] - 1)
        key = fold(name)
    if len(key) <= 3 and fold(name) in {a.lower() for a in lists.acronyms}:
        return None
    candidates = _candidates(gazetteer, key)
    return _Mention(first, last, span, key, candidates) if candidates else None


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


# ---------------------------------------------------------------- is it a place?
def _label(text: str, mentions: list[_Mention], entities: Sequence[Entity]) -> None:
    """Notes which entity each mention stands in."""
    k = 0
    for mention in mentions:
        a, b = mention.span
        while k < len(entities) and entities[k][1] <= a:
            k += 1
        for start, end, label in entities[k : k + 3]:
            if start < b and a < end:
                mention.label = label
                mention.around = text[start:a] + " " + text[b:end]
                at_start, at_end = a - start <= 4, end - b <= 2
                mention.place_in_entity = "whole" if at_start and at_end else "start" if at_start else "end" if at_end else "middle"
                break


def _people(text: str, words: list[_Word], entities: Sequence[Entity]) -> Counter[str]:
    """Words that stand in names of people of more than one word, and surnames after titles."""
    lists, out = _lists(), Counter[str]()
    for start, end, label in entities:
        parts = text[start:end].split()
        if label == "PERSON" and len(parts) > 1:
            out.update(fold(_POSSESSIVE.sub("", p)) for p in parts)
    for before, word in itertools.pairwise(words):
        if before.text.rstrip(".") in lists.titles and word.text[0].isupper() and text[before.end : word.start] in (" ", ". "):
            out[fold(_POSSESSIVE.sub("", word.text))] += 1
    return out


def _weigh(mention: _Mention, text: str, words: list[_Word], people: Counter[str], recognised: bool) -> None:
    """Sums what speaks for (+) and against (-) the mention being a place."""
    lists = _lists()
    before = words[mention.first - 1] if mention.first else None
    after = words[mention.last + 1] if mention.last + 1 < len(words) else None
    gap_before = text[before.end : mention.span[0]] if before else ""
    rest = text[mention.span[1] : after.start] if after else ""
    adjacent = before.text if before is not None and gap_before in (" ", "\n", ". ") else ""
    following = after.text if after is not None and rest in (" ", "'s ", "’s ") else ""
    best = mention.candidates[0]
    cue = adjacent.lower() in lists.cues
    strong = adjacent.lower() in lists.strong
    state = best.kind in ("country", "continent") or best.by in ("adjective", "people")
    doubtful = mention.key in lists.doubtful
    score = 0.0
    if mention.short_form:
        score = 2.0 if gap_before.startswith(",") else (1.0 if mention.label in _PLACE_LABELS and len(mention.key) > 2 else -5.0)
        mention.score = score
        return
    score += _entity_score(mention, following, recognised, state)
    if doubtful:
        score -= 1.5 if mention.label in _PLACE_LABELS else 4.0
    if mention.key in lists.first_names:
        score -= 1.0
    if strong:
        score += 1.5 if mention.label != "PERSON" else 2.0
    elif cue:
        score += 0.5
    if re.match(r"^,\s", rest) and after is not None and _is_province(after.text, lists):
        score += 2.0
    if adjacent.rstrip(".") in lists.titles and mention.label not in _PLACE_LABELS:
        score -= 3.0
    if adjacent.lower() in lists.first_names and adjacent[:1].isupper() and mention.label not in _PLACE_LABELS:
        score -= 3.0
    if following in lists.not_before or following.rstrip(".") in lists.streets:
        score -= 4.0
    if len(mention.key) <= 5 and text[slice(*mention.span)].isupper() and mention.label not in _PLACE_LABELS and not state:
        score -= 3.0  # an acronym, if the words around are not in capitals too
    if adjacent in lists.not_after or gap_before == "-":
        score -= 2.0
    if following in lists.said and mention.label not in _PLACE_LABELS and not state:
        score -= 1.0
    if people[mention.key] and not state:
        score -= 3.0 if mention.label not in _PLACE_LABELS else 1.0
    if (
        all(c.by == "alias" and c.kind == "town" and c.population < 100_000 for c in mention.candidates)
        and mention.label not in _PLACE_LABELS
    ):
        score -= 2.0
    mention.score = score


def _entity_score(mention: _Mention, following: str, recognised: bool, state: bool) -> float:
    """What the recogniser's label says."""
    lists, label, where = _lists(), mention.label, mention.place_in_entity
    best = mention.candidates[0]
    if label in _PLACE_LABELS:
        return 2.0 if where == "whole" or following.rstrip("’'s") in lists.bodies else _part(mention)
    if label == "NORP":
        return 2.0 if state else -0.5
    if label == "PERSON":
        return -2.0 if where == "whole" else -5.0
    if label in ("ORG", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART"):
        if state:
            return 1.0 if label == "ORG" or where != "end" else -1.0
        if following.rstrip("’'s") in lists.bodies and where in ("start", "whole"):
            return 1.0
        if best.kind == "county":
            return 1.0 if where == "start" else 0.0
        if where == "whole":
            return 0.5 if weight(best) >= 5.0 or label == "FAC" else -0.5
        if where == "start":
            return 0.0 if weight(best) >= 5.3 else -1.0
        return -0.2 if where == "end" and weight(best) >= 5.3 else -2.0
    if label in _THING_LABELS:
        return -4.0
    if not recognised:
        return 0.5 if state else 0.0 if weight(best) >= _LARGE else -0.4 if weight(best) >= _SMALL else -1.0
    return 0.5 if state else -0.5


def _part(mention: _Mention) -> float:
    """A name within a longer name of a place: "northern Syria" and "Moscow region" are of it, "Squirrel Hill" is another place."""
    others = [w for w in re.findall(r"[^\W\d_]+", mention.around) if w[0].isupper() and len(w) > 1 and w.lower() not in _lists().cues and w != "The"]
    return 0.0 if others and "," not in mention.around else 2.0 if mention.label == "GPE" else 1.0


def _is_province(word: str, lists: _Lists) -> bool:
    return fold(word) in lists.short or word in lists.postal


def _agree(mentions: list[_Mention]) -> None:
    """A name that is surely a place in one spot is likelier one in others of the same text."""
    sure = {m.key for m in mentions if m.score >= 1.5 and not m.short_form}
    for mention in mentions:
        if mention.key in sure and mention.label != "PERSON" and -2.0 <= mention.score < 1.5:
            mention.score += 1.2


# ---------------------------------------------------------------- what the text says of where it lies
_INSIDE = re.compile(
    r"^(?:['’]s)?,?\s{1,2}(?:in\s(?:the\s)?(?:(?:northern|southern|eastern|western|central|north|south|east|west)\s)?)?$|^\s\($"
)


def _contained(text: str, mentions: list[_Mention], gazetteer: Gazetteer, extra: bool = False) -> list[Toponym]:
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


def _inside(mention: _Mention, container: _Mention) -> tuple[str, str] | None:
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
