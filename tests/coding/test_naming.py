"""Which act is named by another, and which is told as an answer."""

import pytest

from detente.documents import from_text

NAMED = [  # text, who names, how, what
    ("France condemned Russia's strike on Kyiv.", ("condemned", "object", "strike")),
    ("Belarus praised the strike on Kyiv.", ("praised", "object", "strike")),
    ("India's condemnation of the strike on Kyiv surprised Russia.", ("condemnation", "object", "strike")),
    ("Sweden condemned the series of Russian attacks on Kyiv.", ("condemned", "object", "attacks")),
    ("Spain denounced Russia for launching the strike on Kyiv.", ("denounced", "for", "strike")),
    ("Germany condemned Turkey for arresting two journalists.", ("condemned", "for", "arresting")),
    ("Italy imposed sanctions on Russia over the strike on Kyiv.", ("imposed", "over", "strike")),
    ("Japan expelled two Russian diplomats in response to the strike on Kyiv.", ("expelled", "answer", "strike")),
    ("The news drew a rebuke from opponents of the trade agreement with Japan.", None),
]


@pytest.mark.parametrize(("text", "wanted"), NAMED)
def test_an_act_that_another_names(coder, text, wanted) -> None:
    mentions = {m.id: m for m in coder.code(from_text(text, published="2025-07-02")).mentions}
    names = [(m.trigger, *b.split(":")[1:]) for m in mentions.values() for b in m.because if b.startswith("names:")]
    assert [(who, how, mentions[what].trigger) for who, how, what in names] == ([wanted] if wanted else [])


ANSWERS = [  # text, triggers of what is told as an answer
    ("In response, Baku cancelled the talks and detained two Russians.", {"cancelled", "detained"}),
    ("Russia responded by expelling 60 U.S. diplomats and closing the U.S. consulate.", {"expelling", "closing"}),
    ("U.S. missiles hit a Syrian base in retaliation for the attack on Idlib.", {"hit"}),
    ("France condemned the raid after Russia expelled ten British diplomats in retaliation.", {"expelled"}),
    ("Russia expelled two British diplomats in a tit-for-tat response.", {"expelled"}),
]


@pytest.mark.parametrize(("text", "wanted"), ANSWERS)
def test_what_is_told_as_an_answer(coder, text, wanted) -> None:
    mentions = coder.code(from_text(text, published="2025-07-02")).mentions
    assert {m.trigger for m in mentions if m.responds} == wanted


DENIALS = [  # text, trigger, status, the innermost source
    ("Syria denied that it used chemical weapons in the attack on Idlib.", "attack", "happened", None),
    ("Syria denied that it used chemical weapons in the attack on Idlib.", "used", "denied", "Syria"),
    ("Syria rejected accusations that it attacked Idlib, Britain said.", "attacked", "denied", "Syria"),
    ("The United Nations said that Syria denied the attack on Idlib.", "attack", "denied", "Syria"),
]


@pytest.mark.parametrize(("text", "trigger", "status", "source"), DENIALS)
def test_who_denies_what(coder, text, trigger, status, source) -> None:
    told = next(m for m in coder.code(from_text(text, published="2025-07-02")).mentions if m.trigger == trigger)
    assert (told.status, told.sources[-1].text if told.sources else None) == (status, source)
