"""Which events count, and between whom."""

from __future__ import annotations

from collections.abc import Iterator

from ..config import MeasuresOptions
from ..records import Event


def counts(event: Event, options: MeasuresOptions) -> bool:
    """Whether an event counts in a series: what happened, and claims by ``count_claimed`` (none | uncontested | all)."""
    if event.status == "happened":
        return True
    if event.status != "claimed" or options.count_claimed == "none":
        return False
    return options.count_claimed == "all" or not event.contested


#: types of which several actors act together, not on each other: against somebody unnamed, or for one of their own
ALONGSIDE = frozenset({"AID", "REQUEST", "REJECT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE"})


def pairs(event: Event) -> Iterator[tuple[str, str]]:
    """The ordered dyads of an event; parties of a joint act (talks, an agreement, a clash) act on each other."""
    actors = list(dict.fromkeys(a.code for a in event.actors))
    recipients = list(dict.fromkeys(a.code for a in event.recipients))
    if recipients:
        together = actors if event.type in ALONGSIDE else ()
        yield from ((a, r) for a in actors for r in recipients if a != r and r not in together)
    elif len(actors) > 1 and event.type not in ALONGSIDE:
        yield from ((a, b) for a in actors for b in actors if a != b)
