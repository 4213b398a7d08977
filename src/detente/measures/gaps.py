"""Clear answers where a measure cannot be taken: what is missing, and since when there is data (codes M01–M06, M09)."""

from __future__ import annotations

import datetime
import difflib
from collections import Counter
from collections.abc import Sequence

import polars as pl

from ..config import MeasuresOptions
from ..errors import MeasureError
from ..knowledge import load_directory
from .acts import ANYONE, Events, acts, between, counts_in
from .levels import MEMORY
from .reading import Documents, Reading, reading


def require(
    events: Events,
    documents: Documents,
    dyad: tuple[str, str],
    options: MeasuresOptions,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    remembers: bool = False,
) -> list[str]:
    """Raises :class:`MeasureError` where nothing can be said of a dyad in a window; gives notes on what is left out otherwise.

    M05 no document has a date; M03 the window lies outside what was read; M02 an actor is never told of; M01 the two are never told of
    together; M04 of the two only events without a day, or none that counts, are told; M06 they are told of, but not in the window. With
    ``remembers``, for measures that remember acts from before the window as tension does, M06 only where none of them counts any more.
    """
    table, read = acts(events), reading(documents)
    if not (remembers and _inside(between(table, dyad, both=True).filter(pl.col("day").is_not_null()), since, until).height):
        require_window(read, since, until)  # what the first documents recall can be opened too
    require_actor(table, read, *dyad)
    a, b = ("anybody" if who == ANYONE else who for who in dyad)
    told = between(table, dyad, both=True)
    if told.is_empty():
        raise MeasureError("M01", a=a, b=b, read=extent(read), others=_others(table, dyad))
    usable = told.filter(counts_in(options))
    dated = usable.filter(pl.col("day").is_not_null())
    undated, uncounted = usable.height - dated.height, told.height - usable.height
    if dated.is_empty():
        raise MeasureError(
            "M04",
            a=a,
            b=b,
            dyad=",".join(who for who in dyad if who != ANYONE),
            events=_counted(told.height, "event"),
            undated=undated,
            uncounted=uncounted,
        )
    notes = [] if _inside(dated, since, until).height else [_remembered(dated, read, (a, b), options, since, until, remembers)]
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


def _inside(dated: pl.DataFrame, since: datetime.date | None, until: datetime.date | None) -> pl.DataFrame:
    """The acts of a window."""
    first, last = dated["day"].min(), dated["day"].max()
    return dated.filter(pl.col("day").is_between(since or first, until or last))


def _remembered(
    dated: pl.DataFrame,
    read: Reading,
    names: tuple[str, str],
    options: MeasuresOptions,
    since: datetime.date | None,
    until: datetime.date | None,
    remembers: bool,
) -> str:
    """A note on what a window without acts remembers of those before it; M06 where nothing."""
    a, b = names
    if remembers and since is not None:
        memory = since - datetime.timedelta(days=int(MEMORY * options.half_life_days))
        before = dated.filter(pl.col("day").is_between(memory, since))
        if before.height:
            latest = str(before["day"].cast(pl.String).max())
            return (
                f"Nothing is told of {a} and {b} {window(since, until)}: tension is what is remembered of "
                f"{_counted(before.height, 'event')} before, the last of {latest}."
            )
    days = dated["day"].cast(pl.String)
    first, last = str(days.min()), str(days.max())
    when = f"on {first}" if first == last else f"from {first} to {last}"
    inside = sum(n for day, n in read.days.items() if (since is None or day >= since) and (until is None or day <= until))
    cause = (
        f"{_counted(inside, 'document')} of that time {_were(inside)} read, none with such an act"
        if inside
        else "no document of that time was read"
    )
    raise MeasureError("M06", a=a, b=b, window=window(since, until), cause=cause, events=_counted(dated.height, "event"), when=when)


def undated_of(table: pl.DataFrame, members: Sequence[str]) -> int:
    """How many events of actors with anybody have no day."""
    own = pl.col("actor").is_in(list(members)) | pl.col("recipient").is_in(list(members))
    return int(table.filter(pl.col("day").is_null() & own)["event"].n_unique())


def require_window(read: Reading, since: datetime.date | None, until: datetime.date | None) -> None:
    """M09 where a window ends before it begins, M05 where no document has a date, M03 where a window ends before the first or begins after
    the last."""
    if since is not None and until is not None and until < since:
        raise MeasureError("M09", window=window(since, until), exchanged=window(until, since))
    if read.first is None or read.last is None:
        raise MeasureError("M05", documents=_counted(read.documents, "document"))
    if (until is not None and until < read.first) or (since is not None and since > read.last):
        raise MeasureError("M03", window=window(since, until), first=read.first, last=read.last)


def require_actor(table: pl.DataFrame, read: Reading, *actors: str) -> None:
    """M02 where actors take part in no act: which, whether the directory knows them, and who may be meant."""
    missing = [a for a in actors if a != ANYONE and not told_of(table, a)]
    if not missing:
        return
    known = Counter([*table["actor"].to_list(), *table["recipient"].to_list()])
    names = {a: _name_of(a) for a in missing}
    unknown = [a for a, name in names.items() if name is None]
    causes = [f"{a} is {name} in the directory" for a, name in names.items() if name]
    if unknown:
        causes.append(f"the directory that comes with détente does not know {' or '.join(unknown)}")
    near = [n for a in unknown for n in _near(a, list(known))]
    hint = f"Perhaps {' or '.join(near)} was meant." if near else f"Told of most are {', '.join(c for c, _ in known.most_common(5))}."
    raise MeasureError("M02", actor=", ".join(missing), read=extent(read), cause="; ".join(causes), near=hint)


def _name_of(code: str) -> str | None:
    """What the directory calls a code; None where it has none such."""
    entry = load_directory().entries.get(code)
    return entry.name if entry else None


def _near(wanted: str, told: list[str]) -> list[str]:
    """Codes that are written much the same, of those told of; states whose name is."""
    states = {e.name.casefold(): e for e in load_directory().entries.values() if e.kind == "state"}
    by_name = [states[n] for n in difflib.get_close_matches(wanted.casefold(), list(states), 2, 0.7)]
    return [f"{e.id} ({e.name})" for e in by_name] or difflib.get_close_matches(wanted, told, 3, 0.6)


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


def _were(n: int) -> str:
    return "was" if n == 1 else "were"


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
