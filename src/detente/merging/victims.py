"""Whom a killing is told of by name: somebody dies once."""

from __future__ import annotations

from functools import lru_cache

from ..knowledge import load_directory
from ..records import Actor, Mention
from .words import families, plain_words, stem

_SHORT = 3  # letters of last names that many share


def victims(mention: Mention) -> frozenset[str]:
    """Stems of the last names of the persons that an attack is told to be on."""
    if mention.type != "ASSAULT":
        return frozenset()
    return frozenset(name for a in mention.recipients if (name := _last_name(a)))


def kills(mention: Mention) -> bool:
    """Whether the word of a mention tells a death."""
    return mention.type == "ASSAULT" and not _deaths().isdisjoint(families(mention.trigger.lower()))


@lru_cache(maxsize=1)
def _deaths() -> frozenset[int]:
    return families("kill") & families("assassinate")


@lru_cache(maxsize=20_000)
def _last_name(actor: Actor) -> str | None:
    """Stem of the last name of a person that the directory knows, or of a full name that it does not."""
    entry = load_directory().entries.get(actor.id or "")
    if entry is not None and entry.kind != "person":
        return None
    words = (entry.name if entry else actor.name or "").split()
    if len(words) < 2 or not all(w[0].isupper() or w[0] in "'’ad(" for w in words):
        return None
    last = plain_words(words[-1])[-1:]
    return stem(last[0]) if last and len(last[0]) > _SHORT and last[0].isalpha() else None
