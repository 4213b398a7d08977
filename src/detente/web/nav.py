"""The navigation: the pages there are, in groups. A page that no router serves is not shown."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

#: group -> (address, name, key after `g`)
GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    ("Read", (("/", "Today", "t"), ("/events", "Chronology", "e"), ("/claims", "Claims", "c"), ("/documents", "Documents", "d"))),
    ("Relations", (("/actors", "Actors", "a"), ("/dyads", "Dyads", "y"), ("/network", "Network", "n"), ("/map", "Map", "m"))),
    ("Ahead", (("/forecast", "Forecast", "f"), ("/whatif", "What if", "w"))),
    ("Work", (("/review", "Review", "r"), ("/sql", "Ask", "s"), ("/add", "Add", "i"))),
    ("Reference", (("/codebook", "Codebook", "b"), ("/directory", "Directory", "o"), ("/api", "API", "p"))),
)


def navigation(app: FastAPI, path: str) -> list[dict[str, Any]]:
    """The groups with their entries; ``here`` marks the one that ``path`` belongs to."""
    served = served_paths(app)
    out = []
    for name, entries in GROUPS:
        shown = [
            {"path": p, "name": n, "key": k, "here": path == p or (p != "/" and path.startswith(p + "/"))}
            for p, n, k in entries
            if p in served
        ]
        if shown:
            out.append({"name": name, "entries": shown})
    return out


def served_paths(app: FastAPI) -> frozenset[str]:
    """The addresses of the page families that were taken in."""
    found: frozenset[str] = app.state.served
    return found
