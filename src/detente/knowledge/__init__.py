"""What détente knows before it reads: the directory of actors, the codebook of acts, the gazetteer of places, the lexicon."""

from .codebook import Codebook, load_codebook
from .codebook import Entry as CodebookEntry
from .directory import Directory, DirectoryTie, Found, Resolved, load_directory
from .directory import Entry as DirectoryEntry
from .gazetteer import Gazetteer, load_gazetteer
from .lexicon import load_lexicon
from .places import Home, PlaceFound, outlet_home, resolve_places
from .triggers import Slot, Trigger

__all__ = [
    "Codebook",
    "CodebookEntry",
    "Directory",
    "DirectoryEntry",
    "DirectoryTie",
    "Found",
    "Gazetteer",
    "Home",
    "PlaceFound",
    "Resolved",
    "Slot",
    "Trigger",
    "load_codebook",
    "load_directory",
    "load_gazetteer",
    "load_lexicon",
    "outlet_home",
    "resolve_places",
]
