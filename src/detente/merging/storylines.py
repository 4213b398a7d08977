"""Stories: documents, most of them short, that tell of one affair as it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from ..knowledge import Directory
from ..records import Document
from .expected import best_groups
from .story_pairs import Neighbours, features
from .story_pieces import Pieces

if TYPE_CHECKING:
    import lightgbm


def stories(documents: Sequence[Document], directory: Directory | None = None) -> list[int]:
    """The story of each document, numbered in the order of their first documents.

    A model of pairs (gradient-boosted trees over generic features, ``data/stories.txt``) says how likely two documents are of one story;
    documents are grouped so that the expected B³ is best (:mod:`.expected`).
    """
    if len(documents) < 2:
        return list(range(len(documents)))
    pieces = Pieces(documents, directory)
    neighbours = Neighbours(pieces)
    if not len(neighbours.pairs):
        return list(range(len(documents)))
    likely = model().predict(features(pieces, neighbours), num_threads=1)
    return best_groups(len(documents), [(i, j, float(p)) for (i, j), p in zip(neighbours.pairs.tolist(), likely, strict=True)])


@lru_cache(maxsize=1)
def model() -> lightgbm.Booster:
    """The bundled model of pairs."""
    import lightgbm

    text = resources.files(__package__).joinpath("data", "stories.txt").read_text("utf8")
    return lightgbm.Booster(model_str=text[text.index("tree\n") :])
