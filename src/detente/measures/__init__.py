"""Series, tension, reciprocity, influence and networks of events; all are functions over records or over the table of acts."""

from .acts import ANYONE, acts
from .counting import counts, pairs
from .dyads import DyadSummary, Edge, active_dyads, network
from .gaps import extent, require, require_actor, require_window, told_of, undated_of
from .influence import Influence, InfluencePoint, Share, Trend, influence
from .levels import reaching
from .positions import Matter, Position, positions
from .reading import Reading, reading
from .reciprocity import Answering, Initiative, initiative, reciprocity
from .scale import Value, load_scale, rescored
from .series import Period, next_start, series
from .tension import Pull, TensionPoint, Turn, pulls, tension, turns
from .turning import TurningPoint, turning_points
from .volatility import Volatility, volatility

__all__ = [
    "ANYONE",
    "Answering",
    "DyadSummary",
    "Edge",
    "Influence",
    "InfluencePoint",
    "Initiative",
    "Matter",
    "Period",
    "Position",
    "Pull",
    "Reading",
    "Share",
    "TensionPoint",
    "Trend",
    "Turn",
    "TurningPoint",
    "Value",
    "Volatility",
    "active_dyads",
    "acts",
    "counts",
    "extent",
    "influence",
    "initiative",
    "load_scale",
    "network",
    "next_start",
    "pairs",
    "positions",
    "pulls",
    "reaching",
    "reading",
    "reciprocity",
    "require",
    "require_actor",
    "require_window",
    "rescored",
    "series",
    "tension",
    "told_of",
    "turning_points",
    "turns",
    "undated_of",
    "volatility",
]
