"""Which of a sentence's dates belongs to an event word."""

from __future__ import annotations

from collections.abc import Sequence

from ..language import Sentence
from .dates import DateFound

_INSIDE = ("npadvmod", "pobj", "prep", "compound", "nummod", "amod", "poss", "det", "advmod", "nmod", "appos", "punct", "pcomp")


def date_of(s: Sentence, token: int, dates: Sequence[DateFound]) -> tuple[str | None, str | None]:
    """ISO date and precision of the event at ``token``; (None, None) where the sentence gives none.

    ``dates`` have spans into the sentence's text. A date under the trigger wins; else the nearest one on a clause above it, but never one
    that dates the reporting of the words ('said on Monday that …').
    """
    best: tuple[int, DateFound] | None = None
    above = _above(s, token)
    for date in dates:
        if getattr(date, "since", False):
            continue
        k = s.token_at(s.raw.span[0] + date.span[0])
        if k is None:
            continue
        cost = _cost(s, token, k, above)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, date)
    return (best[1].start, best[1].precision) if best is not None else (None, None)


def _above(s: Sentence, token: int) -> dict[int, int]:
    """Tokens over the trigger whose dates are also its own, with their distance."""
    out = {token: 0}
    k, steps = token, 0
    while s.heads[k] != k:
        dep = s.deps[k]
        if dep in ("ccomp", "relcl", "parataxis") and k != token and s.is_verb(k):
            break
        if dep in ("ccomp", "parataxis", "relcl") and s.is_verb(k):
            break
        k = s.heads[k]
        steps += 1
        out[k] = steps
    return out


def _cost(s: Sentence, token: int, k: int, above: dict[int, int]) -> int | None:
    steps = 0
    while True:
        if k in above:
            return steps + 3 * above[k]
        if s.heads[k] == k:
            return None
        if s.deps[k] in ("ccomp", "relcl", "advcl", "parataxis", "conj", "acl") and s.is_verb(k):
            return None  # dates another clause
        k = s.heads[k]
        steps += 1
        if steps > 12:
            return None
