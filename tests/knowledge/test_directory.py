"""Names found in text, offices at dates, ties, and files laid over."""

import time

import pytest

from detente.errors import KnowledgeError
from detente.knowledge import load_directory


@pytest.fixture(scope="module")
def directory():
    return load_directory()


def found(directory, text):
    return [(text[f.start : f.end], f.ids[0] if len(f.ids) == 1 else set(f.ids), f.via) for f in directory.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian envoys left Baku.", [("Russian", "RUS", "demonym"), ("Baku", "AZE", "capital")]),
        ("The Kremlin and Downing Street disagreed.", [("Kremlin", "RUS", "seat"), ("Downing Street", "GBR", "seat")]),
        ("Georgians elected a mayor.", [("Georgians", "GEO", "people")]),
        ("Türkiye’s army shelled it", [("Türkiye", "TUR", "name")]),
        ("turkey with rice for us", []),
        ("She told US officials.", [("US", "USA", "name")]),
        ("TELL US MORE ABOUT IT", []),
        ("U.S.-led talks", [("U.S.", "USA", "name")]),
        ("a Kremlin-funded outlet", [("Kremlin", "RUS", "seat")]),
        ("New York and New Mexico", [("New York", "US-NY", "name"), ("New Mexico", "US-NM", "name")]),
        ("Romania and Papua New Guinea", [("Romania", "ROU", "name"), ("Papua New Guinea", "PNG", "name")]),
        ("Somalia", [("Somalia", "SOM", "name")]),
        ("Basketball star Michael Jordan", []),
        ("Jack London wrote it", []),
        ("Putin's spokesman", [("Putin", "vladimir-putin", "short")]),
        ("President Erdoğan arrived", [("Erdoğan", "recep-tayyip-erdogan", "short")]),
        ("Erdogan arrived", [("Erdogan", "recep-tayyip-erdogan", "short")]),
        ("the reporter Anna Putin", []),
        ("Trump Tower was closed", []),
        ("It may rain in May.", []),
        ("Prime Minister May resigned.", [("May", "theresa-may", "short")]),
        ("Theresa May spoke. May was tired.", [("Theresa May", "theresa-may", "name"), ("May", "theresa-may", "short")]),
        ("Susan Rice and Rice", [("Susan Rice", "susan-rice", "name"), ("Rice", "susan-rice", "short")]),
        ("the Hillary Clinton campaign", [("Hillary Clinton", "hillary-clinton", "name")]),
        ("Bush spoke", [("Bush", {"george-w-bush", "george-h-w-bush"}, "short")]),
        ("MOSCOW (AP)", [("MOSCOW", "RUS", "capital"), ("AP", "ap", "name")]),
        ("the Kurdistan Workers’ party", [("Kurdistan Workers’ party", "PKK", "name")]),
        ("Sputnik Azerbaijan was searched", [("Sputnik Azerbaijan", "sputnik-azerbaijan", "name")]),
        ("James B. Comey testified", [("James B. Comey", "james-comey", "name")]),
        ("James Q. Unknown testified", []),
        ("Brian O'Driscoll scored", []),
        ("the Trump-Putin summit", [("Trump", "donald-trump", "short"), ("Putin", "vladimir-putin", "short")]),
        ("Secretary of State Kerry", [("Kerry", "john-kerry", "short")]),
        ("Republican Sen. Warren", [("Republican", "republican-party", "demonym"), ("Warren", "elizabeth-warren", "short")]),
        ("the South China Sea and the Berlin Wall", []),
        ("the West and the West Bank", [("West", "west", "name"), ("West Bank", "west-bank", "name")]),
        ("to the west of Western towns", [("Western", "west", "demonym")]),
        ("Kim Jong Un met Kim Yong Bok", [("Kim Jong Un", "kim-jong-un", "name")]),
    ],
)  # fmt: skip
def test_names_in_text(directory, text, expected):
    assert found(directory, text) == expected


def test_finding_is_fast(directory):
    text = "Officials in Ankara said on Monday that Russian forces had left the town after talks with the United Nations and Iran. " * 4000
    started = time.process_time()
    hits = directory.find(text)
    words = len(text.split()) / (time.process_time() - started)
    assert len(hits) == 4 * 4000
    assert words > 200_000  # about two million where nothing else runs


@pytest.mark.parametrize(
    ("ids", "date", "company", "expected"),
    [
        (("george-w-bush", "george-h-w-bush"), "2005-06-01", (), "george-w-bush"),
        (("george-w-bush", "george-h-w-bush"), "1990-06-01", (), "george-h-w-bush"),
        (("ilham-aliyev", "heydar-aliyev"), "2001-01-01", (), "heydar-aliyev"),
        (("ilham-aliyev", "heydar-aliyev"), "2025-06-30", (), "ilham-aliyev"),
        (("ilham-aliyev", "heydar-aliyev"), "2025-06-30", ("heydar-aliyev",), "heydar-aliyev"),
        (("GEO", "US-GA"), None, ("RUS",), "GEO"),
        (("GEO", "US-GA"), None, ("USA",), "GEO"),
        (("GEO", "US-GA"), None, ("US-FL", "republican-party"), "US-GA"),
        (("KOR", "PRK"), None, ("PRK",), "PRK"),
        (("COD", "COG"), None, (), "COD"),
        ((), None, (), None),
    ],
)
def test_an_ambiguous_name_is_decided_by_date_and_company(directory, ids, date, company, expected):
    assert directory.pick(ids, date, company) == expected


@pytest.mark.parametrize(
    ("office", "of", "date", "expected"),
    [
        ("Foreign Minister", "DEU", "2023-05-01", "annalena-baerbock"),
        ("chancellor", "DEU", "2016-01-01", "angela-merkel"),
        ("secretary of state", "USA", "2014-01-01", "john-kerry"),
        ("Minister of Foreign Affairs", "RUS", "2025-06-30", "sergey-lavrov"),
        ("defense minister", "UKR", "2022-03-01", "oleksii-reznikov"),
        ("Secretary General", "UN", "2003-01-01", "kofi-annan"),
        ("chief", "NATO", "2022-03", "jens-stoltenberg"),
        ("president", "AZE", "2024", "ilham-aliyev"),
        ("prime minister", "ARM", "2020-10-01", "nikol-pashinyan"),
        ("supreme leader", "IRN", "2020-01-01", "ali-khamenei"),
        ("president", "USA", "1850-01-01", None),
    ],
)
def test_who_held_an_office(directory, office, of, date, expected):
    assert directory.office_holder(office, of, date) == expected


def test_terms_at_a_date_put_the_highest_first(directory):
    assert [t.office for t in directory.terms_at("vladimir-putin", "2010-01-01")] == ["Prime Minister"]
    assert [t.sector for t in directory.terms_at("keir-starmer", "2025-01-01")] == ["GOV", "LEG"]
    assert directory.terms_at("barack-obama", "2020-01-01") == ()
    assert directory.sector_of("barack-obama", "2020-01-01") == "ELI"


def test_ties_have_dates_and_sources(directory):
    ties = {(t.kind, t.subject, t.object): t for t in directory.ties}
    shusha = ties["allied_with", "AZE", "TUR"]
    assert shusha.source
    assert any(t.start == "2021-06-15" for t in directory.ties if (t.subject, t.object) == ("AZE", "TUR"))
    assert ties["member_of", "FIN", "NATO"].start == "2023-04-04"
    assert ties["member_of", "GBR", "EU"].end == "2020-01-31"
    assert ("part_of", "sputnik-azerbaijan", "sputnik") in ties
    assert ties["leads", "ilham-aliyev", "AZE"].end is None


def test_countries_of_international_bodies_are_plover_s(directory):
    table = {
        "UNSC": "UNO",
        "european-commission": "EUR",
        "NATO": "IGO",
        "amnesty": "NGO",
        "islamic-state": "IMG",
        "antonio-guterres": "UNO",
    }
    assert {i: directory.country_of(i, "2020-01-01") for i in table} == table


# ------------------------------------------------------------ the user's files
def test_a_user_s_file_adds_and_refines(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "- id: mekong-river-commission\n  kind: igo\n  name: Mekong River Commission\n  sector: IGO\n"
        "- id: ilham-aliyev\n  names: [Aliyev junior]\n",
        "utf8",
    )
    (tmp_path / "more.jsonl").write_text(
        '{"kind": "member_of", "subject": "LAO", "object": "mekong-river-commission", "start": "1995-04-05"}\n'
        '{"id": "baza", "remove": true}\n',
        "utf8",
    )
    mine = load_directory([tmp_path / "mine.yaml", tmp_path / "more.jsonl"])
    assert found(mine, "the Mekong River Commission and Aliyev junior") == [
        ("Mekong River Commission", "mekong-river-commission", "name"),
        ("Aliyev junior", "ilham-aliyev", "name"),
    ]
    assert mine.entries["ilham-aliyev"].terms == load_directory().entries["ilham-aliyev"].terms
    assert any(t.object == "mekong-river-commission" for t in mine.ties)
    assert "baza" not in mine.entries
    assert mine.fingerprint != load_directory().fingerprint


@pytest.mark.parametrize(
    ("name", "text", "code", "said"),
    [
        ("a.jsonl", '{"id": "x"\n', "K01", "line 1"),
        ("a.jsonl", '{"id": "x-y", "kind": "state", "name": "Xyz"}\n[1]\n', "K02", "line 2"),
        ("a.yaml", "- id: x\n  kind: planet\n  name: Mars\n", "K02", "planet"),
        ("a.yaml", "- id: ok-1\n  kind: party\n  name: Ok\n- id: new-one\n  name: No Kind\n", "K02", "line 4"),
        ("a.yaml", "id: x\n", "K02", "must be a list"),
        ("a.yaml", "- id: [x\n", "K01", "line"),
        ("a.yaml", "- id: nobody-knows\n  remove: true\n", "K03", "nobody-knows"),
        ("a.jsonl", '{"kind": "allied_with", "subject": "AZE", "object": "atlantis"}\n', "K04", "atlantis"),
    ],
)
def test_a_faulty_file_is_named_with_its_line(tmp_path, name, text, code, said):
    (tmp_path / name).write_text(text, "utf8")
    with pytest.raises(KnowledgeError) as fault:
        load_directory([tmp_path / name])
    assert fault.value.code == code
    assert name in str(fault.value) and said in str(fault.value)


def test_a_missing_or_unreadable_file_is_named(tmp_path):
    with pytest.raises(KnowledgeError, match="K01"):
        load_directory([tmp_path / "none.jsonl"])
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "caf\xe9"}\n')
    with pytest.raises(KnowledgeError, match="not UTF-8"):
        load_directory([tmp_path / "latin.jsonl"])
