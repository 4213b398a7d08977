"""Headings that run into the paragraph after them: ``Harbour Closes Again The minister said …``.

No list of headings is used. A heading is a run of Title-Case words that begins where a sentence may begin and is followed by the
beginning of a sentence; words that names do not contain (``data/headings.yaml``) must show that the run is no name.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from ...records import Span
from ..tables import table
from .hyphens import zipf

_TOKEN = re.compile(r"\S+")
_AFTER_SENTENCE = re.compile(r"[.!?][\"”’»)\]]*+ (?=[\"“‘«]?[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b[A-Z][a-z]{1,3}|\.[A-Za-z]|\b(?:Prof|Sept|no|vs))\.$")
_TRAILING = re.compile(r"[\"”’»)\],;:.!?—–-]+$")
_ENDS_PLAINLY = re.compile(r"(?<!['’]s)(?<=[\w’'])$")
_POSSESSIVE = re.compile(r"['’]s$|['’]$")
_CAPITAL = re.compile(r"[\"“‘(]?(?:[A-Z]|\d)")
#: A place and the agency in brackets before the first heading: ``The Hague [XYZ] Talks Resume At noon …``
_AGENCY = re.compile(r"(?:[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|the|and))*,? )?[\[(][A-Z][\w. -]{1,24}[\])] (?=[A-Z\"“])")
_LONGEST = 16  # words of a heading
_SURE = 2  # sure headings that make the unsure ones believed


@dataclass(frozen=True, slots=True)
class _Rules:
    small: frozenset[str]
    openers: frozenset[str]
    before_names: frozenset[str]
    after_subject: frozenset[str]
    titles: frozenset[str]
    in_names: frozenset[str]
    common: frozenset[str]
    endings: tuple[str, ...]
    calendar: frozenset[str]


@functools.cache
def _rules() -> _Rules:
    data = table("headings")
    common = set(data["nouns"]) | set(data["adjectives"]) | set(data["others"])
    for verb in data["verbs"]:
        stem = verb.removesuffix("e")
        common |= {verb, _with_s(verb), stem + "ing", stem + "ed", verb + verb[-1] + "ing"}
    common |= {_with_s(noun) for noun in data["nouns"]}
    return _Rules(
        small=frozenset(data["small"]),
        openers=frozenset(data["openers"]),
        before_names=frozenset(data["before_names"]),
        after_subject=frozenset(data["after_subject"]),
        titles=frozenset(data["person_titles"]),
        in_names=frozenset(data["in_names"]),
        common=frozenset(common),
        endings=tuple(data["endings"]),
        calendar=frozenset(data["calendar"]),
    )


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeo":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "o")) else "s")


def find(text: str) -> list[Span]:
    """The headings that run into a paragraph, ascending: spans of ``text`` without the blanks around them."""
    sure: list[Span] = []
    unsure: list[Span] = []
    at = 0
    for line in text.split("\n"):
        if line and " " in line:
            for kind, (start, end) in _in_line(line):
                {"sure": sure, "unsure": unsure}[kind].append((at + start, at + end))
        at += len(line) + 1
    if len(sure) >= _SURE:
        sure = sorted({*sure, *unsure})
    return sure


def _in_line(line: str) -> list[tuple[str, Span]]:
    found: list[tuple[str, Span]] = []
    starts = [0]
    agency = _AGENCY.match(line)
    if agency:
        starts.append(agency.end())
    starts += [m.end() for m in _AFTER_SENTENCE.finditer(line) if not _ABBREVIATION.search(line, max(0, m.start() - 12), m.start() + 1)]
    done = 0
    for start in starts:
        if start < done:
            continue
        run = _run(line, start)
        if not run:
            continue
        if line.startswith("By ", start) and (name_end := _byline(line, run)):
            after = _run(line, name_end + 1)
            kind, end = _heading(line, after, at_start=True) if after else ("", 0)
            if kind:
                found += [(kind, (start, name_end)), (kind, (name_end + 1, end))]
                done = end
                continue
        kind, end = _heading(line, run, at_start=start in starts[:2] and (start == 0 or bool(agency)))
        if kind:
            if agency and start == agency.end():
                found.append((kind, (0, agency.end() - 1)))
            found.append((kind, (start, end)))
            done = end
    return found


def _run(line: str, start: int) -> list[Span]:
    """The tokens from ``start`` on that a Title-Case heading may consist of, one more than the last such token where there is one."""
    small = _rules().small
    run: list[Span] = []
    for match in _TOKEN.finditer(line, start):
        word = match.group()
        run.append(match.span())
        if word not in small and not _CAPITAL.match(word) and word not in "&–—":
            break
        if word[-1] in ".,;!?" and not (word[-1] == "." and (len(word) <= 4 or word.count(".") > 1)):
            break
        if len(run) > _LONGEST + 8:
            break
    return run if len(run) >= 3 else []


def _byline(line: str, run: list[Span]) -> int:
    """Where the author's name ends that a run beginning with *By* names: two to four words that are no heading's; 0 for none."""
    rules = _rules()
    last = 0
    for k, (start, end) in enumerate(run[1:6]):
        word = line[start:end]
        if word in rules.openers or common(word) or not _CAPITAL.match(word) or word.lower() in rules.in_names:
            return last if k >= 2 else 0
        last = end
    return 0


def common(word: str) -> bool:
    """Whether a capital on this word shows a heading: a word that names and titles do not contain."""
    rules = _rules()
    low = _POSSESSIVE.sub("", _TRAILING.sub("", word.strip('"“”‘’(')).lower())
    if low in rules.in_names or not low.isalpha():
        return False
    return low in rules.common or (len(low) > 6 and low.endswith(rules.endings) and zipf(low) > 3)


def _heading(line: str, run: list[Span], *, at_start: bool) -> tuple[str, int]:
    """("sure" | "unsure" | "", where the heading ends)."""
    words = [line[a:b] for a, b in run]
    rules = _rules()
    signs = [i for i, w in enumerate(words) if common(w) and w not in rules.small and _CAPITAL.match(w)]

    # Is This About the Harbour? Many analysts …
    if words[-1][-1] in "?!" and run[-1][1] < len(line) and len(words) >= 4 and len([i for i in signs if i]) >= 2:
        return "sure", run[-1][1]

    # … in the city. What Comes Next
    if run[-1][1] == len(line) and not at_start and words[-1][-1] not in ".,;!?" and _CAPITAL.match(words[-1]):
        capitals = sum(1 for w in words if _CAPITAL.match(w))
        if 3 <= len(words) <= _LONGEST and capitals >= 3 and signs:
            return "sure", len(line)

    # Harbour Closes Again The minister said …
    for k in range(2, len(words) - 1):
        before, word, after = words[k - 1], words[k], words[k + 1]
        if word not in rules.openers or k > _LONGEST or not _CAPITAL.match(before) or not _ENDS_PLAINLY.search(before):
            continue
        inside = [i for i in signs if i < k]
        needed = 1 if k > 2 else 2
        lowered = after[:1].islower() or _TRAILING.sub("", after) in rules.calendar
        if lowered and after not in rules.small - {"a", "an", "the"} and len(inside) >= needed:
            return "sure", run[k - 1][1]
        named = word in rules.before_names and not lowered and not common(after)
        if named and len(inside) >= needed and _is_sentence(line[run[k][0] :]):
            return "sure" if len(inside) >= 2 else "unsure", run[k - 1][1]

    # Harbour Closes Again Ruritania condemned …
    verb = words[-1]
    if not at_start or verb in rules.small or not _follows_subject(verb):
        return "", 0
    n = len(words) - 1
    for k in range(n - 1, 1, -1):
        head, tail = words[:k], words[k:n]
        inside = [i for i in signs if i < k]
        if any(i >= k for i in signs):
            break
        if len(inside) < 2 or k - 1 not in inside or len(tail) > 6 or k > _LONGEST or tail[0] in rules.small:
            continue
        if tail[0] in rules.titles or tail[0].lower() not in rules.in_names:
            return "unsure", run[len(head) - 1][1]
    return "", 0


def _is_sentence(text: str) -> bool:
    """Whether what follows is running text and not the rest of a longer heading."""
    words = text[:400].split()[:12]
    return len(words) > 4 and sum(1 for w in words if w[0].islower() and w not in _rules().small) >= 3


def _follows_subject(word: str) -> bool:
    return word in _rules().after_subject or (word.islower() and word.isalpha() and len(word) > 3 and word.endswith(("ed", "s", "ly")))
