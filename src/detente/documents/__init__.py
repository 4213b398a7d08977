"""Reading documents: from files of many formats, or a text at hand, to :class:`~detente.records.Document`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .building import from_text
    from .counting import count_inputs
    from .finding import find_inputs
    from .reading import read, read_one
else:
    from ..lazy import door

    __getattr__ = door(
        __name__,
        {"from_text": "building", "count_inputs": "counting", "find_inputs": "finding", "read": "reading", "read_one": "reading"},
    )

__all__ = ["count_inputs", "find_inputs", "from_text", "read", "read_one"]
