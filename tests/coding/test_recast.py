"""Acts that their clause makes acts of another kind."""

import pytest

from detente.documents import from_text

#: text, trigger, type
CASES = [
    ("Peru's president will meet Chile's president in Lima.", "meet", "AGREE"),
    ("Kenya said it would free two Somali prisoners.", "free", "AGREE"),
    ("Japan plans to send blankets to Nepal.", "send", "AGREE"),
    ("Japan sent blankets to Nepal.", "sent", "AID"),
    ("Kenya may free two Somali prisoners.", "free", "RETREAT"),
    ("Serbia announced that it would suspend flights to Croatia.", "suspend", "THREATEN"),
    ("Kenya will not free two Somali prisoners.", "free", "REJECT"),
    ("Kenya said it would not resume talks with Somalia.", "talks", "REJECT"),
    ("Serbia said it would attack Kosovo.", "attack", "THREATEN"),
    ("Norway ended its mediation efforts between Mali and Chad.", "efforts", "SANCTION"),
    ("Norway began mediation efforts between Mali and Chad.", "efforts", "CONSULT"),
    ("Ghana deployed troops as peacekeepers in Liberia.", "deployed", "AID"),
    ("Ghana deployed troops in Liberia.", "deployed", "MOBILIZE"),
    ("Chadian unions will stage a protest on Monday.", "protest", "THREATEN"),
    ("Serbia will suspend flights to Croatia.", "suspend", "SANCTION"),
    ("The Chadian foreign ministry protested against the arrests in Niger.", "protested", "ACCUSE"),
    ("Chadian students protested against the arrests in Niger.", "protested", "PROTEST"),
    ("Peru and Chile finalised a treaty.", "finalised", "SUPPORT"),
    ("Peru and Chile may finalise a treaty.", "finalise", "AGREE"),
]


@pytest.mark.parametrize(("text", "trigger", "type_"), CASES)
def test_type(coder, text: str, trigger: str, type_: str) -> None:
    found = {m.trigger: m for m in coder.code(from_text(text, published="2025-07-02")).mentions}
    assert found[trigger].type == type_
