"""Word documents (.docx): paragraphs and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.table import Table

from ...errors import DocumentError
from ..building import Dated, Raw


def read(data: bytes, most: int) -> Raw:
    """Raises D06 (larger than ``most`` bytes unpacked), D07 (damaged), D09 (no text)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > 4 * most:
                raise DocumentError("D06", size="unpacked it would fill more than four times the limit")
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document))
        told = document.core_properties
        title, author, made = told.title, told.author, told.created
    except DocumentError:
        raise
    except Exception as fault:  # python-docx lets through whatever its parts meet in a damaged package
        raise DocumentError("D07", format="Word document", why=str(fault).strip("'\" ") or type(fault).__name__) from None
    headings = []
    at = 0
    for line, heading in lines:
        if heading:
            headings.append((at, at + len(line)))
        at += len(line) + 1
    text = "\n".join(line for line, _ in lines)
    if not text.strip():
        raise DocumentError("D09", format="Word document", why="it is empty")
    return Raw(
        text,
        "docx",
        title=title or next((line for line, heading in lines[:3] if heading), None),
        author=None if author == "python-docx" else author,
        dates=(Dated(made.date().isoformat(), "metadata", "possible"),) if made else (),
        headings=tuple(headings),
        paragraphs=True,
    )


def _lines(document: object) -> Iterator[tuple[str, bool]]:
    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Table):
            for row in block.rows:
                cells: list[str] = []
                for cell in row.cells:
                    if cell.text.strip() and (not cells or cells[-1] != cell.text.strip()):  # merged cells come twice
                        cells.append(cell.text.strip())
                if cells:
                    yield "\t".join(cells), False
            continue
        style = (block.style.name if block.style is not None else "") or ""
        heading = style.startswith(("Heading", "Title", "Subtitle", "Caption"))
        for line in block.text.split("\n"):
            if line.strip():
                yield line, heading
