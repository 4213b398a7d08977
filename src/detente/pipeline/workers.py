"""Documents coded, in order: in this process where they are few, else over processes that each load the model once.

A document that makes the coder fail, or a process that dies, costs that document alone: it becomes a refusal.
"""

from __future__ import annotations

import itertools
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..config import Config
from ..errors import DetenteError
from ..records import Document, Mention, Refusal, Tie

if TYPE_CHECKING:
    from ..coding import Coder

#: (mentions, ties) of a document, or why it could not be coded
Result = tuple[tuple[Mention, ...], tuple[Tie, ...]] | Refusal

#: fewer documents than this are coded in this process: a pool takes seconds to start
_FEW = 24
#: a task of a process: at most so many documents, at most about so many characters
_TASK_DOCUMENTS, _TASK_CHARACTERS = 8, 150_000
#: tasks in flight for each process; more only costs memory
_AHEAD = 3


def coder_fingerprint(config: Config) -> str:
    """Identity of what a mention depends on; costs reading the data files, not the language model."""
    from ..coding.fingerprint import fingerprint

    return fingerprint(config.knowledge.codebook, config.knowledge.directory)


_MADE: dict[Any, Coder] = {}


def make_coder(config: Config) -> Coder:
    """The process's coder for a configuration; the last one made is kept.

    Raises :class:`~detente.errors.KnowledgeError` or :class:`~detente.errors.LanguageError`.
    """
    key = (config.knowledge, config.language, config.coding)
    if key not in _MADE:
        # spaCy's small matrices are slower on many threads, and each process of a pool has one core
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from ..coding import Coder
        from ..knowledge import load_codebook, load_directory
        from ..language import Parser

        _MADE.clear()
        directory, codebook = load_directory(config.knowledge.directory), load_codebook(config.knowledge.codebook)
        _MADE[key] = Coder(directory, codebook, Parser(config.language), config.coding)
    return _MADE[key]


def coded(documents: Iterable[Document], config: Config) -> Iterator[tuple[Document, Result]]:
    """Each document with what was coded in it, in the order given. ``documents`` is read little by little, as results are taken."""
    rest = iter(documents)
    head = list(itertools.islice(rest, _FEW))
    workers = config.run.workers or min(4, os.cpu_count() or 1)
    if workers < 2 or len(head) < _FEW:
        yield from _here(itertools.chain(head, rest), config)
        return
    with _Crew(workers, config) as crew:
        if crew.starts():
            yield from crew.work(_tasks(itertools.chain(head, rest)))
            return
    warnings.warn("The processes that code could not be started; one process codes, which takes longer.", RuntimeWarning, stacklevel=2)
    yield from _here(itertools.chain(head, rest), config)


def _here(documents: Iterable[Document], config: Config) -> Iterator[tuple[Document, Result]]:
    coder: Coder | None = None
    for document in documents:
        coder = coder or make_coder(config)
        yield document, _code(coder, document)


def _code(coder: Coder, document: Document) -> Result:
    try:
        found = coder.code(document)
    except Exception as fault:  # one document must not end the run; it is named
        return _uncodable(document, f"{type(fault).__name__}: {fault}"[:300])
    return tuple(found.mentions), tuple(found.ties)


def _uncodable(document: Document, why: str) -> Refusal:
    fault = DetenteError("L02", why=why)
    return Refusal(document.path or document.id, fault.code, fault.message, fault.hint)


def _tasks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    task: list[Document] = []
    characters = 0
    for document in documents:
        task.append(document)
        characters += len(document.text)
        if len(task) >= _TASK_DOCUMENTS or characters >= _TASK_CHARACTERS:
            yield task
            task, characters = [], 0
    if task:
        yield task


class _Crew:
    """The processes that code. One that dies is replaced, and what it held is coded again, document by document."""

    def __init__(self, workers: int, config: Config) -> None:
        self._workers = workers
        self._config = config
        self._pool = self._made(workers)
        self._careful: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for pool in (self._pool, self._careful):
            if pool is not None:
                _end(pool, at_once=kind is not None)

    def _made(self, workers: int) -> ProcessPoolExecutor:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin, (self._config,))

    def starts(self) -> bool:
        """Whether processes can be started here at all (not from a script without a main guard, nor without memory).

        Raises what making the coder raises.
        """
        try:
            with _deaf_to_interrupts():
                first = self._pool.submit(_ready)
            first.result()
        except (BrokenProcessPool, OSError):
            return False
        return True

    def work(self, tasks: Iterator[list[Document]]) -> Iterator[tuple[Document, Result]]:
        """Every document of the tasks with its result, in order."""
        waiting: deque[tuple[list[Document], ProcessPoolExecutor, Future[list[Result]] | None]] = deque()
        while True:
            while len(waiting) < self._workers * _AHEAD and (task := next(tasks, None)) is not None:
                waiting.append((task, self._pool, self._submit(task)))
            if not waiting:
                return
            task, pool, future = waiting.popleft()
            try:
                if future is None:
                    raise BrokenProcessPool
                results = future.result()
            except BrokenProcessPool:
                if pool is self._pool:
                    _end(pool, at_once=True)
                    self._pool = self._made(self._workers)
                results = self._by_itself(task)
            yield from zip(task, results, strict=True)

    def _submit(self, task: list[Document]) -> Future[list[Result]] | None:
        try:
            with _deaf_to_interrupts():
                return self._pool.submit(_code_task, task)
        except BrokenProcessPool:  # told when its turn comes
            return None

    def _by_itself(self, task: list[Document]) -> list[Result]:
        """A task whose process died: again in a process of its own, and if that dies too, each document in one."""
        try:
            return self._alone(task)
        except BrokenProcessPool:
            return [self._surely(document) for document in task]

    def _surely(self, document: Document) -> Result:
        try:
            return self._alone([document])[0]
        except BrokenProcessPool:
            return _uncodable(document, "the process that coded it died")

    def _alone(self, task: list[Document]) -> list[Result]:
        if self._careful is None:
            self._careful = self._made(1)
        try:
            with _deaf_to_interrupts():
                future = self._careful.submit(_code_task, task)
            return future.result()
        except BrokenProcessPool:
            _end(self._careful, at_once=True)
            self._careful = None
            raise


def _end(pool: ProcessPoolExecutor, at_once: bool) -> None:
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=not at_once, cancel_futures=True)
    if at_once:
        for process in processes:
            process.terminate()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started meanwhile ignore Ctrl-C: it reaches the whole group, and the first process alone answers it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# ---------------------------------------------------------------- in the processes
_FAULT: Exception | None = None
_CODER: Coder | None = None


def _begin(config: Config) -> None:
    """What each process of the pool does first. A fault is kept and raised by the tasks: a pool tells nothing of its beginners' faults."""
    global _CODER, _FAULT
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _CODER = make_coder(config)
    except Exception as fault:
        _FAULT = fault


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _ready() -> None:
    if _FAULT is not None:
        raise _FAULT


def _code_task(task: list[Document]) -> list[Result]:
    _ready()
    assert _CODER is not None
    return [_code(_CODER, document) for document in task]
