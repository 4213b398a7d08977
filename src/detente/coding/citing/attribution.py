"""The record of one attribution, and the chain of them over a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...records import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is cited for which words. Spans point into ``Document.text``."""

    sentence: int  # index of the sentence with the cue
    cue: int  # token index of the cue in that sentence
    cue_span: Span
    source: int | None  # head token of the source phrase, None where nobody is named
    source_span: Span | None
    content: tuple[Span, ...]
    denies: bool = False
    thought: bool = False  # believed or feared, not said
    quoted: bool = False
    stance: bool = False  # wanted, planned, asked, praised or blamed: the source does not say that it is so
    inner: bool = False  # the cue stands in another's words: somebody tells what another says or holds
    pronoun_span: Span | None = None  # the relative pronoun that stands for the source: 'the envoy, who said'
    withheld: bool = False  # the source is told not to say so: 'has not confirmed that', 'without acknowledging that'
    relays: tuple[int, ...] = ()  # head tokens of who relays the source's words, outermost first

    def covers(self, offset: int) -> bool:
        """Whether a character of the document's text stands inside the content."""
        return any(a <= offset < b for a, b in self.content)

    @property
    def kind(self) -> str:
        """How the source holds the content, in a word."""
        if self.withheld:
            return "withheld"
        return "stance" if self.stance else "denied" if self.denies else "thought" if self.thought else "quoted" if self.quoted else "said"

    @property
    def extent(self) -> int:
        """Characters of content."""
        return sum(b - a for a, b in self.content)


def chain_at(found: Sequence[Attribution], offset: int, sentence: int, token: int) -> list[Attribution]:
    """The attributions whose content holds a character, outermost first; the cue's own verb is not inside its content."""
    inside = [a for a in found if a.covers(offset) and not (a.sentence == sentence and a.cue == token)]
    return sorted(inside, key=lambda a: -a.extent)


def denied_by(chain: Sequence[Attribution], over: Sequence[int]) -> bool:
    """Whether the innermost who is named denies the words: also of 'rejected accusations that it attacked', whose accusers nobody names.

    ``over``: the tokens that the act hangs under, itself or as one of several; what is told by the way there is not what is denied.
    """
    deniers = {(a.sentence, a.source) for a in chain if a.denies}
    named = [
        a for a in chain if a.denies or a.relays or a.cue not in over or (a.source is not None and (a.sentence, a.source) not in deniers)
    ]
    return bool(named) and named[-1].denies
