"""Identity of the reading: its code, lexicon, codebook, directory. Computed from the files, so that nothing needs to be loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

#: the rooms that decide what a mention is
_ROOMS = ("documents", "language", "knowledge", "coding")


def fingerprint(codebook: Sequence[str] = (), directory: Sequence[str] = ()) -> str:
    """Sixteen hexadecimal digits; the user's own files count too."""
    return _fingerprint(tuple(codebook), tuple(directory))


@cache
def _fingerprint(codebook: tuple[str, ...], directory: tuple[str, ...]) -> str:
    digest = hashlib.blake2b(version("detente").encode(), digest_size=8)
    for room in _ROOMS:
        _add(digest, resources.files("detente").joinpath(room))
    for name in (*codebook, *directory):
        digest.update(Path(name).read_bytes() if Path(name).is_file() else name.encode())
    return digest.hexdigest()


def _add(digest: Any, folder: Any) -> None:
    for path in sorted(folder.iterdir(), key=lambda p: str(p.name)):
        if path.is_dir() and path.name != "__pycache__":
            _add(digest, path)
        elif path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
