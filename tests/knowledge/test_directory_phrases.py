"""Whole noun phrases: country, sector and identity at a date."""

import pytest

from detente.knowledge import load_directory

DAY = "2022-11-15"


@pytest.fixture(scope="module")
def directory():
    return load_directory()


@pytest.mark.parametrize(
    ("phrase", "date", "country", "sector"),
    [
        # a name
        ("Azerbaijan", DAY, "AZE", None),
        ("Tbilisi", DAY, "GEO", "GOV"),
        ("the Elysee", DAY, "FRA", "GOV"),
        ("YEREVAN", DAY, "ARM", "GOV"),
        ("Azeris", DAY, "AZE", "CVL"),
        ("two Swedes", DAY, "SWE", "CVL"),
        ("Abkhazia", DAY, "GEO", "PRE"),
        ("the Bundestag", DAY, "DEU", "LEG"),
        ("Mossad", DAY, "ISR", "SPY"),
        ("the UN Security Council", DAY, "UNO", "IGO"),
        ("the European Parliament", DAY, "EUR", "LEG"),
        ("Human Rights Watch", DAY, "NGO", "NGO"),
        ("al-Shabaab", DAY, "SOM", "REB"),
        ("Islamic State", DAY, "IMG", "REB"),
        # a body, a people or a state with a role
        ("Moldovan border guards", DAY, "MDA", "COP"),
        ("Norwegian frigates", DAY, "NOR", "MIL"),
        ("Georgia's public broadcaster", DAY, "GEO", "JRN"),
        ("the Mongolian prime minister's office", DAY, "MNG", "GOV"),
        ("Peruvian coca growers", DAY, "PER", "AGR"),
        ("several SBU officers", DAY, "UKR", "SPY"),
        ("a senior Fatah official", DAY, "PSE", "PTY"),
        ("ELN commanders", DAY, "COL", "REB"),
        ("Kurdish forces", DAY, None, "MIL"),
        ("Iraqi Kurdish Peshmerga fighters", DAY, "IRQ", "MIL"),
        ("Turkish-backed Libyan fighters", DAY, "LBY", "REB"),
        ("Iranian-backed militias in Iraq", DAY, "IRQ", "PRM"),
        ("pro-Moscow separatists", DAY, None, "REB"),
        ("Gazprom's chief executive", DAY, "RUS", "BUS"),
        ("a spokeswoman for Rosneft", DAY, "RUS", "BUS"),
        ("Buddhist monks in Myanmar", DAY, "MMR", "REL"),
        ("Lagos police", DAY, "NGA", "COP"),
        ("Guangzhou hospital staff", DAY, "CHN", "MED"),
        ("Kaduna State government", DAY, "NGA", "GOV"),
        ("a bakery in Lviv", DAY, "UKR", "CVL"),
        ("residents of Odesa", DAY, "UKR", "CVL"),
        ("Latin American leaders", DAY, None, None),
        ("Armenian opposition lawmakers", DAY, "ARM", "LEG"),
        ("the Nepali army's chief accountant", DAY, "NPL", "MIL"),
        # of … in … from
        ("members of the Knesset", DAY, "ISR", "LEG"),
        ("dozens of Ethiopian refugees", DAY, "ETH", "REF"),
        ("a group of Kenyan farmers", DAY, "KEN", "AGR"),
        ("the director of the IAEA", DAY, "UNO", "IGO"),
        ("a lecturer in law at the University of Tartu in Estonia", DAY, "EST", "EDU"),
        ("rebels in eastern Chad", DAY, "TCD", "REB"),
        ("Finland's ambassador to Moscow", DAY, "FIN", "GOV"),
        ("Catherine Example, Canada's deputy trade minister", DAY, "CAN", "GOV"),
        # no country
        ("riot police", DAY, None, "COP"),
        ("masked gunmen", DAY, None, "UAF"),
        ("kidnapping gangs", DAY, None, "CRM"),
        ("thieves", DAY, None, "CRM"),
        ("truck drivers", DAY, None, "LAB"),
        ("women and children", DAY, None, "CVL"),
        ("chairwoman of the firm's board", DAY, None, "BUS"),
        ("they", DAY, None, None),
        ("three men", DAY, None, None),
        ("Thomas Nobody", DAY, None, None),
        ("daffodils", DAY, None, None),
        # former
        ("a former MI6 officer", DAY, "GBR", "ELI"),
        ("the ousted governor", DAY, None, "ELI"),
        ("ex-President Nicolas Sarkozy", DAY, "FRA", "ELI"),
        ("former Japanese defence minister Taro Kono", DAY, "JPN", "ELI"),
        # people at a date
        ("Vladimir Putin", "1999-02-01", "RUS", "SPY"),
        ("Vladimir Putin", "2010-02-01", "RUS", "GOV"),
        ("Angela Merkel", "2016-02-01", "DEU", "GOV"),
        ("Angela Merkel", "2022-02-01", "DEU", "ELI"),
        ("Obama", "2007-05-01", "USA", "LEG"),
        ("Obama", "2012-05-01", "USA", "GOV"),
        ("Secretary of State Kerry", "2014-05-01", "USA", "GOV"),
        ("Senator Kerry", "2004-05-01", "USA", "LEG"),
        ("Antonio Guterres", DAY, "UNO", "GOV"),
        ("Antonio Guterres", "2000-01-01", "PRT", "GOV"),
        ("Tawakkol Karman", DAY, "YEM", "CVL"),
        ("opposition leader Alexei Navalny", "2020-09-01", "RUS", "OPP"),
    ],
)
def test_country_and_sector(directory, phrase, date, country, sector):
    answer = directory.resolve(phrase, date)
    assert (answer.country, answer.sector) == (country, sector), answer


@pytest.mark.parametrize(
    ("phrase", "date", "id_", "via"),
    [
        ("the German foreign minister", "2015-01-01", "frank-walter-steinmeier", "office"),
        ("Germany's foreign minister", "2019-01-01", "heiko-maas", "office"),
        ("the president of Azerbaijan", "2020-01-01", "ilham-aliyev", "office"),
        ("the Chancellor of Germany", "2023-01-01", "olaf-scholz", "office"),
        ("the US secretary of state", "2018-01-01", "rex-tillerson", "office"),
        ("NATO's secretary general", "2016-01-01", "jens-stoltenberg", "office"),
        ("a German minister", "2019-01-01", "DEU", "role"),
        ("Germany's deputy foreign minister", "2019-01-01", "DEU", "role"),
        ("a British mayor", "2019-01-01", "GBR", "role"),
        ("Kremlin spokesman Dmitry Peskov", "2025-06-30", "dmitry-peskov", "name"),
        ("Russian OMON forces", "2025-06-30", "OMON", "role"),
        ("the White House", "2025-06-30", "USA", "seat"),
        ("Zelenskiy", "2025-06-30", "volodymyr-zelenskyy", "short"),
    ],
)
def test_identity(directory, phrase, date, id_, via):
    answer = directory.resolve(phrase, date)
    assert (answer.id, answer.via) == (id_, via)


@pytest.mark.parametrize(
    ("phrase", "context", "parts"),
    [
        ("Georgia", "Talks brought Georgia, Moldova and Ukraine together.", ["Georgia", "Moldova", "Ukraine"]),
        ("Lavrov and Fidan", "Yesterday Lavrov and Fidan spoke by telephone.", ["Lavrov", "Fidan"]),
        ("Polish soldiers", "Belarusian guards threw stones at Polish soldiers", ["Polish soldiers"]),
        ("Estonia and the Netherlands", None, ["Estonia", "Netherlands"]),
    ],
)
def test_splitting_coordinated_actors(directory, phrase, context, parts):
    assert directory.split(phrase, context) == parts


@pytest.mark.parametrize(
    ("word", "sector"),
    [
        ("soldiers", "MIL"),
        ("Riot Police", "COP"),
        ("policewomen", "COP"),
        ("clergy", "REL"),
        ("spies", "SPY"),
        ("prime-minister", "GOV"),
        ("gunman", "UAF"),
        ("leader", None),
        ("teapot", None),
        ("", None),
    ],
)
def test_role_words(directory, word, sector):
    assert directory.role(word) == sector


@pytest.mark.parametrize("phrase", ["", " ", ",", "'s", "—", "of", "the", "the the of", "A" * 5000, "of of of the of", "\n\t"])
def test_nonsense_resolves_to_nobody(directory, phrase):
    answer = directory.resolve(phrase)
    assert (answer.id, answer.country, answer.sector) == (None, None, None)
