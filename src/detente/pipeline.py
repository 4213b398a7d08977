"""The main job: the stages in order, over a process pool, committed batch by batch."""

from __future__ import annotations

import datetime
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

from .config import Config
from .errors import DetenteError
from .records import Document, Event, Mention, Refusal, Run, Tie
from .workspace import Workspace

#: documents coded in this process rather than in a pool, whose start costs seconds
_SMALL = 6
#: documents read ahead, so that the remaining time is known
_AHEAD = 20_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. ``total`` is None while it is not known."""

    stage: str  # reading | coding | merging | writing
    done: int
    total: int | None
    words: int
    seconds: float


@dataclass(slots=True)
class Outcome:
    """What a run did."""

    run: Run
    events: list[Event] = field(default_factory=list)
    nothing_new: bool = False


Report = Callable[[Progress], None]
Batch = tuple[list[tuple[Document, list[Mention], list[Tie]]], list[Refusal]]


def run(paths: Sequence[str | Path], workspace: Workspace, config: Config, report: Report = lambda _: None) -> Outcome:
    """Reads, codes, merges: everything under ``paths`` that the workspace does not know yet.

    Each batch is one commit; an interrupted run leaves the batches done. Every input ends as a document or a refusal.
    """
    started = time.monotonic()
    coder = coder_fingerprint(config)
    known_inputs = workspace.inputs(coder)
    files = _files(paths, workspace)
    new = [f for f in files if known_inputs.get(str(f.absolute())) != _stamp(f)]
    record = Run(
        id=datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%fZ"),
        started=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        finished=None,
        version=package_version("detente"),
        coder=coder,
        config=config.as_toml(),
    )
    if not new:
        return Outcome(_finished(record, given=len(files), known=len(files)), workspace.events(), True)
    with workspace.writing():
        counts, refusals, silent = _read_and_code(new, workspace, config, coder, report, started)
        report(Progress("merging", 0, None, counts["words"], time.monotonic() - started))
        events = merge_workspace(workspace, config)
        finished = _finished(
            record,
            given=counts["given"] + len(files) - len(new),
            read=counts["read"],
            known=counts["known"] + len(files) - len(new),
            mentions=counts["mentions"],
            refusals=refusals,
            not_coded=silent,
        )
        workspace.append_run(finished)
    return Outcome(finished, events)


def merge_workspace(workspace: Workspace, config: Config) -> list[Event]:
    """Makes the events of a workspace anew from its mentions, old ids kept."""
    from .merging import merge

    events = merge(workspace.mentions(), workspace.documents(), config.merging, workspace.events())
    workspace.replace_events(events)
    return events


def code_documents(documents: Iterable[Document | Refusal], config: Config) -> Iterator[tuple[list[Mention], Refusal | None]]:
    """Mentions of each document in turn, in this process; refusals pass through."""
    make_coder(config)
    for document in documents:
        if isinstance(document, Refusal):
            yield [], document
            continue
        coded, refused = _code_batch([document])
        yield (coded[0][1] if coded else []), (refused[0] if refused else None)


# ---------------------------------------------------------------- inputs
def _files(paths: Sequence[str | Path], workspace: Workspace) -> list[Path]:
    from .documents import find_inputs

    return [Path(f) for f in find_inputs(paths, exclude=[workspace.folder])]


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (-1, -1)
    return stat.st_size, stat.st_mtime_ns


def coder_fingerprint(config: Config) -> str:
    """Identity of what a mention depends on; costs reading the data files, not the language model."""
    from .coding.fingerprint import fingerprint

    return fingerprint(config.knowledge.codebook, config.knowledge.directory)


# ---------------------------------------------------------------- coding
_CODER: Any = None


def make_coder(config: Config) -> Any:
    """The process's coder, made once."""
    global _CODER
    if _CODER is None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from .coding import Coder
        from .knowledge import load_codebook, load_directory
        from .language import Parser

        _CODER = Coder(
            load_directory(config.knowledge.directory), load_codebook(config.knowledge.codebook), Parser(config.language), config.coding
        )
    return _CODER


def _code_batch(documents: Sequence[Document]) -> Batch:
    coded: list[tuple[Document, list[Mention], list[Tie]]] = []
    refused: list[Refusal] = []
    for document in documents:
        try:
            found = _CODER.code(document)
        except Exception as fault:  # one document must not end the run; it is named
            refused.append(_uncodable(document, f"{type(fault).__name__}: {fault}"))
        else:
            coded.append((document, list(found.mentions), list(found.ties)))
    return coded, refused


def _uncodable(document: Document, why: str) -> Refusal:
    fault = DetenteError("L02", why=why)
    return Refusal(document.path or document.id, fault.code, fault.message, fault.hint)


def _read_and_code(
    files: Sequence[Path], workspace: Workspace, config: Config, coder: str, report: Report, started: float
) -> tuple[dict[str, int], list[Refusal], list[str]]:
    from .documents import read_one

    known = workspace.known(coder)
    counts = dict.fromkeys(("given", "read", "known", "mentions", "words"), 0)
    refusals: list[Refusal] = []
    silent: list[str] = []
    at = 0
    while at < len(files):
        documents: list[Document] = []
        inputs: list[dict[str, Any]] = []
        while at < len(files) and len(documents) < _AHEAD:
            size, mtime = _stamp(files[at])
            before = (len(documents), len(refusals))
            for found in read_one(files[at], config.documents):
                counts["given"] += 1
                if isinstance(found, Refusal):
                    refusals.append(found)
                elif found.id in known:
                    counts["known"] += 1
                else:
                    known.add(found.id)
                    documents.append(found)
            inputs.append(
                {
                    "path": str(files[at].absolute()),
                    "size": size,
                    "mtime_ns": mtime,
                    "coder": coder,
                    "documents": len(documents) - before[0],
                    "refused": len(refusals) - before[1],
                }
            )
            at += 1
            report(Progress("reading", at, len(files), 0, time.monotonic() - started))
        begun, done = time.monotonic(), 0
        for coded, refused in _coded(documents, config):
            workspace.append([d for d, _, _ in coded], [m for _, ms, _ in coded for m in ms], [t for _, _, ts in coded for t in ts], coder)
            refusals += refused
            counts["read"] += len(coded)
            counts["mentions"] += sum(len(ms) for _, ms, _ in coded)
            counts["words"] += sum(d.text.count(" ") + 1 for d, _, _ in coded)
            silent += [d.id for d, ms, _ in coded if not ms]
            done += len(coded) + len(refused)
            report(Progress("coding", done, len(documents), counts["words"], time.monotonic() - begun))
        workspace.remember(inputs)
    return counts, refusals, silent


def _coded(documents: Sequence[Document], config: Config) -> Iterator[Batch]:
    """Batches coded, in the order given."""
    workers = config.run.workers or min(4, os.cpu_count() or 1)
    if workers < 2 or len(documents) <= _SMALL:
        make_coder(config)
        size = 8
        for n in range(0, len(documents), size):
            yield _code_batch(documents[n : n + size])
        return
    size = max(1, min(config.run.batch, len(documents) // (workers * 2) or 1))
    batches = [list(documents[n : n + size]) for n in range(0, len(documents), size)]
    yield from _pooled(batches, workers, config)


def _pooled(batches: Sequence[list[Document]], workers: int, config: Config, alone: bool = False) -> Iterator[Batch]:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    context = multiprocessing.get_context("spawn")
    broken: list[list[Document]] = []
    with ProcessPoolExecutor(workers, context, make_coder_quietly, (config,)) as pool:
        waiting: list[tuple[list[Document], Future[Batch]]] = [(b, pool.submit(_code_batch, b)) for b in batches]
        for batch, future in waiting:
            try:
                yield future.result()
            except BrokenProcessPool:
                broken.append(batch)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    for batch in broken:  # a process died: each document by itself, and the one that kills again is named
        for document in batch:
            if alone:
                yield [], [_uncodable(document, "the coding process ended unexpectedly")]
            else:
                yield from _pooled([[document]], 1, config, alone=True)


def make_coder_quietly(config: Config) -> None:
    """What each process of the pool does first."""
    make_coder(config)


def _finished(record: Run, refusals: Sequence[Refusal] = (), not_coded: Sequence[str] = (), **numbers: Any) -> Run:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return replace(record, finished=now, refused=len(refusals), refusals=tuple(refusals), not_coded=tuple(not_coded), **numbers)
