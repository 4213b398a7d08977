"""When a sentence says that something happened: date expressions with the precision they have, never more.

Own rules (words and patterns are data, ``lexicon/dates.yaml``), because general date parsers turn 'in 2001' into a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from ..records import DatePrecision, Span
from .date_rules import (
    AFTER,
    BEFORE,
    FAMILY,
    HELD,
    HELD_CLOSELY,
    YEAR_CLUE,
    Anchor,
    Anchored,
    DateRules,
    When,
    coarser,
    date_rules,
    day_or_month,
    iso_of,
    number_of,
    shifted,
)  # fmt: skip

TellTense = Literal["past", "future"]
#: how far a telling may lie from its publication before dates without a year are read by the last date told instead
_FAR = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date expression. ``span`` in characters of the text given; ``start``, ``end`` ISO dates cut to ``precision``."""

    span: Span
    start: str
    precision: DatePrecision
    end: str | None = None
    relative: bool = False
    anchor: Anchor = "absolute"
    since: bool = False  # a bound or a background ("since 2012", "ahead of the 2024 election"), not when the act itself took place
    follows: bool = False  # of those, the day of what the next words tell ("came a day after the vote")
    modifier: bool = False  # stands before a noun and dates that noun alone ("the 2015 deal", "the June 27 raid")


def find_dates(text: str, published: str | None, context: str | None = None, tense: TellTense | None = None) -> list[DateFound]:
    """The date expressions of a sentence, in text order.

    ``published``: ISO day, month or year of the document; ``context``: the last date that the document told before this sentence.
    ``tense`` settles on which side of the publication weekdays and dates without a year lie; None: read it from the words around each.
    What cannot be anchored is left out; what can be anchored only to a month (weekdays of a document dated ``2025-07``) is a month.
    """
    rules = date_rules()
    needs = {match.lastgroup for match in rules.needs.finditer(text)}
    if not needs:
        return []
    return _Reading(text, Anchored.of(published), Anchored.of(context), tense, rules).dates(needs)


class _Reading:
    """One sentence being read."""

    def __init__(self, text: str, published: Anchored | None, context: Anchored | None, tense: TellTense | None, rules: DateRules) -> None:
        self.text = text
        self.published = published
        self.context = context
        self.told = tense
        self.rules = rules

    def dates(self, needs: Collection[str | None]) -> list[DateFound]:
        """All dates in text order; offsets ('a day earlier') last, since they count from the other dates of the sentence."""
        taken = bytearray(len(self.text) + 1)
        for match in self.rules.not_dates.finditer(self.text):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        found: list[DateFound] = []
        offsets: list[re.Match[str]] = []
        for kind, match in self._matches(taken, needs):
            if kind in ("offset_day", "same_day"):
                offsets.append(match)
                continue
            when = self._resolve(kind, match)
            if when is not None:
                found.append(self._written(kind, match, when))
        for match in sorted(offsets, key=lambda m: m.start()):
            when = self._offset(match, found)
            if when is not None:
                found.append(self._written("offset", match, when))
        return sorted(found, key=lambda d: d.span)

    def _matches(self, taken: bytearray, needs: Collection[str | None]) -> Iterator[tuple[str, re.Match[str]]]:
        for need, kind, pattern in self.rules.patterns:
            if need not in needs:
                continue
            for match in pattern.finditer(self.text):
                start, end = match.span()
                if any(taken[start:end]) or not self._allowed(kind, match):
                    continue
                taken[start:end] = b"\1" * (end - start)
                yield kind, match

    def _allowed(self, kind: str, match: re.Match[str]) -> bool:
        """Whether a month or a number of four digits is really a date here."""
        before, after = self.text[: match.start()], self.text[match.end() :]
        if kind == "month" and match["m"] in self.rules.ambiguous:
            named = re.match(r"\s[A-Z]", after) is not None and not re.search(r"(?i:in|since|until|last|next|this)\s$", before)
            return self.rules.month_cue.search(before) is not None and not named
        if kind == "year":
            clue = YEAR_CLUE.search(before)
            if clue is not None:
                return 1500 <= int(match["y"]) <= 2099 and not (
                    clue[0].lower() in ("to ", "of ", "for ", "and ", ", ") and int(match["y"]) < 1800
                )
            held = HELD.search(before)
            return held is not None and re.match(r"\s[a-zA-Z]", after) is not None and int(match["y"]) >= 1800
        return True

    def _written(self, kind: str, match: re.Match[str], when: When) -> DateFound:
        start = match.end() - len(match.group(0).lstrip())
        before, after = self.text[:start], self.text[match.end() :]
        modifier = kind in ("year", "weekday", "md", "dm", "month", "month_year", "iso", "named_day") and (
            (HELD if kind == "year" else HELD_CLOSELY).search(before) is not None and re.match(r"\s[a-zA-Z]", after) is not None
        )
        last = match.group(0).endswith(("’s", "'s"))
        bound = self.rules.bound.search(before) is not None and kind != "offset"
        end = iso_of(when.end, when.precision) if when.end is not None else None
        relative = when.anchor != "absolute"
        span = (start, match.start() + len(match.group(0).rstrip()))
        return DateFound(
            span,
            iso_of(when.day, when.precision),
            when.precision,
            end,
            relative,
            when.anchor,
            when.since or bound,
            when.follows,
            modifier or last,
        )

    def _tense(self, match: re.Match[str]) -> TellTense | None:
        """Whether the words around look ahead or back: the nearest cue before the date, else the first one after it."""
        if self.told is not None:
            return self.told
        window = self.text[max(0, match.start() - 70) : match.start()]
        nearest: tuple[int, TellTense] | None = None
        cues: tuple[tuple[TellTense, re.Pattern[str]], ...] = (("future", self.rules.future), ("past", self.rules.past))
        for tense, pattern in cues:
            for cue in pattern.finditer(window):
                if nearest is None or cue.end() > nearest[0]:
                    nearest = (cue.end(), tense)
        if nearest is not None:
            return nearest[1]
        after = self.text[match.end() : match.end() + 90]
        first = [(cue.start(), tense) for tense, pattern in cues for cue in [pattern.search(after)] if cue is not None]
        return min(first, key=lambda f: f[0])[1] if first else None

    # ------------------------------------------------------------ kinds of expression
    def _resolve(self, kind: str, match: re.Match[str]) -> When | None:
        try:
            reader: Callable[[re.Match[str], dict[str, Any]], When | None] = getattr(self, f"_{FAMILY.get(kind, kind)}")
            return reader(match, {k: v for k, v in match.groupdict().items() if v is not None})
        except (ValueError, OverflowError):  # 31 June, year 0: no date
            return None

    def _month_number(self, name: str) -> int:
        return self.rules.months[name.rstrip(".")]

    def _named_day(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        day = date.fromisoformat(self.rules.named[g["named"]])
        if self.published is not None and self.published.day < day:
            return None
        return When(day, "day")

    def _iso(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        return When(date(int(g["y"]), int(g["m"]), int(g["d"])), "day")

    def _numeric(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        a, b, year = int(g["a"]), int(g["b"]), int(g["y"])
        if g["sep"] == "." or a > 12:
            return When(date(year, b, a), "day")
        return When(date(year, a, b), "day") if b > 12 or a == b else None  # 03/04 may be either

    def _day(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        """A day or a run of days in named months, with or without the year."""
        month, day = self._month_number(g["m"]), number_of(g["d"])
        month2, day2 = self._month_number(g.get("m2", g["m"])), number_of(g.get("d2", g["d"]))
        if "y" in g:
            year, anchor = int(g["y"]), "absolute"
        else:
            chosen = self._year_for(month, day, match)
            if chosen is None:
                return None
            year, anchor = chosen
        start = date(int(g.get("y1", year)), month, day)
        end = date(year + (month2 < month and "y" not in g), month2, day2)
        if "y" in g and end < start:
            start = date(year - 1, month, day)
        return When(start, "day", end if end > start else None, anchor)  # type: ignore[arg-type]

    def _year_for(self, month: int, day: int | None, match: re.Match[str]) -> tuple[int, Anchor] | None:
        """The year of a date told without one: nearest before publication, ahead where the words say so."""
        base = self.published or self.context
        if base is None:
            return None
        weekday = match.groupdict().get("w")
        if weekday is not None and day is not None and self.published is not None:
            wanted, now = self.rules.weekdays[weekday], self.published.day
            right = [y for y in range(now.year - 5, now.year + 2) if day_or_month(y, month, day).weekday() == wanted]
            if right:
                return min(right, key=lambda y: abs(day_or_month(y, month, day) - now)), "published"
        if day is not None and self.context is not None and self.published is not None and self.published.day - self.context.day > _FAR:
            near = self.context.day
            return min(range(near.year - 1, near.year + 2), key=lambda y: abs(day_or_month(y, month, day) - near)), "context"
        now, anchor = base.day, "published" if base is self.published else "context"
        tense = self._tense(match)
        options = [now.year - 1, now.year, now.year + 1]
        first = now.replace(day=1) if day is None or base.precision != "day" else now
        if tense == "future":
            options = [y for y in options if day_or_month(y, month, day) >= first]
            return options[0], anchor  # type: ignore[return-value]
        if tense == "past":
            options = [y for y in options if day_or_month(y, month, day) <= now]
            return options[-1], anchor  # type: ignore[return-value]
        ahead = timedelta(days=45)
        options = [y for y in options if day_or_month(y, month, day) - now <= ahead]
        return options[-1], anchor  # type: ignore[return-value]

    def _month(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        """A month, with a year, 'of last year', or by itself."""
        month = self._month_number(g["m"])
        if "y" in g:
            return When(date(int(g["y"]), month, 1), "month")
        if "rel" in g:
            base = self.published or self.context
            if base is None:
                return None
            rel = g["rel"].lower()
            if "year" in match.group(0):
                return When(date(base.day.year + {"last": -1, "this": 0, "next": 1}[rel], month, 1), "month", anchor="published")
            year = base.day.year
            if rel in BEFORE and month >= base.day.month:
                year -= 1
            elif rel in AFTER and month <= base.day.month:
                year += 1
            return When(date(year, month, 1), "month", anchor="published")
        chosen = self._year_for(month, None, match)
        return None if chosen is None else When(date(chosen[0], month, 1), "month", anchor=chosen[1])

    def _year(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        year = int(g["y"])
        end = None
        if "y2" in g:
            last = int(g["y2"]) if len(g["y2"]) == 4 else year // 100 * 100 + int(g["y2"])
            if last <= year:
                return None
            end = date(last, 12, 31)
        return When(date(year, 1, 1), "year", end)

    def _decade(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        return When(date(int(g["y"]), 1, 1), "year", date(int(g["y"]) + 9, 12, 31), since=True)

    def _season(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        if self.published is None:
            return None
        shift = {"last": -1, "this": 0, "next": 1}[g["rel"].lower()]
        season = match.group(0).lower().split()[-1]
        begun = self.published.day.month >= {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[season]
        if shift == -1 and begun and season != "winter" and self.published.day.month >= {"spring": 6, "summer": 9}.get(season, 12):
            shift = 0  # 'last spring', said in the autumn
        return When(date(self.published.day.year + shift, 1, 1), "year", anchor="published")

    def _holiday(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        month, day = (int(v) for v in self.rules.holidays[g["holiday"]].split("-"))
        if "y" in g:
            return When(date(int(g["y"]), month, day), "day")
        chosen = self._year_for(month, day, match)
        return None if chosen is None else When(date(chosen[0], month, day), "day", anchor=chosen[1])

    def _from_published(self, day: date, precision: DatePrecision, end: date | None = None) -> When | None:
        """A date counted from publication: no more exact than publication itself is known."""
        if self.published is None:
            return None
        known = self.published.precision
        if known == "day" or (known == "month" and precision == "year"):
            return When(day, precision, end, "published")
        now = self.published.day
        return When(now if precision == "day" or known == "year" else day, coarser(precision, known), None, "published")

    def _weekday(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        if self.published is None:
            return None
        now, wanted, rel = self.published.day, self.rules.weekdays[g["w"]], g.get("rel", "").lower()
        if rel in ("the following", "the previous", "the next", "following", "previous") and self.context is not None:
            base, anchor = self.context, "context"
            step = 1 if "previous" not in rel else -1
            days = (wanted - base.day.weekday()) * step % 7 or 7
            return When(base.day + timedelta(days=days * step), base.precision, anchor=anchor) if base.precision == "day" else None  # type: ignore[arg-type]
        back = (now.weekday() - wanted) % 7
        if rel in BEFORE - {"earlier"}:
            return self._from_published(now - timedelta(days=back or 7), "day")
        if rel in AFTER:
            return self._from_published(now + timedelta(days=-back % 7 or 7), "day")
        if self._tense(match) == "future" and rel != "earlier":
            return self._from_published(now + timedelta(days=-back % 7), "day")
        return self._from_published(now - timedelta(days=back), "day")

    def _weekday_week(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        if self.published is None:
            return None
        now = self.published.day
        monday = now - timedelta(days=now.weekday()) + timedelta(weeks={"last": -1, "this": 0, "next": 1}[g["rel"]])
        return self._from_published(monday + timedelta(days=self.rules.weekdays[g["w"]]), "day")

    def _weekend(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        if self.published is None:
            return None
        now, rel = self.published.day, g["rel"].lower()
        saturday = now - timedelta(days=(now.weekday() - 5) % 7)
        ahead = rel == "next" or (rel in ("this", "the") and now.weekday() < 5 and self._tense(match) == "future")
        if ahead:
            saturday += timedelta(weeks=1)
        return self._from_published(saturday, "day", saturday + timedelta(days=1))

    def _day_word(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        if self.published is None:
            return None
        word = g["word"].lower()
        shift = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1, "the day after tomorrow": 2}.get(word, 0)
        return self._from_published(self.published.day + timedelta(days=shift), "day")

    def _ago(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        if self.published is None:
            return None
        n = self.rules.count(g["n"])
        if n is None:
            return None
        return self._from_published(*shifted(self.published.day, -n, g["unit"]))

    def _past_span(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        """'in the past 24 hours', 'over the last three weeks': a run up to publication."""
        if self.published is None:
            return None
        now, unit = self.published.day, g["unit"]
        n = self.rules.count(g.get("n", "one"))
        if n is None or unit in ("decade", "century", "quarter"):
            return None
        if unit == "hour":
            return self._from_published(now - timedelta(days=max(1, round(n / 24))), "day", now)
        start, precision = shifted(now, -n, unit)
        when = self._from_published(start, precision, now)
        return None if when is None else replace(when, since=n > 1 and unit != "day")

    def _unit(self, match: re.Match[str], g: dict[str, str]) -> When | None:
        """'last week', 'earlier this month', 'next year'; weeks are told to the month, for no finer precision than that is sure."""
        rel = g["rel"].lower()
        shift = -1 if rel in BEFORE else 1 if rel in AFTER else 0
        if rel in ("the previous", "the following", "that"):
            if self.context is None:
                return None
            return replace(When(*shifted(self.context.day, shift, g["unit"])), anchor="context")
        if self.published is None:
            return None
        day, precision = shifted(self.published.day, shift, g["unit"])
        if g["unit"].startswith("week"):  # a week that lies in two months is surely of neither
            monday = day - timedelta(days=day.weekday())
            sunday = monday + timedelta(days=6)
            if monday.month != sunday.month:
                return self._from_published(day, "year") if monday.year == sunday.year else None
        return self._from_published(day, precision)

    # ------------------------------------------------------------ counted from other dates
    def _offset(self, match: re.Match[str], found: list[DateFound]) -> When | None:
        """'a day earlier', 'the following day', 'two days after the raid': from the date told before it."""
        g = match.groupdict()
        told = [d for d in found if d.precision == "day" and d.span[1] <= match.start() and not d.since]
        base = Anchored.of(told[-1].start) if told else self.context
        if g.get("that") or g.get("which"):
            if base is None or base.precision != "day":
                return None
            shift = {"previous": -1, "preceding": -1, "next": 1, "following": 1}.get(g.get("which") or "", 0)
            return When(base.day + timedelta(days=shift), "day", anchor="context")
        n, way = self.rules.count(g["n"]), g["dir"]
        if n is None:
            return None
        sign = -1 if way in ("earlier", "before", "previously", "prior") else 1
        if g["more"] and way in ("before", "after"):
            return self._after_what(match, found, base, sign * n, g["unit"], bool(told))
        if base is None and sign < 0:
            base = self.published
        if base is None:
            return None
        day, precision = shifted(base.day, sign * n, g["unit"])
        return When(day, coarser(precision, base.precision), anchor="context")

    def _after_what(
        self, match: re.Match[str], found: list[DateFound], base: Anchored | None, n: int, unit: str, here: bool
    ) -> When | None:
        """'two days after the June 27 raid' is 29 June; with no date told for what follows, only that other act is dated: a background.
        ``here``: the base was told in the same sentence ('Monday's strike came a day after the vote')."""
        following = [d for d in found if match.end() <= d.span[0] <= match.end() + 45 and d.precision == "day"]
        if following and not re.search(r"[,;:]", self.text[match.end() : following[0].span[0]]):
            day, precision = shifted(date.fromisoformat(following[0].start), n, unit)
            return When(day, precision, anchor=following[0].anchor)
        if base is None:
            return None
        day, precision = shifted(base.day, -n, unit)
        return When(day, coarser(precision, base.precision), anchor="context", since=True, follows=here)
