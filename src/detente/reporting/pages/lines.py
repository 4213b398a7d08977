"""Events, actors and sentences as pages show them: plain words beside the codes, sentences in marked pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from ...records import QUADS, Actor, Document, Event, Mention, Span
from ..words import act, day, in_dispute, joined, short_name, words
from .materials import Materials

Facts = dict[str, Any]
Mark = tuple[int, int, str]  # start, end, what it is

#: letters of a sentence shown beside an event's line
_EXCERPT = 180
#: tellings of an event among which the best is looked for
TOLD = 8


def actor_facts(actor: Actor, materials: Materials) -> Facts:
    """An actor with its name in words and the code it counts for."""
    return {"name": short_name(actor, materials.name_of), "code": actor.code, "id": actor.id, "sector": actor.sector}


def actors_facts(actors: Iterable[Actor], materials: Materials) -> list[Facts]:
    """Actors, each once."""
    found = {(f["name"], f["code"]): f for f in (actor_facts(a, materials) for a in actors)}
    return list(found.values())


def event_line(event: Event, materials: Materials, told: Mention | None = None) -> Facts:
    """An event as a row of a list; ``told``: the mention whose sentence is shown with it."""
    return {
        "id": event.id,
        "date": event.date,
        "day": day(event.date),
        "actors": actors_facts(event.actors, materials),
        "recipients": actors_facts(event.recipients, materials),
        "what": act(event.type, event.mode, "did"),
        "type": event.type,
        "mode": event.mode,
        "quad": QUADS.get(event.type),
        "status": event.status,
        "contested": event.contested,
        "disputed": [in_dispute(d) for d in event.disputed],
        "outlets": list(event.outlets),
        "origins": event.origins,
        "mentions": len(event.mentions),
        "place": (event.place.name or event.place.text) if event.place else None,
        "deaths": event.deaths,
        "injuries": event.injuries,
        "intensity": event.intensity,
        "confidence": event.confidence,
        "cohesion": event.cohesion,
        "joined": joined(event),
        "answers": event.answers,
        "label": event.label,
        "excerpt": excerpt(told) if told is not None else [],
    }


def event_lines(events: Sequence[Event], materials: Materials) -> list[Facts]:
    """Events as rows of a list, each with its best sentence."""
    wanted = {m for e in events for m in e.mentions[:TOLD]}
    told = materials.snapshot.mentions(wanted) if wanted else {}
    return [event_line(e, materials, best_telling(e, told)) for e in events]


def best_telling(event: Event, told: dict[str, Mention]) -> Mention | None:
    """The surest mention of an event."""
    return max((told[m] for m in event.mentions if m in told), key=lambda m: m.confidence or 0.0, default=None)


def pieces(text: str, marks: Iterable[Mark], offset: int = 0) -> list[Facts]:
    """A text cut where marks begin and end: ``[{"text", "marks": ["trigger", …]}]``. Marks count from ``offset``.

    What lies outside the text is cut.
    """
    inside = [(max(0, s - offset), min(len(text), e - offset), kind) for s, e, kind in marks]
    inside = [m for m in inside if m[0] < m[1]]
    cuts = sorted({0, len(text), *(m[0] for m in inside), *(m[1] for m in inside)})
    out = []
    for start, end in pairwise(cuts):
        kinds = list(dict.fromkeys(kind for s, e, kind in inside if s <= start and end <= e))
        out.append({"text": text[start:end], "marks": kinds})
    return out


def sentence_marks(mention: Mention) -> list[Mark]:
    """Trigger, actors, recipients and sources of a mention, in characters of its document."""
    found: list[tuple[Span | None, str]] = [(mention.trigger_span, "trigger")]
    found += [(a.span, "actor") for a in mention.actors]
    found += [(a.span, "recipient") for a in mention.recipients]
    found += [(s.span, "source") for s in mention.sources]
    return [(span[0], span[1], kind) for span, kind in found if span is not None]


def sentence(mention: Mention, document: Document | None = None) -> list[Facts]:
    """The sentence of a mention with trigger, actors, recipients and sources marked; as it stands in the document where that differs."""
    start, end = mention.sentence_span
    text = mention.sentence
    if len(text) != end - start:
        if document is None:
            return excerpt(mention, whole=True)
        text = document.original[start:end]
    return pieces(text, sentence_marks(mention), start)


def excerpt(mention: Mention, whole: bool = False) -> list[Facts]:
    """The part of the sentence around its trigger, cut between words, the trigger marked."""
    text, trigger = mention.sentence, mention.trigger
    near = mention.trigger_span[0] - mention.sentence_span[0]
    places = [k for k in range(len(text)) if text.startswith(trigger, k)] if trigger else []
    at = min(places, key=lambda k: abs(k - near)) if places else -1
    first, last = 0, len(text)
    if not whole and len(text) > _EXCERPT:
        middle = max(0, at)
        begin = max(0, min(middle - _EXCERPT // 2, len(text) - _EXCERPT))
        end = min(len(text), begin + _EXCERPT)
        first = text.find(" ", begin, middle) + 1 if begin else 0
        first = first or begin
        last = text.rfind(" ", middle + len(trigger), end) if end < len(text) else len(text)
        last = last if last > 0 else end
    marks = [(at, at + len(trigger), "trigger")] if at >= 0 else []
    out = pieces(text[first:last], marks, first)
    if first:
        out.insert(0, {"text": "… ", "marks": []})
    if last < len(text):
        out.append({"text": " …", "marks": []})
    return out


def telling(mention: Mention, about: Facts | None, document: Document | None = None) -> Facts:
    """A mention for display: its sentence, who tells it, whom it cites."""
    about = about or {}
    return {
        "mention": mention.id,
        "document": mention.document,
        "sentence": sentence(mention, document),
        "outlet": about.get("outlet"),
        "title": about.get("title"),
        "published": about.get("published"),
        "sources": [s.text for s in mention.sources],
        "status": mention.status,
        "certainty": words()["certainty"].get(mention.certainty, mention.certainty),
        "date": mention.date,
        "place": (mention.place.name or mention.place.text) if mention.place else None,
        "deaths": mention.deaths,
        "injuries": mention.injuries,
        "what": act(mention.type, mention.mode, "did"),
        "type": mention.type,
        "mode": mention.mode,
        "confidence": mention.confidence,
        "because": list(mention.because),
    }
