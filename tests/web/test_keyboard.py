"""Every page by keyboard alone: what is reached is seen, nothing holds it fast, and the keys do what the help says."""

from __future__ import annotations

import pytest
from browsing import browser, serving, settled

PAGES = """/ /events?size=8 /events/EVENT /documents/DOCUMENT /dyads/RUS,AZE /network /review /sql?q=select+1+as+a /whatif /add""".split()
#: where the keyboard is: what it is on, whether that is in sight, and whether it is set off from the rest
AT = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  window.stops ??= new Map();
  if (!window.stops.has(e)) window.stops.set(e, window.stops.size);
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {stop: window.stops.get(e), what: e.outerHTML.slice(0, 120), seen,
    ringed: style.outlineStyle !== 'none' && style.outlineWidth !== '0px'};
}"""


@pytest.fixture(scope="module")
def page(example_workspace):
    with browser() as chromium, serving(example_workspace[0]) as base:
        made = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=base, reduced_motion="reduce").new_page()
        made.set_default_timeout(20_000)
        yield made


@pytest.fixture(scope="module")
def pages(example_workspace):
    event = max(example_workspace[0].events(), key=lambda e: len(e.outlets))
    return [p.replace("EVENT", event.id).replace("DOCUMENT", event.documents[0]) for p in PAGES]


def steps(page, key: str, most: int) -> list:
    """Where the keyboard goes in at most so many steps; it ends where it leaves the page."""
    found = []
    for _ in range(most):
        page.keyboard.press(key)
        at = page.evaluate(AT)
        if at is None:
            break
        found.append(at)
    return found


def faults_of(page, path: str, first: bool) -> list[str]:
    """What is wrong for somebody who comes to a page with the keyboard: from its begin, past its navigation, and from its end."""
    page.goto(path)
    settled(page)
    page.evaluate("document.activeElement.blur()")
    ways = [steps(page, "Tab", 24)] if first else []
    page.evaluate("document.querySelector('.skip').focus()")
    page.keyboard.press("Enter")
    ways.append(steps(page, "Tab", 10))
    page.evaluate("document.querySelector('.end a').focus()")
    ways.append(steps(page, "Shift+Tab", 6))
    faults = []
    for way in ways:
        stops = [at["stop"] for at in way]
        if len(set(stops)) < len(stops):
            faults.append(f"{path}: held fast at {way[-1]['what']}")
        faults += [f"{path}: out of sight: {at['what']}" for at in way if not at["seen"]]
        faults += [f"{path}: no mark at {at['what']}" for at in way if not at["ringed"]]
    return faults


def test_what_the_keyboard_reaches_is_seen_and_lets_it_go(page, pages):
    assert [f for n, path in enumerate(pages) for f in faults_of(page, path, n == 0)] == []


def test_the_keys_of_the_help_do_what_it_says(page):
    page.goto("/events?size=8")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the navigation
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("jk?")  # what is typed is text
    assert page.input_value("#search") == "jk?"
    assert page.locator("[data-row].at").count() == 0
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") != "search"
    at = []
    for key in ("j", "j", "k", "k", "k"):  # not past the first
        page.keyboard.press(key)
        at.append(page.evaluate("[...document.querySelectorAll('[data-row]')].indexOf(document.querySelector('[data-row].at'))"))
    assert at == [0, 1, 0, 0, 0]
    assert page.evaluate("document.activeElement.closest('[data-row].at') !== null")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("j")  # keys rest while the help is open
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert page.evaluate("document.activeElement.closest('[data-row].at') !== null")  # back where one was
    page.keyboard.press("n")
    page.wait_for_url("**at=**")
    page.keyboard.press("p")
    page.locator("body:not(:has(a[rel=prev])) a[rel=next]").wait_for()  # the first page again
    page.wait_for_load_state()
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/review")
    page.keyboard.press("j")
    page.keyboard.press("c")  # the form of the mention opens, and its first field has the keyboard
    page.locator(".correct[open] select:focus").wait_for()


def test_what_is_marked_in_a_document_explains_itself(page, pages):
    page.goto(next(p for p in pages if p.startswith("/documents/")))
    mark = page.locator("a.k.trigger").first
    mark.focus()
    tip = page.locator(".tip:visible")
    assert "Coded so: in the codebook as" in tip.inner_text()
    assert mark.get_attribute("aria-describedby") == tip.get_attribute("id")
    page.keyboard.press("Escape")
    assert not tip.count()
