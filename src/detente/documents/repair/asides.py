"""What a page sets into its sentences and nobody reads as part of them: credits of pictures, lists of links behind a name."""

from __future__ import annotations

import re
from collections.abc import Callable

from .mapped import Mapped

_OWNERS = "AP|AFP|EPA|Reuters|Getty(?: Images)?|TASS|Xinhua|Anadolu|Pool"
#: (AP Photo/Lefteris Pitarakis) ( Ismail Coskun/HA via AP ) (Photo by Pete Marovich/Getty Images)
_CREDIT = re.compile(
    rf"[ \t]?[(\[](?=[^()\[\]\n]{{3,120}}[)\]])[^()\[\]\n]*?"
    rf"(?:\b(?:Photo|Photograph|Picture|Image)s?(?:/| by\b|:| via\b| courtesy of\b)|(?:/|\bvia )(?:{_OWNERS})\b|\bGetty Images\b)"
    r"[^()\[\]\n]*[)\]](?P<next>[ \t]?)"
)
_FULL = r"(?:[A-Z][\w.'’-]*\.? |\([A-Z]\w+\) |[\"“][^\"”\n]{1,20}[\"”] ){1,4}"
#: 'President Trump Donald John TrumpSenators balk Warren goes local MORE on Monday': the full name again, then headings of other reports
_LINKS = re.compile(rf"\b(?P<last>[A-Z][\w'’-]{{2,}}) {_FULL}(?P=last)[A-Z0-9“\"‘'][^\n]{{8,700}}? MORE\b")


def drop(mapped: Mapped, repairs: list[str]) -> Mapped:
    """Takes out credits of pictures, and lists of links that run on from a name; says how many."""
    if "(" in mapped.text or "[" in mapped.text:
        mapped = _without(mapped, _CREDIT, _spaced, "picture credits", repairs)
    if " MORE" in mapped.text:
        mapped = _without(mapped, _LINKS, lambda m: m["last"], "lists of links", repairs)
    return mapped


def _without(mapped: Mapped, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str], what: str, repairs: list[str]) -> Mapped:
    found = sum(1 for _ in pattern.finditer(mapped.text))
    if not found:
        return mapped
    repairs.append(f"{found} {what} taken out")
    return mapped.substitute(pattern, new)


def _spaced(match: re.Match[str]) -> str:
    """A blank between the words that the credit stood between."""
    after = match.string[match.end() : match.end() + 1]
    return " " if after.strip() and after not in ".,;:!?" and match.start() and match.string[match.start() - 1] != "\n" else match["next"]
