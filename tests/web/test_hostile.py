"""What documents say is text: markup, scripts, formulas, direction marks and endless paragraphs stay inert everywhere."""

from __future__ import annotations

import csv
import io
import json

import pytest
from conftest_web import client_of

from detente.records import Actor, Document, Event, Mention, Piece, Place, Quality, Run, Source, Tie
from detente.workspace import Workspace

BAD = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
TURNED = "\u202egnp.exe\u202c"
FORMULA = '=HYPERLINK("http://evil.example";"x")'
LONG = "the state said " * 360_000  # five million letters, one paragraph


def document(id: str, text: str, **more) -> Document:
    return Document(id, text, text, (Piece(0, 0, len(text)),), published="2025-07-01", **more)


def mention(document: str, sentence: str, at: int, trigger: str, **more) -> Mention:
    start = sentence.index(trigger)
    return Mention(
        id=f"{document}.{at + start:06d}",
        document=document,
        sentence=sentence,
        sentence_span=(at, at + len(sentence)),
        trigger=trigger,
        trigger_span=(at + start, at + start + len(trigger)),
        type="ACCUSE",
        date="2025-07-01",
        intensity=-3.0,
        confidence=0.9,
        **more,
    )


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    workspace = Workspace.open(tmp_path_factory.mktemp("hostile") / "<b>ws", create=True)
    sentence = f"{BAD} {TURNED} accused {FORMULA} of {{{{ 7 * 7 }}}} and {{% raw %}}."
    actor = Actor(BAD, (0, len(BAD)), BAD, None, None, BAD)
    other = Actor(FORMULA, None, FORMULA, None, None, FORMULA)
    one = document("20250701-aaaaaaaaaaaa", sentence, title=BAD, outlet=BAD, author=BAD, url="javascript:alert(3)", path=f"../../{BAD}")
    two = document("20250701-bbbbbbbbbbbb", LONG, title="Long", outlet=FORMULA, url='https://example.org/x" onmouseover="alert(4)')
    three = document("20250701-cccccccccccc", "Text.", title="Data", outlet="Wire", url="  data:text/html,<script>alert(5)</script>")
    quality = Quality(BAD, False, (Source(BAD),), sentence, (0, 10))
    told = [
        mention(
            one.id,
            sentence,
            0,
            "accused",
            actors=(actor,),
            recipients=(other,),
            sources=(Source(BAD, None, (0, 5)),),
            status="claimed",
            qualities=(quality,),
        ),
        mention(two.id, LONG[: LONG.index("said") + 4], 0, "said", actors=(other,), recipients=(actor,), status="denied"),
    ]
    tie = Tie("t1", "allied_with", actor, other, sources=(Source(BAD),), document=one.id, sentence=sentence, sentence_span=(0, 5))
    workspace.append([one, two, three], told, [tie], "c")
    event = Event(
        "e20250701-1",
        "ACCUSE",
        "allege",
        (actor,),
        (other,),
        "claimed",
        True,
        "2025-07-01",
        "day",
        tuple(m.id for m in told),
        (one.id, two.id),
        (BAD, FORMULA),
        2,
        (BAD,),
        (FORMULA,),
        ("happened", f"quality:{BAD}"),
        (quality,),
        place=Place(BAD, BAD, None, 40.0, 50.0),
        intensity=-3.0,
        confidence=0.9,
        label=FORMULA,
    )
    workspace.replace_events([event])
    workspace.append_run(Run("r1", "2025-07-01T00:00:00+00:00", None, "1", "c", "", 3, 3))
    return client_of(workspace)


PAGES = [
    "/",
    "/events",
    "/events/e20250701-1",
    "/events/e20250701-1/tellings",
    "/documents",
    "/documents/20250701-aaaaaaaaaaaa",
    "/documents/20250701-bbbbbbbbbbbb",
    "/documents/20250701-cccccccccccc",
    "/actors",
    "/dyads",
    "/claims",
    "/claims/contested",
    "/network",
    "/map",
    f"/search?q={BAD}",
    f"/events?actor={BAD}&q={BAD}&place={BAD}",
    f"/actors?q={BAD}",
    f"/claims?speaker={BAD}&about={BAD}",
    f"/network?of={BAD}",
    f"/nothing/{BAD}",
    f"/events?since={BAD}",
]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p[:30])
def test_nothing_of_a_document_becomes_markup(client, path):
    text = client.get(path).text
    assert "<script>alert" not in text and "<img src=x" not in text and "onerror=alert(2)>" not in text.replace("&gt;", "")
    assert "<b>ws" not in text
    assert 'href="javascript' not in text and 'href="data:' not in text and 'onmouseover="alert' not in text
    assert "{{" not in text or "7 * 7" in text
    assert len(text) < 800_000


def test_addresses_of_documents_are_followed_only_on_the_web(client):
    for name in "abc":
        assert 'rel="noopener' not in client.get(f"/documents/20250701-{name * 12}").text


def test_text_that_turns_its_direction_turns_itself_alone(client):
    text = client.get("/events/e20250701-1").text
    at = text.index(TURNED)
    assert text.rfind("<bdi>", 0, at) > text.rfind("</bdi>", 0, at)


def test_an_endless_paragraph_comes_in_parts(client):
    facts = client.get("/documents/20250701-bbbbbbbbbbbb.json").json()
    assert facts["parts"] > 50
    assert all(len("".join(x["text"] for x in p["pieces"])) < 3000 for p in facts["paragraphs"])
    last = client.get(f"/documents/20250701-bbbbbbbbbbbb.json?part={facts['parts']}")
    assert last.status_code == 200
    assert client.get(f"/documents/20250701-bbbbbbbbbbbb.json?part={facts['parts'] + 1}").status_code == 404


@pytest.mark.parametrize("path", ["/api/events.csv", "/api/dyads.csv", "/api/claims.csv"])
def test_a_spreadsheet_finds_no_formula(client, path):
    rows = list(csv.reader(io.StringIO(client.get(path).text)))
    assert len(rows) > 1 or "dyads" in path  # a contested claim alone counts in none
    assert not any(cell[:1] in "=+@\t\r" and cell for row in rows for cell in row)


@pytest.mark.parametrize("path", ["/events.json", "/api/events", "/documents/20250701-aaaaaaaaaaaa.json", "/claims.json"])
def test_programs_get_the_words_as_they_are(client, path):
    answer = client.get(path)
    assert answer.headers["content-type"].startswith("application/json")
    assert BAD in json.dumps(answer.json()).encode().decode("unicode_escape") or TURNED in answer.text


def test_charts_of_hostile_names_draw_text(client):
    from urllib.parse import quote

    for path in ("/network/chart.svg", "/map/chart.svg", f"/actors/{quote(BAD, safe='')}/chart.svg"):
        answer = client.get(path)
        assert answer.status_code in (200, 404) and "<script>alert" not in answer.text and "<img src=x" not in answer.text
