"""The progress bar, on stderr: a rate and an honest remaining time; sparse lines where stderr is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..pipeline import Progress

_EVERY = 15.0


@contextmanager
def bar(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A function that shows progress."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        yield from _live()
    else:
        yield _sparse()


def _live() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:>8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, object] = {}

        def report(p: Progress) -> None:
            if p.stage not in tasks:
                tasks[p.stage] = shown.add_task(p.stage, total=p.total, rate="")
            shown.update(tasks[p.stage], completed=p.done, total=p.total, rate=_rate(p))  # type: ignore[arg-type]

        yield report


def _sparse() -> Callable[[Progress], None]:
    last = time.monotonic()

    def report(p: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if p.stage == "coding" and (now - last > _EVERY or p.done == p.total):
            last = now
            left = (p.total - p.done) * p.seconds / p.done if p.total and p.done else 0.0
            print(f"coded {p.done} of {p.total} documents, {_rate(p)}, about {left:.0f} s left", file=sys.stderr)

    return report


def _rate(p: Progress) -> str:
    return f"{p.done / p.seconds:,.0f} documents/s, {p.words / p.seconds:,.0f} words/s" if p.words and p.seconds > 0.2 else ""
