"""The brief."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .data import BriefData, brief_data
    from .statements import Statement, what_changed
    from .write import write_brief
else:
    from ...lazy import door

    __getattr__ = door(
        __name__,
        {"BriefData": "data", "Statement": "statements", "brief_data": "data", "what_changed": "statements", "write_brief": "write"},
    )

__all__ = ["BriefData", "Statement", "brief_data", "what_changed", "write_brief"]
