"""Decisions, the queue of review and the measured precision as rows; judged mentions as gold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import ReportingError
from ..records import Actor, Event, Mention
from ..workspace import Workspace
from ..workspace.decisions import JUDGED_FIELDS, Standing, as_judged, coded_as
from ..workspace.review import Precision, Share, Waiting
from .tables import Row
from .words import act, day


def decision_row(s: Standing) -> Row:
    """One decision as columns, with what it does now."""
    d = s.decision
    return {
        "id": d.id,
        "when": d.when,
        "who": d.who,
        "kind": d.kind,
        "what": told_change(s),
        "state": s.state,
        "note": d.note,
        "undoes": d.undoes,
        "mention": s.mention or (d.target[0].mention if len(d.target) == 1 else None),
        "document": d.target[0].document if d.target else None,
    }


def told_change(s: Standing) -> str:
    """What was decided, in words: 'detained: actors AZE → RUS'."""
    d = s.decision
    if d.kind == "merge":
        return f"{len(d.target)} tellings are of one event"
    if d.kind == "split":
        return f"{len(d.target)} of {len(d.target) + len(d.others)} tellings are of another event"
    if d.kind == "undo":
        return f"takes back {d.undoes}"
    trigger = d.target[0].trigger
    if d.kind != "correct":
        return f"{trigger}: {d.target[0].type}"
    return f"{trigger}: " + "; ".join(f"{name} {old} → {new}" for name, old, new in changes_of(s))


def changes_of(s: Standing) -> list[tuple[str, str, str]]:
    """Of a correction each field with its value before and after, as words; fields that agree are left out."""
    coded = coded_as(s.decision)
    right = as_judged(coded, s.decision)
    out = []
    for name in JUDGED_FIELDS:
        old, new = (_shown(getattr(m, name)) for m in (coded, right))
        if old != new and name != "date_precision":
            out.append((name, old, new))
    return out


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(getattr(v, "code", None) or v.text) for v in value) or "–"
    return str((getattr(value, "name", None) or getattr(value, "text", value)) or "–")


def waiting_row(w: Waiting, m: Mention) -> Row:
    """One mention that waits to be judged."""
    return {
        "mention": w.mention,
        "type": m.type,
        "mode": m.mode,
        "actors": " ".join(a.code for a in m.actors),
        "recipients": " ".join(a.code for a in m.recipients),
        "status": m.status,
        "date": m.date,
        "trigger": m.trigger,
        "doubt": w.doubt,
        "weight": w.weight,
        "by": w.by,
        "sentence": m.sentence,
        "event": w.event,
        "document": w.document,
    }


def precision_rows(p: Precision) -> list[Row]:
    """The measured precision: of mentions told at all, of whole mentions, and of each field of those told."""
    shares = {"told": p.told, "whole": p.whole, **p.fields}
    return [{"what": name, **_share(s)} for name, s in shares.items()]


def _share(s: Share) -> Row:
    def cut(value: float | None) -> float | None:
        return None if value is None else round(value, 3)

    return {"right": s.right, "of": s.of, "share": cut(s.value), "low": cut(s.low), "high": cut(s.high)}


def precision_words(p: Precision) -> str:
    """One sentence: 'Of 24 mentions drawn by lot 20 are right (83 %, 64 to 93 %).'"""
    if p.told.value is None:
        return "No precision yet: judge the mentions drawn by lot."
    return (
        f"Of {p.told.of} mentions drawn by lot {p.told.right} tell an act ({_percent(p.told)}), "
        f"{p.whole.right} are right in every field ({_percent(p.whole)})."
    )


def _percent(s: Share) -> str:
    assert s.value is not None and s.low is not None and s.high is not None
    return f"{s.value:.0%}, {s.low:.0%} to {s.high:.0%}"


def change_words(before: Sequence[Event], after: Sequence[Event], ids: bool = True) -> list[str]:
    """What a decision did to events, one line each; with their ids where asked for."""
    old, new = {e.id: e for e in before}, {e.id: e for e in after}

    def named(id_: str) -> str:
        return f"{id_} " if ids else "An event "

    lines = [f"{named(i)}ended: {_told(old[i])}" for i in old if i not in new]
    for id_, e in new.items():
        if id_ not in old:
            lines.append(f"{named(id_)}is new: {_told(e)}")
        elif _told(e) != _told(old[id_]):
            lines.append(f"{named(id_)}was: {_told(old[id_])}; is: {_told(e)}")
    return lines


def _told(e: Event) -> str:
    who = ", ".join(dict.fromkeys(a.code for a in e.actors)) or "unnamed"
    whom = ", ".join(dict.fromkeys(a.code for a in e.recipients))
    tellings = f"{len(e.mentions)} telling{'s' if len(e.mentions) > 1 else ''}"
    parties = f"{who} → {whom}" if whom else who
    return f"{day(e.date)}, {parties} {act(e.type, e.mode, 'did')} ({e.status}, {tellings})"


def write_gold(folder: Path, workspace: Workspace) -> int:
    """Writes the judged mentions as gold: ``items.jsonl`` (the documents) and ``gold.jsonl``; the number of mentions judged.

    A line of gold is one document: ``mentions`` are those accepted or corrected, ``rejected`` those that tell no act. Actors are country
    codes, else names; spans are characters of the document as read. Only what was judged is there, so the gold serves for precision, and
    for recall only in documents judged to the end. Raises :class:`ReportingError` (R02).
    """
    judged = [s for s in workspace.decided().standing if s.judges]
    now = {m.id: m for m in workspace.mentions()}
    by_document: dict[str, list[Standing]] = {}
    for s in judged:
        by_document.setdefault(s.decision.target[0].document, []).append(s)
    documents = [d for d in workspace.documents() if d.id in by_document]
    items, gold = [], []
    for d in documents:
        items.append({"id": d.id, "text": d.original, "published": d.published, "title": d.title, "outlet": d.outlet})
        told = [now[s.mention] for s in by_document[d.id] if s.decision.kind != "reject" and s.mention in now]
        rejected = [coded_as(s.decision) for s in by_document[d.id] if s.decision.kind == "reject"]
        gold.append(
            {
                "id": d.id,
                "mentions": [gold_of(m) for m in sorted(told, key=lambda m: m.trigger_span)],
                "rejected": [gold_of(m) for m in sorted(rejected, key=lambda m: m.trigger_span)],
            }
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, lines in (("items", items), ("gold", gold)):
            (folder / f"{name}.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf8")
    except OSError as fault:
        raise ReportingError("R02", path=folder, why=fault) from None
    return len(judged)


def gold_of(m: Mention) -> dict[str, Any]:
    """A mention in the form of annotated articles."""
    return {
        "id": m.id,
        "sentence": m.sentence,
        "trigger": m.trigger,
        "type": m.type,
        "mode": m.mode,
        "actors": _codes(m.actors),
        "recipients": _codes(m.recipients),
        "status": m.status,
        "sources": [s.text for s in m.sources],
        "date": m.date,
        "place": (m.place.name or m.place.text) if m.place else None,
        "sentence_span": list(m.sentence_span),
        "trigger_span": list(m.trigger_span),
    }


def _codes(actors: Sequence[Actor]) -> list[str]:
    return list(dict.fromkeys(a.country or a.name or a.text for a in actors))


def decision_rows(workspace: Workspace, last: int | None = None) -> list[Row]:
    """All decisions, the latest first."""
    rows: Sequence[Mapping[str, Any]] = [decision_row(s) for s in reversed(workspace.decided().standing)]
    return [dict(r) for r in rows[:last]]
