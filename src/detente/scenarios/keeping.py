"""Answers kept with a workspace, for its brief: one JSON file each, the whole :class:`Scenario`."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ..errors import ScenarioError
from .result import Scenario

_FOLDER = "kept"


def keep(folder: Path, found: Scenario) -> Path:
    """Keeps an answer in a workspace's folder; the same question again takes the place of the earlier answer. Raises S14."""
    name = hashlib.blake2b(repr((found.steps, found.watch, found.horizon)).encode(), digest_size=8).hexdigest()
    path = folder / "scenarios" / _FOLDER / f"{name}.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(found.as_dict(), ensure_ascii=False), "utf8")
    except OSError as fault:
        raise ScenarioError("S14", path=path, why=fault) from None
    return path


def kept(folder: Path) -> list[Scenario]:
    """The answers that a workspace keeps, the oldest first; files that cannot be read are passed over."""
    out = []
    for path in sorted((folder / "scenarios" / _FOLDER).glob("*.json"), key=lambda p: (p.stat().st_mtime, p.name)):
        try:
            out.append(_built(Scenario, json.loads(path.read_text("utf8"))))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return out


def _built(hint: Any, value: Any) -> Any:
    """A value of JSON as its type says: records, tuples, what may be None."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return hint(**{f.name: _built(hints[f.name], value[f.name]) for f in dataclasses.fields(hint)})
    origin, of = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if value is None else _built(next(x for x in of if x is not type(None)), value)
    if origin is tuple:
        each = [of[0]] * len(value) if len(of) == 2 and of[1] is Ellipsis else of
        return tuple(_built(h, v) for h, v in zip(each, value, strict=True))
    if origin is Literal or origin is dict or hint is Any:
        return value
    return hint(value)
