"""Acts that another act has as its content."""

import pytest

from detente.documents import from_text

#: text, types coded
CASES = [
    ("Turkey threatened to expel the French ambassador.", {"THREATEN"}),
    ("Egypt called for sanctions against Libya.", {"ACCUSE"}),
    ("Norway agreed to send aid to Malawi.", {"AGREE"}),
    ("Peru refused to extradite the Chilean officer.", {"REJECT"}),
    ("Iran denied attacking Israel.", {"REJECT", "ASSAULT"}),
    ("Egypt rejected a Libyan offer.", {"REJECT"}),
    ("Nigeria turned down a Ghanaian request for oil.", {"REJECT"}),
    ("Israel closed the crossing after a week of Palestinian unrest.", {"COERCE"}),
    ("Israel closed the crossing. A week of Palestinian unrest ended.", {"COERCE", "PROTEST"}),
    ("Turkey expelled the French ambassador and threatened Greece.", {"SANCTION", "THREATEN"}),
]


@pytest.mark.parametrize(("text", "types"), CASES)
def test_content_is_told_with_its_holder(coder, text, types) -> None:
    assert {m.type for m in coder.code(from_text(text, published="2025-07-02")).mentions} == types
