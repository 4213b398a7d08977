"""What methods learned, kept beside the workspace: arrays alone, under a name that says what they were learned from."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import numpy as np

from .history import History

Learned = TypeVar("Learned")
#: raised where a method learns otherwise: what was kept before is not used
VERSION = 3
_KEPT = 24


def fingerprint(told: History) -> str:
    """A name for a history's content."""
    digest = hashlib.blake2b(digest_size=12)
    digest.update(repr((VERSION, told.actors, told.first, told.last)).encode())
    for array in (told.day, told.actor, told.recipient, told.kind, told.intensity):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def learned(folder: Path | None, name: str, told: History, kind: type[Learned], learn: Callable[[], Learned]) -> Learned:
    """What was kept of this history, or what is learned now (and then kept). A folder that cannot be written keeps nothing."""
    if folder is None:
        return learn()
    path = folder / f"{name.replace(' ', '-')}-{fingerprint(told)}.npz"
    try:
        with np.load(path, allow_pickle=False) as kept:
            found = _built(kind, dict(kept), "")
            assert isinstance(found, kind)
            return found
    except (OSError, KeyError, ValueError):
        pass
    fresh = learn()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.npz")
        np.savez(draft, **_flat(fresh, ""))
        draft.replace(path)
        kind_of = path.name.split("-")[0]  # the many records of pairs do not push out what methods learned
        for old in sorted(folder.glob(f"{kind_of}-*.npz"), key=lambda p: p.stat().st_mtime)[:-_KEPT]:
            old.unlink()
    except OSError:
        pass
    return fresh


def _flat(record: Any, prefix: str) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for f in dataclasses.fields(record):
        value = getattr(record, f.name)
        if dataclasses.is_dataclass(value):
            out |= _flat(value, f"{prefix}{f.name}.")
        else:
            out[prefix + f.name] = np.asarray(value)
    return out


def _built(kind: Any, kept: dict[str, Any], prefix: str) -> Any:
    values: dict[str, Any] = {}
    for f in dataclasses.fields(kind):
        of = _hint(kind, f.name)
        if dataclasses.is_dataclass(of):
            values[f.name] = _built(of, kept, f"{prefix}{f.name}.")
            continue
        found = kept[prefix + f.name]
        if of in (int, float, str):
            values[f.name] = of(found.item())
        else:
            values[f.name] = tuple(found.tolist()) if found.dtype.kind == "U" else found
    return kind(**values)


def _hint(kind: type, name: str) -> Any:
    return get_type_hints(kind).get(name)
