"""The stories of a workspace: which documents and events belong to one affair, from when to when, and who acts in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from ..knowledge import Directory
from ..records import Document, Event
from .blocking import party
from .storylines import stories

_MAIN = 4  # actors named
_EVERYWHERE = 40  # documents that tell an act
_ABOUT = 160  # characters of a document without a title that say what a story is about


@dataclass(frozen=True, slots=True)
class Story:
    """An affair as it goes on over documents and days."""

    about: str  # title, or beginning, of its first document
    first: str | None  # ISO day of the first document
    last: str | None
    documents: tuple[str, ...]  # ids, by day
    outlets: tuple[str, ...]
    events: tuple[str, ...]  # ids, by date
    actors: tuple[str, ...]  # codes, whoever is in most of its events first


def running_stories(documents: Sequence[Document], events: Sequence[Event], directory: Directory | None = None) -> list[Story]:
    """All stories, the longest first. Documents that tell the same acts are likelier of one story; an event belongs to the story that most
    of its documents belong to."""
    ordered = sorted(documents, key=lambda d: (d.published or "", d.id))
    number = dict(zip((d.id for d in ordered), stories(ordered, directory, _shared(ordered, events)), strict=True))
    read: dict[int, list[Document]] = defaultdict(list)
    for d in ordered:
        read[number[d.id]].append(d)
    told: dict[int, list[Event]] = defaultdict(list)
    for e in sorted(events, key=lambda e: (e.date or "", e.id)):
        votes = Counter(number[d] for d in e.documents if d in number)
        if votes:
            told[max(votes, key=lambda n: (votes[n], -n))].append(e)
    found = [_story(own, told[n]) for n, own in read.items()]
    return sorted(found, key=lambda s: (-len(s.documents), -len(s.events), s.first or "", s.about))


def _shared(documents: Sequence[Document], events: Sequence[Event]) -> Counter[tuple[int, int]]:
    """How many acts two documents both tell, by their places; an act that is told everywhere says nothing."""
    place = {d.id: n for n, d in enumerate(documents)}
    told = (sorted({place[d] for d in e.documents if d in place}) for e in events)
    return Counter(pair for own in told if len(own) <= _EVERYWHERE for pair in combinations(own, 2))


def _story(documents: Sequence[Document], events: Sequence[Event]) -> Story:
    days = [d.published[:10] for d in documents if d.published]
    parties = Counter(code for e in events for code in {a.code for a in (*e.actors, *e.recipients) if party(a)})
    first = documents[0]
    return Story(
        about=first.title or " ".join(first.text[:_ABOUT].split()),
        first=min(days, default=None),
        last=max(days, default=None),
        documents=tuple(d.id for d in documents),
        outlets=tuple(dict.fromkeys(d.outlet for d in documents if d.outlet)),
        events=tuple(e.id for e in events),
        actors=tuple(code for code, _ in sorted(parties.items(), key=lambda c: (-c[1], c[0]))[:_MAIN]),
    )
