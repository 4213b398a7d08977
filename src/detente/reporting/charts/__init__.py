"""Charts as Vega-Lite specifications: made here once, used by every output."""

from .dyads import compared_chart, dyad_chart, influences_chart
from .maps import map_charts
from .measures import influence_chart, turning_chart, write_chart
from .network import network_chart
from .render import png, svg
from .scenario import scenario_chart
from .tension import counts_chart, tension_chart

__all__ = [
    "compared_chart",
    "counts_chart",
    "dyad_chart",
    "influence_chart",
    "influences_chart",
    "map_charts",
    "network_chart",
    "png",
    "scenario_chart",
    "svg",
    "tension_chart",
    "turning_chart",
    "write_chart",
]
