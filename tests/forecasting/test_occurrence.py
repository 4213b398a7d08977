"""The parts of a forecast of occurrence against what is counted by hand: history, streams, rules, scores."""

import datetime
from dataclasses import replace

import numpy as np
import pytest

from detente.errors import ForecastError
from detente.forecasting.occurrence.history import date, number, quadruples
from detente.forecasting.occurrence.precedents import Counter
from detente.forecasting.occurrence.rules import Rules, age_bins
from detente.forecasting.occurrence.scores import reliability, score, skill
from detente.forecasting.occurrence.streams import NEVER, Pairs, Streams
from detente.forecasting.occurrence.sweep import origins_of

START = datetime.date(2025, 1, 1)


def facts(*told: tuple[int, str, str, str]):
    """Quadruples by the day after START."""
    return quadruples((a, t, r, START + datetime.timedelta(days=d)) for d, a, t, r in told)


def test_a_history_is_sorted_and_each_fact_counts_once() -> None:
    h = facts((5, "B", "REJECT", "A"), (0, "A", "ACCUSE", "B"), (5, "B", "REJECT", "A"))
    assert [date(d).isoformat() for d in h.day] == ["2025-01-01", "2025-01-06"]
    assert h.ids == (("2025-01-01 A ACCUSE B",), ("2025-01-06 B REJECT A",))
    assert h.notes == ("1 fact given more than once counts once.",)


def test_an_empty_history_says_so() -> None:
    with pytest.raises(ForecastError) as fault:
        quadruples([])
    assert fault.value.code == "F21"


def test_only_what_was_known_before_a_day_is_in_its_state() -> None:
    h = facts((0, "A", "ACCUSE", "B"), (7, "A", "ACCUSE", "B"))
    pairs = Pairs(h, 100)
    s = Streams(h, pairs)
    pair = int(pairs.of_fact[0])
    for day, ages, week in [(0, NEVER, 0.0), (1, 0, 1.0), (7, 0, 0.5 ** (6 / 7)), (8, 7, 0.5 + 1.0)]:
        s.advance(number(START) + day)
        assert s.cells[0][pair, 0] == pytest.approx(week, abs=1e-3)
        assert s.last[pair, 0] == (NEVER if ages == NEVER else number(START) + ages)


def test_every_pair_has_its_reverse() -> None:
    h = facts((0, "A", "ACCUSE", "B"), (1, "B", "ACCUSE", "A"), (2, "C", "ACCUSE", "A"))
    pairs = Pairs(h, 100)
    assert len(pairs) == 4
    assert (pairs.actor[pairs.reverse] == pairs.recipient).all()
    assert pairs.of_fact[1] == pairs.reverse[pairs.of_fact[0]]


def test_the_pairs_told_of_least_are_left_out_where_there_are_too_many() -> None:
    h = facts((0, "A", "ACCUSE", "B"), (1, "A", "ACCUSE", "B"), (2, "C", "ACCUSE", "D"))
    pairs = Pairs(h, 1)
    assert (len(pairs), pairs.left_out, pairs.of_fact.tolist()) == (2, 1, [0, 0, -1])


def test_precedents_are_counted_act_by_act() -> None:
    told = [(0, "A", "ACCUSE", "B"), (3, "B", "REJECT", "A"), (20, "A", "ACCUSE", "B"), (29, "B", "REJECT", "A")]
    told += [(40, "C", "ACCUSE", "D"), (47, "D", "REJECT", "C"), (60, "A", "ACCUSE", "B"), (61, "A", "REJECT", "B")]
    h = facts(*told)
    types = {t: n for n, t in enumerate(h.types)}
    count = Counter(h, Pairs(h, 100), 7).count
    answered = count(types["ACCUSE"], types["REJECT"], True)
    assert (answered.followed, answered.cases) == (2, 3)  # the last is too late to tell, the second was answered too late
    assert [h.ids[x][0][:10] for x, _ in answered.examples] == ["2025-01-01", "2025-02-10"]
    followed = count(types["ACCUSE"], types["REJECT"], False)
    assert (followed.followed, followed.cases) == (1, 4)


def test_rules_learn_what_follows_by_age() -> None:
    rules = Rules(2)
    none, fresh = np.full((50, 2), 6, np.int8), np.full((50, 2), 6, np.int8)
    fresh[:25, 0] = 0  # in the first 25 pairs type 0 was done a day ago, by the other side
    came = np.zeros((50, 2), bool)
    came[:25, 1] = True
    for _ in range(20):
        rules.learn(none, fresh, came)
    sure = rules.confidences()
    assert sure[1, 0, 0, 1] > 0.95 and sure[0, 0, 0, 1] == pytest.approx(rules.rates[1])
    best, joint, total = rules.features(none[:1], fresh[:1])
    assert best[0, 1] > 0.95 and joint[0, 1] > 0.9 and total[0, 1] > 2


def test_ages_fall_into_bins() -> None:
    assert age_bins(np.array([[9, 7, 3, -4, NEVER]]), 10).tolist() == [[0, 1, 2, 3, 6]]


@pytest.mark.parametrize(
    ("p", "y", "brier", "calibration"),
    [([1.0, 0.0], [1, 0], 0.0, 0.0), ([0.5, 0.5], [1, 0], 0.25, 0.0), ([0.9, 0.9], [1, 0], 0.41, 0.4)],
)
def test_scores_by_hand(p, y, brier, calibration) -> None:
    found = score(np.array(p), np.array(y), np.ones(2))
    assert found.brier == pytest.approx(brier, abs=1e-4)
    assert found.calibration == pytest.approx(calibration, abs=1e-4)


def test_weights_stand_for_questions_left_out() -> None:
    p, y = np.array([0.2, 0.2]), np.array([1.0, 0.0])
    (only,) = reliability(p, y, np.array([1.0, 4.0]))
    assert (only.forecasts, only.came) == (5.0, pytest.approx(0.2))


def test_skill_is_surely_better_only_where_it_is() -> None:
    rng = np.random.default_rng(1)
    truth = rng.choice([0.1, 0.9], 2000)
    y = (rng.random(2000) < truth).astype(float)
    weeks = np.repeat(np.arange(20), 100)
    value, low, _ = skill(truth, np.full(2000, 0.5), y, np.ones(2000), weeks, 200, 1)
    assert low > 0.4 and value > low
    _, low, high = skill(np.full(2000, 0.5), np.full(2000, 0.501), y, np.ones(2000), weeks, 200, 1)
    assert low < 0 < high or abs(high) < 0.01


def test_windows_in_which_nothing_was_read_are_not_asked_about() -> None:
    from builders import told_event

    from detente.config import load_config
    from detente.forecasting import history

    days = [START + datetime.timedelta(days=d) for d in (*range(0, 60), *range(120, 180))]
    h = history([told_event("2025-01-05", "RUS", "ACCUSE", "AZE")], load_config().measures, days)
    asked = [date(o) - START for o in origins_of(h, 7, 7, 28, h.last)]
    assert asked and not [d.days for d in asked if 67 <= d.days < 106]


@pytest.mark.parametrize(
    ("published", "unread", "untold"),
    [
        (range(60), [], []),
        (range(0, 60, 7), [], [*range(57, 60)]),  # a document tells nothing of what comes after
        ((0, 8, 59), [*range(16, 52)], [*range(9, 52)]),
        ((0, 9, 59), [*range(17, 52)], [1, *range(10, 52)]),
        ((0, 59), [*range(8, 52)], [*range(1, 52)]),
    ],
)
def test_what_was_read_and_of_what_documents_tell(published, unread, untold) -> None:
    h = read_of(published, 60)
    assert [n for n, r in enumerate(h.read) if not r] == unread
    assert [n for n, r in enumerate(h.told_of) if not r] == untold


def test_what_was_read_by_a_day_does_not_rest_on_later_documents() -> None:
    h = read_of((*range(20), *range(34, 60)), 60)
    assert h.read.all()
    assert np.flatnonzero(~h.as_of(number(START) + 33).read).tolist() == [*range(27, 34)]


def test_a_window_without_documents_is_not_asked_about() -> None:
    h = read_of((*range(40), *range(53, 80)), 80)
    assert h.read.all()
    assert [o - number(START) for o in origins_of(h, 7, 7, 28, h.last)] == [31, 38, 52, 59, 66, 73]  # none was published from 45 to 51


def test_rates_count_only_days_that_were_read() -> None:
    whole, gap = (Streams(h, Pairs(h, 10)) for h in (read_of(range(60), 60), read_of((*range(20), 59), 60)))
    for s in (whole, gap):
        s.advance(number(START) + 60)
    assert (whole.observed, gap.observed) == (60, 35)
    assert whole.exposure(30) == pytest.approx((1 - 0.5**2) / (1 - 0.5 ** (1 / 30)))
    assert gap.exposure(30) == pytest.approx(sum(0.5 ** (n / 30) for n in (*range(8), *range(33, 60))))


def test_precedents_are_counted_only_where_all_that_followed_was_read() -> None:
    acts = [(d, "A", "ACCUSE", "B") for d in (2, 25, 45)] + [(d, "B", "REJECT", "A") for d in (4, 26, 46)]
    h = read_of((*range(16), *range(36, 60)), 60, acts)
    types = {t: n for n, t in enumerate(h.types)}
    told = Counter(h, Pairs(h, 100), 7).count(types["ACCUSE"], types["REJECT"], True)
    assert (told.followed, told.cases) == (2, 2)  # of the one on day 25, when nothing was read, what did not follow would not be known


def read_of(published, days: int, acts=((0, "A", "ACCUSE", "B"),)):
    """A history of acts by the day after START, documents published on some days; the last day is read."""
    from builders import told_event

    from detente.config import load_config
    from detente.forecasting import history

    events = [told_event(str(START + datetime.timedelta(days=d)), a, t, r) for d, a, t, r in acts]
    h = history(events, load_config().measures, [START + datetime.timedelta(days=d) for d in published])
    if h.last < number(START) + days - 1:
        more = number(START) + days - 1 - h.last
        h = replace(h, last=h.last + more, published=np.concatenate([h.published, np.zeros(more, bool)]))
    return h
