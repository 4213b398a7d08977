"""PDF: the text layer, page by page (PDFium), with a form feed between pages."""

from __future__ import annotations

from pypdfium2 import PdfDocument, PdfiumError

from ...errors import DocumentError
from ..building import Dated, Raw


def read(data: bytes) -> Raw:
    """Raises D07 (damaged), D08 (password), D09 (no pages, or pages without text)."""
    try:
        document = PdfDocument(data)
    except PdfiumError as fault:
        if "password" in str(fault).lower():
            raise DocumentError("D08") from None
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
    text = "\f".join(pages)
    if not any(c.isalnum() for c in text):
        raise DocumentError("D09", format="PDF", why=f"{len(pages)} pages without a text layer")
    made = told.get("CreationDate", "").removeprefix("D:")
    return Raw(
        text,
        "pdf",
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
