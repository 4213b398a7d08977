"""An act is contested by whoever denies it, though the denial does not name it; by nobody who does not deny it."""

import pytest

from detente.config import load_config
from detente.documents import from_text
from detente.merging import merge

CASES = [  # text, who denies the act
    ("India shelled a Nepalese village on Wednesday, Nepal said. India denied it.", "India"),
    ("India shelled a Nepalese village on Wednesday, Nepal said. Indian officials have denied doing so.", "Indian officials"),
    ("Algeria said on Wednesday that Morocco had bombed a convoy. Morocco rejected the accusation as baseless.", "Morocco"),
    ("Portugal said Spain had seized a Portuguese trawler on Tuesday. Spain denied the report.", "Spain"),
    ("Kenya said gunmen from Oman seized a Kenyan tanker on Monday. Oman denied responsibility for the seizure.", "Oman"),
    ("Malawi said Zambia had shelled a Malawian town on Monday. Zambia called the claim a lie.", "Zambia"),
    ("Ghana accused Togo of seizing two Ghanaian boats on Monday. Togo said the accusation was baseless.", "Togo"),
    ('Ghana accused Togo of seizing two Ghanaian boats on Monday. "This is a lie," Togo said.', "Togo"),
    ("India shelled a Nepalese village on Wednesday, Nepal said. India did not deny it.", None),
    ("India shelled a Nepalese village on Wednesday, Nepal said. Pakistan denied it.", None),
    ("Rebels in Congo attacked a Ugandan convoy on Monday, Uganda said. Congo denied any involvement.", None),
    ("Kenya said gunmen from Oman seized a Kenyan tanker on Monday. Oman denied responsibility for the bombing.", None),
    ("India closed the border with Nepal on Monday. Nepal accused India of arming rebels. India denied it.", None),
    ("Ghana accused Togo of seizing two Ghanaian boats on Monday. Togo rejected Benin's allegation.", None),
    ("Ghana said Togo had seized two Ghanaian boats on Monday. Togo would deny it, an official said.", None),
]


@pytest.mark.parametrize(("text", "denier"), CASES)
def test_denied(coder, text: str, denier: str | None) -> None:
    document = from_text(text, published="2018-10-18", outlet="Post")
    events = merge(coder.code(document).mentions, [document], load_config().merging)
    assert [e.denied_by for e in events if e.contested] == ([(denier,)] if denier else [])
    assert not any(e.status == "denied" for e in events)


NONE = [
    "Chad did not deny attacking the Nigerian base.",
    "Chad has not denied that it attacked the Nigerian base.",
    "Chad withdrew its denial that it had attacked the Nigerian base.",
    "Chad did not confirm or deny the attack on the Nigerian base.",
    "Chad neither confirmed nor denied that it had attacked the Nigerian base.",
    "Panama did not confirm or deny the expulsion.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_denial(coder, text: str) -> None:
    assert "denied" not in {m.status for m in coder.code(from_text(text, published="2018-10-18")).mentions}
