"""Tables of positions for bargaining: who stands where on a matter, how much it is to each, and what each can do.

A table is given (CSV or TOML, edited by the user) or measured from the stances that are told on a contested matter.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from ..config import MeasuresOptions
from ..errors import ScenarioError
from ..measures import Position, positions
from ..records import Event
from ..workspace import Workspace
from ..workspace.schemas import records
from .assumption import Act, Assumption, Removal
from .history import History

FEWEST_PARTIES = 3
_MOST_PARTIES, _MOST_MATTERS, _MOST_ACTS = 40, 200, 2000
_FOR, _AGAINST = "supports", "opposes"
#: what a matter that is an actor's conduct is called: this, and the actor's code
CONDUCT = "conduct:"
#: how far saliences and capabilities may be off (standard deviation of their logarithm), given and measured; positions, a share of the line
_DOUBT_GIVEN, _DOUBT_MEASURED, _SPREAD = 0.2, 0.5, 0.05
_SPREAD_MEASURED = 25.0


@dataclass(frozen=True, slots=True)
class Party:
    """One party: its position and by how much that may be off, salience (0 … 1), capability (any unit), its position as assumed."""

    actor: str
    position: float
    salience: float
    capability: float
    spread: float
    assumed: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Positions on one matter, on a line from ``low`` to ``high``."""

    matter: str
    source: str  # "given" or "measured"
    low: float
    high: float
    parties: tuple[Party, ...]
    doubt: float
    mentions: tuple[str, ...] = ()

    @property
    def has_assumed(self) -> bool:
        """Whether it says what an assumption makes of a position."""
        return any(p.assumed is not None for p in self.parties)


def read_table(path: str | Path) -> Table:
    """A table from a file: CSV with columns actor, position, salience, capability and, where wanted, spread and assumed; or TOML with
    ``matter``, ``low``, ``high`` and a list ``party`` of the same fields. Saliences over 1 are taken as percent. Raises S12."""
    path = Path(path)
    about: Mapping[str, Any] = {}
    try:
        text = path.read_text("utf-8-sig")
        if path.suffix.lower() == ".toml":
            about = tomllib.loads(text)
            rows = about.get("party", [])
        else:
            rows = [{(k or "").strip().lower(): v for k, v in r.items()} for r in csv.DictReader(text.splitlines())]
    except (OSError, UnicodeDecodeError, csv.Error, tomllib.TOMLDecodeError) as fault:
        raise ScenarioError("S12", path=path, why=fault) from None
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise ScenarioError("S12", path=path, why="its parties are no list")
    plain = [_row(path, n, r) for n, r in enumerate(rows, 1)]
    if len(plain) < FEWEST_PARTIES or len(plain) > _MOST_PARTIES:
        raise ScenarioError("S12", path=path, why=f"it names {len(plain)} parties, and {FEWEST_PARTIES} to {_MOST_PARTIES} are needed")
    if len(names := {r["actor"] for r in plain}) < len(plain):
        raise ScenarioError("S12", path=path, why=f"it names {len(plain) - len(names)} of its parties twice")
    where = [r[k] for r in plain for k in ("position", "assumed") if r[k] is not None]
    low, high = (_number(path, about.get(k, d), k) for k, d in (("low", min(where)), ("high", max(where))))
    if low is None or high is None or low >= high or min(where) < low or max(where) > high:
        raise ScenarioError("S12", path=path, why="its positions do not lie apart on a line from low to high")
    percent = 100.0 if max(r["salience"] for r in plain) > 1 else 1.0
    parties = tuple(
        Party(
            r["actor"],
            r["position"],
            r["salience"] / percent,
            r["capability"],
            _SPREAD * (high - low) if r["spread"] is None else r["spread"],
            r["assumed"],
        )
        for r in plain
    )
    return Table(str(about.get("matter") or path.stem), "given", low, high, parties, _DOUBT_GIVEN)


def _row(path: Path, n: int, row: Mapping[str, Any]) -> dict[str, Any]:
    actor = str(row.get("actor") or "").strip()
    if not actor:
        raise ScenarioError("S12", path=path, why=f"row {n} names no actor")
    out: dict[str, Any] = {"actor": actor}
    for k in ("position", "salience", "capability", "spread", "assumed"):
        out[k] = _number(path, row.get(k), f"the {k} of {actor}")
        if out[k] is None and k in ("position", "salience", "capability"):
            raise ScenarioError("S12", path=path, why=f"the {k} of {actor} is not given")
    if not 0 < out["salience"] <= 100 or out["capability"] <= 0 or (out["spread"] or 0) < 0:
        raise ScenarioError("S12", path=path, why=f"salience and capability of {actor} must be over 0, and a spread not under it")
    return out


def _number(path: Path, value: Any, what: str) -> float | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = float("nan")
    if not np.isfinite(found):
        raise ScenarioError("S12", path=path, why=f"{what} is no number: {value}")
    return found


def measured_table(workspace: Workspace, events: pl.DataFrame, told: History, meant: Assumption, options: MeasuresOptions) -> Table | None:
    """The stances told on a contested matter that the assumption is about: an event of its kind between its actors; else the conduct of
    who acts in it, whom others support, accuse, reject or threaten, and who itself stands for what it does. None where fewer than three are
    told to take sides on any. 0 is against, 100 for; salience follows how often a party is told to take a stand, capability its share in
    all acts: rough, and drawn with that doubt. That somebody says that a thing happened, or denies it, is no stand on it."""
    found = _on_events(workspace, events, meant, told, options)
    return found or next((t for a in _authors(meant) if (t := _on_conduct(workspace, events, a, told, options))), None)


def _authors(meant: Assumption) -> list[str]:
    """Who acts in the assumption, each once."""
    return list(dict.fromkeys(s.actor for s in meant.steps if s.actor))


def _on_conduct(workspace: Workspace, events: pl.DataFrame, actor: str, told: History, options: MeasuresOptions) -> Table | None:
    """Stances on an actor's conduct, with the actor itself for it."""
    if not {"recipients", "mentions", "date"} <= set(events.columns) or actor not in told.index:
        return None
    toward = pl.col("recipients").list.eval(pl.element().struct.field("country").fill_null(pl.element().struct.field("id")))
    found = records(Event, events.filter(toward.list.contains(actor)).sort("date", "id").tail(_MOST_ACTS).iter_rows(named=True))
    matter = CONDUCT + actor
    mentions = workspace.mentions_named({m for e in found for m in e.mentions})
    held = [p for p in positions(found, mentions, options) if p.matter.id == matter and p.actor != actor]
    itself = max((p.times for p in held), default=0)
    return of_stances(matter, held, told, {actor: itself}) if itself else None


def _on_events(workspace: Workspace, events: pl.DataFrame, meant: Assumption, told: History, options: MeasuresOptions) -> Table | None:
    """Stances on the one event of the assumption's kind that most take sides on."""
    matters = _matters(events, meant)
    if not matters:
        return None
    about, answers = events.filter(pl.col("id").is_in(list(matters))), events.filter(pl.col("answers").is_in(list(matters)))
    told_of = about.filter(pl.col("contested") | pl.col("id").is_in(answers["answers"].to_list())).sort("date", "id").tail(_MOST_MATTERS)
    found = records(Event, pl.concat([told_of, answers]).unique("id", maintain_order=True).iter_rows(named=True))
    mentions = workspace.mentions_named({m for e in found for m in e.mentions})
    held: dict[str, list[Position]] = defaultdict(list)
    for p in positions(found, mentions, options):
        if p.matter.kind == "event" and p.matter.id in matters and p.stance in (_FOR, _AGAINST):
            held[p.matter.id].append(p)
    best = max(held, key=lambda k: (len({p.actor for p in held[k]}), k), default=None)
    return None if best is None else of_stances(best, held[best], told)


def _matters(events: pl.DataFrame, meant: Assumption) -> set[str]:
    """Events that the assumption is about: the act it takes out, or acts of its kind between its actors."""
    out: set[str] = set()
    if not {"id", "type", "actors", "recipients", "answers"} <= set(events.columns):
        return out
    for step in meant.steps:
        if isinstance(step, Removal) and step.event:
            out.add(step.event)
        elif isinstance(step, Act | Removal) and step.actor and step.recipient:
            both = [
                pl.col(side).list.eval(pl.element().struct.field("country").fill_null(pl.element().struct.field("id"))) for side in _SIDES
            ]
            ways = [
                both[0].list.contains(a) & both[1].list.contains(b) for a, b in ((step.actor, step.recipient), (step.recipient, step.actor))
            ]
            out |= set(events.filter((pl.col("type") == step.type) & (ways[0] | ways[1]))["id"].to_list())
    return out


_SIDES = ("actors", "recipients")


def of_stances(matter: str, held: Sequence[Position], told: History, for_it: Mapping[str, int] | None = None) -> Table | None:
    """A table from stances on one matter of those that are told of in the history; None where they are too few, or all of one mind.
    ``for_it``: who stands for the matter without being told to, and as how many tellings that counts."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for p in (p for p in held if p.actor in told.index and p.stance in (_FOR, _AGAINST)):
        counts[p.actor][p.stance == _FOR] += p.times
    for a, n in (for_it or {}).items():
        counts[a][True] += n
    if len(counts) < FEWEST_PARTIES:
        return None
    sides = {a: n[1] / (n[0] + n[1]) for a, n in counts.items()}
    if min(sides.values()) == max(sides.values()):
        return None
    busiest = sorted(counts, key=lambda a: (-sum(counts[a]), a))[:_MOST_PARTIES]
    most = max(sum(counts[a]) for a in busiest)
    parties = []
    for a in busiest:
        k, n = told.index.get(a), sum(counts[a])
        share = float(((told.actor == k) | (told.recipient == k)).sum()) / max(1, len(told)) if k is not None else 0.0
        parties.append(
            Party(a, round(100 * sides[a], 1), round((n / most) ** 0.5, 3), round(share + 0.01, 4), round(_SPREAD_MEASURED / n**0.5, 1))
        )
    sentences = tuple(dict.fromkeys(m for p in held for m in p.mentions))
    return Table(matter, "measured", 0.0, 100.0, tuple(parties), _DOUBT_MEASURED, sentences)
