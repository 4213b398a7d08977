"""What an act is for: at whom a protest is aimed, whom help is meant to help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language import Sentence
from .referents import Referent
from .triggers import Match

if TYPE_CHECKING:
    from .roles import RoleFinder


def benefit(roles: RoleFinder, s: Sentence, i: int) -> list[Referent]:
    """For whom: the object of an infinitive of purpose, also under the verb's object: 'gave money to help refugees'."""
    holders = [i, *s.all_children(i, "dobj", "nsubjpass")]
    return [r for h in holders for c in s.all_children(h, "advcl", "acl", "xcomp") if s.tags[c] == "VB" for r in roles.object(s, c)]


def purpose(roles: RoleFinder, s: Sentence, match: Match) -> list[Referent]:
    """At whom a protest is aimed: 'marched to demand that the president resign', 'a strike in protest of the premier's plan'."""
    over = [k for k in (match.token, match.light, s.heads[match.token]) if k is not None]
    for k in over:
        for c in s.children[k]:
            meant = s.deps[c] in ("advcl", "xcomp", "acl") or (s.deps[c] == "relcl" and s.tags[c] == "VB")
            if meant and s.lemmas[c] in roles.scope["aims"]:
                found = [r for r in _affected_by(roles, s, c) if roles.admits(r)]
                if found:
                    return found
            if s.deps[c] == "prep" and s.words[c].lower() in ("in", "as"):
                for p in s.all_children(c, "pobj"):
                    if s.lemmas[p] in roles.scope["aims"]:
                        found = [r for q in s.all_children(p, "prep") for r in roles.under(s, q) if roles.admits(r)]
                        if found:
                            return found
    return []


def _affected_by(roles: RoleFinder, s: Sentence, verb: int) -> list[Referent]:
    """Object, complement and prepositional phrases of a verb of demand or protest."""
    out = roles.object(s, verb) or roles.content(s, verb)
    for word in ("on", "against", "at", "from", "of", "by", "with"):
        out = out or [r for r in roles.prep(s, verb, word) if roles.admits(r)]
    return out
