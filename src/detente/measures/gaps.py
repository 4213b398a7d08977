"""Clear answers where a measure cannot be taken: what is missing, and since when there is data (codes M01–M06, M09)."""

from __future__ import annotations

import datetime
import difflib
from collections import Counter

import polars as pl

from ..config import MeasuresOptions
from ..errors import MeasureError
from .acts import ANYONE, Events, acts, between, counts_in
from .reading import Documents, Reading, reading


def require(
    events: Events,
    documents: Documents,
    dyad: tuple[str, str],
    options: MeasuresOptions,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[str]:
    """Raises :class:`MeasureError` where nothing can be said of a dyad in a window; gives notes on what is left out otherwise.

    M05 no document has a date; M03 the window lies outside what was read; M02 an actor is never told of; M01 the two are never told of
    together; M04 of the two only events without a day, or none that counts, are told; M06 they are told of, but not in the window.
    """
    table, read = acts(events), reading(documents)
    require_window(read, since, until)
    for actor in dyad:
        require_actor(table, read, actor)
    told = between(table, dyad, both=True)
    if told.is_empty():
        raise MeasureError("M01", a=dyad[0], b=dyad[1], read=extent(read), others=_others(table, dyad))
    usable = told.filter(counts_in(options))
    dated = usable.filter(pl.col("day").is_not_null())
    undated, uncounted = usable.height - dated.height, told.height - usable.height
    if dated.is_empty():
        raise MeasureError("M04", a=dyad[0], b=dyad[1], events=_counted(told.height, "event"), undated=undated, uncounted=uncounted)
    first, last = dated["day"].min(), dated["day"].max()
    inside = dated.filter(pl.col("day").is_between(since or first, until or last))
    if inside.is_empty():
        raise MeasureError(
            "M06", a=dyad[0], b=dyad[1], window=window(since, until), events=_counted(dated.height, "event"), first=first, last=last
        )
    notes = []
    a, b = ("anybody" if who == ANYONE else who for who in dyad)
    if undated:
        notes.append(f"{_counted(undated, 'event')} of {a} and {b} without a day {_are(undated)} left out.")
    if uncounted:
        notes.append(
            f"{_counted(uncounted, 'event')} of {a} and {b} {_are(uncounted)} not counted: denied, planned, supposed, or a "
            f"contested claim (`count_claimed`)."
        )
    if read.undated:
        notes.append(
            f"{_counted(read.undated, 'document')} without a day of publication {_are(read.undated)} not in the volume of reading."
        )
    return notes


def require_window(read: Reading, since: datetime.date | None, until: datetime.date | None) -> None:
    """M09 where a window ends before it begins, M05 where no document has a date, M03 where a window ends before the first or begins after
    the last."""
    if since is not None and until is not None and until < since:
        raise MeasureError("M09", window=window(since, until))
    if read.first is None or read.last is None:
        raise MeasureError("M05", documents=_counted(read.documents, "document"))
    if (until is not None and until < read.first) or (since is not None and since > read.last):
        raise MeasureError("M03", window=window(since, until), first=read.first, last=read.last)


def require_actor(table: pl.DataFrame, read: Reading, actor: str) -> None:
    """M02 where an actor takes part in no act."""
    if actor == ANYONE:
        return
    if not told_of(table, actor):
        known = Counter(table["actor"].to_list())
        known.update(table["recipient"].to_list())
        near = difflib.get_close_matches(actor, list(known), 3, 0.6)
        hint = f"perhaps {' or '.join(near)}" if near else "most told of are " + ", ".join(c for c, _ in known.most_common(5))
        raise MeasureError("M02", actor=actor, read=extent(read), near=hint)


def told_of(events: Events, actor: str) -> bool:
    """Whether an actor takes part in any act."""
    table = acts(events)
    return any(bool((table[side] == actor).any()) for side in ("actor", "recipient"))


def extent(read: Reading) -> str:
    """How much was read, and from when to when."""
    return f"{_counted(read.documents, 'document')} read, of {read.first} to {read.last}"


def window(since: datetime.date | None, until: datetime.date | None) -> str:
    """A window in words."""
    return f"from {since or 'the beginning'} to {until or 'the end'}"


def _others(table: pl.DataFrame, dyad: tuple[str, str]) -> str:
    """With whom each of the two is told of most."""
    out = []
    for actor in dyad:
        partners: Counter[str] = Counter()
        for r in between(table, (actor, ANYONE), both=True).select("actor", "recipient").iter_rows():
            partners.update(c for c in r if c != actor)
        most = ", ".join(c for c, _ in partners.most_common(3))
        out.append(f"{actor} with {most}" if most else f"{actor} with nobody")
    return "; ".join(out)


def _counted(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
