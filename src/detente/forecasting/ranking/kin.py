"""Where actors belong, as far as their names tell: 'Police (Thailand)' is of the kind 'police' in the place 'Thailand'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .tally import Longs

SHAPE = re.compile(r"^(?P<kind>.+?)[ _]\((?P<place>.+)\)$")


@dataclass(frozen=True)
class Kin:
    """For each actor the number of its place and of its kind; 0 where the name tells none.

    ``place`` and ``kind`` have the shape ``(actors,)``; a place that is itself an actor ('Thailand') is of the kind 1.
    """

    place: Longs
    kind: Longs
    places: tuple[str, ...]
    kinds: tuple[str, ...]


def kin_of(names: Sequence[str], *, read_names: bool = True) -> Kin:
    """Places and kinds of actors; with ``read_names`` off all are unknown."""
    parts = [SHAPE.match(n) if read_names else None for n in names]
    tidy = [(p["kind"].replace("_", " "), p["place"].replace("_", " ")) if p else None for p in parts]
    places = ["", *sorted({p[1] for p in tidy if p})]
    kinds = ["", "place", *sorted({p[0] for p in tidy if p})]
    place_of, kind_of = {p: k for k, p in enumerate(places)}, {p: k for k, p in enumerate(kinds)}
    place, kind = np.zeros(len(names), np.int64), np.zeros(len(names), np.int64)
    for at, (name, told) in enumerate(zip(names, tidy, strict=True)):
        if told:
            place[at], kind[at] = place_of[told[1]], kind_of[told[0]]
        elif read_names and (itself := place_of.get(name.replace("_", " "))):
            place[at], kind[at] = itself, 1
    return Kin(place, kind, tuple(places), tuple(kinds))
