"""What an influence measure says, in a few lines: the verdict and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..measures import Influence, Trend
from ..records import Tie

_WHAT = {
    "response": "what they address to it or answer of it",
    "dependence": "the share of their ties that binds them to it",
    "share": "its part in their dealings",
    "defiance": "the hostile part of what they address to it",
    "together": "all three together, hostile dealings not counted",
}


def verdict(found: Influence) -> str:
    """Rising, falling, flat or not distinguishable, in a sentence."""
    t = found.trend("together")
    who = f"{found.actor}'s influence on {', '.join(found.members)}, {found.since} … {found.until}, is"
    said = {"not distinguishable": "not distinguishable from no change"}.get(t.verdict, t.verdict)
    return f"{who} {said} ({_change(t)})."


def explanation(found: Influence, named: Callable[[Sequence[str]], str]) -> str:
    """The verdict, each component's trend, and the acts and ties behind it."""
    lines = [verdict(found)]
    for name in ("response", "dependence", "share", "defiance"):
        t, whole = found.trend(name), found.whole[name]
        level = "nothing known" if whole.value is None else f"{whole.value:.0%}"
        lines.append(f"  {name}: {_WHAT[name]}: {level}; {t.verdict} ({_change(t)})")
    if found.toward:
        lines.append(f"  acts toward it: {named(found.toward)}")
    if found.ties:
        told = [_tie(t) for t in found.ties]
        lines.append(f"  ties at the end: {'; '.join(told[:6])}" + (f" and {len(told) - 6} more" if len(told) > 6 else ""))
    return "\n".join(lines)


def _tie(t: Tie) -> str:
    """A tie in words, with its start: two treaties of the same two are two ties."""
    return f"{t.subject.name or t.subject.code} {t.kind} {t.object.name or t.object.code}" + (f" since {t.start}" if t.start else "")


def _change(t: Trend) -> str:
    if t.change is None:
        return "too few periods for a trend"
    return f"change {t.change:+.2f}, 80% band {t.low:+.2f} … {t.high:+.2f}"
