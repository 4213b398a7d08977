"""An analyst judges with the keyboard and sees the figures change."""

from __future__ import annotations

import contextlib
import shutil
import threading
import time

import pytest

from detente.web import ServeOptions, create_app
from detente.workspace import Workspace

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect
expect.set_options(timeout=20_000)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@contextlib.contextmanager
def served(workspace: Workspace):
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(create_app(workspace, ServeOptions()), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def desk(tmp_path_factory, example_workspace):
    folder = tmp_path_factory.mktemp("browser") / "w"
    shutil.copytree(example_workspace[0].folder, folder)
    with served(Workspace.open(folder)) as address:
        yield address, Workspace.open(folder)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def page(browser):
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(20_000)
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda line: faults.append(line.text) if line.type == "error" and "status of 400" not in line.text else None)
    yield opened
    assert faults == []
    opened.close()


def test_a_mention_is_corrected_by_keyboard_and_the_figure_changes(page, desk) -> None:
    address, workspace = desk
    page.goto(f"{address}/events?recipient=URY")
    assert page.locator("li.row").count() == 0
    page.goto(f"{address}/review")
    page.wait_for_selector("[data-card].at")
    first = page.locator("[data-card].at").get_attribute("id")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator("[data-card].at").get_attribute("id") == first
    page.keyboard.press("c")
    field = page.locator("[data-card].at input[name=recipients]")
    field.fill("Uruguay")
    field.press("Enter")
    page.wait_for_selector(".card.done")
    assert "Corrected" in page.locator(".card.done").inner_text()
    assert page.locator("[data-card].at").get_attribute("id") != first  # the next one is asked about
    expect(page.locator("[data-measured]")).to_contain_text("1 corrected")
    page.goto(f"{address}/events?recipient=URY")
    assert page.locator("li.row").count() == 1
    page.goto(f"{address}/review")
    page.wait_for_selector("[data-card].at")
    page.keyboard.press("u")
    page.wait_for_url("**done=**")
    page.goto(f"{address}/events?recipient=URY")
    assert page.locator("li.row").count() == 0
    assert [d.kind for d in workspace.decisions()] == ["correct", "undo"]


def test_mentions_are_rejected_and_accepted_by_a_key_each(page, desk) -> None:
    address, workspace = desk
    before = len(workspace.decisions())
    page.goto(f"{address}/review?by=doubt")
    page.wait_for_selector("[data-card].at")
    page.keyboard.press("r")
    page.wait_for_selector(".card.done")
    page.keyboard.press("a")
    expect(page.locator(".card.done")).to_have_count(2)
    assert [d.kind for d in workspace.decisions()[before:]] == ["reject", "accept"]
    page.locator(".card.done button").last.click()
    expect(page.locator(".card.done")).to_have_count(1)
    assert workspace.decisions()[-1].kind == "undo"


def test_what_cannot_be_saved_is_said_in_place(page, desk) -> None:
    address, _ = desk
    page.goto(f"{address}/review")
    page.wait_for_selector("[data-card].at")
    page.keyboard.press("c")
    place = page.locator("[data-card].at input[name=place]")
    place.fill("Qwxyz")
    place.press("Enter")
    said = page.wait_for_selector(".fault")
    assert "Qwxyz" in said.inner_text()
