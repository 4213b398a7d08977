"""All that a brief shows, gathered from a workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ...config import Config
from ...errors import ForecastError
from ...forecasting import Outlook, Surprise, expectations_of
from ...knowledge import load_directory
from ...measures import DyadSummary, Edge, TensionPoint, Turn, active_dyads, network, tension, turns
from ...merging import claims_of
from ...records import Claim, Document, Event, Mention, Run, Tie
from ...scenarios.keeping import kept
from ...scenarios.result import Scenario

#: acts expected and surprises in the brief
_EXPECTED, _SURPRISES = 10, 10


@dataclass(frozen=True, slots=True)
class DyadTension:
    """Tension of one pair and its turns."""

    a: str
    b: str
    points: tuple[TensionPoint, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class BriefData:
    """The records a brief is made of."""

    documents: tuple[Document, ...]
    mentions: dict[str, Mention]
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    ties: tuple[Tie, ...]
    dyads: tuple[DyadSummary, ...]
    edges: tuple[Edge, ...]
    tensions: tuple[DyadTension, ...]
    runs: tuple[Run, ...]
    name_of: Callable[[str], str]
    outlook: Outlook | None  # None: too little is told for any forecast
    surprises: tuple[Surprise, ...]
    scenarios: tuple[Scenario, ...] = ()  # asked for, or kept with the workspace


def brief_data(workspace: Any, config: Config, asked: Sequence[Scenario] = ()) -> BriefData:
    """Everything of a :class:`~detente.workspace.Workspace` that the brief needs; ``asked``: answers to show beside those it keeps."""
    directory = load_directory(config.knowledge.directory)

    def name_of(code: str) -> str:
        entry = directory.entries.get(code)
        return entry.name if entry is not None else code

    documents, mentions, events = workspace.documents(), workspace.mentions(), workspace.events()
    dyads = active_dyads(events, config.measures)
    tensions: list[DyadTension] = []
    for d in dyads[: config.reporting.dyads * 3]:
        points = tension(events, documents, (d.a, d.b), config.measures)
        moved = max((p.value or 0.0 for p in points), default=0.0) >= 1.0
        if len(points) > 1 and moved and len(tensions) < config.reporting.dyads:
            tensions.append(DyadTension(d.a, d.b, tuple(points), tuple(turns(points, events))))
    return BriefData(
        tuple(documents),
        {m.id: m for m in mentions},
        tuple(events),
        tuple(claims_of(mentions, events)),
        tuple(workspace.ties()),
        tuple(dyads),
        tuple(network(events, config.measures)),
        tuple(tensions),
        tuple(workspace.runs()),
        name_of,
        *_forecasts(workspace, config),
        (*asked, *kept(workspace.folder)),
    )


def _forecasts(workspace: Any, config: Config) -> tuple[Outlook | None, tuple[Surprise, ...]]:
    """What is expected of the next week, and the surprises of the last months."""
    try:
        found = expectations_of(workspace, config)
    except ForecastError:
        return None, ()
    return found.outlook(top=_EXPECTED), tuple(s for s in found.surprises(top=_SURPRISES) if s.probability is not None)
