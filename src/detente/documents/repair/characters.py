"""Characters that are not what was written: line ends, invisible marks, ligatures, text decoded with the wrong table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import ftfy
from ftfy.badness import is_bad

from .hyphens import CUT_MARK
from .mapped import Edit, Mapped

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

_CRLF = re.compile(r"\r(?=\n)")
# Some programs write a soft hyphen, and PDFium U+FFFE (with the line break swallowed), where a line ends in a hyphen: whether that
# was meant is decided with the other line ends.
_CUT_AT_LINE_END = re.compile(r"(?<=\w)(?:[\u00ad\ufffe](?=[ \t]*\n)|\ufffe(?=[^\W\d_]))")
_CUT = re.compile(r"(?<!-)[\u00ad\ufffe]|\u00ad")
# One class, not alternatives: the pattern is looked for at every character.
_ODD = re.compile(
    r"[\x00-\x08\x0b\x0d-\x1f\x7f\t\x85\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u2069\u3000\ufb00-\ufb06\ufeff]"
)
_BREAKS = frozenset("\r\x0b\x85\u2028\u2029")
_MOJIBAKE_SIGN = re.compile(r"[\x80-\x9f\xc2-\xf4\u0370-\u04ff]")
_NAMED = {"invisible": "invisible characters taken out", "control": "control characters taken out", "ligature": "ligatures"}
_WORDS = re.compile(r"[A-Za-z0-9]+")
_STRETCH = re.compile(r"[^\n]{1,2000}(?:[^\n\s]{0,2000})")


def mend(mapped: Mapped, repairs: list[str]) -> Mapped:
    """Line ends to ``\\n``, invisible and control characters out, ligatures to letters, odd blanks to blanks, mojibake undone.

    Form feeds stay: they part pages. What was done is added to ``repairs``.
    """
    if "\r" in mapped.text:
        mapped = mapped.substitute(_CRLF, "")
    if "\u00ad" in mapped.text or "\ufffe" in mapped.text:
        mapped = _mend_soft_hyphens(mapped, repairs)
    mapped = _mend_mojibake(mapped, repairs)
    kinds: Counter[str] = Counter()

    def new(match: re.Match[str]) -> str:
        kind, written = _mended(match.group())
        kinds[kind] += 1
        return written

    mapped = mapped.substitute(_ODD, new)
    for kind, words in _NAMED.items():
        if kinds[kind]:
            repairs.append(f"{kinds[kind]} {words}")
    lost = mapped.text.count("\ufffd")
    if lost:
        repairs.append(f"{lost} characters that could not be read stand as \ufffd")
    return mapped


def _mend_soft_hyphens(mapped: Mapped, repairs: list[str]) -> Mapped:
    mapped = mapped.substitute(_CUT_AT_LINE_END, lambda m: "-" if mapped.text[m.end() : m.end() + 1].isspace() else "-" + CUT_MARK)
    cuts = len(_CUT.findall(mapped.text))
    if cuts:
        mapped = mapped.substitute(_CUT, "")
        repairs.append(f"{cuts} soft hyphens taken out")
    return mapped


def _mended(odd: str) -> tuple[str, str]:
    """(what kind of character it is, what to write for it)."""
    if odd in LIGATURES:
        return "ligature", LIGATURES[odd]
    if odd in _BREAKS:
        return "break", "\n"
    if odd == "\t" or odd.isspace():
        return "blank", " "
    return ("control" if odd < "\x80" else "invisible"), ""


def _mend_mojibake(mapped: Mapped, repairs: list[str]) -> Mapped:
    if mapped.text.isascii() or not _MOJIBAKE_SIGN.search(mapped.text) or not is_bad(mapped.text):
        return mapped
    edits: list[Edit] = []
    for stretch in _STRETCH.finditer(mapped.text):
        if not stretch.group().isascii() and is_bad(stretch.group()):
            fixed = ftfy.fix_encoding(stretch.group())
            if fixed != stretch.group():
                edits.extend(_differences(stretch.group(), fixed, stretch.start()))
    if edits:
        repairs.append(f"{len(edits)} places decoded with the wrong character table (mojibake)")
    return mapped.edit(edits)


def _differences(old: str, new: str, offset: int) -> Iterator[Edit]:
    """What stands between the plain words, which mending the encoding never changes; the whole stretch where it did."""
    old_words, new_words = list(_WORDS.finditer(old)), list(_WORDS.finditer(new))
    if [m.group() for m in old_words] != [m.group() for m in new_words]:
        yield offset, offset + len(old), new
        return
    old_at = new_at = 0
    for a, b in zip([*old_words, None], [*new_words, None], strict=True):
        old_end, new_end = (a.start(), b.start()) if a and b else (len(old), len(new))
        if old[old_at:old_end] != new[new_at:new_end]:
            yield _narrowed(offset + old_at, old[old_at:old_end], new[new_at:new_end])
        if a and b:
            old_at, new_at = a.end(), b.end()


def _narrowed(start: int, old: str, new: str) -> Edit:
    """The edit without what both begin and end with."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    return start + head, start + len(old) - tail, new[head : len(new) - tail]


def _shared(first: str, second: str) -> int:
    """How many characters both begin with."""
    return next((k for k, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
