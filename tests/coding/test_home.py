"""The country of people told by their role alone, and whom protests are aimed at."""

import pytest

from detente.documents import from_text

#: text, type, actors' countries, recipients' countries
CASES = [
    ("Workers went on strike in Athens against the government.", "PROTEST", ["GRC"], ["GRC"]),
    ("Israeli police fired on demonstrators.", "ASSAULT", ["ISR"], ["ISR"]),
    ("Israel accused Beirut, killing four people in passing.", "ASSAULT", ["ISR"], [None]),
    ("Ethnic Albanians in south Serbia demanded a U.N. presence.", "REQUEST", ["SRB"], [None]),
    ("Prisoners rioted in Dili, demanding independence from Indonesia.", "PROTEST", ["TLS"], ["IDN"]),
    ("Chilean students marched to demand that President Pinera resign.", "PROTEST", ["CHL"], ["CHL"]),
    ("Opposition groups in Zimbabwe are demanding that President Mugabe resign.", "REQUEST", ["ZWE"], ["ZWE"]),
    ("Tamil separatists demanded that the government halt its offensive.", "REQUEST", ["LKA"], ["LKA"]),
    ("Israel mounted its invasion of South Lebanon.", "ASSAULT", ["ISR"], ["LBN"]),
    ("The foreign ministers of Greece and Turkey met in Brussels.", "CONSULT", ["GRC", "TUR"], []),
    ("Sudanese rebels said they were willing to hold peace talks with Khartoum.", "AGREE", ["SDN"], ["SDN"]),
    ("Bosnian Moslems accused Croats of breaking a truce.", "ACCUSE", ["BIH"], ["HRV"]),
    ("Benazir Bhutto called for President Musharraf to resign.", "REQUEST", ["PAK"], ["PAK"]),
    ("The Organization of African Unity condemned Chad.", "ACCUSE", [None], ["TCD"]),
    ("Russia said that Sudan must return the helicopter.", "REQUEST", ["RUS"], ["SDN"]),
    ("Two Syrians were wounded in a police raid in Marseille.", "COERCE", ["FRA"], ["SYR"]),
]


@pytest.mark.parametrize(("text", "type", "actors", "recipients"), CASES)
def test_countries(coder, text, type, actors, recipients) -> None:
    m = next(m for m in coder.code(from_text(text, published="2015-07-02")).mentions if m.type == type)
    assert ([a.country for a in m.actors], [r.country for r in m.recipients]) == (actors, recipients)
