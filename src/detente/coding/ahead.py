"""What an act still to come counts as: a meeting ahead is an agreement to meet, a boycott announced by its authors is a threat, cooperation
that will not come is refused."""

from __future__ import annotations

from dataclasses import replace

from ..knowledge.lexicon import load_lexicon
from .drafts import Draft


def as_announced(draft: Draft) -> Draft:
    """The draft, of the type that its announcement has where the act is still to come."""
    words = load_lexicon("ahead")
    if draft.match.trigger.entry.status is not None:
        return draft
    if draft.scope.negated:
        return _refused(draft) if draft.type in words["AGREE"] and _willed(draft) else draft
    to_come = _to_come(draft) or (_open(draft) and draft.lemma in words["finishing"])
    if not to_come:
        return draft
    for type_ in ("AGREE", "THREATEN"):
        cameo = words[type_].get(draft.type)
        if cameo is not None and (type_ == "AGREE" or _own_word(draft)):
            entry = replace(draft.match.trigger.entry, type=type_, mode=None, cameo=cameo)
            match = replace(draft.match, trigger=replace(draft.match.trigger, entry=entry))
            return replace(draft, match=match, type=type_, because=[*draft.because, f"ahead:{draft.type}"])
    return draft


def _refused(draft: Draft) -> Draft:
    """'Will not release': a refusal, which stands."""
    entry = replace(draft.match.trigger.entry, type="REJECT", mode=None, cameo="120")
    match = replace(draft.match, trigger=replace(draft.match.trigger, entry=entry))
    scope = replace(draft.scope, negated=False, planned=False)
    return replace(draft, match=match, type="REJECT", scope=scope, because=[*draft.because, f"refused:{draft.type}"])


def _willed(draft: Draft) -> bool:
    told = [reason.split(",")[0].split(":")[0] for reason in draft.scope.reasons]
    return "modal" in told or "foretold" in told if not (draft.scope.hypothetical or draft.scope.conditional) else False


def _open(draft: Draft) -> bool:
    return draft.scope.planned or draft.scope.hypothetical or draft.scope.conditional


def _to_come(draft: Draft) -> bool:
    """Whether the act is told as sure to come: 'will', 'would' after 'said', 'is set to'; not what is only possible or asked for."""
    if draft.scope.hypothetical or draft.scope.conditional or not draft.scope.planned:
        return False
    coming = load_lexicon("ahead")["coming"]
    told = [reason.split(",")[0].split(":") for reason in draft.scope.reasons]
    return any(kind in ("modal", "foretold") or (kind == "planned" and word in coming) for kind, word in (t for t in told if len(t) == 2))


def _own_word(draft: Draft) -> bool:
    """Whether those who will act say so themselves, of the very act."""
    if not any(r.startswith(("modal:", "foretold:")) and "," not in r for r in draft.scope.reasons):
        return False
    codes = {r.code or r.text for r in draft.actors}
    return any((r.code or r.text) in codes for r in draft.sources)
