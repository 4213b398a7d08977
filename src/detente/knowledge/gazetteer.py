"""The gazetteer: which places bear a name. Data: ``data/gazetteer.parquet`` and its aliases, ``data/areas.tsv``, the directory's states."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from math import asin, cos, radians, sin, sqrt
from typing import Any

import numpy as np
import polars as pl

from ..errors import KnowledgeError
from .lexicon import load_lexicon

#: most names of a place have at most so many words
MAX_WORDS = 6


def fold(name: str) -> str:
    """The key a name is found by: lower case, no accents, points or apostrophes, hyphens as blanks, 'St' as 'saint'."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
    text = re.sub(r"[’'‘`ʿʻʼʹ.]", "", name.lower())
    text = re.sub(r"[\s\-–,]+", " ", text).strip()
    return re.sub(r"^(st|mt|ft)(?=\s)", lambda m: {"st": "saint", "mt": "mount", "ft": "fort"}[m[0]], text)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two points in degrees (haversine, sphere of 6,371 km)."""
    p, q = radians(a[0]), radians(b[0])
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a name. Degrees, WGS 84."""

    name: str
    kind: str  # country | province | county | town | continent | region | sea | river | lake | mountain | island | site
    country: str  # ISO 3166-1 alpha-3; "" where it lies in several or none
    admin1: str  # GeoNames code of the first-order unit ("TX"), or ""
    latitude: float
    longitude: float
    population: int  # to two digits; 0: not known
    geonameid: int | None
    by: str = "name"  # how the name led here: name | usual (before the province of its name) | alias | adjective (Iraqi) | people (Iraqis)

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.latitude, self.longitude


class Gazetteer:
    """Names of places. Get it from :func:`load_gazetteer`."""

    def __init__(self) -> None:
        try:
            self._read()
        except (OSError, ValueError, KeyError, pl.exceptions.PolarsError) as fault:
            raise KnowledgeError("K40", why=fault) from None

    def _read(self) -> None:
        data = resources.files(__package__).joinpath("data")
        with resources.as_file(data.joinpath("gazetteer.parquet")) as path:
            table = pl.read_parquet(path)
        with resources.as_file(data.joinpath("gazetteer_aliases.parquet")) as path:
            aliases = pl.read_parquet(path)
        keys = table["key"]
        first = np.flatnonzero((keys != keys.shift(1)).fill_null(True).to_numpy())
        self._last = np.append(first[1:], len(keys))
        self._first = first
        self._rows = dict(zip(keys.gather(first).to_list(), range(len(first)), strict=True))
        self._keys, self._names = keys, table["name"]
        self._latitude, self._longitude = table["lat"].to_numpy(), table["lon"].to_numpy()
        self._population, self._geonameid = table["population"].to_numpy(), table["geonameid"].fill_null(0).to_numpy()
        self._coded = {c: _coded(table[c].cast(pl.String)) for c in ("kind", "country", "admin1")}
        order = np.argsort(self._geonameid, kind="stable")
        spots = np.searchsorted(self._geonameid, aliases["geonameid"].to_numpy(), sorter=order)
        self._aliases: dict[str, tuple[int, ...]] = {}
        for key, at in zip(aliases["key"].to_list(), order[spots].tolist(), strict=True):
            self._aliases[key] = (*self._aliases.get(key, ()), at)
        lists = load_lexicon("places")
        self._never = frozenset(fold(name) for name in lists["never"])
        self._usual: dict[str, int] = lists["usual"]
        self._special = self._read_areas()
        self._read_states()

    def _read_areas(self) -> dict[str, list[Candidate]]:
        out: dict[str, list[Candidate]] = {}
        text = resources.files(__package__).joinpath("data", "areas.tsv").read_text("utf8")
        for line in text.splitlines():
            if line.startswith("#") or not line:
                continue
            names, kind, country, latitude, longitude = line.split("\t")
            canonical, *others = names.split("|")
            found = Candidate(canonical, kind, country, "", float(latitude), float(longitude), 0, None)
            for name in (canonical, *others):
                out.setdefault(fold(name), []).append(found)
        return out

    def _read_states(self) -> None:
        """Other names, adjectives and people of states, from the directory's data."""
        self.countries = {c.country: c for c in self._of_kind("country")}
        for name in ("states", "territories"):
            text = resources.files(__package__).joinpath("data", "directory", f"{name}.jsonl").read_text("utf8")
            for line in text.splitlines():
                self._add_state(json.loads(line))
        for by, names in (("adjective", "adjectives"), ("people", "people")):
            stands_for: dict[str, str] = load_lexicon("places")[names]
            for key, canonical in stands_for.items():
                places = self._special.get(fold(canonical)) or self._own(fold(canonical))
                self._add(key, places[:1], by)

    def _add_state(self, entry: dict[str, Any]) -> None:
        state = self.countries.get(entry.get("country") or "") if entry["kind"] == "state" else None
        if state is None:
            known = self._special.get(fold(entry["name"])) or [c for c in self._own(fold(entry["name"])) if c.kind == "province"]
            state = known[0] if known else None
        if state is None:
            return
        for by, names in (("name", entry.get("names", [])), ("adjective", entry.get("demonyms", [])), ("people", entry.get("people", []))):
            for name in names:
                self._add(name, [state], by)

    def _add(self, name: str, places: list[Candidate], by: str) -> None:
        key = fold(name)
        own = self._special.setdefault(key, [])
        for place in places:
            if not any(p.point == place.point for p in own) and not any(
                p.kind == place.kind and p.point == place.point for p in self._own(key)
            ):
                own.append(replace(place, by=by))

    def _candidate(self, row: int, by: str = "name") -> Candidate:
        kind, country, admin1 = (names[codes[row]] for codes, names in self._coded.values())
        name = self._names[row] or self._keys[row].title()
        geonameid = int(self._geonameid[row]) or None
        latitude, longitude = float(self._latitude[row]) / 100, float(self._longitude[row]) / 100
        return Candidate(name, kind, country, admin1, latitude, longitude, int(self._population[row]), geonameid, by)

    def _own(self, key: str) -> list[Candidate]:
        at = self._rows.get(key)
        return [] if at is None else [self._candidate(row) for row in range(self._first[at], self._last[at])]

    def _of_kind(self, kind: str) -> list[Candidate]:
        codes, kinds = self._coded["kind"]
        return [self._candidate(int(row)) for row in np.flatnonzero(codes == kinds.index(kind))]

    def knows(self, key: str) -> bool:
        """Whether a folded name is that of any place."""
        return key in self._special or key in self._rows or key in self._aliases

    def lookup(self, name: str) -> list[Candidate]:
        """All places of a name, the likeliest (by kind, then population) first."""
        return list(self._lookup(fold(name)))

    @lru_cache(maxsize=50_000)  # noqa: B019 – one gazetteer lives as long as the process
    def _lookup(self, key: str) -> tuple[Candidate, ...]:
        if key in self._never:
            return ()
        found = [*self._special.get(key, ()), *self._own(key), *(self._candidate(row, "alias") for row in self._aliases.get(key, ()))]
        if any(c.kind == "country" and c.by == "name" for c in found):
            found = [c for c in found if c.by != "alias"]  # "Mexico" is not said for Mexico City
        if key in self._usual:
            found = [replace(c, by="usual") if c.geonameid == self._usual[key] else c for c in found]
        return tuple(sorted(found, key=lambda c: -weight(c)))

    def province(self, country: str, admin1: str) -> Candidate | None:
        """The first-order unit of a country with this code."""
        return self._provinces().get((country, admin1))

    @lru_cache(maxsize=1)  # noqa: B019 – one gazetteer lives as long as the process
    def _provinces(self) -> dict[tuple[str, str], Candidate]:
        out: dict[tuple[str, str], Candidate] = {}
        for found in sorted(self._of_kind("province"), key=lambda c: -c.population):
            out.setdefault((found.country, found.admin1), found)
        return out


def _coded(column: pl.Series) -> tuple[np.ndarray[Any, Any], list[str]]:
    """A column of few values as codes and the values."""
    values = column.unique().sort().to_list()
    return column.cast(pl.Enum(values)).to_physical().to_numpy(), values


#: how likely news means a place of a kind at all, as the population of a town that is named as often
_KIND_POPULATION = {
    "continent": 1e8, "region": 3e7, "sea": 3e7, "river": 4e5, "lake": 4e5, "mountain": 4e5,
    "island": 1e6, "site": 1e6,
}  # fmt: skip


def weight(place: Candidate) -> float:
    """How likely news means this place, all else equal: the logarithm (base 10) of its population or of what stands for it."""
    people = float(max(place.population, 200))
    if place.kind == "country":
        people = max(people * 3, 2e7)
    elif place.kind == "province":
        people = max(people, 3e5)
    elif place.kind == "county":
        people *= 0.05 if place.by == "alias" else 0.25
    elif place.kind != "town":
        people = _KIND_POPULATION[place.kind]
    return float(np.log10(people)) + {"alias": -0.7, "usual": 2.2}.get(place.by, 0.0)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The bundled gazetteer, read once a process (0.3 s). Raises :class:`KnowledgeError` (K40) where its files are damaged."""
    return Gazetteer()
