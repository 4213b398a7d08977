"""Places of the geo set's articles: each outlet's articles read twice, the second time with its home known from the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]


def predict(items: list[Row]) -> Iterator[Row]:
    """Rows ``{"document", "places": [{"span", "name", "country", "latitude", "longitude", "geonameid"}]}``."""
    from detente.documents import from_text
    from detente.knowledge.places import outlet_home, resolve_places
    from detente.language import Parser

    parser = Parser()
    named = {}
    for item in items:
        document = from_text(item["text"], title=item.get("title"), outlet=item.get("outlet"), published=item.get("published"))
        sentences = parser.parse(parser.split(document))
        parser.entities(sentences)
        named[item["id"]] = [
            (*document.to_original((s.starts[first], s.ends[end - 1])), label) for s in sentences for first, end, label in s.entities
        ]
    yield from resolved(items, named, outlet_home, resolve_places)


def resolved(items: list[Row], named: dict[str, Any], outlet_home: Any, resolve_places: Any) -> Iterator[Row]:
    """Two passes over articles whose entities are known."""
    first = {i["id"]: resolve_places(i["text"], entities=named[i["id"]], published_outlet=i.get("outlet")) for i in items}
    by_outlet = defaultdict(list)
    for item in items:
        if item.get("outlet"):
            by_outlet[item["outlet"]].append(first[item["id"]])
    homes = {outlet: outlet_home(documents) for outlet, documents in by_outlet.items()}
    for item in items:
        home = homes.get(item.get("outlet"))
        places = first[item["id"]]
        if home is not None:
            places = resolve_places(item["text"], entities=named[item["id"]], published_outlet=item["outlet"], home=home)
        rows = [
            {
                "span": list(p.span),
                "name": p.name,
                "country": p.country,
                "latitude": p.latitude,
                "longitude": p.longitude,
                "geonameid": p.geonameid,
            }
            for p in places
        ]
        yield {"document": item["id"], "places": rows}
