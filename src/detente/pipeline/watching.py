"""Watching: an actor or a dyad is put on the workspace's watch list or taken off it. Every change is kept with who made it and when."""

from __future__ import annotations

import datetime
import uuid
from typing import Literal

from ..config import Config
from ..errors import UsageError
from ..knowledge import load_directory
from ..records import Watch
from ..workspace import Workspace
from ..workspace.corrections import clean
from ..workspace.watchlist import watched
from .judging import user

_LONGEST = 100


def watch(workspace: Workspace, config: Config, what: str, *, stop: bool = False, who: str | None = None, note: str | None = None) -> Watch:
    """Puts an actor ("IRN", "Dmitry Peskov") or a dyad ("RUS,AZE") on the watch list; ``stop``: takes it off.

    What is watched already stays as it is. Nothing else is made from the list, so it can be changed while a run writes.
    Raises :class:`UsageError` (C02 neither an actor nor a pair, W13 not on the list).
    """
    kind, key = meant(config, what)
    held = {(w.kind, w.key): w for w in watched(workspace.watches())}
    now = held.get((kind, key))
    if stop and now is None:
        known = ", ".join(w.key for w in held.values()) or "nobody"
        raise UsageError("W13", what=key, known=known)
    if now is not None and not stop:
        return now
    at = datetime.datetime.now(datetime.UTC)
    id_ = f"{at.strftime('%Y%m%dT%H%M%S%f')}-{uuid.uuid4().hex[:4]}"
    made = Watch(id_, at.isoformat(timespec="seconds"), clean(who or user()), kind, key, not stop, clean(note or "").strip() or None)
    workspace.append_watch(made)
    return made


def meant(config: Config, what: str) -> tuple[Literal["actor", "dyad"], str]:
    """What is to be watched, as the list keeps it: a pair by its two codes in order. Raises C02."""
    parts = [clean(p).strip() for p in what.split(",")]
    fault = UsageError(
        "C02", what=repr(what[:60]), wanted="an actor or a pair of actors", hint="Give one (IRN, Dmitry Peskov) or two (RUS,AZE)."
    )
    if not 1 <= len(parts) <= 2 or any(not p or len(p) > _LONGEST for p in parts):
        raise fault
    keys = [_code(config, p) for p in parts]
    if len(set(keys)) < len(keys):
        raise fault
    return ("dyad", ",".join(sorted(keys))) if len(keys) == 2 else ("actor", keys[0])


def _code(config: Config, name: str) -> str:
    directory = load_directory(config.knowledge.directory)
    known = next((i for i in (name, name.upper(), name.lower().replace(" ", "-")) if i in directory.entries), None)
    if known is not None:
        return known
    found = directory.names.lookup(name) or directory.names.lookup(name.title())
    return found.ids[0] if found is not None and len(found.ids) == 1 else name
