"""Places that force is used on by their bare names: 'Russian troops shelled Kupiansk' is done to Ukraine, there."""

from __future__ import annotations

from dataclasses import replace

from ..knowledge.lexicon import load_lexicon
from .drafts import Draft
from .phrases import Phrases
from .places import town_struck
from .referents import Referent


def place_struck(draft: Draft, phrases: Phrases) -> None:
    """Gives a place that force is used on its country, and the act that place where none is told."""
    words = load_lexicon("struck")
    if draft.type not in words["types"] or draft.lemma not in words["on_places"]:
        return
    doers = {r.country for r in draft.actors}
    for n, r in enumerate(draft.recipients):
        if r.via == "unknown" and not r.country:
            beside: set[str | None] = {o.country for o in draft.recipients if o.country}
            draft.recipients[n] = _known(draft, r, phrases, doers, beside)


def _known(draft: Draft, r: Referent, phrases: Phrases, doers: set[str | None], beside: set[str | None]) -> Referent:
    s = draft.sentence
    k = next((k for k in reversed(range(len(s))) if r.span[0] <= s.starts[k] < r.span[1] and s.tags[k].startswith("NNP")), None)
    found = town_struck(s, k, phrases, doers, beside) if k is not None else None
    if k is None or found is None or not found.country:
        return r
    if draft.place is None:
        draft.place, draft.place_span = found, r.span
    draft.because.append("place:recipient")
    return replace(r, country=found.country, sector=r.sector or "CVL", kind="place")
