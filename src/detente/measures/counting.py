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

#: types of which several actors also act with each other where somebody else is named: two sign in the presence of a third
TOGETHER = frozenset({"AGREE", "CONSULT"})


def pairs(event: Event) -> Iterator[tuple[str, str]]:
    """The ordered dyads of an event; parties of a joint act (talks, an agreement, a clash) act on each other."""
    actors = list(dict.fromkeys(a.code for a in event.actors))
    recipients = list(dict.fromkeys(a.code for a in event.recipients))
    others = recipients or ([] if event.type in ALONGSIDE else actors)
    if recipients and event.type in ALONGSIDE:
        others = [r for r in recipients if r not in actors]
    if recipients and event.type in TOGETHER:
        others = list(dict.fromkeys([*recipients, *actors]))
    yield from ((a, r) for a in actors for r in others if a != r)
