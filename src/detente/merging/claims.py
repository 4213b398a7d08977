"""Claims: what each cited speaker says of an event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..records import Claim, Event, Mention

_STANCE: dict[str, Literal["asserts", "denies", "plans", "supposes"]] = {
    "happened": "asserts",
    "claimed": "asserts",
    "denied": "denies",
    "planned": "plans",
    "hypothetical": "supposes",
}


def claims_of(mentions: Sequence[Mention], events: Sequence[Event]) -> list[Claim]:
    """One claim for each mention that cites a source: the innermost source speaks, the others relay."""
    event_of = {m: e.id for e in events for m in e.mentions}
    out = []
    for m in mentions:
        if not m.sources:
            continue
        *through, speaker = m.sources
        out.append(
            Claim(
                speaker.text,
                speaker.id,
                speaker.country,
                tuple(s.text for s in through),
                _STANCE[m.status],
                m.id,
                event_of.get(m.id),
                m.document,
            )
        )
    return out
