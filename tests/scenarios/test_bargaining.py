"""Bargaining: the published example, tables of positions, and how it joins a scenario."""

from pathlib import Path

import numpy as np
import pytest
from worlds import world

from detente.errors import ScenarioError
from detente.measures import Matter, Position
from detente.scenarios import what_if
from detente.scenarios.methods.bargaining import bargained, middle, settled
from detente.scenarios.stands import of_stances, read_table

EXAMPLE = Path(__file__).parents[2] / "examples" / "bargaining" / "emission-standards.csv"
#: Scholz, Calbert & Smith 2011, table 2: the middle and the mean position after each round
MIDDLES = [8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6]
MEANS = [7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6]


@pytest.fixture(scope="module")
def standards():
    return read_table(EXAMPLE)


def figures(table):
    return (np.array([getattr(p, k) for p in table.parties]) for k in ("position", "salience", "capability"))


def test_the_published_rounds_come_out(standards) -> None:
    """All but the second middle (9.61, printed as 9.9), cut after one decimal as they are printed."""
    found = bargained(*figures(standards), rounds=8, lowest=True, until_still=False)
    cut = np.floor(found.middles[1:] * 10) / 10
    assert [float(x) for x in np.delete(cut, 1)] == np.delete(MIDDLES, 1).tolist()
    assert np.abs(found.means[1:] - MEANS).max() < 0.1


def test_by_the_least_move_it_settles_near_the_published_outcome(standards) -> None:
    found = bargained(*figures(standards))
    assert len(found.middles) < 8
    assert found.middles[-1] == pytest.approx(9.9, abs=0.15)


def test_doubt_about_the_figures_widens_the_outcome(standards) -> None:
    found = settled(standards, 1, draws=40)
    mid, low50, high50, low80, high80 = found.outcome
    assert 4 <= low80 <= low50 <= mid <= high50 <= high80 <= 10
    assert high80 - low80 > 2  # five of a hundred of the line in each position are enough for that
    assert settled(standards, 1, draws=40) == found
    assert {m.actor for m in found.movers} <= {p.actor for p in standards.parties}


CASES = [
    ([0.0, 5.0, 10.0], [1.0, 1.0, 1.0], 5.0),
    ([0.0, 5.0, 10.0], [5.0, 1.0, 1.0], 0.0),
    ([0.0, 10.0], [1.0, 3.0], 10.0),
]


@pytest.mark.parametrize(("positions", "weights", "wanted"), CASES)
def test_the_middle_beats_every_other_position(positions, weights, wanted) -> None:
    assert middle(np.array(positions), np.array(weights)) == wanted


def test_where_all_agree_nobody_moves() -> None:
    found = bargained(np.full(3, 4.0), np.full(3, 0.5), np.ones(3))
    assert found.middles.tolist() == [4.0]


TABLES = [
    ("actor,position,salience,capability\nA,1,1,1\nB,2,1,1\n", "it names 2 parties"),
    ("actor,position,salience,capability\nA,1,1,1\nB,2,1,1\nB,3,1,1\n", "twice"),
    ("actor,position,salience,capability\nA,1,1,1\nB,x,1,1\nC,3,1,1\n", "the position of B is no number"),
    ("actor,position,salience\nA,1,1\nB,2,1\nC,3,1\n", "the capability of A is not given"),
    ("actor,position,salience,capability\nA,2,1,1\nB,2,1,1\nC,2,1,1\n", "do not lie apart"),
    ("actor,position,salience,capability\nA,1,0,1\nB,2,1,1\nC,3,1,1\n", "must be over 0"),
]


@pytest.mark.parametrize(("text", "why"), TABLES, ids=[w for _, w in TABLES])
def test_a_table_that_cannot_be_used(text, why, tmp_path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf8")
    with pytest.raises(ScenarioError, match=why) as fault:
        read_table(path)
    assert fault.value.code == "S12"


def test_a_table_in_toml_with_what_is_assumed(tmp_path) -> None:
    path = tmp_path / "corridor.toml"
    rows = [("AZE", 90, 80, 3, 70), ("ARM", 20, 90, 2, None), ("RUS", 40, 50, 6, None)]
    lines = ['matter = "the corridor"', "low = 0", "high = 100"]
    for actor, position, salience, capability, assumed in rows:
        lines += ["[[party]]", f'actor = "{actor}"', f"position = {position}", f"salience = {salience}", f"capability = {capability}"]
        lines += [f"assumed = {assumed}"] if assumed is not None else []
    path.write_text("\n".join(lines), "utf8")
    table = read_table(path)
    assert (table.matter, table.low, table.high) == ("the corridor", 0, 100)
    assert [p.salience for p in table.parties] == [0.8, 0.9, 0.5]
    found = settled(table, 1, draws=30)
    assert found.assumed is not None and found.change is not None
    assert found.change[0] <= 0  # a party that asks for less does not make the outcome more


def test_it_joins_the_answer_or_says_why_it_does_not_apply(example_workspace, standards) -> None:
    treaty, methods = "AZE SUPPORT ARM mode=sign on 2025-09-01", ["reciprocity", "bargaining"]
    plain = what_if(example_workspace[0], "IRN SUPPORT AZE on 2025-09-01", ("RUS", "AZE"), 2, draws=50, methods=methods)
    said = {m.method: m for m in plain.methods}["bargaining"]
    assert plain.settlement is None and said.why_not is not None and "no contested matter" in said.why_not
    measured = what_if(example_workspace[0], treaty, ("RUS", "AZE"), 2, draws=50, methods=methods)
    assert measured.settlement is not None and measured.settlement.matter == "conduct:AZE"
    sides = {p.actor: p.position for p in measured.settlement.stands}
    assert sides["AZE"] == 100.0 > sides["RUS"] and len(sides) >= 3
    assert (
        "whether what Azerbaijan does is opposed (0) or supported (100)" in {m.method: m for m in measured.methods}["bargaining"].notes[0]
    )
    given = what_if(example_workspace[0], treaty, ("RUS", "AZE"), 2, draws=50, methods=["reciprocity", "bargaining"], positions=standards)
    assert given.settlement is not None and given.settlement.source == "given"
    assert "bargaining settles at" in {m.method: m for m in given.methods}["bargaining"].notes[0]


def test_stances_told_on_a_matter_are_a_table() -> None:
    told = world(days=60)
    matter = Matter("e1", "event", "e1", None, "2025-01-01")
    held = [
        Position(matter, "AAA", "supports", 4, False, None, None, ("m1", "m2")),
        Position(matter, "BBB", "opposes", 1, True, None, None, ("m3",)),
        Position(matter, "BBB", "supports", 1, True, None, None, ("m4",)),
        Position(matter, "CCC", "opposes", 2, False, None, None, ("m2", "m5")),
        Position(matter, "Reports", "supports", 9, False, None, None, ("m6",)),
        Position(matter, "DDD", "asserts", 9, False, None, None, ("m7",)),  # to say that it happened is no stand on it
    ]
    table = of_stances("e1", held, told)
    assert table is not None and table.source == "measured"
    assert {p.actor: p.position for p in table.parties} == {"AAA": 100.0, "BBB": 50.0, "CCC": 0.0}
    assert {p.actor: p.salience for p in table.parties}["AAA"] == 1.0
    assert of_stances("e1", held[:3], told) is None  # two parties are no bargaining
    itself = of_stances("e1", held[:3], told, {"EEE": 4})
    assert itself is not None and {p.actor: p.position for p in itself.parties}["EEE"] == 100.0


@pytest.mark.parametrize("names", [["hawks"], ["bargaining"], []])
def test_a_method_that_is_not_there(names, example_workspace) -> None:
    with pytest.raises(ScenarioError, match="S13"):
        what_if(example_workspace[0], "AZE SUPPORT ARM", ("RUS", "AZE"), 2, methods=names)
