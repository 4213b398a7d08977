"""Maps show where, and only what was told."""

from detente.records import Event, Place
from detente.reporting.charts.maps import map_charts

NAMES = {"AZE": "Azerbaijan", "RUS": "Russia", "USA": "United States"}


def event(n: int, name: str, country: str, latitude: float, longitude: float) -> Event:
    place = Place(name, name, country, latitude, longitude)
    return Event(f"e{n}", "COERCE", None, (), (), "happened", False, None, None, (), (), (), 1, place=place)


def names(chart: dict) -> set[str]:
    return {p["name"] for p in chart["layer"][1]["data"]["values"]}


BAKU = [event(n, "Baku", "AZE", 40.4, 49.9) for n in range(4)]
FAR = event(9, "Washington", "USA", 38.9, -77.0)


def test_a_country_is_no_dot() -> None:
    assert map_charts([event(1, "Russia", "RUS", 60.0, 100.0)], NAMES.__getitem__) == []


def test_a_close_up_stands_before_the_whole_where_most_lies_close_together() -> None:
    near, whole = map_charts([*BAKU, FAR], NAMES.__getitem__)
    assert names(near) == {"Baku"}
    assert names(whole) == {"Baku", "Washington"}


def test_one_region_needs_one_map() -> None:
    assert len(map_charts([*BAKU, event(8, "Ganja", "AZE", 40.7, 46.4)], NAMES.__getitem__)) == 1


def test_names_that_would_overlap_are_left_out() -> None:
    (chart,) = map_charts([*BAKU, event(8, "Khirdalan", "AZE", 40.45, 49.75)], NAMES.__getitem__)
    assert [p["name"] for p in chart["layer"][2]["data"]["values"]] == ["Baku"]
