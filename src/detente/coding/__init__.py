"""Mentions: events told, with who acts, to whom, who says so, when and where."""

from .citing import Attribution
from .coder import Coded, Coder, Judgement
from .dates import DateFound, find_dates
from .toponyms import find_places
from .trace import Considered, Explanation

__all__ = ["Attribution", "Coded", "Coder", "Considered", "DateFound", "Explanation", "Judgement", "find_dates", "find_places"]
