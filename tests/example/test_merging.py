"""The bundled example as events: what several reports tell is one event, and different acts are different events.

The floors stand a little below what the reading reaches, so that they fail when merging
loses acts and not when one report is read otherwise.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from telling import Told, told

from detente.merging import chain
from detente.records import Event, Mention

ACTS = json.loads((Path(__file__).parent / "acts.json").read_text(encoding="utf-8"))["acts"]
#: of the acts of several reports, those whose reports are one event where they were read at all
WHOLE = 20
#: reports told by their act's event, over all acts; reports read that another event tells
COVERED, ELSEWHERE = 73, 2
#: different acts in like words: for each, the report's day, the word that tells it and words of its sentence
APART = [
    (("2025-08-09", "welcomed", "Aliyev welcomed as historic"), ("2025-08-10", "welcomed", "Russia cautiously welcomed")),
    (("2025-08-10", "denied", "Armenian officials denied"), ("2025-08-12", "rejected", "opposition parties rejected")),
    (("2025-08-20", "met", "met Nikol Pashinyan in Yerevan"), ("2025-08-20", "visited", "deputy foreign minister of Armenia")),
    (("2025-07-06", "accused", "circles in Russia"), ("2025-07-07", "accuses", "two archbishops")),
    (("2025-07-06", "denies", "which Moscow denies"), ("2025-07-07", "deny", "They deny it")),
    (("2025-07-02", "accused", "accused of fraud"), ("2025-07-06", "accused", "accused the officers of torture")),
    (("2025-07-02", "blamed", "blamed Moscow for the situation"), ("2025-07-03", "handed", "handed a protest")),
    (("2025-07-11", "raid", "raid in Yekaterinburg in late June"), ("2025-07-06", "searched", "searched the Sputnik office")),
    (("2025-07-01", "raid", "after the raid in Yekaterinburg"), ("2025-07-01", "searched", "searched the Baku office")),
    (("2025-06-21", "met", "members of the Armenian community"), ("2025-07-06", "visited", "visited Istanbul in June")),
    (("2025-07-03", "summoned", "summoned Azerbaijan's ambassador"), ("2025-07-01", "summoned", "summoned the Russian ambassador")),
    (("2025-07-01", "support", "expressed support for Azerbaijan"), ("2025-07-01", "backed", "backed the territorial integrity")),
]


@pytest.fixture(scope="module")
def acts(example_workspace) -> list[Told]:
    workspace, _ = example_workspace
    return told(ACTS, workspace.documents(), workspace.mentions(), workspace.events())


def test_what_several_reports_tell_is_one_event(acts: list[Told]) -> None:
    several = [a for a in acts if len(a.act["reports"]) > 1]
    apart = [(a.act["id"], a.elsewhere) for a in several if a.elsewhere]
    assert len(several) - len(apart) >= WHOLE, apart
    assert sum(len(a.covered) for a in acts) >= COVERED
    assert sum(len(a.elsewhere) for a in acts) <= ELSEWHERE


def test_different_acts_are_different_events(acts: list[Told]) -> None:
    event = {a.act["id"]: a.event.id for a in acts if a.event}
    mixed = [(a.act["id"], other) for a in acts for other in a.act["apart_from"] if a.act["id"] in event and other in event]
    assert [pair for pair in mixed if event[pair[0]] == event[pair[1]]] == []


@pytest.mark.parametrize(("one", "other"), APART, ids=lambda told: told[2])
def test_like_words_of_other_acts_stay_apart(one: tuple[str, ...], other: tuple[str, ...], example_workspace) -> None:
    workspace, _ = example_workspace
    days = {d.id: d.published or "" for d in workspace.documents()}
    mentions, events = workspace.mentions(), workspace.events()

    def event_of(day: str, word: str, words: str) -> Event:
        def tells(m: Mention) -> bool:
            return days[m.document].startswith(day) and m.trigger == word and words in " ".join(m.sentence.split())

        ids = {m.id for m in mentions if tells(m)}
        found = [e for e in events if ids & set(e.mentions)]
        assert len(found) == 1, (word, words, len(ids))
        return found[0]

    assert event_of(*one).id != event_of(*other).id


def test_the_raid_is_contested_and_answered(acts: list[Told], example_workspace) -> None:
    workspace, _ = example_workspace
    events = workspace.events()
    by_act = {a.act["id"]: a.event for a in acts}
    raid, arrest = by_act["yekaterinburg-raid"], by_act["shikhlinski-detained"]
    assert raid is not None and raid.contested
    assert arrest is not None and len(chain(events, arrest.id)) >= 3  # the raid or its killings, Baku's answer, Moscow's
