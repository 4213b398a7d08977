"""Which event answers which: told so in the text, named by it, or by model: the reversed dyad acted some days before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from ..records import QUADS, Event, Mention
from .days import as_day
from .denials import REAL
from .named import Named, rules

#: days that an answer may take: where the text says that it is one, and where only order and parties do
_TOLD_DAYS = 10
_MODEL_DAYS = 4
#: letters at the head of a report, which tell what is new
_HEAD = 250

Answer = Literal["told", "named", "model"]


def link_responses(events: Sequence[Event], mentions: Mapping[str, Mention]) -> list[Event]:
    """The events with ``answers`` and ``answers_by`` filled.

    ``told``: a mention says that it answers ("in response"); the latest earlier hostile event with the roles reversed is what it answers,
    one told in the same document before all others; one told elsewhere only where it is such as for ``model``.
    ``named``: a mention names the act that it condemns, praises, punishes or demands something over, whoever did it to whomever
    (:class:`.named.Named`). Where that is also told as an answer, it is ``told``.
    ``model``: a hostile act in the days after a hostile act of the reversed dyad, both told as done and of a day of their own
    (:func:`_of_its_day`); material acts are answered before words. Acts of one day answer one another only where the text says so.
    """
    done: dict[str, list[Event]] = defaultdict(list)  # by recipient
    out: list[Event] = []
    acts = Named(events, mentions)
    for event in events:
        told = event.status in REAL and any(acts.responds(m) for m in event.mentions)
        named = acts.answered(event)
        answered: Event | None = named or _answered(event, done, told, mentions)
        by: Answer | None = None if answered is None else "told" if told else "model" if named is None else "named"
        link = answered.id if answered else None
        if (event.answers, event.answers_by) != (link, by):
            event = replace(event, answers=link, answers_by=by)
        out.append(event)
        if _hostile(event) and event.status in REAL:
            for code in {r.code for r in event.recipients}:
                done[code].append(event)
    return out


def chain(events: Sequence[Event], id_: str) -> list[Event]:
    """The event with what it answers, what that answered and so on, the first cause first."""
    by_id = {e.id: e for e in events}
    found: list[Event] = []
    at: str | None = id_
    while at in by_id and by_id[at] not in found:
        found.append(by_id[at])
        at = by_id[at].answers
    return found[::-1]


def answers_to(events: Sequence[Event], id_: str) -> list[Event]:
    """The events that answer one, in order of date."""
    return sorted((e for e in events if e.answers == id_), key=lambda e: (e.date or "", e.id))


def _hostile(event: Event) -> bool:
    return QUADS.get(event.type, 0) >= 3


def _of_its_day(event: Event, mentions: Mapping[str, Mention]) -> bool:
    """Whether an event is told as done on its day: by a text that dates it, or undated at the head of a report of that day.

    What a report recalls further down without a date has only the day of the report.
    """
    told = [mentions[m] for m in event.mentions if m in mentions]
    return event.status == "happened" and any(m.date == event.date or (m.date is None and m.sentence_span[0] < _HEAD) for m in told)


def _answered(event: Event, done: Mapping[str, Sequence[Event]], told: bool, mentions: Mapping[str, Mention]) -> Event | None:
    day = as_day(event.date)
    mine, others = {a.code for a in event.actors}, {a.code for a in event.recipients}
    if day is None or event.date_precision not in (None, "day"):
        return None
    if not told and (not _hostile(event) or not others or mine & others or not _of_its_day(event, mentions)):
        return None
    best: Event | None = None
    for before in (b for code in sorted(mine) for b in reversed(done.get(code, ())[-50:])):
        earlier = as_day(before.date)
        if earlier is None or before.date_precision not in (None, "day") or before.id == event.id:
            continue
        gap = (day - earlier).days
        theirs = {a.code for a in before.actors}
        if not (0 if told else 1) <= gap <= (_TOLD_DAYS if told else _MODEL_DAYS) or (others and not others & theirs):
            continue
        if theirs & mine:  # both sides on both sides: no reversal
            continue
        beside = told and not set(before.documents).isdisjoint(event.documents)
        if not beside and (before.type not in rules()["provoking"] or not _of_its_day(before, mentions)):
            continue
        if best is None or _weight(before, event, told) > _weight(best, event, told):
            best = before
    return best


def _weight(before: Event, event: Event, told: bool) -> tuple[bool, bool, str, int, str]:
    """What is answered rather: where a text says that something is, what it tells of itself; material acts; the latest; of one day what
    most reports tell. At last an order that does not hang on what was read first, as ids do."""
    beside = told and not set(before.documents).isdisjoint(event.documents)
    return (beside, QUADS.get(before.type) == 4, before.date or "", len(before.documents), min(before.mentions))
