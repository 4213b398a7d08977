"""How a clause is built: its voice, where its subject stands, what hangs on its nouns."""

from __future__ import annotations

from ..language import Sentence
from .phrases import Phrases
from .triggers import TriggerFinder


def passive(s: Sentence, i: int) -> bool:
    """Whether the subject of a verb is whom it is done to."""
    if s.child(i, "auxpass", "nsubjpass") is not None:
        return True
    if s.child(i, "agent") is not None:  # 'abided by the accord', 'blocked the purchase by a firm' have a subject of their own
        return s.child(i, "nsubj", "dobj") is None
    if s.tags[i] != "VBN" or s.child(i, "aux", "nsubj", "dobj") is not None:
        return False
    if s.deps[i] in ("acl", "amod", "advcl"):
        return True
    return s.deps[i] == "conj" and s.is_verb(s.heads[i]) and passive(s, s.heads[i])


def first_clause(s: Sentence, i: int) -> int | None:
    """The verb with the subject in 'actions interfere, violate and damage', where the parse has put one clause into the other."""
    if s.tags[i] not in ("VBD", "VBP", "VBZ") or s.child(i, "aux", "expl") is not None:
        return None
    clauses = [c for c in s.all_children(i, "ccomp") if c < i and s.tags[c] == s.tags[i] and s.child(c, "mark") is None]
    return next((c for c in clauses if s.child(c, "nsubj") is not None), None)


def noun_preps(finder: TriggerFinder, phrases: Phrases, s: Sentence, i: int, word: str) -> list[int]:
    """Prepositions of a noun, also those that the parser hangs on what it is of: 'the arrest of a scholar by the police'."""
    if word not in s.vocabulary():
        return []
    out = [p for p in s.all_children(i, "prep", "agent") if s.words[p].lower() == word]
    if out:
        return out
    for p in s.all_children(i, "prep"):
        if s.words[p].lower() in ("of", "on", "against"):
            for o in s.all_children(p, "pobj"):
                if not finder.names_act(s, o, phrases):
                    out += [q for q in s.all_children(o, "prep", "agent") if s.words[q].lower() == word]
    return out
