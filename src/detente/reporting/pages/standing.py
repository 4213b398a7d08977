"""How actors stand to each other over time: influence in a pair, tension of one with the rest, positions on what is contested."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from ...measures import ANYONE, Influence, TensionPoint, influence, positions, tension
from ..charts import compared_chart, influences_chart
from ..words import act_between
from .claims import contested_events
from .lines import Facts
from .materials import Dyad, Materials

Day = datetime.date | None
#: what is looked back over where no begin is asked for
_BACK = datetime.timedelta(days=2 * 365)
_MATTERS = 12
#: part of influence -> what it is a share of
PARTS = {
    "response": "of what the other does is addressed to it or answers it",
    "dependence": "of the other's ties bind to it",
    "share": "of the other's dealings it has a part in",
    "together": "all three together, hostile dealings not counted",
}


# ---------------------------------------------------------------- influence in a pair
def influence_in(materials: Materials, dyad: Dyad, since: Day = None, until: Day = None) -> Influence | None:
    """Influence of the first on the second by month, over the last two years read where no begin is asked for; None without any act."""
    last = until or materials.reading.last
    begin = since or (last - _BACK if last else None)
    ends = (dyad[1],)
    return materials.snapshot.memo(
        ("influence", dyad, begin, until),
        lambda: influence(materials.acts, materials.ties(), dyad[0], ends, materials.config.measures, "month", begin, until),
    )


def influences(materials: Materials, dyad: Dyad, since: Day = None, until: Day = None) -> list[Facts]:
    """Influence in both directions of a pair, with its parts and its course; a direction of which nothing is known is left out."""
    out = []
    for pair in (dyad, dyad[::-1]):
        found = influence_in(materials, pair, since, until)
        if found is None:
            continue
        course = found.trend("together")
        out.append(
            {
                "of": materials.name_of(pair[0]),
                "on": materials.name_of(pair[1]),
                "since": found.since,
                "until": found.until,
                "parts": [
                    {"part": p, "what": what, **{k: getattr(found.whole[p], k) for k in ("value", "low", "high")}}
                    for p, what in PARTS.items()
                ],
                "course": course.verdict,
                "change": course.change,
                "toward": list(found.toward[:3]),
            }
        )
    return out


def influences_figure(materials: Materials, dyad: Dyad, since: Day = None, until: Day = None, width: int = 680) -> dict[str, Any]:
    """Influence in both directions by month; empty where nothing is known."""
    found = {
        f"{materials.short_name_of(a)} on {materials.short_name_of(b)}": shown.points
        for a, b in (dyad, dyad[::-1])
        if (shown := influence_in(materials, (a, b), since, until)) is not None
    }
    return influences_chart(found, width) if found else {}


# ---------------------------------------------------------------- one actor
def unrest(materials: Materials, code: str) -> list[TensionPoint]:
    """Tension of an actor with anybody, by week, over the last two years read."""
    last = materials.reading.last
    if last is None:
        return []
    quick = dataclasses.replace(materials.config.measures, resamples=0)
    return materials.snapshot.memo(
        ("unrest", code), lambda: tension(materials.acts, materials.reading, (code, ANYONE), quick, "week", last - _BACK, last)
    )


def unrest_figure(materials: Materials, code: str, width: int = 680) -> dict[str, Any]:
    """The course of that tension; empty where nothing is known."""
    points = unrest(materials, code)
    return compared_chart({materials.name_of(code): points}, width) if any(p.value is not None for p in points) else {}


# ---------------------------------------------------------------- positions
def positions_taken(materials: Materials) -> list[Facts]:
    """Matters on which accounts differ, each with who holds what."""
    return materials.snapshot.memo("positions", lambda: _taken(materials))


def positions_of(materials: Materials, code: str) -> list[Facts]:
    """The matters on which an actor takes a stance: its own, and those of others."""
    out = []
    for row in positions_taken(materials):
        own = [h for h in row["held"] if h["code"] == code]
        if own:
            out.append({**row, "own": own, "others": [h for h in row["held"] if h["code"] != code]})
    return out[:_MATTERS]


def _taken(materials: Materials) -> list[Facts]:
    events = contested_events(materials)
    mentions = list(materials.snapshot.mentions({m for e in events for m in e.mentions}).values())
    about = materials.snapshot.about({m.document for m in mentions})
    published, outlets = ({i: a[k] for i, a in about.items()} for k in ("published", "outlet"))
    by_id = {e.id: e for e in events}
    rows: dict[str, Facts] = {}
    for p in positions(events, mentions, materials.config.measures, published, outlets):
        event = by_id.get(p.matter.about)
        if event is None and p.matter.kind != "conduct":
            continue
        what = act_between(event, materials.name_of) if event else f"conduct of {materials.name_of(p.matter.about)}"
        row = rows.setdefault(p.matter.id, {"matter": what, "quality": p.matter.quality, "event": event.id if event else None, "held": []})
        row["held"].append(
            {
                "actor": p.actor if p.outlet else materials.name_of(p.actor),
                "code": None if p.outlet else p.actor,
                "stance": p.stance,
                "words": list(p.words),
                "times": p.times,
                "divided": p.divided,
            }
        )
    return list(rows.values())
