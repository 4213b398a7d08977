"""Pages of pairs of actors: the list, and one pair or up to four beside each other."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

import polars as pl

from ...measures import DyadSummary, TurningPoint, initiative, reciprocity, require, turning_points, turns
from ...measures.acts import between
from ...records import TYPES
from ...workspace import Wanted
from ..charts import compared_chart, dyad_chart
from ..words import act, act_between, count, words
from .lines import Facts, event_lines
from .materials import Dyad, Materials
from .standing import influences

Day = datetime.date | None
ORDERS = {"events": "most events", "tension": "most tense", "change": "fastest moving", "last": "latest", "hostile": "most hostile acts"}
_LISTED = 60
_RECENT = 25


# ---------------------------------------------------------------- the list
def dyads_page(materials: Materials, order: str = "events", of: str | None = None) -> Facts:
    """Pairs of actors with tension now, its course over half a year, and how much each side does. ``of``: pairs of this actor."""
    found = [d for d in materials.dyads if of is None or of in (d.a, d.b)]
    rows = [dyad_line(d, materials) for d in found[: _LISTED * (1 if order == "events" else 2)]]
    keys = {
        "tension": lambda r: -(r["tension"] or 0.0),
        "change": lambda r: -abs(r["change"] or 0.0),
        "last": lambda r: r["last"] or "",
        "hostile": lambda r: -r["hostile"],
    }
    if order in keys:
        rows.sort(key=keys[order], reverse=order == "last")
    return {"dyads": rows[:_LISTED], "total": len(found), "order": order, "of": of}


def dyad_line(d: DyadSummary, materials: Materials) -> Facts:
    """A pair as a row of a list."""
    spark = materials.spark((d.a, d.b))
    known = [v for v in spark if v is not None]
    now = spark[-1] if spark else None
    then = spark[-5] if len(spark) >= 5 else None
    return {
        "a": d.a,
        "b": d.b,
        "a_name": materials.short_name_of(d.a),
        "b_name": materials.short_name_of(d.b),
        "events": d.events,
        "forward": d.forward,
        "backward": d.backward,
        "forward_score": d.forward_score,
        "backward_score": d.backward_score,
        "hostile": d.hostile,
        "contested": d.contested,
        "first": d.first,
        "last": d.last,
        "tension": now,
        "change": None if now is None else round(now - (then or 0.0), 3),
        "spark": spark if known else [],
    }


# ---------------------------------------------------------------- one pair
def dyad_page(materials: Materials, pairs: Sequence[Dyad], since: Day = None, until: Day = None) -> Facts:
    """A pair; further ones are set beside it. Raises :class:`~detente.errors.MeasureError` where nothing can be said of the first."""
    dyad = pairs[0]
    notes = require(materials.acts, materials.reading, dyad, materials.config.measures, since, until, remembers=True)
    options = materials.config.measures
    points = materials.tension(dyad, since, until)
    known = [p for p in points if p.value is not None]
    table = windowed(between(materials.acts, dyad, both=True), since, until)
    moved = turns(points, materials.snapshot.events_by({e for p in points for e in p.events}))
    by_id = {e.id: e for e in materials.snapshot.events_by([t.event for t in moved])}
    both = Wanted(either=dyad, since=since.isoformat() if since else None, until=until.isoformat() if until else None)
    recent = materials.snapshot.chronology.find(both, _RECENT, facets=0)
    return {
        "title": " – ".join(materials.name_of(c) for c in dyad),
        "watched": materials.watches(*dyad),
        "a": _side(materials, dyad, table),
        "b": _side(materials, dyad[::-1], table),
        "notes": [in_words(n, dyad, materials) for n in notes],
        "now": _level(known[-1]) if known else None,
        "highest": _level(max(known, key=lambda p: p.value or 0.0)) if known else None,
        "turns": [
            {"day": t.day, "change": t.change, "event": t.event, "what": act_between(by_id[t.event], materials.name_of)}
            for t in moved
            if t.event in by_id
        ],
        "turning": _turning(materials, turning_points(materials.acts, materials.reading, dyad, options, since, until)),
        "answers": [answering(materials, a) for a in reciprocity(materials.acts, dyad, options, since, until)],
        "begins": [beginning(materials, i) for i in initiative(materials.acts, dyad, options, since, until)],
        "influences": influences(materials, dyad, since, until),
        "types": _types(table, dyad),
        "total": recent.total,
        "events": event_lines(materials.snapshot.events_at(recent.rows), materials),
        "others": [{"a": a, "b": b, "name": " – ".join(materials.name_of(c) for c in (a, b))} for a, b in pairs[1:]],
        "span": [points[0].day, points[-1].day] if points else None,
    }


def in_words(note: str, dyad: Dyad, materials: Materials) -> str:
    """A note of the measures with the names of both sides for their codes, without the name of an option."""
    for code in dyad:
        note = re.sub(rf"\b{re.escape(code)}\b", lambda _: materials.name_of(code), note)  # noqa: B023 – used at once
    return note.replace(" (`count_claimed`)", "")


def windowed(table: pl.DataFrame, since: Day, until: Day) -> pl.DataFrame:
    """Acts of a window; without one all, also those without a day."""
    if since is not None:
        table = table.filter(pl.col("day") >= since)
    return table if until is None else table.filter(pl.col("day") <= until)


def _level(p: Any) -> Facts:
    return {"day": p.day, "value": p.value, "low": p.low, "high": p.high}


def _turning(materials: Materials, found: Sequence[TurningPoint]) -> list[Facts]:
    events = {e["id"]: e for e in event_lines(materials.snapshot.events_by([i for t in found for i in t.events[:2]]), materials)}
    return [
        {
            "day": t.day,
            "way": t.way,
            "size": t.size,
            "low": t.low,
            "high": t.high,
            "acts": len(t.events),
            "events": [events[i] for i in t.events[:2] if i in events],
        }
        for t in found
    ]


def _side(materials: Materials, dyad: Dyad, table: pl.DataFrame) -> Facts:
    mine = table.filter((pl.col("actor") == dyad[0]) & (pl.col("recipient") == dyad[1]) & ~pl.col("joint"))
    score = mine["intensity"].mean()
    return {
        "code": dyad[0],
        "name": materials.name_of(dyad[0]),
        "acts": mine.height,
        "score": round(float(score), 2) if isinstance(score, float) else None,
    }


def _types(table: pl.DataFrame, dyad: Dyad) -> list[Facts]:
    """What each does to the other and what they do jointly, by type, from cooperative to hostile."""
    who = pl.when(pl.col("joint")).then(pl.lit("joint")).when(pl.col("actor") == dyad[0]).then(pl.lit("a")).otherwise(pl.lit("b"))
    counted = {(t, w): n for t, w, n in table.with_columns(who=who).group_by("type", "who").len().iter_rows()}
    rows = [{"type": t, "what": act(t, None, "one"), **{w: counted.get((t, w), 0) for w in ("a", "b", "joint")}} for t in TYPES]
    return [r for r in rows if r["a"] or r["b"] or r["joint"]]


def answering(materials: Materials, a: Any) -> Facts:
    """How one side answers acts of one kind, in a sentence."""
    actor, toward = materials.name_of(a.actor), materials.name_of(a.toward)
    if not a.acts:
        text = f"{toward} did nothing {a.kind} to {actor} that could be answered."
    else:
        rate = f"{a.answered} of {count(a.acts, f'{a.kind} act')} by {toward}"
        chance = f", where chance alone would give {a.expected:.0%}" if a.expected is not None else ""
        text = f"{actor} answered {rate} in kind ({a.rate:.0%}{chance})."
        if a.days is not None:
            text += f" Half of the answers came within {count(round(a.days), 'day')}."
    return {"text": text, "verdict": a.verdict, "events": list(a.events), "actor": a.actor, "kind": a.kind}


def beginning(materials: Materials, i: Any) -> Facts:
    """Who begins spells of one kind, in a sentence."""
    a, b = materials.name_of(i.a), materials.name_of(i.b)
    both = f", {i.by_both} by both on one day" if i.by_both else ""
    text = (
        f"Of {count(i.spells, f'{i.kind} spell')}, {i.by_a} began with {a}, {i.by_b} with {b}{both}."
        if i.spells
        else f"There was no {i.kind} spell."
    )
    verdict = i.verdict if i.verdict in ("neither", "too few acts") else materials.name_of(i.verdict)
    return {"text": text, "verdict": verdict, "events": list(i.events), "kind": i.kind}


# ---------------------------------------------------------------- its chart
def dyad_figure(materials: Materials, pairs: Sequence[Dyad], since: Day = None, until: Day = None, width: int = 680) -> dict[str, Any]:
    """The chart of a pair, or of several beside each other."""
    if len(pairs) > 1:
        series = {" – ".join(materials.name_of(c) for c in p): materials.tension(p, since, until) for p in pairs}
        return compared_chart(series, width)
    dyad = pairs[0]
    require(materials.acts, materials.reading, dyad, materials.config.measures, since, until, remembers=True)
    table = windowed(between(materials.acts, dyad, both=True), since, until).filter(
        pl.col("day").is_not_null() & pl.col("intensity").is_not_null()
    )
    points = materials.tension(dyad, since, until)
    names = {c: materials.name_of(c) for c in dyad}
    statuses = words()["statuses"]
    first = points[0].day if points else ""
    acts = [
        {
            "day": r["day"].isoformat(),
            "intensity": r["intensity"],
            "who": "jointly" if r["joint"] else f"{names[r['actor']]} → {names[r['recipient']]}",
            "what": act(r["type"], r["mode"], "did"),
            "status": statuses[r["status"]]["label"],
            "href": f"/events/{r['event']}",
        }
        for r in table.iter_rows(named=True)
        if r["day"].isoformat() >= first
    ]
    return dyad_chart(points, acts[-3000:], width)
