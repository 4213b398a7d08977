"""Events by date with facets, held in columns of numbers: two million are filtered, counted and paged in a fraction of a second."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: what events are told apart by; all but the two last may have several values an event
FACETS = ("actor", "recipient", "outlet", "place", "type", "status")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A choice of events: values of one facet are alternatives, facets add up. Dates are ISO, of any precision, inclusive."""

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    either: tuple[str, ...] = ()  # takes part on either side; each of them must
    since: str | None = None
    until: str | None = None
    contested: bool = False
    ids: frozenset[str] | None = None  # only these


@dataclass(frozen=True, slots=True)
class Found:
    """A page of events: row numbers of the table, newest first; how many there are, and by facet value."""

    rows: tuple[int, ...]
    total: int
    before: bool  # there are newer ones
    after: bool  # there are older ones
    facets: dict[str, list[tuple[str, int]]]


class Column:
    """The values of one facet: for each event none, one or several."""

    def __init__(self, lists: pl.Series, shown: Collection[str] | None = None) -> None:
        """``lists``: a list of strings an event. ``shown``: the values that are counted; the others are only found."""
        exploded = pl.DataFrame({"row": pl.int_range(len(lists), eager=True), "value": lists}).explode("value").drop_nulls("value")
        coded = exploded["value"].cast(pl.Categorical)
        names = coded.unique().cast(pl.String).sort()
        lookup = pl.DataFrame({"value": names, "code": pl.int_range(len(names), eager=True)})
        joined = exploded.join(lookup, on="value", how="left", maintain_order="left")
        self.values: list[str] = names.to_list()
        self.rows: NDArray[np.int32] = joined["row"].to_numpy().astype(np.int32)
        self.codes: NDArray[np.int32] = joined["code"].to_numpy().astype(np.int32)
        self._length = len(lists)
        self._shown = np.array([shown is None or v in shown for v in self.values], dtype=bool)

    @cached_property
    def _code_of(self) -> dict[str, int]:
        return {v: n for n, v in enumerate(self.values)}

    @cached_property
    def _folded(self) -> dict[str, list[int]]:
        out: dict[str, list[int]] = {}
        for n, v in enumerate(self.values):
            out.setdefault(v.casefold(), []).append(n)
        return out

    @cached_property
    def _by_code(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        order = np.argsort(self.codes, kind="stable")
        ends = np.searchsorted(self.codes[order], np.arange(len(self.values) + 1))
        return self.rows[order], ends

    def mask(self, values: Iterable[str]) -> Mask:
        """Which events have one of the values (whatever their case)."""
        out = np.zeros(self._length, dtype=bool)
        rows, ends = self._by_code
        for v in values:
            exact = self._code_of.get(v)
            for code in [exact] if exact is not None else self._folded.get(v.casefold(), []):
                out[rows[ends[code] : ends[code + 1]]] = True
        return out

    def counts(self, mask: Mask | None, most: int, every: bool = False) -> list[tuple[str, int]]:
        """The most frequent values among chosen events with their numbers; None: among all. ``every``: also those not shown in lists."""
        chosen = self.codes if mask is None else self.codes[mask[self.rows]]
        found = np.bincount(chosen, minlength=len(self.values)) * (self._shown | every)
        top = np.argsort(-found, kind="stable")[:most]
        return [(self.values[n], int(found[n])) for n in top if found[n]]


class Chronology:
    """Events newest first, those without a date last; filters, counts and pages."""

    def __init__(self, events: pl.DataFrame) -> None:
        """``events``: the workspace's table of events."""
        keyed = events.select("id", pl.col("date").fill_null("")).with_row_index("row")
        ordered = keyed.sort("date", "id", descending=[True, True])
        self._order: Rows = ordered["row"].to_numpy().astype(np.int64)
        self._ids = ordered["id"]
        self._dates = ordered["date"]
        self._table = events
        self._days: NDArray[np.int64] = (
            self._dates.str.slice(0, 10).str.replace_all("-", "").str.pad_end(8, "0").cast(pl.Int64, strict=False).fill_null(0).to_numpy()
        )
        self._none = int((self._days == 0).sum())

    def __len__(self) -> int:
        return len(self._order)

    # ------------------------------------------------------------ columns, each made when first asked for
    @cached_property
    def _columns(self) -> dict[str, Column]:
        table = self._table[self._order]
        return {
            "actor": _parties(table["actors"]),
            "recipient": _parties(table["recipients"]),
            "outlet": Column(table["outlets"]),
            "place": Column(_singles(_place(table))),
            "type": Column(_singles(table["type"])),
            "status": Column(_singles(table["status"])),
        }

    @cached_property
    def _contested(self) -> Mask:
        out: Mask = self._table["contested"].fill_null(False).to_numpy()[self._order]
        return out

    @cached_property
    def _at(self) -> pl.DataFrame:
        return pl.DataFrame({"id": self._ids, "at": pl.int_range(len(self._ids), eager=True)}).sort("id")

    def values(self, facet: str) -> list[str]:
        """All values of a facet."""
        return self._columns[facet].values

    def counts(self, facet: str, wanted: Wanted | None = None, most: int = 50, every: bool = False) -> list[tuple[str, int]]:
        """The most frequent values of a facet among the chosen events, with their numbers; ``every``: also ids and names beside codes."""
        return self._columns[facet].counts(_all(self._masks(wanted).values()) if wanted else None, most, every)

    def number(self, wanted: Wanted) -> int:
        """How many events are chosen."""
        mask = _all(self._masks(wanted).values())
        return len(self._order) if mask is None else int(mask.sum())

    def span(self) -> tuple[str, str] | None:
        """The first and the last date told; None without any."""
        dated = self._dates.filter(self._dates != "")
        return (dated[-1], dated[0]) if len(dated) else None

    def rows_of(self, ids: Collection[str]) -> list[int]:
        """Row numbers in the table of some ids, in their order; ids that there are not are left out."""
        if not len(self._order):
            return []
        known, at = self._at["id"], self._at["at"]
        found = known.search_sorted(pl.Series(list(ids), dtype=pl.String)).to_list()
        places = [n for n, i in zip(found, ids, strict=True) if n < len(known) and known[n] == i]
        return [int(self._order[at[n]]) for n in places]

    # ------------------------------------------------------------ choosing
    def find(self, wanted: Wanted, size: int = 50, key: Sequence[str] | None = None, back: bool = False, facets: int = 12) -> Found:
        """A page of the chosen events: the ``size`` after ``key`` (date and id of a row; ``back``: before it), with facet counts.

        A facet is counted without its own choice, so that its alternatives can be seen. ``facets``: how many values of each; 0 for none.
        """
        masks = self._masks(wanted)
        mask = _all(masks.values())
        chosen: Rows = np.flatnonzero(mask) if mask is not None else np.arange(len(self._order))
        start = 0
        if key is not None:
            place = self._place_of(str(key[0]), str(key[1]))
            if back:
                stop = int(np.searchsorted(chosen, place, side="left"))
                start = max(0, stop - size)
                return self._found(chosen, start, stop, masks, facets)
            start = int(np.searchsorted(chosen, place, side="left"))
            start += int(start < len(chosen) and self._is(int(chosen[start]), key))
        return self._found(chosen, start, start + size, masks, facets)

    def _found(self, chosen: Rows, start: int, stop: int, masks: dict[str, Mask], facets: int) -> Found:
        page = self._order[chosen[start:stop]]
        counted = self._counts(masks, facets) if facets else {}
        return Found(tuple(int(r) for r in page), len(chosen), start > 0, stop < len(chosen), counted)

    def all(self, wanted: Wanted) -> Rows:
        """Row numbers in the table of all chosen events, newest first."""
        mask = _all(self._masks(wanted).values())
        return self._order if mask is None else self._order[mask]

    def _masks(self, wanted: Wanted) -> dict[str, Mask]:
        masks: dict[str, Mask] = {}
        for facet in FACETS:
            values = getattr(wanted, facet)
            if values:
                masks[facet] = self._columns[facet].mask(values)
        for n, who in enumerate(wanted.either):
            masks[f"either{n}"] = self._columns["actor"].mask([who]) | self._columns["recipient"].mask([who])
        if wanted.contested:
            masks["contested"] = self._contested
        if wanted.since or wanted.until:
            inside: Mask = np.ones(len(self._order), dtype=bool)
            if wanted.since:
                inside &= self._days >= _number(wanted.since, "0")
            if wanted.until:
                inside &= (self._days <= _number(wanted.until, "9")) & (self._days > 0)
            masks["date"] = inside
        if wanted.ids is not None:
            masks["ids"] = self._ids.is_in(list(wanted.ids)).to_numpy()
        return masks

    def _counts(self, masks: dict[str, Mask], most: int) -> dict[str, list[tuple[str, int]]]:
        if not masks:
            return self._all_counts(most)
        return {f: self._columns[f].counts(_all(m for k, m in masks.items() if k != f), most) for f in FACETS}

    def _all_counts(self, most: int) -> dict[str, list[tuple[str, int]]]:
        kept: dict[int, dict[str, list[tuple[str, int]]]] = self.__dict__.setdefault("_kept_counts", {})
        if most not in kept:
            kept[most] = {f: c.counts(None, most) for f, c in self._columns.items()}
        return kept[most]

    def _place_of(self, date: str, id: str) -> int:
        """Where the row with this key stands or would stand: the first place whose key is not above it."""
        low, high = 0, len(self._order)
        while low < high:
            middle = (low + high) // 2
            if (self._dates[middle], self._ids[middle]) > (date, id):
                low = middle + 1
            else:
                high = middle
        return low

    def _is(self, at: int, key: Sequence[str]) -> bool:
        return bool(self._dates[at] == key[0] and self._ids[at] == key[1])


def _all(masks: Iterable[Mask]) -> Mask | None:
    out: Mask | None = None
    for m in masks:
        out = m if out is None else out & m
    return out


def _number(iso: str, fill: str) -> int:
    digits = "".join(c for c in iso[:10] if c.isdigit())
    return int(digits[:8].ljust(8, fill)) if digits else 0


def _singles(values: pl.Series) -> pl.Series:
    return values.reshape((-1, 1)).arr.to_list()


def _place(table: pl.DataFrame) -> pl.Series:
    place = pl.col("place").struct
    return table.select(where=pl.coalesce(place.field("name"), place.field("text")))["where"]


def _parties(actors: pl.Series) -> Column:
    """Whom each actor counts for, and the ids and names by which it may be asked for."""
    fields = ("country", "id", "name", "text")
    frame = pl.DataFrame({"who": actors})
    code = frame.select(pl.col("who").list.eval(pl.coalesce([pl.element().struct.field(f) for f in fields])).list.unique())["who"]
    named = [frame.select(pl.col("who").list.eval(pl.element().struct.field(f)))["who"] for f in ("id", "name")]
    shown = set(code.explode().drop_nulls().unique().to_list())
    joined = pl.DataFrame({"a": code, "b": named[0], "c": named[1]}).select(pl.concat_list("a", "b", "c").list.drop_nulls().list.unique())[
        "a"
    ]
    return Column(joined, shown)
