"""Series, tension and networks of small sets of events."""

from builders import document, mention, told_event

from detente.config import load_config
from detente.measures import active_dyads, network, series, tension, turns
from detente.merging import merge

OPTIONS = load_config().measures
DOCUMENTS = [document(f"202506{d:02d}-x", f"text {d}", f"2025-06-{d:02d}") for d in (1, 10, 20)]
MENTIONS = [
    mention("20250601-x", 0, "COERCE", "RUS", "AZE", "Police arrested men.", date="2025-06-01", date_precision="day", intensity=-6.0),
    mention("20250610-x", 0, "SANCTION", "AZE", "RUS", "Baku closed an office.", date="2025-06-10", date_precision="day", intensity=-5.0),
    mention("20250620-x", 0, "CONSULT", "RUS AZE", "", "They met.", date="2025-06-20", date_precision="day", intensity=2.5),
    mention("20250620-x", 60, "THREATEN", "RUS", "AZE", "It might strike.", status="hypothetical", date="2025-06-20", date_precision="day"),
]
EVENTS = merge(MENTIONS, DOCUMENTS, load_config().merging)


def test_series_counts_what_happened() -> None:
    points = series(EVENTS, DOCUMENTS, ("RUS", "AZE"), "month", OPTIONS)
    assert [(p.start, p.events, p.quad1, p.quad3, p.quad4, p.documents_read) for p in points] == [("2025-06-01", 2, 1, 0, 1, 3)]
    assert points[0].score == -1.75


def test_a_period_without_events_has_no_score() -> None:
    points = series(EVENTS, DOCUMENTS, ("RUS", "AZE"), "week", OPTIONS)
    assert [p.score for p in points] == [-6.0, None, None, 2.5]
    assert [p.events for p in points] == [1, None, 0, 1]


def test_counts_are_null_where_nothing_was_read() -> None:
    acts = [told_event(day, "RUS", "COERCE", "AZE") for day in ("2025-03-03", "2025-03-26")]
    read = [document(day, published=day) for day in ("2025-03-03", "2025-03-10", "2025-03-26")]
    points = series(acts, read, ("RUS", "AZE"), "week", OPTIONS)
    assert [(p.documents_read, p.events, p.quad4) for p in points] == [(1, 1, 1), (1, 0, 0), (0, None, None), (1, 1, 1)]


def test_an_unknown_dyad_has_no_series() -> None:
    assert series(EVENTS, DOCUMENTS, ("USA", "CHN"), "week", OPTIONS) == []
    assert tension(EVENTS, DOCUMENTS, ("USA", "CHN"), OPTIONS) == []


def test_tension_rises_with_hostility_and_falls_with_cooperation() -> None:
    level = {p.day: p.value for p in tension(EVENTS, DOCUMENTS, ("RUS", "AZE"), OPTIONS)}
    assert level["2025-06-10"] > level["2025-06-09"]
    assert level["2025-06-20"] < level["2025-06-19"]
    assert all(0 <= v <= 10 for v in level.values())


def test_more_reports_of_the_same_are_not_more_tension() -> None:
    again = [document(f"20250610-{n}", f"copy {n}", "2025-06-10", f"Outlet {n}") for n in range(5)]
    told = [
        mention(
            f"20250610-{n}", 0, "SANCTION", "AZE", "RUS", "Baku closed an office.", date="2025-06-10", date_precision="day", intensity=-5.0
        )
        for n in range(5)
    ]
    more = merge([*MENTIONS, *told], [*DOCUMENTS, *again], load_config().merging)
    assert [p.value for p in tension(more, DOCUMENTS, ("RUS", "AZE"), OPTIONS)] == [
        p.value for p in tension(EVENTS, DOCUMENTS, ("RUS", "AZE"), OPTIONS)
    ]


def test_same_seed_same_band() -> None:
    assert tension(EVENTS, DOCUMENTS, ("RUS", "AZE"), OPTIONS) == tension(EVENTS, DOCUMENTS, ("RUS", "AZE"), OPTIONS)


def test_turns_name_their_events() -> None:
    found = turns(tension(EVENTS, DOCUMENTS, ("RUS", "AZE"), OPTIONS), EVENTS)
    assert found[0].day == "2025-06-01"
    assert {t.event for t in found} <= {e.id for e in EVENTS}


def test_active_dyads_and_network() -> None:
    (dyad,) = active_dyads(EVENTS, OPTIONS)
    assert (dyad.events, dyad.forward + dyad.backward, dyad.joint) == (3, 4, 1)
    assert {(e.actor, e.recipient): e.events for e in network(EVENTS, OPTIONS)} == {("RUS", "AZE"): 2, ("AZE", "RUS"): 2}
