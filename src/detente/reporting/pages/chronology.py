"""The chronology: a page of chosen events with the facets that choose among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from ...records import STATUSES, TYPES
from ...workspace import Wanted
from ..words import act, words
from .lines import Facts, event_lines
from .materials import Materials, event_of_mention

#: values of a facet that a page lists
_VALUES = 14


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the chronology. ``first`` and ``last``: date and id of its ends, from which the pages beside it go on."""

    events: list[Facts]
    total: int
    everything: int
    first: tuple[str, str] | None  # None: there is nothing newer
    last: tuple[str, str] | None  # None: there is nothing older
    facets: list[Facts]
    span: tuple[str, str] | None


def listing(
    materials: Materials, wanted: Wanted, search: str | None = None, size: int = 50, key: Sequence[str] | None = None, back: bool = False
) -> Listing:
    """The ``size`` events after ``key`` (``back``: before it), newest first. ``search``: words that a telling's sentence must hold."""
    snapshot = materials.snapshot
    wanted = with_words(materials, wanted, search)
    found = snapshot.chronology.find(wanted, size, key, back, _VALUES)
    shown = snapshot.events_at(found.rows)
    ends = [(e.date or "", e.id) for e in (shown[0], shown[-1])] if shown else []
    return Listing(
        event_lines(shown, materials),
        found.total,
        len(snapshot.chronology),
        ends[0] if ends and found.before else None,
        ends[1] if ends and found.after else None,
        [facet(name, values, wanted, materials) for name, values in found.facets.items()],
        snapshot.chronology.span(),
    )


def with_words(materials: Materials, wanted: Wanted, search: str | None) -> Wanted:
    """The choice narrowed to events whose tellings hold all words of ``search``."""
    terms = (search or "").split()
    if not terms:
        return wanted
    found = materials.snapshot.memo(("words", *terms), lambda: _told_with(materials, terms))
    ids = found if wanted.ids is None else found & wanted.ids
    return Wanted(**{**{f: getattr(wanted, f) for f in wanted.__slots__}, "ids": ids})


def _told_with(materials: Materials, terms: Sequence[str]) -> frozenset[str]:
    holds = pl.lit(True)
    for term in terms:
        holds = holds & _holds(term)
    told = materials.snapshot.mentions_where(holds, ())["id"]
    pairs = event_of_mention(materials, told)
    return frozenset(pairs.filter(pl.col("mention").is_in(told.implode()))["event"].to_list())


def _holds(term: str) -> pl.Expr:
    sentence = pl.col("sentence").str
    if term.isascii():  # far faster than a pattern
        return sentence.contains_any([term], ascii_case_insensitive=True)
    return sentence.contains("(?i)" + re.escape(term))


_TITLES = {"actor": "Who acts", "recipient": "To whom", "outlet": "Told by", "place": "Where", "type": "What", "status": "Status"}


def facet(name: str, values: Sequence[tuple[str, int]], wanted: Wanted, materials: Materials) -> Facts:
    """A facet for display: its values with names in words and how many events have each."""
    chosen = list(getattr(wanted, name))
    listed = [v for v, _ in values]
    rows = [*values, *((v, 0) for v in chosen if v not in listed)]
    return {
        "name": name,
        "title": _TITLES[name],
        "values": [{"value": v, "label": label(name, v, materials), "events": n, "chosen": v in chosen} for v, n in rows],
        "more": len(values) == _VALUES,
    }


def label(facet_name: str, value: str, materials: Materials) -> str:
    """A facet's value in words."""
    if facet_name == "type":
        return act(value, None, "one")
    if facet_name == "status":
        return str(words()["statuses"][value]["label"]) if value in STATUSES else value
    return materials.name_of(value) if facet_name in ("actor", "recipient") else value


def checked(type_: Sequence[str], status: Sequence[str]) -> None:
    """Raises :class:`~detente.errors.UsageError` (C02) for a type or status that there is not."""
    from ...errors import UsageError

    for t in type_:
        if t not in TYPES and ":" not in t:
            raise UsageError("C02", what=t[:60], wanted="an event type", hint="Types are " + ", ".join(TYPES) + ".")
    for s in status:
        if s not in STATUSES:
            raise UsageError("C02", what=s[:60], wanted="a status", hint="Statuses are " + ", ".join(STATUSES) + ".")


def as_dict(found: Listing) -> dict[str, Any]:
    """A listing as JSON-ready values."""
    return {f: getattr(found, f) for f in found.__slots__}
