"""Reading documents: from files of many formats, or a text at hand, to :class:`~detente.records.Document`."""

from .building import from_text
from .counting import count_inputs
from .finding import find_inputs
from .reading import read, read_one

__all__ = ["count_inputs", "find_inputs", "from_text", "read", "read_one"]
