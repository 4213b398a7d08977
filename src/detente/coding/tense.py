"""Whether the event of a word lies ahead: its own auxiliaries, else what governs it.

Infinitives under verbs of intention lie ahead, under implicatives and aspectuals (Karttunen 1971) they share their governor's time.
A noun lies ahead where its governor is prospective ('a plan for', 'fears of', 'expect'), or where a verb ahead brings it about; a definite
noun is presupposed ('will ease the crisis'). The words are in the lexicon `scope`.
"""

from __future__ import annotations

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from ..records import Tense

_REACH = 12  # steps up the tree; deeper than any sentence read so far
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_PAST_AUXILIARIES = frozenset({"was", "were", "had", "did", "has", "have", "been"})


class TenseReader:
    """Reads the tense of a token."""

    def __init__(self) -> None:
        self.words = words = load_lexicon("scope")
        self._adjectives = words["planned_adjectives"] | words["possible_adjectives"]
        self._carrying = words["light"] | words["bringing_about"]
        self._prospects = words["prospective_nouns"] | words["prospective"]

    def read(self, s: Sentence, i: int) -> Tense:
        """Future, where the event of token i lies ahead of the text; else past or present by the clause it stands in."""
        return "future" if self._ahead(s, i, _REACH) else self._clause(s, i)

    def _clause(self, s: Sentence, i: int) -> Tense:
        k, steps = i, 0
        while not s.is_verb(k) and s.heads[k] != k and steps < 6:
            k, steps = s.heads[k], steps + 1
        aux = [s.words[c].lower() for c in s.all_children(k, "aux", "auxpass")]
        if s.tags[k] in ("VBD", "VBN") or any(a in _PAST_AUXILIARIES for a in aux):
            return "past"
        return "present" if s.is_verb(k) else "past"

    def _ahead(self, s: Sentence, k: int, left: int) -> bool:
        if left == 0:
            return False
        return self._verb_ahead(s, k, left) if s.is_verb(k) else self._noun_ahead(s, k, left)

    # ------------------------------------------------------------ verbs
    def _verb_ahead(self, s: Sentence, k: int, left: int) -> bool:
        w = self.words
        aux = [s.words[c].lower() for c in s.all_children(k, "aux", "auxpass")]
        if any(a in w["modal_planned"] for a in aux):
            return True
        if any(a in w["modal_ahead"] for a in aux):
            return "have" not in aux  # 'could have' looks back
        if any(a in w["modal_possible"] for a in aux):
            return False
        if "to" in aux:
            return "have" not in aux and self._infinitive_ahead(s, k, left)
        head, dep = s.heads[k], s.deps[k]
        if head == k:
            return False
        subject = s.child(k, "nsubj", "nsubjpass") is not None
        if dep in ("compound", "amod"):  # 'a restructuring plan'
            return s.lemmas[head] in w["possible_nouns"] and s.tags[k] == "VBG"
        if dep == "conj":
            alike = s.tags[k] == s.tags[head] and s.tags[k] in ("VB", "VBG", "VBN")
            return alike and not subject and not aux and self._ahead(s, head, left - 1)
        if dep == "advcl" and s.tags[k] != "VBD":
            marks = {s.words[c].lower() for c in s.all_children(k, "mark", "advmod")}
            return bool(marks & w["marks_ahead"]) and self._ahead(s, head, left - 1)
        if dep == "ccomp" and s.lemmas[head] in w["prospective"]:
            return s.tags[k] in ("VB", "VBP", "VBZ")
        if s.tags[k] != "VBG" or aux:
            return dep in ("xcomp", "ccomp") and s.tags[k] == "VB" and not aux and self._ahead(s, head, left - 1)
        if dep == "pcomp":
            over = s.heads[head]
            return s.lemmas[over] in w["prospective"] or (s.words[head].lower() in ("by", "in") and self._ahead(s, over, left - 1))
        return dep == "xcomp" and (s.lemmas[head] in w["prospective"] or self._ahead(s, head, left - 1))

    def _infinitive_ahead(self, s: Sentence, k: int, left: int) -> bool:
        w = self.words
        head, dep = s.heads[k], s.deps[k]
        if head == k:
            return True  # a headline: 'Minister to visit Paris'
        lemma = s.lemmas[head]
        if dep == "conj":
            return self._ahead(s, head, left - 1)
        if lemma == "go" and s.tags[head] == "VBG" and dep == "xcomp":
            return True
        if dep == "relcl" or (dep == "acl" and not s.is_verb(head)):
            return not self.ranked(s, head)
        if lemma == "have" and any(s.words[c].lower() == "yet" for c in s.children[head]):
            return False
        if lemma == "be":
            return self._be_to(s, k, head)
        if s.tags[head].startswith("JJ") and any(s.lemmas[c] == "too" for c in s.children[head]):
            return False
        if any(s.words[c].lower() in ("too", "enough") for c in s.children[head]):
            return self._ahead(s, head, left - 1)
        if lemma in w["same_time"] and dep in ("xcomp", "ccomp", "advcl"):
            return self._ahead(s, head, left - 1)
        if lemma in w["change"] and s.lemmas[k] in w["outcome"]:
            return self._ahead(s, head, left - 1)
        return True

    def ranked(self, s: Sentence, k: int) -> bool:
        """Whether a noun is counted or ranked, so that an infinitive on it tells what was done: 'the first to leave'."""
        ranking = self.words["ranking"]
        return s.tags[k] == "CD" or s.lemmas[k] in ranking or any(s.lemmas[c] in ranking for c in s.all_children(k, "amod"))

    def _be_to(self, s: Sentence, k: int, head: int) -> bool:
        """'is to meet' and 'the aim was to meet' lie ahead, 'were to meet' did at the time, 'it is good to meet' does not."""
        if any(s.deps[c] == "acomp" or (s.deps[c] == "attr" and s.lemmas[c] not in self.words["prospective"]) for c in s.children[head]):
            return False
        subject = s.child(head, "nsubj")
        if subject is not None and s.lemmas[subject] in self.words["prospective"]:
            return True
        return s.tags[head] != "VBD" and s.deps[k] == "xcomp"

    # ------------------------------------------------------------ nouns, adjectives, pronouns
    def _noun_ahead(self, s: Sentence, k: int, left: int) -> bool:
        w = self.words
        for c in s.all_children(k, "amod", "acl"):
            if s.lemmas[c] in self._adjectives or s.words[c].lower() in w["planned_adjectives"]:
                return True
        head, dep = s.heads[k], s.deps[k]
        if head == k:
            return False
        lemma = s.lemmas[head]
        if dep in ("conj", "appos"):
            return not s.is_verb(head) and self._noun_ahead(s, head, left - 1)
        if dep == "compound":
            return lemma in w["prospective_nouns"]
        if dep in ("acomp", "attr", "oprd"):
            return self._ahead(s, head, left - 1)
        if dep in ("nsubj", "nsubjpass"):
            return self._subject_ahead(s, k, head, left)
        given = self.given(s, k)
        if dep == "dobj":
            if lemma in w["prospective"] and lemma not in w["same_time"]:
                return True
            return (
                (not given or lemma in self._carrying)
                and lemma not in w["acting_on"]
                and s.is_verb(head)
                and self._ahead(s, head, left - 1)
            )
        if dep == "pobj":
            return self._object_ahead(s, k, head, given, left)
        return False

    def _subject_ahead(self, s: Sentence, k: int, head: int, left: int) -> bool:
        """Subjects of verbs of happening share the verb's time; so do those of 'be expected', 'be likely'."""
        w = self.words
        if s.lemmas[head] in w["prospective"] and s.deps[k] == "nsubjpass":
            return True
        if s.lemmas[head] == "be":
            for c in s.all_children(head, "acomp"):
                if s.lemmas[c] in w["prospective"] and not any(s.words[p].lower() == "to" for p in s.all_children(c, "prep")):
                    return True
        if s.deps[head] == "ccomp" and s.lemmas[s.heads[head]] in w["prospective"] and s.child(head, "mark") is None:
            return s.tags[head] == "VB" and any(s.words[c].lower() == "to" for c in s.all_children(head, "aux"))
        raised = s.child(head, "xcomp")
        if raised is not None and s.tags[raised].startswith("VB") and s.lemmas[head] not in w["same_time"]:
            head = raised
        passive = s.tags[head] == "VBN" and s.child(head, "auxpass") is not None
        happens = s.lemmas[head] in w["happening"] and (s.lemmas[head] != "take" or s.child(head, "dobj") is not None)
        return (happens or (passive and s.lemmas[head] in w["light"])) and self._ahead(s, head, left - 1)

    def _object_ahead(self, s: Sentence, k: int, preposition: int, given: bool, left: int) -> bool:
        """The object of a preposition: 'plans for talks', 'will go into service'."""
        w = self.words
        over = s.heads[preposition]
        word = s.words[preposition].lower()
        if s.lemmas[over] in self._prospects and word in ("of", "for", "on", "over", "about", "to", "at") and (not given or word == "for"):
            return True
        if given or over == preposition or word not in w["bringing"]:
            return False
        return s.is_verb(over) and self._ahead(s, over, left - 1)

    def given(self, s: Sentence, k: int) -> bool:
        """Whether a noun is presented as known, so that it is there already."""
        return any(s.words[c].lower() in _DEFINITE or s.deps[c] == "poss" for c in s.all_children(k, "det", "poss"))
