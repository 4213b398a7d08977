"""Qualities that one side asserts and the other denies make an event contested."""

import pytest

from detente.config import load_config
from detente.documents import from_text
from detente.merging import merge

RAID = "Russian police raided Azerbaijani homes in Yekaterinburg on 27 June 2025. "
BAKU = "Azerbaijan condemned the raid as ethnically motivated."
CASES = [
    (BAKU, "Moscow said the raid was not ethnically motivated.", True),
    (BAKU, "Moscow said the raid was not politically motivated.", False),
    (BAKU, "Azerbaijan said the raid was not ethnically motivated.", False),  # one voice does not contest itself
    (BAKU, "Moscow said the raid was ethnically motivated.", False),
    (BAKU, "Moscow said the raid was lawful.", True),
]


@pytest.mark.parametrize(("first", "second", "contested"), CASES)
def test_contested(coder, first, second, contested) -> None:
    documents = [from_text(RAID + text, published="2025-06-28", outlet=o) for text, o in ((first, "A"), (second, "B"))]
    mentions = [m for d in documents for m in coder.code(d).mentions]
    events = merge(mentions, documents, load_config().merging)
    assert any("quality:ethnically motivated" in e.disputed and e.contested for e in events) is contested
