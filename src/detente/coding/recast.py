"""Acts that their clause makes acts of another kind: a meeting ahead is an agreement to meet, a boycott announced by its authors a threat,
cooperation that will not come a refusal, aid that is ended a sanction, troops sent to keep a peace help, a ministry's protest a
complaint."""

from __future__ import annotations

from dataclasses import replace

from ..knowledge.lexicon import load_lexicon
from .drafts import Draft


def recast(draft: Draft) -> Draft:
    """The draft, of the type that its clause gives it."""
    words = load_lexicon("recast")
    draft = _lodged(_ended(_peaceful(draft)))
    if draft.match.trigger.entry.status is not None:
        return draft
    if draft.scope.negated:
        return _refused(draft) if draft.type in words["AGREE"] and _willed(draft) else draft
    to_come = _to_come(draft) or (_open(draft) and draft.lemma in words["finishing"])
    if not to_come:
        return draft
    for type_ in ("AGREE", "THREATEN"):
        cameo = words[type_].get(draft.type)
        if cameo is not None and (type_ == "AGREE" or draft.type in words["dissent"] or _own_word(draft)):
            return _as(draft, type_, cameo, "ahead")
    return draft


def _as(draft: Draft, type_: str, cameo: str, why: str, mode: str | None = None) -> Draft:
    entry = replace(draft.match.trigger.entry, type=type_, mode=mode, cameo=cameo)
    match = replace(draft.match, trigger=replace(draft.match.trigger, entry=entry))
    return replace(draft, match=match, type=type_, because=[*draft.because, f"{why}:{draft.type}"])


def _ended(draft: Draft) -> Draft:
    """Cooperation that the verb over it ends: 'ended mediation efforts'."""
    words, s = load_lexicon("recast"), draft.sentence
    cameo = words["ended"].get(draft.match.trigger.entry.id)
    over = s.heads[draft.token]
    if cameo is None or draft.match.trigger.pos != "noun" or s.deps[draft.token] not in ("dobj", "nsubjpass"):
        return draft
    return _as(draft, "SANCTION", cameo, "ended") if s.lemmas[over] in words["ending"] else draft


def _lodged(draft: Draft) -> Draft:
    """A government takes to no street: 'the foreign ministry protested against the arrests' complains officially."""
    words = load_lexicon("recast")
    cameo = words["lodged"].get(draft.match.trigger.entry.id)
    if cameo is None or draft.lemma != "protest" or any(r.sector != "GOV" or r.plural for r in draft.actors):
        return draft
    s, i = draft.sentence, draft.token
    handed = s.deps[i] in ("dobj", "nsubjpass") and s.lemmas[s.heads[i]] in words["lodging"]
    if not (handed or (s.is_verb(i) and draft.actors)):
        return draft
    draft = replace(draft, recipients=[r for r in draft.recipients if not r.place])  # 'in Moscow the ministry protested': not to Moscow
    return _as(draft, "ACCUSE", cameo, "lodged", "allege")


def _peaceful(draft: Draft) -> Draft:
    """Troops sent to keep a peace are help."""
    words, s = load_lexicon("recast"), draft.sentence
    cameo = words["peaceful"].get(draft.match.trigger.entry.id)
    if cameo is None or not any(s.lemmas[k] in words["peace"] for k in s.subtree(draft.token)):
        return draft
    return _as(draft, "AID", cameo, "peace")


def _refused(draft: Draft) -> Draft:
    """'Will not release': a refusal, which stands."""
    return replace(_as(draft, "REJECT", "120", "refused"), scope=replace(draft.scope, negated=False, planned=False))


def _willed(draft: Draft) -> bool:
    told = [reason.split(",")[0].split(":")[0] for reason in draft.scope.reasons]
    return "modal" in told or "foretold" in told if not (draft.scope.hypothetical or draft.scope.conditional) else False


def _open(draft: Draft) -> bool:
    return draft.scope.planned or draft.scope.hypothetical or draft.scope.conditional


def _to_come(draft: Draft) -> bool:
    """Whether the act is told as sure to come: 'will', 'would' after 'said', 'is set to'; not what is only possible or asked for."""
    if draft.scope.hypothetical or draft.scope.conditional or not draft.scope.planned:
        return False
    coming = load_lexicon("recast")["coming"]
    told = [reason.split(",")[0].split(":") for reason in draft.scope.reasons]
    return any(kind in ("modal", "foretold") or (kind == "planned" and word in coming) for kind, word in (t for t in told if len(t) == 2))


def _own_word(draft: Draft) -> bool:
    """Whether those who will act say so themselves, of the very act."""
    if not any(r.startswith(("modal:", "foretold:")) and "," not in r for r in draft.scope.reasons):
        return False
    codes = {r.code or r.text for r in draft.actors}
    return any((r.code or r.text) in codes for r in draft.sources)
