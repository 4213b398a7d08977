"""The process that answers SQL: it loads the tables, gives up the right to open files, and answers one query after another.

Run as ``python -m detente.workspace.asker FOLDER TABLE,TABLE``. Requests and answers go over stdin and stdout, each a length (8 bytes,
big-endian) and so many bytes: a request is JSON ``{"query", "rows"}``; an answer is JSON, and where it holds ``"columns"`` a second
message follows, the rows as an Arrow stream.
"""

from __future__ import annotations

import io
import json
import os
import struct
import sys
from typing import Any, BinaryIO


def receive(stream: BinaryIO) -> bytes | None:
    """The next message; None where the other side has gone."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    (length,) = struct.unpack(">Q", head)
    return stream.read(length)


def send(stream: BinaryIO, message: bytes) -> None:
    """Sends a message."""
    stream.write(struct.pack(">Q", len(message)) + message)
    stream.flush()


def main(folder: str, names: str) -> None:
    """Answers until stdin ends. ``names``: the tables to load, joined by commas; of the others the columns alone are known."""
    import polars as pl

    from ..errors import DetenteError
    from . import Workspace
    from .query import context

    inward, outward = sys.stdin.buffer, sys.stdout.buffer
    try:
        tables = context(Workspace.open(folder), names.split(","))
        _answer(pl.SQLContext(tables), "select count(*) n from runs", 1)  # what a query needs is loaded now
    except DetenteError as fault:
        send(outward, json.dumps({"code": fault.code, "facts": {k: str(v) for k, v in fault.facts.items()}}).encode())
        return
    _close_up()
    send(outward, b'{"ready": true}')
    while (request := receive(inward)) is not None:
        asked = json.loads(request)
        try:
            head, body = _answer(pl.SQLContext(tables), asked["query"], asked["rows"])
        except (pl.exceptions.PolarsError, ValueError, OSError, TypeError) as fault:
            head, body = {"code": "W05", "facts": {"why": (str(fault).splitlines() or ["it is not understood"])[0][:500]}}, b""
        except BaseException as fault:  # a panic of the engine is no reason to die
            head, body = {"code": "W05", "facts": {"why": f"it is more than the engine can do ({str(fault)[:200]})"}}, b""
        send(outward, json.dumps(head).encode())
        if body:
            send(outward, body)


def _answer(tables: Any, query: str, rows: int) -> tuple[dict[str, Any], bytes]:
    found = tables.execute(query).head(rows + 1).collect()
    buffer = io.BytesIO()
    found.head(rows).write_ipc_stream(buffer)
    return {"columns": found.columns, "more": found.height > rows}, buffer.getvalue()


def _close_up() -> None:
    """No file is opened any more, no process started: a query that finds a way to ask for one is refused by the system."""
    os.nice(5)
    try:
        import resource
    except ImportError:  # not on this system; queries that read files are refused by name
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
