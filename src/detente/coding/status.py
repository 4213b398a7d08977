"""Whether, when and how surely a told act happened: what stands over its word in the sentence.

The classes follow FactBank (Saurí & Pustejovsky 2009) and the implicatives of Karttunen (1971); the words are in the lexicon `scope`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from ..records import Certainty, Polarity, Status, Tense
from .conditions import ConditionReader
from .tense import TenseReader

_APART = frozenset({"relcl", "appos", "parataxis"})  # clauses with a truth of their own
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "poss", "compound"})
#: words of these lists say of what they govern whether it happens
_OPERATORS = (
    "planned", "negative", "possible", "demanded", "light", "doing", "called_off", "negative_nouns", "bringing_about", "probable_heads",
    "possible_heads",
)  # fmt: skip


@dataclass(slots=True)
class Scope:
    """What stands over one word."""

    negated: bool = False
    planned: bool = False
    hypothetical: bool = False  # possible, feared, demanded
    conditional: bool = False
    hearsay: bool = False  # 'alleged', 'reportedly'
    certainty: Certainty = "certain"
    tense: Tense = "past"
    reasons: list[str] = field(default_factory=list)

    def status(self, cited: bool, denied: bool) -> Status:
        """The status, given whether a source is cited for the words and whether that source denies them."""
        if self.conditional:
            return "hypothetical"
        if denied or self.negated:
            return "denied"
        if self.hypothetical:
            return "hypothetical"
        if self.planned:
            return "planned"
        return "claimed" if cited or self.hearsay else "happened"

    def stands(self) -> None:
        """For acts whose name holds the negation: what is not done, now or ever, is the act, and it stands."""
        if self.negated:
            self.negated = self.planned = False
            self.reasons = [r for r in self.reasons if r != "negated"]

    @property
    def polarity(self) -> Polarity:
        """Negative where the act is said not to happen."""
        return "negative" if self.negated else "positive"


class ScopeReader:
    """Reads the scope over a token."""

    def __init__(self) -> None:
        self.words = load_lexicon("scope")
        self.reporting = load_lexicon("reporting")
        self.tenses = TenseReader()
        self.conditions = ConditionReader()
        self._phrasal = frozenset(p for key in ("negative", "called_off") for p in self.words[key] if " " in p)
        words = self.words
        self._operators = frozenset().union(*(words[key] for key in _OPERATORS))
        self._governing = frozenset().union(
            *(words[key] for key in ("planned", "negative_nouns", "possible", "probable_heads", "possible_heads"))
        )
        self._modals = words["modal_possible"] | words["modal_planned"]
        self._touching = words["planned"] | words["negative"] | words["possible"] | words["called_off"]
        self._presupposing = words["presupposing"] | words["acting_on"]
        self._clausal = self.reporting["say"] | self.reporting["think"] | self.reporting["deny"]

    def read(self, s: Sentence, i: int, light: int | None = None) -> Scope:
        """The scope over token i; ``light`` is the light verb that carries its tense."""
        out = Scope()
        verb = light if light is not None else i
        self._own(s, i, out)
        if verb != i:
            self._own(s, verb, out)
        out.tense = self.tenses.read(s, verb)
        k = i
        for _ in range(12):
            head, dep = s.heads[k], s.deps[k]
            if head == k or (dep == "conj" and not s.is_verb(k) and s.is_verb(head)):
                break
            if dep == "conj":
                if s.is_verb(k):
                    self._shared(s, k, head, out)
                k = head
                continue
            if not (dep == "prep" and self._asserted_apart(s, k, head)):
                self._step(s, k, head, dep, out, i)
            if dep == "ccomp" and s.lemmas[head] in self._clausal:
                self._reported(s, head, out)
                break
            if dep == "advcl" or dep in _APART or (dep in (*_ARGUMENTS, "prep") and self._asserted_apart(s, k, head)):
                break
            k = head
        self._sentence(s, out)
        return out

    # ------------------------------------------------------------ the word itself
    def _own(self, s: Sentence, i: int, out: Scope) -> None:
        w = self.words
        for c in s.children[i]:
            word, lemma = s.words[c].lower(), s.lemmas[c]
            if s.deps[c] == "neg" or (word in w["negators"] and s.deps[c] in ("det", "advmod", "preconj", "nsubj", "cc")):
                if word != "nor" or s.deps[c] != "cc":
                    self._negate(s, i, c, out)
            elif s.deps[c] == "aux":
                self._modal(s, i, word, out)
            elif s.deps[c] in ("amod", "advmod", "compound"):
                if lemma in self.reporting["hearsay"] or word in self.reporting["hearsay"]:
                    out.hearsay = True
                    out.reasons.append(f"hearsay:{word}")
                elif lemma in w["possible_adjectives"] and s.deps[c] == "amod":
                    out.hypothetical = True
                    out.certainty = "possible"
                    out.reasons.append(f"possible:{word}")
                elif lemma in w["planned_adjectives"] and s.deps[c] == "amod":
                    out.planned = True
                    out.reasons.append(f"planned:{word}")
                elif lemma in w["called_off"] and s.deps[c] == "amod":
                    out.negated = True
                    out.reasons.append(f"{lemma}:not")
                elif (word in w["nearly"] and s.is_verb(i)) or (word == "longer" and s.words[c - 1].lower() == "no"):
                    out.negated = True
                    out.reasons.append(f"{word}:not")
                elif word in w["possibly"]:
                    out.hypothetical, out.certainty = True, "possible"
                    out.reasons.append(f"possible:{word}")
            elif s.deps[c] == "acl" and s.tags[c] == "VBN" and lemma in w["called_off"]:
                out.negated = True
                out.reasons.append(f"{lemma}:not")
            elif word == "any" and s.deps[c] == "det":  # 'would respond to any attack'
                out.hypothetical, out.certainty = True, "possible"
                out.reasons.append("possible:any")
            if s.deps[c] in ("nsubj", "nsubjpass", "dobj") and any(
                s.words[k].lower() in w["empty"] for k in [c, *s.all_children(c, "det", "preconj", "neg")]
            ):
                out.negated = True
                out.reasons.append("negated")
        if (mark := self.conditions.asks(s, i)) is not None:
            out.hypothetical, out.certainty = True, "possible"
            out.reasons.append(f"open:{mark}")
        if (mark := self.conditions.mark(s, i)) is not None:
            out.conditional = True
            out.reasons.append(f"if:{mark}")
        if self.conditions.holds_on_one(s, i):
            out.conditional = True
            out.reasons.append("main clause of a condition")
        if (
            s.is_verb(i)
            and s.tags[i] == "VB"
            and any(s.words[c].lower() == "to" and s.deps[c] == "aux" for c in s.children[i])
            and s.deps[i] == "relcl"
            and not self.tenses.ranked(s, s.heads[i])
        ):
            out.planned = True
            out.reasons.append("planned:to")

    def _negate(self, s: Sentence, i: int, c: int, out: Scope) -> None:
        following = s.words[c + 1].lower() if c + 1 < len(s) else ""
        if s.words[c].lower() == "not" and following in ("only", "just", "merely"):
            return
        if s.words[c].lower() in ("no",) and following in ("longer",) and s.tags[i] == "NN":
            return
        out.negated = True
        out.reasons.append("negated")

    def _modal(self, s: Sentence, i: int, word: str, out: Scope) -> None:
        """The modal ``word`` over the verb i."""
        w = self.words
        if word in w["modal_possible"] and not (word in w["future_in_past"] and s.lemmas[i] in w["polite"]):
            if word in w["future_in_past"] and self._foretold(s, i):
                out.planned = True
                out.reasons.append(f"foretold:{word}")
                return
            out.hypothetical = True
            out.certainty = "possible"
            if word in w["modal_likely"]:
                out.certainty = "probable"
            elif word in w["cannot"] and s.child(i, "neg") is not None:
                out.certainty = "certain"
            out.reasons.append(f"modal:{word}")
        elif word in w["modal_planned"]:
            out.planned = True
            out.reasons.append(f"modal:{word}")

    def _foretold(self, s: Sentence, i: int) -> bool:
        """Whether verb i stands in what somebody said before: 'announced that it would close'."""
        head = s.heads[i]
        if s.deps[i] == "conj":
            return self._foretold(s, head)
        if s.deps[i] == "acl":
            return s.lemmas[head] in self.reporting["nouns"]
        return s.deps[i] in ("ccomp", "relcl") and s.tags[head] in ("VBD", "VBN") and s.lemmas[head] in self.reporting["say"]

    # ------------------------------------------------------------ what stands above
    def _step(self, s: Sentence, k: int, head: int, dep: str, out: Scope, target: int) -> None:
        """One step up the tree, from token k to its head."""
        w = self.words
        lemma = self._governor(s, head)
        if dep in (
            "xcomp",
            "ccomp",
            "acl",
            "pcomp",
            "pobj",
            "dobj",
            "nsubjpass",
            "oprd",
            "prep",
            "attr",
            "advcl",
            "csubj",
            "relcl",
            "nsubj",
            "csubjpass",
        ):
            if dep == "pcomp" or dep == "pobj":
                phrase = " ".join(s.words[max(head - 1, 0) : head + 1]).lower()
                chosen = s.words[head].lower() == "against" and s.lemmas[s.heads[head]] in w["choosing"]
                if s.words[head].lower() in w["without"] or phrase in w["without"] or (dep == "pcomp" and chosen):
                    out.negated = True
                    out.reasons.append("without")
                if dep == "pcomp" and s.words[head].lower() == "by" and self._over_modal(s, head):
                    out.hypothetical = True
                    out.reasons.append("by-modal")
                return
            nominal = dep in ("dobj", "nsubjpass", "attr")
            if dep == "prep" and not s.is_verb(head) and lemma not in self._governing:
                return
            if dep == "nsubj" and lemma == "be" and out.certainty == "certain":
                predicates = {s.lemmas[c] for c in s.all_children(head, "acomp")}
                out.certainty = "probable" if predicates & w["probable_heads"] else "possible" if predicates & w["possible"] else "certain"
            if dep in ("nsubj", "advcl", "relcl", "csubj"):
                if dep == "advcl":
                    self._adverbial(s, k, head, out)
                return
            self._grade(s, k, head, dep, out)
            if dep == "ccomp":
                self._predicated(s, head, out)
            if nominal and lemma in w["called_off"] and self._is_act(s, k, target):
                out.negated = not out.negated
                out.reasons.append(f"{lemma}:not")
            elif dep == "prep" and lemma in w["negative_nouns"] and not s.is_verb(head):
                if s.words[k].lower() in w["negative_prepositions"]:
                    out.negated = not out.negated
                    out.reasons.append(f"{lemma}:not")
            elif (
                lemma in w["negative"]
                and not (dep == "prep" and (not s.is_verb(head) or s.words[k].lower() != "from"))
                and not (lemma in w["presupposing"] and dep in ("dobj", "nsubjpass", "xcomp"))
                and not (nominal and not self._is_act(s, k, target))
                and not (lemma in self.reporting["deny"] and dep == "ccomp" and s.child(head, "neg") is not None)  # 'did not deny that'
            ):
                out.negated = not out.negated
                out.reasons.append(f"{lemma}:not")
            elif lemma == "have" and dep == "xcomp" and any(s.words[c].lower() == "yet" for c in s.children[head]):
                out.negated = not out.negated
                out.reasons.append("yet:not")
            elif (
                lemma in w["demanded"]
                and dep in ("xcomp", "ccomp", "prep", "dobj", "acl")
                and not (lemma in w["planned"] and dep == "xcomp" and s.child(k, "nsubj") is None and s.child(head, "dobj") is None)
                and not (lemma in ("warn", "tell", "suggest") and dep == "ccomp" and not self._bare(s, k))
                and not (nominal and lemma in w["addressing"])
            ):
                out.hypothetical = True
                out.reasons.append(f"demanded:{lemma}")
            elif lemma in w["doing"]:
                pass
            elif dep == "acl" and s.tags[k] == "VBG":
                pass  # 'fears causing losses' says what they do, not what is feared
            elif lemma in w["possible"] and dep in ("acl", "prep", "ccomp", "dobj", "xcomp"):
                out.hypothetical, out.certainty = True, "possible"
                out.reasons.append(f"possible:{lemma}")
            elif (
                lemma in w["planned"]
                and lemma not in w["transparent"]
                and dep in ("xcomp", "prep", "acl", "dobj", "ccomp", "oprd", "nsubjpass")
                and not (lemma in w["planned_infinitive"] and dep != "xcomp")
            ):
                out.planned = out.planned or lemma not in ("announce", "mean")
                out.reasons.append(f"planned:{lemma}")
        self._verb_over(s, k, head, out, dep)

    def _grade(self, s: Sentence, k: int, head: int, dep: str, out: Scope) -> None:
        """How sure a governor leaves its complement, where nothing nearer has told."""
        w, lemma = self.words, s.lemmas[head]
        if out.certainty != "certain" or dep not in ("xcomp", "ccomp", "acl", "prep", "dobj", "oprd", "nsubjpass"):
            return
        if dep == "acl" and (s.tags[k] == "VBG" or s.tags[k] == "VBN"):
            return
        if dep == "prep" and s.words[k].lower() not in w["content_prepositions"]:
            return
        if lemma in w["probable_heads"]:
            out.certainty = "probable"
        elif (
            lemma in w["possible_heads"]
            or (lemma in w["possible_nouns"] and dep == "acl" and not s.is_verb(head))
            or (lemma in w["permitting"] and dep == "xcomp" and s.tags[head] in ("VBN", "VBD") and s.child(head, "dobj") is None)
        ):
            out.certainty = "possible"

    def _predicated(self, s: Sentence, head: int, out: Scope) -> None:
        """'It is possible that …': the adjective says how sure the clause is."""
        for c in s.all_children(head, "acomp"):
            lemma = s.lemmas[c]
            if lemma in self.words["predicates"]:
                out.hypothetical = True
                if out.certainty == "certain":
                    out.certainty = "possible" if lemma in self.words["possible"] else "probable"
                out.reasons.append(f"possible:{lemma}")

    def _verb_over(self, s: Sentence, k: int, head: int, out: Scope, dep: str) -> None:
        """Negation, modals and conditions of the governing verb reach down into its complement."""
        if dep not in ("xcomp", "dobj", "acl", "pcomp", "prep", "oprd", "attr", "nsubjpass", "ccomp"):
            return
        if dep == "ccomp" and s.lemmas[head] in self._clausal:
            return
        inner = Scope()
        self._own(s, head, inner)
        known = dep == "dobj" and self._asserted_apart(s, k, head) and self.tenses.given(s, k)  # 'did not break the record'
        called_off = dep == "acl" and s.lemmas[k] in self.words["called_off"]  # 'flight delayed': the flight, not the delay
        if inner.negated and not known and not called_off and (s.is_verb(head) or s.is_noun(head)):
            out.negated = not (out.negated and f"{self._governor(s, head)}:not" in out.reasons)  # 'did not deny attacking'
            out.reasons.append(f"negated:{s.lemmas[head]}")
        if s.is_verb(head):
            out.reasons += [f"{r}, over {s.lemmas[head]}" for r in inner.reasons if not r.startswith("negated")]
            out.hypothetical |= inner.hypothetical
            out.planned |= inner.planned
            out.conditional |= inner.conditional
            if inner.certainty != "certain":
                out.certainty = inner.certainty
        out.hearsay |= inner.hearsay

    def _shared(self, s: Sentence, k: int, head: int, out: Scope) -> None:
        """A coordinated verb without its own auxiliary shares modal, condition and negation with the first."""
        if s.child(k, "nsubj") is not None:
            return
        if any(" ".join(s.words[c - 1 : c + 1]).lower() in self.words["without"] for c in s.all_children(head, "cc") if 0 < c < k):
            out.negated = True
            out.reasons.append("without")
            return
        inner = Scope()
        self._own(s, head, inner)
        if s.child(k, "aux") is None or inner.conditional:
            out.reasons += [f"{r}, shared with {s.lemmas[head]}" for r in inner.reasons if not r.startswith("negated")]
        if s.child(k, "aux") is None:
            out.hypothetical |= inner.hypothetical
            out.planned |= inner.planned
        out.conditional |= inner.conditional
        if inner.negated and s.child(k, "neg") is None and any(s.words[c].lower() in ("or", "nor") for c in s.all_children(head, "cc")):
            out.negated = True
            out.reasons.append(f"negated, shared with {s.lemmas[head]}")

    def _adverbial(self, s: Sentence, k: int, head: int, out: Scope) -> None:
        marks = [s.words[c].lower() for c in s.all_children(k, "mark", "advmod")]
        if (mark := self.conditions.mark(s, k)) is not None and mark != "once":
            out.conditional = True
            out.reasons.append("if")
        to = any(s.words[c].lower() == "to" and s.deps[c] == "aux" for c in s.children[k])
        if to and s.tags[k] == "VB" and s.lemmas[head] != "do":  # 'is doing all it can to'
            out.planned = True
            out.reasons.append("purpose")
        if any(m in ("before", "until") for m in marks) and self._over_modal(s, k):
            out.hypothetical = True
            out.reasons.append("before what is only possible")

    def _over_modal(self, s: Sentence, k: int) -> bool:
        head = s.heads[k]
        return any(s.words[c].lower() in self._modals for c in s.all_children(head, "aux"))

    def _reported(self, s: Sentence, head: int, out: Scope) -> None:
        """Above a reporting verb only its own certainty matters; what is to come is open where it is only thought."""
        if out.planned and s.lemmas[head] in self.words["probable_heads"]:
            out.hypothetical = True
            out.reasons.append(f"thought:{s.lemmas[head]}")
        if out.certainty == "certain":
            lemma = s.lemmas[head]
            out.certainty = (
                "probable" if lemma in self.words["probable_heads"] else "possible" if lemma in self.words["possible_heads"] else "certain"
            )

    def _governor(self, s: Sentence, k: int) -> str:
        """The lemma of a governing word, with its particle where the two are one entry: 'rule out'."""
        particle = s.child(k, "prt")
        phrase = f"{s.lemmas[k]} {s.words[particle].lower()}" if particle is not None else ""
        return phrase if phrase in self._phrasal else s.lemmas[k]

    def _asserted_apart(self, s: Sentence, k: int, head: int) -> bool:
        """Whether an event noun's own happening is independent of the clause that it is an argument of: 'the raid could hurt ties'."""
        lemma = self._governor(s, head)
        if s.deps[k] == "prep":
            if s.words[k].lower() in self.words["apart_prepositions"] and not self._over_modal(s, k):
                return True
            return (
                s.words[k].lower() not in self.words["without"]
                and lemma not in self._operators
                and any(s.deps[c] == "pobj" for c in s.children[k])
            )
        if not s.is_verb(head):
            return s.deps[k] in ("nsubj", "nsubjpass")
        if s.deps[k] == "nsubjpass" and lemma in self.words["planned"]:  # 'the raid was intended to scare them', not 'is expected to begin'
            done = next((c for c in s.all_children(head, "xcomp")), None)
            if done is not None and s.lemmas[done] not in self.words["happening"] and s.child(done, "auxpass") is None:
                return True
        if s.deps[k] in ("nsubj", "nsubjpass") and lemma not in self._touching:
            return True
        if s.deps[k] == "dobj" and lemma in self._presupposing and self.tenses.given(s, k):
            return True
        if s.deps[k] == "dobj" and lemma not in self._operators:
            return True
        return s.deps[k] == "pobj" and lemma not in self.words["planned"]

    def _is_act(self, s: Sentence, k: int, target: int) -> bool:
        return k == target or s.heads[target] == k

    def _bare(self, s: Sentence, k: int) -> bool:
        return s.tags[k] == "VB" and s.child(k, "aux") is None

    # ------------------------------------------------------------ sentence
    def _sentence(self, s: Sentence, out: Scope) -> None:
        text = s.raw.text.rstrip("\"'”’ )")
        if text.endswith("?") and not out.conditional:
            out.hypothetical = True
            out.reasons.append("question")


def presuppose(s: Sentence, noun: int, scope: Scope) -> None:
    """What a known noun tells is no mere purpose: 'flew over the border to carry out the strike'."""
    known = any(s.words[c].lower() in ("the", "that", "this") for c in s.all_children(noun, "det"))
    if known and "purpose" in scope.reasons and not any(r.startswith(("planned", "modal", "foretold")) for r in scope.reasons):
        scope.planned = False
