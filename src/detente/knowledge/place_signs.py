"""What speaks for and against a name being that of a place: the recogniser's label, the words around, the rest of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from ..records import Span
from .gazetteer import Candidate, fold, weight
from .lexicon import load_lexicon

#: start, end, label (OntoNotes: GPE, LOC, FAC, NORP, ORG, PERSON …)
Entity = tuple[int, int, str]

POSSESSIVE = re.compile(r"['’]s?$")
_PLACE_LABELS = frozenset({"GPE", "LOC"})


#: log10 of the population from which a bare name without any other sign is taken for a place, or nearly
_LARGE, _SMALL = 4.8, 4.0
_THING_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE", "LAW"})


@dataclass(slots=True)
class Word:
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Mention:
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


class Lists:
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
        self.residents: frozenset[str] = raw["residents"]
        self.streets: frozenset[str] = raw["streets"]
        self.not_after: frozenset[str] = raw["not_after"]
        self.short = {
            fold(word): (country, code) for country, words in raw["provinces"].items() for word, code in words.items()
        }  # fmt: skip
        self.postal = {code: country for country, codes in raw["postal"].items() for code in codes}
        self.acronyms: frozenset[str] = raw["acronyms"]


@lru_cache(maxsize=1)
def lists_of_places() -> Lists:
    return Lists()


def weigh(text: str, words: Sequence[Word], mentions: list[Mention], entities: Sequence[Entity], recognised: bool) -> None:
    """Fills each mention's ``score``: zero and more is a place. ``recognised``: whether a recogniser ran at all."""
    _label(text, mentions, entities)
    people = _people(text, words, entities)
    named = {m.span[1] for m in mentions}
    for mention in mentions:
        _weigh(mention, text, words, people, named, recognised)
    _counties(text, mentions)
    _agree(mentions)


def _label(text: str, mentions: list[Mention], entities: Sequence[Entity]) -> None:
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


def _people(text: str, words: Sequence[Word], entities: Sequence[Entity]) -> Counter[str]:
    """Words that stand in names of people of more than one word, and surnames after titles."""
    lists, out = lists_of_places(), Counter[str]()
    for start, end, label in entities:
        parts = text[start:end].split()
        if label == "PERSON" and len(parts) > 1:
            out.update(fold(POSSESSIVE.sub("", p)) for p in parts)
    for before, word in pairwise(words):
        if before.text.rstrip(".") in lists.titles and word.text[0].isupper() and text[before.end : word.start] in (" ", ". "):
            out[fold(POSSESSIVE.sub("", word.text))] += 1
    return out


def _weigh(mention: Mention, text: str, words: Sequence[Word], people: Counter[str], named: set[int], recognised: bool) -> None:
    """Sums what speaks for (+) and against (-) the mention being a place."""
    lists = lists_of_places()
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
        score -= 2.2 if mention.label in _PLACE_LABELS else 4.0
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
    if adjacent in lists.not_after:
        score -= 2.0
    if gap_before == "-" and before is not None:
        if before.text in ("D", "R", "I"):  # a lawmaker's party and constituency
            score += 4.0
        elif before.end not in named:
            score -= 2.0
    if re.search(r"\b\d\d, (?:both )?of $", text[: mention.span[0]][-20:]):  # "Ann Lee, 42, of Mansfield"
        score += 3.0
    if not doubtful and (_dateline(text, mention.span) or (following in lists.residents and mention.key not in lists.first_names)):
        score += 3.0 if mention.label != "PERSON" or mention.place_in_entity == "whole" else 0.0
    if mention.key.startswith("saint ") and rest.startswith(("'s", "’s")) and mention.label != "GPE":
        score -= 4.0
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


def _entity_score(mention: Mention, following: str, recognised: bool, state: bool) -> float:
    """What the recogniser's label says."""
    lists, label, where = lists_of_places(), mention.label, mention.place_in_entity
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


_DATELINE = re.compile(
    r"^(?:,\s[A-Z][\w.]+(?:\s[A-Z]\w+)?)?\s(?:\([A-Z][\w. ]{1,20}\)\s)?(?:—|–|--?)\s|^\s\((?:AP|AFP|Reuters|REUTERS|dpa|UPI|CNN)\)"
)


def _dateline(text: str, span: Span) -> bool:
    """Whether a name opens a report: "MANSFIELD -- The council …", "BAKU (Reuters) - …"."""
    opens = span[0] == 0 or re.search(r"[.!?\n”\"]\s{0,3}$", text[max(0, span[0] - 5) : span[0]]) is not None
    return opens and text[slice(*span)].isupper() and _DATELINE.match(text[span[1] : span[1] + 60]) is not None


_COUNTIES = re.compile(
    r"((?:[A-Z][\w.]+(?:\s[A-Z]\w+)?,\s)*[A-Z][\w.]+(?:\s[A-Z]\w+)?,?\s(?:and|or)\s[A-Z][\w.]+(?:\s[A-Z]\w+)?)\s(?:counties|parishes)\b"
)


def _counties(text: str, mentions: list[Mention]) -> None:
    """ "Harvey, Harper and Kingman counties" names counties only."""
    for match in _COUNTIES.finditer(text):
        for mention in mentions:
            if match.start(1) <= mention.span[0] and mention.span[1] <= match.end(1):
                counties = tuple(c for c in mention.candidates if c.kind == "county")
                if counties:
                    mention.candidates, mention.score = counties, max(mention.score, 3.0)


def _part(mention: Mention) -> float:
    """A name within a longer name of a place: "northern Syria" and "Moscow region" are of it, "Squirrel Hill" is another place."""
    others = [
        w
        for w in re.findall(r"[^\W\d_]+", mention.around)
        if w[0].isupper() and len(w) > 1 and w.lower() not in lists_of_places().cues and w != "The"
    ]
    return -0.3 if others and "," not in mention.around else 2.0 if mention.label == "GPE" else 1.0


def _is_province(word: str, lists: Lists) -> bool:
    return fold(word) in lists.short or word in lists.postal


def _agree(mentions: list[Mention]) -> None:
    """A name that is surely a place in one spot is likelier one in others of the same text."""
    sure = {m.key for m in mentions if m.score >= 1.5 and not m.short_form}
    for mention in mentions:
        if mention.key in sure and mention.label != "PERSON" and -2.0 <= mention.score < 1.5:
            mention.score += 1.2
