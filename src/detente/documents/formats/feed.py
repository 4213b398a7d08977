"""RSS and Atom feeds, and other XML as far as it holds text: one document an entry."""

from __future__ import annotations

import io
import xml.sax
from collections.abc import Iterator
from typing import Any

import feedparser
import lxml.etree

from ...errors import DocumentError
from ..building import Dated, Raw
from . import html
from . import text as texts


def read(data: bytes) -> Iterator[Raw | DocumentError]:
    """The entries of a feed, each a document or what kept it from being one. Raises D07 or D15 where there are none."""
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=True, resolve_relative_uris=False)
    if not feed.entries:
        fault = feed.get("bozo_exception")
        if feed.version and not isinstance(fault, xml.sax.SAXException):
            raise DocumentError("D15", format="feed")
        why = (fault.getMessage() if isinstance(fault, xml.sax.SAXException) else "") or "it is no feed"
        if not feed.version and (text := _plain_xml(data)):
            yield text
            return
        raise DocumentError("D07", format="XML file", why=why)
    outlet = feed.feed.get("title")
    for entry in feed.entries:
        yield _entry(entry, outlet)


def _entry(entry: Any, outlet: str | None) -> Raw | DocumentError:
    bodies = [c.get("value", "") for c in entry.get("content", ())] + [entry.get("summary", "")]
    title = html.plain(entry.get("title", "")) or None
    body = next((text for b in bodies if (text := html.plain(b).strip())), "") or title or ""
    if not body:
        return DocumentError("D02")
    source = entry.get("source") or {}
    written = entry.get("published") or entry.get("updated") or entry.get("created")
    return Raw(
        body,
        "feed",
        title=title,
        outlet=source.get("title") or outlet,
        author=entry.get("author"),
        url=entry.get("link"),
        dates=(Dated(written, "feed", "certain" if entry.get("published") else "probable"),) if written else (),
        given=True,
        paragraphs=True,
    )


def _plain_xml(data: bytes) -> Raw | None:
    """All text of an XML file that is no feed, an element a line."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = lxml.etree.fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return None
    if root is None:
        return None
    if isinstance(root.tag, str) and root.tag.lower().endswith("html"):
        return html.from_page(texts.decode(data)[0])
    lines = [" ".join(piece.split()) for piece in root.itertext()]
    text = "\n".join(line for line in lines if line)
    return Raw(text, "xml") if any(c.isalpha() for c in text) else None
