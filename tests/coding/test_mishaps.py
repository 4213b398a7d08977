"""Harm that nobody did is no act; harm that somebody did is one."""

import pytest

from detente.documents import from_text

NOBODY = [
    "A hurricane hit Cuba on Monday.",
    "An earthquake struck Turkey, killing 300 people.",
    "The storm that hit Cuba destroyed homes.",
    "Greece was hit by the crisis.",
    "Five Cuban soldiers were killed in a helicopter crash.",
    "A fire destroyed the British embassy in Jakarta.",
    "The death of two Russian pilots in a crash was confirmed.",
    "The flood deaths in Pakistan rose to 300.",
    "The drought threatens Ethiopia.",
    "A Turkish jet flew to Georgia.",
    "The bodies of the two men arrived in Chad.",
]
SOMEBODY = [
    ("Israeli fire killed two Palestinians.", "killed"),
    ("Rebels killed the Malian governor in the storm.", "killed"),
    ("A wave of bombings hit Iraq.", "hit"),
    ("Hamas militants and the floods destroyed Gaza's crops.", "destroyed"),
    ("US sanctions forced Iran to negotiate.", "forced"),
    ("Turkey's premier flew to Georgia.", "flew"),
]


@pytest.mark.parametrize("text", NOBODY)
def test_no_act_of_nature_accident_or_economy(coder, text) -> None:
    assert coder.code(from_text(text)).mentions == ()


@pytest.mark.parametrize(("text", "trigger"), SOMEBODY)
def test_acts_beside_them_stay(coder, text, trigger) -> None:
    assert trigger in [m.trigger for m in coder.code(from_text(text)).mentions]


def test_the_reason_is_told(coder) -> None:
    considered = coder.explain(from_text(NOBODY[0])).considered
    assert any(c.word == "hit" and c.outcome == "dropped" and "nobody" in c.why for c in considered)
