"""What if: an assumption, what it would change between two actors, by whom it is said so, and how they did before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...records import TYPES
from ..charts import scenario_chart
from ..words import act
from .lines import Facts, event_lines
from .materials import Dyad, Materials

if TYPE_CHECKING:  # the room of scenarios is heavy to load, and entered by a question alone
    from ...scenarios import Scenario

MEASURES = {
    "tension": "tension (0 … 10)",
    "influence": "influence of {} on {} (0 … 1)",
    "quad1": "words of cooperation a week",
    "quad2": "acts of cooperation a week",
    "quad3": "words of conflict a week",
    "quad4": "acts of conflict a week",
}
WEEKS = (4, 8, 12, 26)
_CASES = 8
_EVIDENCE = 12


def supposed(materials: Materials, assumption: str, watch: Dyad, weeks: int) -> Scenario:
    """The answer to a question; reckoned when first asked for, which may take a while. Raises :class:`~detente.errors.ScenarioError`."""
    from ...scenarios import what_if

    return materials.snapshot.memo(
        ("whatif", assumption, watch, weeks),
        lambda: what_if(materials.snapshot.workspace, assumption, watch, weeks, config=materials.config),
    )


def whatif_page(materials: Materials, assumption: str, watch: Dyad, weeks: int) -> Facts:
    """A scenario for display: the verdict, what changes by how much, each method, past cases, the record."""
    from ...scenarios.wording import what_would_help

    found = supposed(materials, assumption, watch, weeks)
    changes = {c.measure: c for c in found.combined.changes}
    return {
        "title": "What if",
        "sentence": found.sentence,
        "steps": list(found.steps),
        "origin": found.origin,
        "first": found.first,
        "last": found.last,
        "acts": found.acts,
        "watched_acts": found.watched_acts,
        "agreement": found.agreement,
        "changes": [
            {
                "measure": name,
                "name": title.format(*(materials.name_of(c) for c in found.watch)),
                **{k: getattr(changes[name], k) for k in ("value", "low80", "high80", "above", "verdict")},
            }
            for name, title in MEASURES.items()
            if name in changes
        ],
        "methods": [_method(m) for m in found.methods],
        "analogues": [
            {
                "event": a.event,
                "date": a.date,
                "what": f"{materials.name_of(a.actor)} → {materials.name_of(a.recipient)}: {act(a.type, a.mode, 'one')}",
                "watched": " – ".join(materials.name_of(c) for c in a.watched),
                "likeness": a.likeness,
                "change": a.change,
                "expected": a.expected,
            }
            for a in found.analogues[:_CASES]
        ],
        "placebo": None
        if found.placebo is None
        else {k: getattr(found.placebo, k) for k in ("cases", "effect", "low", "high", "p", "studies")},
        "settlement": None if found.settlement is None else _settlement(found, materials),
        "record": [
            {k: getattr(r, k) for k in ("method", "ahead", "weeks", "mae", "mae_ar4", "crps", "crps_ar4", "cover80")} for r in found.record
        ],
        "evidence": event_lines(materials.snapshot.events_by(found.evidence[:_EVIDENCE]), materials),
        "evidence_total": len(found.evidence),
        "notes": list(found.notes),
        "would_help": what_would_help(found),
        "happened": bool(found.happened),
    }


def _settlement(found: Scenario, materials: Materials) -> Facts:
    """Where bargaining over the matter settles, and the parties to it."""
    from ...scenarios.stands import CONDUCT

    assert found.settlement is not None
    moves = {m.actor: m.moves for m in found.settlement.movers}
    return {
        "sentence": next(m.notes[0] for m in found.methods if m.method == "bargaining"),
        "source": found.settlement.source,
        "event": found.settlement.matter
        if found.settlement.source == "measured" and not found.settlement.matter.startswith(CONDUCT)
        else None,
        "parties": [
            {
                "name": materials.name_of(p.actor),
                **{k: getattr(p, k) for k in ("position", "salience", "capability")},
                "moves": moves.get(p.actor, 0.0),
            }
            for p in found.settlement.stands
        ],
    }


def _method(m: Any) -> Facts:
    tension = m.change("tension")
    return {
        "name": m.method,
        "reference": m.reference,
        "weight": m.weight,
        "why_not": m.why_not,
        "notes": list(m.notes),
        "change": None if tension is None else {k: getattr(tension, k) for k in ("value", "low80", "high80", "verdict")},
    }


def choices() -> list[Facts]:
    """The acts that can be assumed, in words, each with its modes: ``value`` is what the form gives for one, "COERCE/arrest"."""
    from ...scenarios.language import modes_of

    return [
        {
            "type": t,
            "what": act(t, None, "one"),
            "modes": [
                {"value": f"{t}/{mode}", "what": act(t, mode, "one")} for mode in modes_of(t) if act(t, mode, "one") != act(t, None, "one")
            ],
        }
        for t in TYPES
    ]


def written_act(how: str, who: str, act: str, whom: str, on: str) -> str:
    """An act of the form as an assumption writes it. ``act``: a type, or type and mode ("COERCE/arrest"); ``how``: comes | had not come."""
    type_, _, mode = act.partition("/")
    words = [who, type_, whom, *([f"mode={mode}"] if mode and how == "comes" else []), *(["on", on] if on else [])]
    return " ".join(w.strip() for w in (["without"] if how != "comes" else []) + words if w.strip())


def parse_assumption(materials: Materials, text: str) -> None:
    """Raises :class:`~detente.errors.ScenarioError` (S01–S06) for an assumption that cannot be read: before anything is reckoned."""
    from ...scenarios import parse
    from ...scenarios.history import history
    from ...scenarios.whatif import resolver

    told = materials.snapshot.memo("told", lambda: history(materials.acts, materials.config.measures))
    parse(text, resolver(told), told.actors)


def whatif_figure(materials: Materials, assumption: str, watch: Dyad, weeks: int) -> dict[str, Any]:
    """The paths with and without the assumption, and their difference."""
    return scenario_chart(supposed(materials, assumption, watch, weeks))
