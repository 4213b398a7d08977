"""Places in texts: which words name one, and which place of the name is meant."""

from __future__ import annotations

import time

import pytest

from detente.knowledge.gazetteer import fold, kilometres, load_gazetteer
from detente.knowledge.places import PlaceFound, outlet_home, resolve_places


def found(text: str, **more: object) -> list[tuple[str, str, str | None]]:
    """Places of a text as (words, canonical name, country)."""
    return [(text[p.span[0] : p.span[1]], p.name, p.country) for p in resolve_places(text, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "canonical", "kind", "country"),
    [
        ("Baku", "Baku", "town", "AZE"),
        ("Kiev", "Kyiv", "town", "UKR"),
        ("Iraq", "Iraq", "country", "IRQ"),
        ("Iraqi", "Iraq", "country", "IRQ"),
        ("Britons", "United Kingdom", "country", "GBR"),
        ("U.S.", "United States", "country", "USA"),
        ("Gaza Strip", "Gaza Strip", "region", "PSE"),
        ("Strait of Hormuz", "Strait of Hormuz", "sea", ""),
        ("Donbas", "Donbas", "region", "UKR"),
        ("Nagorno-Karabakh", "Nagorno-Karabakh", "region", "AZE"),
        ("Idlib", "Idlib", "province", "SYR"),
        ("St. Petersburg", "Saint Petersburg", "town", "RUS"),
        ("Harris County", "Harris County", "county", "USA"),
        ("Bavaria", "Bavaria", "region", "DEU"),
    ],
)
def test_the_likeliest_place_of_a_name(name: str, canonical: str, kind: str, country: str) -> None:
    best = load_gazetteer().lookup(name)[0]
    assert (best.name, best.kind, best.country) == (canonical, kind, country)


def test_unknown_names_have_no_place() -> None:
    assert load_gazetteer().lookup("Xyzzyville") == []
    assert load_gazetteer().lookup("") == []


@pytest.mark.parametrize(
    ("name", "key"), [("Deir ez-Zor", "deir ez zor"), ("St. John’s", "saint johns"), ("São Paulo", "sao paulo"), ("U.S.", "us")]
)
def test_keys(name: str, key: str) -> None:
    assert fold(name) == key


def test_distance() -> None:
    assert kilometres((52.52, 13.40), (48.85, 2.35)) == pytest.approx(878, abs=5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels shelled Aleppo on Monday.", [("Aleppo", "Aleppo", "SYR")]),
        ("Iraqi troops entered Mosul.", [("Iraqi", "Iraq", "IRQ"), ("Mosul", "Mosul", "IRQ")]),
        ("A US-led coalition bombed Raqqa.", [("US", "United States", "USA"), ("Raqqa", "Ar Raqqah", "SYR")]),
        ("Iran's navy left the Strait of Hormuz.", [("Iran", "Iran", "IRN"), ("Strait of Hormuz", "Strait of Hormuz", None)]),
        ("The envoy flew to New York and Sydney.", [("New York", "New York City", "USA"), ("Sydney", "Sydney", "AUS")]),
        ("MANSFIELD -- Aldermen met.", [("MANSFIELD", "Mansfield", "GBR")]),
        ("He called Sen. John Doe, D-Alexandria, a friend.", [("Alexandria", "Alexandria", "EGY")]),
        ("Ann Roe, 42, of Swansea, was hurt.", [("Swansea", "Swansea", "GBR")]),
        ("Turkey's neighbours, Iranians and Kurds, agreed.", [("Turkey", "Turkey", "TUR")]),
        ("BAKU (Reuters) - Police closed the office.", [("BAKU", "Baku", "AZE")]),
    ],
)
def test_places_of_a_sentence(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    got = found(text)
    assert got == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Lincoln thanked Senator Jackson.",
        "President Kennedy told Paul Hamilton that he would resign.",
        "They live at 14 Bristol Street.",
        "It is nice of us to say so in May.",
        "He reads the Boston Globe.",
        "Police and the Church were silent.",
        "The White House and NATO were silent.",
        "It fell on St. Patrick's Day.",
    ],
)
def test_no_place(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "word", "near"),
    [
        ("A fire broke out in Paris, Texas, on Monday.", "Paris", (33.66, -95.55)),
        ("A fire broke out in Paris on Monday.", "Paris", (48.85, 2.35)),
        ("A man from Athens, Ga., was held.", "Athens", (33.96, -83.38)),
        ("Protesters in Tbilisi say that Georgia must vote again.", "Georgia", (42.0, 43.5)),
        ("The Atlanta council says that Georgia must pay for roads in Savannah.", "Georgia", (32.9, -83.4)),
        ("Floods hit Cambridge and Boston, and roads around Worcester.", "Cambridge", (42.37, -71.11)),
        ("Floods hit Cambridge and Peterborough, and roads around Ely.", "Cambridge", (52.2, 0.12)),
        ("Shells fell on Tripoli. The Lebanese army sealed the road to Beirut.", "Tripoli", (34.44, 35.85)),
        ("Militias fought in Tripoli as Libya's parliament met in Tobruk.", "Tripoli", (32.89, 13.19)),
    ],
)
def test_the_sense_that_the_text_supports(text: str, word: str, near: tuple[float, float]) -> None:
    place = next(p for p in resolve_places(text) if text[p.span[0] : p.span[1]] == word)
    assert kilometres((place.latitude, place.longitude), near) < 161


def test_lists_of_counties() -> None:
    places = resolve_places("Floods hit Harvey, Harper and Kingman counties in Kansas.")
    assert [(p.name, p.kind) for p in places[:3]] == [
        ("Harvey County", "county"),
        ("Harper County", "county"),
        ("Kingman County", "county"),
    ]


def test_one_sense_a_document() -> None:
    text = "Paris, Texas, has a new mayor. Paris voted on Monday."
    first, _, second = resolve_places(text)
    assert (first.latitude, first.longitude) == (second.latitude, second.longitude)


def test_the_outlets_home_settles_common_names() -> None:
    text = "The mayor of Springfield met officials in Jackson."
    ohio = resolve_places(text, home=(39.92, -83.8))
    assert kilometres((ohio[0].latitude, ohio[0].longitude), (39.92, -83.8)) < 30


def test_home_of_an_outlet() -> None:
    def near_baku(name: str) -> PlaceFound:
        return PlaceFound((0, 4), name, "AZE", 40.4, 49.9, None, "town")

    elsewhere = PlaceFound((0, 4), "Paris", "FRA", 48.9, 2.4, None, "town")
    assert outlet_home([[near_baku("Baku")], [near_baku("Baku"), elsewhere], [near_baku("Baku")]]) == (40.4, 49.9)
    assert outlet_home([[near_baku("Baku")], [elsewhere]]) is None
    assert outlet_home([]) is None


def test_recognised_entities_decide_between_people_and_places() -> None:
    text = "Austin said nothing new."
    assert found(text, entities=[(0, 6, "PERSON")]) == []
    assert [f[0] for f in found(text, entities=[(0, 6, "GPE")])] == ["Austin"]


def test_known_actors_are_no_places() -> None:
    text = "Moscow condemned the shelling of Kharkiv."
    assert [f[0] for f in found(text, known_entities=[(0, 6)])] == ["Kharkiv"]


def test_given_spans_are_resolved_as_they_are() -> None:
    text = "the deal over Qamishli and Nowhereland"
    places = resolve_places(text, [(14, 22), (27, 38)])
    assert [(p.span, p.country) for p in places] == [((14, 22), "SYR")]


@pytest.mark.parametrize("text", ["", "   ", "a", ",,,", "İ", "A.", "\n\n", "The " * 300, "Ünïcödé ßtraße " * 50])
def test_odd_texts(text: str) -> None:
    assert all(0 <= p.span[0] < p.span[1] <= len(text) for p in resolve_places(text))


def test_spans_and_coordinates_are_sound() -> None:
    text = "Fighting near Deir ez-Zor and in al-Hasakah; Turkey's army crossed at Kobani. Côte d'Ivoire abstained."
    for place in resolve_places(text):
        assert text[place.span[0]].isupper() or text[place.span[0] :].startswith("al-")
        assert -90 <= place.latitude <= 90 and -180 <= place.longitude <= 180


def test_fast_enough() -> None:
    text = "Officials from Russia and Azerbaijan met in Istanbul while protests went on in Paris, London and Boston. " * 200
    resolve_places("Baku")
    start = time.process_time()
    resolve_places(text)
    assert len(text.split()) / (time.process_time() - start) > 20_000
