"""Who a noun phrase stands for: the answer that phrases give."""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Span

#: sectors that act for a state
OFFICIAL = frozenset({"GOV", "COP", "MIL", "JUD", "SPY", "LEG"})
#: kinds of directory entries that are bodies rather than persons
GROUPS = frozenset({"igo", "alliance", "bloc", "group", "party", "media", "company", "agency", "force", "state", "territory", "place"})


@dataclass(frozen=True, slots=True)
class Referent:
    """Who a noun phrase stands for. ``via`` says how it was found out; ``place``: named as a place rather than as who acts there."""

    text: str
    span: Span  # into Document.text
    id: str | None = None
    country: str | None = None
    sector: str | None = None
    name: str | None = None
    kind: str | None = None
    via: str = "name"
    place: bool = False
    plural: bool = False

    @property
    def code(self) -> str | None:
        """What the actor counts for: its country, else its id."""
        return self.country or self.id

    @property
    def person(self) -> bool:
        """Whether 'he' or 'she' may refer to it."""
        return self.kind in ("person", "title")
