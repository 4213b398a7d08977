"""The watch list on Today and elsewhere; the form of What if; events that are no longer; both sides of what is disputed."""

import shutil

import pytest
from conftest_web import client_of

from detente.workspace import Workspace


@pytest.fixture(scope="module")
def own(tmp_path_factory, example_workspace):
    folder = tmp_path_factory.mktemp("watch") / "w"
    shutil.copytree(example_workspace[0].folder, folder)
    return Workspace.open(folder), client_of(Workspace.open(folder))


def test_who_is_watched_stands_on_the_first_page(own) -> None:
    workspace, client = own
    assert client.post("/watch", data={"what": "RUS,AZE", "to": "/dyads/RUS,AZE"}).headers["location"] == "/dyads/RUS,AZE"
    assert client.post("/watch", data={"what": "Dmitry Peskov", "to": "//evil.example"}).headers["location"] == "/"
    facts = client.get("/today.json").json()
    dyad, actor = facts["watching"]
    assert (dyad["key"], dyad["line"]["tension"] is not None, dyad["new"] > 0) == ("AZE,RUS", True, True)
    assert [p["name"] for p in actor["parties"]] == ["Dmitry Peskov"]
    assert {c["speaker"] for c in facts["claims"]} == {"Dmitry Peskov"}
    assert all({"RUS", "AZE"} <= {a["code"] for a in e["actors"] + e["recipients"]} or "Peskov" in str(e) for e in facts["of_watched"])
    page = client.get("/").text
    assert "Of those you watch" in page and 'aria-label="Stop watching Azerbaijan – Russia"' in page
    assert "Watched: stop" in client.get("/dyads/AZE,RUS").text and "Watched: stop" not in client.get("/dyads/AZE,ARM").text
    assert client.post("/watch", data={"what": "AZE,RUS", "stop": "true"}).status_code == 303
    assert [w["key"] for w in client.get("/today.json").json()["watching"]] == ["dmitry-peskov"]
    assert [w.watched for w in workspace.watches()] == [True, True, False]


def test_the_list_by_program(own) -> None:
    _, client = own
    made = client.post("/api/watches", json={"what": "IRN", "who": "Ada", "note": "talks"})
    assert (made.status_code, made.json()["key"], made.json()["note"]) == (201, "IRN", "talks")
    listed = client.get("/api/watches").json()
    assert "IRN" in [w["key"] for w in listed["items"]] and listed["history"][-1]["who"] == "Ada"
    refused = client.post("/api/watches", json={"what": "ISR", "stop": True})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "W13")
    foreign = {"x-detente-client": "", "origin": "http://evil.example"}
    assert client.post("/api/watches", json={"what": "IRN"}, headers=foreign).status_code == 403


@pytest.mark.parametrize(
    ("query", "code", "kept"),
    [
        ("who=AZE&act=SUPPORT&whom=Nobodyland&on=2025-08-20", "S02", 'value="Nobodyland"'),
        ("who=AZE&act=COERCE/arrest&whom=ARM&on=yesterday", "S06", 'value="COERCE/arrest" selected'),
        ("assumed=RUS+WALTZ+AZE&watch=RUS,AZE&weeks=26", "S04", 'value="RUS WALTZ AZE"'),
        ("assumed=RUS+COERCE+AZE&watch=RUS", "C02", 'value="RUS COERCE AZE"'),
        ("how=had+not+come&who=RUS&act=COERCE&whom=AZE", "S06", "<option selected>had not come</option>"),
    ],
)
def test_what_cannot_be_supposed_stays_in_the_form(client, query: str, code: str, kept: str) -> None:
    answer = client.get(f"/whatif?{query}")
    assert 400 <= answer.status_code < 500
    assert f"[{code}]" in answer.text and 'role="alert"' in answer.text and kept in answer.text
    assert client.get(f"/whatif.json?{query}").json()["error"]["code"] == code


def test_acts_are_put_together(client) -> None:
    facts = client.get("/whatif.json?assumed=RUS+COERCE+AZE&who=AZE&act=COERCE/arrest&whom=Russia&on=2025-09-01&add=1").json()
    assert facts["given"]["assumed"] == "RUS COERCE AZE; AZE COERCE Russia mode=arrest on 2025-09-01"
    assert facts["found"] is None and not facts["waiting"]
    page = client.get("/whatif?how=had+not+come&who=RUS&act=COERCE&whom=AZE&on=2025-06-27&add=1").text
    assert 'value="without RUS COERCE AZE on 2025-06-27"' in page


def test_an_event_that_was_merged_leads_to_where_its_tellings_are(own) -> None:
    workspace, client = own
    first, second = (e.id for e in workspace.events()[:2])
    assert client.post(f"/events/{first}/merge", data={"other": second}).status_code == 303
    for path in ("/events/{}", "/events/{}.json", "/events/{}/judge", "/api/events/{}", "/events/{}/tellings"):
        answer = client.get(path.format(second))
        assert (answer.status_code, answer.headers["location"]) == (302, f"{path.format(first)}?was={second}")
    assert "no event of its own any more" in client.get(f"/events/{first}?was={second}").text
    assert client.get("/events/e-never").status_code == 404


def test_both_sides_of_a_disputed_quality_are_shown(client) -> None:
    matters = client.get("/claims/contested.json").json()["matters"]
    quality = [d for m in matters for d in m["sides"] if d["name"].startswith("quality:")]
    assert quality and all(len(d["sides"]) > 1 for d in quality)
    assert all(s["outlets"] and s["tellings"] for d in quality for s in d["sides"])
    matter = next(m for m in matters if any(d["name"].startswith("quality:") for d in m["sides"]))
    page = client.get(f"/events/{matter['id']}").text
    assert "Accounts differ on whether it was" in page
    assert all(s["says"][1:] in page for d in matter["sides"] if d["name"].startswith("quality:") for s in d["sides"])
