"""Which event answers which: told so in the text, and the reversed dyad acted shortly before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..records import QUADS, Event, Mention
from .similarity import as_day

_DAYS = 10


def link_responses(events: Sequence[Event], mentions: Mapping[str, Mention]) -> list[Event]:
    """The events with ``answers`` filled: the latest earlier hostile event in which the roles were reversed, at most ten days before."""
    done: dict[str, list[Event]] = defaultdict(list)  # by recipient
    out: list[Event] = []
    for event in events:
        answers = None
        told = any(mentions[m].responds for m in event.mentions if m in mentions)
        day = as_day(event.date)
        if told and day is not None:
            others = {a.code for a in event.recipients}
            for mine in (a.code for a in event.actors):
                for before in reversed(done[mine]):
                    earlier = as_day(before.date)
                    if earlier is None or not 0 <= (day - earlier).days <= _DAYS:
                        continue
                    if not others or others & {a.code for a in before.actors}:
                        answers = before.id
                        break
        event = replace(event, answers=answers)
        out.append(event)
        if QUADS.get(event.type, 0) >= 3 and event.status in ("happened", "claimed"):
            for r in event.recipients:
                done[r.code].append(event)
    return out
