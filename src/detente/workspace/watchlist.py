"""The watch list: who is watched now, of all that was ever put on it or taken off."""

from __future__ import annotations

from collections.abc import Iterable

from ..records import Watch


def watched(rows: Iterable[Watch]) -> list[Watch]:
    """The actors and dyads that are watched now, those watched longest first. ``rows``: all, in whatever order."""
    now: dict[tuple[str, str], Watch] = {}
    for row in sorted(rows, key=lambda w: w.id):
        key = (row.kind, row.key)
        if not row.watched:
            now.pop(key, None)
        else:
            now.setdefault(key, row)
    return list(now.values())
