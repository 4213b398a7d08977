"""The same act told twice is one event; two acts stay two."""

from dataclasses import replace

import pytest
from builders import document, mention

from detente.config import load_config
from detente.merging import Links, answers_to, chain, claims_of, merge, origins
from detente.merging.likeness import Likeness
from detente.merging.similarity import same_act
from detente.merging.telling import telling
from detente.records import Mention

OPTIONS = load_config().merging
A = "Azerbaijani police detained two journalists of Sputnik Azerbaijan in Baku."
B = "Two Sputnik Azerbaijan journalists were detained in Baku by police."
D = "A court in Baku sent two journalists of Sputnik Azerbaijan to jail."
C = "Baku cancelled a concert of a Russian singer."

TELLINGS = [  # what, first telling, second telling, events
    ("another outlet, same day", {}, {}, 1),
    ("a day later", {"date": "2025-06-30", "date_precision": "day"}, {"date": "2025-07-01", "date_precision": "day"}, 1),
    ("a month later", {"date": "2025-06-30", "date_precision": "day"}, {"date": "2025-07-30", "date_precision": "day"}, 2),
    ("denied elsewhere", {}, {"status": "denied"}, 1),
    ("only planned elsewhere", {}, {"status": "planned"}, 2),
    ("the other way round", {}, {"actors": "RUS", "recipients": "AZE"}, 2),
    ("undated, at the end of the month that the other names", {"date": "2025-07", "date_precision": "month"}, {}, 1),
    ("in other words", {"mode": "arrest"}, {"sentence": D, "trigger": "sent", "mode": "arrest"}, 1),
    ("in other words, of another mode", {"mode": "arrest"}, {"sentence": D, "trigger": "sent", "mode": "raid"}, 2),
    ("another act of the same pair", {}, {"sentence": C, "trigger": "cancelled", "type": "SANCTION"}, 2),
]


@pytest.mark.parametrize(("what", "first", "second", "events"), TELLINGS)
def test_tellings(what: str, first: dict, second: dict, events: int) -> None:
    documents = [document("20250701-a", A, outlet="Wire"), document("20250702-b", B, "2025-07-02", "Gazette")]
    plain = {"type": "COERCE", "actors": "AZE", "recipients": "RUS", "trigger": "detained"}
    one = mention("20250701-a", 0, **{**plain, "sentence": A, **first})
    two = mention("20250702-b", 0, **{**plain, "sentence": B, **second})
    assert len(merge([one, two], documents, OPTIONS)) == events


def test_what_an_act_answers_happened_in_the_days_before() -> None:
    raid = "Russian police raided homes of Azerbaijanis in Yekaterinburg."
    answer = "Azerbaijan cancelled a concert in response to the police raid on Azerbaijanis in Yekaterinburg."
    plain = "Azerbaijan told of the response to a police raid on Azerbaijanis in Yekaterinburg."
    one = mention("20250627-a", 0, "COERCE", "RUS", "AZE", raid, trigger="raided", date="2025-06-27", date_precision="day")
    likely = []
    for sentence in (answer, plain):
        documents = [document("20250627-a", raid, "2025-06-27"), document("20250707-b", sentence, "2025-07-07", "Gazette")]
        two = mention("20250707-b", sentence.index("raid"), "COERCE", "RUS", "AZE", sentence, trigger="raid")
        pair = [telling(m, d, n) for n, (m, d) in enumerate(zip((one, replace(two, sentence_span=(0, 90))), documents, strict=True))]
        likely.append(same_act(*pair, Likeness([d.text for d in documents]), OPTIONS))
    assert likely[0] > max(0.5, likely[1])


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


def test_an_event_knows_how_alike_its_mentions_are() -> None:
    texts = {"20250701-a": A, "20250701-b": A, "20250702-c": B, "20250702-d": C}
    documents = [document(id_, text, f"2025-07-{id_[6:8]}", id_[-1]) for id_, text in texts.items()]
    detained = [mention(d.id, 0, "COERCE", "AZE", "RUS", d.text, trigger="detained") for d in documents[:3]]
    cancelled = mention(documents[3].id, 0, "SANCTION", "AZE", "RUS", C, trigger="cancelled")
    copies = merge(detained[:2], documents, OPTIONS)
    words = merge(detained, documents, OPTIONS)
    assert [len(e.mentions) for e in (*copies, *words)] == [2, 3]
    assert 0.9 < copies[0].cohesion <= 1
    assert 0.5 < words[0].cohesion < copies[0].cohesion
    alone = next(e for e in merge([*detained, cancelled], documents, OPTIONS) if e.type == "SANCTION")
    assert alone.cohesion is None
    decided = merge([detained[0], cancelled], documents, OPTIONS, links=Links(together=((detained[0].id, cancelled.id),)))
    assert len(decided) == 1
    assert decided[0].cohesion in (None, 1.0)


def test_what_is_told_again_leaves_an_event_as_sure_as_it_was() -> None:
    documents = [document("20250701-a", A), document("20250702-b", B, "2025-07-02", "Courier")]
    told = [mention(d.id, 0, "COERCE", "AZE", "RUS", d.text, trigger="detained") for d in documents]
    (before,) = merge(told, documents, OPTIONS)
    more = document("20250703-c", C, "2025-07-03", "Gazette")
    other = mention(more.id, 0, "SANCTION", "AZE", "RUS", C, trigger="cancelled")
    after = {e.id: e for e in merge([*told, other], [*documents, more], OPTIONS, [before])}
    assert after[before.id] == before
    forgotten = merge(told, documents, OPTIONS, [replace(before, cohesion=None)])
    assert forgotten == [before]  # after a decision it is measured anew


def test_one_document_alone_tells_an_act_twice() -> None:
    raid = "On 27 June Russian police raided homes of Azerbaijanis in Yekaterinburg."
    again = "Two Azerbaijani brothers died after the raid by Russian police in Yekaterinburg."
    text = f"{raid} {again}"
    at = len(raid) + 1
    one = mention("20250701-a", 0, "COERCE", "RUS", "AZE", raid, trigger="raided", date="2025-06-27", date_precision="day")
    two = mention("20250701-a", at, "COERCE", "RUS", "AZE", again, trigger="raid", date="2025-06-27", date_precision="day")
    assert len(merge([one, two], [document("20250701-a", text)], OPTIONS)) == 1


def test_hearsay_is_nobodys_word() -> None:
    documents = [document("20250701-a", A), document("20250702-b", B, "2025-07-02", "Courier")]
    one = mention("20250701-a", 0, "COERCE", "AZE", "RUS", A, trigger="detained", status="claimed")
    two = mention("20250702-b", 0, "COERCE", "AZE", "RUS", B, trigger="detained", status="claimed", sources=["Peskov"])
    (event,) = merge([one, two], documents, OPTIONS)
    assert (event.status, event.asserted_by, event.denied_by) == ("claimed", ("Peskov",), ())


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
    assert (events[1].answers, events[1].answers_by) == (events[0].id, "told")
    assert chain(events, events[1].id) == events
    assert answers_to(events, events[0].id) == [events[1]]


def test_of_two_acts_of_a_day_the_one_more_reports_tell_is_answered() -> None:
    days = {"20250627-a": "2025-06-27", "20250628-b": "2025-06-28", "20250629-c": "2025-06-29"}
    documents = [document(id_, f"{id_} x", day, id_[-1]) for id_, day in days.items()]
    day = {"date": "2025-06-27", "date_precision": "day"}
    raid = "Russian police raided homes of Azerbaijanis in Yekaterinburg."
    raids = [mention(d.id, 0, "COERCE", "RUS", "AZE", raid, trigger="raided", **day) for d in documents[:2]]
    beating = mention(documents[0].id, 90, "ASSAULT", "RUS", "AZE", "Guards beat two men in a cellar.", trigger="beat", **day)
    reply = mention(
        documents[2].id, 0, "ACCUSE", "AZE", "RUS", "Baku condemned it.", trigger="condemned", date="2025-06-29", date_precision="day"
    )
    told = [*raids, beating, reply]
    for order in (told, told[::-1]):
        events = {e.label: e for e in merge(order, documents, OPTIONS)}
        assert events["condemned"].answers == events["raided"].id


ANSWERS = [  # what, the second act, answered
    ("hostile, reversed, two days later", {"at": "2025-06-29"}, True),
    ("three weeks later", {"at": "2025-07-20"}, False),
    ("the same day", {"at": "2025-06-27"}, False),
    ("not reversed", {"at": "2025-06-29", "actors": "RUS", "recipients": "AZE"}, False),
    ("friendly", {"at": "2025-06-29", "type": "AID"}, False),
    ("only planned", {"at": "2025-06-29", "status": "planned"}, False),
    ("only claimed", {"at": "2025-06-29", "status": "claimed", "sources": ["a spokesman"]}, False),
    ("undated, at the head of a report", {"at": None, "published": "2025-06-29"}, True),
    ("undated, recalled further down", {"at": None, "published": "2025-06-29", "letters": 900}, False),
    ("to a refusal", {"at": "2025-06-29", "to": "REJECT"}, False),
]


@pytest.mark.parametrize(("what", "second", "answered"), ANSWERS)
def test_an_answer_by_model(what: str, second: dict, answered: bool) -> None:
    later = {"type": "COERCE", "actors": "AZE", "recipients": "RUS", **second}
    day, published, at, first = (later.pop(k, d) for k, d in (("at", None), ("published", "2025-07-20"), ("letters", 0), ("to", "COERCE")))
    documents = [document("20250627-a", "x", "2025-06-27"), document("20250720-b", "y", published)]
    raid = mention(
        "20250627-a", 0, first, "RUS", "AZE", "Police stormed homes.", trigger="stormed", date="2025-06-27", date_precision="day"
    )
    reply = mention("20250720-b", at, **later, sentence="Officers seized papers.", trigger="seized", date=day, date_precision=day and "day")
    found = next(e for e in merge([raid, reply], documents, OPTIONS) if e.label == "seized")
    assert (found.answers is not None, found.answers_by) == (answered, "model" if answered else None), what


def test_what_a_text_calls_an_answer_answers_what_it_tells_of_itself() -> None:
    documents = [document("20250705-a", "x", "2025-07-05"), document("20250704-b", "y", "2025-07-04", "Gazette")]
    day = {"date_precision": "day"}
    raid = mention("20250705-a", 0, "COERCE", "RUS", "AZE", "Police stormed homes.", trigger="stormed", date="2025-06-27", **day)
    other = mention("20250704-b", 0, "REJECT", "RUS", "AZE", "Moscow denied it.", trigger="denied", date="2025-07-04", **day)
    said = "Baku condemned it and swiftly responded."
    reply = mention("20250705-a", 30, "ACCUSE", "AZE", "RUS", said, trigger="condemned", responds=True, date="2025-07-05", **day)
    events = {e.label: e for e in merge([raid, other, reply], documents, OPTIONS)}
    assert (events["condemned"].answers, events["condemned"].answers_by) == (events["stormed"].id, "told")


def test_the_strikes_of_a_war_stay_apart() -> None:
    towns = ["Kharkiv", "Odesa", "Sumy", "Dnipro", "Kherson", "Kryvyi Rih", "Poltava"]
    days = [f"2025-04-{2 + 4 * n:02d}" for n in range(len(towns))]
    told = [f"Russian drones strike a market in {town}, Ukraine, killing {n + 3} people." for n, town in enumerate(towns)]
    documents = [document(f"{d.replace('-', '')}-a", text, d) for d, text in zip(days, told, strict=True)]
    strikes = [mention(d.id, 0, "ASSAULT", "RUS", "UKR", d.text, trigger="strike", deaths=n + 3) for n, d in enumerate(documents)]
    assert len(merge(strikes, documents, OPTIONS)) == len(days)
    again = document("20250403-b", "A Russian drone strike on a Kharkiv market killed three people.", "2025-04-03", "Gazette")
    same = mention(again.id, 0, "ASSAULT", "RUS", "UKR", again.text, trigger="strike", deaths=3)
    assert len(merge([*strikes, same], [*documents, again], OPTIONS)) == len(days)


FURTHER = [  # sentences of one document or two, whether one event
    ("Baku recalled its envoy from Moscow.", "Baku also recalled its envoy from Minsk.", False, False),
    ("Police detained two reporters in Baku.", "The police detained the two reporters at dawn.", False, True),
    (
        "Police in Baku detained two reporters of the agency.",
        "The two reporters of the agency detained last week deny it.",
        True,
        True,
    ),
]


@pytest.mark.parametrize(("first", "second", "two", "one"), FURTHER)
def test_a_follow_up_joins_and_a_further_act_does_not(first: str, second: str, two: bool, one: bool) -> None:
    documents = [document("20250701-a", f"{first} {second}"), document("20250708-b", second, "2025-07-08")]
    word = "recalled" if "recalled" in first else "detained"

    def told(id_: str, at: int, sentence: str) -> Mention:
        start = at + sentence.index(word)
        spans = {"sentence_span": (at, at + len(sentence)), "trigger_span": (start, start + len(word))}
        return replace(mention(id_, at, "COERCE", "AZE", "RUS", sentence, trigger=word), **spans)

    mentions = [told("20250701-a", 0, first), told("20250708-b", 0, second) if two else told("20250701-a", len(first) + 1, second)]
    assert (len(merge(mentions, documents, OPTIONS)) == 1) is one


def test_claims_name_the_innermost_speaker() -> None:
    documents = [document("20250701-a", A)]
    told = mention("20250701-a", 0, "ACCUSE", "RUS", "UKR", sources=["Adalet", "Dmitry Peskov"], status="claimed")
    (claim,) = claims_of([told], merge([told], documents, OPTIONS))
    assert (claim.speaker, claim.through, claim.stance) == ("Dmitry Peskov", ("Adalet",), "asserts")
