"""The chronology: facets, pages, words, the JSON twin."""

import re

import pytest


def ids(page):
    return [e["id"] for e in page["events"]]


def test_the_page_and_its_twin_show_the_same(client):
    page = client.get("/events?size=20")
    twin = client.get("/events.json?size=20").json()
    assert re.findall(r'href="/events/(e[^"]+)" data-open', page.text) == ids(twin)
    assert "/events.json?size=20" in page.text


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("actor=AZE", lambda e: "AZE" in {a["code"] for a in e["actors"]}),
        ("actor=azerbaijan", lambda e: "AZE" in {a["code"] for a in e["actors"]}),
        ("status=denied", lambda e: e["status"] == "denied"),
        ("type=accuse", lambda e: e["type"] == "ACCUSE"),
        ("type=ACCUSE&type=REJECT", lambda e: e["type"] in ("ACCUSE", "REJECT")),
        ("contested=1", lambda e: e["contested"]),
        ("since=2025-07&until=2025-07", lambda e: e["date"].startswith("2025-07")),
        ("either=RUS&either=AZE", lambda e: {"RUS", "AZE"} <= {a["code"] for a in e["actors"] + e["recipients"]}),
        ("q=consulate", lambda e: "consulate" in "".join(p["text"] for p in e["excerpt"]).lower() or e["mentions"] > 0),
    ],
)
def test_facets_choose(client, query, holds):
    found = client.get(f"/events.json?size=500&{query}").json()
    assert 0 < found["total"] < found["everything"]
    assert all(holds(e) for e in found["events"])


def test_counts_of_a_facet_are_what_choosing_gives(client):
    for facet in client.get("/events.json?since=2025-06").json()["facets"]:
        for value in facet["values"][:2]:
            chosen = client.get("/events.json", params={"since": "2025-06", facet["name"]: value["value"]}).json()
            assert chosen["total"] == value["events"], (facet["name"], value)


def test_pages_hold_every_event_once_and_lead_back(client):
    everything = ids(client.get("/events.json?size=500").json())
    seen, at, starts = [], None, []
    while True:
        page = client.get("/events.json", params={"size": 40, **({"at": at} if at else {})}).json()
        seen += ids(page)
        starts.append(ids(page)[0])
        if not page["older"]:
            break
        at = page["older"]
    assert seen == everything[: len(seen)] and len(seen) == page["total"]
    back = client.get("/events.json", params={"size": 40, "at": page["newer"]}).json()
    assert ids(back)[0] == starts[-2]


def test_no_event_matches_is_said(client):
    assert "No event matches" in client.get("/events?q=xyzzyplugh").text


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/events.json?since=yesterday", 400, "C02"),
        ("/events.json?status=true", 400, "C02"),
        ("/events.json?type=WAR", 400, "C02"),
        ("/events.json?at=nonsense", 400, "H02"),
        ("/events.json?at=WzFd", 400, "H02"),
        ("/events.json?size=0", 400, "H08"),
        ("/nowhere.json", 404, "H12"),
    ],
)
def test_faults_have_one_shape(client, path, status, code):
    answer = client.get(path)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"code", "message", "hint"}
    assert answer.json()["error"]["code"] == code
    assert client.get(path.replace(".json", "")).status_code == status
