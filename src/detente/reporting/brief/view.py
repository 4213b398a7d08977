"""Records turned into what the templates show: plain words, anchors, highlighted sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from ...records import Event, Mention, Tie
from ..words import act, day, in_dispute, joined, listed, short_name, words
from .data import BriefData
from .statements import weight

#: events shown in the chronology; the rest is named by the command that lists it
MOST_EVENTS = 400
#: letters of a sentence shown beside an event's line
_EXCERPT = 170
MOST_CLAIMS = 150
MOST_TIES = 80


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence that tells an event."""

    id: str
    sentence: Markup
    outlet: str
    published: str
    sources: str
    status: str
    document: str
    title: str


def anchor(mention_id: str) -> str:
    """The fragment on which a mention's sentence stands."""
    return "m-" + mention_id.replace(".", "-")


def marked(m: Mention) -> Markup:
    """The sentence with its trigger marked; everything escaped."""
    text, trigger = m.sentence, m.trigger
    near = m.trigger_span[0] - m.sentence_span[0]
    places = [k for k in range(len(text)) if text.startswith(trigger, k)]
    if not places:
        return Markup(escape(text))
    at = min(places, key=lambda k: abs(k - near))
    return Markup("{}<mark>{}</mark>{}").format(text[:at], trigger, text[at + len(trigger) :])


def excerpt(m: Mention) -> Markup:
    """The part of the sentence around its trigger, cut between words, the trigger marked; everything escaped."""
    text = m.sentence
    at = m.trigger_span[0] - m.sentence_span[0]
    if len(text) <= _EXCERPT or not 0 <= at < len(text):
        return marked(m)
    begin = max(0, min(at - _EXCERPT // 2, len(text) - _EXCERPT))
    end = min(len(text), begin + _EXCERPT)
    first = text.find(" ", begin, at) + 1 if begin else 0
    last = text.rfind(" ", at + len(m.trigger), end) if end < len(text) else len(text)
    first, last = first or begin, last if last > 0 else end
    near = replace(m, sentence=text[first:last], sentence_span=(m.sentence_span[0] + first, m.sentence_span[0] + last))
    return Markup("{}{}{}").format("… " * (first > 0), marked(near), " …" * (last < len(text)))


def telling(data: BriefData, mention_id: str) -> Telling:
    """A mention for display."""
    m = data.mentions[mention_id]
    d = next((d for d in data.documents if d.id == m.document), None)
    return Telling(
        anchor(m.id),
        marked(m),
        (d.outlet if d else None) or "outlet unknown",
        day(d.published if d else None),
        " → ".join(s.text for s in m.sources),
        m.status,
        m.document,
        (d.title if d else None) or m.document,
    )


def who(event: Event, data: BriefData) -> str:
    """'Azerbaijan → Russia', 'Armenia and Azerbaijan', '? → Russia'."""
    actors = listed([short_name(a, data.name_of) for a in event.actors], 3)
    recipients = listed([short_name(a, data.name_of) for a in event.recipients], 3)
    if recipients:
        return f"{actors or 'unnamed'} → {recipients}"
    return actors or "unnamed"


def event_view(event: Event, data: BriefData) -> dict[str, Any]:
    """One event for the chronology."""
    best = max((data.mentions[m] for m in event.mentions if m in data.mentions), key=lambda m: m.confidence or 0.0, default=None)
    return {
        "id": event.id,
        "excerpt": excerpt(best) if best is not None else "",
        "date": day(event.date),
        "who": who(event, data),
        "what": act(event.type, event.mode, "did"),
        "label": event.label,
        "status": event.status,
        "contested": event.contested,
        "outlets": len(event.outlets),
        "origins": event.origins,
        "outlet_names": ", ".join(event.outlets),
        "joined": joined(event),
        "deaths": event.deaths,
        "place": event.place.name or event.place.text if event.place else None,
        "disputed": ", ".join(in_dispute(d) for d in event.disputed),
        "asserted_by": listed(event.asserted_by, 4),
        "denied_by": listed(event.denied_by, 4),
        "answers": event.answers,
        "tellings": [telling(data, m) for m in event.mentions if m in data.mentions],
    }


def principal(event: Event) -> bool:
    """Whether an event stands in the first line of the chronology: told by several outlets, contested, or with both its parties known."""
    known = {a.country or a.id for a in (*event.actors, *event.recipients)} - {None}
    return event.contested or event.origins > 1 or len(known) > 1


def chronology(data: BriefData) -> tuple[list[dict[str, Any]], int]:
    """Months, each with its principal and its lesser events by date, of what happened or is claimed or denied; how many were left out."""
    told = [e for e in data.events if e.status in ("happened", "claimed", "denied")]
    kept = {e.id for e in sorted(told, key=lambda e: (principal(e), *weight(e)), reverse=True)[:MOST_EVENTS]}
    first = min((d.published for d in data.documents if d.published), default="")[:4]
    months: dict[str, dict[str, Any]] = {}
    for e in told:
        if e.id in kept:
            name = "Recalled from earlier years" if e.date and e.date[:4] < first else day(e.date[:7] if e.date else None)
            month = months.setdefault(name, {"name": name, "principal": [], "lesser": []})
            month["principal" if principal(e) else "lesser"].append(event_view(e, data))
    return list(months.values()), len(told) - len(kept)


def accounts(event: Event, data: BriefData) -> dict[str, Any]:
    """The two sides of a contested event."""
    view = event_view(event, data)
    tellings: Sequence[Telling] = view["tellings"]
    view["asserting"] = [t for t in tellings if t.status != "denied"]
    view["denying"] = [t for t in tellings if t.status == "denied"]
    return view


def claims_by_speaker(data: BriefData) -> tuple[list[dict[str, Any]], int]:
    """Speakers with what they said, those who said most first."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    stances = words()["stances"]
    total = 0
    for c in data.claims:
        if c.mention not in data.mentions:
            continue
        total += 1
        if total <= MOST_CLAIMS:
            t = telling(data, c.mention)
            grouped[c.speaker].append({"stance": stances[c.stance], "through": " → ".join(c.through), "telling": t})
    speakers = [{"speaker": s, "claims": cs} for s, cs in sorted(grouped.items(), key=lambda x: (-len(x[1]), x[0]))]
    return speakers, max(0, total - MOST_CLAIMS)


def tie_view(tie: Tie, data: BriefData) -> dict[str, Any]:
    """One tie told in a document."""
    d = next((d for d in data.documents if d.id == tie.document), None)
    return {
        "subject": short_name(tie.subject, data.name_of),
        "kind": words()["ties"].get(tie.kind, tie.kind.replace("_", " ")),
        "object": short_name(tie.object, data.name_of),
        "status": tie.status,
        "sources": " → ".join(s.text for s in tie.sources),
        "sentence": tie.sentence,
        "outlet": (d.outlet if d else None) or "",
        "id": f"t-{tie.id}",
    }


def by_document(data: BriefData) -> list[dict[str, Any]]:
    """Every document with its coded sentences: where evidence links land."""
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for m in data.mentions.values():
        grouped[m.document].append(m)
    out = []
    for d in data.documents:
        told = sorted(grouped.get(d.id, []), key=lambda m: m.trigger_span)
        out.append(
            {
                "id": d.id,
                "title": d.title or d.id,
                "outlet": d.outlet or "outlet unknown",
                "published": day(d.published),
                "published_from": d.published_from,
                "url": d.url if d.url and d.url.startswith(("http://", "https://")) else None,
                "repairs": ", ".join(d.repairs),
                "sentences": [
                    {"id": anchor(m.id), "text": marked(m), "what": act(m.type, m.mode, "one"), "status": m.status} for m in told
                ],
            }
        )
    return out
