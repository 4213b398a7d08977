"""Who deals with whom: active dyads and the network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..config import MeasuresOptions
from ..records import QUADS, Event
from .counting import counts, pairs


@dataclass(frozen=True, slots=True)
class DyadSummary:
    """Two actors and what they did to each other. ``forward`` events go from ``a`` to ``b``."""

    a: str
    b: str
    events: int
    forward: int
    backward: int
    joint: int
    forward_score: float | None  # mean intensity a → b
    backward_score: float | None
    hostile: int  # events of quads 3 and 4
    contested: int
    first: str | None
    last: str | None

    @property
    def score(self) -> float | None:
        """Mean of the two directions."""
        known = [v for v in (self.forward_score, self.backward_score) if v is not None]
        return round(sum(known) / len(known), 3) if known else None


@dataclass(frozen=True, slots=True)
class Edge:
    """What one actor did to another over the whole time."""

    actor: str
    recipient: str
    events: int
    score: float
    event_ids: tuple[str, ...]


def network(events: Sequence[Event], options: MeasuresOptions) -> list[Edge]:
    """Directed edges with volume and mean intensity, the largest first."""
    found: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for e in events:
        if counts(e, options) and e.intensity is not None:
            for pair in pairs(e):
                found[pair].append(e)
    edges = [
        Edge(a, r, len(es), round(sum(e.intensity or 0.0 for e in es) / len(es), 3), tuple(e.id for e in es))
        for (a, r), es in found.items()
    ]
    return sorted(edges, key=lambda e: (-e.events, e.actor, e.recipient))


def active_dyads(events: Sequence[Event], options: MeasuresOptions) -> list[DyadSummary]:
    """Unordered pairs by number of events, the most active first; ``a`` is the one that acts more."""
    edges = {(e.actor, e.recipient): e for e in network(events, options)}
    by_id = {e.id: e for e in events}
    out = []
    for a, b in {(min(p), max(p)) for p in edges}:
        ahead, back = edges.get((a, b)), edges.get((b, a))
        forward, backward = set(ahead.event_ids if ahead else ()), set(back.event_ids if back else ())
        if len(backward) > len(forward):
            a, b, ahead, back, forward, backward = b, a, back, ahead, backward, forward
        members = [by_id[i] for i in forward | backward]
        dates = sorted(e.date for e in members if e.date)
        out.append(
            DyadSummary(
                a,
                b,
                len(members),
                len(forward),
                len(backward),
                len(forward & backward),
                ahead.score if ahead else None,
                back.score if back else None,
                sum(QUADS.get(e.type, 0) >= 3 for e in members),
                sum(e.contested for e in members),
                dates[0] if dates else None,
                dates[-1] if dates else None,
            )
        )
    return sorted(out, key=lambda d: (-d.events, d.a, d.b))
