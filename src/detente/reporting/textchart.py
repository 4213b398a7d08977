"""A line of blocks for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"


def spark(values: Sequence[float | None], width: int = 60, top: float = 10.0) -> str:
    """Values from 0 to ``top`` as blocks, at most ``width`` wide (means of neighbours); a blank where nothing is known."""
    if not values:
        return ""
    step = max(1.0, len(values) / width)
    out = []
    for n in range(min(width, len(values))):
        part = [v for v in values[int(n * step) : max(int(n * step) + 1, int((n + 1) * step))] if v is not None]
        out.append(" " if not part else _BLOCKS[min(7, max(0, int(sum(part) / len(part) / top * 8)))])
    return "".join(out)
