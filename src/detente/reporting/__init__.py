"""Outputs: the brief, charts, tables, exports."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .brief.data import BriefData, brief_data
    from .brief.statements import what_changed
    from .brief.write import write_brief
else:
    from ..lazy import door

    __getattr__ = door(
        __name__,
        {"BriefData": "brief.data", "brief_data": "brief.data", "what_changed": "brief.statements", "write_brief": "brief.write"},
    )

__all__ = ["BriefData", "brief_data", "what_changed", "write_brief"]
