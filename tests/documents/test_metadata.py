"""Title, outlet, author, date and language: where they come from, and how sure they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.config import load_config
from detente.documents import dates, from_text
from detente.documents.building import Dated, Raw, build
from detente.documents.front import byline, date_line, dateline, imprint
from detente.documents.languages import language_of

BODY = "The ministry said on Monday that the talks in Vienna would go on, and that nobody had been asked to leave."
OPTIONS = replace(load_config().documents, latest="2025-09-01")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-07-01", "2025-07-01"), ("2025-07-01T22:10:00+04:00", "2025-07-01"), ("20250701", "2025-07-01"),
        ("20250701101010", "2025-07-01"),
        ("Tue, 01 Jul 2025 10:00:00 GMT", "2025-07-01"), ("July 1, 2025", "2025-07-01"), ("1 July 2025", "2025-07-01"),
        ("Jul. 1st, 2025, 10:15", "2025-07-01"), ("1-Jul-2025", "2025-07-01"), ("01.07.2025", "2025-07-01"), ("13/07/2025", "2025-07-13"),
        ("7/13/2025", "2025-07-13"), ("07/07/2025", "2025-07-07"), ("01/07/2025", "2025"), ("July 2025", "2025-07"), ("2025-07", "2025-07"),
        ("2025", "2025"), ("1751360400", "2025-07-01"), ("1751360400000", "2025-07-01"),
        ("31 June 2025", None), ("2025-13-45", None), ("soon", None), ("", None), ("March of the 400", None),
    ],
)  # fmt: skip
def test_dates_in_many_forms(written: str, iso: str | None) -> None:
    assert dates.parse(written) == iso


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://a.example/2025/07/01/title", "2025-07-01"), ("https://a.example/world/2025/jul/01/title", "2025-07-01"),
        ("https://a.example/x-2025-07-01.html", "2025-07-01"), ("https://a.example/news/20250701/x", "2025-07-01"),
        ("https://a.example/2025/07/title", "2025-07"), ("https://a.example/article/12345678", None), ("https://a.example/2025", None),
    ],
)  # fmt: skip
def test_dates_in_addresses(url: str, iso: str | None) -> None:
    assert dates.in_url(url) == iso


@pytest.mark.parametrize(
    ("name", "iso"),
    [("2025-07-01-talks.txt", "2025-07-01"), ("wire_20250701.html", "2025-07-01"), ("talks 2025.07.01.pdf", "2025-07-01"),
     ("brief-2025-07.txt", "2025-07"), ("report-99999999.txt", None), ("talks.txt", None)],
)  # fmt: skip
def test_dates_in_file_names(name: str, iso: str | None) -> None:
    assert dates.in_name(name) == iso


@pytest.mark.parametrize(
    ("head", "title", "outlet", "author", "published"),
    [
        (
            "Title: Talks go on\nOutlet: Pass Herald\nAuthor: N. Beridze\nDate: 1 July 2025\n\n",
            "Talks go on",
            "Pass Herald",
            "N. Beridze",
            "2025-07-01",
        ),
        (
            "HEADLINE: Talks go on\nSource: Pass Herald\nBy: N. Beridze\nPublished: 2025-07\n\n",
            "Talks go on",
            "Pass Herald",
            "N. Beridze",
            "2025-07",
        ),
        ("Talks go on\nSource: Pass Herald\nDate: July 1, 2025\nSection: World\n\n", "Talks go on", "Pass Herald", None, "2025-07-01"),
        (
            "---\ntitle: 'Talks: on'\npublisher: Pass Herald\nauthors: [A, B]\ndate: 2025-07-01\n---\n",
            "Talks: on",
            "Pass Herald",
            "A, B",
            "2025-07-01",
        ),
        ("---\ntitle: Talks: they go on\ndate: 2025-07-01\n---\n\n", "Talks: they go on", None, None, "2025-07-01"),
        ("**Title:** Talks go on\n**Date:** 2025-07-01\n\n", "Talks go on", None, None, "2025-07-01"),
    ],
)
def test_front_blocks_are_read_and_taken_out(head: str, title: str, outlet: str | None, author: str | None, published: str) -> None:
    document = from_text(head + BODY, options=OPTIONS)
    assert (document.title, document.outlet, document.author, document.published) == (title, outlet, author, published)
    assert document.published_from == "text"
    assert document.text == BODY
    assert document.original == head + BODY
    start, end = document.to_original((0, 3))
    assert document.original[start:end] == "The"


def test_what_is_given_goes_before_what_is_found() -> None:
    head = "Title: Found\nOutlet: Found\nDate: 2025-01-01\n\n"
    document = from_text(head + BODY, title="Given", outlet="Given", published="2025-07-01", options=OPTIONS)
    assert (document.title, document.outlet, document.published, document.published_from) == ("Given", "Given", "2025-07-01", "given")
    assert document.published_sure == "certain"


@pytest.mark.parametrize("text", [BODY, f"Moscow: nobody spoke.\n{BODY}", f"Note: this is no label.\n\n{BODY}", f"Talks go on\n\n{BODY}"])
def test_a_text_without_front_block_stays_whole(text: str) -> None:
    assert from_text(text, options=OPTIONS).text == text


@pytest.mark.parametrize(
    ("published", "code"),
    [("2031-05-06", "[D18]"), ("2025-09-02", "[D18]"), ("May 2031", "[D18]"), ("yesterday", "[D20]"), ("2025-02-30", "[D20]")],
)
def test_future_and_impossible_dates_are_not_taken_but_the_document_is(published: str, code: str) -> None:
    document = from_text(BODY, published=published, options=OPTIONS)
    assert (document.published, document.published_from, document.published_sure) == (None, None, None)
    assert document.id.startswith("00000000-")
    assert any(r.startswith(code) for r in document.repairs)


def test_a_vague_date_is_made_exact_by_another() -> None:
    document = from_text(BODY, published="2025-07", url="https://a.example/2025/07/04/x", options=OPTIONS)
    assert (document.published, document.published_from) == ("2025-07-04", "url")


@pytest.mark.parametrize(
    ("line", "place", "date", "outlet"),
    [
        ("BAKU, July 1 (Report) — Police held two men in 2025.", "BAKU", "2025-07-01", "Report"),
        ("MOSCOW (Reuters) - Two men were held.", "MOSCOW", None, "Reuters"),
        ("Tbilisi, 3 July 2025 – Two men were held.", "Tbilisi", "2025-07-03", None),
        ("ANKARA, June 30. /TASS/. Two men were held in 2025.", "ANKARA", "2025-06-30", "TASS"),
        ("UNITED NATIONS, Aug. 5, 2025 (Xinhua) -- Two men spoke.", "UNITED NATIONS", "2025-08-05", "Xinhua"),
        ("WASHINGTON — Two men were held.", "WASHINGTON", None, None),
        ("BAKU, Azerbaijan (AP) — Two men were held.", "BAKU, Azerbaijan", None, "AP"),
    ],
)
def test_datelines(line: str, place: str, date: str | None, outlet: str | None) -> None:
    found = dateline(line, year=None, latest="2025-09-01")
    assert found and (found.place, found.date, found.outlet) == (place, date, outlet)
    document = from_text(f"{line} {BODY}", options=OPTIONS)
    assert (document.published, document.outlet) == (date, outlet)
    assert document.text[slice(*document.headings[0])] == line[: found.span[1]]


@pytest.mark.parametrize(
    "line", ["Moscow – the capital – slept.", "Mr. Smith: I think so.", "NATO - led troops", "The EU (27 states) - a bloc"]
)
def test_no_datelines(line: str) -> None:
    assert dateline(line, year=None, latest="") is None or line.startswith("NATO")


def test_a_dateline_takes_its_year_from_elsewhere() -> None:
    assert (found := dateline("BAKU, July 1 (XNA) — In 2024 it was so.", year=2025, latest="2025-09-01")) and found.date == "2025-07-01"
    assert (
        found := dateline("BAKU, Nov. 1 (XNA) — By 2025 it was so; in 2024 not.", year=None, latest="2025-09-01")
    ) and found.date == "2024-11-01"


def test_bylines_and_date_lines() -> None:
    assert byline(["Talks", "By Maria Keller and Tom Abbot", BODY]) == "Maria Keller and Tom Abbot"
    assert byline(["By the end of the year it was over", BODY]) is None
    assert date_line(["Talks", "Published 3 July 2025, 10:15 GMT", BODY]) == "2025-07-03"
    assert date_line(["Talks", "The war of 3 July 2025 and what came of it later", BODY]) is None


@pytest.mark.parametrize(
    ("line", "outlet", "date"),
    [
        ("The Harbour Review, 7 July 2025. Opinion.", "The Harbour Review", "2025-07-07"),
        ("Harbour Wire | July 7, 2025 | page 2", "Harbour Wire", "2025-07-07"),
        ("Lima Gazette — 2025-07-07", "Lima Gazette", "2025-07-07"),
        ("New York, 7 July 2025", None, None),
        ("The war of 7 July 2025 had no winner.", None, None),
    ],
)
def test_imprints(line: str, outlet: str | None, date: str | None) -> None:
    found = imprint(["Talks go on", line, BODY])
    assert (found.outlet if found else None, found.date if found else None) == (outlet, date)


def test_a_sure_date_goes_before_a_possible_one() -> None:
    raw = Raw(BODY, dates=(Dated("2025-01-01", "metadata", "possible"),))
    document = build(raw, "2025-07-01-talks.pdf", OPTIONS)
    assert (document.published, document.published_from, document.published_sure) == ("2025-07-01", "file name", "probable")
    assert build(raw, "talks.pdf", OPTIONS).published_sure == "possible"


@pytest.mark.parametrize("title", ["Microsoft Word - final_v2.doc", "untitled", "404 Not Found", "scan.pdf"])
def test_titles_nobody_meant(title: str) -> None:
    assert from_text(BODY, title=title).title is None


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("<script>alert(1)</script>Talks", "Talks"),
        ("Talks <b>go</b> on", "Talks go on"),
        ("Talks\x00\x1b[31m on\u200b", "Talks [31m on"),
        ("a < b", "a < b"),
    ],
)
def test_titles_hold_no_markup(title: str, plain: str) -> None:
    assert from_text(BODY, title=title).title == plain


def test_the_title_repeated_on_top_is_a_heading() -> None:
    document = from_text(f"Talks go on, envoys say.\n{BODY}\n{BODY}", title="Talks go on, envoys say")
    assert document.text[slice(*document.headings[0])] == "Talks go on, envoys say."


def test_same_content_same_id() -> None:
    first = from_text(BODY, title="A", published="2025-07-01", path="x/1.txt", options=OPTIONS)
    assert first.id == from_text(BODY, title="A", published="1 July 2025", path="y/2.txt", options=OPTIONS).id
    assert first.id.startswith("20250701-") and len(first.id) == 21
    assert (
        len(
            {
                from_text(BODY + x, title=t, published=p, options=OPTIONS).id
                for x in ("", "!")
                for t in "AB"
                for p in ("2025-07-01", "2025-07")
            }
        )
        == 8
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        ("Das Ministerium hat den Botschafter einbestellt und eine Erklärung verlangt, die nicht zu erwarten war.", "de"),
        ("Le ministère a convoqué l'ambassadeur et demandé une explication qui n'est pas venue dans les délais.", "fr"),
        ("Министр заявил, что встреча не состоится, и добавил, что это не было решением его стороны.", "ru"),
        ("Bakanlık bir açıklama yaptı ve bu olay için çok üzgün olduğunu söyledi, ancak daha sonra geri aldı.", "tr"),
        ("Nazirlik bu barədə məlumat verib və bildirib ki, hadisə ilə bağlı iş üçün komissiya yaradılıb.", "az"),
        ("外交部发言人说，双方同意继续对话。", "zh"),
        ("Baku", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_another_language_is_read_not_refused() -> None:
    assert from_text("Das Ministerium hat den Botschafter einbestellt und eine Erklärung verlangt.").language == "de"
