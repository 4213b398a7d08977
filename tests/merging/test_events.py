"""The same act told twice is one event; two acts stay two."""

import pytest
from builders import document, mention

from detente.config import load_config
from detente.merging import claims_of, merge, origins

OPTIONS = load_config().merging
A = "Azerbaijani police detained two journalists of Sputnik Azerbaijan in Baku."
B = "Two Sputnik Azerbaijan journalists were detained in Baku by police."
C = "Baku cancelled a concert of a Russian singer."

TELLINGS = [  # what, first telling, second telling, events
    ("another outlet, same day", {}, {}, 1),
    ("a day later", {"date": "2025-06-30", "date_precision": "day"}, {"date": "2025-07-01", "date_precision": "day"}, 1),
    ("a month later", {"date": "2025-06-30", "date_precision": "day"}, {"date": "2025-07-30", "date_precision": "day"}, 2),
    ("denied elsewhere", {}, {"status": "denied"}, 1),
    ("only planned elsewhere", {}, {"status": "planned"}, 2),
    ("the other way round", {}, {"actors": "RUS", "recipients": "AZE"}, 2),
    ("another act of the same pair", {}, {"sentence": C, "trigger": "cancelled", "type": "SANCTION"}, 2),
]


@pytest.mark.parametrize(("what", "first", "second", "events"), TELLINGS)
def test_tellings(what: str, first: dict, second: dict, events: int) -> None:
    documents = [document("20250701-a", A, outlet="Wire"), document("20250702-b", B, "2025-07-02", "Gazette")]
    plain = {"type": "COERCE", "actors": "AZE", "recipients": "RUS", "trigger": "detained"}
    one = mention("20250701-a", 0, **{**plain, "sentence": A, **first})
    two = mention("20250702-b", 0, **{**plain, "sentence": B, **second})
    assert len(merge([one, two], documents, OPTIONS)) == events


def test_an_event_knows_who_asserts_and_who_denies() -> None:
    documents = [document("20250701-a", A), document("20250702-b", B, "2025-07-02", "Courier")]
    one = mention("20250701-a", 0, "COERCE", "AZE", "RUS", A, trigger="detained", deaths=2)
    two = mention("20250702-b", 0, "COERCE", "AZE", "RUS", B, trigger="detained", status="denied", sources=["Peskov"], deaths=3)
    (event,) = merge([one, two], documents, OPTIONS)
    assert event.contested
    assert event.status == "happened"
    assert (event.asserted_by, event.denied_by) == (("Wire",), ("Peskov",))
    assert set(event.disputed) == {"happened", "deaths"}
    assert event.outlets == ("Wire", "Courier")


def test_ids_stay_when_documents_are_added() -> None:
    documents = [document("20250701-a", A)]
    one = mention("20250701-a", 0, "COERCE", "AZE", "RUS", A, trigger="detained")
    before = merge([one], documents, OPTIONS)
    earlier = mention("20250630-c", 0, "COERCE", "AZE", "RUS", B, trigger="detained")
    after = merge([one, earlier], [*documents, document("20250630-c", B, "2025-06-30", "Gazette")], OPTIONS, before)
    assert [e.id for e in after] == [e.id for e in before]
    assert len(after[0].mentions) == 2


def test_near_copies_are_one_origin() -> None:
    text = " ".join(f"Sentence number {n} of the agency text tells of the talks in Baku and of what was said there." for n in range(8))
    copy = text + " The newspaper adds a line of its own."
    other = " ".join(f"Line {n} of quite another report is about elections and the price of bread in the capital." for n in range(8))
    found = origins([document("a", text), document("b", copy), document("c", other)])
    assert found["a"] == found["b"] != found["c"]


def test_a_response_is_linked_to_what_it_answers() -> None:
    documents = [document("20250627-a", "x", "2025-06-27"), document("20250630-b", "y", "2025-06-30")]
    raid = mention("20250627-a", 0, "COERCE", "RUS", "AZE", "Police stormed homes.", trigger="stormed")
    reply = mention("20250630-b", 0, "SANCTION", "AZE", "RUS", "In response Baku cancelled events.", trigger="cancelled", responds=True)
    events = merge([raid, reply], documents, OPTIONS)
    assert events[1].answers == events[0].id


def test_claims_name_the_innermost_speaker() -> None:
    documents = [document("20250701-a", A)]
    told = mention("20250701-a", 0, "ACCUSE", "RUS", "UKR", sources=["Adalet", "Dmitry Peskov"], status="claimed")
    (claim,) = claims_of([told], merge([told], documents, OPTIONS))
    assert (claim.speaker, claim.through, claim.stance) == ("Dmitry Peskov", ("Adalet",), "asserts")
