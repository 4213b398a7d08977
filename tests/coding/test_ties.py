"""Ties told in text: who stands where, what they are called, how sure, and since when."""

import pytest

from detente.documents import from_text

CASES = [  # text, subject, kind, object, status
    ("Police searched RIA Novosti Baku, the local branch of Rossiya Segodnya.", None, "part_of", "Rossiya Segodnya", "happened"),
    ("Officials in Vilnius said two of the arrested were agents of the GRU.", "two of the arrested", "agent_of", "GRU", "claimed"),
    ("The Paris–Athens axis worries its neighbours.", "France", "allied_with", "Greece", "happened"),
    ("Poland, NATO's largest army in the east, sent jets.", "Poland", "member_of", "NATO", "happened"),
    ("Hezbollah, backed by Iran, fired rockets.", "Iran", "allied_with", "Hezbollah", "happened"),
    ("Houthi forces, which are supported by Iran, fired rockets.", "Iran", "allied_with", "Houthis", "happened"),
    ("China's state-run news agency Xinhua reported the visit.", "China", "controls", "Xinhua", "happened"),
    ("The Kremlin-controlled broadcaster RT denied it.", "Russia", "controls", "RT", "happened"),
    ("The Russian-backed rebels withdrew.", "Russia", "allied_with", "Russian-backed rebels", "happened"),
    ("Greece and its rival Turkey met.", "Turkey", "rival_of", "Greece", "happened"),
    ("Serbia's ally Russia vetoed the text.", "Russia", "allied_with", "Serbia", "happened"),
    ("Uganda denied that M23 is its proxy.", "M23", "agent_of", "Uganda", "denied"),
    ("Hamas, which rules Gaza, agreed to talks.", "Hamas", "controls", "Gaza Strip", "happened"),
    ("NATO member Albania condemned the attack.", "Albania", "member_of", "NATO", "happened"),
    ("Sweden joined NATO last year.", "Sweden", "member_of", "NATO", "happened"),
]


@pytest.mark.parametrize(("text", "subject", "kind", "object_", "status"), CASES)
def test_a_tie_is_read(coder, text, subject, kind, object_, status) -> None:
    found = [t for t in coder.code(from_text(text, published="2025-07-02")).ties if t.kind == kind]
    told = {(t.subject.name or t.subject.text, t.object.name or t.object.text, t.status) for t in found}
    if subject is None:
        assert any(o == object_ and s == status for _, o, s in told)
    elif object_ == "GRU":
        assert [(s, st) for s, _, st in told] == [(subject, status)]
    else:
        assert (subject, object_, status) in told


NONE = [
    "The head of the Azerbaijani community in Lyon was detained.",
    "Russia and Ukraine exchanged prisoners.",
    "Police controlled the crowd in Tbilisi.",
    "The two sides backed a ceasefire proposed by France.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_tie_is_read(coder, text) -> None:
    assert coder.code(from_text(text, published="2025-07-02")).ties == ()


def test_leaders_of_two_states_are_two_actors(coder) -> None:
    (met, *_) = coder.code(from_text("The leaders of Armenia and Azerbaijan met in Abu Dhabi.", published="2025-07-10")).mentions
    assert [a.country for a in met.actors] == ["ARM", "AZE"]


def test_since_when(coder) -> None:
    (tie,) = coder.code(from_text("Montenegro has been a NATO member since 2017.", published="2025-07-02")).ties
    assert (tie.subject.name, tie.start) == ("Montenegro", "2017")
