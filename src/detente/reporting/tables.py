"""Listings: records flattened to columns, written as a table on screen, CSV, JSON, JSON Lines or Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

from ..errors import UsageError
from ..measures import DyadSummary
from ..records import Claim, Document, Event, Mention, SeriesPoint, Span, Tie

if TYPE_CHECKING:
    from ..coding import Attribution, Judgement
    from ..knowledge import PlaceFound, Resolved
    from ..merging.running import Story

#: columns that only files show: too wide for a screen
_NOT_ON_SCREEN = frozenset(
    "origins confidence cohesion answers answers_by date_precision document trigger_start trigger_end event mention types period "
    "documents_read matter_id evidence undoes document_ids event_ids".split()
)

FORMATS = ("table", "csv", "json", "jsonl", "parquet")
Row = dict[str, Any]


def event_row(e: Event, told: Mapping[str, Mention] | None = None) -> Row:
    """One event as columns; with its mentions (``told``, by id) the counts that contradict each other are given in ``disputed``."""
    return {
        "id": e.id,
        "date": e.date,
        "actors": _codes(e.actors),
        "type": e.type,
        "mode": e.mode,
        "recipients": _codes(e.recipients),
        "status": e.status,
        "contested": e.contested,
        "outlets": "; ".join(e.outlets),
        "origins": e.origins,
        "mentions": len(e.mentions),
        "place": e.place.name if e.place else None,
        "deaths": e.deaths,
        "disputed": "; ".join(_in_dispute(e, d, told or {}) for d in e.disputed),
        "intensity": e.intensity,
        "confidence": e.confidence,
        "answers": e.answers,
        "answers_by": e.answers_by,
        "date_precision": e.date_precision,
        "label": e.label,
        "asserted_by": "; ".join(e.asserted_by),
        "denied_by": "; ".join(e.denied_by),
        "first_told": e.first_told,
        "last_told": e.last_told,
        "cohesion": e.cohesion,
    }


def _in_dispute(e: Event, matter: str, told: Mapping[str, Mention]) -> str:
    """On what tellings differ; of deaths and injuries every count told: 'deaths 24, 26'."""
    counts = {getattr(told[m], matter, None) for m in e.mentions if m in told} if matter in ("deaths", "injuries") else set()
    return f"{matter} {', '.join(str(c) for c in sorted(c for c in counts if c is not None))}".strip()


def mention_row(m: Mention) -> Row:
    """One mention as columns."""
    return {
        "id": m.id,
        "date": m.date,
        "actors": _codes(m.actors),
        "type": m.type,
        "mode": m.mode,
        "recipients": _codes(m.recipients),
        "status": m.status,
        "sources": " > ".join(s.text for s in m.sources),
        "trigger": m.trigger,
        "place": m.place.name if m.place else None,
        "confidence": m.confidence,
        "sentence": m.sentence,
        "document": m.document,
        "trigger_start": m.trigger_span[0],
        "trigger_end": m.trigger_span[1],
    }


def claim_row(c: Claim, sentence: str = "") -> Row:
    """One claim as columns."""
    return {
        "speaker": c.speaker,
        "country": c.speaker_country,
        "through": " > ".join(c.through),
        "stance": c.stance,
        "sentence": sentence,
        "mention": c.mention,
        "event": c.event,
    }


def story_row(s: Story) -> Row:
    """One story as columns."""
    return {
        "about": s.about,
        "first": s.first,
        "last": s.last,
        "documents": len(s.documents),
        "outlets": len(s.outlets),
        "events": len(s.events),
        "actors": ", ".join(s.actors),
        "document_ids": " ".join(s.documents),
        "event_ids": " ".join(s.events),
    }


def tie_row(t: Tie, told: str | None = None) -> Row:
    """One tie as columns; ``told``: the day of publication of what tells it."""
    return {
        "subject": t.subject.name or t.subject.text,
        "kind": t.kind,
        "object": t.object.name or t.object.text,
        "start": t.start,
        "end": t.end,
        "told": told,
        "status": t.status,
        "sources": " > ".join(s.text for s in t.sources) or t.reference,
        "sentence": t.sentence,
        "document": t.document,
    }


def attribution_row(a: Attribution, document: Document, name: str) -> Row:
    """One attribution as columns; spans in characters of the text as read."""
    cue, content = document.to_original(a.cue_span), [document.to_original(c) for c in a.content]
    source = document.to_original(a.source_span) if a.source_span is not None else None
    return {
        "document": name,
        "source": _words(document, source),
        "cue": _words(document, cue),
        "content": " … ".join(_words(document, c) or "" for c in content),
        "kind": a.kind,
        "inner": a.inner,
        "source_start": source[0] if source else None,
        "source_end": source[1] if source else None,
        "cue_start": cue[0],
        "cue_end": cue[1],
        "content_spans": " ".join(f"{start}:{end}" for start, end in content),
    }


def place_row(p: PlaceFound, document: Document, name: str) -> Row:
    """One place named as columns."""
    return {
        "document": name,
        "text": _words(document, p.span),
        "name": p.name,
        "country": p.country,
        "kind": p.kind,
        "latitude": p.latitude,
        "longitude": p.longitude,
        "geonameid": p.geonameid,
        "start": p.span[0],
        "end": p.span[1],
    }


def resolved_row(phrase: str, r: Resolved) -> Row:
    """Who a phrase stands for as columns."""
    return {"phrase": phrase, "country": r.country, "sector": r.sector, "id": r.id, "name": r.name, "via": r.via}


def judgement_row(span: Span, j: Judgement | None, document: Document, name: str) -> Row:
    """How sure, whether and when, as columns; null where no word stands at the span."""
    told = {
        "certainty": j.certainty if j else None,
        "polarity": j.polarity if j else None,
        "tense": j.tense if j else None,
        "conditional": j.conditional if j else None,
    }
    return {"document": name, "text": _words(document, span), **told, "start": span[0], "end": span[1]}


def _words(document: Document, span: Span | None) -> str | None:
    """The words at a span of the text as read, line breaks as blanks."""
    return None if span is None else " ".join(document.original[span[0] : span[1]].split())


def dyad_row(d: DyadSummary) -> Row:
    """One pair of actors as columns."""
    return {
        "a": d.a,
        "b": d.b,
        "events": d.events,
        "a_to_b": d.forward,
        "b_to_a": d.backward,
        "joint": d.joint,
        "score_a_to_b": d.forward_score,
        "score_b_to_a": d.backward_score,
        "hostile": d.hostile,
        "contested": d.contested,
        "first": d.first,
        "last": d.last,
    }


def series_row(p: SeriesPoint) -> Row:
    """One period as columns."""
    return {
        "actor": p.actor,
        "recipient": p.recipient,
        "start": p.start,
        "period": p.period,
        "documents_read": p.documents_read,
        "events": p.events,
        "quad1": p.quad1,
        "quad2": p.quad2,
        "quad3": p.quad3,
        "quad4": p.quad4,
        "score": p.score,
        "balance": p.balance,
        "types": " ".join(f"{t}:{n}" for t, n in p.types),
        "outlets": "; ".join(f"{o}:{n}" for o, n in p.outlets),
    }


def _codes(actors: Iterable[Any]) -> str:
    return " ".join(dict.fromkeys(str(a.code) for a in actors))


def safe_cell(value: Any) -> Any:
    """Free text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value[1:2] and not _number(value) else value


def _number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def write_rows(rows: Sequence[Mapping[str, Any]], format: str, stream: IO[str], columns: Sequence[str] = (), title: str = "") -> None:
    """Writes rows in one of :data:`FORMATS` (Parquet to ``stream.buffer``). Raises :class:`UsageError` (R01) for another format."""
    names = list(rows[0]) if rows else list(columns)
    if format == "csv":
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([safe_cell(r.get(n)) for n in names] for r in rows)
    elif format == "json":
        json.dump([dict(r) for r in rows], stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    elif format == "jsonl":
        for r in rows:
            stream.write(json.dumps(dict(r), ensure_ascii=False) + "\n")
    elif format == "parquet":
        import polars as pl

        binary: Any = getattr(stream, "buffer", stream)
        pl.DataFrame([dict(r) for r in rows], infer_schema_length=None).write_parquet(binary)
    elif format == "table":
        _screen(rows, names, stream, title)
    else:
        raise UsageError("R01", format=format, known=", ".join(FORMATS))


def _screen(rows: Sequence[Mapping[str, Any]], names: Sequence[str], stream: IO[str], title: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    names = [n for n in names if n not in _NOT_ON_SCREEN]
    shown = [n for n in names if any(r.get(n) not in (None, "", ()) for r in rows)] if rows else list(names)
    table = Table(title=title or None, box=None, pad_edge=False, header_style="bold")
    for name in shown:
        numeric = all(isinstance(r.get(name), (int, float)) or r.get(name) is None for r in rows)
        table.add_column(name, justify="right" if numeric and rows else "left", overflow="fold")
    for r in rows:
        table.add_row(*(Text("" if r.get(n) is None else str(r[n])) for n in shown))
    terminal = getattr(stream, "isatty", lambda: False)()
    Console(file=stream, soft_wrap=False, width=None if terminal else 200).print(table)
