"""The sector and the country of people named by their role alone: 'police', 'a court in Yekaterinburg'."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..knowledge.gazetteer import load_gazetteer
from ..language import Sentence
from .anaphora import backwards
from .envoys import envoys_faced
from .referents import OFFICIAL

if TYPE_CHECKING:
    from .phrases import Phrases

#: officials who use force
_FORCES = frozenset({"COP", "MIL", "SPY"})
_MODIFIERS = ("amod", "compound", "nmod")


def role_told(phrases: Phrases, s: Sentence, i: int) -> str | None:
    """Sector of a role noun with the words right before it that make it another role: 'aid agencies' are no state's agencies."""
    first = i
    while first > 0 and s.heads[first - 1] == i and s.deps[first - 1] in _MODIFIERS and s.tags[first - 1][:2] in ("JJ", "NN"):
        first -= 1
    return next((r for k in range(max(first, i - 2), i + 1) if (r := phrases.directory.role(" ".join(s.lemmas[k : i + 1])))), None)


def country_of_role(phrases: Phrases, s: Sentence, i: int, sector: str) -> str | None:
    """Country of people named by their role alone ('police', 'residents'): of the place told in the sentence, or, for officials, of
    the last of their kind that acted, else of the last official or state."""
    for prep in s.all_children(i, "prep"):  # 'a court in Yekaterinburg'
        for k in s.all_children(prep, "pobj") if s.words[prep].lower() in phrases.words["locative"] else ():
            if phrases.hit(s, k) is None and s.tags[k].startswith("NNP"):
                begin, end = s.span(phrases.name_start(s, k), k)
                found = load_gazetteer().lookup(s.raw.text[begin - s.raw.span[0] : end - s.raw.span[0]])
                if found and found[0].country:
                    return found[0].country
    for k in range(len(s)):
        if s.deps[k] == "pobj" and phrases.hit(s, k) is not None:
            for r in phrases.referents(s, k):
                if r.place and r.country:
                    return r.country
    if s.lemmas[i] in phrases.words["disowned"]:
        return None  # nobody calls his own government a regime
    faced = envoys_faced(phrases, s, i)
    if faced:  # 'the foreign ministry summoned Baku's ambassador': of the state told of most beside Baku
        states = Counter(r.country for b, k in backwards(phrases, s, i, 12) for r in phrases.referents(b, k) if r.sector in OFFICIAL)
        return next((c for c, _ in states.most_common() if c and c not in faced), None)
    alike = _FORCES if sector in _FORCES else {sector}
    for sectors in (alike, OFFICIAL) if sector in OFFICIAL else ():  # 'officers' are the police told of before, else a state's
        for before, k in backwards(phrases, s, i, 3):
            if before.deps[k] in ("nsubj", "nsubjpass", "pobj") and (before is not s or before.deps[k] != "pobj"):
                for r in phrases.referents(before, k):
                    if r.country and r.via != "unknown" and (r.sector in sectors or (r.place and len(sectors) > 1)):
                        return r.country
    return None
