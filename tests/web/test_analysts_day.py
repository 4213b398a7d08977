"""A day's work in a real browser: open, filter, drill to the sentence, correct a mention, see the figure change, compare, suppose."""

from __future__ import annotations

import re
import shutil

import pytest
from browsing import browser, serving, settled, watched

from detente.workspace import Workspace

#: every page that there is; those of the second line have what differs in the dark
PAGES = """/events/ONCE/judge /documents /actors /dyads /claims/contested /network /map /search?q=Turkey /directory/RUS
/ /events?size=10 /events/EVENT /documents/DOCUMENT /dyads/RUS,AZE /claims?speaker=dmitry-peskov /review?size=2 /sql?q=select+1+as+a
/whatif?who=RUS&act=COERCE&whom=Nobodyland /actors/AZE /decisions /codebook?q=arrest /directory?q=peskov /add /api /nowhere""".split()
IN_THE_DARK = PAGES[9:17]
#: axe looks closely at what is wrong alone
ONLY_FAULTS = {"resultTypes": ["violations"]}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: adds up what moves on a page without being asked
MOVED = """window.moved = 0;
new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.moved += e.value; })
  .observe({type: 'layout-shift', buffered: true});"""


@pytest.fixture(scope="module")
def desk(example_workspace, tmp_path_factory):
    folder = tmp_path_factory.mktemp("day") / "caucasus"
    shutil.copytree(example_workspace[0].folder, folder)
    workspace = Workspace.open(folder)
    with browser() as chromium, serving(workspace) as base:
        yield chromium, base, workspace


def told_widely(workspace):
    """The event that most outlets tell of."""
    return max(workspace.events(), key=lambda e: (len(e.outlets), len(e.mentions)))


def told_once(workspace):
    """An event between Russia and Azerbaijan that one mention tells."""
    pair = {"RUS", "AZE"}
    alone = [e for e in workspace.events() if len(e.mentions) == 1 and e.status == "happened"]
    return next(e for e in alone if {a.code for a in e.actors} | {a.code for a in e.recipients} == pair)


def test_an_analysts_day(desk):
    chromium, base, workspace = desk
    page = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True).new_page()
    wrong = watched(page, base)

    page.goto(base)  # in the morning: what is new
    assert page.get_by_role("heading", name="Today").is_visible()
    page.keyboard.press("g")
    page.keyboard.press("e")
    page.wait_for_url("**/events")

    everything = page.locator(".sum strong").inner_text()
    page.locator(".facet", has_text="Who acts").get_by_role("link", name=re.compile("^Azerbaijan")).click()
    page.wait_for_url("**/events?actor=AZE")
    assert page.locator(".sum strong").inner_text() != everything
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("o")  # unfold the second row: its tellings come
    page.locator(".row.at .telling").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/e*")
    page.get_by_role("link", name="in its document").first.click()  # down to the sentence
    page.wait_for_url("**/documents/**")
    marked = page.locator(":target")
    assert marked.is_visible() and "trigger" in marked.get_attribute("class")

    page.goto(f"{base}/dyads/RUS,AZE")  # the figure, before
    settled(page)
    page.locator("figure[data-chart] svg").first.wait_for()
    before = int(re.sub(r"\D", "", page.locator("section[aria-label=Events] .passed a").inner_text()))
    page.goto(f"{base}/events/{told_once(workspace).id}/judge")
    page.keyboard.press("j")
    page.keyboard.press("r")  # no such act is told here
    for _ in range(60):
        page.goto(f"{base}/dyads/RUS,AZE")
        after = int(re.sub(r"\D", "", page.locator("section[aria-label=Events] .passed a").inner_text()))
        if after != before:
            break
        page.wait_for_timeout(500)
    assert after == before - 1  # the figure follows

    page.fill('input[name="with"]', "AZE,ARM")  # compare
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**with=**")
    settled(page)
    assert page.locator('input[name="with"][checked]').count() == 1

    page.keyboard.press("/")
    page.keyboard.type("consulate")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=consulate")
    assert page.locator("[data-row]").count() > 0

    page.goto(f"{base}/events?actor=AZE")
    with page.expect_download() as given:
        page.get_by_role("link", name="CSV").click()
    assert given.value.path().read_text("utf8").startswith("id,date,actors")

    page.goto(f"{base}/whatif")  # run a scenario
    page.fill('input[name="who"]', "AZE")
    page.select_option('select[name="act"]', "SUPPORT")
    page.fill('input[name="whom"]', "ARM")
    page.fill('input[name="on"]', "2025-08-20")
    page.locator("form.bar").first.locator('input[name="watch"]').fill("RUS,AZE")
    page.locator("form.bar").first.get_by_role("button", name="Ask").click()
    page.locator(".verdictbox").wait_for(timeout=120_000)  # the page comes back by itself
    assert re.search("raises|lowers|not distinguishable", page.locator("main").inner_text())

    page.locator("[data-help]").wait_for()  # the page that came back hears keys
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert wrong == []


def test_every_page_is_accessible_and_fits(desk):
    """All rules in light, contrast again in the dark, no sideways scrolling on a telephone: one visit a page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    chromium, base, workspace = desk
    event = told_widely(workspace)
    # axe is put into the page by the test itself, past the page's own rule that nothing is
    page = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light", bypass_csp=True).new_page()
    faults = []
    names = {"EVENT": event.id, "ONCE": told_once(workspace).id, "DOCUMENT": event.documents[0]}
    pages, dark = ([re.sub("[A-Z]{4,8}(?=$|/)", lambda m: names.get(m[0], m[0]), p) for p in some] for some in (PAGES, IN_THE_DARK))
    for path in pages:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(base + path)
        settled(page)
        found = axe.Axe().run(page, options={"runOnly": RULES, **ONLY_FAULTS}).response["violations"]
        if path in dark:
            page.emulate_media(color_scheme="dark")
            settled(page)
            contrast = {"type": "rule", "values": ["color-contrast"]}
            found += axe.Axe().run(page, options={"runOnly": contrast, **ONLY_FAULTS}).response["violations"]
        for v in found:
            faults += [f"{path}: {v['id']} {n['html'][:140]} {[c['message'][:140] for c in n['any'][:1]]}" for n in v["nodes"][:2]]
        page.set_viewport_size({"width": 390, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            faults.append(f"{path}: {wide} pixels too wide")
    assert faults == []


def test_reading_works_without_scripts(desk):
    chromium, base, _ = desk
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(20_000)
    page.goto(base + "/events")
    page.locator(".facet", has_text="Status").get_by_role("link", name=re.compile("^denied")).click()
    assert page.locator(".row").count() and page.locator(".row .status.denied").count() == page.locator(".row").count()
    page.locator(".row .title").first.click()
    assert page.locator(".telling").count()
    page.goto(base + "/dyads/RUS,AZE")
    picture = page.locator("figure.chart img").first
    assert picture.is_visible() and picture.evaluate("i => i.complete || true")
    page.goto(base + "/network")
    assert page.locator("table tbody tr").count() > 5


def test_nothing_jumps_while_a_page_loads(desk):
    chromium, base, _ = desk
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    for path in ("/dyads/RUS,AZE", "/map"):
        page.add_init_script(MOVED)
        page.goto(base + path)
        settled(page)
        page.wait_for_timeout(200)
        assert page.evaluate("window.moved") < 0.05, path


def test_what_is_printed_fills_the_paper(desk):
    chromium, base, _ = desk
    page = chromium.new_context(viewport={"width": 1040, "height": 900}).new_page()
    page.emulate_media(media="print")
    for path, row in (("/events?size=3", ".row"), ("/claims", ".claim")):
        page.goto(base + path)
        assert page.locator(row).first.bounding_box()["width"] > 900
        assert not page.locator(".top, .side, .facets, button").locator("visible=true").count()
