"""Mentions to events: tellings of one act are one event, with its outlets, its corroboration and what is disputed about it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ..config import MergingOptions
from ..records import Actor, Document, Event, Mention, Status
from .copies import origins
from .qualities import dispute_qualities
from .responses import link_responses
from .similarity import Telling, rules, same_act, telling

_THRESHOLD = 1.0


def merge(mentions: Sequence[Mention], documents: Sequence[Document], options: MergingOptions, known: Sequence[Event] = ()) -> list[Event]:
    """Events of all mentions, by date. ``known``: events of an earlier merge, whose ids are kept where one of their mentions is in them.

    Every mention is in exactly one event. Tellings are compared with the events of the same parties within the time window; the best
    above a threshold takes them, else they found one. The order is that of publication, so a new document joins old events.
    """
    by_id = {d.id: d for d in documents}
    tellings = sorted(
        (telling(m, by_id[m.document]) for m in mentions if m.document in by_id), key=lambda t: (str(t.told or ""), t.mention.id)
    )
    groups: list[list[Telling]] = []
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for t in tellings:
        keys = _keys(t)
        candidates = {g for k in keys for g in index[k]}
        best, score = None, _THRESHOLD
        for g in sorted(candidates):
            fit = _fit(t, groups[g], options)
            if fit > score or (fit == score and best is None):
                best, score = g, fit
        if best is None:
            best = len(groups)
            groups.append([])
        groups[best].append(t)
        for k in keys:
            if best not in index[k][-8:]:
                index[k].append(best)
    copy_of = origins(list(documents))
    names = {m: e.id for e in known for m in e.mentions}
    taken: set[str] = set()
    events = []
    for group in groups:
        id_ = next((names[t.mention.id] for t in group if t.mention.id in names and names[t.mention.id] not in taken), None)
        event = event_of(group, copy_of, id_)
        taken.add(event.id)
        events.append(event)
    events.sort(key=lambda e: (e.date or "", e.id))
    told = {m.id: m for m in mentions}
    return link_responses(dispute_qualities(events, told), told)


def _keys(t: Telling) -> list[tuple[str, str]]:
    """Blocking: type family and each party."""
    family = (
        "joint"
        if t.mention.type in rules()["joint"]
        else {"ASSAULT": "force", "COERCE": "force", "SANCTION": "force"}.get(t.mention.type, t.mention.type)
    )
    keys = [(family, p) for p in t.parties]
    if t.mention.type in ("RETREAT", "CONCEDE"):
        keys += [("yield", p) for p in t.parties]
    return keys or [(family, "")]


def _fit(t: Telling, group: Sequence[Telling], options: MergingOptions) -> float:
    """How well a telling fits a group: its best member, which no member of the same sentence contradicts."""
    if any(
        o.mention.sentence_span == t.mention.sentence_span and o.mention.document == t.mention.document and o.stem != t.stem for o in group
    ):
        return 0.0
    scores = [same_act(t, o, options) for o in group]
    best = max(scores)
    return best if sum(s > 0 for s in scores) * 2 >= len(scores) else 0.0


def event_of(group: Sequence[Telling], copy_of: Mapping[str, int], id_: str | None = None) -> Event:
    """The event that a group of tellings makes.

    Status: ``happened`` where an outlet tells it in its own voice; ``claimed`` where only cited sources do; ``denied`` where it is only
    denied; else ``planned`` or ``hypothetical``. Contested: somebody asserts what somebody else denies, or tellings differ on who did it.
    """
    ordered = sorted(group, key=lambda t: (str(t.told or ""), t.mention.id))
    best = max(ordered, key=lambda t: (bool(t.mention.actors) + bool(t.mention.recipients), t.mention.confidence or 0, t.dated))
    kinds = Counter(t.mention.status for t in ordered)
    asserted = [t for t in ordered if t.mention.status in ("happened", "claimed")]
    denied = [t for t in ordered if t.mention.status == "denied"]
    disputed = _disputed(ordered, bool(asserted and denied))
    days = Counter((t.mention.date, t.precision) for t in ordered if t.dated)
    date, precision = days.most_common(1)[0][0] if days else _told(best)
    type_ = Counter(t.mention.type for t in ordered).most_common(1)[0][0]
    typed = next(t for t in ([best, *ordered]) if t.mention.type == type_)
    told = [t.told.isoformat() for t in ordered if t.told]
    first = ordered[0].mention
    actors = _actors(ordered, "actors")
    acting = {a.id for a in actors}
    return Event(
        id=id_ or f"e{(date or first.document[:8]).replace('-', '')[:8]}-{hashlib.blake2b(first.id.encode(), digest_size=5).hexdigest()}",
        type=type_,
        mode=typed.mention.mode,
        actors=actors,
        recipients=tuple(r for r in _actors(ordered, "recipients") if r.id is None or r.id == r.country or r.id not in acting),
        status=_status(kinds),
        contested="happened" in disputed or "actors" in disputed,
        date=date,
        date_precision=precision,  # type: ignore[arg-type]
        mentions=tuple(t.mention.id for t in ordered),
        documents=tuple(dict.fromkeys(t.mention.document for t in ordered)),
        outlets=tuple(dict.fromkeys(t.outlet for t in ordered)),
        origins=len({copy_of.get(t.mention.document, -1) for t in ordered}),
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
        label=best.mention.trigger,
    )


def _told(t: Telling) -> tuple[str | None, str | None]:
    """The publication date, for an act whose text gives no date."""
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
    """Who most tellings name, most specific first; parties named once among many are left out."""
    votes: Counter[str] = Counter()
    best: dict[str, Actor] = {}
    for t in ordered:
        for a in getattr(t.mention, role):
            votes[a.code] += 1
            known = best.get(a.code)
            if known is None or (a.id and a.id != a.country and known.id == known.country):
                best[a.code] = a
    told = sum(1 for t in ordered if getattr(t.mention, role))
    return tuple(Actor(a.name or a.text, None, a.id, a.country, a.sector, a.name) for c, a in best.items() if votes[c] * 3 >= told)


def _voices(tellings: Sequence[Telling]) -> tuple[str, ...]:
    names = [t.mention.sources[-1].text if t.mention.sources else t.outlet for t in tellings]
    return tuple(dict.fromkeys(names))


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
