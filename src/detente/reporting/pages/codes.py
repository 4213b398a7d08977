"""What a code means and who somebody is: the codebook and the directory, to browse and to search."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

import polars as pl

from ...errors import WebError
from ...knowledge import Codebook, load_codebook
from ...knowledge.codebook import Entry as CodebookEntry
from ...knowledge.directory_read import Entry
from ...records import QUADS
from ..words import act, day, words
from .lines import Facts
from .materials import Materials

_FOUND = 60
_KINDS = {
    "state": "states",
    "territory": "territories",
    "bloc": "blocs",
    "igo": "international bodies",
    "alliance": "alliances",
    "person": "people",
    "agency": "agencies",
    "force": "forces",
    "group": "armed groups",
    "party": "parties",
    "media": "media",
    "company": "companies",
    "people": "peoples",
    "ngo": "non-governmental bodies",
    "place": "places",
}
_QUAD = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


def fold(text: str) -> str:
    """A text for comparison: without accents, in lower case."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


# ---------------------------------------------------------------- codebook
def codebook_page(materials: Materials, search: str | None = None) -> Facts:
    """The types with their modes; with ``search`` (a word, a CAMEO code, an entry's id) the entries that it leads to."""
    book = load_codebook(materials.config.knowledge.codebook)
    fired = _fired(materials)
    found = _entries_for(book, (search or "").strip())
    return {
        "title": "Codebook",
        "q": search or "",
        "types": [_type(book, t, fired) for t in book.scale],
        "entries": [_entry(e, book, fired) for e in found[:_FOUND]] if search else [],
        "more": max(0, len(found) - _FOUND) if search else 0,
        "count": len(book.entries),
    }


def type_page(materials: Materials, type_: str) -> Facts:
    """One type: its modes, and each entry with its words and examples. Raises H01."""
    book = load_codebook(materials.config.knowledge.codebook)
    if type_ not in book.scale:
        raise WebError("H01", what=f"type {type_[:40]}")
    fired = _fired(materials)
    entries = sorted((e for e in book.entries.values() if e.type == type_), key=lambda e: (e.mode or "", e.id))
    return {"title": type_, **_type(book, type_, fired), "entries": [_entry(e, book, fired) for e in entries]}


def _fired(materials: Materials) -> Counter[str]:
    """How often each entry told an act in this workspace."""

    def count() -> Counter[str]:
        because = materials.snapshot.mentions_where(pl.lit(True), ("because",))["because"].explode().drop_nulls()
        return Counter(b.removeprefix("codebook:") for b in because.to_list() if b.startswith("codebook:"))

    return materials.snapshot.memo("codebook", count)


def _type(book: Codebook, type_: str, fired: Counter[str]) -> Facts:
    entries = [e for e in book.entries.values() if e.type == type_]
    quad = QUADS.get(type_)
    modes = [
        {"mode": m, "label": act(type_, m, "one"), "intensity": book.intensity(type_, m), "cameo": book.cameo_of(type_, m)}
        for m in book.modes(type_)
    ]
    return {
        "type": type_,
        "label": act(type_, None, "one"),
        "did": act(type_, None, "did"),
        "quad": quad,
        "kind": _QUAD.get(quad or 0, "of your own codebook"),
        "intensity": book.intensity(type_),
        "modes": modes,
        "entries_count": len(entries),
        "told": sum(fired[e.id] for e in entries),
    }


def _entry(e: CodebookEntry, book: Codebook, fired: Counter[str]) -> Facts:
    return {
        "id": e.id,
        "type": e.type,
        "mode": e.mode,
        "label": act(e.type, e.mode, "one"),
        "cameo": e.cameo,
        "intensity": book.intensity(e.type, e.mode),
        "contexts": list(e.contexts),
        "words": {part: list(listed) for part, listed in e.words.items() if listed},
        "roles": {role: list(slots) for role, slots in e.roles.items()},
        "precision": e.precision,
        "status": e.status,
        "examples": [
            {"text": x.text, "trigger": x.trigger, "actors": list(x.actors), "recipients": list(x.recipients)} for x in e.examples
        ],
        "source": e.source,
        "told": fired[e.id],
    }


def _entries_for(book: Codebook, search: str) -> list[CodebookEntry]:
    key = search.lower()
    if not key:
        return []
    by_word = {t.entry.id for (_, lemma), triggers in book.triggers.items() if lemma == key for t in triggers}
    exact = [e for e in book.entries.values() if e.id in by_word or key in (e.id, (e.cameo or "").lower(), e.type.lower(), e.mode or "")]
    seen = {e.id for e in exact}
    loose = [e for e in book.entries.values() if e.id not in seen and any(key in w.lower() for listed in e.words.values() for w in listed)]
    return [*exact, *loose]


# ---------------------------------------------------------------- directory
def directory_page(materials: Materials, search: str | None = None, kind: str | None = None, start: int = 0, size: int = _FOUND) -> Facts:
    """Entries whose names hold ``search``, best first; all of a ``kind`` by name where nothing is searched."""
    entries = materials.directory.entries.values()
    key = fold((search or "").strip())
    marked = [(mark, e) for e in entries if (mark := _mark(e, key)) is not None] if key else [((0, e.name), e) for e in entries]
    kinds = Counter(e.kind for _, e in marked)
    chosen = sorted(((mark, e) for mark, e in marked if kind is None or e.kind == kind), key=lambda pair: (pair[0], pair[1].id))
    shown = chosen[start : start + size]
    return {
        "title": "Directory",
        "q": search or "",
        "kind": kind,
        "kinds": [{"kind": k, "label": _KINDS.get(k, k), "count": kinds[k]} for k in (*_KINDS, *(set(kinds) - set(_KINDS))) if kinds[k]],
        "entries": [_line(e, materials) for _, e in shown],
        "total": len(chosen),
        "everything": len(entries),
        "next": start + size if len(chosen) > start + size else None,
        "previous": max(0, start - size) if start else None,
    }


def _mark(e: Entry, key: str) -> tuple[int, str] | None:
    """How well an entry answers a search; None where it does not."""
    if key == e.id.lower() or key == fold(e.name):
        return 0, e.name
    names = [fold(n) for n in (*e.names, *e.short, *e.demonyms, *e.people, *e.capitals, *e.seats)]
    if key in names:
        return 1, e.name
    if any(n.startswith(key) for n in (*names, fold(e.name))):
        return 2, e.name
    if any(f" {key}" in n for n in names):
        return 3, e.name
    offices = any(key in fold(t.office) for t in e.terms)
    return (4, e.name) if offices or any(key in n for n in names) else None


def _line(e: Entry, materials: Materials) -> Facts:
    term = next(iter(materials.directory.terms_at(e.id)), None) if e.kind == "person" else None
    return {
        "id": e.id,
        "name": e.name,
        "kind": e.kind,
        "kind_label": _one(e.kind),
        "country": e.country,
        "country_name": materials.name_of(e.country) if e.country and e.country != e.id else None,
        "office": term.office if term else None,
    }


def _one(kind: str) -> str:
    return {"people": "people", "igo": "international body", "ngo": "non-governmental body", "group": "armed group"}.get(kind, kind)


def entry_page(materials: Materials, id: str) -> Facts:
    """One entry: its names, offices, members and ties, and where the facts are from. Raises H01."""
    directory = materials.directory
    e = directory.entries.get(id)
    if e is None:
        raise WebError("H01", what=f"entry {id[:60]} in the directory")
    ties = [t for t in directory.ties if id in (t.subject, t.object)]
    return {
        "title": e.name,
        "entry": {**_line(e, materials), "sector": e.sector, "source": e.source},
        "names": [
            {"title": title, "names": list(listed)}
            for title, listed in (
                ("names", e.names),
                ("last name alone", e.short),
                ("only with a title", e.weak),
                ("of it", e.demonyms),
                ("its people", e.people),
                ("its capitals stand for it", e.capitals),
                ("its seats stand for it", e.seats),
            )
            if listed
        ],
        "terms": [_term(t, materials) for t in sorted(e.terms, key=lambda t: t.start or "", reverse=True)],
        "part_of": [{"id": p, "name": materials.name_of(p)} for p in e.part_of],
        "ties": [_tie(t, id, materials) for t in sorted(ties, key=lambda t: (t.kind, t.start or ""))[:300]],
        "ties_count": len(ties),
        "told": _told_of(materials, e),
    }


def _term(t: Any, materials: Materials) -> Facts:
    of = materials.name_of(t.of) if t.of else None
    span = _span(t.start, t.end)
    return {"office": t.office, "of": t.of, "of_name": of, "sector": t.sector, "from": t.start, "until": t.end, "span": span}


def _tie(t: Any, id: str, materials: Materials) -> Facts:
    other = t.object if t.subject == id else t.subject
    kinds = words().get("ties", {})
    label = kinds.get(t.kind, t.kind.replace("_", " "))
    return {
        "kind": t.kind,
        "label": label if isinstance(label, str) else t.kind.replace("_", " "),
        "outward": t.subject == id,
        "other": other,
        "other_name": materials.name_of(other),
        "span": _span(t.start, t.end),
        "source": t.source,
    }


def _span(start: str | None, end: str | None) -> str:
    if start and end:
        return f"{day(start)} – {day(end)}"
    return f"since {day(start)}" if start else f"until {day(end)}" if end else ""


def _told_of(materials: Materials, e: Entry) -> int:
    """Events of this workspace in which it takes part by itself, or which count for it."""
    field = "country" if e.country == e.id else "id"

    def named(column: str) -> pl.Expr:
        return pl.col(column).list.eval(pl.element().struct.field(field) == e.id).list.any()

    return materials.snapshot.events.filter(named("actors") | named("recipients")).height
