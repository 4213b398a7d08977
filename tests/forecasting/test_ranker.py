"""A forecaster on a small world where demands are answered and neighbours keep to each other."""

from copy import deepcopy

import numpy as np
import pytest

from detente.errors import ForecastError
from detente.forecasting.facts import Facts
from detente.forecasting.ranker import Forecaster, Options, Query
from detente.forecasting.ranking.evaluation import ranks_of
from detente.forecasting.ranking.learner import Settings

TYPES = ("Demand", "Investigate", "Meet", "Aid")
ACTORS = tuple(f"{kind} ({place})" for place in ("Aland", "Bland", "Cland") for kind in ("Police", "Citizen", "Governor", "Media"))
QUICK = Options(candidates=12, learning=Settings(trees=12, threads=1))


def world(days: int, seed: int = 1) -> Facts:
    """A demand made of somebody is followed by an investigation of the same the day after; meetings happen at home."""
    chance, rows, demands = np.random.default_rng(seed), [], []
    for day in range(days):
        rows += [(a, "Investigate", b, day) for a, b in demands]
        demands = [tuple(chance.choice(len(ACTORS), 2, replace=False)) for _ in range(3)]
        rows += [(a, "Demand", b, day) for a, b in demands]
        for _ in range(4):
            place = chance.integers(3)
            a, b = chance.choice(4, 2, replace=False) + 4 * place
            rows.append((a, "Meet", b, day))
    named = [(ACTORS[a], t, ACTORS[b], int(d)) for a, t, b, d in rows]
    return Facts.of(named, actors=ACTORS, types=TYPES)


@pytest.fixture(scope="module")
def learned() -> Forecaster:
    return Forecaster.fit(world(50), QUICK)


def test_what_always_follows_is_ranked_first(learned) -> None:
    facts = world(64)
    batches = list(deepcopy(learned).follow(facts.between(50, None)))
    ranks = np.concatenate([ranks_of(b.score, b.question, b.candidate, b.asked, b.answer, len(ACTORS)) for b in batches])
    kind = np.concatenate([b.type for b in batches]) % len(TYPES)
    assert (1 / ranks[kind == 1]).mean() > 0.9
    assert (1 / ranks[kind == 0]).mean() < 0.6  # demands are at random: nobody can know


@pytest.mark.parametrize("learn", [True, False], ids=["single-step", "multi-step"])
def test_nothing_of_the_day_asked_about_or_later_is_used(learned, learn) -> None:
    facts = world(53)
    later = facts.between(50, None)
    chance = np.random.default_rng(9)
    shuffled = Facts.from_arrays(
        later.actor, later.type, chance.permutation(later.recipient), later.day, actors=facts.actors, types=facts.types
    )
    scores = []
    for what in (later, shuffled):
        forecaster = deepcopy(learned)
        ranked = forecaster.rank(Query("Demand", actor=ACTORS[0]))
        first = next(iter(forecaster.follow(what, learn=learn)))
        scores.append((dict(zip(zip(first.question, first.candidate, strict=True), first.score, strict=True)), ranked))
    assert scores[0][1] == scores[1][1]
    # questions of the day that are asked in both worlds are answered alike
    one, two = ({(q, c): x for (q, c), x in s[0].items()} for s in scores)
    assert len(one) and set(one.values()) & set(two.values())


def test_the_order_of_facts_within_the_history_does_not_matter(learned) -> None:
    facts = world(50)
    order = np.random.default_rng(4).permutation(len(facts))
    again = Facts.from_arrays(
        facts.actor[order], facts.type[order], facts.recipient[order], facts.day[order], actors=facts.actors, types=facts.types
    )
    query = Query("Meet", recipient=ACTORS[5])
    assert Forecaster.fit(again, QUICK).rank(query) == learned.rank(query)


def test_a_day_is_learned_without_fitting_anew(learned) -> None:
    forecaster = deepcopy(learned)
    a, b = ACTORS[0], ACTORS[7]
    day = forecaster.last_day + 1
    before = {r.actor: r.place for r in forecaster.rank(Query("Investigate", actor=a), top=12)}
    forecaster.update(Facts.of([(a, "Demand", b, day)], actors=ACTORS, types=TYPES))
    after = forecaster.rank(Query("Investigate", actor=a), top=12)
    assert forecaster.last_day == day and after[0].actor == b and before[b] > 1


def test_reasons_name_the_facts_behind_them_as_they_stood(learned) -> None:
    a, b = ACTORS[0], ACTORS[7]
    forecaster = deepcopy(learned)
    day = forecaster.last_day + 1
    forecaster.update(Facts.of([(a, "Demand", b, day)], actors=ACTORS, types=TYPES))
    explained = forecaster.explain(Query("Investigate", actor=a), b)
    assert explained.answer.place == 1 and explained.of == 12
    assert [abs(r.weight) for r in explained.reasons] == sorted((abs(r.weight) for r in explained.reasons), reverse=True)
    rule = next(r for r in explained.reasons if r.evidence == "rule")
    assert rule.weight > 0
    assert rule.sentence.startswith(f"{b} was the target of Demand by {a} one day earlier; it was the answer to Investigate in ")
    known = forecaster.known
    first = rule.facts[0]
    assert (known.actor[first], known.recipient[first], known.day[first]) == (0, 7, day)
    for reason in explained.reasons:
        assert all(known.day[f] <= day for f in reason.facts) and reason.sentence.endswith(".")


def test_an_act_that_often_comes_is_likelier_than_one_that_never_did(learned) -> None:
    forecaster = deepcopy(learned)
    told = forecaster.probability(Query("Meet", actor=ACTORS[0], recipient=ACTORS[1]), horizon=7)
    seldom = forecaster.probability(Query("Investigate", actor=ACTORS[0], recipient=ACTORS[1]), horizon=7)
    assert 0 < seldom.probability < told.probability < 1 and told.low < told.probability < told.high
    day = forecaster.last_day + 1
    forecaster.update(Facts.of([(ACTORS[0], "Meet", ACTORS[1], day)], actors=ACTORS, types=TYPES))
    assert forecaster.probability(Query("Meet", actor=ACTORS[0], recipient=ACTORS[1])).start > told.start


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda f: f.rank(Query("Demand", actor="Nobody")), "F06"),
        (lambda f: f.rank(Query("Bribe", actor=ACTORS[0])), "F06"),
        (lambda f: f.rank(Query("Demand", actor=ACTORS[0]), day=3), "F07"),
        (lambda f: f.explain(Query("Demand", actor=ACTORS[0]), "Nobody"), "F06"),
        (lambda f: f.probability(Query("Demand", actor="Nobody", recipient=ACTORS[0])), "F23"),
        (lambda f: f.rank(Query("Demand")), "F30"),
        (lambda f: f.explain(Query("Demand"), ACTORS[0]), "F30"),
        (lambda f: f.probability(Query("Demand")), "F30"),
        (lambda f: f.probability(Query("Demand", actor=ACTORS[0])), "F30"),
        (lambda f: f.probability(Query("Demand", recipient=ACTORS[0])), "F30"),
        (lambda f: f.rank(Query("Demand", actor=ACTORS[0]), top=0), "F31"),
        (lambda f: f.rank(Query("Demand", actor=ACTORS[0]), top=-1), "F31"),
        (lambda f: f.rank(Query("Demand", actor=ACTORS[0]), top=None), "F31"),
        (lambda f: f.update(world(3)), "F07"),
        (lambda f: f.update(Facts.of([("X", "Meet", "Y", 500)])), "F09"),
        (lambda f: Forecaster.fit(Facts.of([])), "F05"),
        (lambda f: Forecaster.fit(world(2)), "F08"),
    ],
)
def test_questions_that_cannot_be_answered(learned, ask, code) -> None:
    with pytest.raises(ForecastError) as fault:
        ask(learned)
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (Query("Demand"), "names neither actor nor recipient."),
        (Query("Demand", actor=ACTORS[0]), "names no recipient. A probability is of one act"),
        (Query("Demand", recipient=ACTORS[0]), "names no actor. A probability is of one act"),
    ],
)
def test_the_end_that_is_missing_is_named(learned, query, said) -> None:
    with pytest.raises(ForecastError) as fault:
        learned.probability(query)
    assert said in str(fault.value)


@pytest.mark.parametrize("kind", [{"actor": ACTORS[0]}, {"recipient": ACTORS[3]}], ids=["recipient", "actor"])
@pytest.mark.parametrize("type", TYPES)
def test_no_reason_counts_none_of_none(learned, type, kind) -> None:
    forecaster = deepcopy(learned)
    rows = [(ACTORS[0], "Aid", ACTORS[3], forecaster.last_day + 1), (ACTORS[8], "Aid", ACTORS[3], forecaster.last_day + 1)]
    forecaster.update(rows)  # of this type nothing was learned
    query = Query(type, **kind)
    for answer in forecaster.rank(query, top=12):
        for reason in forecaster.explain(query, answer.actor).reasons:
            assert not any(odd in reason.sentence for odd in ("of 0 cases", "on no day", " 0 times", " 1 times")), reason.sentence


def test_actors_never_seen_before_are_ranked_by_what_others_do(learned) -> None:
    facts = world(50)
    more = Facts.from_arrays(facts.actor, facts.type, facts.recipient, facts.day, actors=(*ACTORS, "Army (Bland)"), types=TYPES)
    forecaster = Forecaster.fit(more, QUICK)
    assert len(forecaster.rank(Query("Meet", actor="Army (Bland)"), top=5)) == 5


def test_a_million_actors_take_bounded_memory() -> None:
    facts = world(40)
    names = (*ACTORS, *(f"actor {k}" for k in range(1_000_000)))
    many = Facts.from_arrays(facts.actor, facts.type, facts.recipient, facts.day, actors=names, types=TYPES)
    forecaster = Forecaster.fit(many, QUICK)
    assert {r.actor for r in forecaster.rank(Query("Meet", actor=ACTORS[0]), top=3)} <= set(ACTORS)
