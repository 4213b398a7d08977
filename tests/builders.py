"""Small records for tests: what a case does not name has a plain default."""

from __future__ import annotations

from typing import Any

from detente.records import Actor, Document, Event, Mention, Piece, Source


def document(id: str, text: str = "Text.", published: str | None = "2025-07-01", outlet: str = "Wire", **more: Any) -> Document:
    return Document(id, text, text, (Piece(0, 0, len(text)),), published=published, outlet=outlet, **more)


def actor(code: str, name: str | None = None) -> Actor:
    return Actor(name or code, None, name or code, code if len(code) == 3 and code.isupper() else None, "GOV", name or code)


def mention(document: str, at: int, type: str, actors: str, recipients: str = "", sentence: str = "", **more: Any) -> Mention:
    sources = tuple(Source(s) for s in more.pop("sources", ()))
    return Mention(
        id=f"{document}.{at:06d}",
        document=document,
        sentence=sentence or f"{actors} {type} {recipients}",
        sentence_span=(at, at + 50),
        trigger=more.pop("trigger", type.lower()),
        trigger_span=(at, at + 5),
        type=type,
        actors=tuple(actor(c) for c in actors.split()),
        recipients=tuple(actor(c) for c in recipients.split()),
        sources=sources,
        intensity=more.pop("intensity", -5.0),
        confidence=more.pop("confidence", 0.8),
        **more,
    )


def told_event(day: str | None, actor_: str, type: str, recipient: str = "", intensity: float = -5.0, **more: Any) -> Event:
    """An event between countries; ids count up by what they are given."""
    outlets = more.pop("outlets", ("Wire",))
    return Event(
        id=more.pop("id", f"{day}-{actor_}-{type}-{recipient}-{intensity}"),
        type=type,
        mode=more.pop("mode", None),
        actors=tuple(actor(c) for c in actor_.split()),
        recipients=tuple(actor(c) for c in recipient.split()),
        status=more.pop("status", "happened"),
        contested=more.pop("contested", False),
        date=day,
        date_precision="day",
        mentions=more.pop("mentions", (f"m-{day}-{actor_}-{type}",)),
        documents=(),
        outlets=outlets,
        origins=len(outlets),
        intensity=intensity,
        **more,
    )
