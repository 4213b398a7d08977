"""PDF: the text layer, page by page (PDFium), with a form feed between pages."""

from __future__ import annotations

import re

from pypdfium2 import PdfDocument, PdfiumError

from ...errors import DocumentError
from ..building import Dated, Raw

_NO_PAGES = re.compile(rb"/Count\s+0\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")


def read(data: bytes) -> Raw:
    """Raises D07 (damaged), D08 (password), D09 (no pages, or pages without text)."""
    try:
        document = PdfDocument(data)
    except PdfiumError as fault:
        if "password" in str(fault).lower():
            raise DocumentError("D08") from None
        if _NO_PAGES.search(data) and not _PAGE.search(data):
            raise DocumentError("D09", format="PDF", why="it has no pages") from None
        raise DocumentError("D07", format="PDF", why=_why(fault)) from None
    try:
        pages = [_page(document, k) for k in range(len(document))]
        told = document.get_metadata_dict(skip_empty=True)
    except PdfiumError as fault:
        raise DocumentError("D07", format="PDF", why=_why(fault)) from None
    finally:
        document.close()
    if not pages:
        raise DocumentError("D09", format="PDF", why="it has no pages")
    # PDFium writes U+FFFE for a hyphen at a line end together with the line break.
    text = "\f".join(page.replace("\ufffe", "-\n") for page in pages)
    if not any(c.isalnum() for c in text):
        raise DocumentError("D09", format="PDF", why=f"{len(pages)} pages without a text layer")
    made = told.get("CreationDate", "").removeprefix("D:")
    return Raw(
        text,
        "pdf",
        wrapped=True,
        title=told.get("Title"),
        author=told.get("Author"),
        dates=(Dated(made, "metadata", "possible"),) if made[:8].isdigit() else (),
    )


def _page(document: PdfDocument, number: int) -> str:
    page = document[number]
    try:
        layer = page.get_textpage()
        try:
            text: str = layer.get_text_range(errors="replace")
        finally:
            layer.close()
    finally:
        page.close()
    return text


def _why(fault: PdfiumError) -> str:
    return str(fault).split("PDFium: ")[-1].rstrip(".)").lower() or "PDFium cannot load it"
