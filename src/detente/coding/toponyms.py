"""All places that documents name, resolved: each outlet's documents are read twice, the second time with its home known from the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..knowledge import Home, PlaceFound, outlet_home, resolve_places
from ..language import Parser
from ..records import Document

#: start, end, label of what the recogniser found, in characters of ``Document.original``
Named = tuple[int, int, str]


def find_places(documents: Sequence[Document], parser: Parser) -> list[list[PlaceFound]]:
    """The places of each document, in text order. Spans point into ``Document.original``.

    Documents of one outlet help each other: a local paper's "Springfield" is the one near its home.
    """
    named = [_named(document, parser) for document in documents]
    found = [_places(d, n, None) for d, n in zip(documents, named, strict=True)]
    homes = _homes(documents, found)
    for n, document in enumerate(documents):
        home = homes.get(document.outlet or "")
        if home is not None:
            found[n] = _places(document, named[n], home)
    return found


def _named(document: Document, parser: Parser) -> list[Named]:
    """What the entity recogniser finds, headings included: they name places too."""
    sentences = parser.parse(parser.split(document))
    parser.entities(sentences)
    return [(*document.to_original((s.starts[first], s.ends[end - 1])), label) for s in sentences for first, end, label in s.entities]


def _places(document: Document, named: Sequence[Named], home: Home | None) -> list[PlaceFound]:
    return resolve_places(document.original, entities=named, published_outlet=document.outlet, home=home)


def _homes(documents: Sequence[Document], found: Sequence[list[PlaceFound]]) -> dict[str, Home | None]:
    by_outlet: dict[str, list[list[PlaceFound]]] = defaultdict(list)
    for document, places in zip(documents, found, strict=True):
        if document.outlet:
            by_outlet[document.outlet].append(places)
    return {outlet: outlet_home(places) for outlet, places in by_outlet.items()}
