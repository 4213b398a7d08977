"""Reciprocity, initiative and influence on small made-up histories."""

import datetime
from dataclasses import replace

import numpy as np
import pytest
from builders import actor, told_event

from detente.config import load_config
from detente.measures import influence, initiative, reciprocity
from detente.measures.reciprocity import _first_after, _rates_by_chance, wilson
from detente.records import Tie

OPTIONS = load_config().measures


def day(n: int) -> str:
    return (datetime.date(2025, 1, 1) + datetime.timedelta(days=n)).isoformat()


def test_answers_in_kind_are_told_from_chance() -> None:
    begun = [3, 40, 71, 118, 160, 199, 241, 290]
    strikes = [told_event(day(n), "IND", "ASSAULT", "PAK", -10.0) for n in begun]
    replies = [told_event(day(n + 2), "PAK", "ASSAULT", "IND", -5.0) for n in begun]
    found = {(a.actor, a.kind): a for a in reciprocity([*strikes, *replies], ("IND", "PAK"), OPTIONS)}
    answer = found["PAK", "hostile"]
    assert (answer.acts, answer.answered, answer.days, answer.strength) == (8, 8, 2.0, 0.5)
    assert answer.verdict == "answers" and answer.expected < 0.6
    assert found["IND", "hostile"].verdict == "not distinguishable"
    assert found["PAK", "cooperative"].rate is None


def test_a_told_answer_counts_on_its_own_day_and_joint_acts_answer_nothing() -> None:
    raid = told_event(day(0), "RUS", "COERCE", "AZE", -8.0)
    search = told_event(day(0), "AZE", "COERCE", "RUS", -8.0, answers=raid.id, answers_by="told")
    talks = told_event(day(3), "AZE RUS", "CONSULT", "", 2.5)
    found = {(a.actor, a.kind): a for a in reciprocity([raid, search, talks], ("RUS", "AZE"), OPTIONS)}
    assert (found["AZE", "hostile"].answered, found["AZE", "hostile"].days, found["AZE", "hostile"].told) == (1, 0.0, 1)
    assert found["RUS", "hostile"].answered == 0
    assert found["AZE", "cooperative"].acts == 0


def test_only_what_a_text_calls_an_answer_is_told_as_one() -> None:
    raid = told_event(day(0), "RUS", "COERCE", "AZE", -8.0)
    search = told_event(day(0), "AZE", "COERCE", "RUS", -8.0, answers=raid.id, answers_by="model")
    found = {(a.actor, a.kind): a for a in reciprocity([raid, search], ("RUS", "AZE"), OPTIONS)}
    assert (found["AZE", "hostile"].told, found["AZE", "hostile"].answered) == (0, 0)


def test_who_begins() -> None:
    spells = [0, 30, 60, 90, 120, 150, 180]
    events = [told_event(day(n), "RUS", "ACCUSE", "GEO", -3.0) for n in spells] + [
        told_event(day(n + 1), "GEO", "REJECT", "RUS", -3.0) for n in spells
    ]
    hostile, friendly = initiative(events, ("GEO", "RUS"), OPTIONS)
    assert (hostile.spells, hostile.by_a, hostile.by_b, hostile.verdict) == (7, 0, 7, "RUS")
    assert (friendly.spells, friendly.share_a, friendly.verdict) == (0, None, "too few acts")


def test_who_condemns_what_was_done_to_a_third_answers_nothing_of_the_pair() -> None:
    strike = told_event(day(0), "RUS", "ASSAULT", "UKR", -9.0)
    condemned = told_event(day(0), "FRA", "ACCUSE", "RUS", -2.0, answers=strike.id, answers_by="named")
    reply = told_event(day(0), "UKR", "ACCUSE", "RUS", -2.0, answers=strike.id, answers_by="named")
    events = [strike, condemned, reply]
    found = {a.actor: a for a in reciprocity(events, ("FRA", "RUS"), OPTIONS) if a.kind == "hostile"}
    assert (found["FRA"].told, found["FRA"].acts) == (0, 0)
    assert {a.actor: a.told for a in reciprocity(events, ("UKR", "RUS"), OPTIONS) if a.kind == "hostile"} == {"UKR": 1, "RUS": 0}
    assert next(
        (i.by_a, i.by_b) for i in initiative([*events, told_event(day(0), "RUS", "REJECT", "FRA", -2.0)], ("FRA", "RUS"), OPTIONS)
    ) == (0, 0)
    assert next((i.by_a, i.by_b) for i in initiative(events, ("UKR", "RUS"), OPTIONS)) == (0, 1)


@pytest.mark.parametrize(("hits", "tries"), [(0, 5), (5, 5), (3, 7)])
def test_intervals_of_shares(hits: int, tries: int) -> None:
    low, high = wilson(hits, tries)
    assert 0 <= low <= hits / tries <= high <= 1 and high - low > 0.1


def tie(kind: str, subject: str, object_: str, start: str | None = None, end: str | None = None) -> Tie:
    return Tie(f"{kind}{subject}{object_}{start}", kind, actor(subject), actor(object_), start, end)


TIES = [
    tie("allied_with", "ARM", "RUS", "1997"),
    tie("allied_with", "ARM", "FRA", "2023"),
    tie("member_of", "ARM", "CSTO"),
    tie("member_of", "RUS", "CSTO"),
]


def turned_away() -> list:
    """Armenia deals with Russia until June, with the United States after."""
    first = [told_event(day(n), "ARM", "COOPERATE", "RUS", 6.0) for n in range(0, 180, 6)]
    return first + [told_event(day(n), "ARM", "COOPERATE", "USA", 6.0) for n in range(180, 360, 6)]


def test_influence_falls_where_the_other_turns_away() -> None:
    found = influence(turned_away(), TIES, "RUS", ["ARM"], OPTIONS)
    assert (found.trend("response").verdict, found.trend("share").verdict, found.trend("together").verdict) == ("falling",) * 3
    assert found.trend("dependence").verdict == "flat"
    assert found.whole["response"].value == 0.5
    assert found.whole["dependence"].value == pytest.approx(1 / 2, abs=0.001)  # one alliance with Russia, in and out of the CSTO
    assert len(found.toward) == 30 and {t.kind for t in found.ties} == {"allied_with", "member_of"}
    rising = influence(turned_away(), TIES, "USA", ["ARM"], OPTIONS)
    assert rising.trend("together").verdict == "rising"


def test_ties_that_are_only_claimed_or_denied_bind_nobody() -> None:
    doubtful = [replace(tie(kind, "ARM", "RUS"), status=status) for kind, status in (("agent_of", "claimed"), ("part_of", "denied"))]
    found = influence(turned_away(), [*TIES, *doubtful], "RUS", ["ARM"], OPTIONS)
    assert found.whole["dependence"].value == pytest.approx(1 / 2, abs=0.001)


def test_what_is_done_to_somebody_who_does_nothing_is_no_influence() -> None:
    found = influence([told_event(day(n), "YEM", "ASSAULT", "OMN", -9.0) for n in range(0, 90, 9)], [], "YEM", ["OMN"], OPTIONS)
    assert found.whole["share"].value == 1.0 and found.whole["response"].value is None and found.whole["together"].value is None


def test_influence_that_does_not_change_is_flat_and_little_evidence_says_nothing() -> None:
    steady = [told_event(day(n), "ARM", "COOPERATE", ("RUS", "USA")[k % 2], 6.0, id=f"{n}-{k}") for n in range(360) for k in range(6)]
    assert influence(steady, TIES, "RUS", ["ARM"], OPTIONS).trend("response").verdict == "flat"
    few = [told_event(day(n), "ARM", "COOPERATE", c, 6.0) for n, c in ((0, "RUS"), (40, "USA"), (80, "RUS"), (81, "USA"))]
    assert influence(few, [], "RUS", ["ARM"], OPTIONS).trend("together").verdict == "not distinguishable"
    assert influence(few, [], "RUS", ["GEO"], OPTIONS) is None


def test_a_quarrel_is_attention_but_not_influence() -> None:
    quarrel = [told_event(day(n), "AZE", "SANCTION", "RUS", -6.0) for n in range(0, 100, 5)]
    found = influence(quarrel, [], "RUS", ["AZE"], OPTIONS)
    assert (found.whole["response"].value, found.whole["defiance"].value, found.whole["together"].value) == (1.0, 1.0, 0.0)


def test_dependence_follows_the_dates_of_ties() -> None:
    ties = [tie("allied_with", "ARM", "RUS", "1997", "2025-03"), tie("allied_with", "ARM", "FRA", "2023")]
    found = influence(turned_away(), ties, "RUS", ["ARM"], OPTIONS)
    shares = {p.start: p.components["dependence"].value for p in found.points}
    assert (shares["2025-03-01"], shares["2025-04-01"]) == (0.5, 0.0)


def body(code: str, *members: str) -> list[Tie]:
    return [tie("member_of", m, code) for m in members]


ALLIANCES = [  # ties of Armenia, what of them binds it to Russia, ties listed
    ("one treaty", [tie("allied_with", "ARM", "RUS"), tie("allied_with", "ARM", "FRA")], 1 / 2, 1),
    ("two treaties", [tie("allied_with", "ARM", "RUS", s) for s in ("1991", "1997")] + [tie("allied_with", "ARM", "FRA")], 1 / 2, 2),
    ("told the other way round", [tie("allied_with", *p) for p in (("ARM", "RUS"), ("RUS", "ARM"), ("ARM", "FRA"))], 1 / 2, 2),
    ("a treaty and a body", [tie("allied_with", "ARM", "RUS"), *body("CSTO", "ARM", "RUS", "KAZ")], 1 / 1.5, 2),
    ("a body alone", body("CSTO", "ARM", "RUS", "KAZ"), 1 / 2, 1),
    ("two bodies: the smaller", [*body("CSTO", "ARM", "RUS", "KAZ"), *body("NATO", "ARM", "RUS", "FRA", "USA")], 0.5 / (1 + 2 / 3), 2),
    ("a body that is no alliance is apart", [tie("allied_with", "ARM", "RUS"), *body("EAEU", "ARM", "RUS", "KAZ")], 1.5 / 2, 2),
    ("control is no alliance", [tie(k, "RUS", "ARM") for k in ("allied_with", "controls")] + [tie("allied_with", "ARM", "FRA")], 2 / 3, 2),
    ("a treaty that ended", [tie("allied_with", "ARM", "RUS", "1997", "2024"), *body("CSTO", "ARM", "RUS", "KAZ")], 1 / 2, 1),
]


@pytest.mark.parametrize(("case", "ties", "share", "listed"), ALLIANCES)
def test_an_alliance_of_the_same_two_counts_once_and_every_tie_is_listed(case, ties, share, listed) -> None:
    found = influence(turned_away(), ties, "RUS", ["ARM"], OPTIONS)
    assert found.whole["dependence"].value == pytest.approx(share, abs=0.001), case
    assert len(found.ties) == listed, case


@pytest.mark.parametrize(("asked", "answers", "within"), [([0, 3, 3, 9], [1, 10], 2), ([5], [0], 1), ([0, 1, 2], [2, 11], 4)])
def test_rates_by_chance_are_those_of_answers_shifted_one_by_one(asked, answers, within) -> None:
    asked, answers = np.array(asked), np.array(answers)
    length = int(max(asked.max(), answers.max())) + within + 1
    shifts = np.arange(1, length)
    one_by_one = [(_first_after(asked, np.sort((answers + s) % length), within) >= 0).mean() for s in shifts]
    assert _rates_by_chance(asked, answers, within, length, shifts).tolist() == one_by_one
