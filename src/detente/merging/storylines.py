"""Stories: documents, most of them short, that tell of one affair as it goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from ..knowledge import Directory
from ..records import Document
from .linkage import average_link
from .story_pairs import Neighbours, features
from .story_pieces import Pieces

if TYPE_CHECKING:
    import lightgbm

#: pairs less likely than this count as never
_NEVER = 0.02
#: likelihoods between two groups are summed, divided by this power of the number of pairs, and the groups joined above this threshold:
#: best mean over time-forward folds of the portal set (benchmarks/train_merging.py), on a broad top
_EXPONENT, _THRESHOLD = 0.5, 0.55
#: how likely two documents are of one story because both tell one act
_ONE_ACT = 0.3


def stories(
    documents: Sequence[Document], directory: Directory | None = None, shared: Mapping[tuple[int, int], int] | None = None
) -> list[int]:
    """The story of each document, numbered in the order of their first documents.

    A model of pairs (gradient-boosted trees over generic features, ``data/stories.txt``) says how likely two documents are of one story;
    the two groups with the highest mean are joined first, long chains held together as an affair that moves on is (:func:`.average_link`).
    ``shared``: pairs of documents (their places, the lower first) and how many acts both tell; each makes it likelier that they are of one.
    """
    if len(documents) < 2:
        return list(range(len(documents)))
    pieces = Pieces(documents, directory)
    neighbours = Neighbours(pieces)
    likely: dict[tuple[int, int], float] = dict.fromkeys(shared or (), 0.0)
    if len(neighbours.pairs):
        found = np.asarray(model().predict(features(pieces, neighbours), num_threads=1))
        likely |= zip(map(tuple, neighbours.pairs.tolist()), found.tolist(), strict=True)
    for pair, acts in (shared or {}).items():
        likely[pair] = 1 - (1 - likely[pair]) * (1 - _ONE_ACT) ** acts
    return grouped(len(documents), list(likely), list(likely.values()))


def grouped(
    size: int, pairs: Sequence[Sequence[int]], likely: Sequence[float], exponent: float = _EXPONENT, threshold: float = _THRESHOLD
) -> list[int]:
    """The story of each of ``size`` documents, from pairs of them and how likely each pair is of one story."""
    return average_link(size, [(i, j, p) for (i, j), p in zip(pairs, likely, strict=True) if p > _NEVER], threshold, exponent)


@lru_cache(maxsize=1)
def model() -> lightgbm.Booster:
    """The bundled model of pairs."""
    import lightgbm

    text = resources.files(__package__).joinpath("data", "stories.txt").read_text("utf8")
    return lightgbm.Booster(model_str=text[text.index("tree\n") :])
