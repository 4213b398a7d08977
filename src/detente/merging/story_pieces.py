"""Documents as stories compare them: words, names, actors, countries, places and themes, each as the rows of a matrix."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.sparse.linalg import svds

from ..knowledge import Directory, PlaceFound, load_directory, resolve_places
from ..records import Document
from .days import as_day
from .words import content_stems, name_phrases, themes

Array = npt.NDArray[np.float64]
_ABOUT = 1500  # characters that tell what a document is about: its title and beginning
_TOPICS = 120
_LOCAL = 10  # days around a document in which its words may be rife


class Terms:
    """What documents have of one kind, weighed by rarity."""

    def __init__(self, bags: Sequence[Mapping[Hashable, int]]) -> None:
        """Matrices with a row a document: ``unit`` (TF-IDF, rows of length 1) and ``root`` (the root of each term's rarity, so that the
        product of two rows holds the rarity of what they share)."""
        holders = Counter(t for b in bags for t in b)
        known = {t: n for n, t in enumerate(t for t, c in holders.items() if c > 1)}
        size = len(bags)
        self.rarity = np.asarray([math.log((size + 1) / (holders[t] + 0.5)) for t in known]).clip(min=0.0)
        at = [(n, known[t], 1 + math.log(c)) for n, b in enumerate(bags) for t, c in b.items() if t in known]
        rows, columns, counts = (
            (np.asarray(part) for part in zip(*at, strict=True)) if at else (np.zeros(0, int), np.zeros(0, int), np.zeros(0))
        )
        shape = (size, max(1, len(known)))
        self.unit = _unit(sp.csr_matrix((counts * self.rarity[columns], (rows, columns)), shape=shape))
        self.root = sp.csr_matrix((np.sqrt(self.rarity[columns]), (rows, columns)), shape=shape)
        self.held = sp.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)

    def rife(self, days: npt.NDArray[np.int64]) -> sp.csr_matrix:
        """As ``root``, each term weighed by the share of its documents that lie within some days."""
        turned = self.root.tocsc(copy=True)
        for n in range(turned.shape[1]):
            part = slice(turned.indptr[n], turned.indptr[n + 1])
            own = days[turned.indices[part]]
            order = np.sort(own)
            near = np.searchsorted(order, own + _LOCAL, "right") - np.searchsorted(order, own - _LOCAL, "left") - 1
            turned.data[part] *= np.sqrt(near / max(1, len(own) - 1))
        return turned.tocsr()


class Pieces:
    """The documents of a collection, ready to be compared."""

    def __init__(self, documents: Sequence[Document], directory: Directory | None = None) -> None:
        directory = directory or load_directory()
        texts = [_text(d) for d in documents]
        places = [resolve_places(t) for t in texts]
        actors = [_actors(d, t, directory) for d, t in zip(documents, texts, strict=True)]
        lands = [[c for a in own if (c := directory.country_of(a, d.published))] for own, d in zip(actors, documents, strict=True)]
        sites = [[p.country for p in found if p.country] for found in places]
        words, phrases = [content_stems(t) for t in texts], [name_phrases(t) for t in texts]
        self.words, self.phrases = Terms(_bags(words)), Terms(_bags(set(p) for p in phrases))
        self.names = Terms(_bags([w for p in own for w in p.split() if len(w) > 2] for own in phrases))
        self.bigrams = Terms(_bags(pairwise(w) for w in words))
        self.actors, self.lands = Terms(_bags(map(set, actors))), Terms(_bags({*a, *b} for a, b in zip(lands, sites, strict=True)))
        self.spots = Terms(_bags({(p.name, p.country) for p in found if _spot(p)} for found in places))
        self.points = [np.radians([(p.latitude, p.longitude) for p in found if _spot(p) and p.kind != "region"]) for found in places]
        self.first = _coded([next(iter(a or b), None) for a, b in zip(lands, sites, strict=True)])
        self.last = _coded([next(reversed(b or a), None) for a, b in zip(lands, sites, strict=True)])
        self.length = np.asarray([len(set(w)) for w in words])
        dated = [as_day(d.published) for d in documents]
        middle = int(np.median([d.toordinal() for d in dated if d])) if any(dated) else 0
        self.days = np.asarray([d.toordinal() if d else middle for d in dated], dtype=np.int64)
        self.undated = np.asarray([d is None for d in dated], dtype=bool)
        self.themes = np.asarray([_themes(w) for w in words]).reshape(len(documents), -1)
        self.topics = self._topics()

    def __len__(self) -> int:
        return len(self.days)

    def _topics(self) -> Array:
        """Latent semantic analysis (Deerwester and others 1990) of words, names, actors and places; rows of length 1."""
        parts = [self.words.unit, 0.7 * self.names.unit, 0.5 * self.actors.unit, 0.5 * self.spots.unit]
        joint = sp.hstack(parts).tocsr()
        rank = min(_TOPICS, min(joint.shape) - 1)
        if rank < 1 or not joint.nnz:
            return np.zeros((len(self), 1))
        u, s, _ = svds(joint, k=rank, random_state=0)
        return _long(u * s)


def _text(document: Document) -> str:
    """What a document says first: its title and beginning tell the story."""
    title = f"{document.title}. " if document.title and not document.text.startswith(document.title) else ""
    return title + document.text[:_ABOUT].replace("US$", "$")


def _actors(document: Document, text: str, directory: Directory) -> list[str]:
    return [i for f in directory.find(text) if (i := directory.pick(f.ids, document.published, (), f.via))]


def _spot(place: PlaceFound) -> bool:
    return place.kind not in ("country", "continent")


def _bags(parts: Iterable[Iterable[Hashable]]) -> list[Counter[Hashable]]:
    return [Counter(p) for p in parts]


def _coded(values: Sequence[str | None]) -> npt.NDArray[np.int64]:
    known = {v: n for n, v in enumerate(dict.fromkeys(v for v in values if v))}
    return np.asarray([known[v] if v else -1 for v in values], dtype=np.int64)


def _themes(words: Sequence[str]) -> list[float]:
    table = themes()
    order = {t: n for n, t in enumerate(sorted({t for own in table.values() for t in own}))}
    sums = [0.0] * len(order)
    for word in words:
        for theme, weight in table.get(word, {}).items():
            sums[order[theme]] += weight
    length = math.sqrt(sum(sums)) or 1.0
    return [math.sqrt(v) / length for v in sums]


def _unit(matrix: sp.csr_matrix) -> sp.csr_matrix:
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel())
    length[length == 0] = 1
    return (sp.diags(1 / length) @ matrix).tocsr()


def _long(rows: Array) -> Array:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    length[length == 0] = 1
    return np.asarray(rows / length)
