"""The language of assumptions: text in, :class:`Assumption` out, or an error that says which word was not understood (S01–S07)."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Collection, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from ..errors import ScenarioError
from ..measures import load_scale
from ..records import TYPES
from .assumption import Act, Assumption, Course, Removal, Resolve, Step

_ARROW = re.compile(r"\s*(?:→|->|=>)\s*")
_TIMES = re.compile(r"(?i)x(\d+)|times=(\d+)")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_EVENT = re.compile(r"e\d[\w-]*-[0-9a-f]+")
_COURSE = re.compile(
    r"(?ix)^(?P<sides>.+?)\s+(?:(?P<word>cooperative|friendly|hostile|conflictual)\s+)?at\s+(?P<level>[+\-−–]?\d+(?:\.\d+)?)"
    r"\s+for\s+(?P<weeks>\d+)\s*(?:weeks?|w)(?:\s+(?:from|on)\s+(?P<date>\S+))?$"
)
_UNDONE = re.compile(r"(?is)^as\s+if\s+(.+?)\s+(?:had|has)\s+(?:not|never)\s+happened$|^(?:without|not|remove)\s+(.+)$")
_ANY_TYPE = "|".join(TYPES)
_JOIN = re.compile(rf"\s*;\s*|\s*\n\s*|\s+and\s+(?=(?:without\b|as\s+if\b|[\w\s.'’()-]+(?:→|->|=>)|[\w\s.'’()-]+?\s(?:{_ANY_TYPE})\b))")
_MOST_WEEKS = 52


def parse(text: str, resolve: Resolve, known: Collection[str] = ()) -> Assumption:
    """The assumption that a text states. ``known``: the codes of actors that are told of, for hints.

    Raises :class:`~detente.errors.ScenarioError`: S01 not understood, S02 unknown actor, S03 a type without recipient, S04 unknown type,
    S05 unknown mode, S06 no date.
    """
    lines = [line.split("#")[0].strip() for line in text.replace("\r", "").split("\n")]
    parts = [p.strip(" .") for line in lines for p in _JOIN.split(line) if p and p.strip(" .")]
    if not parts:
        raise ScenarioError("S01", text=text.strip() or "(nothing)", why="nothing is assumed")
    return Assumption("; ".join(parts), tuple(_step(p, resolve, known) for p in parts))


def parse_file(path: str | Path, resolve: Resolve, known: Collection[str] = ()) -> Assumption:
    """The assumptions of a file, one a line; what follows ``#`` is a remark. Raises S07 where it cannot be read."""
    try:
        text = Path(path).read_text("utf8")
    except (OSError, UnicodeDecodeError) as fault:
        raise ScenarioError("S07", path=path, why=fault) from None
    return parse(text, resolve, known)


def _step(text: str, resolve: Resolve, known: Collection[str]) -> Step:
    if undone := _UNDONE.match(text):
        return _removal(text, (undone[1] or undone[2]).strip(), resolve, known)
    if course := _COURSE.match(text):
        return _course(text, course, resolve, known)
    if _ARROW.search(text):
        raise ScenarioError("S01", text=text, why="a course needs a level and a length: RUS→AZE cooperative at +2 for 8 weeks")
    return _act(text, resolve, known)


def _act(text: str, resolve: Resolve, known: Collection[str]) -> Act:
    before, type_, rest = _around_type(text)
    words = rest.split()
    mode: str | None = None
    day: datetime.date | None = None
    times = 1
    recipient: list[str] = []
    n = 0
    while n < len(words):
        word = words[n]
        if word.lower().startswith("mode="):
            mode = _mode(type_, word[5:])
        elif word.lower() in ("on", "from", "in") and n + 1 < len(words) and words[n + 1][:1].isdigit():
            n += 1
            day = _date(words[n])
        elif word.lower() in ("on", "from"):
            raise ScenarioError("S06", text=" ".join(words[n + 1 :]) or word)
        elif many := _TIMES.fullmatch(word):
            times = max(1, min(99, int(many[1] or many[2])))
        elif recipient and (mode or day):
            raise ScenarioError("S01", text=text, why=f"“{word}” is not understood")
        else:
            recipient.append(word)
        n += 1
    if not recipient:
        raise ScenarioError("S03", type=type_, actor=before or "…")
    actor, other = _actor(before, resolve, known), _actor(" ".join(recipient), resolve, known)
    if actor == other:
        raise ScenarioError("S01", text=text, why=f"{actor} cannot act toward itself")
    return Act(actor, type_, other, mode, day, times)


def _around_type(text: str) -> tuple[str, str, str]:
    """What stands before the type, the type, what stands after it."""
    words = text.split()
    for n, word in enumerate(words):
        if word in TYPES or (word.upper() in TYPES and n):
            if not n:
                raise ScenarioError("S01", text=text, why=f"nobody stands before {word}")
            return " ".join(words[:n]), word.upper(), " ".join(words[n + 1 :])
    told = next((w for w in words[1:] if w.isupper() and len(w) > 3), words[1] if len(words) > 1 else words[0])
    near = difflib.get_close_matches(told.upper(), TYPES, 3, 0.6)
    raise ScenarioError("S04", type=told, text=text, near=" or ".join(near) if near else "one of " + ", ".join(TYPES))


def _removal(text: str, what: str, resolve: Resolve, known: Collection[str]) -> Removal:
    if _EVENT.fullmatch(what):
        return Removal(what)
    words = what.split()
    words = words[words[0].lower() in ("the", "a", "an") :]
    at = next((n for n, w in enumerate(words) if w.lower() in ("on", "of") and n + 1 < len(words) and _DATE.fullmatch(words[n + 1])), None)
    if at is None:
        raise ScenarioError("S06", text=what)
    day = _date(words[at + 1])
    if at and not any(w.isupper() and len(w) > 3 for w in words[:at]) and not {w.upper() for w in words[1:at]} & set(TYPES):
        return Removal(None, day=day, word=" ".join(words[:at]))
    before, type_, rest = _around_type(" ".join(words[:at]))
    other = _actor(rest, resolve, known) if rest else None
    return Removal(None, _actor(before, resolve, known), type_, other, day)


def _course(text: str, told: re.Match[str], resolve: Resolve, known: Collection[str]) -> Course:
    sides = _ARROW.split(told["sides"])
    if len(sides) != 2:
        raise ScenarioError("S01", text=text, why="a course goes from one actor to another: RUS→AZE")
    level = float(told["level"].replace("−", "-").replace("–", "-"))
    word = (told["word"] or "").lower()
    if word in ("hostile", "conflictual") and not told["level"].lstrip().startswith(("+", "-", "−", "–")):
        level = -level
    if abs(level) > 10:
        raise ScenarioError("S01", text=text, why="a level lies between -10 (most hostile) and +10 (most cooperative)")
    if word and (level > 0) != (word in ("cooperative", "friendly")):
        raise ScenarioError("S01", text=text, why=f"“{word}” and {level:+g} contradict each other")
    weeks = int(told["weeks"])
    if not 1 <= weeks <= _MOST_WEEKS:
        raise ScenarioError("S01", text=text, why=f"a course lasts 1 to {_MOST_WEEKS} weeks")
    start = _date(told["date"]) if told["date"] else None
    return Course(_actor(sides[0], resolve, known), _actor(sides[1], resolve, known), level, weeks, start)


def _actor(word: str, resolve: Resolve, known: Collection[str]) -> str:
    found = resolve(word.strip(" '\"“”"))
    if found is None:
        codes: Sequence[str] = list(known)
        near = difflib.get_close_matches(word.upper(), codes, 3, 0.6)
        hint = f"perhaps {' or '.join(near)}" if near else "told of most are " + ", ".join(codes[:5]) if codes else "nobody is told of"
        raise ScenarioError("S02", actor=word or "(nobody)", near=hint)
    return found


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text + "-01-01"[{4: 0, 7: 3}.get(len(text), 6) :])
    except ValueError:
        raise ScenarioError("S06", text=text) from None


@cache
def told_modes() -> dict[str, dict[str, tuple[str, ...]]]:
    """Modes beyond PLOVER's, told by the words of an act: type -> mode -> stems of those words."""
    raw: Any = yaml.safe_load(resources.files(__package__).joinpath("data", "modes.yaml").read_text("utf8"))
    return {type_: {mode: tuple(stems) for mode, stems in modes.items()} for type_, modes in raw.items()}


@cache
def modes_of(type_: str) -> tuple[str, ...]:
    """The modes of a type that an assumption may name."""
    return tuple(sorted({v.mode for v in load_scale() if v.type == type_ and v.mode} | set(told_modes().get(type_, {}))))


def _mode(type_: str, told: str) -> str:
    modes = modes_of(type_)
    if told.lower() in modes:
        return told.lower()
    near = ", ".join(modes) if modes else "none"
    raise ScenarioError("S05", mode=told or "(nothing)", type=type_, known=near)
