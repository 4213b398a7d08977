"""How events are held against acts that were sorted by hand."""

import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(FOLDER))
import acts  # noqa: E402

#: what, act of each mention, event of each mention, precision and recall by B3, pairs, what the events hold, acts whole
CASES = [
    ("all right", "AAB", "xxy", (1, 1), (1, 1), {"x": "one"}, (1, 1)),
    ("all alone", "AAB", "xyz", (1, 2 / 3), (0, 0), {}, (0, 1)),
    ("all one", "AAB", "xxx", (5 / 9, 1), (1 / 3, 1), {"x": "several"}, (1, 1)),
    ("mostly one", "AAAB", "xxxx", (10 / 16, 1), (1 / 2, 1), {"x": "mostly"}, (1, 1)),
]


@pytest.mark.parametrize(("what", "by_hand", "found", "b3", "pairs", "held", "whole"), CASES, ids=[c[0] for c in CASES])
def test_figures(what: str, by_hand: str, found: str, b3, pairs, held, whole) -> None:
    one, other = (dict(enumerate(text)) for text in (by_hand, found))
    assert acts.b_cubed(one, other)[:2] == pytest.approx(b3)
    assert acts.pairs(one, other) == pytest.approx(pairs)
    assert acts.held_of(one, other) == held
    assert acts.whole(one, other) == whole


def test_the_hand_list_is_whole() -> None:
    rows = acts.labels()
    first, second = acts.acts_of(rows, 1), acts.acts_of(rows, 2)
    assert len(first) > 2300
    assert len({r["week"] for r in rows}) == 14
    assert second.keys() - {m for r in rows if r["reader"] == 1 for m in r["acts"]} == set()
    assert all(len(r["acts"]) > 1 for r in rows)
