"""What takes longer than a page may: begun beside, asked for again until it is there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from typing import Any


class Slow:
    """Work by key, one at a time; what failed is begun anew by the next question."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "detente-slow")
        self._begun: dict[Hashable, tuple[Future[Any], float]] = {}
        self._lock = threading.Lock()

    def ask(self, key: Hashable, make: Callable[[], Any], patience: float = 0.6) -> tuple[bool, Any]:
        """Whether it is done, and what it is, or, where it is not, for how many seconds it has been asked for; waits ``patience`` seconds.

        Raises what ``make`` raises.
        """
        with self._lock:
            if key not in self._begun:
                if len(self._begun) > 20:
                    self._begun = {k: f for k, f in self._begun.items() if not f[0].done()}
                self._begun[key] = self._pool.submit(make), time.monotonic()
            future, since = self._begun[key]
        try:
            return True, future.result(timeout=patience)
        except Late:
            return False, round(time.monotonic() - since)
        finally:
            if future.done():
                with self._lock:
                    if self._begun.get(key, (None,))[0] is future:
                        del self._begun[key]
