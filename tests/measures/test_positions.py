"""Positions: what is a contested matter, who may hold a stance on it, and what counts as one."""

from dataclasses import replace

import pytest
from builders import mention, told_event

from detente.config import load_config
from detente.measures import positions
from detente.measures.holders import holder, named
from detente.merging.qualities import dispute_qualities
from detente.records import Actor, Quality, Source

OPTIONS = load_config().measures


def cited(name: str) -> Source:
    return Source(name, name, None, name if len(name) == 3 else None)


def said(document: str, type: str, actors: str, recipients: str, by: str = "", status: str = "claimed", **more):
    told = mention(document, 0, type, actors, recipients, status=status, **more)
    return replace(told, sources=(cited(by),) if by else ())


def event_of(day: str, *tellings, id: str, **more):
    first = tellings[0]
    sides = [" ".join(a.code for a in side) for side in (first.actors, first.recipients)]
    told = told_event(day, sides[0], first.type, sides[1], mentions=tuple(t.id for t in tellings), id=id, **more)
    return replace(told, documents=tuple(t.document for t in tellings))


def held(events, mentions, **more) -> list[tuple[str, str, str]]:
    return [(p.matter.kind, p.actor, p.stance) for p in positions(events, mentions, OPTIONS, **more)]


CLAIMED = said("d1", "ASSAULT", "RUS", "AZE", "AZE")
SEEN = said("d4", "ASSAULT", "RUS", "AZE", status="happened")
DENIED = said("d2", "ASSAULT", "RUS", "AZE", "RUS", "denied")
ECHOED = said("d3", "ASSAULT", "RUS", "AZE", "UKR")
CASES = [  # what is told of a shooting, the outlets' voices, what is held
    ("one side denies what another asserts", (CLAIMED, DENIED), [("AZE", "asserts"), ("RUS", "denies")]),
    ("all assert it", (CLAIMED, ECHOED), []),
    ("one side denies what outlets tell", (SEEN, DENIED), [("RUS", "denies"), ("Wire", "asserts")]),
    ("nobody denies what outlets tell", (SEEN, CLAIMED), []),
]


@pytest.mark.parametrize(("case", "tellings", "wanted"), CASES)
def test_an_event_is_contested_where_two_sides_are_told(case, tellings, wanted) -> None:
    shot = event_of("2025-01-01", *tellings, id="shot", contested=True, denied_by=("RUS",) if DENIED in tellings else ())
    outlets = {t.document: "Wire" for t in tellings}
    assert [(a, s) for _, a, s in held([shot], tellings, outlets=outlets)] == wanted, case


def test_two_speakers_of_one_actor_may_differ_and_are_named() -> None:
    says = replace(CLAIMED, sources=(Source("opposition", "GEO", None, "GEO"),))
    denies = replace(DENIED, sources=(Source("interior ministry", "GEO", None, "GEO"),))
    found = positions([event_of("2025-01-01", says, denies, id="shot")], [says, denies], OPTIONS)
    assert [(p.actor, p.stance, p.divided, p.speakers) for p in found] == [
        ("GEO", "asserts", True, ("opposition",)),
        ("GEO", "denies", True, ("interior ministry",)),
    ]
    same = replace(denies, sources=says.sources)
    assert positions([event_of("2025-01-01", says, same, id="shot")], [says, same], OPTIONS) == []


# ---------------------------------------------------------------- what an affair was like
def called(document: str, day: str, actor: str, text: str, by: str, denied: bool = False, type: str = "COERCE"):
    """A mention, and its event, with what a speaker calls the act."""
    quality = Quality(text, denied, (cited(by),), "…", (0, 1))
    telling = replace(said(document, type, actor, "AZE", status="happened"), qualities=(quality,))
    return event_of(day, telling, id=f"{type}-{document}"), telling


RAID = called("d1", "2025-06-27", "RUS", "ethnically motivated", "AZE")
AFFAIRS = [  # who else says what of which act, and what is held of the raid
    (
        "of another act of the affair it is denied",
        called("d2", "2025-06-28", "RUS", "ethnically motivated", "RUS", True, "ASSAULT"),
        "denies",
    ),
    ("its reverse is said in other words", called("d2", "2025-06-28", "RUS", "lawful", "RUS"), "denies: lawful"),
    ("a third says so too", called("d2", "2025-06-28", "RUS", "ethnically motivated", "UKR"), None),
    ("another's act is excused", called("d2", "2025-06-28", "TUR", "lawful", "TUR"), None),
    ("it is denied of an act weeks later", called("d2", "2025-08-28", "RUS", "ethnically motivated", "RUS", True), None),
]


@pytest.mark.parametrize(("case", "other", "wanted"), AFFAIRS)
def test_what_is_said_of_one_affair_is_one_matter(case, other, wanted) -> None:
    mentions = [RAID[1], other[1]]
    events = dispute_qualities([RAID[0], other[0]], {m.id: m for m in mentions})
    found = positions(events, mentions, OPTIONS)
    assert {p.matter.id for p in found} == ({"COERCE-d1 ethnically motivated"} if wanted else set()), case
    told = [(p.actor, ": ".join([p.stance, *p.words])) for p in found]
    assert told == ([("AZE", "asserts"), ("RUS", wanted)] if wanted else []), case


# ---------------------------------------------------------------- acts as stances
def test_support_and_blame_are_stances_on_conduct_where_two_differ() -> None:
    blames = told_event("2025-01-02", "AZE", "ACCUSE", "RUS", mentions=("m1",))
    backs = told_event("2025-01-03", "BLR", "SUPPORT", "RUS", 5.0, mentions=("m2",))
    alone = told_event("2025-01-03", "USA", "SUPPORT", "FRA", 5.0, mentions=("m3",))
    assert held([blames, backs, alone], []) == [("conduct", "AZE", "opposes"), ("conduct", "BLR", "supports")]


NO_STANCES = [  # an act beside an accusation of RUS by AZE
    ("a treaty", "AGREE", None, "030"),
    ("an apology", "SUPPORT", None, "055"),
    ("talks", "CONSULT", None, "040"),
]


@pytest.mark.parametrize(("case", "type", "mode", "cameo"), NO_STANCES)
def test_dealing_with_somebody_is_no_support(case, type, mode, cameo) -> None:
    blames = told_event("2025-01-02", "AZE", "ACCUSE", "RUS", mentions=("m1",))
    deals = said("d1", type, "BLR", "RUS", status="happened", cameo=cameo)
    assert held([blames, event_of("2025-01-03", deals, id="deal", mode=mode)], [deals]) == [], case


@pytest.mark.parametrize(("by", "wanted"), [(by, [("AZE", "opposes"), ("TUR", "supports")]) for by in ("told", "named")] + [("model", [])])
def test_only_an_answer_that_a_text_tells_is_a_stance_on_what_it_answers(by, wanted) -> None:
    raid = told_event("2025-01-01", "RUS", "COERCE", "AZE", id="raid")
    answers = told_event("2025-01-02", "AZE", "SANCTION", "", answers="raid", answers_by=by, mentions=("m1",))
    backs = told_event("2025-01-02", "TUR", "SUPPORT", "", 5.0, answers="raid", answers_by=by, mentions=("m2",))
    assert [(a, s) for _, a, s in held([raid, answers, backs], [])] == wanted


# ---------------------------------------------------------------- who may hold a position
HOLDERS = [  # words, id, country, whom they count for
    ("Maria Zakharova", "maria-zakharova", "RUS", "RUS"),
    ("Mr. Zimmt", "Mr. Zimmt", None, "Mr. Zimmt"),
    ("Islamic State", "islamic-state", None, "islamic-state"),
    ("Reports", None, None, None),
    ("statement", None, None, None),
    ("court documents", None, None, None),
    ("they", None, None, None),
    ("Some", None, None, None),
    ("Wednesday", None, None, None),
    ("Relatives", None, None, "relatives"),
    ("two other witnesses", None, None, "witnesses"),
    ("his mother", None, None, "mother"),
    ("Ministry", "Ministry", None, "ministry"),
    ("Prime Minister", "Prime Minister", None, "prime minister"),
    ("Movement", "Movement", None, None),
    ("World Bank", "world-bank", None, "world-bank"),
]


@pytest.mark.parametrize(("text", "id", "country", "wanted"), HOLDERS)
def test_names_and_people_hold_positions_and_papers_do_not(text, id, country, wanted) -> None:
    assert holder(text, id, country) == wanted


@pytest.mark.parametrize(("actor", "wanted"), [(Actor("police", None, None, "AZE"), "AZE"), (Actor("Begum", None, "Begum"), "Begum")])
def test_acts_of_the_named_are_stances(actor, wanted) -> None:
    assert named(actor) == wanted
    assert named(Actor("group")) is None and named(Actor("President", None, "President")) is None
