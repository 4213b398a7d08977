"""Words, patterns and arithmetic of dates: what ``dates`` reads sentences with."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from ..knowledge.lexicon import load_lexicon
from ..records import DatePrecision

Anchor = Literal["published", "context", "absolute"]
#: words that count back from the anchor, and on
BEFORE = {"last", "past", "previous", "preceding", "the previous", "earlier", "this past", "the past"}
AFTER = {"next", "coming", "this coming", "the following", "following", "the next", "the coming"}
#: before a bare number of four digits that is a year
YEAR_CLUE = re.compile(
    r"(?i:\b(?:in|since|by|until|till|from|during|of|before|after|through|throughout|around|year|circa|back in|to|for|and|as of)\s|\(|,\s)$"
)
#: a determiner or possessor before a date that modifies a noun; before a year perhaps with one word between
HELD_CLOSELY = re.compile(r"(?i:\b(?:the|an?|its|his|her|their|our|this|\w+['’]s))\s$")
HELD = re.compile(
    r"(?i:\b(?:the|an?|its|his|her|their|our|this|\w+['’]s))\s(?:(?!(?:in|since|by|of|from|until|before|after|during|to|and|for)\b)\w+\s)?$"
)


@dataclass(frozen=True, slots=True)
class DateRules:
    """The compiled lexicon of dates."""

    needs: re.Pattern[str]
    not_dates: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    bound: re.Pattern[str]
    month_cue: re.Pattern[str]
    patterns: tuple[tuple[str, str, re.Pattern[str]], ...]  # what it needs, kind, pattern
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    holidays: dict[str, str]
    named: dict[str, str]
    ambiguous: frozenset[str]

    def count(self, words: str) -> int | None:
        """The number in words or digits; None where it is vague."""
        words = words.lower()
        if words.isdigit():
            return int(words)
        tens, _, ones = words.partition("-")
        if tens not in self.numbers:
            return None
        return self.numbers[tens] + (self.numbers[ones] if ones else 0)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _need(pattern: str) -> str:
    """Which of the lexicon's ``needs`` a pattern has: by the slots in it."""
    slots = (("month", r"\{[mM]onth\}|\{named\}"), ("weekday", r"\{weekday\}"), ("word", r"\{holiday\}"), ("year", r"\?P<y>"))
    return next((need for need, slot in slots if re.search(slot, pattern)), "word")


@lru_cache(maxsize=1)
def date_rules() -> DateRules:
    """Reads and compiles ``lexicon/dates.yaml``, once."""
    lexicon = load_lexicon("dates")
    full, short = lexicon["months"], lexicon["month_abbreviations"]
    slots = {
        "month": rf"\b(?:(?:{_either(full)})|(?:{_either(short)})\b\.?)",
        "Month": rf"\b(?:{_either(full)})",
        "day": r"(?<![\d.,$€£#:/–-])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:%]|[,.]\d)\b",
        "day2": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:%]|[,.]\d)\b",
        "year": r"(?:1[5-9]|20)\d\d",
        "weekday": rf"\b(?:{_either(lexicon['weekdays'])})\b",
        "n": rf"\b(?:\d{{1,3}}|(?i:{_either(lexicon['numbers'])})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)",
        "dash": r"\s?[–—-]\s?",
        "part": r"(?:\b[Ii]n\s)?(?:\bthe\s)?\b(?:[Ee]arly|[Ll]ate|[Mm]id|[Ee]arlier\sin|[Ll]ater\sin|"
        r"(?:[Ss]tart|[Bb]eginning|[Mm]iddle|[Ee]nd|first\shalf|second\shalf)\sof)[\s-]",
        "counted": _either(lexicon["counted"]),
        "named": _either(lexicon["named_days"]),
        "holiday": _either(lexicon["holidays"]),
    }  # fmt: skip
    patterns = tuple((_need(p), kind, re.compile(p.format(**slots))) for kind, p in lexicon["patterns"].items())
    needs = "|".join(f"(?P<{need}>{pattern.format()})" for need, pattern in lexicon["needs"].items())
    bounds = _either(lexicon["bounds"])
    return DateRules(
        needs=re.compile(rf"\b(?:{needs})"),
        not_dates=re.compile(rf"\b(?:{lexicon['not_dates']})\b"),
        future=re.compile(rf"(?<!\w)(?:{lexicon['future_cues']})(?!\w)(?:\sto)?(?:\sbe\s\w+)?"),
        past=re.compile(rf"\b(?:{lexicon['past_cues']})\b"),
        bound=re.compile(rf"\b(?i:{bounds})\s(?:(?:at least|about|around|late|early|mid|(?<!by )(?:the|its|their|his|her|a))\s)*$"),
        month_cue=re.compile(rf"(?:\b(?i:{_either(lexicon['month_cues'])})[\s-]|\b(?i:in|between)\s[A-Z]\w+\s(?:and|or)\s)$"),
        patterns=patterns,
        months={**full, **short},
        weekdays=lexicon["weekdays"],
        numbers=lexicon["numbers"],
        holidays=lexicon["holidays"],
        named=lexicon["named_days"],
        ambiguous=lexicon["ambiguous_months"],
    )


@dataclass(frozen=True, slots=True)
class Anchored:
    """A date that others are counted from, and how exactly it is known."""

    day: date  # the last day of the month or year where no more is known
    precision: DatePrecision

    @classmethod
    def of(cls, iso: str | None) -> Anchored | None:
        """Reads ISO YYYY, YYYY-MM, YYYY-MM-DD (what follows the day is passed over); None for anything else."""
        match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", iso or "")
        if match is None:
            return None
        year, month, day = (int(g) if g else None for g in match.groups())
        try:
            if year is None or month is None:
                return cls(date(year or 1, 12, 31), "year")
            if day is None:
                return cls(date(year, month, calendar.monthrange(year, month)[1]), "month")
            return cls(date(year, month, day), "day")
        except ValueError:
            return None


def coarser(a: DatePrecision, b: DatePrecision) -> DatePrecision:
    """The less exact of two precisions."""
    order: tuple[DatePrecision, ...] = ("day", "month", "year")
    return order[max(order.index(a), order.index(b))]


def iso_of(day: date, precision: DatePrecision) -> str:
    """ISO date cut to the precision."""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def months_on(day: date, months: int) -> date:
    """The first day of the month ``months`` after that of ``day``."""
    k = day.year * 12 + day.month - 1 + months
    return date(k // 12, k % 12 + 1, 1)


def number_of(day: str) -> int:
    """The number in '27th'."""
    return int(re.sub(r"\D", "", day))


def day_or_month(year: int, month: int, day: int | None) -> date:
    """The day, or the month's first; 29 February falls on 1 March of common years."""
    try:
        return date(year, month, day or 1)
    except ValueError:
        return date(year, month, 28) + timedelta(days=1)


def shifted(day: date, n: int, unit: str) -> tuple[date, DatePrecision]:
    """``day`` moved by n units, with the precision that counting in that unit has."""
    if unit in ("minute", "hour"):
        hours = n / 60 if unit == "minute" else n
        return day + timedelta(days=int(hours / 24)), "day"
    if unit in ("day", "night"):
        return day + timedelta(days=n), "day"
    if unit == "week":
        return day + timedelta(weeks=n), "month"
    if unit == "month":
        return months_on(day, n), "month"
    return date(day.year + n, 1, 1), "year"


@dataclass(frozen=True, slots=True)
class When:
    """What an expression resolves to, before it is written down."""

    day: date
    precision: DatePrecision
    end: date | None = None
    anchor: Anchor = "absolute"
    since: bool = False
    follows: bool = False


#: kinds of pattern that are read in the same way
FAMILY = {
    "range_md_md": "day", "range_dm_dm": "day", "range_md": "day", "range_dm": "day", "md": "day", "dm": "day",
    "part_month": "month", "month_year": "month", "month_rel_year": "month", "month_rel": "month",
    "season_year": "year", "year_range": "year", "part_year": "year",
}  # fmt: skip
