"""Which place of its name a toponym means, decided over the whole document.

Every toponym spreads belief over its candidates; candidates gain from population, from countries and provinces named, from being near to
what other toponyms may mean (minimal spatial spread), and from the outlet's home. A few rounds of mutual support, then the best of each.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

from .gazetteer import Candidate, Gazetteer, fold, kilometres, weight
from .place_names import Toponym

Floats = npt.NDArray[np.float64]

#: candidates of one name that are weighed
_MOST = 40
_ROUNDS = 4
#: what a unit of log10 population counts for
_PRIOR = 1.0
#: support from another toponym at the same spot, falling off with distance (km)
_NEAR, _NEAR_KM = 1.6, 120.0
_SAME_PROVINCE, _SAME_COUNTRY = 0.9, 0.35
#: support from a province or country that is itself named
_NAMED_PROVINCE, _NAMED_COUNTRY = 1.6, 0.8
#: support from where the outlet is at home
_HOME, _HOME_KM, _HOME_WIDE, _HOME_WIDE_KM = 2.4, 110.0, 1.5, 800.0
_SHARPNESS = 1.6


#: latitude and longitude of where an outlet reports from
Home = tuple[float, float]


@dataclass(slots=True)
class _Group:
    """One name of the document with its candidates."""

    candidates: list[Candidate]
    prior: Floats
    belief: Floats
    said: float = 1.0  # how much it supports others


def choose_senses(
    text: str,
    toponyms: Sequence[Toponym],
    gazetteer: Gazetteer,
    countries: tuple[str, ...] = (),
    outlet: str | None = None,
    home: Home | None = None,
) -> list[Candidate | None]:
    """A candidate for each toponym (None where it has none)."""
    groups: dict[tuple[str, tuple[str, str] | None], _Group] = {}
    told = {fold(t.text): t.inside for t in toponyms if t.inside is not None}
    keys = []
    for toponym in toponyms:
        name = fold(toponym.text)
        inside = toponym.inside or told.get(name)  # said once, meant throughout
        key = (name, inside)
        keys.append(key)
        if key not in groups:
            groups[key] = _group(toponym.candidates, inside)
    all_groups = [g for g in groups.values() if g.candidates]
    if not all_groups:
        return [None] * len(toponyms)
    for group in all_groups:
        group.prior += _given(group.candidates, countries, home)
    helpers = _outlet_groups(outlet, gazetteer) if home is None else []
    _support(all_groups + helpers)
    chosen = {key: _best(group) for key, group in groups.items()}
    return [chosen[key] for key in keys]


def _group(candidates: Sequence[Candidate], inside: tuple[str, str] | None) -> _Group:
    kept = list(candidates)
    if inside is not None:
        country, admin1 = inside
        within = [c for c in kept if c.country == country and (not admin1 or c.admin1 == admin1) and c.kind not in ("country", "continent")]
        kept = within or kept
    prior = np.array([_PRIOR * weight(c) for c in kept[:_MOST]])
    return _Group(kept[:_MOST], prior, _softmax(prior))


def _softmax(scores: Floats) -> Floats:
    if not len(scores):
        return scores
    e = np.exp(_SHARPNESS * (scores - scores.max()))
    return np.asarray(e / e.sum())


def _given(candidates: Sequence[Candidate], countries: tuple[str, ...], home: Home | None) -> Floats:
    """Support from what is known beforehand: the countries spoken of, and the outlet's home."""
    out = np.zeros(len(candidates))
    for i, c in enumerate(candidates):
        if c.country and c.country in countries:
            out[i] += _NAMED_COUNTRY
        if home is None:
            continue
        if c.kind not in ("country", "continent", "province"):
            km = kilometres(c.point, home)
            out[i] += _HOME * np.exp(-km / _HOME_KM) + _HOME_WIDE * np.exp(-km / _HOME_WIDE_KM)
    return out


def _support(groups: list[_Group]) -> None:
    """Lets the groups' beliefs support one another, a few rounds."""
    sizes = [len(g.candidates) for g in groups]
    flat = [c for g in groups for c in g.candidates]
    owner = np.repeat(np.arange(len(groups)), sizes)
    pull = _pull(flat)
    pull[owner[:, None] == owner[None, :]] = 0.0
    said = np.repeat([g.said for g in groups], sizes)
    bounds = np.cumsum([0, *sizes])
    prior = np.concatenate([g.prior for g in groups])
    belief = np.concatenate([g.belief for g in groups])
    for _ in range(_ROUNDS):
        weighted = pull * (belief * said)[None, :]
        # each other name counts once, by the candidate of it that is believed, and less the more names there are
        by_group = np.add.reduceat(weighted, bounds[:-1], axis=1)
        total = by_group.sum(axis=1)
        score = prior + 2.2 * np.log1p(total)
        belief = np.concatenate([_softmax(score[a:b]) for a, b in itertools.pairwise(bounds)])
    for group, (a, b) in zip(groups, pairwise(bounds), strict=True):
        group.belief = belief[a:b]


def _pull(places: Sequence[Candidate]) -> Floats:
    """How much each place (column) speaks for each other (row)."""
    latitude = np.radians([c.latitude for c in places])
    longitude = np.radians([c.longitude for c in places])
    h = (
        np.sin((latitude[:, None] - latitude) / 2) ** 2
        + np.cos(latitude[:, None]) * np.cos(latitude) * np.sin((longitude[:, None] - longitude) / 2) ** 2
    )
    km = 12742 * np.arcsin(np.minimum(1.0, np.sqrt(h)))
    country = _codes(c.country for c in places)
    province = _codes(f"{c.country}.{c.admin1}" if c.admin1 else "" for c in places)
    is_country = np.array([c.kind in ("country", "continent") for c in places])
    is_province = np.array([c.kind == "province" for c in places])
    same_country = (country[:, None] == country) & (country[:, None] > 0)
    same_province = (province[:, None] == province) & (province[:, None] > 0)
    small = ~is_country
    out = np.where(small[:, None] & small, _NEAR * np.exp(-km / _NEAR_KM), 0.0)
    out += np.where(same_country, np.where(is_country, _NAMED_COUNTRY, _SAME_COUNTRY), 0.0)
    out += np.where(same_province, np.where(is_province, _NAMED_PROVINCE, _SAME_PROVINCE), 0.0)
    # a country is not likelier for being near its own towns' names
    out[is_country, :] *= 0.5
    return np.asarray(out)


def _codes(values: Iterable[str]) -> npt.NDArray[np.int64]:
    seen: dict[str, int] = {"": 0}
    return np.array([seen.setdefault(v, len(seen)) for v in values], dtype=np.int64)


def _best(group: _Group) -> Candidate | None:
    return group.candidates[int(group.belief.argmax())] if group.candidates else None


# ---------------------------------------------------------------- the outlet's home
def _outlet_groups(outlet: str | None, gazetteer: Gazetteer) -> list[_Group]:
    """The town in an outlet's name ('parisbeacon.com', 'Richmond Register') as one more name of the document."""
    name = re.sub(r"^(?:https?://)?(?:www\.|news\.)?", "", (outlet or "").lower())
    name = re.sub(r"\.[a-z.]{2,6}(?:/.*)?$", "", name)
    name = re.sub(r"^(?:thisis|this is|the|my|go|visit)\s?", "", name)
    for end in range(min(len(name), 24), 4, -1):
        for key in (name[:end].strip(), re.sub(r"^(new|north|south|east|west|san|los|fort|saint|el|la|las)(?=\w{4})", r"\1 ", name[:end])):
            found = [c for c in gazetteer.lookup(key) if c.by == "name" and c.kind in ("town", "province", "county", "country")]
            if found:
                prior = np.array([_PRIOR * weight(c) for c in found[:_MOST]])
                return [_Group(found[:_MOST], prior, _softmax(prior), said=1.5)]
    return []


class _Located(Protocol):
    """A resolved place, as far as finding a home asks."""

    @property
    def kind(self) -> str: ...
    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


def outlet_home(documents: Sequence[Sequence[_Located]], least: int = 3) -> tuple[float, float] | None:
    """Where an outlet reports from (latitude, longitude), by the places of several of its documents; None where they do not agree.

    Home is the town or county near to which (100 km) the most documents name a place, if that is half of them and at least ``least``.
    """
    local = [{(p.latitude, p.longitude) for p in places if p.kind in ("town", "county")} for places in documents]
    told = Counter(point for points in local for point in points)
    near = {
        point: [sum(kilometres(point, p) <= 100 for p in points) for points in local] for point, _ in told.most_common(40)
    }  # fmt: skip
    if not near:
        return None
    # several neighbours in one document say more than one name told in all of them, which may be a namesake's
    home = max(near, key=lambda p: (sum(min(n, 3) for n in near[p]), told[p]))
    return home if sum(map(bool, near[home])) >= max(least, 0.5 * sum(map(bool, local))) else None
