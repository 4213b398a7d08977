"""Condemnations, praise and punishment answer the act they name, whoever did it to whomever."""

import pytest

from detente.config import load_config
from detente.documents import from_text
from detente.merging import chain, merge

STRIKE = "Russia struck Kyiv on Monday, killing 12 people."
CASES = [  # first text, second text, trigger of the answer, of what it answers, by
    (STRIKE, "On Tuesday France condemned the strike on Kyiv.", "condemned", "struck", "named"),
    (STRIKE, "On Tuesday Belarus praised the strike on Kyiv.", "praised", "struck", "named"),
    (STRIKE, "On Tuesday Italy imposed sanctions on Russia over the strike on Kyiv.", "imposed", "struck", "named"),
    (STRIKE, "Japan expelled two Russian diplomats in response to the strike on Kyiv.", "expelled", "struck", "told"),
    (STRIKE, "On Tuesday France condemned Belarus.", "condemned", None, None),
    (STRIKE, "On Tuesday Russia praised the strike on Kyiv.", "praised", None, None),  # its own act
    (STRIKE, "On Tuesday France condemned plans for a strike on Kyiv.", "condemned", None, None),
    (
        "Gunmen killed 20 people in Kabul on Monday.",
        "The United Nations condemned the killing of 20 people in Kabul.",
        "condemned",
        "killed",
        "named",
    ),
]


@pytest.mark.parametrize(("first", "second", "answer", "answered", "by"), CASES)
def test_a_third_party_answers_what_it_names(coder, first, second, answer, answered, by) -> None:
    documents = [from_text(t, published=f"2024-05-0{n}", outlet=f"Wire {n}") for n, t in enumerate((first, second), 1)]
    mentions = [m for d in documents for m in coder.code(d).mentions]
    told = {m.id: m.trigger for m in mentions}
    found = []
    for order in (mentions, mentions[::-1]):
        events = merge(order, documents, load_config().merging)
        event = next(e for e in events if answer in {told[m] for m in e.mentions})
        cause = next((e for e in events if e.id == event.answers), None)
        assert (cause is None) == (answered is None)
        assert cause is None or answered in {told[m] for m in cause.mentions}
        assert event.answers_by == by
        assert cause is None or chain(events, event.id) == [cause, event]
        found.append((event.id, event.answers))
    assert found[0] == found[1]


def test_a_later_document_adds_what_a_whole_merge_tells(coder) -> None:
    documents = [from_text(t, published=f"2024-05-0{n}", outlet=f"Wire {n}") for n, t in enumerate((STRIKE, CASES[0][1]), 1)]
    mentions = [m for d in documents for m in coder.code(d).mentions]
    options = load_config().merging
    before = merge([m for m in mentions if m.document == documents[0].id], documents[:1], options)
    assert merge(mentions, documents, options, before) == merge(mentions, documents, options, before, afresh=True)
