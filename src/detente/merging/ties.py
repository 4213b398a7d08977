"""Ties told in documents beside those of the directory, on a date."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from ..knowledge import Directory, load_directory
from ..records import Actor, Tie


def directory_ties(directory: Directory) -> list[Tie]:
    """The directory's memberships, alliances and parts as ties, with their references."""
    out = []
    for n, t in enumerate(directory.ties):
        out.append(
            Tie(
                id=f"d{n:05d}",
                kind=t.kind,
                subject=_actor(directory, t.subject),
                object=_actor(directory, t.object),
                start=t.start,
                end=t.end,
                reference=t.source,
            )
        )
    return out


def ties_of(
    told: Sequence[Tie],
    of: str | None = None,
    on: str | None = None,
    kind: str | None = None,
    only_told: bool = False,
    published: Mapping[str, str | None] | None = None,
) -> list[Tie]:
    """Ties of an actor (id, country or name), holding on an ISO date, of a kind. Without ``of``, only those told in documents.

    A tie told without a date holds from the day of its telling: ``published``, document id -> ISO date.
    """
    found = list(told)
    if of and not only_told:
        found += directory_ties(load_directory())
    out = []
    for t in found:
        if of and not (_is(t.subject, of) or _is(t.object, of)):
            continue
        if kind and t.kind != kind:
            continue
        if on and not holds_on(t, on, (published or {}).get(t.document or "")):
            continue
        out.append(t)
    return out


def holds_on(tie: Tie, day: str, told: str | None = None) -> bool:
    """Whether a tie holds on an ISO day; dates of any precision are inclusive.

    ``told``: since when, where no start is known, unless the tie is told as over; of one told as over the day before, nobody knows when.
    """
    if told and tie.end and not tie.start and tie.end == _before(told):
        return False
    start = tie.start or (None if tie.end else told)
    return not ((start and start > day) or (tie.end and f"{tie.end}~" < day))


def _before(day: str) -> str:
    """The day before one; of a month or a year itself."""
    if len(day) < len("2025-01-01"):
        return day
    return (datetime.date.fromisoformat(day[:10]) - datetime.timedelta(days=1)).isoformat()


def _is(actor: Actor, wanted: str) -> bool:
    key = wanted.lower()
    return key in {str(v).lower() for v in (actor.id, actor.country, actor.name, actor.text) if v}


def _actor(directory: Directory, id_: str) -> Actor:
    entry = directory.entries.get(id_)
    if entry is None:
        return Actor(id_, None, id_)
    return Actor(entry.name, None, id_, entry.country if entry.kind in ("state", "territory") else None, entry.sector, entry.name)
