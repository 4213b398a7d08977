"""Mentions that somebody decided are of one event, or are not: laid over what merging would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of mention ids: ``together`` are of one event, ``apart`` are not. Where they contradict each other, ``together`` counts."""

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()

    def numbered(self, place: Mapping[str, int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The pairs by the places of their mentions; mentions that are not there are left out."""
        return _numbered(self.together, place), _numbered(self.apart, place)


def _numbered(pairs: Sequence[tuple[str, str]], place: Mapping[str, int]) -> list[tuple[int, int]]:
    return [(place[a], place[b]) for a, b in pairs if a in place and b in place]
