"""What a page sets into its sentences and nobody reads as part of them: credits and labels of pictures, links to other reports."""

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


#: between two pictures of a gallery, before the gallery's title and the next caption
_NEXT_PICTURE = re.compile(r"\s*\bHide Caption \d{1,3} of \d{1,3}\b[ \t]*")
_LONGEST_TITLE = 16  # words
#: 'JUST WATCHED Unrest spreads Replay More Videos ... MUST WATCH Unrest spreads 03:09'
_VIDEO = re.compile(
    r"\s*\bJUST WATCHED [^\n]{2,200}? Replay More Videos ?(?:\.\.\.|…)(?: MUST WATCH\b[^\n]{0,200}?(?:\d{1,2}:\d\d\b|(?=\n)|\Z))?"
)
#: 'Image copyright Reuters Image caption Police at the gate'
_PICTURE = re.compile(r"\bImage copyright [^\n]{2,60}? Image caption |\bMedia playback is unsupported on your device(?: Media caption )?")


def drop(mapped: Mapped, repairs: list[str]) -> Mapped:
    """Takes out credits, labels and titles of pictures, and links that run on from the text; says how many."""
    if "(" in mapped.text or "[" in mapped.text:
        mapped = _without(mapped, _CREDIT, _spaced, "picture credits", repairs)
    if " MORE" in mapped.text:
        mapped = _without(mapped, _LINKS, lambda m: m["last"], "lists of links", repairs)
    if "Hide Caption" in mapped.text:
        mapped = _galleries(mapped, repairs)
    if "JUST WATCHED" in mapped.text:
        mapped = _without(mapped, _VIDEO, lambda m: "\n\n", "links to videos", repairs)
    if "Image copyright" in mapped.text or "Media playback" in mapped.text:
        mapped = _without(mapped, _PICTURE, lambda m: "", "labels of pictures", repairs)
    return mapped


def _galleries(mapped: Mapped, repairs: list[str]) -> Mapped:
    """Sets each caption apart, without the gallery's title that stands before every one."""
    text = mapped.text
    found = list(_NEXT_PICTURE.finditer(text))
    after = [text[m.end() : m.end() + 200].split(" ")[: _LONGEST_TITLE + 1] for m in found]
    edits = []
    for n, (m, words) in enumerate(zip(found, after, strict=True)):
        title = 0
        if words[0] == "Photos:":
            beside = (after[k] for k in (n - 1, n + 1) if 0 <= k < len(after))
            title = min(max((_shared(words, other) for other in beside), default=1), _LONGEST_TITLE)
        end = m.end() + sum(len(w) + 1 for w in words[:title])
        edits.append((m.start(), min(end, len(text)), "\n\n"))
    repairs.append(f"{len(edits)} captions of a gallery set apart")
    return mapped.edit(edits)


def _shared(one: list[str], other: list[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


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
