"""Pages of actors: the list, and one actor with its ties, dealings, claims and positions."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

import polars as pl

from ...errors import WebError
from ...knowledge.directory_read import Entry
from ...merging.ties import holds_on
from ...records import TYPES, Tie
from ...workspace import Wanted
from ..charts import counts_chart
from ..words import act, words
from .claims import about_event_words, claims_frame
from .dyad import dyad_line
from .lines import Facts, event_lines
from .materials import Materials
from .standing import positions_of, unrest

_LISTED = 150
_RECENT = 25
_TIES = 40
_CLAIMS = 12
_PARTNERS = 12


def actors_page(materials: Materials, search: str | None = None) -> Facts:
    """Who acts and who is acted upon, most told of first. ``search``: part of a name or a code."""
    chronology = materials.snapshot.chronology
    acts, undergoes = (Counter(dict(chronology.counts(f, None, 1_000_000))) for f in ("actor", "recipient"))
    codes = sorted(set(acts) | set(undergoes), key=lambda c: (-(acts[c] + undergoes[c]), c))
    key = (search or "").strip().casefold()
    if key:
        codes = [c for c in codes if key in c.casefold() or key in materials.name_of(c).casefold()]
    partners: dict[str, list[str]] = {}
    for d in materials.dyads:
        for one, other in ((d.a, d.b), (d.b, d.a)):
            found = partners.setdefault(one, [])
            if len(found) < 3:
                found.append(other)
    rows = [
        {
            "code": c,
            "name": materials.name_of(c),
            "kind": kind_of(materials, c),
            "acts": acts[c],
            "undergoes": undergoes[c],
            "partners": [{"code": p, "name": materials.name_of(p)} for p in partners.get(c, ())],
        }
        for c in codes[:_LISTED]
    ]
    return {"actors": rows, "total": len(codes), "q": search or None}


def kind_of(materials: Materials, code: str) -> str | None:
    """What the directory says a code is: state, person, agency …"""
    entry = materials.directory.entries.get(code)
    return str(words()["kinds"].get(entry.kind, entry.kind)) if entry else None


def actor_page(materials: Materials, code: str, on: str | None = None) -> Facts:
    """One actor. ``on``: the ISO day on which ties are asked for. Raises H01 where nobody of that name is known or told of."""
    entry = find_entry(materials, code)
    key = entry.id if entry else code
    wanted = Wanted(either=(key,))
    chronology = materials.snapshot.chronology
    total = chronology.number(wanted)
    if not total and entry is None:
        raise WebError("H01", what=f"actor {code[:60]}")
    sides = {"acts": Wanted(actor=(key,)), "undergoes": Wanted(recipient=(key,))}
    recent = chronology.find(wanted, _RECENT, facets=0)
    last = materials.reading.last
    day = on or (last.isoformat() if last else datetime.date.today().isoformat())
    ties, told = ties_on(materials, key, entry, day)
    dyads = [d for d in materials.dyads if key in (d.a, d.b)]
    types = {side: dict(chronology.counts("type", chosen, len(TYPES))) for side, chosen in sides.items()}
    made, about = _claims(materials, key, entry)
    return {
        "title": entry.name if entry else key,
        "code": key,
        "watched": materials.watches(key),
        "profile": profile(materials, entry) if entry else None,
        "total": total,
        "acts": chronology.number(sides["acts"]),
        "undergoes": chronology.number(sides["undergoes"]),
        "types": [
            {"type": t, "what": act(t, None, "one"), "acts": types["acts"].get(t, 0), "undergoes": types["undergoes"].get(t, 0)}
            for t in TYPES
            if types["acts"].get(t) or types["undergoes"].get(t)
        ],
        "dyads": [dyad_line(d, materials) for d in dyads[:_PARTNERS]],
        "partners": len(dyads),
        "on": day,
        "ties": ties,
        "ties_told": told,
        "positions": positions_of(materials, key),
        "unrest": any(p.value is not None for p in unrest(materials, key)),
        "claims_made": made,
        "claims_about": about,
        "events": event_lines(materials.snapshot.events_at(recent.rows), materials),
    }


def find_entry(materials: Materials, code: str) -> Entry | None:
    """The directory's entry of an id, or of a country code or name whatever its case."""
    entries = materials.directory.entries
    found = entries.get(code) or entries.get(code.upper())
    return found or next((e for e in entries.values() if e.name.casefold() == code.casefold()), None)


def profile(materials: Materials, entry: Entry) -> Facts:
    """What the directory knows of an actor."""
    return {
        "kind": words()["kinds"].get(entry.kind, entry.kind),
        "country": {"code": entry.country, "name": materials.name_of(entry.country)}
        if entry.country and entry.country != entry.id
        else None,
        "sector": words()["sectors"].get(entry.sector or "", entry.sector),
        "names": [n for n in entry.names if n != entry.name][:8],
        "capitals": list(entry.capitals),
        "terms": [
            {"office": t.office, "of": materials.name_of(t.of) if t.of else None, "start": t.start, "end": t.end}
            for t in sorted(entry.terms, key=lambda t: t.start or "", reverse=True)[:8]
        ],
        "source": entry.source,
    }


def ties_on(materials: Materials, key: str, entry: Entry | None, day: str) -> tuple[list[Facts], int]:
    """Ties that hold on a day, those told in documents first; and how many of them are told in documents."""
    mine = {key, *((entry.name,) if entry else ())}

    def of(tie: Tie) -> bool:
        return any(a.id in mine or a.name in mine or (a.country == key and a.id in (None, key)) for a in (tie.subject, tie.object))

    found = [t for t in materials.ties() if of(t)]
    published = {i: a["published"] for i, a in materials.snapshot.about({t.document for t in found if t.document}).items()}
    holding = [t for t in found if holds_on(t, day, published.get(t.document or ""))]
    told = [t for t in holding if t.document]
    shown = sorted(told, key=lambda t: published.get(t.document or "") or "", reverse=True) + [t for t in holding if not t.document]
    return [tie_facts(materials, t, published.get(t.document or "")) for t in shown[:_TIES]], len(told)


def tie_facts(materials: Materials, t: Tie, published: str | None) -> Facts:
    """A tie for display."""
    return {
        "subject": {"name": t.subject.name or materials.name_of(t.subject.code) or t.subject.text, "code": t.subject.id or t.subject.code},
        "object": {"name": t.object.name or materials.name_of(t.object.code) or t.object.text, "code": t.object.id or t.object.code},
        "kind": words()["ties"].get(t.kind, t.kind.replace("_", " ")),
        "start": t.start,
        "end": t.end,
        "status": t.status,
        "sources": [s.text for s in t.sources],
        "document": t.document,
        "published": published,
        "sentence": t.sentence,
        "reference": t.reference,
    }


def _claims(materials: Materials, key: str, entry: Entry | None) -> tuple[Facts, Facts]:
    """Claims that an actor makes, and claims about it by others; the latest of each."""
    frame = claims_frame(materials)
    names = [key, *((entry.name,) if entry else ())]
    speaks = pl.col("speaker").is_in(names) | pl.col("speaker_id").is_in(names) | (pl.col("speaker_country") == key)
    made = frame.filter(speaks)
    about = frame.filter(~speaks.fill_null(False) & pl.col("about").list.contains(key))
    return tuple(  # type: ignore[return-value]
        {"total": f.height, "claims": about_event_words(materials, f.sort("published", descending=True, nulls_last=True).head(_CLAIMS))}
        for f in (made, about)
    )


def actor_figure(materials: Materials, code: str, width: int = 680) -> dict[str, Any]:
    """Events of an actor by month, cooperation above and conflict below."""
    entry = find_entry(materials, code)
    rows = materials.snapshot.chronology.all(Wanted(either=(entry.id if entry else code,)))
    table = materials.snapshot.events[rows].select("date", "type")
    return counts_chart([_Dated(d, t) for d, t in table.iter_rows()], width)  # type: ignore[misc]


class _Dated:
    """As much of an event as the chart of counts reads."""

    __slots__ = ("date", "type")

    def __init__(self, date: str | None, type_: str) -> None:
        self.date = date
        self.type = type_
