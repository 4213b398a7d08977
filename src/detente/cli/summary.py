"""What a run says at its end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from ..measures import active_dyads
from ..pipeline import Outcome


def summary(outcome: Outcome, workspace: Any, options: Any, page: Path) -> str:
    """Documents read and refused with reasons; mentions, events, contested events; the five most active dyads; the brief's path."""
    run = outcome.run
    lines = [f"Read {run.read} documents" + (f", {run.known} known already" if run.known else "") + f"; refused {run.refused}."]
    for (code, message), n in Counter((r.code, r.message) for r in run.refusals).most_common(5):
        where = next(r.path for r in run.refusals if (r.code, r.message) == (code, message))
        lines.append(f"  [{code}] {message} {'' if n == 1 else f'({n} inputs, first: '}{where}{'' if n == 1 else ')'}")
    contested = sum(e.contested for e in outcome.events)
    silent = f" Nothing was coded in {len(run.not_coded)} documents." if run.not_coded else ""
    lines.append(f"{run.mentions} new mentions; {len(outcome.events)} events in all, {contested} contested.{silent}")
    dyads = active_dyads(outcome.events, options.measures)[:5]
    if dyads:
        lines.append("Most active dyads:")
        for d in dyads:
            lines.append(
                f"  {d.a}–{d.b}: {d.events} events; {d.a} → {d.b} {d.forward} ({_score(d.forward_score)}), "
                f"{d.b} → {d.a} {d.backward} ({_score(d.backward_score)})"
            )
    lines.append(f"Brief: {page}")
    return "\n".join(lines)


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1f}"
