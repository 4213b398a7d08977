"""The page of a document: its text as read with every mention marked in place, notes in the margin; and the list of documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import polars as pl

from ...errors import WebError
from ...records import Document, Mention, Span
from ..words import act, why, words
from .lines import Facts, actors_facts, pieces
from .materials import Materials

#: letters of a text that a page shows at once; longer ones are cut into parts
PART = 60_000
_PARAGRAPH = re.compile(r"\n[ \t]*\n+|\n")
#: a paragraph longer than this is cut after a sentence, so that its notes stay near
_LONG = 1_600


def document_page(materials: Materials, id: str, part: int = 1, original: bool = False) -> Facts:
    """A document with its mentions. ``part``: which stretch of a long text; ``original``: the text as it came, with no repair, beside it.

    Raises :class:`~detente.errors.WebError` (H01) where there is no such document or part.
    """
    document = materials.snapshot.document(id)
    if document is None:
        raise WebError("H01", what=f"document {id[:60]}")
    cut = _parts(document.text)
    if not 1 <= part <= len(cut):
        raise WebError("H01", what=f"part {part} of this document")
    mentions = materials.snapshot.mentions_of(id)
    events = _events_of(materials, mentions)
    placed = [(m, document.from_original(m.trigger_span)) for m in mentions]
    stretch = cut[part - 1]
    return {
        "title": document.title or opening(document.text) or "Untitled document",
        "document": _about(document),
        "paragraphs": [_paragraph(p, document, placed, events, materials) for p in _paragraphs(document.text, stretch)],
        "mentions": len(mentions),
        "events": len({e for e in events.values() if e}),
        "differs": document.text != document.original,
        "original": _original(document, stretch) if original and document.text != document.original else None,
        "part": part,
        "parts": len(cut),
        "part_of": {m.id: next(n for n, s in enumerate(cut, 1) if at[0] < s[1] or n == len(cut)) for m, at in placed}
        if len(cut) > 1
        else {},
    }


def _about(d: Document) -> Facts:
    return {
        "id": d.id,
        "outlet": d.outlet,
        "author": d.author,
        "published": d.published,
        "published_from": d.published_from,
        "url": d.url,
        "path": d.path,
        "format": d.format,
        "language": d.language,
        "repairs": list(d.repairs),
        "characters": len(d.text),
    }


def _events_of(materials: Materials, mentions: Sequence[Mention]) -> dict[str, str | None]:
    """The event that each mention was merged into."""
    ids = [m.id for m in mentions]
    if not ids:
        return {}
    of = materials.snapshot.events.lazy().filter(pl.col("documents").list.contains(mentions[0].document))
    found = of.select("id", pl.col("mentions").alias("mention")).explode("mention").collect()
    known = dict(zip(found["mention"].to_list(), found["id"].to_list(), strict=True))
    return {i: known.get(i) for i in ids}


def _parts(text: str) -> list[Span]:
    """A text cut at paragraphs into parts of at most :data:`PART` characters or so."""
    out: list[Span] = []
    start = 0
    while len(text) - start > PART * 1.2:
        at = text.rfind("\n", start + PART // 2, start + PART)
        at = at if at > 0 else max(text.rfind(" ", start + PART // 2, start + PART), start + PART // 2)
        out.append((start, at))
        start = at
    out.append((start, len(text)))
    return out


def _paragraphs(text: str, stretch: Span) -> list[Span]:
    begin, end = stretch
    out: list[Span] = []
    at = begin
    for gap in [*_PARAGRAPH.finditer(text, begin, end), None]:
        stop = gap.start() if gap else end
        out += _shorter(text, (at, stop)) if text[at:stop].strip() else []
        at = gap.end() if gap else end
    return out


def _shorter(text: str, span: Span) -> list[Span]:
    """A paragraph in pieces that a margin can go along with."""
    start, end = span
    out: list[Span] = []
    while end - start > _LONG * 1.5:
        ends = [m.end() for m in re.finditer(r"[.!?][”\"’)]?\s", text[start + _LONG // 2 : start + _LONG])]
        at = start + _LONG // 2 + ends[-1] if ends else text.rfind(" ", start + 1, start + _LONG) + 1
        at = at if start < at < end else start + _LONG
        out.append((start, at))
        start = at
    return [*out, (start, end)]


def _paragraph(
    span: Span, document: Document, placed: Sequence[tuple[Mention, Span]], events: dict[str, str | None], materials: Materials
) -> Facts:
    start, end = span
    here = [(m, at) for m, at in placed if start <= at[0] < end]
    marks = []
    for m, at in here:
        marks.append((*at, "trigger"))
        marks.append((*at, f"m {m.id}"))
        for found, kind in (
            *((a.span, "actor") for a in m.actors),
            *((a.span, "recipient") for a in m.recipients),
            *((s.span, "source") for s in m.sources),
        ):
            if found is not None:
                marks.append((*document.from_original(found), kind))
    inside = [(s, e, k) for s, e, k in marks if s < e]
    heading = any(s <= start and end <= e + 1 for s, e in document.headings)
    return {
        "heading": heading,
        "pieces": [_split(p) for p in pieces(document.text[start:end], inside, start)],
        "notes": [_note(m, events.get(m.id), materials) for m, _ in here],
    }


def _split(piece: Facts) -> Facts:
    """The mentions that begin a piece apart from how it is marked."""
    ids = [k[2:] for k in piece["marks"] if k.startswith("m ")]
    return {"text": piece["text"], "marks": [k for k in piece["marks"] if not k.startswith("m ")], "mentions": ids}


def _note(m: Mention, event: str | None, materials: Materials) -> Facts:
    """A mention in the margin: what it says, whom it cites, why it has its status."""
    return {
        "mention": m.id,
        "event": event,
        "trigger": m.trigger,
        "actors": actors_facts(m.actors, materials),
        "recipients": actors_facts(m.recipients, materials),
        "what": act(m.type, m.mode, "did"),
        "quad": None,
        "status": m.status,
        "means": words()["statuses"][m.status]["means"],
        "certainty": words()["certainty"].get(m.certainty, ""),
        "sources": [s.text for s in m.sources],
        "date": m.date,
        "because": list(m.because),
        "why": why(m.because),
        "confidence": m.confidence,
    }


def _original(document: Document, stretch: Span) -> list[str]:
    """The paragraphs as they came."""
    start = document.to_original((stretch[0], stretch[0]))[0] if stretch[0] else 0
    end = document.to_original(stretch)[1] if stretch[1] < len(document.text) else len(document.original)
    return [p for p in _PARAGRAPH.split(document.original[start:end]) if p.strip()]


# ---------------------------------------------------------------- the list
def documents_page(
    materials: Materials,
    outlet: str | None = None,
    search: str | None = None,
    silent: bool = False,
    size: int = 60,
    key: Sequence[Any] | None = None,
) -> Facts:
    """Documents, the latest published first. ``search``: words of the title; ``silent``: only those in which nothing was coded."""
    found = materials.snapshot.documents.with_columns(day=pl.col("published").fill_null(""))
    counts = materials.snapshot.memo("mentions by document", lambda: _mention_counts(materials))
    found = found.join(counts, left_on="id", right_on="document", how="left").with_columns(pl.col("mentions").fill_null(0))
    total = found.height
    if outlet:
        found = found.filter(pl.col("outlet") == outlet)
    for term in (search or "").split():
        found = found.filter(pl.col("title").fill_null("").str.contains("(?i)" + re.escape(term)))
    if silent:
        found = found.filter(pl.col("mentions") == 0)
    chosen = found.height
    found = found.sort("day", "id", descending=[True, True])
    if key is not None:
        day, id_ = str(key[0]), str(key[1])
        found = found.filter((pl.col("day") < day) | ((pl.col("day") == day) & (pl.col("id") < id_)))
    shown = found.head(size)
    rows = with_openings(materials, shown.select("id", "title", "outlet", "published", "mentions", "format", "path").to_dicts())
    last = (shown["day"][-1], shown["id"][-1]) if found.height > size else None
    outlets = materials.snapshot.documents.group_by("outlet").len().sort("len", descending=True).head(30)
    return {
        "documents": rows,
        "total": chosen,
        "everything": total,
        "last": last,
        "outlets": [{"outlet": o, "documents": n} for o, n in outlets.iter_rows() if o],
    }


def with_openings(materials: Materials, rows: list[Facts]) -> list[Facts]:
    """Documents of a list with ``opening``: how the text of one without a title begins; None for the others."""
    begun = materials.snapshot.openings([r["id"] for r in rows if not r["title"]])
    return [{**r, "opening": opening(begun.get(r["id"], ""))} for r in rows]


def opening(text: str, most: int = 90) -> str | None:
    """The first words of a text, for one without a title."""
    words_ = " ".join(text[: 2 * most].split())
    return (words_ if len(words_) <= most else words_[:most].rsplit(" ", 1)[0] + " …") or None


def _mention_counts(materials: Materials) -> pl.DataFrame:
    told = materials.snapshot.mentions_where(pl.lit(True), ())
    return told.group_by("document").agg(pl.len().alias("mentions"))
