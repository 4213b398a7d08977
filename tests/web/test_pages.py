"""Every page: it opens, has its twin, loads nothing from elsewhere, runs nothing inline; figures lead to their evidence."""

import html.parser
import re

import pytest

from detente.web.app import FAMILIES

PAGES = [
    "/",
    "/?watch=Peskov",
    "/search?q=consulate",
    "/search?q=Russia",
    "/search",
    "/events",
    "/events?actor=AZE&contested=1",
    "/documents",
    "/documents?silent=1",
    "/actors",
    "/actors?q=rus",
    "/actors/AZE",
    "/actors/RUS?on=2025-07-01",
    "/actors/ilham-aliyev",
    "/dyads",
    "/dyads?order=tension",
    "/dyads?of=AZE",
    "/dyads/RUS,AZE",
    "/dyads/RUS,AZE?with=AZE,ARM&since=2025-06&until=2025-07",
    "/claims",
    "/claims?speaker=RUS&stance=denies",
    "/claims/contested",
    "/network",
    "/network?months=3&until=2025-07&of=AZE",
    "/map",
    "/map?months=1&until=2025-07&type=COERCE&whole=1",
    "/api",
    "/forecast",
    "/whatif",
]


class Reader(html.parser.HTMLParser):
    """What a page loads, links to, and runs."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.inline: list[str] = []
        self.headings: list[str] = []
        self.ids: list[str] = []
        self._script = False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag in ("script", "img", "iframe", "source", "video", "audio", "embed", "input") and given.get("src"):
            self.loaded.append(given["src"])
        if tag == "link" and given.get("rel") != "alternate":
            self.loaded.append(given["href"])
        if tag == "a":
            self.links.append(given.get("href") or "")
        if tag == "style" or "style" in given or any(name.startswith("on") for name in given):
            self.inline.append(f"{tag} {given}")
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        if given.get("id"):
            self.ids.append(given["id"])
        self._script = tag == "script" and not given.get("src")

    def handle_data(self, data):
        if self._script and data.strip():
            self.inline.append(data[:80])
        self._script = False


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.text[:400])
    page = Reader()
    page.feed(answer.text)
    return answer.text, page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_and_has_its_twin(client, path):
    text, page = read(client, path)
    assert page.headings[0] in ("h1", "h2") and page.headings.count("h1") == 1
    twin = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)">', text)[1].replace("&amp;", "&")
    facts = client.get(twin)
    assert facts.status_code == 200 and facts.json()["title"]
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_and_runs_only_its_own_files(client, path):
    text, page = read(client, path)
    assert page.loaded and all(p.startswith("/") and not p.startswith("//") for p in page.loaded)
    assert page.inline == []
    assert "javascript:" not in text


def test_links_of_pages_lead_somewhere(client):
    """Every address that the pages link to within the workbench is answered: figures, evidence, charts, downloads."""
    links = set()
    for path in PAGES:
        text, page = read(client, path)
        links |= {x.split("#")[0] for x in page.links if x.startswith("/")}
        links |= {x.replace("&amp;", "&") for x in re.findall(r'data-(?:chart|peek)="([^"]+)"', text)}
    kinds = {}
    for link in sorted(links):
        kinds.setdefault(re.sub(r"[=/][^&?/=]*", "/", link), []).append(link)
    for found in kinds.values():  # a few of each shape of address
        for link in found[:2]:
            assert client.get(link).status_code == 200, link


def test_the_event_page_shows_its_evidence(client, example_workspace):
    contested = next(e for e in example_workspace[0].events() if e.contested and len(e.outlets) > 2)
    text, _ = read(client, f"/events/{contested.id}")
    mentions = {m.id: m for m in example_workspace[0].mentions() if m.id in contested.mentions}
    assert all(f"/documents/{m.document}#m-{m.id}" in text for m in mentions.values())
    assert text.count('class="k trigger"') >= len(mentions)
    assert "accounts differ" in text.lower()
    facts = client.get(f"/events/{contested.id}.json").json()
    assert {o["outlet"] for o in facts["outlets"]} == set(contested.outlets)
    assert all(p["effect"] is not None for p in facts["moved"]["pairs"])


def test_an_answer_is_linked_both_ways(client, example_workspace):
    answer = next(e for e in example_workspace[0].events() if e.answers)
    before = client.get(f"/events/{answer.id}.json").json()["answers"]
    after = client.get(f"/events/{answer.answers}.json").json()["answered_by"]
    assert before[-1]["id"] == answer.answers and answer.id in {e["id"] for e in after}


def test_the_document_page_marks_every_mention_in_place(client, example_workspace):
    workspace = example_workspace[0]
    for document in workspace.documents()[:6]:
        mentions = [m for m in workspace.mentions() if m.document == document.id]
        facts = client.get(f"/documents/{document.id}.json").json()
        told = {n["mention"]: n for p in facts["paragraphs"] for n in p["notes"]}
        assert set(told) == {m.id for m in mentions}
        marked = [(x["mentions"], x["text"]) for p in facts["paragraphs"] for x in p["pieces"] if x["mentions"]]
        for m in mentions:
            words = "".join(text for ids, text in marked if m.id in ids)
            start, end = document.from_original(m.trigger_span)
            assert words == document.text[start:end], m.id
        text = "\n".join("".join(x["text"] for x in p["pieces"]) for p in facts["paragraphs"])
        assert text.split() == document.text.split()


def test_the_original_stands_beside_a_mended_text(client, example_workspace):
    document = next(d for d in example_workspace[0].documents() if d.text != d.original)
    assert client.get(f"/documents/{document.id}.json").json()["original"] is None
    shown = client.get(f"/documents/{document.id}.json?original=1").json()["original"]
    assert " ".join(shown).split() == document.original.split()


@pytest.mark.parametrize("kind", ["svg", "png", "vl.json"])
@pytest.mark.parametrize(
    "path", ["/dyads/RUS,AZE/chart", "/dyads/RUS,AZE/chart?with=AZE,ARM", "/actors/AZE/chart", "/network/chart?of=AZE", "/map/chart"]
)
def test_charts_come_as_pictures_and_specifications(client, path, kind):
    address, _, query = path.partition("?")
    answer = client.get(f"{address}.{kind}?{query}")
    assert answer.status_code == 200
    assert answer.content[:4] == {"svg": b"<svg", "png": b"\x89PNG", "vl.json": b'{"$s'}[kind]
    assert b"http://www.w3.org" in answer.content or kind != "svg"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events/e-none", 404),
        ("/events/e-none/tellings", 404),
        ("/documents/none", 404),
        ("/documents/..%2f..%2fetc%2fpasswd", 404),
        ("/actors/nobody-of-that-name", 404),
        ("/dyads/RUS", 400),
        ("/dyads/RUS,RUS", 400),
        ("/dyads/RUS,XXX", 404),
        ("/dyads/RUS,AZE?since=2030", 422),
        ("/dyads/RUS,AZE/chart.exe", 404),
        ("/claims?at=x", 400),
        ("/network?months=5", 400),
        ("/dyads?order=up", 400),
    ],
)
def test_what_there_is_not_is_said(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert "<h1>" in answer.text and "Traceback" not in answer.text


def test_the_navigation_shows_what_is_served(client):
    _, page = read(client, "/")
    for address in ("/events", "/claims", "/actors", "/dyads", "/network", "/map", "/documents", "/api"):
        assert address in page.links
    assert len(FAMILIES) == len(set(FAMILIES))


def test_an_empty_workspace_says_what_to_do(tmp_path):
    from conftest_web import client_of

    from detente.workspace import Workspace

    client = client_of(Workspace.open(tmp_path / "empty", create=True))
    assert "detente run" in client.get("/").text
    pages = "/events /documents /actors /dyads /claims /claims/contested /network /map /search?q=xyzzyq /review /decisions"
    for path in pages.split():
        answer = client.get(path)
        assert answer.status_code == 200 and 'class="empty"' in answer.text, path
    assert "There is nothing to judge yet" in client.get("/review").text
    assert client.get("/whatif.json?who=RUS&act=COERCE&whom=AZE").json()["error"]["code"] == "S11"
    for path in ("/api/events", "/api/claims", "/api/dyads", "/api/ties", "/api/status", "/api/events.csv", "/api/events.parquet"):
        assert client.get(path).status_code == 200, path


def test_today_tells_what_is_expected_once_it_was_asked(client):
    import time

    for _ in range(300):
        if not client.get("/forecast.json").json()["waiting"]:
            break
        time.sleep(0.2)
    expected = client.get("/today.json").json()["expected"]
    assert expected and all(0 <= e["low"] <= e["probability"] <= e["high"] <= 1 for e in expected)
    assert "Expected within a week" in client.get("/").text


def test_influence_in_a_pair_is_shown_both_ways_with_its_parts(client):
    found = client.get("/dyads/RUS,AZE.json").json()["influences"]
    assert [(i["of"], i["on"]) for i in found] == [("Russia", "Azerbaijan"), ("Azerbaijan", "Russia")]
    for i in found:
        parts = {p["part"]: p for p in i["parts"]}
        assert list(parts) == ["response", "dependence", "share", "together"]
        assert all(0 <= p["low"] <= p["value"] <= p["high"] <= 1 for p in parts.values())
        assert client.get(f"/events/{i['toward'][0]}").status_code == 200
    assert "Who has influence on whom?" in client.get("/dyads/RUS,AZE").text
    chart = client.get("/dyads/RUS,AZE/influence.vl.json").json()
    assert {v["of"] for v in chart["data"]["values"]} == {"Russia on Azerbaijan", "Azerbaijan on Russia"}


def test_an_actor_shows_its_tension_and_where_it_stands(client):
    facts = client.get("/actors/AZE.json").json()
    assert facts["unrest"] and facts["positions"]
    assert all({h["code"] for h in p["own"]} == {"AZE"} and "AZE" not in {h["code"] for h in p["others"]} for p in facts["positions"])
    assert client.get("/actors/AZE/tension.svg").status_code == 200
    assert client.get("/actors/no-such-one/tension.svg").status_code == 404


def test_what_one_affair_was_like_is_one_matter_with_the_words_of_both_sides(client):
    taken = client.get("/claims/contested.json").json()["positions"]
    (raid,) = [p for p in taken if p["quality"]]
    assert {(h["code"], h["stance"], *h["words"]) for h in raid["held"]} == {("AZE", "asserts"), ("RUS", "denies", "lawful")}
    outlets = [h["actor"] for p in taken for h in p["held"] if h["code"] is None]
    page = client.get("/claims/contested").text
    assert "denies (“<bdi>lawful</bdi>”)" in page
    assert all(f"<bdi>{o}</bdi> asserts" in page and f"/actors/{o}" not in page for o in outlets)


def test_a_pair_in_a_window_without_acts_has_what_is_remembered(client):
    facts = client.get("/dyads/RUS,AZE.json?since=2025-08-12&until=2025-08-20").json()
    assert facts["now"]["value"] > 2 and any("remembered of" in n for n in facts["notes"])
    rows = client.get("/api/dyads/RUS,AZE/tension?since=2025-08-12&until=2025-08-20").json()["items"]
    assert len(rows) == 9 and all(r["tension"] is not None for r in rows)
    assert "on one act alone" in client.get("/dyads/RUS,AZE").text


def test_a_map_says_what_its_close_up_leaves_out(client):
    near, whole = (client.get(f"/map.json?{q}").json() for q in ("", "whole=1"))
    assert near["beyond"] > 0 and whole["beyond"] == 0
    assert "further away" in client.get("/map").text and "further away" not in client.get("/map?whole=1").text
