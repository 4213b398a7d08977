"""Whose act a noun names, and to whom it is done: 'Russia's raid on homes', 'a visit by', 'conducted a search of'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language import Sentence
from .once import once
from .referents import Referent, political
from .triggers import Match
from .voice import noun_preps

if TYPE_CHECKING:
    from .roles import RoleFinder

Filled = list[Referent]
_MODIFIERS = ("amod", "compound", "nmod", "npadvmod")
OF_OBJECT = ("of", "on", "against", "in", "at", "over", "to", "for", "with")


class NounRoles:
    """The role slots of nouns; what stands in clauses around them is asked of the finder of verbs' roles."""

    def __init__(self, verbs: RoleFinder) -> None:
        self.verbs = verbs

    def slot(self, s: Sentence, match: Match, slot: str) -> Filled:
        i = match.token
        if slot == "subject":
            by_another = any(s.words[p].lower() == "by" for p in s.all_children(i, "prep", "agent"))
            return self._doers(s, match) or ([] if by_another else self.governing_subject(s, i))
        if slot == "object":
            below = s.all_children(i, "prep") or _shared(s, i)
            for word in OF_OBJECT if below else ():
                found = [r for p in below if s.words[p].lower() == word for r in self.verbs.under(s, p) if self.verbs.admits(r)]
                if found:
                    return found
            suffers = [r for r in self._suffers(s, i) if self.verbs.admits(r)]
            return suffers or self._light_object(s, match) or self._named(s, match) or self._hit(s, i)
        if slot == "possessor":
            return [r for c in s.all_children(i, "poss") for r in self.verbs.phrases.group(s, c)]
        if slot == "modifier":
            return [r for c in s.all_children(i, *_MODIFIERS) for r in self.verbs.phrases.group(s, c) if self.verbs.phrases.hit(s, c)]
        if slot == "between":
            of = (o for p in s.all_children(i, "prep") if s.words[p].lower() == "of" for o in s.all_children(p, "pobj"))
            inside = [i, *dict.fromkeys((*match.filled, *of))]  # also of what it is of: 'the signing of the accord between'
            preps = [p for k in inside for p in s.all_children(k, "prep") if s.words[p].lower() in ("between", "among")]
            return [r for p in preps for r in self.verbs.under(s, p)]
        if slot == "content":
            return self.verbs.content(s, i) or self.content_of(s, i, {r.code for r in self.owner(s, i)})
        found = [r for p in noun_preps(self.verbs.finder, self.verbs.phrases, s, i, slot) for r in self.verbs.under(s, p)]
        carried = s.deps[i] in ("dobj", "nsubjpass", "pobj") or (
            s.deps[i] == "nsubj" and s.lemmas[s.heads[i]] in self.verbs.scope["occurring"]
        )
        if not found and carried and not (slot == "by" and self._reacted_to(s, i)):
            found = self.verbs.prep(s, s.heads[i], slot)
        return found

    def _reacted_to(self, s: Sentence, i: int) -> bool:
        """Whether who stands after the verb's 'by' only speaks of the act: 'the strike was condemned by Poland'."""
        verb = s.lemmas[s.heads[i]]
        return verb in self.verbs.words["reacting"] and verb not in self.verbs.words["owning"]

    def content_of(self, s: Sentence, i: int, owner: set[str | None]) -> Filled:
        """Whom the infinitive or phrase under a noun speaks of beside its owner: 'the threat to bomb Lebanon'."""
        if not owner:
            return []
        for c in s.all_children(i, "acl", "prep"):
            named = (k for k in s.subtree(c) if s.is_noun(k) and s.deps[k] != "compound")
            out = {r.code: r for k in named for r in self.verbs.phrases.referents(s, k) if political(r) and r.code not in owner}
            if out:
                return list(out.values())
        return []

    def _hit(self, s: Sentence, i: int) -> Filled:
        """Whom an act hits that is the subject of its effect: 'the strike hit a village', 'the violation angered India'."""
        verb = s.heads[i]
        return self.verbs.object(s, verb) if s.deps[i] == "nsubj" and s.lemmas[verb] in self.verbs.scope["affecting"] else []

    @once
    def owner(self, s: Sentence, i: int) -> Filled:
        """Whose act a noun names: 'Russia's raid', 'a raid by Russia', 'a Russian raid', 'an Israel strike'."""
        suffers = {r.span for r in self._suffers(s, i)}
        for c in s.all_children(i, "poss"):
            found = [r for r in self.verbs.phrases.group(s, c) if self.verbs.admits(r) and r.span not in suffers]
            if found:
                return found
        for c in noun_preps(self.verbs.finder, self.verbs.phrases, s, i, "by"):
            return self.verbs.under(s, c)
        for c in s.all_children(i, "acl"):
            if s.deps[c] == "acl" and s.tags[c] == "VBN":
                by = [r for a in s.all_children(c, "agent") for r in self.verbs.under(s, a)]
                if by:
                    return by
        out: Filled = []
        for c in s.all_children(i, *_MODIFIERS):
            for r in self._modifiers(s, c):
                if (
                    self.verbs.admits(r)
                    and r.via in ("demonym", "name", "people", "short", "seat", "capital")
                    and all(r.code != o.code for o in out)
                ):
                    out.append(r)
        if out:
            return out
        for c in s.all_children(i, "prep"):
            if s.words[c].lower() == "from" and s.lemmas[i] not in self.verbs.words["leaving"]:
                return [r for r in self.verbs.under(s, c) if self.verbs.admits(r)]
        return []

    def _doers(self, s: Sentence, match: Match) -> Filled:
        """Whose act it is; not the town where force was used ('the Paris attacks') or whom it was used on."""
        found = self.owner(s, match.token)
        if match.trigger.entry.type != "ASSAULT" or self._possessed(s, match.token):
            return found
        before = [r for c in s.all_children(match.token, *_MODIFIERS) for r in self._modifiers(s, c)]
        others = {r.span for r in before if r.kind == "place" or r.via == "capital" or r.person}
        return [r for r in found if r.span not in others]

    def _named(self, s: Sentence, match: Match) -> Filled:
        """Whom force was used on, named before it: 'the Soleimani killing'."""
        if match.trigger.entry.type != "ASSAULT" or self._possessed(s, match.token):
            return []
        return [r for c in s.all_children(match.token, *_MODIFIERS) for r in self._modifiers(s, c) if r.person]

    def _possessed(self, s: Sentence, i: int) -> bool:
        """Whether an act is somebody's, not a time's: 'Israel's strike', not 'last week's Paris attacks'."""
        times = self.verbs.words["times"] | self.verbs.words["spans"]
        return any(s.words[c].lower() not in times and s.lemmas[c] not in times for c in s.all_children(i, "poss"))

    def _suffers(self, s: Sentence, i: int) -> Filled:
        """The person whose killing, arrest or release it is: not 'Assad's killing of protesters', 'Trump's Soleimani killing'."""
        if s.lemmas[i] not in self.verbs.words["suffered"] or s.tags[i] in ("NNS", "NNPS"):
            return []
        if any(s.words[p].lower() in ("of", "against") for p in s.all_children(i, "prep")):
            return []
        before = [r for c in s.all_children(i, *_MODIFIERS) for r in self._modifiers(s, c)]
        if any(r.person for r in before):
            return []
        return [r for c in s.all_children(i, "poss") for r in self.verbs.phrases.group(s, c) if r.person or r.via == "unknown"]

    def _modifiers(self, s: Sentence, c: int) -> Filled:
        out = list(self.verbs.phrases.referents(s, c)) if self.verbs.phrases.hit(s, c) else []
        for k in s.children[c]:
            if s.deps[k] in (*_MODIFIERS, "conj"):
                out += self._modifiers(s, k)
        return out

    def governing_subject(self, s: Sentence, i: int) -> Filled:
        """Subject of the (light) verb that governs a noun, also through a preposition: 'has no intention of holding a call'."""
        k, dep = i, s.deps[i]
        if dep == "conj":
            k = s.conjuncts(i)[0]
            dep = s.deps[k]
            if (owner := self.owner(s, k)) and k != i:
                return owner
        head = s.heads[k]
        if dep == "nsubjpass" and s.lemmas[head] in self.verbs.accuse:  # 'the killing was blamed on Syria'
            return self.verbs.prep(s, head, "on")
        if dep in ("dobj", "attr", "oprd", "nsubjpass") and s.is_verb(head):
            if s.lemmas[head] in self.verbs.scope["undergo"] | self.verbs.words["reacting"]:
                return []
            if dep == "attr" and any(s.words[c].lower() in ("it", "this", "that") for c in s.all_children(head, "nsubj")):
                return []  # 'It was the second strike': the act itself
            return self.verbs.subject(s, head)
        if dep == "pobj":
            above = s.heads[head]
            if s.words[head].lower() == "behind" and s.lemmas[above] == "be":  # 'Iran was behind the bombing'
                return self.verbs.subject(s, above)
            if s.is_verb(above) and s.lemmas[above] in self.verbs.accuse and s.words[head].lower() in ("for", "of", "over"):
                return self.verbs.object(s, above)  # 'blamed Israel for the strikes'
            word = s.words[head].lower()
            bearing = self.verbs.words["amounts"] | self.verbs.words["bearing"] | self.verbs.scope["planned"]
            carrying = self.verbs.scope["light"] | self.verbs.scope["planned"]
            if s.is_verb(above) and s.lemmas[above] in carrying and word in ("by", "in", "of", "on", "to", "with"):
                return self.verbs.subject(s, above)
            if s.is_noun(above) and word in ("of", "in", "for", "to") and s.lemmas[above] in bearing:
                return self.owner(s, above)
        return []

    def _light_object(self, s: Sentence, match: Match) -> Filled:
        if match.light is None:
            return []
        if s.lemmas[match.light] in self.verbs.scope["undergo"]:
            return self.verbs.subject(s, match.light)
        for word in ("against", "on", "to", "at", "in", "with"):
            found = [r for r in self.verbs.prep(s, match.light, word) if self.verbs.admits(r)]
            if found:
                return found
        return [r for c in s.all_children(match.light, "dative") for r in self.verbs.phrases.group(s, c)]


def _shared(s: Sentence, i: int) -> list[int]:
    """Prepositions after a coordination that hang under its first noun: 'the torture and murder of citizens'."""
    first = s.heads[i]
    return [p for p in s.all_children(first, "prep") if p > i] if s.deps[i] == "conj" and s.is_noun(first) else []
