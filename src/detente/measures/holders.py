"""Who may hold a position: whoever has a country or a name, and people told without one; never a paper, a pronoun or a day."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ..merging.words import plain_words
from ..records import Actor


@cache
def words() -> Mapping[str, Any]:
    """The room's word lists on positions (``data/positions.yaml``)."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw = yaml.load(resources.files(__package__).joinpath("data", "positions.yaml").read_text("utf8"), loader)
    return {k: frozenset(v) if isinstance(v, list) else v for k, v in raw.items()}


def holder(text: str, id_: str | None, country: str | None) -> str | None:
    """Whom somebody cited counts for: the country, the id or name, else the words for people without a name ('relatives').

    None for all other words without a name: 'statement', 'reports', 'they', 'Wednesday'.
    """
    if country or (id_ and not _nobodys(id_)):
        return country or id_
    told = plain_words(text)
    while len(told) > 1 and told[0] in words()["before"]:
        told.pop(0)
    return " ".join(told) if told and _one_of(told[-1], "people") else None


def named(actor: Actor) -> str | None:
    """The code of an actor with a country or a name; None for 'group', 'they', 'the authorities'."""
    if actor.country or (actor.id and not _nobodys(actor.id)):
        return actor.code
    return None


def _nobodys(name: str) -> bool:
    """Whether a name is but the word for an office: 'President', 'Prime Minister', 'Ministry'. Ids of the directory are no names."""
    told = plain_words(name)
    return not name.islower() and bool(told) and all(_one_of(w, "people") or _one_of(w, "offices") for w in told)


def _one_of(word: str, list_name: str) -> bool:
    """Whether a word or its singular is in a list."""
    known = words()[list_name]
    return any(w in known for w in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"))
