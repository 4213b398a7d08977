"""The act that a condemnation, a demand or a punishment names in its text: 'condemned the raid', 'sanctions over the poisoning'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any

from ..records import Event, Mention
from .days import as_day
from .denials import REAL
from .words import read_data

_NAMES = "names:"
_ANSWER = "answer"


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """``data/responses.yaml``, its lists as sets."""
    raw = read_data("responses.yaml")
    sets = {k: frozenset(raw[k]) for k in ("loose", "meetings", "provoking")}
    return {"by": {k: frozenset(v) for k, v in raw["by"].items()}, **sets, "days": raw["days"]}


class Named:
    """Finds the events that others name."""

    def __init__(self, events: Sequence[Event], mentions: Mapping[str, Mention]) -> None:
        self._mentions = mentions
        self._event_of = {m: e for e in events for m in e.mentions}
        answers = [m for id_ in self._event_of if (m := mentions.get(id_)) is not None and m.responds]
        self._named = {id_ for m in answers for _, id_ in _names(m)}
        self._calling = {(m.document, m.sentence_span) for m in answers if _called(m)}

    def responds(self, mention: str) -> bool:
        """Whether a mention is told as an answer: its sentence says so, and not of another act in it."""
        m = self._mentions.get(mention)
        if m is None or not m.responds or mention in self._named:
            return False
        return _called(m) or (m.document, m.sentence_span) not in self._calling

    def answered(self, event: Event) -> Event | None:
        """The act that most mentions of an event name as what it is about; of several what is told beside it, the nearest before."""
        if event.status not in REAL or event.type not in rules()["by"]:
            return None
        votes: Counter[str] = Counter()
        found: dict[str, Event] = {}
        for act, by in self._acts(event):
            if self._fits(event, act, by):
                votes[act.id] += 1
                found[act.id] = act

        def weight(act: Event) -> tuple[int, bool, str, int, str]:
            beside = not set(act.documents).isdisjoint(event.documents)
            return (votes[act.id], beside, act.date or "", len(act.documents), min(act.mentions))

        return max(found.values(), key=weight, default=None)

    def _acts(self, event: Event) -> Iterator[tuple[Event, str]]:
        """The events that the mentions of an event name, and how."""
        told = (m for id_ in event.mentions if (m := self._mentions.get(id_)) is not None and m.status in REAL)
        for by, id_ in (name for m in told for name in _names(m)):
            if id_ in self._event_of:
                yield self._event_of[id_], by

    def _fits(self, event: Event, act: Event, by: str) -> bool:
        """Whether an event may answer an act that it names: others did it, before, and somebody else tells it."""
        mine, theirs = {a.code for a in event.actors}, {a.code for a in act.actors}
        if by not in rules()["by"][event.type] or act.id == event.id or mine & theirs:
            return False
        if act.type in rules()["meetings"] and by != "object":
            return False
        if by in rules()["loose"] and not theirs & {r.code for r in event.recipients}:
            return False
        return _in_time(event, act) and self._told_by_others(act, mine)

    def _told_by_others(self, act: Event, mine: Set[str]) -> bool:
        told = (self._mentions[m] for m in act.mentions if m in self._mentions)
        return any(t.status in REAL and not (t.sources and (t.sources[-1].country or t.sources[-1].id) in mine) for t in told)


def _names(mention: Mention) -> Iterator[tuple[str, str]]:
    """How a mention names which others of its sentence."""
    for reason in mention.because:
        if reason.startswith(_NAMES):
            by, _, id_ = reason.removeprefix(_NAMES).partition(":")
            yield by, id_


def _called(mention: Mention) -> bool:
    """Whether a mention itself is what its sentence calls an answer: 'struck in response to the attack'."""
    return any(by == _ANSWER for by, _ in _names(mention))


def _in_time(event: Event, act: Event) -> bool:
    """Whether an act came before its answer, and not too long; of one that only a month or a year is told of, in or before that time."""
    day, earlier, most = as_day(event.date), as_day(act.date), rules()["days"]
    if day is None or earlier is None or event.date_precision not in (None, "day"):
        return False
    if act.date_precision in (None, "day"):
        return bool(0 <= (day - earlier).days <= most)
    return str(act.date) <= str(event.date)[: len(str(act.date))] and bool((day - earlier).days <= most + 31)
