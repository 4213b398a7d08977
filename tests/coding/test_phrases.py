"""Whom phrases in running text stand for."""

import pytest

from detente.documents import from_text

#: text, country and sector of the recipient
CASES = [
    ("Iraq expelled UN inspectors.", (None, "IGO")),
    ("Sudan expelled Red Cross officials.", (None, "NGO")),
    ("Libya expelled Italian officials.", ("ITA", "GOV")),
    ("Israel attacked Hezbollah.", ("LBN", "PTY")),
]


@pytest.mark.parametrize(("text", "whom"), CASES)
def test_country_and_sector(coder, text, whom) -> None:
    found = coder.code(from_text(text, published="2025-07-02")).mentions
    assert [(r.country, r.sector) for m in found for r in m.recipients] == [whom]


#: text, trigger, name of the recipient
NAMED = [
    ("France summoned the Iranian ambassador, Reza Amiri, on Monday.", "summoned", "Reza Amiri"),
    ("The foreign ministry summoned Kenya's chargé d'affaires, Peter Otieno, on Saturday.", "summoned", "Peter Otieno"),
]


@pytest.mark.parametrize(("text", "trigger", "name"), NAMED)
def test_the_name_beside_an_office(coder, text, trigger, name) -> None:
    found = coder.code(from_text(text, published="2025-07-02")).mentions
    assert [r.name for m in found if m.trigger == trigger for r in m.recipients] == [name]


#: text, trigger, actors' and recipients' countries
WHOSE = [
    ("Russian police detained Ali Aliyev, head of the Azerbaijani community. Officers raided homes.", "raided", ["RUS"], []),
    ("Iran condemned the torture and murder of Iraqi citizens in Aden.", "murder", [], ["IRQ"]),
]


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients"), WHOSE)
def test_whose(coder, text, trigger, actors, recipients) -> None:
    m = next(m for m in coder.code(from_text(text, published="2025-07-02")).mentions if m.trigger == trigger)
    assert ([a.country for a in m.actors], [r.country for r in m.recipients if r.country][: len(recipients)]) == (actors, recipients)
