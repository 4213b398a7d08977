"""Damaged text is mended, sound text is left alone, and every word still points to where it was read."""

from __future__ import annotations

import itertools
import random
import re
import time
import unicodedata
from collections.abc import Callable

import pytest

from detente.documents import from_text
from detente.documents.repair import run_in, standing
from detente.documents.repair.mapped import Mapped
from detente.records import Document, Refusal

PLAIN = "The ministry said on Monday that the talks in Vienna would go on, and that nobody had been asked to leave. "


Reader = Callable[[str, bytes | str], list[Document | Refusal]]


def words_map_back(document: Document) -> None:
    for match in re.finditer(r"\w+", document.text):
        start, end = document.to_original(match.span())
        found = unicodedata.normalize("NFKC", document.original[start:end])
        assert re.sub(r"\W+", "", found) == match.group(), (match.group(), document.original[start:end])


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("Smoke rose over the border town.(AP Photo/Ann Example)", "Smoke rose over the border town."),
        ("Two were hurt.( Ann Example/HA via AP ) Troops came.", "Two were hurt. Troops came."),
        (
            "Guards wait. Hide Caption 1 of 3 Photos: Unrest in Peru Police clear a road. Hide Caption 2 of 3 Photos: Unrest in Peru A "
            "bus burns. Hide Caption 3 of 3 Peace came.",
            "Guards wait.\n\nPolice clear a road.\n\nA bus burns.\n\nPeace came.",
        ),
        ("He left. JUST WATCHED Unrest grows Replay More Videos ... MUST WATCH Unrest grows 03:09 Peace came.", "He left.\n\nPeace came."),
        ("Image copyright Reuters Image caption Police at the gate.", "Police at the gate."),
        ("Marchers (Photo by Ann Example/Getty Images) sang.", "Marchers sang."),
        (
            "Secretary of State Mike Pompeo Michael (Mike) Richard PompeoProtests go on A report: 'very bad' The 12:30 MORE met him.",
            "Secretary of State Mike Pompeo met him.",
        ),
        ("Guards were ar-rested at the pub-licly owned port.", "Guards were arrested at the publicly owned port."),
        ("It is historical-ly ours and a source of un-ease.", "It is historically ours and a source of unease."),
        ("They lost lev-erage, and reac-tions were meant to pro-voke.", "They lost leverage, and reactions were meant to provoke."),
        ("Colonel Rusta-\nmov was de-\ntained by a state-\nrun agency.", "Colonel Rustamov was detained by a state-run agency."),
        ("The govern\u00adment left in or\u00adder.", "The government left in order."),
        ("The govern\ufffement paid a state\ufffeowned bank.", "The government paid a state-owned bank."),
        ("of\ufb01cers \ufb02ed the of\ufb01ce", "officers fled the office"),
        ("Peace\u200btalks\ufeff went\u00a0on", "Peacetalks went on"),
        ("The envoyâ€™s visit to CafÃ© Central", "The envoy’s visit to Café Central"),
        ("Zero\x00 and bell\x07 marks", "Zero and bell marks"),
    ],
)
def test_damage_is_mended(damaged: str, mended: str) -> None:
    document = from_text(damaged + " " + PLAIN)
    assert document.text == mended + " " + PLAIN.strip()
    assert document.repairs
    assert document.original == damaged + " " + PLAIN


@pytest.mark.parametrize(
    "sound",
    [
        "A state-run paper quoted the editor-in-chief on the second-strongest army.",
        "Russian-linked groups and a long-term ally of the vice-president met the prime minister-designate.",
        "Fighters left Deir ez-Zor for al-Hasakah; the Franco-German brigade stayed.",
        "The anti-government, pro-independence co-chair spoke of a cease-fire and a run-off.",
        "He met Kallas (the minister), the AP (Associated Press) and guards (a photo showed them).",
        "NATO wants MORE from Trump and MORE from others.",
        "Kim Yong-un, Punggye-ri and Tongchang-ri were named.",
        "It was a 3-2 vote; e-mail went to press-office@example-site.org.",
        "Pre- and post-war borders, the so-called buffer zone and well-known names.",
        "Çağlar, Žižek and Đukanović spoke — “at length” — in São Paulo.",
    ],
)
def test_sound_text_is_left_alone(sound: str) -> None:
    assert from_text(sound + " " + PLAIN).text == sound + " " + PLAIN.strip()


def test_a_document_decides_by_its_own_words() -> None:
    text = "Mayor Ostrovenko spoke. Later Ostro-venko left. The Vel-borg plan was kept; so was the Vel-borg fund. " + PLAIN
    assert "Later Ostrovenko left. The Vel-borg plan" in from_text(text).text


def test_never_joined_before_a_capital() -> None:
    assert "Deir ez-Zor" in from_text("They marched on Deir ez-\nZor at noon. " + PLAIN).text


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("Harbour Strikes Grow Again In early May the dockers of Odessa stopped work.", ["Harbour Strikes Grow Again"]),
        ("All is quiet. Envoys Leave the Capital On Friday the last of them flew home.", ["Envoys Leave the Capital"]),
        ("Why Does This Matter Now? Many observers see a pattern in it.", ["Why Does This Matter Now?"]),
        ("A Fragile New Balance Both Chile and Peru want it kept.", ["A Fragile New Balance"]),
        ("The treaty was read out. Conclusion: Let Them Talk", ["Conclusion: Let Them Talk"]),
        ("Vienna [XNA] Threats Turn to Talks After the vote they met.", ["Vienna [XNA]", "Threats Turn to Talks"]),
        ("By Tom Abbot A Winter of Doubt For years the pass was open.", ["By Tom Abbot", "A Winter of Doubt"]),
        ("Lima Does Not Wait Two days later the envoys were gone.", ["Lima Does Not Wait"]),
        (
            "Why Does This Matter Now? Many ask. Envoys Leave the Capital On Friday they flew.\nLima Hits Back Peru expelled two envoys.",
            ["Why Does This Matter Now?", "Envoys Leave the Capital", "Lima Hits Back"],
        ),
    ],
)
def test_run_in_headings_are_found(text: str, headings: list[str]) -> None:
    assert [text[a:b] for a, b in run_in.find(text)] == headings


@pytest.mark.parametrize(
    "sentence",
    [
        "Russian President Vladimir Putin said on Tuesday that he would not come.",
        "Foreign Minister Sergey Lavrov met his counterpart in Astana.",
        "Former Secretary of State Hillary Clinton has not been asked.",
        "The New York Times reported that the Islamic State in Iraq and Syria was beaten.",
        "Senate Armed Services Committee Chairman John McCain warned the White House.",
        "Human Rights Watch Director Kenneth Roth told The Guardian it was over.",
        "Speaking on BBC Radio 4’s Today programme, the minister denied it.",
        "President Emmanuel Macron and Chancellor Olaf Scholz met King Charles III in London.",
        "United Nations Secretary-General António Guterres urged Israel and Hamas to stop.",
        "Who said so? Nobody in Washington knows.",
        "The U.S. Agency for International Development will close its office.",
        "On Monday Turkey and Greece signed the Athens Declaration on Friendly Relations.",
    ],
)
def test_names_are_no_headings(sentence: str) -> None:
    text = f"{PLAIN}{sentence}\n{sentence} {PLAIN}"
    assert run_in.find(text) == []


def test_run_in_headings_are_set_apart_and_recorded() -> None:
    document = from_text("Quiet in the port. Envoys Leave the Capital On Friday the last of them flew home.")
    assert document.text == "Quiet in the port.\n\nEnvoys Leave the Capital\n\nOn Friday the last of them flew home."
    assert [document.text[a:b] for a, b in document.headings] == ["Envoys Leave the Capital"]
    words_map_back(document)


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Media playback is unsupported on your device Media caption The minister speaks", True),
        ("Image caption Protesters gathered in the square on Sunday.", True),
        ("Advertisement", True),
        ("Read more: What the treaty says", True),
        ("What the treaty says", True),
        ("By Maria Keller and Tom Abbot", True),
        ("TALKS COLLAPSE AS ENVOYS LEAVE", True),
        ("The talks collapsed.", False),
        ("“We will not go,” he said", False),
        ("Two soldiers were killed, three were wounded and a bridge was brought down in the night by what officers called drones", False),
        ("and then they left", False),
        ("BAKU (XNA) - Two men were held", False),
        ("The envoys asked for three things:", False),
        ("Will they come back before the winter sets in?", False),
    ],
)
def test_lines_standing_alone(line: str, heading: bool) -> None:
    text = f"{PLAIN * 3}\n\n{line}\n\n{PLAIN * 3}"
    found = [text[a:b] for a, b in standing.find(text)]
    assert found == ([line] if heading else [])


def test_a_text_of_telegrams_is_not_all_headings() -> None:
    document = from_text("Two soldiers killed near Goris\nThree held in Baku\nEnvoy leaves Moscow")
    assert len(document.headings) <= 1


def test_wrapped_lines_become_paragraphs_and_page_furniture_goes() -> None:
    page = [
        "In week {k} the ministry of transport closed the border crossing at the old bridge",
        "on Tuesday after a shell hit the customs house, wounding two of the",
        "guards on duty there.",
        "Officers of the neighbouring state denied that they had fired, and they",
        "called for a joint commission to look into what had happened in the ear-",
        "ly morning of day {k}.",
    ]
    text = "\f".join("\n".join([f"Border Monthly   No. {k}", *page, str(k)]).replace("{k}", "two" * k) for k in (3, 4, 5))
    document = from_text("Shells at the bridge\n\n" + text)
    assert "Border Monthly" not in document.text
    assert "customs house, wounding two of the guards on duty there." in document.text
    assert "in the early morning of day twotwotwo" in document.text
    assert document.text.count("\n\n") >= 2
    words_map_back(document)


def test_narrow_pages_keep_title_headings_and_bylines_apart(make_pdf: Callable[..., bytes], read_file: Reader) -> None:
    page = [
        "Harbour Wire | 7 July 2025 | page 3",
        "Two ports and one pilot: the",
        "quarrel over the strait",
        "By Maria Keller",
        "The port of Lima turned back a tug on",
        "Sunday. Its master, Colonel Rusta-",
        "mov, said that he had been given no",
        "reason for it by anybody.",
        "Who pays the pilots",
        "Pilots are paid by the port, as they",
        "always were, and by nobody else at all.",
    ]
    (document,) = read_file("strait.pdf", make_pdf([page], info="/Title (Two ports and one pilot: the quarrel over the strait)"))
    assert isinstance(document, Document)
    assert [line for line in document.text.split("\n") if line] == [
        "Harbour Wire | 7 July 2025 | page 3",
        "Two ports and one pilot: the quarrel over the strait",
        "By Maria Keller",
        "The port of Lima turned back a tug on Sunday. Its master, Colonel Rustamov, said that he had been given no reason "
        "for it by anybody.",
        "Who pays the pilots",
        "Pilots are paid by the port, as they always were, and by nobody else at all.",
    ]
    assert len(document.headings) == 4
    assert (document.outlet, document.author, document.published) == ("Harbour Wire", "Maria Keller", "2025-07-07")
    words_map_back(document)


def test_trailing_blank_lines_and_crlf_go() -> None:
    document = from_text("Quiet in the port\r\n\r\n\r\n\r\nNobody came.  \r\nNobody left.\r\n" + "\r\n" * 60)
    assert document.text == "Quiet in the port\n\nNobody came.\nNobody left."
    assert document.title == "Quiet in the port"
    words_map_back(document)


def test_every_word_maps_back_after_any_damage() -> None:
    """Random damage of all kinds over a text: the map never points to other letters."""
    source = [
        "Envoys Leave the Capital",
        PLAIN,
        "Guards were ar-rested.",
        "The officers were Rusta-\nmov and Petro-\nva.",
        "caf\u00e9 of\ufb01ce",
        "The envoyâ€™s visit",
        "Harbour Strikes Grow Again In early May the dockers stopped work.",
        "\u200bhidden\u00ad marks\ufeff",
        "BAKU, July 1 (XNA) — Police held two men.",
        *("\r\n\r\n", "\n", "\n\n\n\n", "  ", "\t", "\f", "12\f"),
        "Advertisement\n",
        "[link](x) **bold**",
    ]
    rng = random.Random(5)
    for _ in range(300):
        text = "".join(rng.choice(source) + rng.choice([" ", "\n", "\n\n", "\r\n"]) for _ in range(rng.randint(3, 25)))
        if not any(c.isalnum() for c in text):
            continue
        document = from_text(text)
        words_map_back(document)
        for piece in document.pieces:
            assert document.text[piece.text : piece.text + piece.length] == text[piece.original : piece.original + piece.length]
        assert all(a.text + a.length <= b.text and a.original + a.length <= b.original for a, b in itertools.pairwise(document.pieces))
        assert all(0 <= a < b <= len(document.text) for a, b in document.headings)


def test_edits_keep_the_map() -> None:
    mapped = Mapped.of("abcdefghij").edit([(2, 4, ""), (6, 7, "XY")]).edit([(0, 1, ""), (4, 5, "-")])
    assert mapped.text == "bef-Yhij".replace("-", "X", 1)[:3] + mapped.text[3:]
    for piece in mapped.pieces:
        assert mapped.text[piece.text : piece.text + piece.length] == "abcdefghij"[piece.original : piece.original + piece.length]
    assert mapped.forward((7, 9)) == (mapped.text.index("h"), mapped.text.index("i") + 1)


def test_a_very_long_line_takes_seconds() -> None:
    line = ("word and-then ar-rested â€™ \u00ad Some Title Words In the end. " * 500_000)[: 20 * 1024 * 1024]
    started = time.process_time()
    document = from_text(line)
    assert time.process_time() - started < 20
    assert len(document.original) == len(line)
    assert any(r.startswith("[D19]") for r in document.repairs)


@pytest.mark.parametrize("unit", ["a", " ", "-", "A ", "\u00ad", "ﬁ", ".", "x\f", "\r", "[", "*", "a-", "Aa "])
def test_no_text_is_slow(unit: str) -> None:
    """Four times the text takes four times the time, whatever the machine: not sixteen."""

    def seconds(characters: int) -> float:
        started = time.process_time()
        from_text("Begin. " + unit * (characters // len(unit)))
        return time.process_time() - started

    assert seconds(400_000) < 8 * seconds(100_000) + 1
