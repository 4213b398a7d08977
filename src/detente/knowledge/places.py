"""Places that a text names, and where each lies: finding them, then resolving them over the whole document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..records import Span
from .gazetteer import Candidate, load_gazetteer
from .place_names import Toponym, find_toponyms, toponyms_at
from .place_senses import Home, choose_senses, outlet_home
from .place_signs import Entity

__all__ = ["Entity", "Home", "PlaceFound", "outlet_home", "resolve_places"]


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place named in a text. ``span`` in characters of the text given; degrees, WGS 84."""

    span: Span
    name: str  # canonical
    country: str | None  # ISO 3166-1 alpha-3; None where it lies in several or none
    latitude: float
    longitude: float
    geonameid: int | None
    kind: str  # country | province | county | town | continent | region | sea | river | lake | mountain | island | site
    by: str = "name"  # name | usual | alias | adjective ("Iraqi troops")


def resolve_places(
    text: str,
    spans: Sequence[Span] | None = None,
    *,
    entities: Sequence[Entity] | None = None,
    context_countries: Iterable[str] = (),
    published_outlet: str | None = None,
    home: Home | None = None,
    known_entities: Sequence[Span] = (),
) -> list[PlaceFound]:
    """The places of a text, in text order.

    ``spans``: the toponyms, where they are known; None: find them. ``entities``: what a named-entity recogniser found, as
    (start, end, label) with OntoNotes' labels; without them, rules about the words around decide alone. ``known_entities``: spans
    already known to name an actor; no place is found inside them. ``context_countries``: alpha-3 codes of countries that the text is
    about. ``published_outlet`` and ``home``: who published it (``parisbeacon.com``), and where that is, if known (:func:`outlet_home`).

    Each toponym gets one sense a document, unless the text says otherwise ("Paris, Texas"): the one best supported by population, by the
    other places named and their nearness, by the countries and provinces named, and by the outlet's home. Adjectives ("Iraqi troops")
    stand for their country; peoples ("Iraqis") are no places; toponyms that the gazetteer does not know are left out.
    """
    gazetteer = load_gazetteer()
    toponyms = find_toponyms(text, gazetteer, entities, known_entities) if spans is None else toponyms_at(text, spans, gazetteer)
    senses = choose_senses(text, toponyms, gazetteer, tuple(context_countries), published_outlet, home)
    return [_found(toponym, sense) for toponym, sense in zip(toponyms, senses, strict=True) if sense is not None]


def _found(toponym: Toponym, sense: Candidate) -> PlaceFound:
    return PlaceFound(
        toponym.span, sense.name, sense.country or None, sense.latitude, sense.longitude, sense.geonameid, sense.kind, sense.by
    )  # fmt: skip
