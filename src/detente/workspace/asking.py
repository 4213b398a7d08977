"""SQL within limits: a query is answered by a process of its own that can be ended, within a time, a memory and a number of rows."""

from __future__ import annotations

import io
import json
import re
import selectors
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ..errors import UsageError, WorkspaceError
from .asker import send
from .query import named
from .snapshot import Versions, versions
from .store import Workspace

#: what a query may not name: ways to read files beside the workspace
_FILES = re.compile(r"(?i)read_(?:csv|parquet|json|ndjson|ipc|avro|delta|database|excel)|scan_\w+\s*\(")
_STATEMENT = re.compile(r"(?is)\A(?:\s|;|--[^\n]*\n|/\*.*?\*/|\()*(select|with|show|describe|explain|values|from)\b")
_LONGEST = 20_000
_LOADING = 120.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take."""

    seconds: float = 10.0
    megabytes: int = 2048  # beside the tables themselves
    rows: int = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query; ``more``: there are more than were asked for."""

    rows: pl.DataFrame
    more: bool
    seconds: float


class Asker:
    """Answers queries over one workspace, one after another; the process that does is started when first asked, with the tables
    that the query names, and anew when one names others, when the workspace has changed, or when a query had to be ended."""

    def __init__(self, workspace: Workspace, limits: Limits | None = None) -> None:
        self.workspace = workspace
        self.limits = limits or Limits()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._at: Versions = ()
        self._tables: frozenset[str] = frozenset()
        self._loaded = 0

    def ask(self, query: str, rows: int | None = None) -> Answer:
        """The answer to a SELECT.

        Raises :class:`WorkspaceError` W05 (it does not run), W11 (too long, too large, or others are waiting), :class:`UsageError` W12
        (it would do something else than read the tables).
        """
        check(query)
        if not self._lock.acquire(timeout=self.limits.seconds * 2):
            raise WorkspaceError("W11", why="other queries are being answered", limit="Try again in a moment.")
        try:
            process = self._ready(named(query))
            begun = time.monotonic()
            send(process.stdin, json.dumps({"query": query, "rows": rows or self.limits.rows}).encode())  # type: ignore[arg-type]
            head, body = self._answer(process, self.limits.seconds)
            return Answer(pl.read_ipc_stream(io.BytesIO(body or b"")), bool(head["more"]), time.monotonic() - begun)
        except (BrokenPipeError, EOFError):
            self._end()
            raise WorkspaceError("W11", why="it ended the process that answers", limit=_NARROW) from None
        finally:
            self._lock.release()

    def close(self) -> None:
        """Ends the process."""
        with self._lock:
            self._end()

    # ------------------------------------------------------------ the process
    def _ready(self, tables: frozenset[str]) -> subprocess.Popen[bytes]:
        at = versions(self.workspace.folder)
        if self._process is not None and (self._at != at or self._process.poll() is not None or not tables <= self._tables):
            self._end()
        if self._process is None:
            self._tables = tables if self._at != at else tables | self._tables  # what was asked for before is asked for again
            command = [sys.executable, "-m", "detente.workspace.asker", str(self.workspace.folder.absolute()), ",".join(self._tables)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
            self._at = at
            self._loaded = 0
            self._answer(self._process, _LOADING)
            self._loaded = _memory(self._process.pid)
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()
            self._process = None

    def _answer(self, process: subprocess.Popen[bytes], seconds: float) -> tuple[dict[str, Any], bytes | None]:
        reader = _Reader(process, time.monotonic() + seconds, self._loaded + self.limits.megabytes * 1_000_000 if self._loaded else None)
        try:
            head = json.loads(reader.message())
            body = reader.message() if "columns" in head else None
        except TimeoutError:
            self._end()
            raise WorkspaceError("W11", why=f"it takes longer than {seconds:.0f} seconds", limit=_NARROW) from None
        except MemoryError:
            self._end()
            raise WorkspaceError("W11", why=f"it needs more than {self.limits.megabytes} MB of memory", limit=_NARROW) from None
        if "code" in head:
            raise WorkspaceError(head["code"], **head["facts"])
        return head, body


_NARROW = "Narrow it with WHERE, join on a column, or ask on the command line, where no limit holds."


class _Reader:
    """Reads messages of a process while time and memory last."""

    def __init__(self, process: subprocess.Popen[bytes], end: float, most: int | None) -> None:
        assert process.stdout is not None
        self._process, self._stream, self._end, self._most = process, process.stdout, end, most

    def message(self) -> bytes:
        return self._bytes(int.from_bytes(self._bytes(8)))

    def _bytes(self, wanted: int) -> bytes:
        out = bytearray()
        with selectors.DefaultSelector() as ready:
            ready.register(self._stream, selectors.EVENT_READ)
            while len(out) < wanted:
                if time.monotonic() > self._end:
                    raise TimeoutError
                if self._most is not None and _memory(self._process.pid) > self._most:
                    raise MemoryError
                if ready.select(0.03):
                    found = self._stream.read(min(wanted - len(out), 1 << 20))
                    if not found:
                        raise EOFError
                    out += found
        return bytes(out)


def _memory(pid: int) -> int:
    """Bytes of memory that a process holds; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
    except (OSError, ValueError, IndexError):
        return 0


def check(query: str) -> None:
    """Raises :class:`UsageError` (W12) for what is no plain question to the tables."""
    if len(query) > _LONGEST:
        raise UsageError("W12", why=f"it has {len(query):,} characters; {_LONGEST:,} are allowed")
    if named := _FILES.search(query):
        raise UsageError("W12", why=f"it reads files ({named.group().strip(' (')})")
    if not _STATEMENT.match(query):
        word = query.split()[0][:30] if query.split() else "nothing"
        raise UsageError("W12", why=f"it begins with {word}")
