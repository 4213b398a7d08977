"""Series, tension and networks of events."""

from .counting import counts, of_dyad, pairs
from .dyads import DyadSummary, Edge, active_dyads, network
from .series import Period, series
from .tension import TensionPoint, Turn, tension, turns

__all__ = [
    "DyadSummary",
    "Edge",
    "Period",
    "TensionPoint",
    "Turn",
    "active_dyads",
    "counts",
    "network",
    "of_dyad",
    "pairs",
    "series",
    "tension",
    "turns",
]
