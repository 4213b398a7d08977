"""What the envoy whom a body summons or expels tells of that body: it is another state's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence

if TYPE_CHECKING:
    from .phrases import Phrases


def envoys_faced(phrases: Phrases, s: Sentence, i: int) -> frozenset[str]:
    """Whose a body named by its role alone cannot be: of the state whose envoy it summons, 'the ministry summoned Iran's ambassador'."""
    words, verb = load_lexicon("phrases"), s.heads[i]
    if s.deps[i] != "nsubj" or s.lemmas[verb] not in words["facing_envoys"]:
        return frozenset()
    envoys = (k for k in s.all_children(verb, "dobj", "dative") if s.lemmas[k] in words["envoys"])
    others = (k for k in envoys if not any(s.tags[c] == "PRP$" for c in s.children[k]))
    return frozenset(r.country for k in others for r in phrases.referents(s, k) if r.country)
