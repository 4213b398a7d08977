"""Which mentions are compared at all: those that share a party and a kind of act, and whose days allow that they tell one act.

Each mention meets so many of its nearest in time and no more, whatever the size of the collection; what lies further apart than the
window is never compared. So a new document costs the same in a large workspace as in a small one, and leaves what is older as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Literal

from ..config import MergingOptions
from ..records import Actor, Document, Mention
from .days import as_day
from .words import act_stems, families, name_stems

#: mentions of one key looked at: of the same day, of the days around, dated by month or year
_SAME_DAY, _AROUND, _COARSE = 80, 80, 20
#: mentions that one is compared with: those that share most keys, then the nearest
_MOST = 100
_MONTH, _YEAR = 31, 366
_KEPT = 20_000  # answers kept

#: what an act answers or looks into, up to the word that tells it; days that a text names
_ANSWERED = re.compile(
    r"\b(?:in (?:response|answer|reaction|retaliation|protest) (?:to|for|at|over|against)"
    r"|(?:case|inquiry|investigation|probe)\b.{0,30}\sinto)\s(?:\S+\s+){0,9}$",
    re.IGNORECASE,
)
_DAYS = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:yesterday|today|last (?:week|night))\b|\b\d{1,2} [A-Z][a-z]+\b")

Key = tuple[str, str]
_Spots = list[tuple[int, int]]  # day, number


@dataclass(frozen=True, slots=True)
class Outline:
    """What decides with whom a mention is compared."""

    day: int | None  # ordinal: when the act is said to have happened, else when it was told; the first day of a month or year
    kind: Literal["day", "month", "year", "undated"]
    keys: tuple[Key, ...]


def outline(mention: Mention, document: Document) -> Outline:
    """The outline of a mention."""
    dated = as_day(own_date(mention))
    day = dated or as_day(document.published)
    kind = "undated" if dated is None else mention.date_precision or "day"
    parties = sorted({p for a in (*mention.actors, *mention.recipients) if (p := party(a))})
    # without a party the names of the sentence
    with_whom = parties or sorted(sentence_names(mention.sentence))
    keys = tuple((act, p) for act in _acts(mention.trigger, mention.mode) for p in with_whom)
    return Outline(day.toordinal() if day else None, kind, keys)


def own_date(mention: Mention) -> str | None:
    """When a text says that an act happened; None also for what is recalled: 'said on Sunday, in response to the raid'."""
    if mention.date is None or mention.date_precision != "day":
        return mention.date
    return None if recalled(mention) else mention.date


def recalled(mention: Mention) -> bool:
    """Whether an act is told as what another answers or looks into, without a day of its own."""
    at = mention.trigger_span[0] - mention.sentence_span[0]
    answered = _ANSWERED.search(mention.sentence[:at])
    return answered is not None and not _DAYS.search(mention.sentence, answered.end())


@lru_cache(maxsize=20_000)
def _acts(trigger: str, mode: str | None) -> tuple[str, ...]:
    """What an act is found by: the stems and families of its words, and its mode."""
    found = [*sorted(set(act_stems(trigger))), *(str(f) for f in sorted(families(trigger.lower())))]
    return tuple([*found, mode] if mode else found)


def party(actor: Actor) -> str | None:
    """Whom an actor counts for; None where it is only words ('homes', a name the directory does not know)."""
    return actor.country or (actor.id if actor.id and actor.id != actor.text else None)


@lru_cache(maxsize=20_000)
def sentence_names(sentence: str) -> frozenset[str]:
    """Stems of the names and numbers of a sentence."""
    return frozenset(name_stems("x " + sentence))


def pairs(outlines: Sequence[Outline], options: MergingOptions, of: Collection[int] | None = None) -> Iterator[tuple[int, int]]:
    """Pairs of numbers worth comparing, each once, the lower first. ``of``: only those that hold one of these."""
    wanted = range(len(outlines)) if of is None else sorted(of)
    shelf = _Shelf(outlines, None if of is None else {k for n in wanted for k in outlines[n].keys})
    days = [o.day or 0 for o in outlines]
    seen: set[tuple[int, int]] = set()
    for n in wanted:
        shared = Counter(chain.from_iterable(shelf.near(outlines[n], options)))
        shared.pop(n, None)
        others: Iterable[int] = shared
        if len(shared) > _MOST:
            day = days[n]
            others = [o for *_, o in sorted([(-count, abs(days[o] - day), o) for o, count in shared.items()])[:_MOST]]
        for other in others:
            pair = (n, other) if n < other else (other, n)
            if pair not in seen:
                seen.add(pair)
                yield pair


class _Shelf:
    """Outlines by key and kind of date, in order of their days."""

    def __init__(self, outlines: Sequence[Outline], keys: Collection[Key] | None) -> None:
        self._spots: dict[Key, dict[str, _Spots]] = defaultdict(lambda: defaultdict(list))
        self._found: dict[tuple[Key, str, str, int], Sequence[int]] = {}  # answers: acts of one day and kind have the same neighbours
        for n, o in enumerate(outlines):
            for key in o.keys:
                if keys is None or key in keys:
                    self._spots[key][o.kind].append((o.day or 0, n))
        for kinds in self._spots.values():
            for spots in kinds.values():
                spots.sort()

    def near(self, o: Outline, options: MergingOptions) -> Iterator[Sequence[int]]:
        """Numbers of the outlines that one is compared with, for each of its keys and each kind of date."""
        reach = _REACH[o.kind](options.day_tolerance, options.window)
        for key in o.keys:
            kinds = self._spots[key]
            for kind, before, after, most in reach:
                if kind in kinds:
                    asked = key, kind, o.kind, o.day or 0
                    found = self._found.get(asked)
                    if found is None:
                        if len(self._found) > _KEPT:
                            self._found.clear()
                        found = self._found[asked] = _nearest(kinds[kind], o.day or 0, before, after, most)
                    yield found


def _nearest(spots: _Spots, day: int, before: int, after: int, most: int) -> Sequence[int]:
    """Numbers of at most so many spots from some days before a day to some days after it: the nearest in time."""
    low, high = bisect_left(spots, (day - before, -1)), bisect_right(spots, (day + after + 1, -1))
    if high - low <= most:
        return [n for _, n in spots[low:high]]
    last = high - most
    while low < last:  # the nearest are neighbours on the shelf: where their row begins; the later of two equally far is nearer
        middle = (low + last) // 2
        left, right = spots[middle][0], spots[middle + most][0]
        if left < day and right - day <= day - left:
            low = middle + 1
        else:
            last = middle
    return [n for _, n in spots[low : low + most]]


def _of_a_day(tolerance: int, window: int) -> tuple[tuple[str, int, int, int], ...]:
    return (
        ("day", tolerance, tolerance, _SAME_DAY),
        ("undated", 0, window, _AROUND),  # told on the day or after
        ("month", _MONTH, 0, _COARSE),
        ("year", _YEAR, 0, _COARSE),
    )


def _of_no_day(_: int, window: int) -> tuple[tuple[str, int, int, int], ...]:
    return (
        ("day", window, 0, _AROUND),
        ("undated", window, window, _AROUND),
        ("month", window, 0, _COARSE),
        ("year", window, 0, _COARSE),
    )


def _of_a_month(_: int, window: int) -> tuple[tuple[str, int, int, int], ...]:
    return ("day", 0, _MONTH, _AROUND), ("undated", 0, window, _AROUND), ("month", 0, 0, _COARSE), ("year", _YEAR, 0, _COARSE)


def _of_a_year(_: int, window: int) -> tuple[tuple[str, int, int, int], ...]:
    return ("day", 0, _YEAR, _AROUND), ("undated", 0, window, _AROUND), ("month", 0, _YEAR, _COARSE), ("year", 0, 0, _COARSE)


#: for an outline dated so: the kinds it is compared with, days before and after, how many
_REACH = {"day": _of_a_day, "undated": _of_no_day, "month": _of_a_month, "year": _of_a_year}
