"""Which events count, and between whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..config import MeasuresOptions
from ..records import Event


def counts(event: Event, options: MeasuresOptions) -> bool:
    """Whether an event counts in a series: what happened, and claims by ``count_claimed`` (none | uncontested | all)."""
    if event.status == "happened":
        return True
    if event.status != "claimed" or options.count_claimed == "none":
        return False
    return options.count_claimed == "all" or not event.contested


def pairs(event: Event) -> Iterator[tuple[str, str]]:
    """The ordered dyads of an event; parties of a joint act act on each other."""
    actors = list(dict.fromkeys(a.code for a in event.actors))
    recipients = list(dict.fromkeys(a.code for a in event.recipients))
    if recipients:
        yield from ((a, r) for a in actors for r in recipients if a != r)
    elif len(actors) > 1:
        yield from ((a, b) for a in actors for b in actors if a != b)


def of_dyad(events: Iterable[Event], actor: str, recipient: str, both: bool = False) -> list[Event]:
    """Events of an ordered dyad, or of both directions."""
    wanted = {(actor, recipient), (recipient, actor)} if both else {(actor, recipient)}
    return [e for e in events if wanted & set(pairs(e))]
