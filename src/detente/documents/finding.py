"""Which files are given: folders are searched, in sorted order, each file once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

#: A folder that holds this is a table of a workspace, not a folder of documents.
_TABLE = "_delta_log"
_SKIPPED = frozenset({"__MACOSX", "__pycache__", "node_modules"})


def find_inputs(paths: str | Path | Iterable[str | Path], *, exclude: Iterable[str | Path] = ()) -> list[str]:
    """The files under ``paths``, as given or below a folder given, sorted within each folder.

    Hidden files and folders (a dot before the name) below a folder given are left out, and so are workspaces' tables and whatever lies
    in ``exclude``. What does not exist or cannot be listed stays in the list, so that reading it gives the refusal. A folder reached
    twice (through links, or given twice) is searched once.
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    left_out = {os.path.realpath(path) for path in exclude}
    seen: set[str] = set()
    found: dict[str, None] = {}
    for path in given:
        for file in _below(str(path), seen, left_out):
            found.setdefault(file, None)
    return list(found)


def _below(path: str, seen: set[str], left_out: set[str]) -> Iterator[str]:
    try:
        if os.path.realpath(path) in left_out:
            return
        folder = Path(path).is_dir()
    except ValueError:  # a name that no file can have
        folder = False
    if not folder:
        yield path
        return
    pending = [path]
    while pending:
        here = pending.pop()
        real = os.path.realpath(here)
        if real in seen or real in left_out:
            continue
        seen.add(real)
        try:
            names = sorted(entry.name for entry in Path(here).iterdir())
        except OSError:
            yield here
            continue
        if _TABLE in names:
            continue
        files: list[str] = []
        folders: list[str] = []
        for name in names:
            if name.startswith(".") or name in _SKIPPED:
                continue
            inner = str(Path(here) / name)
            (folders if Path(inner).is_dir() else files).append(inner)
        yield from (file for file in files if os.path.realpath(file) not in left_out)
        pending += reversed(folders)
