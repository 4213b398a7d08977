"""Every format gives its main text and what it says of itself."""

from __future__ import annotations

import email.message
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import polars
import pytest

from detente.documents import count_inputs, find_inputs, read, read_one
from detente.records import Document, Refusal

Reader = Callable[[str, bytes | str], list[Document | Refusal]]
Folder = Callable[[dict[str, bytes | str]], Path]

FIRST = "Georgia closed the border crossing at Larsi on Tuesday after a landslide blocked the road, the interior ministry said."
SECOND = "Russia said that it had not been told. Lorries waited on both sides of the pass."
PAGE = f"""<!doctype html><html><head><title>Border closed &lt;b&gt;now&lt;/b&gt;<script>alert("x")</script></title>
<meta property="article:published_time" content="2025-03-04T22:10:00+04:00"><meta property="og:site_name" content="Pass Herald">
<meta name="author" content="Nino Beridze"><link rel="canonical" href="https://herald.example/2025/03/05/border"></head>
<body><nav><a href="/">Home</a> <a href="/x">World</a></nav><article><h1>Border closed</h1><p>{FIRST}</p><script>steal()</script>
<h2>Moscow surprised</h2><p>{SECOND}</p><p>{FIRST}</p></article><footer>Cookie settings</footer></body></html>"""
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Pass Herald</title>
<item><title>Border closed</title><link>https://herald.example/1</link><pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item>
<item><title>Only a headline</title></item><item><link>https://herald.example/3</link></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Pass Wire</title><entry><title>Closed</title>
<id>1</id><published>2025-03-04T10:00:00Z</published><content type="text">{FIRST}</content></entry></feed>"""
MAIL = (
    "From: Pass Herald <news@herald.example>\nTo: desk@example.org\nSubject: =?utf-8?q?Border_closed_=E2=80=93_again?=\n"
    f"Date: Tue, 4 Mar 2025 10:00:00 +0400\nContent-Type: text/plain; charset=utf-8\n\n{FIRST}\n{SECOND}\n"
)


def only(found: list[Document | Refusal]) -> Document:
    assert len(found) == 1
    assert isinstance(found[0], Document), found[0]
    return found[0]


def word_bytes() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Border closed"
    document.core_properties.author = "Nino Beridze"
    document.add_heading("Border closed", 0)
    document.add_paragraph(FIRST)
    document.add_heading("Moscow surprised", 2)
    document.add_paragraph(SECOND)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Lorries", "120"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_bytes(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def parquet_bytes(rows: list[dict[str, object]]) -> bytes:
    out = io.BytesIO()
    polars.DataFrame(rows).write_parquet(out)
    return out.getvalue()


def test_text(read_file: Reader) -> None:
    text = f"\ufeffBorder closed\n\n{FIRST}\n{SECOND}\n"
    document = only(read_file("2025-03-04-border.txt", text))
    assert document.original == text[1:]
    assert (document.title, document.published, document.published_from) == ("Border closed", "2025-03-04", "file name")
    assert document.published_sure == "probable"
    assert document.text == f"Border closed\n\n{FIRST}\n{SECOND}"


def test_markdown(read_file: Reader) -> None:
    head = "---\ntitle: Border closed\nsource: Pass Herald\ndate: 2025-03-04\ntags: [x]\n---\n\n"
    text = f"{head}## Moscow *surprised*\n\n{FIRST} [More](http://x.example) **now**.\n"
    document = only(read_file("border.md", text))
    assert (document.title, document.outlet, document.published) == ("Border closed", "Pass Herald", "2025-03-04")
    assert document.text == f"Moscow surprised\n\n{FIRST} More now."
    assert [document.text[a:b] for a, b in document.headings] == ["Moscow surprised"]
    assert document.original == text


def test_html(read_file: Reader) -> None:
    document = only(read_file("border.html", PAGE))
    assert (document.outlet, document.author, document.url) == ("Pass Herald", "Nino Beridze", "https://herald.example/2025/03/05/border")
    assert (document.published, document.published_from, document.published_sure) == ("2025-03-04", "metadata", "certain")
    assert document.title and "<" not in document.title and "alert" not in document.title
    assert document.text.split("\n") == ["Border closed", FIRST, "Moscow surprised", SECOND, FIRST]
    assert [document.text[a:b] for a, b in document.headings] == ["Border closed", "Moscow surprised"]


def test_html_without_main_text_gives_all_visible_text(read_file: Reader) -> None:
    document = only(read_file("odd.htm", f"<div>{SECOND}<br>More <b>words</b> here.</div><style>p{{}}</style><script>x()</script>"))
    assert document.text == f"{SECOND}\nMore words here."


def test_pdf(read_file: Reader, make_pdf: Callable[..., bytes]) -> None:
    pages = [
        [
            f"Pass Herald   page {k}",
            f"Report from the {district} district, where it was so on all roads",
            "Georgia closed the border crossing on Tuesday after a land-",
            "slide blocked the road through the pass, the interior ministry",
            "of the country said.",
            f"Lorries waited in the {district} district.",
        ]
        for k, district in ((1, "northern"), (2, "eastern"), (3, "western"))
    ]
    document = only(read_file("border.pdf", make_pdf(pages, info="/Title (Border closed) /CreationDate (D:20250305101010)")))
    assert "Pass Herald" not in document.text
    assert "after a landslide blocked the road through the pass, the interior ministry of the country said.\n" in document.text
    assert (document.title, document.published, document.published_sure) == ("Border closed", "2025-03-05", "possible")


def test_mail(read_file: Reader) -> None:
    document = only(read_file("alert.eml", MAIL))
    assert (document.title, document.outlet, document.published) == ("Border closed – again", "Pass Herald", "2025-03-04")
    assert document.published_from == "header"
    assert document.text == f"{FIRST}\n{SECOND}"


def test_mail_of_html_with_an_attachment(read_file: Reader) -> None:
    message = email.message.EmailMessage()
    message["From"], message["Subject"] = "news@herald.example", "Border"
    message.set_content(f"<p>{FIRST}</p><script>x()</script>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    document = only(read_file("alert.eml", bytes(message)))
    assert document.text == FIRST
    assert document.outlet == "herald.example"
    assert "1 attachments not read" in document.repairs


def test_word(read_file: Reader) -> None:
    document = only(read_file("border.docx", word_bytes()))
    assert (document.title, document.author) == ("Border closed", "Nino Beridze")
    assert document.text.split("\n") == ["Border closed", FIRST, "Moscow surprised", SECOND, "Lorries 120"]
    assert [document.text[a:b] for a, b in document.headings][:2] == ["Border closed", "Moscow surprised"]


@pytest.mark.parametrize("name", ["feed.rss", "feed.xml", "feed"])
def test_feed(read_file: Reader, name: str) -> None:
    first, second, third = read_file(name, RSS)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.title, first.outlet, first.published, first.published_from) == ("Border closed", "Pass Herald", "2025-03-04", "feed")
    assert first.text == FIRST and first.url == "https://herald.example/1"
    assert first.path and first.path.endswith(f"{name}#1")
    assert second.text == "Only a headline" and second.headings == ()
    assert isinstance(third, Refusal) and third.path.endswith("#3")


def test_atom(read_file: Reader) -> None:
    document = only(read_file("feed.atom", ATOM))
    assert (document.outlet, document.published, document.text) == ("Pass Wire", "2025-03-04", FIRST)


@pytest.mark.parametrize(
    ("header", "date", "published"),
    [
        ("headline,body,newspaper,byline,pubdate,link", "2025-03-04", "2025-03-04"),
        ("Title,Text,Source,Author,Date,URL", "March 4, 2025", "2025-03-04"),
        ("heading,Full Text,outlet_name,writer,published_at,href", "2025-03-04T10:00:00Z", "2025-03-04"),
        ("title,article_body_en,publication,authors,timestamp,url", "1741082400", "2025-03-04"),
    ],
)
def test_csv_by_other_names(read_file: Reader, header: str, date: str, published: str) -> None:
    row = f'"Border closed","{FIRST}",Pass Herald,Nino Beridze,"{date}",https://herald.example/1'
    document = only(read_file("reports.csv", f"{header}\n{row}\n"))
    assert (document.title, document.outlet, document.author) == ("Border closed", "Pass Herald", "Nino Beridze")
    assert (document.published, document.published_from) == (published, "column")
    assert document.text == FIRST and document.url == "https://herald.example/1"
    assert document.path and document.path.endswith("reports.csv#1")


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        (["04/03/2025", "25/03/2025"], ["2025-03-04", "2025-03-25"]),
        (["03/04/2025", "03/25/2025"], ["2025-03-04", "2025-03-25"]),
        (["03/04/2025", "05/06/2025"], ["2025", "2025"]),
    ],
)
def test_the_order_of_day_and_month_is_learnt_from_the_column(read_file: Reader, dates: list[str], published: list[str]) -> None:
    found = read_file("a.tsv", "text\tdate\n" + "".join(f"{SECOND}\t{date}\n" for date in dates))
    assert [d.published for d in found if isinstance(d, Document)] == published


def test_json_lines_json_and_parquet_agree(folder: Folder) -> None:
    rows: list[dict[str, object]] = [
        {"text": FIRST, "title": "One", "source": "Pass Herald", "published": "2025-03-04"},
        {"text": SECOND, "title": "Two", "source": "Pass Wire", "published": None},
    ]
    lines = "\n".join(json.dumps(row) for row in rows)
    root = folder({
        "a.jsonl": lines,
        "b.json": json.dumps({"status": "ok", "articles": rows}),
        "c.parquet": parquet_bytes(rows),
        "d.ndjson.gz": gzip.compress(lines.encode()),
        "e.json": json.dumps(rows),
        "f": lines,
    })  # fmt: skip
    found = list(read(root))
    assert all(isinstance(d, Document) for d in found)
    assert len(found) == 12
    assert len({d.id for d in found if isinstance(d, Document)}) == 2
    assert {(d.title, d.outlet, d.published) for d in found if isinstance(d, Document)} == {
        ("One", "Pass Herald", "2025-03-04"), ("Two", "Pass Wire", None)}  # fmt: skip


def test_nested_values_of_json(read_file: Reader) -> None:
    row = {
        "content": f"<p>{FIRST}</p><p>{SECOND}</p>",
        "source": {"id": None, "name": "Pass Herald"},
        "authors": ["A. B.", {"name": "C. D."}],
    }
    document = only(read_file("a.json", json.dumps(row)))
    assert (document.outlet, document.author, document.text) == ("Pass Herald", "A. B., C. D.", f"{FIRST}\n{SECOND}")


def test_archives(folder: Folder) -> None:
    inner = zip_bytes({"deep.txt": SECOND})
    root = folder({
        "all.zip": zip_bytes({"b/two.txt.gz": gzip.compress(SECOND.encode()), "a.html": PAGE, "inner.zip": inner, "__MACOSX/._a": b"x"}),
        "one.txt.gz": gzip.compress(FIRST.encode()),
    })  # fmt: skip
    found = list(read(root))
    assert [type(d).__name__ for d in found] == ["Document"] * 4, found
    names = [str(Path(str(d.path)).relative_to(root)) for d in found]
    assert names == ["all.zip!a.html", "all.zip!b/two.txt.gz", "all.zip!inner.zip!deep.txt", "one.txt.gz"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PAGE, "html"), (RSS, "feed"), (MAIL, "eml"), (f"{FIRST}\n", "txt"), (json.dumps({"text": FIRST}), "jsonl"), (word_bytes(), "docx"),
     (gzip.compress(FIRST.encode()), "txt"), (FIRST.encode("utf-16"), "txt"), (parquet_bytes([{"text": FIRST}]), "parquet")],
)  # fmt: skip
def test_files_without_a_suffix_are_told_by_their_content(read_file: Reader, content: bytes | str, kind: str) -> None:
    document = read_file("report", content)[0]
    assert isinstance(document, Document), document
    assert document.format == kind


def test_a_web_page_saved_as_text_is_read_as_a_page(read_file: Reader) -> None:
    assert only(read_file("page.txt", PAGE)).format == "html"


def test_inputs_are_found_in_order_and_once(folder: Folder, tmp_path: Path) -> None:
    root = folder(
        {
            "b/2.txt": "x",
            "a.txt": "x",
            "b/1.txt": "x",
            ".hidden/x.txt": "x",
            "c/.DS_Store": "x",
            "t/_delta_log/0.json": "{}",
            "t/p.parquet": "x",
        }
    )
    (root / "b" / "loop").symlink_to(root / "b")
    names = [str(Path(p).relative_to(root)) for p in find_inputs([root, root / "b"])]
    assert names == ["a.txt", "b/1.txt", "b/2.txt"]
    assert find_inputs([root / "b", root / "none.txt"], exclude=[root / "b" / "1.txt"]) == [
        str(root / "b" / "2.txt"),
        str(root / "none.txt"),
    ]


def test_what_is_counted_is_what_is_read(folder: Folder) -> None:
    root = folder({
        "a.txt": FIRST,
        "b.jsonl": f'{{"text": "{SECOND}"}}\nbroken\n\n{{"text": ""}}\n',
        "c.csv": f'text,date\n"{SECOND}\nmore",2025-01-01\nx,2\n',
        "d.zip": zip_bytes({"a.txt": "x y z", "b.jsonl": '{"text": "a b"}\n{"text": "c d"}\n'}),
        "e.rss": RSS,
        "f.parquet": parquet_bytes([{"text": FIRST}, {"text": SECOND}]),
        "g.bin": bytes(range(256)),
    })  # fmt: skip
    found = list(read([root, root / "missing.txt"]))
    assert count_inputs([root, root / "missing.txt"]) == len(found) == 1 + 3 + 2 + 3 + 3 + 2 + 1 + 1
    assert len([d for d in found if isinstance(d, Refusal)]) == 5


def test_reading_one_file_is_reading_it_with_others(folder: Folder) -> None:
    root = folder({"a.txt": FIRST, "b.html": PAGE})
    assert [d for p in find_inputs(root) for d in read_one(p)] == list(read(root)) == list(read(root))
