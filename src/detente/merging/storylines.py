"""Stories: documents, most of them short, that tell of one affair as it goes on."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..knowledge import Directory, load_directory
from ..records import Document
from .days import as_day
from .likeness import Postings, Vector, Weights, dot
from .linkage import average_link
from .model import load_model
from .words import content_stems, name_phrases, themes

_NEAREST = 40  # neighbours compared, whenever they were told
_NEAREST_RECENT = 20  # and within …
_RECENT = 14  # … days
_UNDATED = 30  # days between two documents of which one has no date
EXPONENT = 0.5

FEATURES = (
    "words", "names", "actors", "countries", "root_words", "root_names", "gap", "one_day", "words_gap", "names_gap", "actors_gap",
    "words_names", "theme", "theme_place", "theme_words", "theme_names", "rarest", "second", "next_two", "shared", "rarest_name",
    "second_name", "rarest_actor", "places", "one_dyad", "places_differ", "rarest_gap", "rarest_name_gap", "places_gap", "rarest_places",
    "rarest_name_theme", "dyad_theme", "over_two_months", "over_two_months_words", "over_a_week",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A document as stories compare it."""

    day: int | None
    words: frozenset[str]
    phrases: frozenset[str]
    actors: frozenset[str]  # ids of the directory
    countries: frozenset[str]
    theme: Vector


class Collection:
    """The pieces of a collection with their weights and vectors."""

    def __init__(self, documents: Sequence[Document], directory: Directory | None = None) -> None:
        directory = directory or load_directory()
        words = [Counter(content_stems(_text(d))) for d in documents]
        phrases = [name_phrases(_text(d)) for d in documents]
        names = [Counter(w for p in ps for w in p.split() if len(w) > 2) for ps in phrases]
        actors = [_actors(d, directory) for d in documents]
        lands = [frozenset(c for a in ids if (c := directory.country_of(a, d.published))) for ids, d in zip(actors, documents, strict=True)]
        self.word_weights, name_weights, self.phrase_weights = Weights(), Weights(), Weights()
        self.actor_weights, land_weights = Weights(), Weights()
        for n in range(len(documents)):
            self.word_weights.add(words[n])
            name_weights.add(names[n])
            self.phrase_weights.add(phrases[n])
            self.actor_weights.add(actors[n])
            land_weights.add(lands[n])
        self.words = [self.word_weights.vector(w) for w in words]
        self.names = [name_weights.vector(n) for n in names]
        self.actors = [self.actor_weights.vector(dict.fromkeys(a, 1)) for a in actors]
        self.lands = [land_weights.vector(dict.fromkeys(c, 1)) for c in lands]
        self.pieces = [
            Piece(d.toordinal() if (d := as_day(doc.published)) else None, frozenset(w), frozenset(p), a, c, _theme(w))
            for doc, w, p, a, c in zip(documents, words, phrases, actors, lands, strict=True)
        ]

    def candidates(self) -> list[tuple[int, int]]:
        """Pairs worth comparing: each document with its nearest, of any time and of the days around it."""
        turned = Postings(self.words), Postings(self.names), Postings(self.actors)
        days = np.asarray([p.day if p.day is not None else -(10**6) for p in self.pieces])
        found: set[tuple[int, int]] = set()
        for i, piece in enumerate(self.pieces):
            near = 0.5 * turned[0].likeness(self.words[i]) + 0.35 * turned[1].likeness(self.names[i])
            near += 0.15 * turned[2].likeness(self.actors[i])
            near[i] = 0
            recent = np.where(np.abs(days - days[i]) <= _RECENT, near, 0) if piece.day is not None else near
            for row, count in ((near, _NEAREST), (recent, _NEAREST_RECENT)):
                count = min(count, len(row) - 1)
                if count > 0:
                    best = np.argpartition(-row, count)[:count]
                    found.update((min(i, j), max(i, j)) for j in best.tolist() if row[j] > 0)
        return sorted(found)

    def features(self, pairs: Sequence[tuple[int, int]]) -> npt.NDArray[np.float64]:
        """One row of :data:`FEATURES` for each pair."""
        rows = np.empty((len(pairs), len(FEATURES)))
        for n, (i, j) in enumerate(pairs):
            rows[n] = self._row(i, j)
        return rows

    def _row(self, i: int, j: int) -> list[float]:
        a, b = self.pieces[i], self.pieces[j]
        words, names = dot(self.words[i], self.words[j]), dot(self.names[i], self.names[j])
        actors, lands = dot(self.actors[i], self.actors[j]), dot(self.lands[i], self.lands[j])
        theme = dot(a.theme, b.theme)
        days = abs(a.day - b.day) if a.day is not None and b.day is not None else _UNDATED
        gap = math.log1p(days)
        rare = sorted((self.word_weights(t) for t in a.words & b.words), reverse=True)
        rare_names = sorted((self.phrase_weights(t) for t in a.phrases & b.phrases), reverse=True)
        all_lands = a.countries | b.countries
        places = len(a.countries & b.countries) / len(all_lands) if all_lands else 0.5
        dyad = a.countries == b.countries and len(all_lands) == 2
        rarest, rarest_name = sum(rare[:1]), sum(rare_names[:1])
        return [
            words, names, actors, lands, math.sqrt(max(0, words)), math.sqrt(max(0, names)), gap, days == 0, words * gap, names * gap,
            actors * gap, words * names, theme, theme * places, theme * words, theme * names, rarest, sum(rare[1:2]), sum(rare[2:4]),
            len(rare), rarest_name, sum(rare_names[1:2]), max((self.actor_weights(t) for t in a.actors & b.actors), default=0.0), places,
            dyad, bool(a.countries and b.countries and not a.countries & b.countries), rarest * gap, rarest_name * gap, places * gap,
            rarest * places, rarest_name * theme, dyad * theme, days > 60, (days > 60) * words, days > 7,
        ]  # fmt: skip


def stories(documents: Sequence[Document], directory: Directory | None = None) -> list[int]:
    """The story of each document, numbered in the order of their first documents."""
    collection = Collection(documents, directory)
    model = load_model("stories")
    pairs = collection.candidates()
    scores: list[float] = []
    for start in range(0, len(pairs), 20_000):
        scores += model.score(collection.features(pairs[start : start + 20_000]), FEATURES).tolist()
    return average_link(len(documents), ((i, j, s) for (i, j), s in zip(pairs, scores, strict=True)), model.threshold, EXPONENT)


def _text(document: Document) -> str:
    """What a document says first: its title and beginning tell the story."""
    title = f"{document.title}. " if document.title and not document.text.startswith(document.title) else ""
    return title + document.text[:1500].replace("US$", "$")


def _actors(document: Document, directory: Directory) -> frozenset[str]:
    found = directory.find(_text(document))
    return frozenset(i for f in found if (i := directory.pick(f.ids, document.published, (), f.via)))


def _theme(words: Counter[str]) -> Vector:
    table = themes()
    sums: Counter[str] = Counter()
    for word, count in words.items():
        for theme, weight in table.get(word, {}).items():
            sums[theme] += weight * count  # type: ignore[assignment]
    length = math.sqrt(sum(sums.values()))
    return {t: math.sqrt(v) / length for t, v in sums.items()} if length else {}
