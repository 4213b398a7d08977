"""Whether two mentions tell the same act: what their words say, and what parties, time, people, place and toll add."""

from __future__ import annotations

import datetime
import math
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..config import MergingOptions
from ..knowledge import load_directory
from ..records import Actor, Document, Mention
from .blocking import own_date, party, recalled, sentence_names
from .days import as_day
from .given import FEATURES, Word, pair_features, read_word
from .likeness import Likeness
from .model import load_model
from .words import name_stems, plain_words, read_data, stem

#: weights from which on no words help
_NEVER = -4.0
_LEAD = 250  # characters within which a report's first sentence begins
_AT_MOST = 4.0  # log odds that words can give
_HOPELESS = -5.5  # log odds that words never make good
#: share of the words of two sentences that is little
_LITTLE = 0.25
_SAME_SENTENCE = 0.7
#: documents whose words are as like as this retell one text: their sentences are compared as those of one document
_COPY = 0.6
#: days within which what another act answers mostly happened
_RECALL = 10
#: what time apart weighs where both name the same person or body that this is done to once: detained, closed, barred
_NAMED_AGAIN = 0.5
_ONCE = frozenset(("COERCE", "SANCTION"))
_MANY = frozenset(("group", "people", "state", "territory", "bloc", "place"))
_ENDS = re.compile(r"[.!?]\s|\n")


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """Compatible types, joint types, weights of evidence."""
    raw = read_data("compatible.yaml")
    sets = {k: frozenset(raw[k]) for k in ("joint", "verbal")}
    return {"pairs": {frozenset(p) for p in raw["pairs"]}, **sets, "evidence": raw["evidence"], "another": raw["another"]}


@dataclass(frozen=True, slots=True)
class Telling:
    """A mention as merging sees it."""

    mention: Mention
    word: Word
    outlet: str
    day: datetime.date | None  # when the act is said to have happened
    dated: bool  # the text says so; else it is the day of publication
    precision: str | None
    told: datetime.date | None
    recalled: bool  # what another act answers or looks into: it happened in the days before it is told
    published: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    people: frozenset[str]  # stems of the names of persons and bodies below the country
    names: frozenset[str]  # all names of the sentence
    place: str | None
    parties: frozenset[str]  # everyone in it, without direction
    once: frozenset[str]  # stems of the names of those that it is done to once
    passes_on: bool  # the sentence says that it tells a further act


def telling(mention: Mention, document: Document, number: int) -> Telling:
    """A mention with what merging compares. ``number``: the document's place in the collection."""
    told = as_day(document.published)
    date = own_date(mention)
    day = as_day(date)
    at = mention.sentence_span[0]
    before, after = (mention.sentence[: mention.trigger_span[0] - at], mention.sentence[mention.trigger_span[1] - at :])
    word = read_word(number, bisect_right(_sentence_ends(document.original), at), mention.trigger, before, after)
    actors, recipients = (frozenset(c for a in side if (c := party(a))) for side in (mention.actors, mention.recipients))
    people = [a for a in (*mention.actors, *mention.recipients) if a.id != a.country or a.id is None]
    return Telling(
        mention,
        word,
        document.outlet or "(outlet unknown)",
        day or told,
        day is not None,
        mention.date_precision if date else None,
        told,
        recalled(mention),
        document.published,
        actors,
        recipients,
        frozenset(s for a in people for s in _own_names(a)),
        sentence_names(mention.sentence),
        mention.place.name if mention.place else None,
        actors | recipients,
        _done_once(mention),
        _passes_on(mention),
    )


@lru_cache(maxsize=20_000)
def _own_names(actor: Actor) -> frozenset[str]:
    """Stems of the names of a person or body, by the text and by the directory; not those of its country."""
    known = actor.id.replace("-", " ").title() if actor.id and actor.id != actor.text and not actor.id.isupper() else ""
    own = frozenset(name_stems(f"x {actor.name or actor.text} {known}"))
    return frozenset(s for s in own - _land_names(actor.country) if len(s) > 3)


def _done_once(mention: Mention) -> frozenset[str]:
    """Stems of the names of the persons and bodies that an act of the law is done to; not of armed groups and peoples."""
    if mention.type not in _ONCE:
        return frozenset()
    entries = load_directory().entries
    single = [a for a in mention.recipients if (e := entries.get(a.id or "")) is None or e.kind not in _MANY]
    return frozenset(s for a in single for s in _own_names(a))


@lru_cache(maxsize=512)
def _land_names(country: str | None) -> frozenset[str]:
    """Stems of the names of a country, its people and its capital."""
    entry = load_directory().entries.get(country) if country else None
    names = (*entry.names, *entry.demonyms, *entry.people, *entry.capitals) if entry else ()
    return frozenset(stem(w) for n in names for w in plain_words(n))


@lru_cache(maxsize=256)
def _sentence_ends(text: str) -> list[int]:
    return [m.end() for m in _ENDS.finditer(text)]


def same_act(a: Telling, b: Telling, likeness: Likeness, options: MergingOptions) -> float:
    """How likely two tellings are of one act, 0 to 1: the log odds of their words and of all other evidence, added."""
    if not comparable(a, b):
        return 0.0
    weights = rules()["evidence"]
    evidence = [_parties(a, b), _time(a, b, options)]
    if any(weights[name] <= _NEVER for name, times in evidence if times):
        return 0.0
    evidence += _particulars(a, b, likeness, options)
    if a.once & b.once:  # a recall of long ago
        evidence = [(name, times * _NAMED_AGAIN if name == "undated_far" else times) for name, times in evidence]
    beside = sum(weights[name] * times for name, times in evidence)
    if beside < _HOPELESS or any(weights[name] <= _NEVER for name, times in evidence if times):
        return 0.0
    words = load_model("given_words").log_odds(pair_features(a.word, b.word, likeness), FEATURES)
    return 1 / (1 + math.exp(-(min(words, _AT_MOST) + beside)))


def comparable(a: Telling, b: Telling) -> bool:
    """Whether two tellings could be of one act at all: types, status, not two acts of one sentence."""
    x, y = a.mention, b.mention
    if x.type != y.type and frozenset((x.type, y.type)) not in rules()["pairs"]:
        return False
    apart = {"planned", "hypothetical"}  # what is planned or supposed is not what happened; a denial joins what it denies
    if (x.status in apart) != (y.status in apart) or (x.status != y.status and x.status in apart):
        return False
    return not (x.document == y.document and x.sentence_span == y.sentence_span and not a.word.stems & b.word.stems)


def _parties(a: Telling, b: Telling) -> tuple[str, float]:
    if not a.parties or not b.parties:
        return "parties_silent", 1
    if a.mention.type in rules()["joint"] and b.mention.type in rules()["joint"]:
        shared = a.parties & b.parties
        if not shared:
            return "parties_differ", 1
        if len(shared) > 1 or len(a.parties | b.parties) == 1:
            return "roles_agree", 1
        return ("one_role_agrees" if min(len(a.parties), len(b.parties)) == 1 else "parties_differ"), 1  # two other pairs talked
    actors, recipients = a.actors & b.actors, a.recipients & b.recipients
    if actors and recipients:
        return "roles_agree", 1
    if not actors and not recipients:
        if a.parties & b.parties:
            return ("reversed" if a.actors and b.actors else "one_role_differs"), 1
        return "parties_differ", 1
    one_silent = not (a.recipients and b.recipients) if actors else not (a.actors and b.actors)
    return ("one_role_agrees" if one_silent else "one_role_differs"), 1


def _time(a: Telling, b: Telling, options: MergingOptions) -> tuple[str, float]:
    if a.day is None or b.day is None:
        return "undated_far", 0
    gap = abs((a.day - b.day).days)
    if a.dated and b.dated:
        if a.precision == b.precision == "day":
            return ("same_day" if gap == 0 else "near_day" if gap <= options.day_tolerance else "other_time"), 1
        length = 4 if "year" in (a.precision, b.precision) else 7
        same = str(a.mention.date)[:length] == str(b.mention.date)[:length]
        return ("same_month" if same else "other_time"), 1
    dated = a if a.dated else b
    other = b if a.dated else a
    if dated.dated and other.told and dated.day and other.told < dated.day:
        return "other_time", 1  # told before it happened
    if dated.dated and dated.precision != "day" and dated.day:  # in the month or year that is told, or days after its end
        end = dated.day + datetime.timedelta(days=364 if dated.precision == "year" else 30)
        gap = max(0, (other.day - end).days) if other.day else gap
    near = max(options.day_tolerance, _RECALL) if other.recalled and dated.dated else options.day_tolerance
    if gap <= near:
        return "undated_near", 1
    return "undated_far", math.log(gap - near + 1)


def _particulars(a: Telling, b: Telling, likeness: Likeness, options: MergingOptions) -> list[tuple[str, float]]:
    """People, place, type, mode, toll, and where in their reports the tellings stand."""
    days_apart = a.told is not None and b.told is not None and abs((a.told - b.told).days) > options.day_tolerance
    out: list[tuple[str, float]] = []
    if a.people & (b.people | b.names) or b.people & a.names:
        out.append(("same_people", 1))
    elif a.people and b.people:
        out.append(("other_people", 1))
    if a.place and b.place:
        out.append(("same_place" if a.place == b.place else "other_place", 1))
    x, y = a.mention, b.mention
    if x.type == y.type:
        out.append(("same_type", 1))
    else:
        out.append(("other_type" if a.word.stems & b.word.stems else "other_type_and_word", 1))
    if not a.word.stems & b.word.stems and not a.word.families & b.word.families:
        out.append(("other_act", 1))
    out.append(("rare_words", max(0.0, likeness.weights.rarity((a.word.around & b.word.around) - a.word.stems - b.word.stems) - 0.4)))
    if {x.type, y.type} & rules()["verbal"] and likeness.weights.overlap(a.word.near, b.word.near)[1] < _LITTLE / 2:
        out.append(("other_content", 1))
    if a.word.sentence != b.word.sentence and (x.document == y.document or likeness.both(a.word.document, b.word.document)[0] > _COPY):
        later = a if a.word.sentence > b.word.sentence else b
        share = likeness.weights.overlap(a.word.around, b.word.around)[1]
        if (x.document == y.document or share < _SAME_SENTENCE) and later.passes_on:
            out.append(("another", 1))
        elif share < _LITTLE:
            out.append(("elsewhere_in_document", 1))
    if x.mode and x.mode == y.mode:
        out.append(("same_mode", 1))
    if x.deaths is not None and y.deaths is not None:
        out.append(("same_toll" if x.deaths == y.deaths else "later_toll" if days_apart else "other_toll", 1))
    if days_apart and max(x.sentence_span[0], y.sentence_span[0]) < _LEAD and not _one_day(a, b):
        out.append(("both_lead", 1))
        if a.names - b.names and b.names - a.names:
            out.append(("other_names", 1))
    return out


def _one_day(a: Telling, b: Telling) -> bool:
    return a.dated and b.dated and a.precision == b.precision == "day"


def _passes_on(mention: Mention) -> bool:
    """Whether a sentence says that it tells a further act."""
    sentence = f" {' '.join(plain_words(mention.sentence))} "
    return any(f" {w} " in sentence for w in rules()["another"])
