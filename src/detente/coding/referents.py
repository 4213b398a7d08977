"""Who a noun phrase stands for: the answer that phrases give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..knowledge.lexicon import load_lexicon
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
    among: bool = False  # named as one among those it was done to: 'fourteen people, including Iranians'

    @property
    def code(self) -> str | None:
        """What the actor counts for: its country, else its id."""
        return self.country or self.id

    @property
    def person(self) -> bool:
        """Whether 'he' or 'she' may refer to it."""
        return self.kind in ("person", "title")

    @property
    def cited(self) -> str:
        """How it is named as a source: persons, and whom pronouns mean, by the fullest name, others in the words of the text."""
        return self.name if self.name and (self.person or self.via == "pronoun") else self.text


def political(r: Referent) -> bool:
    """Whether a referent may act in a coded event: it belongs to a country or the directory knows it. A bare role ('workers') does not."""
    return r.code is not None and r.via != "unknown"


def upon_itself(sentence: Span, actors: Sequence[Referent], recipients: Sequence[Referent]) -> bool:
    """Whether a state recalled from before would act upon itself by its name ('the deal allowed Iran to'): then somebody else acts."""
    here = {sentence[0] <= r.span[0] < sentence[1] for r in recipients} == {True} and not any(
        sentence[0] <= r.span[0] < sentence[1] for r in actors
    )
    named = here and all(r.kind == "state" and r.via == "name" and not r.place for r in recipients)
    return named and {r.code for r in recipients} == {r.code for r in actors}


def listed_places(recipients: Sequence[Referent], type_: str) -> bool:
    """Whether they are only where something was done: several countries in a list after 'in' or 'across' ('an operation in Spain, Italy and
    Malta'), unless what is done there is done to them by its nature ('strikes in Lebanon, Syria and Iraq')."""
    rules = load_lexicon("phrases")["listed"]
    countries = {r.code for r in recipients if r.kind in ("state", "territory") and r.via == "name"}
    return len(countries) >= rules["least"] and type_ not in rules["unless"] and recipients[0].place and len(countries) == len(recipients)


def faceable(r: Referent) -> bool:
    """Whether somebody may be faced by others of the same country: 'Khartoum', a minister, the opposition; not the country itself."""
    return r.via != "pronoun" and (r.kind not in ("thing", "state", "territory", "place") or r.via in ("capital", "seat"))
