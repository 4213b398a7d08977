"""What somebody decided about mentions survives coding anew, and is taken back by another decision."""

import json

import pytest
from builders import actor, document, mention

from detente.records import Decision, Mention, as_dict
from detente.workspace import Workspace
from detente.workspace.decisions import after_of, decide, find, in_force, judged, links_of
from detente.workspace.review import LOT_EVERY, lot, precision, queue, wilson

DETAINED = mention("20250701-a", 10, "COERCE", "AZE", "RUS", trigger="detained")
STRUCK = mention("20250701-a", 80, "ASSAULT", "RUS", "AZE", trigger="struck")
TALKED = mention("20250701-a", 150, "CONSULT", "ARM TUR", trigger="talked")


def moved(m: Mention, **to: object) -> Mention:
    return Mention(**{**{f: getattr(m, f) for f in Mention.__dataclass_fields__}, **to})  # type: ignore[arg-type]


def decided(n: int, kind: str, m: Mention, right: Mention | None = None, undoes: str | None = None) -> Decision:
    after = None if kind in ("reject", "undo") else json.dumps(after_of(right or m))
    before = json.dumps({"mention": as_dict(m), "event": None})
    return Decision(f"d{n}", f"2025-07-0{n}", "me", kind, (judged(m),), (), before, after, None, undoes)  # type: ignore[arg-type]


RIGHT = moved(DETAINED, type="SANCTION", actors=(actor("RUS"),))

CASES = {
    # what was decided, what is coded now, what stands there, and the state of the last decision
    "accepted": ([decided(1, "accept", DETAINED)], [DETAINED], [("COERCE", "AZE")], "in force"),
    "corrected": ([decided(1, "correct", DETAINED, RIGHT)], [DETAINED], [("SANCTION", "RUS")], "in force"),
    "rejected": ([decided(1, "reject", DETAINED)], [DETAINED], [], "in force"),
    "accepted, then coded otherwise": ([decided(1, "accept", DETAINED)], [moved(DETAINED, type="AID")], [("COERCE", "AZE")], "in force"),
    "corrected, then found by its span under another id": (
        [decided(1, "correct", DETAINED, RIGHT)],
        [moved(DETAINED, id="20250701-a.000010b")],
        [("SANCTION", "RUS")],
        "in force",
    ),
    "corrected, then the trigger grew": (
        [decided(1, "correct", DETAINED, RIGHT)],
        [moved(DETAINED, id="20250701-a.000005", trigger_span=(5, 15))],
        [("SANCTION", "RUS")],
        "in force",
    ),
    "accepted, then no longer coded": ([decided(1, "accept", DETAINED)], [], [("COERCE", "AZE")], "kept"),
    "rejected, then no longer coded": ([decided(1, "reject", DETAINED)], [], [], "lost"),
    "rejected, then coded otherwise": ([decided(1, "reject", DETAINED)], [moved(DETAINED, type="AID")], [("AID", "AZE")], "lost"),
    "rejected, then accepted": (
        [decided(1, "reject", DETAINED), decided(2, "accept", DETAINED)],
        [DETAINED],
        [("COERCE", "AZE")],
        "in force",
    ),
    "corrected, then undone": (
        [decided(1, "correct", DETAINED, RIGHT), decided(2, "undo", DETAINED, undoes="d1")],
        [DETAINED],
        [("COERCE", "AZE")],
        "done",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_stands_after_a_decision(case: tuple[list[Decision], list[Mention], list[tuple[str, str]], str]) -> None:
    decisions, coded, there, state = case
    result = decide(decisions, {"20250701-a": coded})
    now = [m for m in coded if m.id not in result.gone] + list(result.instead)
    assert [(m.type, m.actors[0].code) for m in now] == there
    assert result.standing[-1].state == state


def test_a_judged_mention_is_sure_and_says_why() -> None:
    (m,) = decide([decided(1, "accept", DETAINED)], {"20250701-a": [DETAINED]}).instead
    assert m.confidence == 1.0
    assert m.because[-1] == "decision:d1"


def test_a_decision_finds_the_mention_of_its_own_type_where_two_share_a_trigger() -> None:
    other = moved(DETAINED, id=DETAINED.id + "b", type="ACCUSE")
    assert find(judged(DETAINED), [other, DETAINED]) == DETAINED
    assert find(judged(DETAINED), [STRUCK, TALKED]) is None


def test_the_later_decision_on_a_pair_counts() -> None:
    three = tuple(judged(m) for m in (DETAINED, STRUCK, TALKED))
    merge = Decision("d1", "", "me", "merge", three)
    split = Decision("d2", "", "me", "split", three[:1], three[1:])
    links = links_of([merge, split], {})
    assert links.together == ((STRUCK.id, TALKED.id),)
    assert set(links.apart) == {(DETAINED.id, STRUCK.id), (DETAINED.id, TALKED.id)}
    back = Decision("d3", "", "me", "undo", three[:1], three[1:], undoes="d2")
    assert len(links_of([merge, split, back], {}).together) == 3
    assert in_force([merge, split, back]) == [merge]


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    made = Workspace.open(tmp_path / "w", create=True)
    told = [mention(f"2025070{d}-a", 10 * n, "COERCE", "AZE", "RUS", confidence=0.1 + 0.08 * n) for d in (1, 2, 3) for n in range(10)]
    made.append([document(f"2025070{d}-a") for d in (1, 2, 3)], told, [], "c1")
    return made


def test_a_decided_workspace_reads_as_decided(workspace: Workspace) -> None:
    first, second, *_ = workspace.mentions()
    assert workspace.coded_frame().height == workspace.mentions_frame().height == 30
    workspace.append_decision(decided(1, "reject", first))
    workspace.append_decision(decided(2, "correct", second, moved(second, type="AID")))
    assert first.id not in {m.id for m in workspace.mentions()}
    assert next(m for m in workspace.mentions() if m.id == second.id).type == "AID"
    assert workspace.coded_frame().height == 30
    some = {m.id for m in workspace.coded_mentions(["20250701-a", "20250702-a"])}
    assert workspace.mentions_named(some) == [m for m in workspace.mentions() if m.id in some]
    assert workspace.mentions_named(set()) == []


def test_a_coder_of_another_mind_changes_no_judgement(workspace: Workspace) -> None:
    _, second, *_ = workspace.mentions()
    workspace.append_decision(decided(2, "correct", second, moved(second, type="AID")))
    workspace.append([document(second.document)], [moved(second, type="ASSAULT", actors=())], [], "c2")
    (now,) = [m for m in workspace.mentions() if m.document == second.document]
    assert (now.type, [a.code for a in now.actors]) == ("AID", ["AZE"])


def test_the_queue_asks_about_doubt_and_draws_some_by_lot(workspace: Workspace) -> None:
    waiting = queue(workspace, 12)
    assert [w.by for w in waiting[:LOT_EVERY]] == ["doubt"] * (LOT_EVERY - 1) + ["lot"]
    doubts = [w.doubt for w in waiting if w.by == "doubt"]
    assert doubts == sorted(doubts, reverse=True) and doubts[0] > 0.9
    assert len({w.mention for w in waiting}) == 12
    drawn = [lot(w.document, int(w.mention[-6:])) for w in queue(workspace, 30, "lot")]
    assert drawn == sorted(drawn) and len(drawn) == 30
    workspace.append_decision(decided(1, "accept", next(m for m in workspace.mentions() if m.id == waiting[0].mention)))
    assert waiting[0].mention not in {w.mention for w in queue(workspace, 30)}


def test_precision_counts_the_lot_up_to_the_first_that_nobody_judged(workspace: Workspace) -> None:
    told = {m.id: m for m in workspace.mentions()}
    drawn = [told[w.mention] for w in queue(workspace, 30, "lot")]
    kinds = ["accept", "reject", "correct", "accept"]
    for n, kind in enumerate(kinds):
        right = moved(drawn[n], status="claimed") if kind == "correct" else None
        workspace.append_decision(decided(n + 1, kind, drawn[n], right))
    workspace.append_decision(decided(6, "reject", drawn[7]))  # judged out of turn: not in the sample
    found = precision(workspace)
    assert (found.told.right, found.told.of) == (3, 4)
    assert (found.whole.right, found.whole.of) == (2, 4)
    assert (found.fields["status"].right, found.fields["type"].right) == (2, 3)
    assert (found.accepted, found.corrected, found.rejected, found.mentions) == (2, 1, 2, 30)


def test_wilson_is_that_of_the_textbook() -> None:
    share = wilson(8, 10)
    assert (round(share.low or 0, 3), round(share.high or 0, 3)) == (0.49, 0.943)  # Newcombe 1998, method 3
    assert wilson(0, 0).value is None
