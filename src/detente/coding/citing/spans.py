"""Character spans of tokens: runs of neighbours, unions, differences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ...language import Sentence
from ...records import Span

_EDGES = frozenset(",;:.-—–")


def runs(s: Sentence, tokens: Sequence[int], without: Collection[int] = ()) -> list[Span]:
    """Spans of runs of neighbouring tokens (given in order); commas and blanks at their ends dropped."""
    out: list[Span] = []
    run: list[int] = []
    for k in [*[t for t in tokens if t not in without], -10]:
        if run and k != run[-1] + 1:
            while run and s.words[run[0]] in _EDGES:
                run = run[1:]
            while run and s.words[run[-1]] in ",;:.":
                run = run[:-1]
            if run:
                out.append(s.span(run[0], run[-1]))
            run = []
        run.append(k)
    return out


def union(spans: Iterable[Span]) -> list[Span]:
    """The same characters as spans in order, joined where no more than a blank parts them."""
    out: list[Span] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def minus(spans: Iterable[Span], hole: Span) -> list[Span]:
    """The spans without what lies in the hole; single characters left over are dropped."""
    out: list[Span] = []
    for a, b in spans:
        if hole[1] <= a or b <= hole[0]:
            out.append((a, b))
        else:
            out += [p for p in ((a, hole[0]), (hole[1], b)) if p[1] - p[0] > 1]
    return out


def meet(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]
