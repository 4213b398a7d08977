"""Plain text and Markdown; decoding bytes to text for every format that needs it."""

from __future__ import annotations

import codecs
import re

from ..building import Raw, note

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_MOSTLY = 0.02  # so many errors a non-ASCII character are still UTF-8 with damage


def read(data: bytes, kind: str) -> Raw:
    """A text file, whole. Its characters are the document's original, but for a byte order mark."""
    text, notes = decode(data)
    return Raw(text, kind, notes=notes)


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of ``data`` and remarks on what was wrong. Nothing is lost silently: unreadable bytes stand as U+FFFD and are counted.

    Tried in order: byte order mark, UTF-8, the ``declared`` encoding, UTF-16 without a mark, UTF-8 with a few damaged bytes, then
    Windows-1251 for mostly Cyrillic and Windows-1252 for any other text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], encoding)
    zeros = data[:4096].count(0)
    if zeros and zeros > len(data[:4096]) // 5:
        return _lenient(data, "utf-16-le" if data[1:4096:2].count(0) > zeros // 2 else "utf-16-be")
    try:
        return data.decode("utf8"), ()
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return data.decode(declared), ()
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    text = data.decode("utf8", "replace")
    errors = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    proper = sum(1 for c in text if c > "\x7f") - errors
    if errors <= 2 or errors <= _MOSTLY * proper or proper > 2 * errors:
        return text, (note("D17", expected="wholly UTF-8", done=f"{errors} unreadable places stand as \ufffd"),)
    high = sum(len(m) for m in _HIGH.findall(data[:100_000]))
    encoding = "cp1251" if high > 0.3 * len(data[:100_000]) else "cp1252"
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    done = f"read as {encoding.replace('cp', 'Windows-')}" + (f", {lost} characters lost" if lost else "")
    return text, (note("D17", expected="UTF-8", done=done),)


def _lenient(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd") if "\ufffd" in text else 0
    return text, (note("D17", expected=f"wholly {encoding.upper()}", done=f"{lost} unreadable places stand as \ufffd"),) if lost else ()
