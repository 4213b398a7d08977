"""Who borders whom on land (``data/borders.tsv``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources


@cache
def borders() -> frozenset[frozenset[str]]:
    """All pairs of states that share a land border, by ISO 3166 alpha-3 code."""
    lines = resources.files(__package__).joinpath("data", "borders.tsv").read_text("utf8").splitlines()
    told = [line.split() for line in lines if line and not line.startswith("#")]
    return frozenset(frozenset((one, other)) for one, *others in told for other in others)


def touching(actors: Sequence[str]) -> frozenset[frozenset[str]]:
    """The pairs of some actors that share a land border."""
    known = set(actors)
    return frozenset(pair for pair in borders() if pair <= known)
