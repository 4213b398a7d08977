"""What if: an assumption in, the difference it makes out, by several methods side by side, each with its record."""

from ..lazy import door

_DOOR = {
    "Act": "assumption",
    "Assumption": "assumption",
    "Course": "assumption",
    "Removal": "assumption",
    "Scenario": "result",
    "keep": "keeping",
    "kept": "keeping",
    "parse": "language",
    "parse_file": "language",
    "what_if": "whatif",
}
__all__ = ["Act", "Assumption", "Course", "Removal", "Scenario", "keep", "kept", "parse", "parse_file", "what_if"]
__getattr__ = door(__name__, _DOOR)
