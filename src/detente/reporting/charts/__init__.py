"""Charts as Vega-Lite specifications: made here once, used by every output."""

from .maps import map_charts
from .measures import influence_chart, turning_chart, write_chart
from .network import network_chart
from .render import png, svg
from .tension import counts_chart, tension_chart

__all__ = [
    "counts_chart",
    "influence_chart",
    "map_charts",
    "network_chart",
    "png",
    "svg",
    "tension_chart",
    "turning_chart",
    "write_chart",
]
