"""Mentions: events told, with who acts, to whom, who says so, when and where."""

from .attribution import Attribution
from .coder import Coded, Coder, Judgement
from .dates import DateFound, find_dates
from .toponyms import find_places

__all__ = ["Attribution", "Coded", "Coder", "DateFound", "Judgement", "find_dates", "find_places"]
