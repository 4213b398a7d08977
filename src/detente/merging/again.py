"""A few events made again after something was decided about their mentions; all others stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..config import MergingOptions
from ..records import Document, Event, Mention
from .copies import copied
from .events import event_of, steady
from .joining import joins
from .likeness import Likeness
from .links import Links
from .qualities import dispute_qualities
from .responses import link_responses
from .similarity import Tellings
from .telling import Telling, telling

_ABOUT = 3000


def regroup(
    groups: Mapping[str, Sequence[str]],
    moving: Collection[str],
    near: Sequence[Event],
    mentions: Sequence[Mention],
    documents: Sequence[Document],
    options: MergingOptions,
    links: Links | None = None,
) -> list[Event]:
    """The events ``near`` and the new ones, by date, after ``groups`` became what they are now.

    ``groups``: event id -> its mentions, of every event that changes (without mentions it ends). ``moving``: mentions that are in no
    group and join the likeliest event of those near, or become one. ``near``: the events as they were that could be touched, those of
    ``groups`` among them. ``mentions``, ``documents``: all of the events near, and those that move. The words that tell little are judged
    by ``documents`` alone, so that a whole merge, which comes with the next run, may join a moving mention otherwise.
    """
    told = {m.id: m for m in mentions}
    by_id = {d.id: d for d in documents}
    place = {d.id: n for n, d in enumerate(documents)}

    def tellings(ids: Sequence[str]) -> list[Telling]:
        return [telling(m, by_id[m.document], place[m.document]) for i in ids if (m := told.get(i)) is not None and m.document in by_id]

    changed = {id_: tellings(ids) for id_, ids in groups.items()}
    if moving:
        likeness = Likeness([d.text[:_ABOUT] for d in documents])
        stay = {e.id: e.mentions for e in near if e.id not in changed}
        was = {m: e.id for e in near for m in e.mentions}
        for one in tellings(sorted(moving)):
            home = _home(one, {**stay, **{i: [t.mention.id for t in g] for i, g in changed.items()}}, tellings, likeness, options, links)
            if home is None:  # alone; the event that it was alone in goes on
                left = was.get(one.mention.id, "")
                changed[left if changed.get(left) == [] else _new_id(one, {*stay, *changed})] = [one]
            else:
                changed[home] = [*(changed[home] if home in changed else tellings(stay[home])), one]
    copies = copied(documents)
    made = steady([event_of(group, copies, id_) for id_, group in changed.items() if group], {e.id: e for e in near})
    kept = [e for e in near if e.id not in changed]
    ended = {id_ for id_, group in changed.items() if not group}
    events = sorted([*kept, *made], key=lambda e: (e.date or "", e.id))
    return _answered(_disputed(events, {e.id for e in made}, told), near, {e.id for e in made}, ended, told)


def _home(
    one: Telling,
    groups: Mapping[str, Sequence[str]],
    tellings: Callable[[Sequence[str]], list[Telling]],
    likeness: Likeness,
    options: MergingOptions,
    links: Links | None,
) -> str | None:
    """The event that a telling belongs to: the one it was decided to be of, else the likeliest; None where none is likely enough."""
    together = {b if a == one.mention.id else a for a, b in (links or Links()).together if one.mention.id in (a, b)}
    apart = {b if a == one.mention.id else a for a, b in (links or Links()).apart if one.mention.id in (a, b)}
    best: tuple[float, str] | None = None
    for id_, ids in groups.items():
        if together & set(ids):
            return id_
        if apart & set(ids) or not ids:
            continue
        group = tellings(ids)
        others = np.arange(1, len(group) + 1)
        likely = joins(Tellings([one, *group], likeness, options).likely(np.zeros_like(others), others).tolist())
        if likely is not None and (best is None or likely > best[0]):
            best = likely, id_
    return best[1] if best else None


def _new_id(one: Telling, taken: Collection[str]) -> str:
    id_ = event_of([one]).id
    return id_ if id_ not in taken else f"{id_}-{one.mention.trigger_span[0]}"


def _disputed(events: Sequence[Event], made: Collection[str], told: Mapping[str, Mention]) -> list[Event]:
    again = {e.id: e for e in dispute_qualities(events, told)}
    return [again[e.id] if e.id in made else e for e in events]


def _answered(
    events: Sequence[Event], before: Sequence[Event], made: Collection[str], ended: Collection[str], told: Mapping[str, Mention]
) -> list[Event]:
    """Answers anew for what changed and for what could answer it; what answers an event that is not near keeps its answer."""
    ids = {e.id for e in events}
    old = {e.id: e for e in before}
    out = []
    for e in link_responses(events, told):
        known = old.get(e.id)
        outside = known is not None and known.answers is not None and known.answers not in ids and known.answers not in ended
        if e.id not in made and known is not None and outside:
            e = replace(e, answers=known.answers, answers_by=known.answers_by)
        out.append(e)
    return out
