"""The search of the top line: actors, documents and events that words may mean."""

from __future__ import annotations

import re
from collections import Counter

import polars as pl

from ...workspace import Wanted
from .chronology import with_words
from .document import with_openings
from .lines import Facts, event_lines
from .materials import Materials

_MOST = 12


def search_page(materials: Materials, text: str) -> Facts:
    """Actors whose name or code, documents whose title, and events of whose tellings one holds all the words."""
    words = text.split()
    if not words:
        return {"actors": [], "documents": [], "events": [], "events_total": 0, "documents_total": 0}
    found = materials.snapshot.chronology.find(with_words(materials, Wanted(), text), _MOST, facets=0)
    titles = materials.snapshot.documents
    for word in words:
        titles = titles.filter(pl.col("title").fill_null("").str.contains("(?i)" + re.escape(word)))
    shown = titles.sort("published", descending=True, nulls_last=True).head(_MOST)
    return {
        "actors": actors_named(materials, text),
        "documents": with_openings(materials, shown.select("id", "title", "outlet", "published").to_dicts()),
        "documents_total": titles.height,
        "events": event_lines(materials.snapshot.events_at(found.rows), materials),
        "events_total": found.total,
    }


def actors_named(materials: Materials, text: str, most: int = _MOST) -> list[Facts]:
    """Actors of the workspace and of the directory by part of a name or code, those told of most first."""
    key = text.strip().casefold()
    if not key:
        return []
    told = materials.snapshot.memo("told of", lambda: _told_of(materials))
    codes = {c for c in told if key in c.casefold() or key in materials.name_of(c).casefold()}
    for entry in materials.directory.entries.values():
        if any(key in name.casefold() for name in (entry.id, entry.name, *entry.names[:6])):
            codes.add(entry.id)
    exact = {c for c in codes if key in (c.casefold(), materials.name_of(c).casefold())}
    ranked = sorted(codes, key=lambda c: (c not in exact, -told.get(c, 0), len(materials.name_of(c)), c))
    return [{"code": c, "name": materials.name_of(c), "events": told.get(c, 0)} for c in ranked[:most]]


def _told_of(materials: Materials) -> Counter[str]:
    out: Counter[str] = Counter()
    for facet in ("actor", "recipient"):
        out.update(dict(materials.snapshot.chronology.counts(facet, None, 10_000_000, every=True)))
    return out


def completions(materials: Materials, what: str, text: str, most: int = 12) -> list[Facts]:
    """Values that begin with or hold what was typed: ``what`` is actor, recipient, dyad, watch, place, outlet, type or speaker."""
    if what in ("actor", "recipient", "speaker"):
        return [{"value": a["code"], "label": a["name"]} for a in actors_named(materials, text, most)]
    if what == "dyad":
        key = text.casefold()
        found = [
            {"value": f"{d.a},{d.b}", "label": f"{materials.name_of(d.a)} – {materials.name_of(d.b)}"}
            for d in materials.dyads[:2000]
            if key in f"{d.a},{d.b}".casefold() or key in f"{materials.name_of(d.a)} – {materials.name_of(d.b)}".casefold()
        ]
        return found[:most]
    if what == "watch":
        return [*completions(materials, "actor", text, most // 2), *completions(materials, "dyad", text, most // 2)]
    if what == "type":
        from ...records import TYPES
        from ..words import act

        return [{"value": t, "label": act(t, None, "one")} for t in TYPES if text.casefold() in f"{t} {act(t, None, 'one')}".casefold()][
            :most
        ]
    if what in ("place", "outlet"):
        key = text.casefold()
        values = [v for v in materials.snapshot.chronology.values(what) if key in v.casefold()]
        values.sort(key=lambda v: (not v.casefold().startswith(key), len(v), v))
        return [{"value": v, "label": v} for v in values[:most]]
    return []
