"""A phrase that names several actors, taken apart so that each part says all that is told of it: "French and German ministers"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .actor_parts import Resolved

if TYPE_CHECKING:
    from .directory import Directory

_WHOSE = frozenset({"demonym", "people"})


def resolve_group(directory: Directory, phrase: str, date: str | None = None, context: str | None = None) -> list[tuple[str, Resolved]]:
    """See :meth:`detente.knowledge.Directory.resolve_all`."""
    whole = directory.resolve(phrase, date, context)
    parts = directory.split(phrase)
    if len(parts) < 2 or _one_name(directory, phrase):
        return [(phrase, whole)]
    texts = _completed(directory, parts)
    answers = [directory.resolve(text, date, context) for text in texts]
    if any(a.via == "none" for a in answers):  # 'Ministry of Foreign Affairs and Trade': one body
        return [(phrase, whole)]
    return list(zip(texts, _shared_country(answers), strict=True))


def _one_name(directory: Directory, phrase: str) -> bool:
    """Whether the directory knows the phrase as a name: 'Trinidad and Tobago'."""
    bare = phrase.strip().removeprefix("the ").removeprefix("The ")
    return any(directory.names.lookup(form) is not None for form in (phrase.strip(), bare, f"the {bare}"))


def _completed(directory: Directory, parts: list[str]) -> list[str]:
    """Bare adjectives with the noun of a later part: 'French', 'German ministers' -> 'French ministers'; owners likewise."""
    out = list(parts)
    for n in range(len(parts) - 2, -1, -1):
        own, following = directory.find(out[n]), directory.find(out[n + 1])
        bare = len(own) == 1 and own[0].via in _WHOSE and own[0].end - own[0].start == len(out[n])
        if bare and following and following[0].via in _WHOSE and following[0].start == 0 and out[n][-1] != "s":
            out[n] += out[n + 1][following[0].end :]
        elif not own and " of " not in out[n] and " of " in out[n + 1]:  # 'the president and the prime minister of Poland'
            out[n] += out[n + 1][out[n + 1].index(" of ") :]
    return out


def _shared_country(answers: list[Resolved]) -> list[Resolved]:
    """A role without a country has that of the part before it: 'Russian soldiers and police'."""
    out: list[Resolved] = []
    for answer in answers:
        if answer.via == "role" and answer.country is None and out and out[-1].country is not None:
            answer = replace(answer, country=out[-1].country)
        out.append(answer)
    return out
