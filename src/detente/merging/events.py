"""Mentions to events: tellings of one act are one event, with its outlets, its corroboration and what is disputed about it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from ..config import MergingOptions
from ..records import Actor, Document, Event, Mention, Status
from .copies import copied, joined
from .denials import REAL, narrower
from .joining import Group, Joiner
from .links import Links
from .qualities import dispute_qualities
from .responses import link_responses
from .telling import Telling, rules

#: 'whose peacekeepers' are peacekeepers where nobody stands before
_OWNER = re.compile(r"^(?:whose|its|their|his|her|our|my)\s+", re.IGNORECASE)


def merge(
    mentions: Sequence[Mention],
    documents: Sequence[Document],
    options: MergingOptions,
    known: Sequence[Event] = (),
    links: Links | None = None,
    afresh: bool = False,
) -> list[Event]:
    """Events of all mentions, by date. Every mention is in exactly one event.

    ``known``: events of an earlier merge. Only what is not in them is merged, with those that it may belong to; the others stay as they
    are, and ids are kept. ``links``: what somebody decided about which mentions are of one event. ``afresh``: everything is merged anew,
    and only the ids are kept: for a workspace whose mentions were coded otherwise, or other options.

    Tellings of like kinds and parties whose days allow it are compared two by two (:mod:`.blocking`, :class:`.similarity.Tellings`);
    those that are likely of one act are joined, the likeliest first. Nothing is coded anew.
    """
    read = {d.id for d in documents}
    told = {m.id: m for m in mentions if m.document in read}
    joiner = Joiner(list(told.values()), documents, options, links or Links())
    # events that a decision changed are measured now
    measured = [e for e in known if e.cohesion is not None or len(e.mentions) == 1]
    standing = {} if afresh else {e.id: e for e in measured if all(m in told for m in e.mentions)}
    groups, touched = joiner.add({m: e.id for e in standing.values() for m in e.mentions}) if standing else (joiner.all(), set[str]())
    events = [e for e in standing.values() if e.id not in touched]
    events += steady(_named(groups, {m: e.id for e in known for m in e.mentions}, {e.id for e in events}, documents), standing)
    events.sort(key=lambda e: (e.date or "", e.id))
    return link_responses(dispute_qualities(events, told), told)


def steady(events: Sequence[Event], before: Mapping[str, Event]) -> list[Event]:
    """Events, those of the same mentions as before as sure as before: one document more changes a little how rare every word is."""
    same = ((e, before.get(e.id)) for e in events)
    return [replace(e, cohesion=was.cohesion) if was is not None and set(was.mentions) == set(e.mentions) else e for e, was in same]


def _named(groups: Sequence[Group], names: Mapping[str, str], taken: set[str], documents: Sequence[Document]) -> list[Event]:
    """Events of groups, with the ids that their mentions had before."""
    inside = {t.mention.document for group, _ in groups for t in group}
    copies = copied([d for d in documents if d.id in inside])
    events = []
    for group, cohesion in groups:
        id_ = next((names[t.mention.id] for t in group if t.mention.id in names and names[t.mention.id] not in taken), None)
        event = event_of(group, copies, id_, cohesion)
        if event.id in taken:
            event = replace(event, id=f"{event.id}-{len(event.mentions)}-{event.mentions[0][-6:]}")
        taken.add(event.id)
        events.append(event)
    return events


def event_of(
    group: Sequence[Telling], copies: Set[tuple[str, str]] = frozenset(), id_: str | None = None, cohesion: float | None = None
) -> Event:
    """The event that a group of tellings makes.

    Status: ``happened`` where an outlet tells it in its own voice; ``claimed`` where only cited sources do; ``denied`` where it is only
    denied; else ``planned`` or ``hypothetical``. Contested: somebody asserts what somebody else denies, not merely a part of it
    (:mod:`.denials`), or tellings differ on who did it.
    ``copies``: pairs of documents that are near-copies (:func:`.copies.copied`); ``cohesion``: of the group (:class:`.joining.Group`).
    """
    ordered = sorted(group, key=lambda t: (str(t.told or ""), t.mention.id))
    best = max(ordered, key=lambda t: (bool(t.mention.actors) + bool(t.mention.recipients), t.mention.confidence or 0, t.dated))
    kinds = Counter(t.mention.status for t in ordered)
    asserted = [t for t in ordered if t.mention.status in REAL]
    denied = [t for t in ordered if t.mention.status == "denied" and not narrower(t, asserted)]
    disputed = _disputed(ordered, bool(asserted and denied))
    days = Counter((t.mention.date, t.precision) for t in ordered if t.dated)
    date, precision = days.most_common(1)[0][0] if days else _told(ordered[0])
    type_ = Counter(t.mention.type for t in ordered).most_common(1)[0][0]
    typed = next(t for t in ([best, *ordered]) if t.mention.type == type_)
    told = [t.told.isoformat() for t in ordered if t.told]
    first = ordered[0].mention
    actors = _actors(ordered, "actors")
    return Event(
        id=id_ or f"e{(date or first.document[:8]).replace('-', '')[:8]}-{hashlib.blake2b(first.id.encode(), digest_size=5).hexdigest()}",
        type=type_,
        mode=typed.mention.mode,
        actors=actors,
        recipients=_faced(_actors(ordered, "recipients"), actors),
        status=_status(kinds),
        contested="happened" in disputed or "actors" in disputed,
        date=date,
        date_precision=precision,  # type: ignore[arg-type]
        mentions=tuple(t.mention.id for t in ordered),
        documents=tuple(dict.fromkeys(t.mention.document for t in ordered)),
        outlets=tuple(dict.fromkeys(t.outlet for t in ordered)),
        origins=len(set(joined(dict.fromkeys(t.mention.document for t in ordered), copies).values())),
        asserted_by=_voices(asserted),
        denied_by=_voices(denied),
        disputed=disputed,
        place=next((t.mention.place for t in ordered if t.mention.place), None),
        deaths=_most(t.mention.deaths for t in ordered),
        injuries=_most(t.mention.injuries for t in ordered),
        intensity=typed.mention.intensity,
        confidence=round(1 - _product(1 - (m.confidence or 0.5) for m in _one_an_outlet(ordered)), 3),
        first_told=min(told, default=None),
        last_told=max(told, default=None),
        cohesion=cohesion,
        label=best.mention.trigger,
    )


def _told(t: Telling) -> tuple[str | None, str | None]:
    """The publication date of the first telling, for an act of which no text gives the date."""
    if t.published is None:
        return None, None
    return t.published[:10], {4: "year", 7: "month"}.get(len(t.published), "day")


def _status(kinds: Counter[Status]) -> Status:
    return next((k for k in ("happened", "claimed", "denied", "planned", "hypothetical") if kinds[k]), "happened")


def _disputed(ordered: Sequence[Telling], happened: bool) -> tuple[str, ...]:
    out = ["happened"] * happened
    deaths = {t.mention.deaths for t in ordered if t.mention.deaths is not None}
    if len(deaths) > 1:
        out.append("deaths")
    if ordered[0].mention.type not in rules()["joint"]:
        actors = [t.actors for t in ordered if t.actors]
        if actors and not frozenset.intersection(*actors):
            out.append("actors")
    return tuple(out)


def _actors(ordered: Sequence[Telling], role: str) -> tuple[Actor, ...]:
    """Who most tellings name, each by the name told most often, a person or body rather than its state; parties named once among many
    are left out."""
    votes: Counter[str] = Counter()
    names: dict[str, dict[Actor, float]] = defaultdict(lambda: defaultdict(float))
    for t in ordered:
        for a in getattr(t.mention, role):
            votes[a.code] += 1
            text = _OWNER.sub("", a.text) if a.country or a.id else a.text
            where = t.mention.place
            only_there = where is not None and a.text in (where.text, where.name)  # 'the raid in Yekaterinburg' is Russia's, not the town's
            names[a.code][Actor(a.name or text, None, a.id, a.country, a.sector, a.name)] += 0.1 if only_there else 1
    told = sum(1 for t in ordered if getattr(t.mention, role))
    best = {c: max(n, key=lambda a: n[a] + 0.5 * (a.id is not None and a.id != a.country)) for c, n in names.items()}
    return tuple(a for c, a in best.items() if votes[c] * 3 >= told)


def _faced(recipients: Sequence[Actor], actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """To whom it was done: nobody who acts, and where others are named nobody of the actors' side known by a word or a place alone."""
    acting, side = {a.id for a in actors}, {a.code for a in actors}
    others = [r for r in recipients if r.id is None or r.id == r.country or r.id not in acting]
    across = [r for r in others if r.code not in side]
    return tuple(r for r in others if not across or r in across or r.id not in (None, r.country))


def _voices(tellings: Sequence[Telling]) -> tuple[str, ...]:
    named = ((t, t.mention.sources[-1].text if t.mention.sources else t.outlet) for t in tellings)
    hearsay = (t.mention.status == "claimed" and not t.mention.sources for t in tellings)  # 'allegedly': nobody's word
    return tuple(dict.fromkeys(name for (_, name), nobody in zip(named, hearsay, strict=True) if not nobody))


def _most(values: object) -> int | None:
    counted = Counter(v for v in values if v is not None)  # type: ignore[attr-defined]
    return counted.most_common(1)[0][0] if counted else None


def _one_an_outlet(ordered: Sequence[Telling]) -> list[Mention]:
    return list({t.outlet: t.mention for t in ordered}.values())


def _product(values: object) -> float:
    out = 1.0
    for v in values:  # type: ignore[attr-defined]
        out *= v
    return out
