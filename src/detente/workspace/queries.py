"""Saved queries: a small file beside the tables."""

from __future__ import annotations

import datetime
import json
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from ..errors import UsageError, WorkspaceError
from .asking import check
from .store import Workspace

_FILE = "queries.json"
_MOST = 200


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query under a name."""

    name: str
    query: str
    saved: str  # ISO 8601, UTC


def saved(workspace: Workspace) -> list[SavedQuery]:
    """The saved queries by name; none where the file is missing or damaged."""
    try:
        rows: list[dict[str, Any]] = json.loads((workspace.folder / _FILE).read_text("utf8"))
        return sorted((SavedQuery(str(r["name"]), str(r["query"]), str(r["saved"])) for r in rows), key=lambda q: q.name.lower())
    except (OSError, ValueError, KeyError, TypeError):
        return []


def save(workspace: Workspace, name: str, query: str) -> SavedQuery:
    """Saves a query; one of the same name is replaced. Raises :class:`UsageError` (W12, C02), :class:`WorkspaceError` (W03)."""
    name, query = (part.encode("utf8", "replace").decode() for part in (" ".join(name.split()), query))
    if not 0 < len(name) <= 80:
        raise UsageError("C02", what=repr(name[:40]), wanted="a name", hint="Give it 1 to 80 characters.")
    check(query)
    kept = [q for q in saved(workspace) if q.name != name]
    if len(kept) >= _MOST:
        raise UsageError("C02", what=f"query {_MOST + 1}", wanted="kept", hint="Delete some of the saved queries first.")
    made = SavedQuery(name, query.strip(), datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"))
    _write(workspace, [*kept, made])
    return made


def forget(workspace: Workspace, name: str) -> None:
    """Deletes a saved query, if there is one of this name. Raises :class:`WorkspaceError` (W03)."""
    _write(workspace, [q for q in saved(workspace) if q.name != name])


def _write(workspace: Workspace, queries: list[SavedQuery]) -> None:
    made = workspace.folder / f"{_FILE}.{uuid.uuid4().hex[:8]}"
    try:
        made.write_text(json.dumps([asdict(q) for q in queries], ensure_ascii=False, indent=1) + "\n", "utf8")
        made.replace(workspace.folder / _FILE)
    except OSError as fault:
        raise WorkspaceError("W03", path=workspace.folder, why=fault) from None
