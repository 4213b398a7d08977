"""Events for other tools: POLECAT/PLOVER columns, CAMEO columns, CSV, JSON Lines, Parquet, SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import ReportingError, UsageError
from ..records import QUADS, Actor, Document, Event, Mention, as_dict
from ..workspace import Workspace
from .tables import claim_row, event_row, mention_row, tie_row, write_rows

FORMATS = ("polecat", "cameo", "csv", "jsonl", "parquet", "sqlite")


def export(format: str, path: Path, workspace: Workspace) -> int:
    """Writes all events in a format; the number of rows. Raises :class:`UsageError` (R01), :class:`ReportingError` (R02)."""
    if format not in FORMATS:
        raise UsageError("R01", format=format, known=", ".join(FORMATS))
    events, mentions = workspace.events(), workspace.mentions()
    try:
        if format == "sqlite":
            return _sqlite(path, workspace, events, mentions)
        if format == "jsonl":
            path.write_text("".join(json.dumps(as_dict(e), ensure_ascii=False) + "\n" for e in events), "utf8")
            return len(events)
        if format == "parquet":
            workspace.frame("events").write_parquet(path)
            return len(events)
        rows: list[dict[str, Any]]
        if format == "csv":
            rows = [event_row(e) for e in events]
        else:
            by_mention = {m.id: m for m in mentions}
            documents = {d.id: d for d in workspace.documents()}
            make = _polecat if format == "polecat" else _cameo
            rows = [row for e in events for row in make(e, by_mention, documents)]
        with path.open("w", encoding="utf8", newline="") as stream:
            write_rows(rows, "csv", stream)
        return len(rows)
    except OSError as fault:
        raise ReportingError("R02", path=path, why=fault) from None


def _polecat(e: Event, mentions: Mapping[str, Mention], documents: Mapping[str, Document]) -> list[dict[str, Any]]:
    """One row an event, with the columns of the POLECAT weekly files (Halterman et al. 2023)."""
    told = [documents[d] for d in e.documents if d in documents]
    contexts = sorted({c for m in e.mentions if m in mentions for c in mentions[m].contexts})
    return [
        {
            "Event ID": e.id,
            "Event Date": e.date,
            "Event Type": e.type,
            "Event Mode": e.mode,
            "Intensity": e.intensity,
            "Quad Code": QUADS.get(e.type),
            "Contexts": ";".join(contexts),
            **_side("Actor", e.actors),
            **_side("Recipient", e.recipients),
            "Placename": e.place.text if e.place else None,
            "Country": e.place.country if e.place else None,
            "Latitude": e.place.latitude if e.place else None,
            "Longitude": e.place.longitude if e.place else None,
            "GeoNames ID": e.place.geonameid if e.place else None,
            "Story People": None,
            "Headline": told[0].title if told else None,
            "Publisher": ";".join(e.outlets),
            "Story IDs": ";".join(e.documents),
            "Status": e.status,
            "Contested": e.contested,
        }
    ]


def _side(role: str, actors: Sequence[Actor]) -> dict[str, Any]:
    return {
        f"{role} Name": ";".join(a.name or a.text for a in actors),
        f"{role} Country": ";".join(a.country or "None" for a in actors),
        f"{role} Primary Sector": ";".join(a.sector or "None" for a in actors),
    }


def _cameo(e: Event, mentions: Mapping[str, Mention], documents: Mapping[str, Document]) -> list[dict[str, Any]]:
    """One row a source and target, as ICEWS and GDELT have them."""
    code = next((mentions[m].cameo for m in e.mentions if m in mentions and mentions[m].cameo), None)
    targets: Iterable[Actor | None] = e.recipients or list(e.actors[1:]) or [None]
    sources = e.actors if e.recipients else e.actors[:1]
    return [
        {
            "Event ID": e.id,
            "Event Date": e.date,
            "Source Name": s.name or s.text,
            "Source Country": s.country,
            "Source Sectors": s.sector,
            "CAMEO Code": code,
            "Intensity": e.intensity,
            "Target Name": (t.name or t.text) if t else None,
            "Target Country": t.country if t else None,
            "Target Sectors": t.sector if t else None,
            "Publisher": ";".join(e.outlets),
            "Status": e.status,
        }
        for s in sources
        for t in targets
    ]


def _sqlite(path: Path, workspace: Workspace, events: Sequence[Event], mentions: Sequence[Mention]) -> int:
    from ..merging import claims_of

    path.unlink(missing_ok=True)
    sentence = {m.id: m.sentence for m in mentions}
    tables: dict[str, list[dict[str, Any]]] = {
        "events": [event_row(e) for e in events],
        "mentions": [mention_row(m) for m in mentions],
        "claims": [claim_row(c, sentence[c.mention]) for c in claims_of(mentions, events)],
        "ties": [tie_row(t) for t in workspace.ties()],
        "event_mentions": [{"event": e.id, "mention": m} for e in events for m in e.mentions],
        "documents": [
            {
                "id": d.id,
                "title": d.title,
                "outlet": d.outlet,
                "author": d.author,
                "published": d.published,
                "url": d.url,
                "text": d.original,
            }
            for d in workspace.documents()
        ],
    }
    with sqlite3.connect(path) as database:
        for name, rows in tables.items():
            if not rows:
                continue
            columns = list(rows[0])
            quoted = ", ".join('"' + c + '"' for c in columns)
            database.execute(f"create table {name} ({quoted})")
            marks = ", ".join("?" * len(columns))
            database.executemany(f"insert into {name} values ({marks})", [tuple(r[c] for c in columns) for r in rows])
    return len(events)
