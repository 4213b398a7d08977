"""Which clauses are conditions, and which hold only on one: 'if', 'unless', 'in case', 'provided that', inverted 'should' and 'had'."""

from __future__ import annotations

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence

_CLAUSES = ("advcl", "ccomp", "conj")  # how the parser ties a condition to its main clause


class ConditionReader:
    """Finds conditions."""

    def __init__(self) -> None:
        self.words = load_lexicon("scope")

    def mark(self, s: Sentence, clause: int) -> str | None:
        """The word that makes the clause of a verb a condition, lower case; None where it is none.

        'if necessary' (no verb) and 'if they are to win' (an aim) are none.
        """
        if not s.is_verb(clause) or self._aims(s, clause) or self.asks(s, clause) is not None:
            return None
        for c in s.children[clause]:
            word = s.words[c].lower()
            if s.deps[c] == "mark" and word in self.words["conditional_marks"]:
                return word
            if s.deps[c] == "prep" and c < clause and self._opens(s, c):
                return word
        over = s.heads[clause]
        if (
            s.deps[clause] in ("pcomp", "ccomp")
            and s.words[over].lower() in self.words["conditional_verbs"]
            and s.deps[over] in ("prep", "advcl")
        ):
            return s.words[over].lower()
        return self._inverted(s, clause)

    def asks(self, s: Sentence, clause: int) -> str | None:
        """The word that leaves open whether the clause of a verb is so ('whether', 'asked if', 'unclear if'); None where none does."""
        head = s.heads[clause]
        for c in s.all_children(clause, "mark"):
            word = s.words[c].lower()
            object_clause = s.deps[clause] == "ccomp" and clause > head
            unclear = any(s.lemmas[k] in self.words["open_adjectives"] for k in s.all_children(head, "acomp"))
            if word in self.words["open_marks"] or (word == "if" and (object_clause or unclear)):
                return word
        return None

    def holds_on_one(self, s: Sentence, verb: int) -> bool:
        """Whether the clause of a verb holds only if another does."""
        if not s.is_verb(verb):
            return False
        for c in s.all_children(verb, "advcl", "ccomp", "conj", "prep"):
            if s.deps[c] == "prep":
                if any(self.mark(s, k) for k in s.all_children(c, "pcomp")):
                    return True
            elif (mark := self.mark(s, c)) is not None and mark not in self.words["conditional_loosely"]:
                return s.deps[c] == "advcl" or c < verb or mark in self.words["inverted"]  # 'he asked if …' follows
        return False

    def _opens(self, s: Sentence, k: int) -> bool:
        """Whether a phrase that opens a condition starts at token k."""
        text = " ".join(s.words[k : k + 4]).lower() + " "
        return any(text.startswith(f"{phrase} ") for phrase in self.words["conditional_phrases"])

    def _aims(self, s: Sentence, clause: int) -> bool:
        aim = s.child(clause, "xcomp") if s.lemmas[clause] == "be" else None
        return aim is not None and any(s.words[c].lower() == "to" for c in s.all_children(aim, "aux"))

    def _inverted(self, s: Sentence, clause: int) -> str | None:
        """'should it fail', 'had it failed': the auxiliary stands before the subject, in a clause that is not the main one."""
        subject, aux = s.child(clause, "nsubj", "nsubjpass"), s.child(clause, "aux")
        if subject is None or aux is None or aux > subject or s.deps[clause] not in _CLAUSES:
            return None
        first = all(c >= aux for c in s.children[clause])
        return s.words[aux].lower() if first and s.words[aux].lower() in self.words["inverted"] else None
