"""Calibration measured on numbers made up for it."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import calibration
from rightness import judged


def test_error_is_the_distance_of_confidence_and_rightness() -> None:
    told = calibration.bins([0.25, 0.25, 0.25, 0.25, 0.95, 1.0], [True, False, False, False, True, True])
    assert [b["n"] for b in told] == [4, 2]
    assert calibration.calibration_error(told) == pytest.approx((0 * 4 + 0.025 * 2) / 6)
    assert calibration.calibration_error(calibration.bins([0.9] * 4, [False] * 4)) == pytest.approx(0.9)


@pytest.mark.parametrize(("confidence", "right", "area"), [([0.9, 0.1], [True, False], 1), ([0.1, 0.9], [True, False], 0)])
def test_ranking(confidence, right, area) -> None:
    assert calibration.ranking(confidence, right) == area


def test_weights_follow_the_evidence() -> None:
    rows = [calibration.Judged("made", str(n), 0.5, {"good" if n % 2 else "bad": 1.0}, 1.0, bool(n % 2)) for n in range(40)]
    weights = calibration.fit(rows)
    assert weights["good"] > 0.5 > -0.5 > weights["bad"]
    assert all((c > 0.5) == r.right for c, r in zip(calibration.cross_validated(rows), rows, strict=True))


def test_evidence_makes_the_confidence_that_is_told(coder) -> None:
    from detente.coding.confidence import rightness
    from detente.documents import from_text

    ((mention, evidence, relevance),) = calibration.read(coder, from_text("Poland expelled three Belarusian diplomats."))
    assert mention.confidence == pytest.approx(rightness(evidence) * relevance, abs=0.001)
    assert evidence["type SANCTION"] == evidence["actor named"] == 1


class Score:
    """The scorer's parts that are needed, as small as can be."""

    type15 = type16 = staticmethod(str)
    spans_of = staticmethod(lambda actors: [a["span"] for a in actors])
    best_overlap = staticmethod(lambda ours, theirs: float(any(a[0] < b[1] and b[0] < a[1] for a in ours for b in theirs)))


#: our actors, recipients and type, what the gold says of it: AID by [0, 5] to [10, 15]
PLV = [
    ([[0, 4]], [[10, 14]], "AID", True),
    ([[0, 4]], [], "AID", True),
    ([[0, 4]], [[10, 14]], "ACCUSE", False),
    ([[10, 14]], [[0, 4]], "AID", None),
    ([], [], "AID", None),
]


@pytest.mark.parametrize(("actors", "recipients", "type_", "right"), PLV)
def test_only_mentions_the_gold_speaks_of_are_judged(actors, recipients, type_, right) -> None:
    golden = [{"id": "d", "rows": [{"type": "AID", "actors": [[0, 5]], "recipients": [[10, 15]]}]}]
    mention = {"document": "d", "type": type_, "actors": [{"span": s} for s in actors], "recipients": [{"span": s} for s in recipients]}
    assert judged(Score, "plv", [], golden, [mention]) == [right]
