"""What is given on the command line: dates, periods, and pairs that may be of one actor and all others."""

from __future__ import annotations

import datetime
from typing import Any

from .app import code_of, dyad_of


def day_given(text: str | None, last: bool) -> datetime.date | None:
    """A date of any precision as its first or last day. Raises :class:`~detente.errors.UsageError` (C02)."""
    from ..errors import UsageError
    from ..measures import next_start

    if text is None:
        return None
    try:
        start = datetime.date.fromisoformat(text + "-01-01"[{4: 0, 7: 3}.get(len(text), 6) :])
    except ValueError:
        raise UsageError("C02", what=text, wanted="a date", hint="Write it as YYYY-MM-DD, YYYY-MM or YYYY.") from None
    if last and len(text) == 4:
        return start.replace(month=12, day=31)
    if last and len(text) == 7:
        return next_start(start, "month") - datetime.timedelta(days=1)
    return start


def pair_of(text: str) -> tuple[str, str]:
    """'RUS,AZE' as a pair, 'RUS' alone as the pair with all others. Raises :class:`~detente.errors.UsageError` (C02)."""
    from ..measures import ANYONE

    parts = [p.strip() for p in text.split(",") if p.strip()]
    if len(parts) == 1 and ">" not in text and "→" not in text:
        return code_of(parts[0]), ANYONE
    return dyad_of(text)


def period_of(text: str) -> Any:
    """day, week or month. Raises :class:`~detente.errors.UsageError` (C02)."""
    from ..errors import UsageError

    if text not in ("day", "week", "month"):
        raise UsageError("C02", what=text, wanted="a period", hint="Periods are day, week and month.")
    return text
