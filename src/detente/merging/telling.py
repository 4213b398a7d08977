"""Mentions as merging sees them."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ..coding.counts import number as count_of
from ..knowledge import load_directory
from ..records import Actor, Document, Mention
from .blocking import own_date, party, recalled, sentence_names
from .days import as_day
from .given import Word, read_word
from .victims import kills, victims
from .where import Point, town_of
from .words import content_stems, families, name_stems, plain_words, read_data, stem

_ONCE = frozenset(("COERCE", "SANCTION"))
_MANY = frozenset(("group", "people", "state", "territory", "bloc", "place"))
_BRIEF = 600  # characters of an entry that tells one piece of news
_KNOWN = re.compile(r"\b(?:the|this|these|that|those|its|their)(?:\s+[\w'’-]+){0,2}\s+$", re.IGNORECASE)
_ENDS = re.compile(r"[.!?]\s|\n")
#: the clause after a word ends here, or after so many words
_CLAUSE = re.compile(r"[.;:!?”\"]|, (?:and|but|while|as|after|before|when|which|who)\b")
_AFTER = 14
_BETWEEN = 2  # words between an article and its noun


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """Compatible types, joint types, weights of evidence."""
    raw = read_data("compatible.yaml")
    sets = {
        k: frozenset(raw[k])
        for k in (
            "joint",
            "verbal",
            "everyday",
            "officials",
            "opponents",
            "subordinates",
            "bodies",
            "of_old",
            "lone_modes",
            "definite",
            "indefinite",
        )
    }
    sets["broad"] = frozenset(stem(w) for w in raw["broad"])
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
    town: Point | None
    parties: frozenset[str]  # everyone in it, without direction
    once: frozenset[str]  # stems of the names of those that it is done to once
    victims: frozenset[str]  # whom an attack is told to be on, by name
    kills: bool  # its word tells a death
    brief: bool  # its report is an entry of a few sentences
    passes_on: bool  # the sentence says that it tells a further act
    office: str | None  # what kind of people act: those in office, their opponents; None where that is mixed or not known
    deputy: bool  # who acts is known as somebody's deputy or aide alone
    of_old: bool  # 'the old murders'
    act: str  # the mention that its text tells this act by first
    after: frozenset[str]  # content words that follow in its clause
    whom: frozenset[str]  # content words of those it is done to
    domestic: bool  # all of one country, or body, on both sides
    definite: bool  # 'the attack'
    count: int | None  # to how many it is done: '12 sailors'


def telling(mention: Mention, document: Document, number: int) -> Telling:
    """A mention with what merging compares. ``number``: the document's place in the collection."""
    told = as_day(document.published)
    date = own_date(mention)
    day = as_day(date)
    at = mention.sentence_span[0]
    before, after = (mention.sentence[: mention.trigger_span[0] - at], mention.sentence[mention.trigger_span[1] - at :])
    word = read_word(number, bisect_right(_sentence_ends(document.original), at), mention.trigger, before, after)
    if mention.mode:  # what 'sent to pre-trial detention' tells is an arrest
        word = replace(word, families=word.families | families(mention.mode))
    actors = frozenset(c for a in mention.actors if (c := party(a)))
    recipients = frozenset(c for a in mention.recipients if (c := party(a)) and not (c in actors and a.id in (None, a.country)))
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
        town_of(mention),
        actors | recipients,
        _done_once(mention),
        victims(mention),
        kills(mention),
        len(document.text) < _BRIEF,
        _passes_on(mention),
        _office(mention),
        any(w in rules()["subordinates"] for a in mention.actors if a.name is None for w in plain_words(a.text)),
        _of_old(before),
        next((b.removeprefix("again:") for b in mention.because if b.startswith("again:")), mention.id),
        frozenset(content_stems(" ".join(_CLAUSE.split(after, maxsplit=1)[0].split()[:_AFTER]))) - word.stems,
        frozenset(s for a in mention.recipients for s in content_stems(a.text)),
        {c for a in mention.actors if (c := party(a))} == {c for a in mention.recipients if (c := party(a))},
        _definite(before),
        next((n for a in mention.recipients for w in a.text.split()[:3] if (n := count_of(w)) is not None), None),
    )


@lru_cache(maxsize=20_000)
def _own_names(actor: Actor) -> frozenset[str]:
    """Stems of the names of a person or body, by the text and by the directory; not those of its country."""
    known = actor.id.replace("-", " ").title() if actor.id and actor.id != actor.text and not actor.id.isupper() else ""
    own = frozenset(name_stems(f"x {actor.name or actor.text} {known}"))
    left = own - _land_names(actor.country) - _body_stems()
    return frozenset(s for s in left - _states() or left if len(s) > 3)  # of 'Sputnik Azerbaijan' what is no country's name


def _done_once(mention: Mention) -> frozenset[str]:
    """Stems of the names of the persons and bodies that an act of the law is done to; not of armed groups and peoples."""
    if mention.type not in _ONCE:
        return frozenset()
    entries = load_directory().entries
    single = [a for a in mention.recipients if (e := entries.get(a.id or "")) is None or e.kind not in _MANY]
    return frozenset(s for a in single for s in _own_names(a))


@lru_cache(maxsize=1)
def _body_stems() -> frozenset[str]:
    return frozenset(stem(w) for w in rules()["bodies"])


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """Stems of the names of all states."""
    return frozenset(stem(w) for e in load_directory().entries.values() if e.kind == "state" for n in e.names for w in plain_words(n))


@lru_cache(maxsize=512)
def _land_names(country: str | None) -> frozenset[str]:
    """Stems of the names of a country, its people and its capital."""
    entry = load_directory().entries.get(country) if country else None
    names = (*entry.names, *entry.demonyms, *entry.people, *entry.capitals) if entry else ()
    return frozenset(stem(w) for n in names for w in plain_words(n))


@lru_cache(maxsize=256)
def _sentence_ends(text: str) -> list[int]:
    return [m.end() for m in _ENDS.finditer(text)]


def _office(mention: Mention) -> str | None:
    """'officials' or 'opponents' where all who act are the one or the other by their sectors."""
    kinds = {next((kind for kind in ("officials", "opponents") if a.sector in rules()[kind]), None) for a in mention.actors}
    return kinds.pop() if len(kinds) == 1 else None


def _of_old(before: str) -> bool:
    """Whether the word before the act's says that it was long before."""
    last = before.split()[-1:]
    return bool(last) and last[0].lower() in rules()["of_old"]


def _definite(before: str) -> bool:
    """Whether a noun is told as one that is known: 'the attack', but 'any such attack'."""
    last = (w.lower() for w in reversed(before.split()[-1 - _BETWEEN :]))
    found = next((w for w in last if w in rules()["definite"] or w in rules()["indefinite"]), None)
    return found in rules()["definite"]


def _passes_on(mention: Mention) -> bool:
    """Whether a sentence says that it tells a further act; 'he also said that the arrests …' recalls one."""
    if _KNOWN.search(mention.sentence[: max(0, mention.trigger_span[0] - mention.sentence_span[0])]):
        return False
    sentence = f" {' '.join(plain_words(mention.sentence))} "
    return any(f" {w} " in sentence for w in rules()["another"])
