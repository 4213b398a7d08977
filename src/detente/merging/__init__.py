"""The same act told twice is one event."""

from .claims import claims_of
from .copies import origins
from .events import merge

__all__ = ["claims_of", "merge", "origins"]
