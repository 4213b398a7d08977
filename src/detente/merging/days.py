"""Days that ISO dates of any precision can mean."""

from __future__ import annotations

import datetime
from functools import lru_cache


@lru_cache(maxsize=50_000)
def as_day(iso: str | None) -> datetime.date | None:
    """The first day an ISO date of any precision can mean; None for none."""
    if not iso:
        return None
    parts = [int(p) for p in iso[:10].split("-")]
    try:
        return datetime.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    except ValueError:
        return None
