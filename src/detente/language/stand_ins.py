"""Names that the model takes for plain words, read as other names of the same length: 'three IS militants' as 'three UN militants'."""

from __future__ import annotations

import re

#: the name as it is written, and the one that the model knows
_FOR = {"IS": "UN", "WHO": "WTO"}
_NAME = re.compile(r"(?:(?P<before>[\w’'-]+) )?\b(?P<name>IS|WHO)\b(?!['’-]\w)(?: (?P<after>[\w’'-]+))?")
#: beside these it is the word, said with stress: 'it IS a war'
_STRESSED_AFTER = frozenset("a an the no not being going one what who how why that this there it he she".split())
_STRESSED_BEFORE = frozenset("it he she this what there which who here that's how why where when".split())


def stand_in(text: str) -> str:
    """The text with such names replaced, of the same length; in lines all in capitals nothing is."""
    if ("IS" not in text and "WHO" not in text) or text.isupper():
        return text
    return _NAME.sub(_replaced, text)


def _replaced(match: re.Match[str]) -> str:
    before, name, after = match["before"] or "", match["name"], match["after"] or ""
    shouted = any(len(w) > 1 and w.isupper() for w in (before, after))
    if shouted or after.lower() in _STRESSED_AFTER or before.lower() in _STRESSED_BEFORE:
        return match.group()
    at = match.start("name") - match.start()
    return match.group()[:at] + _FOR[name] + match.group()[at + len(name) :]
