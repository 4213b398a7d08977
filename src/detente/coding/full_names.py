"""Where a document names people in full."""

from __future__ import annotations

from collections.abc import Iterable

from ..language import Sentence


def full_names(sentences: Iterable[Sentence]) -> dict[str, list[tuple[Sentence, int]]]:
    """By last name, in lower case: the tokens that end a name of several words, in text order."""
    out: dict[str, list[tuple[Sentence, int]]] = {}
    for s in sentences:
        proper = [tag.startswith("NNP") for tag in s.tags]
        for k in range(1, len(s)):
            if proper[k] and proper[k - 1] and s.heads[k - 1] == k:
                out.setdefault(s.words[k].lower(), []).append((s, k))
    return out
