"""A served workbench and a real browser, for tests; skipped where there is none."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from detente.web import create_app

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("DETENTE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
#: no name of another machine is found
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


@contextmanager
def serving(workspace: Any) -> Iterator[str]:
    """The workbench at an address of this machine."""
    import uvicorn

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(workspace), log_level="error"))
    thread = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium, without a network."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as p:
        started = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield started
        finally:
            started.close()


def watched(page: Any, base: str) -> list[str]:
    """What goes wrong in a page from now on: faults, refused scripts and styles, requests to elsewhere, dialogs."""
    wrong: list[str] = []
    page.on("pageerror", lambda e: wrong.append(f"fault: {e}"))
    page.on("console", lambda m: wrong.append(f"{m.type}: {m.text}") if m.type == "error" else None)
    page.on("request", lambda r: wrong.append(f"elsewhere: {r.url}") if not r.url.startswith((base, "data:", "blob:")) else None)
    page.on("dialog", lambda d: (wrong.append(f"dialog: {d.message}"), d.dismiss()))
    page.set_default_timeout(20_000)
    return wrong


#: a chart out of sight may wait; the others must have ended
DRAWN = """[...document.querySelectorAll('figure[data-chart]')].every(f => {
  if (['drawn', 'failed'].includes(f.dataset.state)) return true;
  const box = f.getBoundingClientRect();
  return f.dataset.state === 'waiting' && (box.top > innerHeight || box.bottom < 0 || !box.height);
})"""


def settled(page: Any) -> None:
    """Waits until no chart is being drawn and those in sight are done, well or badly."""
    for _ in range(400):
        if page.evaluate(DRAWN):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"a chart of {page.url} is not drawn")
