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
