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

ACTS = json.loads((Path(__file__).parent / "acts.json").read_text(encoding="utf-8"))["acts"]
#: of the acts of several reports, those whose reports are one event where they were read at all
WHOLE = 20
#: reports told by their act's event, over all acts; reports read that another event tells
COVERED, ELSEWHERE = 72, 2


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


def test_the_raid_is_contested_and_answered(acts: list[Told], example_workspace) -> None:
    workspace, _ = example_workspace
    events = workspace.events()
    by_act = {a.act["id"]: a.event for a in acts}
    raid, arrest = by_act["yekaterinburg-raid"], by_act["shikhlinski-detained"]
    assert raid is not None and raid.contested
    assert arrest is not None and len(chain(events, arrest.id)) >= 3  # the raid or its killings, Baku's answer, Moscow's
