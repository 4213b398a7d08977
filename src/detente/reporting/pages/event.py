"""The page of an event: every mention in its sentence, the accounts side by side, what it answers, how it moved the measures."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from ...errors import WebError
from ...measures import pulls
from ...measures.acts import between, counts_in
from ...records import Document, Event, Mention
from ...workspace.decisions import event_before, events_before
from ..words import act_between, sentence, words
from .disputes import affair_of, disputes, said
from .lines import Facts, event_line, event_lines, telling
from .materials import Materials, event_of_mention

#: pairs of an event whose tension is looked at
_PAIRS = 4
_TITLES = {
    "happened": "Status",
    "type": "What",
    "actors": "Who",
    "recipients": "To whom",
    "date": "When",
    "place": "Where",
    "deaths": "Deaths",
    "injuries": "Injured",
}
#: events before and after it in a chain
_CHAIN = 12


def event_page(materials: Materials, id: str) -> Facts:
    """All that is known of an event. Raises :class:`~detente.errors.WebError` (H01) where there is none."""
    event = found_event(materials, id)
    told = materials.snapshot.mentions(event.mentions)
    accounts = tellings(materials, event, told)
    line = event_line(event, materials)
    return {
        "title": sentence(act_between(event, materials.name_of)).rstrip("."),
        "event": line
        | {
            "quad_words": words()["quads"][line["quad"]]["label"] if line["quad"] else None,
            "asserted_by": list(event.asserted_by),
            "denied_by": list(event.denied_by),
            "first_told": event.first_told,
            "last_told": event.last_told,
            "qualities": _qualities(event),
            "cameo": sorted({m.cameo for m in told.values() if m.cameo}),
            "contexts": sorted({c for m in told.values() for c in m.contexts}),
        },
        "fields": fields(event, told, materials),
        "called": _qualities_in_dispute(materials, event, told),
        "outlets": by_outlet(accounts),
        "answers": _before(materials, event),
        "answered_by": _after(materials, event),
        "answers_by": event.answers_by,
        "moved": moved(materials, event),
    }


def found_event(materials: Materials, id: str) -> Event:
    """An event by its id. Raises H01 where there is none, H11 where its tellings are of other events now."""
    event = materials.snapshot.event(id)
    if event is None:
        now = holders(materials, id)
        raise WebError("H11", event=id, now=now[0]) if now else WebError("H01", what=f"event {id[:60]}")
    return event


def holders(materials: Materials, id: str) -> list[str]:
    """Of an event that was merged away or judged out of being: the events that hold its tellings now, those that hold most first."""
    decided = materials.snapshot.decided
    was: list[str] = []
    for s in decided.standing:
        if s.decision.kind in ("merge", "split"):
            was += events_before(s.decision).get(id, [])
        elif s.decision.kind in ("accept", "correct", "reject") and event_before(s.decision) == id:
            was += [t.mention for t in s.decision.target]
    ids = {decided.now.get(m, m) for m in was}
    if not ids:
        return []
    told = event_of_mention(materials, pl.Series(list(ids))).filter(pl.col("mention").is_in(list(ids)))
    return [e for e, _ in Counter(told["event"].to_list()).most_common()]


def tellings(materials: Materials, event: Event, told: Mapping[str, Mention] | None = None) -> list[Facts]:
    """The mentions of an event for display, by the day they were published."""
    found = materials.snapshot.mentions(event.mentions) if told is None else told
    about = materials.snapshot.about({m.document for m in found.values()})
    texts: dict[str, Document | None] = {}
    out = []
    for m in (found[i] for i in event.mentions if i in found):
        if len(m.sentence) != m.sentence_span[1] - m.sentence_span[0] and m.document not in texts:
            texts[m.document] = materials.snapshot.document(m.document)
        out.append(telling(m, about.get(m.document), texts.get(m.document)))
    return sorted(out, key=lambda t: (t["published"] or "9", t["mention"]))


def by_outlet(accounts: Iterable[Facts]) -> list[Facts]:
    """Tellings under the outlet that published them, the first to tell first."""
    grouped: dict[str | None, list[Facts]] = defaultdict(list)
    for t in accounts:
        grouped[t["outlet"]].append(t)
    return [{"outlet": o, "tellings": ts, "statuses": sorted({t["status"] for t in ts})} for o, ts in grouped.items()]


def _qualities(event: Event) -> list[Facts]:
    found: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for q in event.qualities:
        found[q.text, q.denied] += [q.sources[-1].text] if q.sources else []
    return [{"text": text, "denied": denied, "sources": list(dict.fromkeys(by))} for (text, denied), by in found.items()]


# ---------------------------------------------------------------- agreed and disputed
def fields(event: Event, told: Mapping[str, Mention], materials: Materials) -> list[Facts]:
    """What tellings say, field by field: each value with the number of mentions that say so; ``disputed`` where accounts differ."""
    mentions = [told[m] for m in event.mentions if m in told]
    outlet = {d: a["outlet"] for d, a in materials.snapshot.about({m.document for m in mentions}).items()}

    def row(name: str, title: str, said: Sequence[tuple[str, Mention]]) -> Facts:
        counted = Counter(v for v, _ in said)
        by = defaultdict(list)
        for value, m in said:
            by[value].append(outlet.get(m.document) or "outlet unknown")
        values = [{"value": v, "mentions": n, "outlets": list(dict.fromkeys(by[v]))} for v, n in counted.most_common()]
        return {"name": name, "title": title, "values": values, "disputed": name in event.disputed, "silent": len(mentions) - len(said)}

    values = said(materials, mentions)
    rows = [row(name, title, values[name]) for name, title in _TITLES.items()]
    rows[1]["disputed"] |= "mode" in event.disputed
    out = [r for r in rows if r["values"]]
    return out


def _qualities_in_dispute(materials: Materials, event: Event, told: Mapping[str, Mention]) -> list[Facts]:
    """What it was like, where accounts differ on it: each side with who says so."""
    if not any(d.startswith("quality:") for d in event.disputed):
        return []
    return [d for d in disputes(materials, event, told, affair_of(materials)) if d["name"].startswith("quality:")]


# ---------------------------------------------------------------- what it answers
def _before(materials: Materials, event: Event) -> list[Facts]:
    """The chain of events that it answers, the first cause first."""
    found: list[Event] = []
    at = event.answers
    while at and len(found) < _CHAIN and at != event.id and at not in {e.id for e in found}:
        earlier = materials.snapshot.event(at)
        if earlier is None:
            break
        found.append(earlier)
        at = earlier.answers
    return event_lines(found[::-1], materials)


def _after(materials: Materials, event: Event) -> list[Facts]:
    """The events that answer it, by date."""
    return event_lines(materials.snapshot.events_where(pl.col("answers") == event.id)[:_CHAIN], materials)


# ---------------------------------------------------------------- what it moved
def moved(materials: Materials, event: Event) -> Facts:
    """What the event does to tension between its parties on its day; ``why_not`` where it does not count."""
    mine = materials.acts.filter(pl.col("event") == event.id)
    pairs = list(dict.fromkeys(tuple(sorted(p)) for p in mine.select("actor", "recipient").iter_rows()))
    why = _why_not(materials, event, mine)
    if why:
        return {"why_not": why, "pairs": [{"a": a, "b": b, **_names(materials, a, b)} for a, b in pairs[:_PAIRS]]}
    on: datetime.date = mine["day"][0]
    rows = []
    for a, b in pairs[:_PAIRS]:
        acts = between(materials.acts, (a, b), both=True)
        near = acts.filter(pl.col("day").is_between(on - datetime.timedelta(days=1), on))
        pull = next(
            (p for p in pulls(materials.acts, materials.reading, (a, b), materials.config.measures, on) if p.event == event.id), None
        )
        if pull is None:
            continue
        level = {p.day: p.value for p in materials.tension((a, b))}
        before = level.get((on - datetime.timedelta(days=1)).isoformat())
        rows.append(
            {
                "a": a,
                "b": b,
                **_names(materials, a, b),
                "effect": pull.effect,
                "level": level.get(on.isoformat()),
                "before": before,
                "same_day": near.filter(pl.col("day") == on).height - 1,
                "intensity": pull.intensity,
            }
        )
    return {"why_not": None if rows else "Nothing of these parties is told on a day within what was read.", "pairs": rows}


def _names(materials: Materials, a: str, b: str) -> Facts:
    return {"a_name": materials.name_of(a), "b_name": materials.name_of(b)}


def _why_not(materials: Materials, event: Event, mine: pl.DataFrame) -> str | None:
    if mine.is_empty():
        return "It counts in no series of a pair: one of its two parties is not known."
    if mine.filter(counts_in(materials.config.measures)).is_empty():
        label = words()["statuses"][event.status]["label"]
        contested = ", and contested" if event.contested else ""
        return f"It counts in no series: it is {label}{contested}. Only what is asserted to have happened counts, unless asked otherwise."
    if mine["day"][0] is None:
        return "It moves no series: its day is not known."
    if mine["intensity"][0] is None:
        return "It moves no series: its type has no intensity."
    return None
