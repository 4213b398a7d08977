"""Outputs: the brief, charts, tables, exports."""

from .brief import BriefData, brief_data, what_changed, write_brief

__all__ = ["BriefData", "brief_data", "what_changed", "write_brief"]
