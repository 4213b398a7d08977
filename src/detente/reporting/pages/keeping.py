"""What is kept of a page in the workspace's folder, so that a workbench that is started again shows it at once.

The folder ``pages`` holds only what can be made anew; it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from .lines import Facts
from .materials import Materials


def kept(materials: Materials, name: str, make: Callable[[], Facts]) -> Facts:
    """A page's facts: those kept, where tables, configuration and program are still the same; else made, and kept where that may be."""
    return materials.snapshot.memo(("kept", name), lambda: _read_or_make(materials, name, make))


def _read_or_make(materials: Materials, name: str, make: Callable[[], Facts]) -> Facts:
    path = materials.snapshot.workspace.folder / "pages" / f"{name}.json"
    stands = _fingerprint(materials)
    with suppress(OSError, ValueError, TypeError, KeyError):
        found = json.loads(path.read_text("utf8"))
        if found["of"] == stands:
            facts: Facts = found["facts"]
            return facts
    made = make()
    with suppress(OSError):  # a workspace that may only be read is served all the same
        _write(path, json.dumps({"of": stands, "facts": made}, ensure_ascii=False))
    return made


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf8") as stream:
        stream.write(text)
    Path(name).replace(path)


def _fingerprint(materials: Materials) -> str:
    own = _looks(Path(p) for p in materials.config.knowledge.directory)
    options = (materials.config.measures, materials.config.knowledge)  # of a page that depends on no others
    parts = (materials.snapshot.versions, options, list(own), _program())
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


@cache
def _program() -> list[tuple[str, int, int]]:
    """Every file of the package, as it looks from outside: its path, size and time."""
    package = Path(__file__).parents[2]
    return list(_looks(sorted(p for p in package.rglob("*") if p.is_file() and p.suffix != ".pyc")))


def _looks(paths: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    for path in paths:
        seen = path.stat()
        yield str(path), seen.st_size, seen.st_mtime_ns
