"""Past cases and reciprocity: what they find in worlds of known making, and when they say that they cannot answer."""

import datetime

import numpy as np
import pytest
from worlds import world

from detente.config import load_config
from detente.scenarios import parse
from detente.scenarios.methods import METHODS
from detente.scenarios.methods.analogues import Analogues
from detente.scenarios.methods.base import CannotAnswer
from detente.scenarios.methods.reciprocity import LAGS, VARIABLES, Var, regressors, variables
from detente.scenarios.result import MEASURES
from detente.scenarios.whatif import answer, asked, resolver

OPTIONS = load_config()


def question(told, text, watch=("AAA", "BBB"), weeks=4, draws=60):
    return asked(told, parse(text, resolver(told), told.actors), watch, weeks, OPTIONS, 1, draws)


@pytest.fixture(scope="module")
def answering():
    """A world in which BBB answers each accusation by AAA twice."""
    return world(answers=2.0, days=300)


@pytest.mark.parametrize("method", METHODS, ids=[m.name for m in METHODS])
def test_every_method_gives_all_measures_and_the_same_twice(method, answering) -> None:
    asked_ = question(answering, "AAA ACCUSE BBB")
    fitted = method.fit(asked_.told)
    first, second = method.paths(fitted, asked_), method.paths(fitted, asked_)
    for part in ("baseline", "scenario", "shift"):
        found = getattr(first, part)
        assert set(found) == set(MEASURES)
        assert all(v.shape[1] == 4 and np.isfinite(v).all() for v in found.values())
        assert all(np.array_equal(found[m], getattr(second, part)[m]) for m in MEASURES)


def test_past_cases_find_the_answer_and_name_the_cases(answering) -> None:
    asked_ = question(answering, "AAA ACCUSE BBB")
    found = Analogues().paths(Analogues().fit(asked_.told), asked_)
    assert found.placebo is not None and found.placebo.cases >= 5
    assert 0 < found.placebo.p <= 1 and found.placebo.low < found.placebo.high
    ids = set(answering.event.tolist())
    assert found.analogues and all(a.event in ids and a.type == "ACCUSE" for a in found.analogues)
    likeness = [a.likeness for a in found.analogues]
    assert likeness == sorted(likeness, reverse=True)


def test_past_courses_are_cases_of_a_course(answering) -> None:
    asked_ = question(answering, "AAA→BBB hostile at -2 for 3 weeks")
    found = Analogues().paths(Analogues().fit(asked_.told), asked_)
    assert found.placebo is not None and found.placebo.cases >= 5
    assert "of hostility kept for 3 weeks" in found.notes[0]
    assert found.shift["quad3"].mean() > 0  # the acts of a course are counted


REFUSED = [
    ("AAA ACCUSE BBB", ("CCC", "DDD"), Analogues(), "between others than the watched pair"),
    ("AAA AID BBB", ("AAA", "BBB"), Analogues(), "it needs 5 past cases"),
    ("AAA→BBB at +9 for 8 weeks", ("AAA", "BBB"), Analogues(), "it needs 5 past cases; 0 of courses of cooperation kept for 4 weeks"),
    ("EEE ACCUSE FFF", ("AAA", "BBB"), Var(), "touches the watched pair"),
]


@pytest.mark.parametrize(("text", "watch", "method", "why"), REFUSED, ids=[w for _, _, _, w in REFUSED])
def test_a_method_says_what_it_lacks(text, watch, method, why, answering) -> None:
    asked_ = question(answering, text, watch)
    with pytest.raises(CannotAnswer, match=why):
        method.paths(method.fit(asked_.told), asked_)


def test_variables_and_regressors_stand_where_they_should(answering) -> None:
    rivals = np.zeros((6, 6))
    rivals[0, 2] = rivals[2, 0] = 1
    values = variables(answering, np.array([[0, 1], [1, 0]]), rivals)
    assert values.shape == (2, answering.weeks, VARIABLES)
    assert np.array_equal(values[0, :, :2], values[1, :, 2:4])  # what A does to B is what B suffers from A
    rows = regressors(values)
    assert rows.shape == (2, answering.weeks - LAGS + 1, VARIABLES * (LAGS + 1) + 1)
    assert np.array_equal(rows[0, 0, :VARIABLES], values[0, LAGS - 1])
    assert np.array_equal(rows[0, -1, :VARIABLES], values[0, -1])


def test_a_course_of_cooperation_lowers_tension(answering) -> None:
    asked_ = question(answering, "AAA→BBB cooperative at +5 for 4 weeks")
    found = Var().paths(Var().fit(asked_.told), asked_)
    assert found.shift["quad3"].mean() < 0
    assert found.shift["tension"].mean() <= 0


def test_an_act_taken_out_begins_on_its_day(answering) -> None:
    k = int(np.flatnonzero((answering.actor == 0) & (answering.recipient == 1) & (answering.quad == 2))[-1])
    day = int(answering.day[k])
    asked_ = question(answering, f"without AAA ACCUSE BBB on {datetime.date.fromordinal(day)}")
    assert asked_.told.last == day - 1 and not (asked_.told.day >= day).any()
    assert [(g.offset, g.type) for g in asked_.removed] == [(0, "ACCUSE")]
    found = answer(asked_, answering)
    assert found.origin == datetime.date.fromordinal(day).isoformat()
    assert all(len(p.starts) <= 4 for p in found.happened)


def test_the_combination_names_the_record_and_weighs_by_it() -> None:
    told = world(answers=1.0, days=300)
    found = answer(question(told, "AAA ACCUSE BBB"), told)
    assert {r.method for r in found.record} >= {"combination", "as usual", *(m.name for m in METHODS)}
    weights = [t.weight for t in found.methods]
    assert abs(sum(weights) - 1) < 0.01 and all(w > 0 for w in weights)
    assert all(r.cover80 is None or 0 <= r.cover80 <= 1 for r in found.record)
