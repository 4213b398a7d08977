"""détente: from reports to a working model of who is doing what to whom, who says so, and what happens next.

    >>> import detente
    >>> mentions = detente.code("Baku expelled two Russian diplomats on Monday.", published="2025-07-02")

``read`` opens documents, ``code`` reads a text, ``open_workspace`` opens what was read before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .records import Actor, Claim, Document, Event, Mention, Place, Refusal, Run, SeriesPoint, Source, Tie

if TYPE_CHECKING:
    from .workspace import Workspace

__all__ = [
    "Actor",
    "Claim",
    "Document",
    "Event",
    "Mention",
    "Place",
    "Refusal",
    "Run",
    "SeriesPoint",
    "Source",
    "Tie",
    "code",
    "open_workspace",
    "read",
]


def read(paths: str | Path | Iterable[str | Path]) -> Iterator[Document | Refusal]:
    """Every document under ``paths`` (files and folders), and a :class:`Refusal` for each that cannot be read."""
    from .documents import read as read_documents

    yield from read_documents(paths)


def code(text: str | Document, **about: Any) -> list[Mention]:
    """The mentions of a text or a document. ``about``: title, outlet, author, published (ISO date), url.

    Spans of the mentions point into the text as given.
    """
    from .config import load_config
    from .documents import from_text
    from .pipeline import make_coder

    document = text if isinstance(text, Document) else from_text(text, **about)
    return list(make_coder(load_config()).code(document).mentions)


def open_workspace(path: str | Path) -> Workspace:
    """The workspace at ``path``. Raises ``WorkspaceError`` (W01) if there is none."""
    from .workspace import Workspace

    return Workspace.open(path)
