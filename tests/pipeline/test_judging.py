"""A decision changes what it touches at once, leaves the rest alone, survives the next run, and is taken back without a trace."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from detente.config import load_config
from detente.errors import DetenteError
from detente.measures import acts
from detente.pipeline import judge, merge_events, merge_workspace, run, split_event, undo
from detente.records import Event
from detente.workspace import Workspace

CONFIG = load_config(run={"workers": 1})


@pytest.fixture
def workspace(tmp_path: Path, example_workspace) -> Workspace:
    shutil.copytree(example_workspace[0].folder, tmp_path / "w")
    return Workspace.open(tmp_path / "w")


def told_often(workspace: Workspace) -> Event:
    return max(workspace.events(), key=lambda e: (len(e.mentions), e.id))


def event_of(workspace: Workspace, mention: str) -> Event | None:
    return next((e for e in workspace.events() if mention in e.mentions), None)


def test_a_rejected_mention_leaves_its_event(workspace: Workspace) -> None:
    before = workspace.events()
    event = told_often(workspace)
    judge(workspace, CONFIG, event.mentions[1], "reject", who="me", note="a wedding")
    now = {e.id: e for e in workspace.events()}
    assert now[event.id].mentions == (event.mentions[0], *event.mentions[2:])
    assert [e for e in before if e.id != event.id and now.get(e.id) != e and now[e.id].answers == e.answers] == []
    decision = workspace.decisions()[-1]
    assert (decision.who, decision.note, decision.kind) == ("me", "a wedding", "reject")


def test_an_event_whose_only_mention_is_rejected_ends(workspace: Workspace) -> None:
    alone = next(e for e in workspace.events() if len(e.mentions) == 1)
    verdict = judge(workspace, CONFIG, alone.mentions[0], "reject")
    assert verdict.after == () and alone.id not in {e.id for e in workspace.events()}
    undo(workspace, CONFIG, "last")
    assert alone in workspace.events()


def test_a_corrected_mention_changes_the_figures_at_once(workspace: Workspace) -> None:
    told = (e for e in workspace.events() if len(e.mentions) == 1 and e.recipients and e.status == "happened")
    alone = next(e for e in told if e.date_precision == "day")
    verdict = judge(workspace, CONFIG, alone.mentions[0], "correct", {"type": "AID", "actors": "Uruguay", "recipients": "PRY"})
    (now,) = verdict.after
    assert now.id == alone.id
    assert (now.type, now.mode, [a.code for a in now.actors], [a.code for a in now.recipients]) == ("AID", None, ["URY"], ["PRY"])
    assert now.intensity is not None and now.intensity > 0
    (act,) = acts(workspace.events()).filter(actor="URY").iter_rows(named=True)
    assert act["recipient"] == "PRY"


def test_a_corrected_telling_joins_the_event_it_tells(workspace: Workspace) -> None:
    event = told_often(workspace)
    told = {m.id: m for m in workspace.mentions()}
    one = told[event.mentions[1]]
    judge(workspace, CONFIG, one.id, "correct", {"actors": "Uruguay", "recipients": "Paraguay"})
    away = event_of(workspace, one.id)
    assert away is not None and away.id != event.id
    as_it_was = {"actors": ",".join(a.code for a in one.actors), "recipients": ",".join(a.code for a in one.recipients)}
    judge(workspace, CONFIG, one.id, "correct", as_it_was)
    assert event_of(workspace, one.id) == told_often(workspace)


def test_events_are_merged_and_split_and_stay_so(workspace: Workspace) -> None:
    event = told_often(workspace)
    off = event.mentions[:2]
    split = split_event(workspace, CONFIG, event.id, off)
    new = next(e for e in split.after if e.id != event.id)
    assert set(new.mentions) == set(off)
    events = merge_workspace(workspace, CONFIG)
    apart = next(e for e in events if off[0] in e.mentions)
    assert set(off) <= set(apart.mentions) and not set(apart.mentions) & set(event.mentions[2:])
    assert apart.id == new.id
    other = next(e for e in events if e.id not in (event.id, new.id) and len(e.mentions) == 1)
    merge_events(workspace, CONFIG, [new.id, other.id])
    events = merge_workspace(workspace, CONFIG)
    assert {*off, *other.mentions} <= set(next(e for e in events if e.id == new.id).mentions)


def unmeasured(events: list[Event]) -> list[Event]:
    """How alike the mentions of a changed event are is measured with the next run."""
    return [replace(e, cohesion=None) for e in events]


def test_undoing_everything_gives_back_every_event(workspace: Workspace) -> None:
    before = workspace.events()
    event = told_often(workspace)
    judge(workspace, CONFIG, event.mentions[0], "accept")
    judge(workspace, CONFIG, event.mentions[2], "reject")
    judge(workspace, CONFIG, event.mentions[1], "correct", {"type": "AID", "place": "Baku", "date": "2025-06", "sources": "Peskov"})
    split = split_event(workspace, CONFIG, event.id, [event_of(workspace, event.mentions[0]).mentions[-1]])
    merge_events(workspace, CONFIG, [e.id for e in split.after])
    for _ in range(5):
        undo(workspace, CONFIG, "last")
    assert unmeasured(workspace.events()) == unmeasured(before)
    assert len(workspace.decisions()) == 10


def test_a_run_that_finds_nothing_new_keeps_what_was_decided(workspace: Workspace) -> None:
    event = told_often(workspace)
    judge(workspace, CONFIG, event.mentions[1], "reject")
    examples = Path(__file__).parents[2] / "examples" / "south-caucasus"
    outcome = run([examples], workspace, CONFIG)
    assert not outcome.nothing_new  # the brief is written again
    assert event_of(workspace, event.mentions[1]) is None
    assert run([examples], workspace, CONFIG).nothing_new


REFUSED = {
    "no such mention": (lambda w, e: judge(w, CONFIG, "nobody", "accept"), "W06"),
    "no such event": (lambda w, e: split_event(w, CONFIG, "nothing", ["x"]), "W07"),
    "no such decision": (lambda w, e: undo(w, CONFIG, "never"), "W08"),
    "nothing to undo": (lambda w, e: undo(w, CONFIG, "last"), "W08"),
    "no such field": (lambda w, e: judge(w, CONFIG, e.mentions[0], "correct", {"trigger": "x"}), "W09"),
    "no such type": (lambda w, e: judge(w, CONFIG, e.mentions[0], "correct", {"type": "PARTY"}), "W09"),
    "no such mode": (lambda w, e: judge(w, CONFIG, e.mentions[0], "correct", {"mode": "waltz"}), "W09"),
    "no such status": (lambda w, e: judge(w, CONFIG, e.mentions[0], "correct", {"status": "maybe"}), "W09"),
    "no such date": (lambda w, e: judge(w, CONFIG, e.mentions[0], "correct", {"date": "2025-02-30"}), "W09"),
    "no such place": (lambda w, e: judge(w, CONFIG, e.mentions[0], "correct", {"place": "Qwxyz"}), "W09"),
    "nothing corrected": (lambda w, e: judge(w, CONFIG, e.mentions[0], "correct", {}), "W09"),
    "one event alone": (lambda w, e: merge_events(w, CONFIG, [e.id, e.id]), "W09"),
    "all would leave": (lambda w, e: split_event(w, CONFIG, e.id, e.mentions), "W09"),
    "not of this event": (lambda w, e: split_event(w, CONFIG, e.id, ["nobody"]), "W09"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_decided_is_refused_and_leaves_nothing(case, workspace: Workspace) -> None:
    call, code = case
    with pytest.raises(DetenteError) as fault:
        call(workspace, told_often(workspace))
    assert fault.value.code == code
    assert workspace.decisions() == []


def test_a_decision_is_undone_once_and_after_those_that_followed(workspace: Workspace) -> None:
    event = told_often(workspace)
    first = judge(workspace, CONFIG, event.mentions[0], "accept").decision
    second = judge(workspace, CONFIG, event.mentions[0], "reject").decision
    with pytest.raises(DetenteError, match=second.id):
        undo(workspace, CONFIG, first.id)
    undo(workspace, CONFIG, second.id)
    with pytest.raises(DetenteError, match="undone already"):
        undo(workspace, CONFIG, second.id)


def test_what_is_no_text_is_kept_as_text(workspace: Workspace) -> None:
    event = told_often(workspace)
    judge(workspace, CONFIG, event.mentions[0], "correct", {"actors": "A\ud800b\x00c"}, who="\ud800", note="x\x07\udfff")
    decision = workspace.decisions()[-1]
    assert (decision.who, decision.note) == ("?", "x ?")
    assert next(m for m in workspace.mentions() if m.id == event.mentions[0]).actors[0].text == "A?b c"


def test_while_another_process_writes_nothing_is_judged(workspace: Workspace) -> None:
    event = told_often(workspace)
    with workspace.writing(), pytest.raises(DetenteError) as fault:
        judge(workspace, CONFIG, event.mentions[0], "accept", patience=0.2)
    assert fault.value.code == "W02"
    assert workspace.decisions() == []


def test_actors_are_taken_from_the_directory_and_others_kept_as_names(workspace: Workspace) -> None:
    event = told_often(workspace)
    verdict = judge(workspace, CONFIG, event.mentions[0], "correct", {"actors": "Russian police, Gandalf", "recipients": "NATO"})
    assert verdict.unknown == ("Gandalf",)
    (m,) = [m for m in workspace.mentions() if m.id == event.mentions[0]]
    assert [a.code for a in m.actors] == ["RUS", "Gandalf"]
    assert [(a.id, a.country) for a in m.recipients] == [("NATO", None)]
