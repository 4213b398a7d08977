"""Web pages: main text and metadata (trafilatura), else all visible text (lxml). Nothing in a page is executed or fetched."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html
import trafilatura
from lxml.html import HtmlElement

from ...errors import DocumentError
from ...records import Span
from ..building import Dated, Raw
from . import text as texts

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_PROLOG = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = frozenset(
    "script style noscript template head nav footer aside form iframe svg math button select object canvas video audio".split()
)
_BLOCKS = frozenset(
    "p div section article main header h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table tr td th figure figcaption address "
    "center body".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_ENOUGH = 200  # characters of main text below which all visible text is looked at

#: (attribute, value) of <meta> elements, most trusted first.
_DATE_METAS = (
    ("property", "article:published_time"), ("name", "article:published_time"), ("property", "og:article:published_time"),
    ("itemprop", "datepublished"), ("name", "parsely-pub-date"), ("name", "dc.date.issued"), ("name", "dcterms.date"), ("name", "dc.date"),
    ("name", "sailthru.date"), ("name", "pubdate"), ("name", "publishdate"), ("name", "publish-date"), ("name", "publication_date"),
    ("name", "citation_publication_date"), ("name", "date"),
)  # fmt: skip


def read(data: bytes, options: Any) -> Raw:
    """A saved web page. Raises D09 where nothing visible is in it, D07 where it cannot be parsed."""
    declared = _CHARSET.search(data[:4096])
    page, notes = texts.decode(data, declared.group(1).decode("ascii") if declared else None)
    return from_page(page, notes, latest=options.latest)


def from_page(page: str, notes: tuple[str, ...] = (), *, latest: str = "") -> Raw:
    """A page at hand as text."""
    tree = _parse(page)
    if tree is None:
        raise DocumentError("D09", format="page", why="it has no elements")
    dated = tuple(_dates(tree))
    url = _url(tree)
    found = _extract(tree, latest)
    lines: list[tuple[str, bool]] = list(_lines(found.body)) if found is not None and found.body is not None else []
    if sum(len(line) for line, _ in lines) < _ENOUGH:
        everything = list(visible(_parse(page)))
        if sum(len(line) for line, _ in everything) > 2 * sum(len(line) for line, _ in lines):
            lines = everything
    main, headings = _joined(lines)
    if not main:
        raise DocumentError("D09", format="page", why="nothing in it is visible")
    if not dated and found is not None and found.date:
        dated = (Dated(found.date, "metadata", "possible"),)
    return Raw(
        main,
        "html",
        title=(found.title if found is not None else None) or _first_text(tree, "title"),
        outlet=found.sitename if found is not None else None,
        author=found.author if found is not None else None,
        url=url,
        dates=dated,
        headings=headings,
        paragraphs=True,
        notes=notes,
    )


def plain(fragment: str) -> str:
    """The visible text of a piece of HTML (a feed entry, a mail, a table cell), a paragraph a line."""
    tree = _parse(fragment)
    return _joined(list(visible(tree)))[0] if tree is not None else ""


def _parse(page: str) -> HtmlElement | None:
    page = _PROLOG.sub("", page.replace("\x00", ""))
    if not page.strip():
        return None
    try:
        return lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True))
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def _extract(tree: HtmlElement, latest: str) -> Any:
    dates: dict[str, Any] = {"original_date": True, "extensive_search": True, "outputformat": "%Y-%m-%d"}
    if latest:
        dates["max_date"] = latest
    try:
        return trafilatura.bare_extraction(
            tree, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=dates
        )
    except Exception:  # whatever a malformed page makes the extractor raise, its visible text can still be read
        return None


def _lines(body: Any) -> Iterator[tuple[str, bool]]:
    """Paragraphs of trafilatura's tree, each with whether it is a heading."""
    for element in body:
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("list", "table", "quote", "row") and len(element):
            yield from _lines(element)
            continue
        for line in _pieces(element):
            yield line, element.tag == "head"
        if element.tail and element.tail.strip():
            yield _SPACE.sub(" ", element.tail).strip(), False


def _pieces(element: Any) -> Iterator[str]:
    parts: list[str] = []
    for node in element.iter():
        if node.tag == "lb":
            parts.append("\n")
        if node.text:
            parts.append(_SPACE.sub(" ", node.text))
        if node is not element and node.tail:
            parts.append(_SPACE.sub(" ", node.tail))
    for line in "".join(parts).split("\n"):
        if line.strip():
            yield line.strip()


def visible(tree: HtmlElement | None) -> Iterator[tuple[str, bool]]:
    """All visible text of a page, a block a line, each with whether it is a heading."""
    if tree is None:
        return
    parts: list[str] = []
    heading = False
    hidden: Any = None
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if event == "start":
            if hidden is None and tag in _UNSEEN:
                hidden = element
            if hidden is None:
                if tag in _BLOCKS or tag == "br":
                    if line := _SPACE.sub(" ", "".join(parts)).strip():
                        yield line, heading
                    parts = []
                    heading = tag in _HEADINGS
                parts.append(element.text or "")
        else:
            if hidden is None and tag in _BLOCKS:
                if line := _SPACE.sub(" ", "".join(parts)).strip():
                    yield line, heading
                parts, heading = [], False
            if element is hidden:
                hidden = None
            if hidden is None:
                parts.append(element.tail or "")
    if line := _SPACE.sub(" ", "".join(parts)).strip():
        yield line, heading


def _joined(lines: list[tuple[str, bool]]) -> tuple[str, tuple[Span, ...]]:
    headings: list[Span] = []
    at = 0
    for line, heading in lines:
        if heading:
            headings.append((at, at + len(line)))
        at += len(line) + 1
    return "\n".join(line for line, _ in lines), tuple(headings)


def _dates(tree: HtmlElement) -> Iterator[Dated]:
    metas = [(m, m.get("content") or "") for m in tree.iter("meta")]
    for attribute, wanted in _DATE_METAS:
        for meta, content in metas:
            if content.strip() and (meta.get(attribute) or "").lower() == wanted:
                yield Dated(content, "metadata", "probable" if wanted == "date" else "certain")
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            try:
                yield from (Dated(value, "metadata") for value in _linked_data(json.loads(script.text)))
            except (ValueError, RecursionError):
                continue
    for element in tree.iter("time"):
        value = element.get("datetime")
        if value and (element.get("pubdate") is not None or "publish" in (element.get("itemprop") or "").lower()):
            yield Dated(value, "metadata")


def _linked_data(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            yield value["datePublished"]
        for inner in value.values():
            if isinstance(inner, (dict, list)):
                yield from _linked_data(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _linked_data(inner)


def _url(tree: HtmlElement) -> str | None:
    for element in tree.iter("link", "meta"):
        if (element.get("rel") or "").lower() == "canonical" and (element.get("href") or "").startswith("http"):
            return str(element.get("href"))
        if (element.get("property") or "").lower() == "og:url" and (element.get("content") or "").startswith("http"):
            return str(element.get("content"))
    return None


def _first_text(tree: HtmlElement, tag: str) -> str | None:
    for element in tree.iter(tag):
        return str(element.text_content())
    return None
