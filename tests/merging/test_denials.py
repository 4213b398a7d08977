"""A denial of less than an act does not contest it."""

import pytest

from detente.config import load_config
from detente.documents import from_text
from detente.merging import merge

GAZA = "Israel struck Gaza on Monday, killing 12 people."
IDLIB = "Syria attacked Idlib on Tuesday, killing 80 people."
SCHOOL = "Israel bombed a school in Gaza on Monday, killing 12 people."
KHARKIV = "Russia shelled Kharkiv on Monday."
CASES = [  # what others tell, the denial, whether the act is contested
    (GAZA, "Israel denied that it had struck Gaza.", True),
    (GAZA, "Israel denied that it had struck civilians in Gaza.", False),
    (GAZA, "Israel denied targeting a hospital in Gaza.", False),
    (GAZA, "Israel denied that it had deliberately struck Gaza.", False),
    (IDLIB, "Syria denied attacking Idlib.", True),
    (IDLIB, "Syria denied attacking Idlib with chemical weapons.", False),
    (IDLIB, "Syria denied that it used chemical weapons in the attack.", False),
    (IDLIB, "Syria denied carrying out any chemical attack on Idlib.", False),
    ("Syria attacked Idlib with chemical weapons on Tuesday.", "Syria denied attacking Idlib with chemical weapons.", True),
    (SCHOOL, "Israel said it did not bomb the school in Gaza.", True),
    (SCHOOL, "Israel denied that it deliberately bombed the school in Gaza.", False),
    (KHARKIV, "Russia denied that it had shelled residential areas in Kharkiv.", False),
    (KHARKIV, "Russia denied that it had shelled the city.", True),
    (KHARKIV, "Ukraine said that Russia denied shelling Kharkiv.", True),
    ("Iran seized a British tanker on Friday.", "Iran denied that it had seized the ship.", True),
]


@pytest.mark.parametrize(("told", "denial", "contested"), CASES)
def test_only_a_denial_of_the_act_contests_it(coder, told, denial, contested) -> None:
    documents = [from_text(t, published=f"2024-05-0{n}", outlet=f"Wire {n}") for n, t in enumerate((told, denial), 1)]
    mentions = [m for d in documents for m in coder.code(d).mentions]
    for order in (mentions, mentions[::-1]):
        events = merge(order, documents, load_config().merging)
        assert any("happened" in e.disputed for e in events) is contested
        assert any(e.status == "denied" for e in events) is not contested  # what is less than the act is a denied event of its own
        assert "Ukraine" not in {v for e in events if e.type != "REJECT" for v in e.asserted_by}
