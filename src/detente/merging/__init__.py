"""The same act told twice is one event."""

from .claims import claims_of
from .copies import origins
from .events import merge
from .given import group_words
from .responses import answers_to, chain
from .storylines import stories

__all__ = ["answers_to", "chain", "claims_of", "group_words", "merge", "origins", "stories"]
