"""Where an act is told to have happened, as a point: the town of its place, or the town that it is done to."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ..knowledge import load_gazetteer
from ..knowledge.gazetteer import Candidate
from ..records import Mention

Array = npt.NDArray[np.float64]
Point = tuple[float, float]

#: what is done to a town is done in it: 'a missile strike on Kyiv'
_DONE_THERE = frozenset(("ASSAULT", "PROTEST", "MOBILIZE"))
_LIKELIEST = 3  # places of a name that are looked at


def town_of(mention: Mention) -> Point | None:
    """Latitude and longitude in degrees of the town where an act happened; None where no town is told, or only a country or region."""
    place = mention.place
    found = _town(place.text, place.country) if place else None
    if found is None and mention.type in _DONE_THERE:
        found = next((t for a in mention.recipients if a.country and (t := _town(a.text, a.country))), None)
    return found


@lru_cache(maxsize=20_000)
def _town(name: str, country: str | None) -> Point | None:
    """The town of a country that bears a name, also where a province bears it too (Kyiv, Hamburg)."""
    if not name[:1].isupper():
        return None
    places: list[Candidate] = [c for c in load_gazetteer().lookup(name)[:_LIKELIEST] if c.country == country]
    if any(c.kind == "country" for c in places):
        return None
    return next((c.point for c in places if c.kind == "town"), None)


def apart(a: Array, b: Array) -> Array:
    """Kilometres between the points of two arrays of shape (pairs, 2), degrees; NaN where one is not known."""
    p, q = np.radians(a), np.radians(b)
    half = np.sin((q - p) / 2) ** 2
    h = half[:, 0] + np.cos(p[:, 0]) * np.cos(q[:, 0]) * half[:, 1]
    out: Array = 12742 * np.arcsin(np.sqrt(np.minimum(1.0, h)))  # sphere of 6,371 km
    return out
