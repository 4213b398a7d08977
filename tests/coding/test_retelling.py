"""What mentions of one act lend each other, and which dates belong to which act."""

from __future__ import annotations

import pytest

from detente.documents import from_text

PUBLISHED = "2025-07-02"  # a Wednesday


def told(coder, text: str, trigger: str):
    """The mentions with this trigger, in text order."""
    return [m for m in coder.code(from_text(text, published=PUBLISHED)).mentions if m.trigger == trigger]


@pytest.mark.parametrize(
    ("text", "trigger", "date"),
    [
        ("Turkey condemned Monday's strike by Israel on Damascus.", "condemned", None),
        ("Turkey condemned Monday's strike by Israel on Damascus.", "strike", "2025-06-30"),
        ("Israel's wave of strikes on Syria on Monday drew criticism.", "strikes", "2025-06-30"),
        ("Monday's wave of Israeli strikes on Syria drew criticism.", "strikes", "2025-06-30"),
        ("Monday's strike came a day after Israel threatened Syria.", "threatened", "2025-06-29"),
        ("Israeli officials said on Monday that Syria attacked Israel.", "attacked", None),
    ],
)
def test_whose_date_it_is(coder, text: str, trigger: str, date: str | None) -> None:
    (mention,) = told(coder, text, trigger)
    assert mention.date == date


def test_a_later_day_dates_the_first_telling(coder) -> None:
    text = "Rebels spoke of an alleged gas attack in Syria. The gas attack came after dusk on Saturday. Georgia sold wine to Poland."
    assert [m.date for m in told(coder, text, "attack")] == ["2025-06-28", "2025-06-28"]


def test_killed_in_the_raid(coder) -> None:
    text = "Russian police raided Azerbaijani homes on Monday. Two Azerbaijanis were killed in the raid."
    (killed,) = told(coder, text, "killed")
    assert ([a.code for a in killed.actors], killed.date) == (["RUS"], "2025-06-30")


def test_another_act_lends_nothing(coder) -> None:
    text = "Israel bombed a Syrian port on Monday. The gas attack in Myanmar killed forty people."
    (attack,) = told(coder, text, "attack")
    assert (attack.actors, attack.date) == ((), None)


def test_who_reacts_did_not_do_it(coder) -> None:
    (attack,) = told(coder, "Russia's ministry condemned the attack in Ankara.", "attack")
    assert "RUS" not in [a.code for a in attack.actors]
    assert [r.code for r in attack.recipients] == ["TUR"]
