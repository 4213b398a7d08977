"""The question put and answered, on the bundled example and on small worlds."""

import datetime
import json
from dataclasses import replace

import numpy as np
import pytest
from worlds import world

from detente.errors import ScenarioError
from detente.scenarios import what_if
from detente.scenarios.assumption import Removal
from detente.scenarios.history import KIND_OF
from detente.scenarios.removing import acts_meant
from detente.scenarios.result import MEASURES

TREATY = "AZE SUPPORT ARM mode=sign on 2025-09-01"


@pytest.fixture(scope="module")
def treaty(example_workspace):
    return what_if(example_workspace[0], TREATY, ("RUS", "AZE"), 3, draws=60)


def test_the_answer_is_whole(treaty) -> None:
    assert treaty.watch == ("RUS", "AZE")
    assert set(treaty.verdicts) == set(MEASURES)
    assert set(treaty.verdicts.values()) <= {"raises", "lowers", "not distinguishable"}
    for path in (*treaty.combined.baseline, *treaty.combined.scenario, *treaty.combined.difference):
        assert len(path.starts) == treaty.horizon
        for low80, low50, middle, high50, high80 in zip(path.low80, path.low50, path.middle, path.high50, path.high80, strict=True):
            assert low80 <= low50 <= middle <= high50 <= high80
    assert json.loads(json.dumps(treaty.as_dict()))["combined"]["changes"]


def test_little_data_does_not_sharpen(treaty) -> None:
    assert treaty.verdicts["tension"] == treaty.verdicts["influence"] == "not distinguishable"
    assert "can be told from none" in treaty.sentence


def test_evidence_opens_to_sentences(treaty, example_workspace) -> None:
    workspace = example_workspace[0]
    events, mentions = {e.id for e in workspace.events()}, {m.id for m in workspace.mentions()}
    assert treaty.evidence and set(treaty.evidence) <= events
    assert treaty.mentions and set(treaty.mentions) <= mentions


def test_the_same_question_has_the_same_answer(treaty, example_workspace) -> None:
    again = what_if(example_workspace[0], TREATY, ("RUS", "AZE"), 3, draws=60)
    assert again.as_dict() == treaty.as_dict()


def test_progress_is_told_and_rises(example_workspace) -> None:
    seen: list[tuple[str, float]] = []
    what_if(example_workspace[0], TREATY, ("RUS", "AZE"), 1, draws=50, progress=lambda stage, done: seen.append((stage, done)))
    assert [d for _, d in seen] == sorted(d for _, d in seen)
    assert seen[0][1] >= 0 and seen[-1][1] <= 1


REFUSED = [
    ("AZE SUPPORT ARM on 2019-01-01", "S08"),
    ("AZE SUPPORT ARM on 2031-01-01", "S09"),
    ("without e20250101-0000000000", "S10"),
    ("without RUS AID AZE on 2025-07-01", "S10"),
    ("without RUS COERCE AZE on 2025-01-02", "S10"),
    ("without the raid of 2025-07-02", "S10"),
    ("without the zzyzx of 2025-06-27", "S01"),
    ("QQQ SUPPORT ARM", "S02"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED, ids=[t for t, _ in REFUSED])
def test_refused_with_a_reason(text, code, example_workspace) -> None:
    with pytest.raises(ScenarioError) as fault:
        what_if(example_workspace[0], text, ("RUS", "AZE"), 4)
    assert fault.value.code == code


def test_a_word_for_an_act_means_the_act_of_the_watched_pair() -> None:
    told = world()
    told = replace(told, label=np.where(told.kind == KIND_OF["ACCUSE"], "allege", "visit").astype(object))
    first = int(np.flatnonzero(told.between(0, 1) & (told.kind == KIND_OF["CONSULT"]))[0])
    day = datetime.date.fromordinal(int(told.day[first]))
    found = acts_meant(told, Removal(None, day=day, word="visit"), ("AAA", "BBB"))
    assert first in found
    assert {(told.day[k], told.kind[k]) for k in found} == {(told.day[first], KIND_OF["CONSULT"])}
    assert told.between(0, 1)[found].all()


def test_a_workspace_without_acts() -> None:
    with pytest.raises(ScenarioError, match="no act with a day"):
        what_if([], TREATY, ("RUS", "AZE"), 4)


def test_a_pair_of_which_too_little_is_told(example_workspace) -> None:
    with pytest.raises(ScenarioError, match="S11") as fault:
        what_if(example_workspace[0], TREATY, ("TUR", "GEO"), 4)
    assert "between TUR and GEO" in str(fault.value)
