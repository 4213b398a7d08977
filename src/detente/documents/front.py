"""What stands at the head of a text besides the report: labelled lines, YAML front matter, date lines, bylines, datelines."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

import yaml

from ..records import Span
from . import dates
from .repair import standing
from .tables import table

_YAML = re.compile(r"\A\s*---[ \t]*\r?\n(?P<block>.{0,8000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LABEL = re.compile(r"[ \t]*[*_#]{0,3}(?P<label>[A-Za-z][A-Za-z ]{0,24}?)[ \t]*:[*_]{0,2}[ \t]*(?P<value>[^\r\n]{0,600})\r?(?:\n|\Z)")
_BLANK = re.compile(r"[ \t\r]*\n")
_LINE = re.compile(r"[^\r\n]*\r?(?:\n|\Z)")
_BYLINE = re.compile(r"^(?:By|BY|by)\s+(?P<name>[A-Z][\w.'’-]+(?:(?: |, | and )(?:[A-Z][\w.'’-]*|of|de|van|bin|al)){0,8})\s*$")
_DATE_LINE = re.compile(r"^(?:(?:(?:first )?published|posted|(?:last )?updated|issued|(?:release )?date)\b[ :]*(?:on )?)?", re.IGNORECASE)

_IMPRINT = re.compile(
    r"(?P<outlet>(?:The |A |Le |Der |Die )?[A-Z][\w.’'&-]*(?: (?:[A-Z][\w.’'&-]*|of|the|and|de)){0,5})(?P<mark> ?[|,·•–—-] ?)(?P<rest>.*)$"
)

_PLACE = r"(?:[A-Z][A-Za-zÀ-ž.'’-]*[A-Za-zÀ-ž.](?:[ /-][A-Z][A-Za-zÀ-ž.'’-]*){0,3})(?:, [A-Z][A-Za-zÀ-ž. ]{1,24}?)?"
_DATE = (
    r"(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?"
    r"|(?P<day2>\d{1,2}) (?P<month2>[A-Z][a-z]{2,8})\.?(?:,? (?P<year2>\d{4}))?"
)
_BRACKET = r"[(\[](?P<agency>[A-Z][\w.’' /&-]{1,30})[)\]]"
#: BAKU, July 1 (Agency) — / MOSCOW (Agency) - / Tbilisi, 3 July 2025 – / ANKARA, June 30. /TASS/.
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})"
    rf"(?:(?:,? |, )(?:{_DATE})\.?)?"
    rf"(?:[ ,]*(?:{_BRACKET}|/(?P<slashed>[A-Z][\w .-]{{1,20}})/\.?))?"
    r"[ ]?(?P<mark>--|[—–-]|:|(?<=/\.)|(?<=/)|(?<=\]))(?: |$)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(slots=True)
class Front:
    """What the head of a text says about it. ``published`` is the date as written, ``end`` where the report begins."""

    fields: dict[str, str] = field(default_factory=dict)
    end: int = 0


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place, date and agency before a report's first sentence; ``date`` is ISO, ``inferred`` where its year was not written."""

    span: Span
    place: str
    date: str | None
    inferred: bool
    outlet: str | None


@functools.cache
def _labels() -> dict[str, str]:
    return {label: name for name, labels in table("fields")["labels"].items() for label in labels}


def read(text: str) -> Front:
    """The labelled lines or the YAML front matter that ``text`` begins with. Text that has none gives an empty :class:`Front`."""
    match = _YAML.match(text)
    if match:
        found = _yaml(match["block"])
        if found is not None:
            return Front(found, match.end())
    return _labelled(text)


def _yaml(block: str) -> dict[str, str] | None:
    try:
        loaded = yaml.load(block, Loader=yaml.BaseLoader)  # a safe loader: every scalar stays a string
    except (yaml.YAMLError, RecursionError):
        # A title with a colon in it is no YAML and meant nonetheless.
        loaded = {m["label"]: m["value"].strip(" \t'\"") for line in block.splitlines() if (m := _LABEL.match(line))}
    if not isinstance(loaded, dict) or not loaded:
        return None
    fields: dict[str, str] = {}
    for key, value in loaded.items():
        name = _labels().get(str(key).lower().replace("_", " ").replace("-", " "))
        if isinstance(value, list):
            value = ", ".join(str(v) for v in value)
        if name and name != "ignored" and isinstance(value, str) and value.strip():
            fields.setdefault(name, value.strip())
    return fields


def _labelled(text: str) -> Front:
    front = Front()
    at = _skip_blank(text, 0)
    first = _LABEL.match(text, at)
    if not (first and _known(first)):
        # A title may stand above the labels; then the labels must follow it directly.
        line = _LINE.match(text, at)
        if not line or not 0 < len(line.group().strip()) <= 200:
            return front
        after = _LABEL.match(text, _skip_blank(text, line.end()))
        if not (after and _known(after) and (more := _LABEL.match(text, _skip_blank(text, after.end()))) and _known(more)):
            return front
        front.fields["title"] = line.group().strip()
        at = _skip_blank(text, line.end())
    while (match := _LABEL.match(text, at)) and (name := _known(match)):
        if name != "ignored" and match["value"].strip():
            front.fields.setdefault(name, match["value"].strip(" \t*_"))
        front.end = at = match.end()
        blank = _skip_blank(text, at)
        if text[at:blank].count("\n") > 1:
            break
        at = blank
    if front.end and not text[front.end :].strip():
        return Front()
    return front


def _known(match: re.Match[str]) -> str | None:
    return _labels().get(" ".join(match["label"].lower().split()))


def _skip_blank(text: str, at: int) -> int:
    while match := _BLANK.match(text, at):
        at = match.end()
    return at


def byline(lines: list[str]) -> str | None:
    """The author of a line of its own, ``By Jane Doe``, among the first lines."""
    for line in lines[:4]:
        match = _BYLINE.match(line.strip())
        if match and len(line) < 90:
            return match["name"]
    return None


@dataclass(frozen=True, slots=True)
class Imprint:
    """A line that names outlet and day: ``The Harbour Review, 7 July 2025. Opinion.``, ``Harbour Wire | 7 July 2025 | page 3``."""

    line: str
    outlet: str
    date: str


def imprint(lines: list[str]) -> Imprint | None:
    """The imprint among the first lines of a text."""
    for line in lines[:5]:
        match = _IMPRINT.match(line) if len(line) <= 120 else None
        if not match or not (date := dates.parse(match["rest"][:40])) or len(date) < 7:
            continue
        words = [w.lower() for w in match["outlet"].split()]
        if "|" in match["mark"] or words[0] == "the" or set(words) & set(table("fields")["media_words"]):
            return Imprint(line, match["outlet"], date)
    return None


def date_line(lines: list[str]) -> str | None:
    """The date of a line that holds little else, among the first and the last lines: ``Published 3 July 2025, 10:15``."""
    for line in [*lines[1:6], *lines[:1], *lines[-2:]]:
        short = line.strip()
        if not 6 <= len(short) <= 60 or not any(c.isdigit() for c in short):
            continue
        found = dates.parse(_DATE_LINE.sub("", short))
        rest = re.sub(r"(?i)[\d\W_]|st|nd|rd|th|am|pm|gmt|utc|[bcem]s?e?t\b", "", _DATE_LINE.sub("", short))
        if found and len(found) > 4 and len(rest) <= 20 and len(standing.letters(short)) <= 40:
            return found
    return None


def dateline(text: str, *, year: int | None, latest: str) -> Dateline | None:
    """The dateline that one of the first three paragraphs of ``text`` begins with.

    Where it names no year, ``year`` (known from elsewhere) is taken, else the latest year named in the first 2,000 characters that
    does not make it lie after ``latest``.
    """
    at = 0
    for line in text[:4000].split("\n", 6)[:6]:
        match = _DATELINE.match(line)
        if match and _is_dateline(match) and (match.end() < len(line) or match["agency"]):
            span = (at, at + len(match.group().rstrip()))
            agency = match["agency"] or match["slashed"]
            name = match["month"] or match["month2"]
            date, inferred = None, False
            if name and (month := dates.month_number(name)):
                day = int(match["day"] or match["day2"])
                written = match["year"] or match["year2"]
                if written:
                    date = dates.iso(int(written), month, day)
                else:
                    inferred = True
                    years = [year] if year else sorted({int(y) for y in _YEAR.findall(text[:2000])}, reverse=True)
                    date = next((d for y in years if (d := dates.iso(y, month, day)) and not dates.is_future(d, latest)), None)
            return Dateline(span, match["place"], date, inferred, agency.strip() if agency else None)
        at += len(line) + 1
    return None


def _is_dateline(match: re.Match[str]) -> bool:
    """A dash alone shows a dateline only after a place in capitals; a colon only after an agency."""
    place = match["place"]
    dated = bool(match["month"] or match["month2"])
    if dated and not dates.month_number(match["month"] or match["month2"]):
        return False
    told = bool(match["agency"] or match["slashed"])
    if match["mark"] == ":":
        return told
    if match["mark"] == "":
        return told
    return told or dated or (place.split(",")[0].isupper() and len(place) > 3)
