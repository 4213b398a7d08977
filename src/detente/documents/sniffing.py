"""Which format a file has: by its first bytes where these tell, else by its name, else by what the text looks like."""

from __future__ import annotations

import functools
import json
import re
from pathlib import PurePosixPath

from ..errors import DocumentError
from .formats import text as texts
from .tables import table

_MAGIC = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\x1f\x8b", "gz"), (b"PAR1", "parquet"))
_FOREIGN = (
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"), (b"SQLite format 3", "a database"), (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"), (b"(\xb5/\xfd", "a Zstandard file"), (b"7z\xbc\xaf", "a 7-Zip archive"), (b"Rar!", "a RAR archive"),
    (b"ID3", "a sound file"), (b"OggS", "a sound file"), (b"RIFF", "a sound or video file"),
)  # fmt: skip
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|channel)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|h1|title|meta)\b", re.IGNORECASE)
_HEADER = re.compile(
    r"^(?:From|To|Subject|Date|Received|Message-ID|MIME-Version|Return-Path|Delivered-To|Content-Type|Reply-To): ", re.MULTILINE
)
_NEEDS_MAGIC = {"pdf": "PDF", "parquet": "Parquet file", "docx": "Word document", "zip": "zip archive", "gz": "gzip file"}
_BINARY = 0.05  # share of control characters that no text has


@functools.cache
def _suffixes() -> dict[str, str]:
    return {suffix: kind for kind, suffixes in table("formats")["suffixes"].items() for suffix in suffixes}


def suffix_of(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")


def kind_by_name(name: str) -> str | None:
    """The format that a file name promises, None where its suffix is not known."""
    return _suffixes().get(suffix_of(name))


def kind_of(name: str, head: bytes) -> str:
    """The format of a file from its name and its first bytes (some 4,000). Raises D04, D05 or D07 for what cannot be read."""
    if not head:
        raise DocumentError("D02")
    named = kind_by_name(name)
    for start, kind in _MAGIC:
        if head.startswith(start) or (kind == "pdf" and start in head[:1024] and named in ("pdf", None)):
            return "docx" if kind == "zip" and (named == "docx" or b"word/document.xml" in head) else _allowed(name, kind)
    if named in _NEEDS_MAGIC:
        raise DocumentError("D07", format=_NEEDS_MAGIC[named], why="it does not begin like one")
    _allowed(name, "")
    for start, what in _FOREIGN:
        if head.startswith(start):
            raise DocumentError("D04", why=what)
    text, _ = texts.decode(_whole_characters(head))
    odd = sum(1 for c in text if (c < " " and c not in "\t\n\r\f\x0b\x1a\x1b") or c == "\ufffd")
    if named not in ("csv", "tsv", "jsonl") and odd > _BINARY * len(text) and odd > 2:
        raise DocumentError("D04", why=f"{100 * odd // len(text)}% of its characters are no text")
    if named and named != "feed":
        return "html" if named == "txt" and re.match(r"\s*<!doctype html", text, re.IGNORECASE) else named
    return _by_content(text, named)


def _allowed(name: str, kind: str) -> str:
    """Refuses what is known and not read (an .xlsx is a zip archive, too)."""
    known = table("formats")["not_read"].get(suffix_of(name))
    if known:
        raise DocumentError("D05", kind=known[0], how=known[1])
    return kind


def _by_content(text: str, named: str | None) -> str:
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        if _FEED.search(start[:2000]):
            return "feed"
        if _PAGE.search(start[:2000]):
            return "html"
        return named or ("feed" if start.startswith("<?xml") else "txt")
    if start.startswith("{"):
        try:
            json.loads(start.split("\n", 1)[0])
            return "jsonl"
        except ValueError:
            return "json" if re.match(r"\{\s*\"[^\"\n]{1,100}\"\s*:", start) else "txt"
    if re.match(r"\[\s*(?:\{|\])", start):
        return "json"
    if len(_HEADER.findall(start[:2000])) >= 3 and _HEADER.match(start):
        return "eml"
    return "txt"


def _whole_characters(head: bytes) -> bytes:
    """Without a character that the end of the sample cut in two."""
    end = len(head)
    while end > max(0, len(head) - 4) and head[end - 1] & 0xC0 == 0x80:
        end -= 1
    if end and head[end - 1] >= 0xC0:
        end -= 1
    elif end < len(head):
        end = len(head)
    return head[:end] if head[:2] not in (b"\xff\xfe", b"\xfe\xff") else head[: len(head) // 4 * 4]
