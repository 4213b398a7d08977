"""Mentions: events told, with who acts, to whom, who says so, when and where."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .citing import Attribution
    from .coder import Coder, Judgement
    from .dates import DateFound, find_dates
    from .reading import Coded
    from .toponyms import find_places
    from .trace import Considered, Explanation
else:
    from ..lazy import door

    __getattr__ = door(
        __name__,
        {
            "Attribution": "citing",
            "Coded": "reading",
            "Coder": "coder",
            "Considered": "trace",
            "DateFound": "dates",
            "Explanation": "trace",
            "Judgement": "coder",
            "find_dates": "dates",
            "find_places": "toponyms",
        },
    )

__all__ = ["Attribution", "Coded", "Coder", "Considered", "DateFound", "Explanation", "Judgement", "find_dates", "find_places"]
