"""Leaders of the last quarter of the twentieth century."""

import pytest

from detente.knowledge import load_directory

#: phrase, country
CASES = [
    ("President Dos Santos", "AGO"),
    ("Pakistani President Zia ul-Haq", "PAK"),
    ("Leonid Brezhnev", "RUS"),
    ("Lt. Gen. Prosper Avril", "HTI"),
    ("Ne Win", "MMR"),
    ("Tansu Ciller", "TUR"),
]


@pytest.mark.parametrize(("phrase", "country"), CASES)
def test_country(phrase, country) -> None:
    assert load_directory().resolve(phrase).country == country
