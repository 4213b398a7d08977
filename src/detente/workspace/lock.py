"""One writer at a time: a lock file with the writer's process id, taken over when that process is gone."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import WorkspaceError


@contextmanager
def writer(folder: Path) -> Iterator[None]:
    """Holds the workspace for writing. Raises :class:`WorkspaceError` (W02) if another process holds it."""
    path = folder / "writer.lock"
    for _ in range(3):
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError:
            holder = _holder(path)
            if holder is not None and _alive(holder):
                raise WorkspaceError("W02", path=folder, pid=holder) from None
            path.unlink(missing_ok=True)
    else:
        raise WorkspaceError("W02", path=folder, pid="?")
    try:
        os.write(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}).encode())
        os.close(handle)
        yield
    finally:
        path.unlink(missing_ok=True)


def _holder(path: Path) -> int | None:
    try:
        data = json.loads(path.read_text("utf8"))
        return int(data["pid"]) if data.get("host") == socket.gethostname() else -1
    except (OSError, ValueError, KeyError):
        return None


def _alive(pid: int) -> bool:
    if pid == -1:
        return True  # another machine: not ours to judge
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
