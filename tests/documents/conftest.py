"""Makers of small files: PDFs, archives, mails, written by hand so that the tests need no program to make them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.documents import read
from detente.records import Document, Refusal


def pdf_bytes(pages: list[list[str]], *, info: str = "", encrypted: bool = False) -> bytes:
    """A PDF with a text line each 14 points; ``pages`` are lists of lines."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = " ".join("({}) Tj 0 -14 Td".format(line.replace("(", "\\(").replace(")", "\\)")) for line in lines)
        content = f"BT /F1 10 Tf 50 800 Td {shown} ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R /Resources {font} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    trailer = "/Root 1 0 R"
    if info:
        objects.append(f"<< {info} >>")
        trailer += f" /Info {len(objects)} 0 R"
    if encrypted:
        code = "00" * 32
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{code}> /U <{code}> /P -4 >>")
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{'11' * 16}> <{'11' * 16}>]"
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} {trailer} >>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode("latin-1")


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    return pdf_bytes


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, bytes | str]], Path]:
    """Write files below a new folder and give the folder."""

    def write(files: dict[str, bytes | str]) -> Path:
        root = tmp_path / "reports"
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf8") if isinstance(content, str) else content)
        return root

    return write


@pytest.fixture
def read_file(folder: Callable[[dict[str, bytes | str]], Path]) -> Callable[[str, bytes | str], list[Document | Refusal]]:
    """What stands in one file of this name and content."""

    def one(name: str, content: bytes | str) -> list[Document | Refusal]:
        return list(read(folder({name: content}) / name))

    return one
