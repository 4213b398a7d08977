"""Dates of publication: read from many forms, kept as exact as they are known."""

from __future__ import annotations

import datetime
import functools
import re

from .tables import table


@functools.cache
def _months() -> dict[str, int]:
    return {name: int(number) for number, names in table("fields")["months"].items() for name in names}


@functools.cache
def _forms() -> tuple[re.Pattern[str], ...]:
    month = "(?P<name>" + "|".join(sorted(_months(), key=len, reverse=True)) + r")\b\.?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    year = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d)"
    start = r"(?<![\w/.-])"
    return tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            rf"(?<!\d){year}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)",
            r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?=$|\D|\d{6}(?!\d))",
            rf"{start}{day}(?: of)?[ \-/.]*{month},?[ \-/.]*{year}",
            rf"{start}{month}[ \-/.]*{day},?[ \-/.]+(?:at )?{year}",
            rf"{start}(?P<first>\d{{1,2}})(?P<mark>[/.\-])(?P<second>\d{{1,2}})(?P=mark){year}",
            rf"(?<!\d )(?<!\d\. ){start}{month},?[ \-]+{year}",
            rf"^\s*{year}[-/](?P<month>\d{{1,2}})\s*$",
            rf"^\s*{year}\s*$",
        )
    )


_EPOCH = re.compile(r"^\d{10}(?:\d{3})?(?:\.\d+)?$")
_IN_URL = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>[01]?\d|[a-z]{3})/(?P<day>[0-3]?\d)(?=[/.?_-]|$)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>[01]\d)(?=/|$)"),
)
_IN_NAME = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_. ]?)(?P<month>[01]\d)(?P=mark)(?P<day>[0-3]\d)(?!\d)")
_MONTH_IN_NAME = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_](?P<month>[01]\d)(?!\d)")
_DAY_AND_MONTH = re.compile(r"(?P<first>\d{1,2})[/\-](?P<second>\d{1,2})[/\-]\d{4}")


def parse(value: str, *, day_first: bool | None = None) -> str | None:
    """The first date in ``value`` as YYYY-MM-DD, YYYY-MM or YYYY; None where there is none.

    ``day_first`` says how 3/4/2025 is to be read; where it is None only the year of such a date is known.
    """
    value = value.strip()
    if _EPOCH.match(value):
        seconds = float(value) / (1000 if len(value.split(".")[0]) == 13 else 1)
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    for form in _forms():
        match = form.search(value[:200])
        if match and (found := _date(match.groupdict(), day_first)):
            return found
    return None


def _date(parts: dict[str, str | None], day_first: bool | None) -> str | None:
    year = int(str(parts["year"]))
    month: int | None = None
    day = int(str(parts["day"])) if parts.get("day") else None
    if parts.get("name"):
        month = _months()[str(parts["name"]).lower()]
    elif parts.get("month"):
        written = str(parts["month"]).lower()
        month = int(written) if written.isdigit() else _months().get(written)
        if month is None:
            return None
    elif parts.get("first"):
        first, second = int(str(parts["first"])), int(str(parts["second"]))
        if first > 12 or (parts["mark"] == "." and second <= 12):
            day_first = True
        elif second > 12:
            day_first = False
        elif first == second:
            day_first = True
        if day_first is None:
            return f"{year:04}"
        day, month = (first, second) if day_first else (second, first)
    return iso(year, month, day)


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The date as ISO text, as far as it is known; None where there is no such day."""
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")


def month_number(name: str) -> int | None:
    """The month of an English month name or its abbreviation."""
    return _months().get(name.lower().rstrip("."))


def in_url(url: str) -> str | None:
    """The date that an address carries, as many news sites' do."""
    for form in _IN_URL:
        match = form.search(url)
        if match and (found := _date(match.groupdict(), None)):
            return found
    return None


def in_name(name: str) -> str | None:
    """The date that a file name carries: ``2025-07-01-report.txt``, ``agency_20250701.html``, ``2025-07.txt``."""
    for form in (_IN_NAME, _MONTH_IN_NAME):
        for match in form.finditer(name):
            if found := _date({k: v for k, v in match.groupdict().items() if k != "mark"}, None):
                return found
    return None


def is_future(date: str, latest: str) -> bool:
    """Whether an ISO date, as far as it is known, lies after the day ``latest`` (empty: today)."""
    last = latest or datetime.date.today().isoformat()
    return date > last[: len(date)]


def day_first(values: list[str]) -> bool | None:
    """How a column writes 3/4/2025, told from its other dates; None where they do not tell, or contradict each other."""
    seen = set()
    for value in values:
        match = _DAY_AND_MONTH.match(value.strip())
        if match:
            if int(match["first"]) > 12:
                seen.add(True)
            if int(match["second"]) > 12:
                seen.add(False)
    return seen.pop() if len(seen) == 1 else None
