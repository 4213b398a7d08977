"""The pages in which one works: judging, asking, adding, looking up. They open, change what they say, and refuse the rest."""

from __future__ import annotations

import io
import json
import re
import shutil
import time
import zipfile
from pathlib import Path

import polars as pl
import pytest
from conftest_web import client_of
from test_pages import read

from detente.web.intake import safe_name
from detente.workspace import Workspace

SELECT = "select+actor,+count(*)+as+n+from+events+group+by+actor+order+by+n+desc"
PAGES = [
    "/review",
    "/review?by=lot&size=3",
    "/review?mention=nobody",
    "/decisions",
    "/sql",
    f"/sql?q={SELECT}",
    "/sql?q=select+*+from+events+limit+3",
    "/codebook",
    "/codebook?q=arrest",
    "/codebook?q=173",
    "/codebook?q=xyzzy",
    "/codebook/COERCE",
    "/directory",
    "/directory?q=aliyev",
    "/directory?q=xyzzy",
    "/directory?kind=alliance",
    "/directory/AZE",
    "/directory/ilham-aliyev",
    "/add",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_work_opens_and_has_its_twin(client, path: str) -> None:
    text, page = read(client, path)
    assert page.headings.count("h1") == 1
    assert page.inline == [] and len(page.ids) == len(set(page.ids))
    assert all(p.startswith("/") and not p.startswith("//") for p in page.loaded)
    twin = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)">', text)[1].replace("&amp;", "&")
    assert client.get(twin).json()["title"]


def test_their_links_lead_somewhere(client) -> None:
    kinds: dict[str, list[str]] = {}
    for path in PAGES:
        for link in {x.split("#")[0] for x in read(client, path)[1].links if x.startswith("/")}:
            kinds.setdefault(re.sub(r"[=/][^&?/=]*", "/", link), []).append(link)
    for found in kinds.values():
        for link in sorted(found)[:2]:
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/events/e-none/judge", 404, "no event"),
        ("/codebook/WALTZ", 404, "no type"),
        ("/directory/nobody", 404, "no entry"),
        ("/add/none", 404, "no reading"),
        ("/review?by=chance", 400, "cannot be used"),
        ("/review?size=100000", 400, "cannot be used"),
        ("/sql.csv?q=drop+table+events", 400, "not answered here"),
        ("/api/sql?q=select+nope+from+events", 400, "does not run"),
        ("/api/tables/inputs.parquet", 400, "cannot be used"),
        ("/api/readings/none", 404, "no reading"),
    ],
)
def test_what_is_not_there_is_said(client, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, said in answer.text) == (status, True), answer.text[:300]


# ---------------------------------------------------------------- judging
@pytest.fixture
def own(tmp_path: Path, example_workspace):
    """A client of a workspace of its own, which may be changed."""
    shutil.copytree(example_workspace[0].folder, tmp_path / "w")
    workspace = Workspace.open(tmp_path / "w")
    return workspace, client_of(workspace)


def test_a_card_is_judged_by_a_plain_form(own) -> None:
    workspace, client = own
    card = client.get("/review.json").json()["cards"][0]
    answer = client.post("/review/judge", data={"mention": card["mention"], "verdict": "accept", "to": "/review?by=doubt"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/review?by=doubt&done=")
    assert workspace.decisions()[-1].target[0].mention == card["mention"]
    assert card["mention"] not in {c["mention"] for c in client.get("/review.json").json()["cards"]}
    page = client.get("/decisions").text
    assert ">accept<" in page and "/api/gold.zip" in page
    with zipfile.ZipFile(io.BytesIO(client.get("/api/gold.zip").content)) as packed:
        gold = [json.loads(line) for line in packed.read("gold.jsonl").splitlines()]
        assert [m["id"] for g in gold for m in g["mentions"]] == [card["mention"]]
        assert json.loads(packed.read("items.jsonl"))["id"] == gold[0]["id"]


def test_a_form_sent_as_it_stands_changes_nothing(own) -> None:
    workspace, client = own
    for card in client.get("/review.json?size=30").json()["cards"]:
        given = {k: card["fields"][k] for k in ("kind", "status", "actors", "recipients", "sources", "date", "place")}
        answer = client.post("/review/judge", data={"mention": card["mention"], "verdict": "correct", **given})
        assert answer.status_code == 400 and "changes nothing" in answer.text, (card["fields"], answer.text[:500])
    assert workspace.decisions() == []


def test_a_correction_changes_the_pages_at_once(own) -> None:
    _, client = own
    card = client.get("/review.json").json()["cards"][0]
    sent = {"mention": card["mention"], "verdict": "correct", "kind": "AID", "actors": "Uruguay", "recipients": "PRY"}
    told = client.post("/review/judge", data=sent, headers={"accept": "application/json"}).json()
    event = told["events"][-1]["id"]
    assert "Uruguay" in client.get(f"/events/{event}").text
    assert client.get("/events.json?actor=URY").json()["total"] == 1
    assert any(d["a"] in ("PRY", "URY") for d in client.get("/api/dyads?size=1000").json()["items"])
    assert client.post("/review/undo", data={"decision": "last"}).status_code == 303
    assert client.get("/events.json?actor=URY").json()["total"] == 0


def test_events_are_merged_and_split_by_forms(own) -> None:
    workspace, client = own
    event = max(workspace.events(), key=lambda e: len(e.mentions))
    page = client.get(f"/events/{event.id}/judge").text
    assert page.count('name="mention" value=') >= 3 * len(event.mentions)
    answer = client.post(f"/events/{event.id}/split", data={"mention": list(event.mentions[1:3]), "note": "another raid"})
    assert answer.status_code == 303
    one, two = [e for e in workspace.events() if set(e.mentions) & set(event.mentions)]
    assert {len(one.mentions), len(two.mentions)} == {2, len(event.mentions) - 2}
    answer = client.post(f"/events/{one.id}/merge", data={"other": two.id})
    assert answer.headers["location"].startswith(f"/events/{one.id}/judge")
    assert next(e for e in workspace.events() if e.id == one.id).mentions == event.mentions
    refused = client.post(f"/events/{one.id}/split", data={})
    assert refused.status_code == 400 and "W09" not in refused.headers


def test_the_api_judges(own) -> None:
    _, client = own
    waiting = client.get("/api/review?limit=3&by=lot").json()["mentions"]
    made = client.post("/api/judgements", json={"mention": waiting[0]["mention"], "verdict": "reject", "who": "Ada", "note": "no act"})
    assert made.status_code == 201
    (decision,) = client.get("/api/decisions").json()["decisions"]
    assert (decision["who"], decision["kind"], decision["note"]) == ("Ada", "reject", "no act")
    told = next(r for r in client.get("/api/precision").json()["precision"] if r["what"] == "told")
    assert (told["right"], told["of"]) == (0, 1)
    assert client.post("/api/undo", json={"decision": "last"}).status_code == 201
    assert client.post("/api/undo", json={"decision": "last"}).status_code == 404
    assert client.post("/api/judgements", json={"mention": "x", "verdict": "accept"}).json()["error"]["code"] == "W06"
    assert client.post("/api/judgements", json={"mention": "x", "verdict": "maybe"}).status_code == 400


def test_another_site_judges_nothing(own) -> None:
    workspace, client = own
    mention = workspace.mentions()[0].id
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert client.post("/review/judge", data={"mention": mention, "verdict": "reject"}, headers=headers).status_code == 403
    assert (
        client.post("/review/judge", data={"mention": mention, "verdict": "reject", "to": "//evil.example"})
        .headers["location"]
        .startswith("/review")
    )


def test_judging_waits_for_no_run(own, monkeypatch) -> None:
    from detente.web.routes import review

    monkeypatch.setattr(review, "PATIENCE", 0.1)
    workspace, client = own
    with workspace.writing():
        answer = client.post("/api/judgements", json={"mention": workspace.mentions()[0].id, "verdict": "accept"})
    assert answer.status_code == 409 and answer.json()["error"]["code"] == "W02"


def test_who_judges_is_remembered(own) -> None:
    workspace, client = own
    client.post("/review/who", data={"who": "Zoë"})
    client.post("/review/judge", data={"mention": workspace.mentions()[0].id, "verdict": "accept"})
    assert workspace.decisions()[-1].who == "Zoë"


# ---------------------------------------------------------------- asking
def test_sql_is_answered_and_downloaded(client) -> None:
    shown = client.get(f"/sql.json?q={SELECT}").json()["answer"]
    assert shown["columns"] == ["actor", "n"] and len(shown["rows"]) > 5
    assert client.get(f"/api/sql?q={SELECT}&limit=2").json()["more"]
    table = pl.read_parquet(io.BytesIO(client.get(f"/sql.parquet?q={SELECT}").content))
    assert table.columns == ["actor", "n"] and table.height == len(shown["rows"])
    lines = client.get(f"/sql.jsonl?q={SELECT}").text.splitlines()
    assert json.loads(lines[0])["n"] == shown["rows"][0][1]


def test_a_download_holds_no_formula(client) -> None:
    text = client.get("/sql.csv", params={"q": "select '=1+1' as f, '@x' as g, -3 as n from events limit 1"}).text
    assert text == "f,g,n\n'=1+1,'@x,-3\n"


def test_actors_are_shown_by_their_names(client) -> None:
    shown = client.get("/sql.json", params={"q": "select actors, outlets from events where actor = 'RUS,AZE' limit 1"}).json()["answer"]
    assert "; " in shown["rows"][0][0] and "{" not in shown["rows"][0][0]


@pytest.mark.parametrize(
    "query",
    [
        "drop table events",
        "create table x as select * from events",
        "select * from read_csv('/etc/passwd')",
        "SELECT * FROM \"Read_Parquet\"('/tmp/x')",
        "",
        "-- a comment\ndelete from events",
        "x" * 30_000,
    ],
)
def test_sql_only_asks(client, query: str) -> None:
    answer = client.get("/api/sql", params={"q": query})
    assert answer.status_code == 400 and answer.json()["error"]["code"] in ("W12", "H08")


def test_a_query_is_saved_and_forgotten(own) -> None:
    _, client = own
    assert client.post("/sql/save", data={"q": "select 1 as a", "name": "<b>one</b>"}).status_code == 303
    assert client.get("/sql.json").json()["saved"] == [{"name": "<b>one</b>", "query": "select 1 as a"}]
    assert "<b>one</b>" not in client.get("/sql").text
    assert client.post("/sql/save", data={"q": "drop table events", "name": "two"}).status_code == 400
    client.post("/sql/forget", data={"name": "<b>one</b>"})
    assert client.get("/api/queries").json() == {"queries": []}


# ---------------------------------------------------------------- adding
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.txt", "report.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\r.html", "r.html"),
        (".hidden", "hidden"),
        ("..", "document"),
        ("", "document"),
        ("a\x00b\u202etxt.exe", "abtxt.exe"),
        ("naïve – статья.txt", "naïve _ статья.txt"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_names_of_files_sent_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_name_taken_is_given_a_number() -> None:
    assert safe_name("A.txt", ("a.txt",)) == "A (2).txt"


def finished(client, id_: str) -> dict:
    for _ in range(600):
        job = client.get(f"/api/readings/{id_}").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.1)
    raise AssertionError(job)


def test_documents_are_added_and_read(own) -> None:
    workspace, client = own
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("big.txt", b"A " * 30_000_000)
    story = b"Police in Tbilisi arrested two Uruguayan journalists on 3 July 2025."
    sent = client.post(
        "/add",
        files=[("files", ("../up.txt", story)), ("files", ("b.zip", packed.getvalue()))],
        data={"text": "Baku expelled two Uruguayan diplomats on Monday.", "published": "2025-07-04", "outlet": "Test Wire"},
    )
    assert sent.status_code == 303
    address = sent.headers["location"]
    assert client.get(address).status_code == 200
    job = finished(client, address.rsplit("/", 1)[-1])
    assert (job["state"], job["run"]["read"], job["run"]["refused"]) == ("done", 2, 1), job
    assert job["run"]["refusals"][0]["path"] == "b.zip!big.txt"
    assert not (workspace.folder.parent / "up.txt").exists()
    page = client.get(address).text
    assert "Test Wire" in page and "unpacked more than" in page
    assert client.get("/events.json?recipient=URY").json()["total"] >= 1
    assert any(d.outlet == "Test Wire" and d.published == "2025-07-04" for d in workspace.documents())


def test_too_much_is_not_taken_in(own, monkeypatch) -> None:
    from detente.web import intake
    from detente.web.routes import add

    monkeypatch.setattr(intake, "MOST_BYTES", 1000)
    monkeypatch.setattr(add, "MOST_BYTES", 1000)
    monkeypatch.setattr(add, "_ENVELOPE", 500)
    workspace, client = own
    for size in (1200, 5000):
        answer = client.post("/add", files={"files": ("a.txt", b"x" * size)})
        assert answer.status_code == 413, size
    assert client.post("/add", data={}).status_code == 400
    assert list((workspace.folder / "added").glob("*/*")) == []
