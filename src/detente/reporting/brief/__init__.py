"""The brief."""

from .data import BriefData, brief_data
from .statements import Statement, what_changed
from .write import write_brief

__all__ = ["BriefData", "Statement", "brief_data", "what_changed", "write_brief"]
