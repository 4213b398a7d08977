"""Who acts and to whom: role slots of a codebook entry filled from the parse."""

from __future__ import annotations

from collections.abc import Callable

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from .phrases import Phrases
from .referents import Referent
from .triggers import Match, TriggerFinder

Filled = list[Referent]
_SUBJECTS = ("nsubj", "nsubjpass")
_MODIFIERS = ("amod", "compound", "nmod", "npadvmod")
_WHOLE = frozenset({"thing", "state", "territory", "place"})  # what is no part of a country that may face its other parts
_OF_OBJECT = ("of", "on", "against", "in", "at", "over", "to", "for", "with")

_WHOSE = ("by", "from")  # of what is said or done: 'the demands by', 'a request from'


class RoleFinder:
    """Fills the slots of a trigger in one document."""

    def __init__(
        self,
        finder: TriggerFinder,
        phrases: Phrases,
        recalled: Callable[[Sentence, int], Filled],
        speaker: Callable[[Sentence, int], Filled],
        admits: Callable[[Referent], bool] | None = None,
    ) -> None:
        self.speaker = speaker  # who says the words in which a token stands
        self.admits = admits or political  # whom a slot may hold
        self.finder = finder
        self.phrases = phrases
        self.recalled = recalled  # who acted in the event that a noun ('the incident') recalls
        self.scope = load_lexicon("scope")
        self.words = load_lexicon("phrases")
        self.accuse = load_lexicon("reporting")["accuse"]

    def fill(self, s: Sentence, match: Match, role: str) -> tuple[Filled, str | None]:
        """The political actors of one role ('actor' or 'recipient') and the slot that gave them."""
        for slot in match.trigger.entry.roles.get(role, ()):
            found = [r for r in self.slot(s, match, slot) if self.admits(r)]
            if found:
                return found, slot
        return [], None

    def slot(self, s: Sentence, match: Match, slot: str) -> Filled:
        """Whom one slot holds, whether political actors or not."""
        i = match.token
        kind = match.trigger.pos
        if slot == "speaker":
            return self.speaker(s, i)
        if slot == "told":
            return self._told(s, s.heads[i] if s.tags[i] == "MD" else i)
        if slot == "purpose":
            return self._purpose(s, match)
        if slot == "benefit":
            return self._benefit(s, i)
        if kind == "noun":
            return self._noun_slot(s, match, slot)
        if slot == "subject":
            return self.subject(s, i)
        if slot == "object":
            return self.object(s, i)
        if slot == "indirect":
            return [r for c in s.all_children(i, "dative") for r in self._under(s, c)]
        if slot == "clause":
            return [
                r for c in s.all_children(i, "ccomp", "xcomp", "pcomp") for r in self.subject(s, c, climb=False) or self._judged(s, c)
            ] or self._clause_of_object(s, i)
        if slot == "content":
            return self._content(s, i)
        if slot in ("possessor", "modifier"):
            return []
        return self._prep(s, i, slot)

    def _told(self, s: Sentence, verb: int) -> Filled:
        """Of whom a clause is told: its subject, active or passive, or whose the subject is."""
        return [r for c in s.all_children(verb, *_SUBJECTS) for r in self._affected(s, c)]

    # ------------------------------------------------------------ verbs
    def subject(self, s: Sentence, i: int, climb: bool = True) -> Filled:
        """Who does what a verb (or an adjective after 'be') says: subject, passive agent, controller of an infinitive or participle."""
        if not s.is_verb(i):
            predicate = s.deps[i] in ("acomp", "attr", "oprd", "conj") and s.heads[i] != i
            return self.subject(s, s.heads[i]) if predicate else self._owner(s, i)
        passive = self._passive(s, i)
        if passive:
            for agent in s.all_children(i, "agent", "prep"):
                if s.words[agent].lower() == "by":
                    return [r for p in s.all_children(agent, "pobj") for r in self.phrases.group(s, p)]
            return []
        for c in s.all_children(i, *_SUBJECTS):
            return self._acting(s, c)
        if not climb or s.heads[i] == i:
            return []
        return self._controller(s, i)

    def _controller(self, s: Sentence, i: int) -> Filled:
        head, dep = s.heads[i], s.deps[i]
        if dep == "conj":
            return self.subject(s, head) if not (self._passive(s, head) and not self._passive(s, i)) else self._passive_subject(s, head)
        if dep == "relcl":
            return self._acting(s, head)
        if dep == "acl":
            if s.tags[i] == "VBG":
                return self._acting(s, head)
            return self._owner(s, head) or (self._governing_subject(s, head) if s.tags[i] == "VB" else []) or self._acting(s, head)
        if dep == "pcomp":  # 'by finalizing', 'of holding', 'for attacking'
            above = s.heads[head]
            if s.is_verb(above):
                objects = s.all_children(above, "dobj")
                if s.words[head].lower() in ("of", "for", "from", "against") and objects:
                    return [r for o in objects for r in self.phrases.group(s, o)]
                return self._passive_subject(s, above) if self._passive(s, above) else self.subject(s, above)
            if s.is_noun(above):
                return self._owner(s, above) or self._governing_subject(s, above)
            verb = next((k for k in s.ancestors(above) if s.is_verb(k)), None)
            return self.subject(s, verb) if verb is not None else []
        if dep in ("xcomp", "advcl", "ccomp", "oprd") and (s.is_verb(head) or s.tags[head].startswith("JJ")):
            if dep == "xcomp":
                objects = [c for c in s.children[head] if s.deps[c] in ("dobj", "dative")]
                if objects:
                    return [r for o in objects for r in self._acting(s, o)]
                to = next((c for c in s.all_children(head, "prep") if s.words[c].lower() in ("on", "for", "upon", "to")), None)
                if to is not None and s.lemmas[head] in self.scope["demanded"]:
                    return self._under(s, to)
            if dep == "ccomp" and s.tags[i] not in ("VB", "VBG"):
                return []
            return self._passive_subject(s, head) if self._passive(s, head) else self.subject(s, head)
        if dep == "xcomp" and s.is_noun(head):
            return self._owner(s, head) or self._governing_subject(s, head)
        return []

    def _passive_subject(self, s: Sentence, i: int) -> Filled:
        seen = 0
        while seen < 5:
            for c in s.all_children(i, "nsubjpass"):
                return self._acting(s, c)
            if s.deps[i] != "conj":
                break
            i, seen = s.heads[i], seen + 1
        return self._acting(s, s.heads[i]) if s.deps[i] in ("acl", "relcl") else []

    def _passive(self, s: Sentence, i: int) -> bool:
        if s.child(i, "auxpass", "nsubjpass", "agent") is not None:
            return True
        if s.tags[i] != "VBN" or s.child(i, "aux", "nsubj", "dobj") is not None:
            return False
        if s.deps[i] in ("acl", "amod", "advcl"):
            return True
        return s.deps[i] == "conj" and s.is_verb(s.heads[i]) and self._passive(s, s.heads[i])

    def _acting(self, s: Sentence, i: int) -> Filled:
        """A subject phrase. A bare thing ('pressure') does not act; its holder does where the noun is a body or recalls an act."""
        out = self.phrases.group(s, i)
        if not [r for r in out if self.admits(r)]:
            return self.recalled(s, i)
        return out

    def object(self, s: Sentence, i: int) -> Filled:
        """To whom: the object or passive subject, the holder of a thing, whoever acted in a recalled event."""
        out: Filled = []
        for k in self.finder.objects(s, i):
            out += [r for r in self._affected(s, k) if all(r.code != o.code or r.id != o.id for o in out)]
        return out

    def _affected(self, s: Sentence, k: int) -> Filled:
        found = [r for r in self.phrases.group(s, k) if self.admits(r)]
        if found:
            return found
        words = _OF_OBJECT + _WHOSE if s.lemmas[k] in self.words["recalling"] else _OF_OBJECT
        for prep in s.all_children(k, "prep", "agent"):
            if s.words[prep].lower() in words:
                found = [r for r in self._under(s, prep) if self.admits(r)]
                if found:
                    return found
        for clause in s.all_children(k, "acl"):  # 'homes inhabited by Azerbaijanis'
            below = s.all_children(clause, "agent", "prep") if s.tags[clause] == "VBN" else []
            found = [r for p in below for r in self._named_under(s, p) if self.admits(r)]
            if found:
                return found
        return self.recalled(s, k)

    def _named_under(self, s: Sentence, prep: int) -> Filled:
        return [r for p in s.all_children(prep, "pobj") for r in self.phrases.group(s, p)]

    def _clause_of_object(self, s: Sentence, i: int) -> Filled:
        return [r for c in s.all_children(i, "prep") for v in s.all_children(c, "pcomp") for r in self.object(s, v)]

    def _judged(self, s: Sentence, i: int) -> Filled:
        """Of whom an adjective tells what was found: 'found the officer guilty'."""
        return [r for c in s.all_children(i, "nsubj") for r in self.phrases.group(s, c)] if s.tags[i] == "JJ" else []

    def _benefit(self, s: Sentence, i: int) -> Filled:
        """For whom: the object of an infinitive of purpose, also under the verb's object: 'gave money to help refugees'."""
        holders = [i, *s.all_children(i, "dobj", "nsubjpass")]
        return [r for h in holders for c in s.all_children(h, "advcl", "acl", "xcomp") if s.tags[c] == "VB" for r in self.object(s, c)]

    def _content(self, s: Sentence, i: int) -> Filled:
        """Whom a complement clause speaks of beside the speaker: its subject first, then anyone named in it; else somebody of the
        speaker's own country who is the clause's subject or object."""
        speakers = self.subject(s, i)
        codes, spans = {r.code or r.span for r in speakers}, {r.span for r in speakers}
        clauses = s.all_children(i, "ccomp", "xcomp", "pcomp", "advcl")
        for c in clauses:
            named = (k for k in s.subtree(c) if s.is_noun(k) and s.deps[k] != "compound")
            for group in (self.subject(s, c, climb=False), [r for k in named for r in self.phrases.referents(s, k)]):
                out = [r for r in group if self.admits(r) and (r.code or r.span) not in codes]
                if out:
                    return out
        for c in clauses:
            for group in (self.subject(s, c, climb=False), self._passive_subject(s, c), self.object(s, c)):
                out = [r for r in group if self.admits(r) and r.span not in spans and r.via != "pronoun" and r.kind not in _WHOLE]
                if out:
                    return out
        return []

    def _purpose(self, s: Sentence, match: Match) -> Filled:
        """At whom a protest is aimed: 'marched to demand that the president resign', 'a strike in protest of the premier's plan'."""
        over = [k for k in (match.token, match.light, s.heads[match.token]) if k is not None]
        for k in over:
            for c in s.children[k]:
                purpose = s.deps[c] in ("advcl", "xcomp", "acl") or (s.deps[c] == "relcl" and s.tags[c] == "VB")
                if purpose and s.lemmas[c] in self.scope["aims"]:
                    found = [r for r in self._affected_by(s, c) if self.admits(r)]
                    if found:
                        return found
                if s.deps[c] == "prep" and s.words[c].lower() in ("in", "as"):
                    for p in s.all_children(c, "pobj"):
                        if s.lemmas[p] in self.scope["aims"]:
                            found = [r for q in s.all_children(p, "prep") for r in self._under(s, q) if self.admits(r)]
                            if found:
                                return found
        return []

    def _affected_by(self, s: Sentence, verb: int) -> Filled:
        """Object, complement and prepositional phrases of a verb of demand or protest."""
        out = self.object(s, verb) or self._content(s, verb)
        for word in ("on", "against", "at", "from", "of", "by", "with"):
            out = out or [r for r in self._prep(s, verb, word) if self.admits(r)]
        return out

    def _prep(self, s: Sentence, i: int, word: str) -> Filled:
        nested = [p for k in s.all_children(i, "prep") for o in s.all_children(k, "pobj") for p in s.all_children(o, "prep")]
        for prep in (*self.finder.preps(s, i, word), *(p for p in nested if s.words[p].lower() == word)):
            found = self._under(s, prep)
            if found:
                return found
        return []

    def _under(self, s: Sentence, prep: int) -> Filled:
        out: Filled = []
        for p in s.all_children(prep, "pobj"):
            out += self.phrases.group(s, p)
            if not [r for r in out if self.admits(r)]:
                out = self._affected(s, p)
        for c in s.all_children(prep, "pcomp"):
            out += self.object(s, c) or self.subject(s, c, climb=False)
        for c in s.all_children(prep, "prep"):
            out += self._under(s, c)
        return out or (self.phrases.group(s, prep) if s.deps[prep] == "dative" and s.is_noun(prep) else [])

    # ------------------------------------------------------------ nouns
    def _noun_slot(self, s: Sentence, match: Match, slot: str) -> Filled:
        i = match.token
        if slot == "subject":
            return self._owner(s, i) or self._governing_subject(s, i)
        if slot == "object":
            for word in _OF_OBJECT:
                found = [r for p in s.all_children(i, "prep") if s.words[p].lower() == word for r in self._under(s, p) if self.admits(r)]
                if found:
                    return found
            return self._light_object(s, match)
        if slot == "possessor":
            return [r for c in s.all_children(i, "poss") for r in self.phrases.group(s, c)]
        if slot == "modifier":
            return [r for c in s.all_children(i, *_MODIFIERS) for r in self.phrases.group(s, c) if self.phrases.hit(s, c)]
        if slot == "between":
            return [r for p in s.all_children(i, "prep") if s.words[p].lower() in ("between", "among") for r in self._under(s, p)]
        found = [r for p in s.all_children(i, "prep") if s.words[p].lower() == slot for r in self._under(s, p)]
        if not found and s.deps[i] in ("dobj", "nsubjpass", "pobj"):
            found = self._prep(s, s.heads[i], slot)
        return found

    def _owner(self, s: Sentence, i: int) -> Filled:
        """Whose act a noun names: 'Russia's raid', 'a raid by Russia', 'a Russian raid', 'an Israel strike'."""
        for c in s.all_children(i, "poss"):
            found = [r for r in self.phrases.group(s, c) if self.admits(r)]
            if found:
                return found
        for c in s.all_children(i, "prep", "agent", "acl"):
            if s.words[c].lower() == "by":
                return self._under(s, c)
            if s.deps[c] == "acl" and s.tags[c] == "VBN":
                by = [r for a in s.all_children(c, "agent") for r in self._under(s, a)]
                if by:
                    return by
        out: Filled = []
        for c in s.all_children(i, *_MODIFIERS):
            for r in self._modifiers(s, c):
                if (
                    self.admits(r)
                    and r.via in ("demonym", "name", "people", "short", "seat", "capital")
                    and all(r.code != o.code for o in out)
                ):
                    out.append(r)
        if out:
            return out
        for c in s.all_children(i, "prep"):
            if s.words[c].lower() == "from":
                return [r for r in self._under(s, c) if self.admits(r)]
        return []

    def _modifiers(self, s: Sentence, c: int) -> Filled:
        out = list(self.phrases.referents(s, c)) if self.phrases.hit(s, c) else []
        for k in s.children[c]:
            if s.deps[k] in (*_MODIFIERS, "conj"):
                out += self._modifiers(s, k)
        return out

    def _governing_subject(self, s: Sentence, i: int) -> Filled:
        """Subject of the (light) verb that governs a noun, also through a preposition: 'has no intention of holding a call'."""
        k, dep = i, s.deps[i]
        if dep == "conj":
            k = s.conjuncts(i)[0]
            dep = s.deps[k]
            if (owner := self._owner(s, k)) and k != i:
                return owner
        head = s.heads[k]
        if dep in ("dobj", "attr", "oprd", "nsubjpass") and s.is_verb(head):
            if s.lemmas[head] in self.scope["undergo"] | self.words["reacting"]:
                return []
            return self.subject(s, head)
        if dep == "pobj":
            above = s.heads[head]
            if s.is_verb(above) and s.lemmas[above] in self.accuse and s.words[head].lower() in ("for", "of", "over"):
                return self.object(s, above)  # 'blamed Israel for the strikes'
            word = s.words[head].lower()
            if (
                s.is_verb(above)
                and s.lemmas[above] in self.scope["light"] | self.scope["planned"]
                and word not in ("after", "before", "for", "over")
            ):
                return self.subject(s, above)
            if s.is_noun(above) and word in ("of", "in", "for", "to") and s.lemmas[above] not in self.words["reactions"]:
                return self._owner(s, above)
        return []

    def _light_object(self, s: Sentence, match: Match) -> Filled:
        if match.light is None:
            return []
        if s.lemmas[match.light] in self.scope["undergo"]:
            return self.subject(s, match.light)
        for word in ("against", "on", "to", "at", "in", "with"):
            found = [r for r in self._prep(s, match.light, word) if self.admits(r)]
            if found:
                return found
        return [r for c in s.all_children(match.light, "dative") for r in self.phrases.group(s, c)]


def political(r: Referent) -> bool:
    """Whether a referent may act in a coded event: it belongs to a country or the directory knows it. A bare role ('workers') does not."""
    return r.code is not None and r.via != "unknown"
