"""Countries of cities and provinces that are no actors by themselves: "Shanghai police", "Kano State government"."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from .directory_match import fold


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    text = resources.files(__package__).joinpath("data", "directory", "places.tsv").read_text("utf8")
    return {name: country for line in text.splitlines() if not line.startswith("#") for name, country in (line.split("\t"),)}


def place_country(name: str) -> str | None:
    """ISO 3166 alpha-3 of the country of a large city or a first-order province; ``None`` if it is neither.

    Names are those of ISO 3166-2 and GeoNames (cities of 100,000 and more); of places that share a name the most populous counts.
    """
    return _places().get(fold(name))
