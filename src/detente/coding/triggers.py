"""Which words of a sentence name an event: codebook triggers held against the parse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from ..knowledge import Codebook, Slot, Trigger
from ..knowledge.lexicon import load_lexicon
from ..knowledge.triggers import PARTICLES, WISHED
from ..language import Sentence
from ..language.sentence import NOUNS, SUBJECTS, VERBS
from ..records import QUADS
from .mishaps import mishap
from .phrases import Phrases

#: how what a clause denies hangs under its verb
_APART = ("acl", "advcl", "relcl")
_DENIED = ("acomp", "agent", "attr", "conj", "dobj", "pcomp", "pobj", "prep")
_OBJECT = ("dobj", "nsubjpass", "oprd", "attr")
_MODIFIERS = ("amod", "compound", "nmod", "poss", "npadvmod")


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger found: its token, the tokens that filled its slots, and the light verb over a noun, if any."""

    token: int
    trigger: Trigger
    filled: tuple[int, ...] = ()
    light: int | None = None
    word: int | None = None  # the token that names the act, where a light verb only carries it
    others: tuple[Trigger, ...] = field(default=())  # less specific triggers that also fit, best first


def possible(trigger: Trigger, words: frozenset[str]) -> bool:
    """Whether the words of a sentence are there that a trigger asks for, wherever they stand."""
    for asked in trigger.asks:  # noqa: SIM110 (a generator costs more than the look itself)
        if asked.isdisjoint(words):
            return False
    return True


class TriggerFinder:
    """Matches a codebook's triggers; one for a coder."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.scope = load_lexicon("scope")
        self.citing = load_lexicon("reporting")["phrases"]
        self.lodging = load_lexicon("recast")["lodging"]

    def find(self, s: Sentence, phrases: Phrases, stands: Callable[[Match], bool] = lambda m: True) -> list[Match]:
        """All triggers of a sentence in text order, one a token; nouns used up by a longer trigger that ``stands`` are left out."""
        matches = self.matches(s, phrases)
        lights = {m.light for m in matches if m.light is not None} | {s.heads[m.token] for m in matches if self._ordered(s, m)}
        matches = [self._in_its_way(m, matches) for m in matches if not self._overruled(m, matches)]
        found = {m.token for m in matches}
        taken: set[int] = set()
        for m in matches:
            verbal = QUADS.get(m.trigger.entry.type) == 3 and s.lemmas[m.token] not in self.lodging  # 'handed a protest' is one act
            used = [k for k in m.filled if not (verbal and (self._hostile(s, k, phrases) or self._blamed_for(s, m, k)))]
            if found.intersection(used) and stands(m):
                taken.update(used)
        orders = {s.heads[m.token] for m in matches if self.ordered(s, m)}
        kept = [m for m in matches if m.token not in taken and not (m.token in lights and not m.trigger.slots)]
        kept = [m for m in kept if not (m.token in orders and m.trigger.entry.type == "REQUEST")]
        return [m for m in kept if not mishap(s, m.token, m.trigger)]

    @staticmethod
    def _blamed_for(s: Sentence, m: Match, k: int) -> bool:
        """Whether a verb tells what somebody is blamed for: 'responsible for backing Assad'."""
        return m.trigger.entry.type == "ACCUSE" and s.tags[k] == "VBG" and s.child(k, "dobj") is not None

    def _ordered(self, s: Sentence, m: Match) -> bool:
        """Whether an act is the object of an order, and so the order itself: 'ordered strikes'."""
        return m.trigger.pos == "noun" and s.deps[m.token] in ("dobj", "nsubjpass") and s.lemmas[s.heads[m.token]] in self.scope["ordering"]

    def ordered(self, s: Sentence, m: Match) -> bool:
        """Whether force is what somebody orders to be used, and so their act: 'the court ordered that the group be held'."""
        i = m.token
        told = s.deps[i] in ("ccomp", "xcomp") and s.lemmas[s.heads[i]] in self.scope["ordering"] and s.child(i, "auxpass") is not None
        return told and m.trigger.entry.type in self.scope["carried_out"]

    @staticmethod
    def _in_its_way(m: Match, matches: Sequence[Match]) -> Match:
        """The match with the way in which it was done, where the noun that a light verb carries tells it: 'launched a chemical attack'."""
        entry = m.trigger.entry
        if m.word is None or entry.mode is not None:
            return m
        told = (o.trigger.entry for o in matches if o.token == m.word and o.trigger.pos == "noun")
        way = next((e for e in told if e.type == entry.type and e.mode is not None), None)
        return m if way is None else replace(m, trigger=replace(m.trigger, entry=way))

    @staticmethod
    def _overruled(m: Match, matches: Sequence[Match]) -> bool:
        """Whether the noun that a light verb carries means another kind of act: 'launched a scathing attack'."""
        return m.word is not None and any(
            o.token == m.word
            and o.trigger.pos == "noun"
            and o.trigger.entry.type != m.trigger.entry.type
            and o.trigger.specificity[0] >= m.trigger.specificity[0]
            for o in matches
        )

    def candidates(self, s: Sentence, i: int) -> Sequence[Trigger]:
        """The triggers that begin with a token, most specific first, whether they fit or not."""
        kind = self._kind(s, i)
        if kind is None:
            return ()
        if kind == "verb" and s.tags[i] == "VBN" and s.deps[i] == "acomp":  # 'is opposed to'
            as_adjective = self.codebook.triggers.get(("adjective", s.words[i].lower()), ())
            if as_adjective:
                return as_adjective
        return self.codebook.triggers.get((kind, s.lemmas[i]), ())

    def types_of(self, noun: str) -> frozenset[str]:
        """The types of acts that a noun may tell."""
        return frozenset(t.entry.type for t in self.codebook.triggers.get(("noun", noun), ()))

    def names_act(self, s: Sentence, i: int, phrases: Phrases) -> bool:
        """Whether a word is a trigger as it stands."""
        return any(possible(t, s.vocabulary()) and self._fit(s, i, t, phrases) is not None for t in self.candidates(s, i))

    @staticmethod
    def _in_a_name(s: Sentence, i: int, phrases: Phrases) -> bool:
        """Whether a noun is a part of somebody's name: 'the Popular Mobilization Forces'."""
        hit = phrases.hit(s, i) if s.tags[i] in ("NNP", "NNPS") else None
        return hit is not None and hit[1] < hit[2]

    def matches(self, s: Sentence, phrases: Phrases) -> list[Match]:
        """All triggers that fit, one a token, also those that stand inside another."""
        matches: list[Match] = []
        words = s.vocabulary()
        for i in range(len(s)):
            candidates = self.candidates(s, i)
            if not candidates or self._in_a_name(s, i, phrases) or self._idle(s, i):
                continue
            fits = [m for t in candidates if possible(t, words) and (m := self._fit(s, i, t, phrases)) is not None]
            if not fits:
                continue
            kind = fits[0].trigger.pos
            first = fits[0]
            light = self._light(s, i) if kind == "noun" else None
            word = first.filled[0] if kind == "verb" and first.filled and self._carries(s, i, first) else None
            matches.append(Match(i, first.trigger, first.filled, light, word, tuple(m.trigger for m in fits[1:])))
        return matches

    def _idle(self, s: Sentence, i: int) -> bool:
        """Whether a word and those before it are an idiom that tells nothing: 'when it comes to'."""
        before = self.scope["idioms"].get(s.lemmas[i])
        return before is not None and " ".join(s.words[max(0, i - len(before.split())) : i]).lower() == before

    def _carries(self, s: Sentence, i: int, match: Match) -> bool:
        """Whether a light verb only carries the noun it asks for: 'took responsibility', not 'took over the temple'."""
        noun, slot = match.filled[0], match.trigger.slots[0]
        own = slot.kind in ("object", "particle") or (slot.kind == "prep" and s.deps[noun] == "pobj")
        named = slot.classes and s.lemmas[noun] not in slot.words and ("noun", s.lemmas[noun]) not in self.codebook.triggers
        if named:  # 'received Pashinyan': he is whom it is done to
            return False
        return own and s.lemmas[i] in self.scope["light"] and s.is_noun(noun)

    def _hostile(self, s: Sentence, k: int, phrases: Phrases) -> bool:
        """Whether a word by itself names an act of force or sanction: what is denied or condemned is told too."""
        kind = self._kind(s, k)
        hostile = (t for t in self.codebook.triggers.get((kind, s.lemmas[k]), ()) if QUADS.get(t.entry.type) == 4) if kind else ()
        return any(self._fit(s, k, t, phrases) is not None for t in hostile)

    @staticmethod
    def _kind(s: Sentence, i: int) -> str | None:
        tag = s.tags[i]
        if tag in VERBS:
            if s.deps[i] in ("aux", "auxpass"):
                return None
            if s.deps[i] in ("amod", "compound") and tag in ("VBN", "VBG"):
                return "adjective" if tag == "VBN" else None
            return "verb"
        if tag == "MD":  # 'Should Russia answer …' asks for nothing
            return None if any(c > i for c in s.all_children(s.heads[i], "nsubj", "nsubjpass")) else "verb"
        if tag in NOUNS:
            return "noun"
        if tag.startswith("JJ"):
            return "adjective"
        return None

    # ------------------------------------------------------------ slots
    def _fit(self, s: Sentence, i: int, trigger: Trigger, phrases: Phrases) -> Match | None:
        filled: list[int] = []
        for slot in trigger.slots:
            found = self.filler(s, i, slot, phrases)
            if slot.negated:
                if found is not None:
                    return None
            elif found is None:
                return None
            elif not slot.any and slot.kind not in ("clause", "negated clause"):
                filled.append(found)
        named = s.child(i, "oprd") if s.lemmas[i] in self.scope["naming"] else None
        if named is not None and named not in filled:
            return None  # 'called the arrests an internal affair' tells of no call: only what names the name fits
        return Match(i, trigger, tuple(filled))

    def filler(self, s: Sentence, i: int, slot: Slot, phrases: Phrases) -> int | None:
        """The token that fills a trigger's slot, if any."""
        if slot.kind == "object":
            objects = self.objects(s, i)
            objects += [p for k in objects for p in self._counted(s, k)]
            return next((k for k in objects if self._is(s, k, slot, phrases)), None)
        if slot.kind == "prep":
            for p in self.preps(s, i, slot.prep or ""):
                particle = s.deps[p] == "prt" or (s.heads[p] == i and p == i + 1 and s.child(p, "pobj", "pcomp") is None)
                held = self.objects(s, i) if particle else s.children[p]  # 'handed over trucks', 'handed trucks over'
                for k in [c for c in held if s.deps[c] in ("pobj", "pcomp", *_OBJECT)]:
                    for c in s.conjuncts(k):
                        if slot.any or self._is(s, c, slot, phrases):
                            return c
            return self._for_to(s, i) if slot.prep == "for" and slot.any else None
        if slot.kind == "modifier":
            near = [c for c in s.children[i] if s.deps[c] in _MODIFIERS]
            near += [k for c in near for k in s.children[c] if s.deps[k] in (*_MODIFIERS, "conj")]
            return next((c for c in near if self._is(s, c, slot, phrases)), None)
        if slot.kind == "particle":
            for c in s.children[i]:
                if s.deps[c] in ("prt", "advmod", "prep", "acomp", "oprd", "dobj", "neg", "dative", "ccomp", "advcl") and (
                    s.words[c].lower() in slot.words or s.lemmas[c] in slot.words
                ):
                    return c
            return i + 1 if i + 1 < len(s) and s.words[i + 1].lower() in slot.words else None
        if slot.kind in ("clause", "negated clause"):
            return self._clause(s, i, slot, phrases)
        below = [*s.children[i]]
        if s.lemmas[i] != "have":  # 'have a price to pay' is not 'have to pay'
            below += [c for k in s.children[i] if s.deps[k] in _OBJECT for c in s.children[k] if s.deps[c] in ("acl", "relcl")]
        for c in below:  # infinitive
            bare = (
                s.deps[c] in ("xcomp", "ccomp", "advcl", "acl", "relcl") and s.tags[c] == "VB" and (slot.any or s.lemmas[c] in slot.words)
            )
            if bare and any(s.words[k].lower() == "to" and s.deps[k] == "aux" for k in s.children[c]):
                return c
        return None

    def _counted(self, s: Sentence, k: int) -> list[int]:
        """What a number or a share is of: 'dozens of prisoners'."""
        if s.lemmas[k] not in self.scope["quantities"] and s.tags[k] != "CD":
            return []
        return [p for c in s.all_children(k, "prep") if s.words[c].lower() == "of" for p in s.all_children(c, "pobj")]

    @staticmethod
    def _for_to(s: Sentence, i: int) -> int | None:
        """Who is to act in 'called for the president to resign'."""
        for c in s.all_children(i, "ccomp", "advcl", "xcomp"):
            if s.tags[c] == "VB" and any(s.words[m].lower() == "for" for m in s.all_children(c, "mark", "prep")):
                return s.child(c, "nsubj", "nsubjpass")
        return None

    def _clause(self, s: Sentence, i: int, slot: Slot, phrases: Phrases) -> int | None:
        """The head of a complement clause that tells what the slot asks for, negated or not."""
        for c in s.all_children(i, "ccomp"):
            heads = [c, *s.all_children(c, "conj")]
            negated = any(s.child(k, "neg") is not None for k in heads)
            if negated != (slot.kind == "negated clause"):
                continue
            if WISHED in slot.classes:
                if any(_wished(s, k) for k in heads):
                    return c
            elif slot.any or any(self._hostile(s, k, phrases) and self._of_clause(s, k, c, negated) for k in s.subtree(c)):
                return c
        return None

    def _of_clause(self, s: Sentence, k: int, c: int, negated: bool) -> bool:
        """Whether a word names what clause c itself says was done, not what was thought of ('a decision to strike'); or, ``negated``, was
        not done: not 'the strikes were not coordinated', 'not right to fight'."""
        while k != c:
            head = s.heads[k]
            if not negated:
                if s.deps[k] in _APART:
                    return False
                k = head
                continue
            told_of = s.deps[k] in SUBJECTS and s.lemmas[head] in self.scope["occurring"] | self.scope["light"] | {"be"}
            if s.deps[k] not in _DENIED and not told_of:
                return False
            k = head
        return True

    def _is(self, s: Sentence, k: int, slot: Slot, phrases: Phrases) -> bool:
        if s.deps[k] == "oprd" and s.lemmas[s.heads[k]] in self.scope["naming"]:  # 'an internal affair': what somebody is called
            return s.lemmas[k] in slot.words
        if slot.any or s.lemmas[k] in slot.words or s.words[k].lower() in slot.words:
            return True
        if slot.phrases and any(p[-1] == s.lemmas[k] and self._modified(s, k, p[:-1]) for p in slot.phrases):
            return True
        if "@actor" in slot.classes and any(r.code for r in phrases.referents(s, k)):
            return True
        return "@person" in slot.classes and any(r.person or (r.sector and r.kind != "thing") for r in phrases.referents(s, k))

    @staticmethod
    def _modified(s: Sentence, k: int, words: tuple[str, ...]) -> bool:
        """Whether a noun has these words among its modifiers."""
        before = {s.lemmas[c] for c in s.all_children(k, *_MODIFIERS)}
        return before.issuperset(words)

    def objects(self, s: Sentence, i: int) -> list[int]:
        """Heads of a verb's objects (or passive subjects, or what a participle or relative clause describes), with their conjuncts."""
        out = [c for k in s.children[i] if s.deps[k] in _OBJECT for c in s.conjuncts(k)]
        if not out and s.deps[i] == "acl" and s.tags[i] == "VBN":
            out = [s.heads[i]]
        if s.deps[i] == "relcl":
            pronoun = next((c for c in s.children[i] if s.deps[c] in _OBJECT and s.tags[c] in ("WDT", "WP", "IN")), None)
            if pronoun is not None:
                out = [s.heads[i]]
        if not out and s.deps[i] == "conj" and s.is_verb(s.heads[i]) and s.child(i, "nsubj", "nsubjpass", "ccomp", "xcomp") is None:
            head = s.heads[i]
            passive = s.tags[i] == "VBN" and s.child(head, "nsubjpass") is not None
            after = [c for c in s.all_children(head, "dobj") if c > i]
            if passive or (after and s.child(i, "prep", "prt") is None):
                out = self.objects(s, head)
        if not out and s.child(i, "prep", "ccomp", "xcomp", "agent") is None:
            out = self._shared_object(s, i)
        if not out:
            out = self._object_with_predicate(s, i)
        if not out:  # 'walked off the job'
            out = [k for p in s.all_children(i, "prep") if s.words[p].lower() in PARTICLES for k in s.all_children(p, "pobj")]
        return out

    @staticmethod
    def _shared_object(s: Sentence, i: int) -> list[int]:
        """'limit — or eliminate — its role', 'ravaged, terrorised and brutalised the town': the object of the last verb is that of all."""
        last = i
        while (after := next((c for c in s.all_children(last, "conj") if last < c < last + 5 and s.is_verb(c)), None)) is not None:
            if s.child(after, *SUBJECTS) is not None:
                return []
            last = after
            if objects := s.all_children(last, "dobj"):
                return [c for k in objects for c in s.conjuncts(k)]
        return []

    @staticmethod
    def _object_with_predicate(s: Sentence, i: int) -> list[int]:
        """'found two officers guilty', 'want Mexico to pay', 'helped Nepal rebuild': who the object is, is parsed as a clause's subject."""
        for c in s.all_children(i, "ccomp", "xcomp"):
            bare = s.tags[c] == "VB" and not any(s.deps[k] in ("mark", "aux") and s.words[k] != "to" for k in s.children[c])
            if bare or s.tags[c][:2] in ("JJ", "NN"):
                return [n for k in s.all_children(c, "nsubj") for n in s.conjuncts(k)]
        return []

    def preps(self, s: Sentence, i: int, word: str) -> list[int]:
        """Prepositions of this form under token i, its objects or its particles."""
        if word not in s.vocabulary():
            return []
        holders = [c for c in s.children[i] if s.deps[c] in (*_OBJECT, "prt", "advmod", "prep", "xcomp", "acomp")]
        holders = [i, *(c for c in holders if s.words[c].lower() not in self.citing)]  # 'were freed, according to Moscow': not to Moscow
        beside = [s.heads[i]] if s.deps[i] in ("oprd", "acomp") else []  # 'called them complicit in': hung on the verb
        beside = [c for h in beside for c in s.children[h] if c == i + 1 and s.deps[c] == "prep" and s.words[c].lower() == word]
        return beside + [
            c
            for h in holders
            for c in s.children[h]
            if s.deps[c] in ("prep", "agent", "prt", "dative", "mark", "advmod") and s.words[c].lower() == word
        ]

    def _light(self, s: Sentence, i: int) -> int | None:
        """The light verb that has the noun as its object: 'conducted a search'."""
        first = s.conjuncts(i)[0] if s.deps[i] == "conj" else i
        head = s.heads[first]
        if s.deps[first] in _OBJECT and s.is_verb(head) and s.lemmas[head] in self.scope["light"]:
            return head
        if s.deps[first] == "pobj" and s.lemmas[s.heads[head]] in self.scope["light"] and s.is_verb(s.heads[head]):
            return s.heads[head]
        return None


def _wished(s: Sentence, k: int) -> bool:
    """Whether a clause tells what is to be done: 'that Armenia change its constitution', 'that he be freed', 'that they should leave'."""
    helpers = s.all_children(k, "aux", "auxpass")
    if any(s.tags[c] == "MD" for c in helpers):
        return any(s.lemmas[c] in ("should", "must") for c in helpers)
    first = helpers[0] if helpers else k
    single = any(s.tags[c] in ("NN", "NNP") for c in s.all_children(k, "nsubj"))
    return s.tags[first] == "VB" or (s.tags[first] == "VBP" and single and s.child(k, "nsubj", "nsubjpass") is not None)
