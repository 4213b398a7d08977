"""Since when and until when a tie is said to hold."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Sequence

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from .dates import find_dates
from .timing import date_of

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
#: words between 'since' and the year that it names
_NEAR = 4


def dates_of(s: Sentence, i: int, published: str | None) -> tuple[str | None, str | None]:
    """The first and the last day, as ISO dates of any precision, that a sentence gives a tie told by token i; None where it gives none.

    What is told as over ('former', 'no longer', 'left') had ended by the day before it is told, if no date is given.
    """
    start, end = _bounded(s, i, "since", "from"), _bounded(s, i, "until", "till")
    words = load_lexicon("ties")
    verb = s.heads[i] if s.deps[i] == "attr" else i
    if s.is_verb(verb) and (s.lemmas[verb] in (*words["active"]["member_of"], *words["leaving"], "become")):
        told, _ = date_of(s, verb, find_dates(s.raw.text, published, None))
        if s.lemmas[verb] in words["leaving"]:
            end = end or told or _day_before(published)
        else:
            start = start or told
    return start, end or (_day_before(published) if over(s, i) else None)


def over(s: Sentence, i: int) -> bool:
    """Whether a tie is told as one that was: 'a former ally', 'ex-leader', 'once allied'."""
    former = load_lexicon("ties")["former"]
    if s.words[i].lower().startswith("ex-") or any(s.words[c].lower() in former for c in s.all_children(i, "amod", "advmod")):
        return True
    for k in range(i - 1, max(-1, i - _NEAR - 1), -1):  # 'former CIA director X', wherever the word hangs
        word = s.words[k].lower()
        if word in former or word.split("-")[0] in former:
            return True
        if not (s.tags[k].startswith(("NN", "JJ", "HYPH")) or s.words[k] == "-"):
            return False
    return False


def _bounded(s: Sentence, i: int, *words: str) -> str | None:
    """The year, or month of one, that 'since' or 'until' names for a token or the clause it is in; None where several are named."""
    if not s.vocabulary().intersection(words):
        return None
    anchors = set(_clause(s, i))
    years = {
        _month(s.words[k + 1 : p], s.words[p])
        for k, word in enumerate(s.words)
        if word.lower() in words and s.heads[k] in anchors
        for p in range(k + 1, min(len(s), k + _NEAR))
        if _YEAR.fullmatch(s.words[p])
    }
    return years.pop() if len(years) == 1 else None


def _month(before: Sequence[str], year: str) -> str:
    """A year with the month told before it: 'April 2023'."""
    found = [n for n, name in enumerate(calendar.month_name) if name and name in before]
    return f"{year}-{found[0]:02d}" if len(found) == 1 else year


def _clause(s: Sentence, i: int) -> Iterator[int]:
    """A token, its complements, and the words up to the verb of its clause."""
    yield i
    yield from s.all_children(i, "attr", "acomp", "dobj", "prep", "agent", "advmod")
    if s.is_verb(i):
        return
    for k in s.ancestors(i):
        yield k
        if s.is_verb(k) or s.deps[i] in ("appos", "amod", "compound"):
            return


def _day_before(published: str | None) -> str | None:
    if not published:
        return None
    if len(published) < len("2025-01-01"):
        return published
    return (datetime.date.fromisoformat(published[:10]) - datetime.timedelta(days=1)).isoformat()
