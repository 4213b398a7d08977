"""Acts told in like words that are two, as wars and crises have them, and acts told unlike that are one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from builders import document, mention

from detente.config import load_config
from detente.merging import merge
from detente.merging.likeness import Likeness
from detente.merging.rivals import rivals
from detente.merging.similarity import Tellings, same_act
from detente.merging.telling import Telling, telling
from detente.merging.victims import kills, victims
from detente.merging.where import town_of
from detente.records import Actor, Document, Mention, Place

OPTIONS = load_config().merging
#: what reports tell besides, each something else
BESIDES = [
    " The price of bread rose again, bakers said, as mills ran short of flour and drivers waited at the depots.",
    " Schools open late this autumn, since teachers and parents disagree about heating, buses and the new books.",
    " The orchestra plays Brahms on Sunday, with a choir from the coast and a young pianist at the old theatre.",
    " Fishermen found the lake frozen, so that boats, nets and ferries stay ashore until the thaw sets in.",
]
OTHERS = [document(f"20250101-{n}", text * 7, "2025-01-01") for n, text in enumerate(BESIDES * 2)]


def told(id_: str, day: str, sentence: str, trigger: str, besides: int = 0, **more: Any) -> tuple[Document, Mention]:
    """A report and the mention in one of its sentences, the first if not ``later``. ``besides``: what else it tells."""
    rest = BESIDES[besides % len(BESIDES)] * 7
    later = more.pop("later", False)
    text, at = (f"{rest} {sentence}", len(rest) + 1) if later else (sentence + rest, 0)
    kind, by, to = (more.pop(k, d) for k, d in (("type", "ASSAULT"), ("by", "RUS"), ("to", "UKR")))
    start = sentence.index(trigger)
    done_to = more.pop("recipients", None)
    m = mention(id_, at, kind, by, to, sentence, trigger=trigger, **more)
    m = replace(m, sentence_span=(at, at + len(sentence)), trigger_span=(at + start, at + start + len(trigger)))
    return document(id_, text, day, outlet=f"Outlet {id_}"), replace(m, recipients=done_to) if done_to else m


def in_(town: str, country: str = "UKR") -> dict[str, Any]:
    return {"place": Place(town, town, country)}


def person(name: str, country: str) -> tuple[Actor, ...]:
    return (Actor(name, None, name, country, "CVL", name),)


KHARKIV = "Russian missiles struck a bakery in Kharkiv, Ukraine."
LVIV = "Russian missiles struck a tram depot in Lviv, Ukraine."
KILLED = "Masked men killed the reporter {} near the lake."

PAIRS: list[tuple[str, tuple[str, str, str, dict[str, Any]], tuple[str, str, str, dict[str, Any]], int]] = [
    ("one town", ("2025-05-02", KHARKIV, "struck", in_("Kharkiv")), ("2025-05-02", KHARKIV, "struck", in_("Kharkiv")), 1),
    ("two towns", ("2025-05-02", KHARKIV, "struck", in_("Kharkiv")), ("2025-05-03", LVIV, "struck", in_("Lviv")), 2),
    (
        "two persons killed",
        ("2025-05-02", KILLED.format("Anna Velik"), "killed", {"recipients": person("Anna Velik", "UKR")}),
        ("2025-05-02", KILLED.format("Petro Zorin"), "killed", {"recipients": person("Petro Zorin", "UKR")}),
        2,
    ),
    (
        "one person killed, recalled weeks later",
        ("2025-05-02", KILLED.format("Anna Velik"), "killed", {"recipients": person("Anna Velik", "UKR")}),
        (
            "2025-05-28",
            "Colleagues mourn after the killing of Anna Velik.",
            "killing",
            {"recipients": person("Anna Velik", "UKR"), "by": "", "later": True},
        ),
        1,
    ),
    (
        "what was done and what will be",
        ("2025-05-02", "Russia blocked the port of Odesa.", "blocked", {"type": "SANCTION"}),
        ("2025-05-02", "Russia says it will block grain ships.", "block", {"type": "SANCTION", "tense": "future", "status": "planned"}),
        2,
    ),
    (
        "the tolls of two days",
        ("2025-05-02", "Russian shelling killed 30 people across the region.", "killed", {"deaths": 30}),
        ("2025-05-03", "Russian shelling killed 92 people across the region.", "killed", {"deaths": 92}),
        2,
    ),
    (
        "support for two matters",
        ("2025-05-02", "Poland gave its support to Kyiv's grain plan.", "support", {"type": "SUPPORT", "by": "POL"}),
        ("2025-05-03", "In Warsaw support for Ukraine's wounded is wide.", "support", {"type": "SUPPORT", "by": "POL"}),
        2,
    ),
]


@pytest.mark.parametrize(("what", "first", "second", "events"), PAIRS, ids=lambda v: v if isinstance(v, str) else "")
def test_like_acts(what: str, first: tuple[Any, ...], second: tuple[Any, ...], events: int) -> None:
    pairs = [told(f"{day.replace('-', '')}-{n}", day, s, trigger, n, **more) for n, (day, s, trigger, more) in enumerate((first, second))]
    documents, mentions = ([p[k] for p in pairs] for k in (0, 1))
    assert len(merge(mentions, [*documents, *OTHERS], OPTIONS)) == events, what


def test_what_the_reading_takes_for_one_act_is_rather_one() -> None:
    text = "The strike on the depot began at dawn." + BESIDES[0] * 7 + " The blast woke a town."
    at = text.index(" The blast") + 1
    report, options = document("20250502-x", text, "2025-05-02"), load_config().merging
    first = mention(report.id, 0, "ASSAULT", "RUS", "UKR", text[:38], trigger="strike")
    first = replace(first, sentence_span=(0, 38), trigger_span=(4, 10))
    second = mention(report.id, at, "ASSAULT", "RUS", "UKR", text[at:], trigger="blast")
    second = replace(second, sentence_span=(at, len(text)), trigger_span=(at + 4, at + 9))
    likeness = Likeness([d.text for d in (report, *OTHERS)])
    new, again = (
        same_act(telling(first, report, 0), telling(m, report, 0), likeness, options)
        for m in (second, replace(second, because=(f"again:{first.id}",)))
    )
    assert 2 * new < again


def test_a_gas_attack_is_no_missile_strike() -> None:
    said = "The attack on a town was condemned.", "Nurses spoke of the attack at dawn."
    first = told("20250502-2", "2025-05-02", said[0], "attack", 2, mode="unconventional")
    second, same = (told(f"20250502-{m}", "2025-05-02", said[1], "attack", 3, mode=m) for m in ("aerial", "unconventional"))
    options = load_config().merging
    assert len(merge([first[1], second[1]], [first[0], second[0], *OTHERS], options)) == 2
    assert len(merge([first[1], same[1]], [first[0], same[0], *OTHERS], options)) == 1


ONE_TEXT = [  # what, two sentences of one document, the word that tells each, more of the first, more of the second, events
    ("two days", "Russia shelled Sumy on Monday.", "Russia shelled Sumy on Tuesday.", "shelled", "2025-05-05", "2025-05-06", {}, {}, 2),
    (
        "two doers",
        "Latvia expelled two envoys.",
        "Lithuania expelled four envoys.",
        "expelled",
        None,
        None,
        {"by": "LVA"},
        {"by": "LTU"},
        2,
    ),
]


@pytest.mark.parametrize(
    ("what", "first", "second", "word", "one", "two", "more", "further", "events"), ONE_TEXT, ids=[t[0] for t in ONE_TEXT]
)
def test_what_one_text_tells_as_two(what, first, second, word, one, two, more, further, events) -> None:
    report = document("20250507-a", f"{first} {second}", "2025-05-07")
    days = ({"date": d, "date_precision": "day"} if d else {} for d in (one, two))
    at = (0, len(first) + 1)
    told_ = [
        mention(report.id, a, "SANCTION", side.get("by", "RUS"), "UKR", text, trigger=word, **day)
        for a, text, side, day in zip(at, (first, second), (more, further), days, strict=True)
    ]
    assert len(merge(told_, [report, *OTHERS], OPTIONS)) == events, what


def test_two_days_with_their_own_dead_are_two_acts() -> None:
    days = ("2025-05-05", "2025-05-06")
    reports = [
        told(f"x-{n}", "2025-05-07", f"Russia shelled Sumy, killing {dead}.", "shelled", n, deaths=dead, date=day, date_precision="day")
        for n, (day, dead) in enumerate(zip(days, (4, 9), strict=True))
    ]
    assert len(merge([m for _, m in reports], [*(d for d, _ in reports), *OTHERS], OPTIONS)) == 2


def like(first: tuple[Document, Mention], second: tuple[Document, Mention]) -> float:
    """How likely two tellings are of one act."""
    likeness = Likeness([d.text for d in (first[0], second[0], *OTHERS)])
    one, two = (telling(m, d, n) for n, (d, m) in enumerate((first, second)))
    return same_act(one, two, likeness, load_config().merging)


#: what, a telling, one that is likelier of its act, one that is less likely
WORDINGS = [
    (
        "a noun that is known",
        "Kyiv condemned the Russian raid on a village mill.",
        "The Russian raid on Ukraine alarmed farmers.",
        "A Russian raid on Ukraine alarmed farmers.",
    ),
    (
        "what follows",
        "A Russian raid burned the grain stores of Ukraine.",
        "Ukraine said that one raid by Russia burned grain.",
        "Ukraine said that one raid by Russia freed sailors.",
    ),
]


@pytest.mark.parametrize(("what", "first", "likelier", "less"), WORDINGS, ids=[w[0] for w in WORDINGS])
def test_what_stands_around_the_word(what: str, first: str, likelier: str, less: str) -> None:
    one = told("20250502-a", "2025-05-02", first, "raid")
    two, three = (told("20250502-b", "2025-05-02", s, "raid", 1, later=True) for s in (likelier, less))
    assert like(one, two) > like(one, three) + 0.05


def test_roles_within_one_country_say_little() -> None:
    sides = [
        (("20250502-a", "2025-05-02", "Deputies blamed ministers over roads.", "blamed"), {"type": "ACCUSE", "by": "FRA", "to": to})
        for to in ("FRA", "ITA")
    ]
    other = [told("20250503-b", "2025-05-03", "Mayors blamed judges for delays.", "blamed", 1, later=True, **more) for _, more in sides]
    at_home, abroad = (like(told(*a, **more), o) for (a, more), o in zip(sides, other, strict=True))
    assert at_home < abroad


def test_a_denial_the_next_day_is_no_news_of_another_act() -> None:
    first = told("20250502-a", "2025-05-02", "Russian troops raided a farm in Ukraine.", "raided")
    denied, again = (
        told("20250503-b", "2025-05-03", "Russian troops raided a farm in Ukraine.", "raided", 1, status=s) for s in ("denied", "happened")
    )
    assert like(first, denied) > like(first, again)


def test_many_like_acts_of_the_same_days_speak_against_one() -> None:
    first = told("20250502-a", "2025-05-02", "Russian troops raided a farm by the border of Ukraine.", "raided")
    second = told("20250502-b", "2025-05-02", "Russia raided rail yards in Ukraine, a governor said.", "raided", 1)
    mills = [told(f"20250502-x{n}", "2025-05-02", f"Russian troops raided mill number {n} in Ukraine.", "raided", n) for n in range(30)]
    reports = [first, second, *mills]
    likeness = Likeness([d.text for d, _ in reports])
    tellings = [telling(m, d, n) for n, (d, m) in enumerate(reports)]

    def likely(of: list[Telling]) -> float:
        return float(Tellings(of, likeness, OPTIONS).likely(np.asarray([0]), np.asarray([1]))[0])

    few, many = likely(tellings[:2]), likely(tellings)
    assert 0.1 < many < few


def test_rivals_are_reports_of_like_acts_of_the_days_around() -> None:
    days = ["2025-05-02", "2025-05-03", "2025-05-04", "2025-05-20"]
    reports = [told(f"{d.replace('-', '')}-a", d, KHARKIV, "struck") for d in days]
    reports.append(told("20250503-b", "2025-05-03", KHARKIV, "struck", type="ACCUSE"))
    tellings = [telling(m, d, n) for n, (d, m) in enumerate(reports)]
    assert rivals(tellings, 1).tolist() == [2, 3, 2, 1, 1]


TOWNS = [  # place, to whom, a town
    (Place("Kharkiv", "Kharkiv", "UKR"), (), True),
    (Place("Ukraine", "Ukraine", "UKR"), (), False),
    (None, (Actor("Dnipro", None, "Dnipro", "UKR"),), True),  # 'a strike on Dnipro'
    (None, (Actor("market", None, "UKR", "UKR"),), False),
]


@pytest.mark.parametrize(("place", "recipients", "found"), TOWNS)
def test_the_town_of_an_act(place: Place | None, recipients: tuple[Actor, ...], found: bool) -> None:
    _, m = told("20250502-a", "2025-05-02", KHARKIV, "struck")
    assert (town_of(replace(m, place=place, recipients=recipients)) is not None) is found


VICTIMS = [  # to whom, trigger, last names, a death
    (person("Anna Velik", "UKR"), "killed", {"velik"}, True),
    (person("Anna Velik", "UKR"), "struck", {"velik"}, False),
    ((Actor("five villagers", None, "UKR", "UKR"),), "killed", set(), True),
    ((Actor("Kyiv", None, "UKR", "UKR", "GOV", "Ukraine"),), "struck", set(), False),
]


@pytest.mark.parametrize(("recipients", "trigger", "names", "death"), VICTIMS)
def test_whom_a_killing_names(recipients: tuple[Actor, ...], trigger: str, names: set[str], death: bool) -> None:
    _, m = told("20250502-a", "2025-05-02", f"They {trigger} them.", trigger, recipients=recipients)
    assert (victims(m), kills(m)) == (names, death)
