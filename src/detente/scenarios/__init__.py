"""What if: an assumption in, the difference it makes out, by several methods side by side, each with its record."""

from ..lazy import door

_DOOR = {
    "Act": "assumption",
    "Assumption": "assumption",
    "Course": "assumption",
    "Removal": "assumption",
    "Scenario": "result",
    "parse": "language",
    "parse_file": "language",
    "what_if": "whatif",
}
__all__ = ["Act", "Assumption", "Course", "Removal", "Scenario", "parse", "parse_file", "what_if"]
__getattr__ = door(__name__, _DOOR)
