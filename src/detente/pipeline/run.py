"""A run: read what is new, code it, commit it batch by batch, merge, write the brief."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

from ..config import Config
from ..records import Document, Event, Mention, Refusal, Run, Tie
from ..workspace import Workspace
from .workers import Result, coded, coder_fingerprint


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. ``total`` is None while it is not known."""

    stage: str  # coding | merging | writing
    done: int  # documents and refusals
    total: int | None
    words: int
    seconds: float  # since the first result of the stage


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. ``brief``: the page written, or the one that was there where nothing was new."""

    run: Run
    events: tuple[Event, ...]
    brief: Path
    nothing_new: bool = False


Report = Callable[[Progress], None]


def run(paths: Sequence[str | Path], workspace: Workspace, config: Config, report: Report = lambda _: None) -> Outcome:
    """Reads, codes, merges and briefs everything under ``paths`` that the workspace does not know yet.

    Every input ends as a document or a refusal: ``run.given == run.read + run.known + run.refused``. Batches of ``config.run.batch``
    documents are committed as they are done, in the order of the inputs whatever the number of processes; an interrupted run
    (``KeyboardInterrupt``) leaves what it coded, and the next one goes on from there. Files read before and unchanged are not opened
    again; refused ones are tried again. Raises :class:`~detente.errors.WorkspaceError` (W02 if another process is writing).
    """
    coder = coder_fingerprint(config)
    basis = _basis(coder, config)
    brief = workspace.folder / "brief.html"
    before = workspace.inputs(coder)
    files = _files(paths, workspace)
    new = [f for f in files if before.get(_key(f)) != _stamp(f)]
    tally = _Tally(config, coder, len(files) - len(new))
    if not new and _up_to_date(workspace, brief, basis):
        return Outcome(tally.finished(), (), brief, True)
    with workspace.writing():
        try:
            _read_and_code(new, workspace, config, tally, report)
        except KeyboardInterrupt:
            workspace.append_run(tally.record(None))
            raise
        if not tally.read and _up_to_date(workspace, brief, basis):
            return Outcome(tally.finished(), (), brief, True)
        report(Progress("merging", 0, None, tally.words, 0.0))
        events = merge_workspace(workspace, config, basis)
        finished = tally.finished()
        workspace.append_run(finished)
        report(Progress("writing", 0, None, tally.words, 0.0))
        _write_brief(workspace, config)
    return Outcome(finished, tuple(events), brief)


def _up_to_date(workspace: Workspace, brief: Path, basis: str) -> bool:
    """Whether events and brief are those of the documents, the coder and the decisions as they stand."""
    if not brief.exists() or not workspace.merged(basis):
        return False
    decisions = workspace.decisions()
    return not decisions or datetime.datetime.fromisoformat(decisions[-1].when).timestamp() <= brief.stat().st_mtime


def merge_workspace(workspace: Workspace, config: Config, basis: str | None = None) -> list[Event]:
    """Brings the events of a workspace up to its mentions: new ones join the events there are.

    Where the coder, merging or its options have changed, all are merged anew and keep their ids.
    """
    from ..merging import merge

    basis = basis or _basis(coder_fingerprint(config), config)
    afresh = not workspace.merged_with(basis)
    events = merge(workspace.mentions(), workspace.documents(), config.merging, workspace.events(), workspace.links(), afresh)
    workspace.replace_events(events, basis)
    return events


def code_documents(documents: Iterable[Document | Refusal], config: Config) -> Iterator[tuple[tuple[Mention, ...], Refusal | None]]:
    """Mentions of each document in turn, no workspace; refusals pass through."""
    passing: deque[Refusal | None] = deque()

    def readable() -> Iterator[Document]:
        for found in documents:
            if isinstance(found, Refusal):
                passing.append(found)
            else:
                passing.append(None)
                yield found

    for _, result in coded(readable(), config):
        while (refusal := passing.popleft()) is not None:
            yield (), refusal
        yield ((), result) if isinstance(result, Refusal) else (result[0], None)
    for refusal in passing:
        yield (), refusal


def _write_brief(workspace: Workspace, config: Config) -> None:
    from ..reporting import brief_data, write_brief
    from ..reporting.pages.today import keep_today

    write_brief(workspace.folder, brief_data(workspace, config), config.reporting)
    keep_today(workspace, config)


def _basis(coder: str, config: Config) -> str:
    """Identity of what events depend on beside the documents."""
    from ..merging.fingerprint import fingerprint

    options = repr((fingerprint(), dataclasses.astuple(config.merging)))
    return f"{coder}-{hashlib.blake2b(options.encode(), digest_size=4).hexdigest()}"


# ---------------------------------------------------------------- inputs
def _files(paths: Sequence[str | Path], workspace: Workspace) -> list[Path]:
    from ..documents import find_inputs

    return [Path(f) for f in find_inputs(paths, exclude=[workspace.folder])]


def _key(path: Path) -> str:
    return str(path.absolute()).encode("utf8", "surrogateescape").decode("utf8", "replace")


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except (OSError, ValueError):
        return (-1, -1)
    return stat.st_size, stat.st_mtime_ns


@dataclass(slots=True)
class _File:
    """A file while its documents are on their way."""

    path: str
    stamp: tuple[int, int]
    waiting: int = 0
    documents: int = 0
    refused: int = 0
    read_through: bool = False


@dataclass(slots=True)
class _Tally:
    """The count of a run: what was given and what came of it."""

    config: Config
    coder: str
    known: int  # files and documents
    started: str = field(default_factory=lambda: _now("seconds"))
    id: str = field(default_factory=lambda: datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%fZ"))
    read: int = 0
    mentions: int = 0
    words: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    def record(self, finished: str | None) -> Run:
        return Run(
            id=self.id,
            started=self.started,
            finished=finished,
            version=package_version("detente"),
            coder=self.coder,
            config=self.config.as_toml(),
            given=self.known + self.read + len(self.refusals),
            read=self.read,
            refused=len(self.refusals),
            known=self.known,
            mentions=self.mentions,
            refusals=tuple(self.refusals),
            not_coded=tuple(self.silent),
        )

    def finished(self) -> Run:
        return self.record(_now("seconds"))


def _now(precision: str) -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec=precision)


class _Reader:
    """Documents of files that the workspace does not know, read as they are asked for; keeps count of what else was met."""

    def __init__(self, files: Sequence[Path], known: set[str], config: Config, tally: _Tally) -> None:
        self._files = files
        self._known = known
        self._config = config
        self._tally = tally
        self._owners: deque[_File] = deque()
        self.complete: list[_File] = []  # all their documents are coded

    def __iter__(self) -> Iterator[Document]:
        from ..documents import read_one

        for path in self._files:
            file = _File(_key(path), _stamp(path))
            for found in read_one(path, self._config.documents):
                if isinstance(found, Refusal):
                    self._tally.refusals.append(found)
                    file.refused += 1
                elif found.id in self._known:
                    self._tally.known += 1
                    file.documents += 1
                else:
                    self._known.add(found.id)
                    file.documents += 1
                    file.waiting += 1
                    self._owners.append(file)
                    yield found
            file.read_through = True
            self._settle(file)

    def received(self, refused: bool) -> None:
        """The next document in order is coded."""
        file = self._owners.popleft()
        file.waiting -= 1
        if refused:
            file.documents -= 1
            file.refused += 1
        self._settle(file)

    def _settle(self, file: _File) -> None:
        # a file of which nothing could be read is tried again by the next run
        if file.read_through and not file.waiting and file.documents:
            self.complete.append(file)


def _read_and_code(files: Sequence[Path], workspace: Workspace, config: Config, tally: _Tally, report: Report) -> None:
    from ..documents import count_inputs

    if not files:
        return
    total = count_inputs(files)
    known_before = tally.known
    reader = _Reader(files, workspace.known(tally.coder), config, tally)
    batch: list[tuple[Document, Result]] = []
    begun = time.monotonic()
    try:
        for document, result in coded(reader, config):
            batch.append((document, result))
            reader.received(isinstance(result, Refusal))
            _count(tally, document, result)
            done = tally.read + tally.known - known_before + len(tally.refusals)
            report(Progress("coding", min(done, total), total, tally.words, time.monotonic() - begun))
            if len(batch) >= config.run.batch:
                _commit(workspace, batch, reader, tally)
    finally:  # also what was coded when Ctrl-C came
        _commit(workspace, batch, reader, tally)


def _count(tally: _Tally, document: Document, result: Result) -> None:
    if isinstance(result, Refusal):
        tally.refusals.append(result)
        return
    tally.read += 1
    tally.words += document.text.count(" ") + 1
    tally.mentions += len(result[0])
    if not result[0]:
        tally.silent.append(document.id)


def _commit(workspace: Workspace, batch: list[tuple[Document, Result]], reader: _Reader, tally: _Tally) -> None:
    documents: list[Document] = []
    mentions: list[Mention] = []
    ties: list[Tie] = []
    for document, result in batch:
        if not isinstance(result, Refusal):
            documents.append(document)
            mentions += result[0]
            ties += result[1]
    workspace.append(documents, mentions, ties, tally.coder)
    workspace.remember([_as_input(file, tally.coder) for file in reader.complete])
    batch.clear()
    reader.complete.clear()


def _as_input(file: _File, coder: str) -> dict[str, Any]:
    size, mtime = file.stamp
    return {
        "path": file.path,
        "size": size,
        "mtime_ns": mtime,
        "coder": coder,
        "documents": file.documents,
        "refused": file.refused,
    }
