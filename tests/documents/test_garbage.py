"""Garbage in: a coded refusal that names the file, the rest is read, nothing is executed, nothing is lost."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars
import pytest

from detente.config import load_config
from detente.documents import read
from detente.errors import TABLE
from detente.records import Document, Refusal

Reader = Callable[[str, bytes | str], list[Document | Refusal]]
Folder = Callable[[dict[str, bytes | str]], Path]

GOOD = "Georgia closed the border crossing at Larsi on Tuesday after a landslide blocked the road, the interior ministry said."


def zipped(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked_zip() -> bytes:
    """A zip archive whose member says that it is encrypted."""
    data = bytearray(zipped({"a.txt": GOOD}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def parquet() -> bytes:
    out = io.BytesIO()
    polars.DataFrame({"text": [GOOD] * 9, "n": range(9)}).write_parquet(out)
    return out.getvalue()


NOISE = random.Random(1).randbytes(4000)
CASES: dict[str, tuple[bytes | str, str]] = {
    "empty.txt": ("", "D02"),
    "blank.txt": (" \n\n \t\n", "D02"),
    "marks.txt": ("— … !!", "D02"),
    "empty.csv": ("", "D02"),
    "empty.pdf": ("", "D02"),
    "noise.txt": (NOISE, "D04"),
    "noise": (NOISE, "D04"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + NOISE, "D04"),
    "table.xlsx": (zipped({"xl/workbook.xml": "x"}), "D05"),
    "letter.doc": (b"\xd0\xcf\x11\xe0" + NOISE, "D05"),
    "no.pdf": ("this is no pdf", "D07"),
    "broken.pdf": (b"%PDF-1.4\n" + NOISE, "D07"),
    "broken.docx": (zipped({"word/document.xml": "<a"}), "D07"),
    "no.docx": ("this is no document", "D07"),
    "broken.parquet": (parquet()[:200] + b"PAR1", "D07"),
    "no.parquet": ("text", "D07"),
    "broken.json": ('{"text": "a', "D07"),
    "broken.eml": (b"\n\nno header", "D07"),
    "empty.html": ("<html><head><title>x</title></head><body><script>x</script></body></html>", "D09"),
    "headers.eml": ("From: a@b.example\nSubject: x\n\n", "D09"),
    "cut.txt.gz": (gzip.compress(GOOD.encode() * 50)[:60], "D10"),
    "no.gz": ("this is no gzip", "D07"),
    "no.zip": ("this is no zip", "D07"),
    "cut.zip": (zipped({"a.txt": GOOD})[:60], "D10"),
    "locked.zip": (locked_zip(), "D08"),
    "slip.zip": (zipped({"../../etc/passwd.txt": GOOD}), "D14"),
    "absolute.zip": (zipped({"/etc/passwd.txt": GOOD}), "D14"),
    "backslip.zip": (zipped({"..\\..\\a.txt": GOOD}), "D14"),
    "deep.zip": (zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": GOOD})})}), "D14"),
    "empty.zip": (zipped({}), "D15"),
    "no-text.csv": ("name;year\nx;2025\n", "D11"),
    "header.csv": ("text,date\n", "D15"),
    "no-text.jsonl": ('{"name": "x"}\n', "D11"),
    "no-text.json": ('[{"name": "x"}]', "D11"),
    "empty.jsonl": ("\n\n", "D15"),
    "empty.rss": ('<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>', "D15"),
    "broken.rss": ("<rss><channel", "D07"),
}


@pytest.mark.parametrize("name", CASES)
def test_garbage_gives_one_coded_refusal_that_names_the_file(read_file: Reader, name: str) -> None:
    content, code = CASES[name]
    found = read_file(name, content)
    assert len(found) == 1
    refusal = found[0]
    assert isinstance(refusal, Refusal), refusal
    assert refusal.code == code, refusal
    assert f"/{name}" in refusal.path
    assert refusal.message and refusal.hint and "{" not in refusal.message + refusal.hint


def test_the_good_ones_among_the_garbage_are_read(folder: Folder) -> None:
    root = folder({name: content for name, (content, _) in CASES.items()} | {"good.txt": GOOD, "z/good.html": f"<p>{GOOD}</p>"})
    found = list(read(root))
    assert len(found) == len(CASES) + 2
    assert {Path(str(d.path)).name for d in found if isinstance(d, Document)} == {"good.txt", "good.html"}
    assert {d.code for d in found if isinstance(d, Refusal)} <= set(TABLE)


def test_pdfs(read_file: Reader, make_pdf: Callable[..., bytes]) -> None:
    for name, content, code in (
        ("pages.pdf", make_pdf([]), "D09"),
        ("scan.pdf", make_pdf([[""], [" "]]), "D09"),
        ("locked.pdf", make_pdf([["x"]], encrypted=True), "D08"),
        ("cut.pdf", make_pdf([["x"]])[:20], "D07"),
    ):
        (refusal,) = read_file(name, content)
        assert isinstance(refusal, Refusal) and refusal.code == code, refusal


def test_paths_that_are_not_files(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    found = list(
        read([tmp_path / "loop", tmp_path / "gone", tmp_path / "pipe", tmp_path / "missing.txt", "https://a.example/x", "nul\0name"])
    )
    assert [d.code for d in found if isinstance(d, Refusal)] == ["D03", "D03", "D03", "D01", "D16", "D03"]
    assert "missing.txt" in found[3].message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files(folder: Folder) -> None:
    root = folder({"secret.txt": GOOD, "locked/a.txt": GOOD, "good.txt": GOOD})
    (root / "secret.txt").chmod(0)
    (root / "locked").chmod(0)
    try:
        found = list(read(root))
    finally:
        (root / "locked").chmod(0o700)
    assert sorted(d.code for d in found if isinstance(d, Refusal)) == ["D03", "D03"]
    assert len(found) == 3


def test_a_file_that_cannot_be_opened(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    root = folder({"a.txt": GOOD, "b.txt": GOOD})
    opened = Path.open

    def refuse(self: Path, *given: object, **named: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, *given, **named)  # type: ignore[arg-type, call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    first, second = read(root)
    assert isinstance(first, Refusal) and first.code == "D03" and "permission denied" in first.message
    assert isinstance(second, Document)


def test_invalid_utf8_is_read_and_named(read_file: Reader) -> None:
    (document,) = read_file("a.txt", GOOD.encode() + b" caf\xe9 \x93quoted\x94")
    assert isinstance(document, Document)
    assert document.text.endswith("café “quoted”") and any(r.startswith("[D17]") for r in document.repairs)
    (document,) = read_file("b.txt", (GOOD + " Đukanović — Žižek ").encode() + b"\xff\xfe end")
    assert isinstance(document, Document)
    assert "Đukanović — Žižek" in document.text and document.text.endswith("\ufffd\ufffd end")
    assert any(r.startswith("[D17]") for r in document.repairs)
    (document,) = read_file("c.txt", "Министр сказал, что встреча не состоится на этой неделе.".encode("cp1251"))
    assert isinstance(document, Document) and document.text.startswith("Министр")


def test_a_line_of_twenty_megabytes(read_file: Reader) -> None:
    started = time.process_time()
    (document,) = read_file("long.txt", (GOOD + " ") * 180_000)
    assert time.process_time() - started < 20
    assert isinstance(document, Document)
    assert len(document.original) > 20_000_000 and len(document.text) <= 2_000_000
    assert any(r.startswith("[D19]") for r in document.repairs)


def test_ragged_rows_and_zero_bytes(read_file: Reader) -> None:
    rows = [
        f'1,"{GOOD}",2025-03-04',
        f'2,"{GOOD}"',
        "3,one, two, three,2025-03-04",
        "4",
        "",
        "5,a\x00b cd\x00,2025",
        "6,,2025-01-01",
        f'7,"{GOOD}',
    ]
    content = "\n".join(["id,text,date", *rows])
    found = read_file("ragged.csv", content.encode())
    assert [d.code if isinstance(d, Refusal) else d.text[:5] for d in found] == ["Georg", "Georg", "D13", "D12", "ab cd", "D12", "Georg"]
    assert "5 fields where the header has 3" in found[2].message  # type: ignore[union-attr]
    assert found[2].path.endswith("ragged.csv#3")  # type: ignore[union-attr]


def test_marks_in_an_unquoted_last_column_are_text(read_file: Reader) -> None:
    (document,) = read_file("a.csv", "date,text\n2025-03-04,One, two, three men were held\n")
    assert isinstance(document, Document) and document.text == "One, two, three men were held"


def test_a_csv_without_text_names_its_columns(read_file: Reader) -> None:
    (refusal,) = read_file("a.csv", "name,year,place\nx,2025,y\n")
    assert isinstance(refusal, Refusal) and "name, year, place" in refusal.message and "`text`" in refusal.hint


def test_broken_lines_among_good_ones(read_file: Reader) -> None:
    good = json.dumps({"text": GOOD})
    lines = [good, "{broken", "[1, 2]", "", good, '{"text": null}', "\xff", json.dumps("Only a string of words"), "[" * 100_000]
    found = read_file("a.jsonl", "\n".join(lines).encode("latin-1"))
    assert [d.code if isinstance(d, Refusal) else "read" for d in found] == ["read", "D13", "D13", "read", "D12", "D13", "read", "D13"]
    assert str(found[1].path).endswith("a.jsonl#2") and str(found[3].path).endswith("a.jsonl#5")


def test_halves_of_characters_do_not_leave_the_room(read_file: Reader) -> None:
    (document,) = read_file("a.jsonl", json.dumps({"text": GOOD + " \ud83d!", "title": "A \udc00 title"}))
    assert isinstance(document, Document)
    assert document.text.endswith("\ufffd!") and document.title == "A \ufffd title"
    assert document.text.encode() and document.original.encode()


def test_names_of_files_that_are_no_utf8(tmp_path: Path) -> None:
    (tmp_path / "caf\udce9.txt").write_text(GOOD)
    (tmp_path / "caf\udce9.pdf").write_text("no pdf")
    refusal, document = read(tmp_path)
    assert isinstance(document, Document) and isinstance(refusal, Refusal)
    assert str(document.path).endswith("caf\ufffd.txt") and refusal.path.endswith("caf\ufffd.pdf")


def test_a_reader_that_fails_costs_only_its_file(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("detente.documents.formats.pdf.read", fail)
    refusal, document = read(folder({"a.pdf": "%PDF-1.4", "b.txt": GOOD}))
    assert isinstance(refusal, Refusal) and refusal.code == "D07" and "unforeseen" in refusal.message
    assert isinstance(document, Document)


def test_what_a_truncated_gzip_still_holds_is_kept(read_file: Reader) -> None:
    rng = random.Random(3)
    lines = "".join(json.dumps({"text": f"{GOOD} {rng.random()}"}) + "\n" for _ in range(5000)).encode()
    found = read_file("a.jsonl.gz", gzip.compress(lines)[:-5000])
    assert isinstance(found[-1], Refusal) and found[-1].code == "D10"
    assert len(found) > 1000 and all(isinstance(d, Document) for d in found[:-1])


def test_limits(folder: Folder) -> None:
    options = replace(load_config().documents, max_bytes=10_000)
    root = folder({
        "a-bomb.txt.gz": gzip.compress(b"a " * 2_000_000),
        "b-bomb.jsonl.gz": gzip.compress(b"\n" * 5_000_000),
        "c-bomb.zip": zipped({"x.txt": b"a " * 2_000_000, "y.txt": GOOD}),
        "d-large.txt": GOOD * 100,
        "e-row.jsonl": json.dumps({"text": GOOD * 100}) + "\n" + json.dumps({"text": GOOD}),
        "f-many-rows.jsonl": (json.dumps({"text": GOOD}) + "\n") * 200,
    })  # fmt: skip
    found = list(read(root, options))
    assert [d.code for d in found[:6] if isinstance(d, Refusal)] == ["D06"] * 5
    assert [type(d).__name__ for d in found[:8]] == [
        "Refusal",
        "Refusal",
        "Refusal",
        "Document",
        "Refusal",
        "Refusal",
        "Document",
        "Document",
    ]
    assert len(found) == 207 and all(isinstance(d, Document) for d in found[6:])


def test_nothing_in_a_page_is_executed_or_leaks(read_file: Reader) -> None:
    page = (
        "<html><head><title><script>document.write('owned')</script>Border &lt;img src=x onerror=alert(1)&gt; closed</title>"
        '<meta property="og:title" content="Border &lt;script&gt;alert(2)&lt;/script&gt; closed"></head>'
        f"<body onload=alert(3)><article><p>{GOOD}</p><p>{GOOD}</p><script>alert(4)</script></article></body></html>"
    )
    (document,) = read_file("page.html", page)
    assert isinstance(document, Document)
    assert document.title and "Border" in document.title
    for field in (document.title, document.text, document.outlet or "", document.author or ""):
        assert not any(sign in field for sign in ("<", ">", "alert", "owned", "onerror"))


def test_entities_of_xml_are_not_expanded(read_file: Reader) -> None:
    lol = "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 10))
    started = time.process_time()
    found = read_file("lol.xml", f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><x>&l9;</x>')
    assert time.process_time() - started < 5
    assert len(found) == 1 and sum(len(d.text) for d in found if isinstance(d, Document)) < 1000
    (document,) = read_file("ext.xml", f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>{GOOD} &e;</x>')
    assert isinstance(document, Document) and "root:" not in document.text
