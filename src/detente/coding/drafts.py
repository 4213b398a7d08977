"""A mention in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..language import Sentence
from ..records import Place, Quality, Span
from .citing import Attribution
from .referents import Referent
from .status import Scope
from .triggers import Match


@dataclass(slots=True)
class Draft:
    """One trigger read in its sentence."""

    sentence: Sentence
    match: Match
    type: str
    actors: list[Referent]
    recipients: list[Referent]
    scope: Scope
    chain: list[Attribution]
    sources: list[Referent]
    because: list[str]
    date: str | None = None
    date_precision: str | None = None
    place: Place | None = None
    place_span: Span | None = None
    filled: set[str] = field(default_factory=set)  # roles taken from earlier text
    qualities: list[Quality] = field(default_factory=list)
    contained: bool = False  # what another act of the sentence demands, threatens, promises or refuses: told with it, not apart

    presupposed: bool = False  # the text has told as a fact what others speak of here: 'claimed that the arrests were lawful'

    @property
    def token(self) -> int:
        """Index of the trigger's token."""
        return self.match.token

    @property
    def noun(self) -> int | None:
        """Index of the noun that names the act, also where a light verb carries it ('carried out the strike'); None for verbs."""
        if self.match.trigger.pos == "noun":
            return self.match.token
        return self.match.word

    @property
    def name(self) -> str:
        """Lemma of the word that names the act."""
        return self.sentence.lemmas[self.match.token if self.noun is None else self.noun]

    @property
    def lemma(self) -> str:
        """Lemma of the trigger."""
        return self.sentence.lemmas[self.match.token]
