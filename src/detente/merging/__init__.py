"""The same act told twice is one event."""

from .again import regroup
from .claims import claims_of
from .copies import origins
from .events import merge
from .given import group_words
from .links import Links
from .responses import answers_to, chain
from .storylines import stories

__all__ = ["Links", "answers_to", "chain", "claims_of", "group_words", "merge", "origins", "regroup", "stories"]
