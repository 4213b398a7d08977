"""What mentions of one act lend each other, and which dates belong to which act."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from detente.coding.referents import Referent
from detente.coding.retelling import _most_told
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


def test_a_year_of_long_ago_dates_only_what_stands_beside_it(coder) -> None:
    text = "Spain recalled the attacks of March 11, 2004. Tourism grew. On June 21 Peru arrested two Chilean miners."
    (arrested,) = told(coder, text, "arrested")
    assert arrested.date == "2025-06-21"


def test_force_of_another_kind_is_another_act(coder) -> None:
    text = "Belarus hit a Ukrainian airfield with missiles. The attack went on all night. Chad discussed the gas attack in Sudan."
    plain, gas = told(coder, text, "attack")
    assert ([a.code for a in plain.actors], [r.code for r in plain.recipients]) == (["BLR"], ["UKR"])
    assert (gas.actors, [r.code for r in gas.recipients]) == ((), ["SDN"])


def test_an_act_is_rather_the_one_told_by_the_same_noun(coder) -> None:
    text = "Chad's strike on Niger was short. Libya attacked Egypt. The strike killed two nurses."
    assert [[a.code for a in m.actors] for m in told(coder, text, "strike")] == [["TCD"], ["TCD"]]


def test_an_attack_in_a_war_is_not_the_war(coder) -> None:
    text = "The attack on Syria was denied by Iran. Russia joined the war against Syria in 2015."
    (attack,) = told(coder, text, "attack")
    assert attack.date is None


def test_a_mention_says_which_one_it_tells_again(coder) -> None:
    first, second = told(coder, "Chad's strike on Niger was short. The strike killed two nurses.", "strike")
    assert f"again:{first.id}" in second.because
    assert not [b for b in first.because if b.startswith("again:")]


def test_who_reacts_did_not_do_it(coder) -> None:
    (attack,) = told(coder, "Russia's ministry condemned the attack in Ankara.", "attack")
    assert "RUS" not in [a.code for a in attack.actors]
    assert [r.code for r in attack.recipients] == ["TUR"]


def test_those_named_among_the_dead_are_no_party_to_another_telling(coder) -> None:
    text = "The strike killed fourteen people, including Iranians, in Syria. Jordan condemned the strike by Israel."
    assert "IRN" in {r.country for m in told(coder, text, "killed") for r in m.recipients}
    assert "IRN" not in {r.country for r in told(coder, text, "strike")[-1].recipients}


def test_who_denies_the_use_of_a_weapon_is_whom_the_alleged_attack_is_laid_to(coder) -> None:
    text = "Doctors treated victims of an alleged chemical attack in Sudan. Chad's government denies using chemical weapons."
    (attack,) = told(coder, text, "attack")
    assert [a.country for a in attack.actors] == ["TCD"]
    assert attack.status == "claimed"


def test_what_an_attack_did_is_not_done_by_who_answers_it(coder) -> None:
    text = (
        "Ghana shelled a village in Togo on Monday. Ghana's president renewed a promise to respond to the mysterious attack, "
        "which killed nine people in Togo."
    )
    (killed,) = told(coder, text, "killed")
    assert "paragraph:actor" not in killed.because


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russia arrested two Azerbaijanis on Monday. Baku claimed the arrests were ethnically motivated.", "happened"),
        ("Baku spoke of alleged arrests of Azerbaijanis by Russia. Baku claimed the arrests were ethnically motivated.", "claimed"),
        ("Russia arrested two Azerbaijanis on Monday. Reports indicate that one Azerbaijani was beaten during the arrests.", "happened"),
    ],
)
def test_what_the_text_has_told_as_a_fact_stays_one(coder, text: str, status: str) -> None:
    assert told(coder, text, "arrests")[-1].status == status


def test_of_several_accounts_the_one_told_most_names_the_doer() -> None:
    tellings = [SimpleNamespace(actors=[Referent(name, (0, 4), name, name)], filled=set()) for name in ("TCD", "TGO", "TGO")]
    assert [r.country for r in _most_told(tellings)] == ["TGO"]  # type: ignore[arg-type]
    assert _most_told([]) == []


def test_who_speaks_on_is_the_speaker_before(coder) -> None:
    text = (
        '"The deal helped Iran. We have better machines now," foreign minister Mohammad Javad Zarif said. '
        '"If they leave it, machines stay." He accused Saudi Arabia of lies.'
    )
    (accused,) = told(coder, text, "accused")
    assert [(a.name, a.country) for a in accused.actors] == [("Mohammad Javad Zarif", "IRN")]


@pytest.mark.parametrize(
    ("text", "trigger", "again"),
    [
        ("Turkey arrested 12 Russian sailors. Turkey arrested 12 Russian sailors at dawn.", "arrested", True),
        ("Turkey arrested 12 Russian sailors. Turkey arrested three Russian sailors.", "arrested", False),
        ("Turkey arrested 12 Russian sailors. Turkey arrested the Russian sailors at dawn.", "arrested", True),
    ],
)
def test_others_in_number_are_others(coder, text: str, trigger: str, again: bool) -> None:
    second = told(coder, text, trigger)[1]
    assert any(b.startswith("again:") for b in second.because) is again


def test_who_died_in_an_attack_is_counted_with_it(coder) -> None:
    (attack,) = told(coder, "Ukraine hit Ryazan on Tuesday. Five people died in the attack.", "attack")
    assert attack.deaths == 5
