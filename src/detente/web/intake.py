"""Documents given in the browser: taken in within bounds, kept in the workspace's folder ``added``, read by a run of their own."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
import sys
import threading
import unicodedata
import uuid
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from ..config import Config
from ..errors import DetenteError, WebError
from ..workspace import Workspace

#: bounds of one taking-in
MOST_BYTES = 64_000_000
MOST_FILES = 200
MOST_TEXT = 2_000_000
_KEPT = 50  # jobs remembered
_WAITING = 8
_NAME = re.compile(r"[^\w .,()\[\]@+=&'-]")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Job:
    """One taking-in. ``state``: waiting, reading, done, failed."""

    id: str
    began: str  # ISO 8601, UTC
    files: tuple[str, ...]
    folder: Path
    state: str = "waiting"
    stage: str | None = None
    done: int = 0
    total: int | None = None
    words: int = 0
    run: dict[str, Any] | None = None
    error: dict[str, str] | None = None

    def facts(self) -> dict[str, Any]:
        """As JSON-ready values."""
        told = ("id", "began", "state", "stage", "done", "total", "words", "error")
        run = self.run
        if run is not None:
            run = {**run, "refusals": [{**r, "path": r["path"].removeprefix(f"{self.folder}/")} for r in run["refusals"]]}
        return {**{name: getattr(self, name) for name in told}, "files": list(self.files), "run": run}


def safe_name(given: str, taken: Sequence[str] = ()) -> str:
    """A file name of a name that somebody sent: no folder, nothing hidden, no control or direction marks; unlike those ``taken``."""
    name = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1])
    name = _NAME.sub("_", "".join(c for c in name if unicodedata.category(c)[0] != "C")).strip(" .") or "document"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = name, ""
    stem = stem.encode()[:120].decode("utf8", "ignore").lstrip(".") or "document"
    suffix = f".{ending}" if ending else ""
    made, n = f"{stem}{suffix}", 2
    while made.lower() in {t.lower() for t in taken}:
        made, n = f"{stem} ({n}){suffix}", n + 1
    return made


@dataclass(slots=True)
class Intake:
    """Takes documents in and has them read, one taking-in after another."""

    workspace: Workspace
    config: Config
    _jobs: dict[str, Job] = field(default_factory=dict)
    _queue: deque[str] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _working: bool = False
    _process: subprocess.Popen[str] | None = None

    # ------------------------------------------------------------ taking in
    def open(self) -> Job:
        """Begins a taking-in: a folder that files are put into. Raises H21 where too many wait."""
        with self._lock:
            if len(self._queue) >= _WAITING:
                raise WebError("H21", waiting=len(self._queue))
        now = datetime.datetime.now(datetime.UTC)
        id_ = f"{now.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:6]}"
        folder = self.workspace.folder.absolute() / "added" / id_
        try:
            folder.mkdir(parents=True)
        except OSError as fault:
            raise WebError("H22", why=fault.strerror or fault) from None
        return Job(id_, now.isoformat(timespec="seconds"), (), folder)

    def put(self, job: Job, name: str, stream: BinaryIO) -> Job:
        """Writes a file into the folder of a taking-in. Raises H20 where it is too large, H22 where it cannot be written."""
        kept = safe_name(name, job.files)
        if len(job.files) >= MOST_FILES:
            raise WebError("H20", what=f"more than {MOST_FILES} files")
        room = MOST_BYTES - sum(f.stat().st_size for f in job.folder.iterdir())
        try:
            with (job.folder / kept).open("xb") as out:
                while chunk := stream.read(_CHUNK):
                    room -= len(chunk)
                    if room < 0:
                        raise WebError("H20", what=f"more than {MOST_BYTES // 1_000_000} MB")
                    out.write(chunk)
        except OSError as fault:
            raise WebError("H22", why=fault.strerror or fault) from None
        return replace(job, files=(*job.files, kept))

    def put_text(self, job: Job, text: str, facts: dict[str, str | None]) -> Job:
        """Writes a pasted text with what is told of it: title, outlet, published."""
        if len(text) > MOST_TEXT:
            raise WebError("H20", what=f"a text of more than {MOST_TEXT:,} characters")
        row = {"text": text, **{k: v.strip() for k, v in facts.items() if v and v.strip()}}
        name = safe_name("pasted.jsonl", job.files)
        try:
            (job.folder / name).write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf8")
        except (OSError, UnicodeEncodeError) as fault:
            raise WebError("H22", why=getattr(fault, "strerror", None) or "the text holds characters that are none") from None
        return replace(job, files=(*job.files, name))

    def drop(self, job: Job) -> None:
        """Forgets a taking-in that was not finished, with its files."""
        shutil.rmtree(job.folder, ignore_errors=True)

    # ------------------------------------------------------------ reading
    def start(self, job: Job) -> Job:
        """Has a taking-in read as soon as those before it are."""
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _KEPT:
                del self._jobs[next(iter(self._jobs))]
            self._queue.append(job.id)
            if not self._working:
                self._working = True
                threading.Thread(target=self._work, daemon=True, name="detente-intake").start()
        return job

    def again(self, id: str) -> Job:
        """Reads a failed taking-in again. Raises H01."""
        job = self.job(id)
        if job.state != "failed" or not job.folder.exists():
            return job
        return self.start(replace(job, state="waiting", stage=None, done=0, total=None, error=None))

    def job(self, id: str) -> Job:
        """A taking-in by its id. Raises H01."""
        with self._lock:
            found = self._jobs.get(id)
        if found is None:
            raise WebError("H01", what=f"reading {id[:40]}")
        return found

    def jobs(self) -> list[Job]:
        """All that are remembered, the latest first."""
        with self._lock:
            return list(self._jobs.values())[::-1]

    def close(self) -> None:
        """Ends what is being read; what was committed stays."""
        with self._lock:
            self._queue.clear()
            if self._process is not None:
                self._process.terminate()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._queue:
                    self._working = False
                    return
                job = self._jobs.get(self._queue.popleft())
            if job is not None:
                self._read(job)

    def _read(self, job: Job) -> None:
        job = self._now(replace(job, state="reading", stage="starting"))
        asked = {"paths": [str(job.folder)], "workspace": str(self.workspace.folder.absolute()), "config": self.config.as_toml()}
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "detente.pipeline.job"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf8",
            )
        except OSError as fault:
            self._now(_failed(job, DetenteError("C03", why=fault)))
            return
        with self._lock:
            self._process = process
        try:
            job = self._follow(job, process, asked)
        finally:
            process.wait()
            with self._lock:
                self._process = None
        if job.state == "reading":
            self._now(_failed(job, DetenteError("C03", why=f"the process that reads ended with {process.returncode}")))
        elif job.run is not None and not job.run["read"] and not job.run["known"]:
            self.drop(job)  # nothing in it could be read

    def _follow(self, job: Job, process: subprocess.Popen[str], asked: dict[str, Any]) -> Job:
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.close()
        except OSError:
            return job
        for line in process.stdout:
            try:
                told = json.loads(line)
            except ValueError:
                continue
            if "run" in told:
                job = self._now(replace(job, state="done", run=told["run"]))
            elif "error" in told:
                job = self._now(replace(job, state="failed", error=told["error"]))
            elif "stage" in told:
                job = self._now(replace(job, stage=told["stage"], done=told["done"], total=told["total"], words=told["words"]))
        return job

    def _now(self, job: Job) -> Job:
        with self._lock:
            self._jobs[job.id] = job
        return job


def _failed(job: Job, fault: DetenteError) -> Job:
    return replace(job, state="failed", error={"code": fault.code, "message": fault.message, "hint": fault.hint})
