"""Whether two mentions tell the same act."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from ..config import MergingOptions
from ..records import Document, Mention

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """Compatible types, joint types, words that say nothing."""
    raw = yaml.safe_load(resources.files(__package__).joinpath("data", "compatible.yaml").read_text("utf8"))
    return {"pairs": {frozenset(p) for p in raw["pairs"]}, "joint": frozenset(raw["joint"]), "common": frozenset(raw["common"])}


@dataclass(frozen=True, slots=True)
class Telling:
    """A mention as merging sees it."""

    mention: Mention
    outlet: str
    day: datetime.date | None  # when the act is said to have happened
    dated: bool  # the text says so; else it is the day of publication
    precision: str | None
    told: datetime.date | None
    published: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    people: frozenset[str]  # ids of persons and bodies below the country
    words: frozenset[str]  # stems of the content words of the sentence
    stem: str  # stem of the trigger
    place: str | None

    @property
    def parties(self) -> frozenset[str]:
        """Everyone in it, without direction."""
        return self.actors | self.recipients


def telling(mention: Mention, document: Document) -> Telling:
    """A mention with what merging compares."""
    told = as_day(document.published)
    day = as_day(mention.date)
    common = rules()["common"]
    words = frozenset(w[:6] for w in _WORD.findall(mention.sentence.lower()) if w not in common)
    everyone = [*mention.actors, *mention.recipients]
    return Telling(
        mention,
        document.outlet or "(outlet unknown)",
        day or told,
        day is not None,
        mention.date_precision,
        told,
        document.published,
        frozenset(a.code for a in mention.actors),
        frozenset(a.code for a in mention.recipients),
        frozenset(a.id or a.text for a in everyone if (a.id or a.text) != a.country),
        words,
        mention.trigger.lower()[:5],
        mention.place.name if mention.place else None,
    )


def as_day(iso: str | None) -> datetime.date | None:
    """The first day an ISO date of any precision can mean; None for none."""
    if not iso:
        return None
    parts = [int(p) for p in iso[:10].split("-")]
    try:
        return datetime.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    except ValueError:
        return None


def same_act(a: Telling, b: Telling, options: MergingOptions) -> float:
    """How sure two tellings are of one act: 0 (no) to about 3; 1 and more means yes.

    Time, type and parties must be compatible; then the trigger, named people, the place and the words of the sentences speak for it.
    """
    if not _types(a, b) or not _times(a, b, options) or not _kinds(a, b):
        return 0.0
    parties = _parties(a, b)
    if parties == 0.0:
        return 0.0
    score = 0.35 * parties
    if a.stem == b.stem:
        score += 0.35
    elif a.mention.mode and a.mention.mode == b.mention.mode:
        score += 0.25
    if a.mention.type != b.mention.type:
        score -= 0.2
    score += 0.5 * bool(_specific(a) & _specific(b))
    if a.place and b.place:
        score += 0.3 if a.place == b.place else -0.4
    if a.dated and b.dated and a.precision == b.precision == "day":
        score += 0.25 if a.day == b.day else -0.15
    shared = len(a.words & b.words)
    smaller = max(1, min(len(a.words), len(b.words)))
    score += 1.1 * shared / smaller
    for field in ("deaths",):
        x, y = getattr(a.mention, field), getattr(b.mention, field)
        if x is not None and y is not None:
            score += 0.2 if x == y else 0.0
    return score


def _specific(t: Telling) -> frozenset[str]:
    return frozenset(p for p in t.people if len(p) > 3)


def _types(a: Telling, b: Telling) -> bool:
    x, y = a.mention.type, b.mention.type
    return x == y or frozenset((x, y)) in rules()["pairs"]


def _kinds(a: Telling, b: Telling) -> bool:
    """What is planned or supposed is not what happened; a denial joins what it denies."""
    apart = {"planned", "hypothetical"}
    x, y = a.mention.status, b.mention.status
    return (x in apart) == (y in apart) and (x == y or x not in apart)


def _times(a: Telling, b: Telling, options: MergingOptions) -> bool:
    if a.day is None or b.day is None:
        return True
    gap = abs((a.day - b.day).days)
    if a.dated and b.dated:
        if a.precision == b.precision == "day":
            return gap <= options.day_tolerance
        return gap <= 31 if "year" not in (a.precision, b.precision) else True
    return gap <= options.window


def _parties(a: Telling, b: Telling) -> float:
    """Agreement of who did it to whom: 1 both roles, .6 one role with the other silent, 0 a contradiction."""
    if a.mention.type in rules()["joint"] and b.mention.type in rules()["joint"]:
        shared = a.parties & b.parties
        if not shared:
            return 0.0
        return 1.0 if len(shared) > 1 or len(a.parties | b.parties) == 1 else 0.5
    actors, recipients = a.actors & b.actors, a.recipients & b.recipients
    if actors and recipients:
        return 1.0
    if (actors and not (a.recipients and b.recipients)) or (recipients and not (a.actors and b.actors)):
        return 0.6
    return 0.0
