"""Documents that come later join the events there are; the order in which they come makes hardly a difference."""

import datetime
import random
from dataclasses import replace
from itertools import combinations

import pytest
from builders import document, mention

from detente.config import load_config
from detente.merging import merge
from detente.records import Document, Event, Mention

OPTIONS = load_config().merging
TOWNS = ["Korsk", "Velova", "Samabad", "Birgrad", "Lutin", "Tarmar", "Oshsk", "Nevova"]
ACTS = [
    ("ASSAULT", "struck", "{a} forces struck a depot near {town}, killing {n} people."),
    ("COERCE", "detained", "Police of {a} detained {n} citizens of {b} in {town}."),
    ("SANCTION", "banned", "{a} banned imports of {town} steel from {b}."),
    ("ACCUSE", "accused", "{a} accused {b} of a raid on {town}."),
]
PAIRS = [("RUS", "UKR"), ("AZE", "RUS"), ("IND", "PAK")]


def reports() -> tuple[list[Document], list[Mention]]:
    """Some 40 acts of forty days, each told by three outlets on that day or the next two."""
    draw = random.Random(3)
    documents, mentions = [], []
    for n in range(40):
        type_, word, text = draw.choice(ACTS)
        a, b = draw.choice(PAIRS)
        day = datetime.date(2025, 3, 1) + datetime.timedelta(days=n)
        sentence = text.format(a=a, b=b, town=draw.choice(TOWNS), n=draw.randint(2, 90))
        for outlet in range(3):
            told = (day + datetime.timedelta(days=draw.randrange(3))).isoformat()
            documents.append(document(f"{told.replace('-', '')}-{n}-{outlet}", sentence, told, outlet=f"Outlet {outlet}"))
            dated = {"date": day.isoformat(), "date_precision": "day"} if draw.random() < 0.6 else {}
            mentions.append(mention(documents[-1].id, 0, type_, a, b, sentence, trigger=word, **dated))
    return documents, mentions


def in_batches(documents: list[Document], mentions: list[Mention], size: int) -> list[Event]:
    events: list[Event] = []
    for at in range(size, len(documents) + size, size):
        read = documents[:at]
        ids = {d.id for d in read}
        events = merge([m for m in mentions if m.document in ids], read, OPTIONS, events)
    return events


def joined(events: list[Event]) -> set[tuple[str, str]]:
    return {pair for e in events for pair in combinations(sorted(e.mentions), 2)}


ORDERS = [  # what, how the documents are ordered, documents a batch
    ("as published, one by one", lambda d: d.published, 1),
    ("as published, by tens", lambda d: d.published, 10),
    ("the latest first", lambda d: -int(d.published.replace("-", "")), 7),
    ("one outlet after the other", lambda d: d.outlet, 20),
    ("shuffled", lambda d: random.Random(d.id).random(), 9),
]


@pytest.mark.parametrize(("what", "order", "size"), ORDERS)
def test_the_order_of_batches(what: str, order, size: int) -> None:
    documents, mentions = reports()
    at_once = joined(merge(mentions, documents, OPTIONS))
    stepwise = joined(in_batches(sorted(documents, key=order), mentions, size))
    assert len(at_once) > 90
    assert len(at_once & stepwise) >= 0.97 * max(len(at_once), len(stepwise)), what


def test_one_document_more_leaves_what_it_does_not_tell() -> None:
    documents, mentions = reports()
    before = merge(mentions, documents, OPTIONS)
    alone = []
    for d, m in list(zip(documents, mentions, strict=True))[::6]:
        again = document("20250310-z", d.text, d.published, outlet="Late")
        late = mention(again.id, 0, m.type, *(a.id for a in (*m.actors, *m.recipients)), again.text, trigger=m.trigger)
        after = merge([*mentions, late], [*documents, again], OPTIONS, before)
        changed = [e for e in after if e not in before]
        alone.append([late.id in e.mentions for e in changed] == [True])
        assert {e.id for e in after} == {e.id for e in before}
    assert len(alone) == 20
    assert sum(alone) >= 19  # two of the acts are told in the same words


def test_acts_further_apart_than_the_window_are_not_compared() -> None:
    texts = [(f"2025-0{m}-01", "Police of AZE detained Igor Kartavykh in Korsk.") for m in (1, 9)]
    documents = [document(f"{day.replace('-', '')}-a", text, day) for day, text in texts]
    told = [mention(d.id, 0, "COERCE", "AZE", "RUS", d.text, trigger="detained") for d in documents]
    assert len(merge(told, documents, replace(OPTIONS, window=60))) == 2


def test_an_event_whose_mention_is_gone_is_made_anew() -> None:
    documents, mentions = reports()
    before = merge(mentions, documents, OPTIONS)
    whole = next(e for e in before if len(e.mentions) == 3)
    rest = [m for m in mentions if m.id != whole.mentions[0]]
    after = {e.id: e for e in merge(rest, documents, OPTIONS, before)}
    assert set(after[whole.id].mentions) == set(whole.mentions[1:])
    assert merge(mentions, documents, OPTIONS, before, afresh=True) == before
