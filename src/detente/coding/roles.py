"""Who acts and to whom: role slots of a codebook entry filled from the parse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from ..records import QUADS
from .aims import benefit, purpose
from .anaphora import thing_meant, treaty_parties
from .noun_roles import OF_OBJECT, NounRoles
from .once import once
from .phrases import Phrases
from .referents import Referent, faceable, listed_places, political
from .triggers import Match, TriggerFinder
from .voice import first_clause, passive

Filled = list[Referent]
_SUBJECTS = ("nsubj", "nsubjpass")
_MODIFIERS = ("amod", "compound", "nmod", "npadvmod")
#: of a thing also: 'reports by Thai media', 'dissent among clerics'
_OF_THING = (*OF_OBJECT, "by", "among", "between", "about", "near", "into")

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
        self.nouns = NounRoles(self)

    def fill(self, s: Sentence, match: Match, role: str) -> tuple[Filled, str | None]:
        """The political actors of one role ('actor' or 'recipient') and the slot that gave them."""
        own: tuple[Filled, str | None] = ([], None)
        for slot in match.trigger.entry.roles.get(role, ()):
            held = self.slot(s, match, slot)
            if slot == "of" and role == "actor" and match.trigger.pos == "verb":  # 'enjoys the support of', but 'pulling out of'
                held = [r for k in match.filled if s.is_noun(k) for r in self.prep(s, k, slot)]
            found = [r for r in held if self.admits(r)]
            if role == "recipient" and slot == "in" and match.trigger.entry.type == "ASSAULT":
                found = [r for r in found if not self._in_an_act(s, match.token, r)]
            if role == "recipient" and listed_places(found, match.trigger.entry.type):
                continue
            if found and role == "recipient" and self._means(s, match, found):
                own = own if own[0] else (found, slot)
            elif found:
                return found, slot
        if any(r.sector not in (None, "MIL") for r in own[0]):
            return own
        if role == "actor" and self._done(s, match) and match.word is not None:
            return self.nouns.owner(s, match.word), "subject"
        if role == "recipient":
            found = self._complement(s, match)
            if found:
                return found, "complement"
        return [], None

    def _done(self, s: Sentence, match: Match) -> bool:
        """Whether a light verb in the passive carries the act, so that the act's owner acts: 'an Armenian rally was held'."""
        verb = match.token
        return match.word is not None and passive(s, verb) and s.lemmas[verb] not in self.scope["undergo"] | self.scope["taking"]

    def _means(self, s: Sentence, match: Match, found: Filled) -> bool:
        """Whether a bare noun counts as the subject's only because it acts: 'moved troops', 'sent a delegation', 'used force'."""
        if match.trigger.pos != "verb" or any(r.via not in ("role", "recalled") or r.kind != "body" for r in found):
            return False
        return {r.code for r in found} <= {r.code for r in self.subject(s, match.token)}

    def _in_an_act(self, s: Sentence, i: int, r: Referent) -> bool:
        """Whether somebody stands under another act in which it was done: 'killed in an Israeli strike', 'in clashes with the police'."""
        k = next((k for k in range(len(s)) if r.span[0] <= s.starts[k] < r.span[1] and s.heads[k] != k and s.deps[k] == "pobj"), None)
        while k is not None and k != i and s.heads[k] != k:
            if s.is_noun(k) and self.finder.names_act(s, k, self.phrases):
                return True
            k = s.heads[k]
        return False

    def _complement(self, s: Sentence, match: Match) -> Filled:
        """Whom the words concern that the trigger itself asks for: 'broke into the Mexican embassy'."""
        if match.trigger.pos != "verb" or self.finder.objects(s, match.token):
            return []
        actors = {r.code for r in self.subject(s, match.token)}
        for slot in match.trigger.slots:
            # 'spied for Moscow': not on it
            if slot.kind != "prep" or slot.negated or (slot.prep == "for" and QUADS.get(match.trigger.entry.type) == 4):
                continue
            k = self.finder.filler(s, match.token, slot, self.phrases)
            found = [r for r in self._affected(s, k) if self.admits(r) and r.code not in actors] if k is not None else []
            if found:
                return found
        return []

    def slot(self, s: Sentence, match: Match, slot: str) -> Filled:
        """Whom one slot holds, whether political actors or not."""
        i = match.token
        kind = match.trigger.pos
        if slot == "speaker":
            if s.deps[i] == "oprd" and s.child(s.heads[i], "dobj") is not None:  # 'called Belarus complicit'
                return self.subject(s, s.heads[i])
            return self.speaker(s, i)
        if slot == "told":
            return self._told(s, s.heads[i] if s.tags[i] == "MD" else i)
        if slot == "purpose":
            return purpose(self, s, match)
        if slot == "benefit":
            return benefit(self, s, i)
        if kind == "noun":
            return self.nouns.slot(s, match, slot)
        if slot == "subject":
            return self.subject(s, i)
        if slot == "object":
            return self.object(s, i, match.word)
        if slot == "indirect":
            return [r for c in s.all_children(i, "dative") for r in self.under(s, c)]
        if slot == "clause":
            return [
                r for c in s.all_children(i, "ccomp", "xcomp", "pcomp") for r in self.subject(s, c, climb=False) or self._judged(s, c)
            ] or self._clause_of_object(s, i)
        if slot == "owner":  # 'denied Iran's claim': whose claim it was, not what it was about
            mine = {(r.code, r.sector) for r in self.subject(s, i)}
            recalled = ((k, [r for r in self._told_at(s, k) if (r.code, r.sector) not in mine]) for k in self.finder.objects(s, i))
            return [r for k, before in recalled for r in (self.nouns.owner(s, k) or before)]
        if slot == "content":
            speaker = {r.code for r in self.subject(s, i)}
            return self.content(s, i) or [r for k in match.filled for r in self.nouns.content_of(s, k, speaker)]
        if slot in ("possessor", "modifier") or (slot == "by" and passive(s, i)):
            return []
        return self.prep(s, i, slot) or [r for k in match.filled if not self._named_before(s, k) for r in self.prep(s, k, slot)]

    def _told(self, s: Sentence, verb: int) -> Filled:
        """Of whom a clause is told: its subject, active or passive, or whose the subject is."""
        told = [r for c in s.all_children(verb, *_SUBJECTS) for r in self._affected(s, c)]
        return told or [r for c in s.all_children(verb, "csubj", "csubjpass") for r in self.object(s, c)]

    @once
    def subject(self, s: Sentence, i: int, climb: bool = True) -> Filled:
        """Who does what a verb (or an adjective after 'be') says: subject, passive agent, controller of an infinitive or participle."""
        if not s.is_verb(i) or s.deps[i] == "acomp":
            if s.deps[i] == "oprd" and s.child(s.heads[i], "dobj") is not None:
                return self.object(s, s.heads[i])  # 'called Belarus complicit'
            predicate = s.deps[i] in ("acomp", "attr", "oprd", "conj") and s.heads[i] != i
            return self.subject(s, s.heads[i]) if predicate else self.nouns.owner(s, i)
        if passive(s, i):
            for agent in s.all_children(i, "agent", "prep"):
                if s.words[agent].lower() == "by":
                    return [r for p in s.all_children(agent, "pobj") for r in self.phrases.group(s, p)]
            return []
        for c in s.all_children(i, *_SUBJECTS):
            return self._acting(s, c)
        for c in s.all_children(i, "csubj"):  # 'the senator appearing on television urged', read as a clause that urged
            if s.tags[c] == "VBG" and s.child(c, "nsubj") is not None:
                return self.subject(s, c, climb=False)
        if climb and (first := first_clause(s, i)) is not None:
            return self.subject(s, first, climb=False)
        if not climb or s.heads[i] == i:
            return []
        return self._controller(s, i)

    def _controller(self, s: Sentence, i: int) -> Filled:
        head, dep = s.heads[i], s.deps[i]
        if dep == "conj":
            return self.subject(s, head) if not (passive(s, head) and not passive(s, i)) else self._passive_subject(s, head)
        if dep in ("acl", "relcl", "xcomp") and s.tags[i] == "VB" and s.deps[head] in ("attr", "acomp") and not s.is_verb(head):
            return self.subject(s, s.heads[head])  # 'was the first to recognise'
        if dep == "relcl":
            return self._acting(s, head)
        if dep == "acl":
            if s.tags[i] == "VBG":
                return self._acting(s, head)
            return (
                self.nouns.owner(s, head) or (self.nouns.governing_subject(s, head) if s.tags[i] == "VB" else []) or self._acting(s, head)
            )
        if dep == "pcomp" or (dep == "pobj" and s.tags[i] == "VBG"):  # 'by finalizing', 'of holding', 'for attacking'
            above = s.heads[head]
            if s.is_verb(above):
                objects = s.all_children(above, "dobj")
                if s.words[head].lower() in ("of", "for", "from", "against") and objects:
                    return [r for o in objects for r in self.phrases.group(s, o)]
                return self._passive_subject(s, above) if passive(s, above) else self.subject(s, above)
            if s.is_noun(above):
                return self.nouns.owner(s, above) or self.nouns.governing_subject(s, above)
            verb = next((k for k in s.ancestors(above) if s.is_verb(k)), None)
            return self.subject(s, verb) if verb is not None else []
        if dep in ("xcomp", "advcl", "ccomp", "oprd") and (s.is_verb(head) or s.tags[head].startswith("JJ")):
            if dep == "xcomp":
                objects = [c for c in s.children[head] if s.deps[c] in ("dobj", "dative")]
                if objects:
                    return [r for o in objects for r in self._acting(s, o)]
                to = next((c for c in s.all_children(head, "prep") if s.words[c].lower() in ("on", "for", "upon", "to")), None)
                if to is not None and s.lemmas[head] in self.scope["demanded"]:
                    return self.under(s, to)
            if dep == "ccomp" and s.tags[i] not in ("VB", "VBG"):
                return []
            return self._passive_subject(s, head) if passive(s, head) else self.subject(s, head)
        if dep == "xcomp" and s.is_noun(head):
            return self.nouns.owner(s, head) or self.nouns.governing_subject(s, head)
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

    def _acting(self, s: Sentence, i: int) -> Filled:
        """A subject phrase. A bare thing ('pressure') does not act; its holder does where the noun is a body or recalls an act."""
        out = self.phrases.group(s, i)
        if not [r for r in out if self.admits(r)] or self._at_town(s, i):
            return self.recalled(s, i)
        return out

    def _at_town(self, s: Sentence, i: int) -> bool:
        """Whether a noun is an act told by the town where it was: 'the Moscow bombing killed twelve'."""
        if s.lemmas[i] not in self.words["recalling"]:
            return False
        before = [self.phrases.hit(s, c) for c in s.all_children(i, "compound")]
        return any(hit is not None and hit[0].via in ("capital", "place") for hit in before)

    @once
    def object(self, s: Sentence, i: int, act: int | None = None) -> Filled:
        """To whom: the object or passive subject, the holder of a thing, whoever acted in a recalled event.

        ``act``: the object that names the act itself ('launched airstrikes against them'), which is nobody.
        """
        out: Filled = []
        light = s.lemmas[i] in self.scope["light"]  # 'launched the raid': the raid is what was done, not whom it was done to
        for k in self.finder.objects(s, i):
            carried = k == act and self.finder.names_act(s, k, self.phrases)
            found = self._affected(s, k, False, carried)
            if not found and (carried or not light):  # 'condemned the arrest': whoever made it, unless the subject did
                mine = {r.code for r in self.subject(s, i)}
                doers = self.nouns.owner(s, k) if carried else treaty_parties(self.phrases, s, k) or self.recalled(s, k)
                found = [r for r in doers if r.code not in mine]
            for prep in s.all_children(k, "prep"):  # 'fourteen people, including Iranians'
                if s.words[prep].lower() == "including":
                    found += [replace(r, among=True) for r in self._named_under(s, prep) if self.admits(r)]
            out += [r for r in found if all(r.code != o.code or r.id != o.id for o in out)]
        return out

    def _affected(self, s: Sentence, k: int, recall: bool = True, act: bool = False) -> Filled:
        found = [] if act else self._held(s, k)
        if found:
            return found
        meant = thing_meant(self.phrases, s, k)
        if meant is not None:
            return self._affected(*meant, recall)
        words = _OF_THING + _WHOSE if s.lemmas[k] in self.words["recalling"] else _OF_THING
        for prep in s.all_children(k, "prep", "agent"):
            if s.words[prep].lower() in words:
                found = [r for r in self.under(s, prep) if self.admits(r)]
                if found:
                    return found
        for clause in s.all_children(k, "acl"):  # 'homes inhabited by Azerbaijanis', 'a deal restricting Iran's programme'
            if s.tags[clause] == "VBG" and s.lemmas[k] in self.words["treaties"]:
                found = [r for o in s.all_children(clause, "dobj") for r in self.phrases.group(s, o) if self.admits(r)]
                if found:
                    return found
            below = s.all_children(clause, "agent", "prep") if s.tags[clause] == "VBN" else []
            found = [r for p in below for r in self._named_under(s, p) if self.admits(r)]
            if found:
                return found
        return (treaty_parties(self.phrases, s, k) or self.recalled(s, k)) if recall else []

    def _told_at(self, s: Sentence, k: int) -> Filled:
        return [] if s.child(k, "prep", "acl", "ccomp", "relcl") is not None else self.recalled(s, k)

    def _held(self, s: Sentence, k: int) -> Filled:
        """The political actors a phrase stands for, without the clause's own subject as the holder of a thing ('dropped its claim')."""
        found = [r for r in self.phrases.group(s, k) if self.admits(r)]
        own = s.child(k, "poss")
        if not found or own is None or s.tags[own] != "PRP$" or not all(r.kind == "thing" or r.sector == "MIL" for r in found):
            return found
        verb = next((v for v in s.ancestors(k) if s.is_verb(v)), None)
        mine = {r.code for r in self.subject(s, verb)} if verb is not None else set()
        return [r for r in found if r.code not in mine]

    def _named_under(self, s: Sentence, prep: int) -> Filled:
        return [r for p in s.all_children(prep, "pobj") for r in self.phrases.group(s, p)]

    def _clause_of_object(self, s: Sentence, i: int) -> Filled:
        return [r for c in s.all_children(i, "prep") for v in s.all_children(c, "pcomp") for r in self.object(s, v)]

    def _judged(self, s: Sentence, i: int) -> Filled:
        """Of whom an adjective tells what was found: 'found the officer guilty'."""
        return [r for c in s.all_children(i, "nsubj") for r in self.phrases.group(s, c)] if s.tags[i] == "JJ" else []

    def content(self, s: Sentence, i: int) -> Filled:
        """Whom a complement clause speaks of beside the speaker: its subject first, then whoever it names first; else somebody of the
        speaker's own country who is the clause's subject or object."""
        speakers = self.subject(s, i)
        codes, spans = {r.code or r.span for r in speakers}, {r.span for r in speakers}
        clauses = s.all_children(i, "ccomp", "xcomp", "pcomp", "acl" if s.is_noun(i) else "advcl")
        for c in clauses:
            groups = [self.subject(s, c, climb=False)]
            if s.lemmas[c] == "be" and any(s.words[k].lower() == "it" for k in s.all_children(c, "nsubj", "expl")):
                groups = [self.phrases.group(s, k) for k in s.all_children(c, "attr")]  # 'that it was Israel that bombed'
            named = [self.phrases.group(s, k) for k in s.subtree(c) if s.is_noun(k) and s.deps[k] not in ("compound", "conj")]
            groups += [[r for r in group if r.kind != "thing" and not r.place] for group in named]  # 'access of aid workers'
            groups += named
            for group in groups:
                out = [r for r in group if self.admits(r) and (r.code or r.span) not in codes and not _theirs(r)]
                if out:
                    return out
        for c in clauses:
            for group in (self.subject(s, c, climb=False), self._passive_subject(s, c), self.object(s, c)):
                out = [r for r in group if self.admits(r) and r.span not in spans and faceable(r) and not (_owned(r) and r.sector == "MIL")]
                if out:
                    return out
        return []

    def _named_before(self, s: Sentence, k: int) -> bool:
        """Whether a phrase has a political holder before its head: 'Russia's role', 'a Russian base'."""
        return any(political(r) for c in s.all_children(k, "poss", *_MODIFIERS) for r in self.phrases.group(s, c))

    def prep(self, s: Sentence, i: int, word: str) -> Filled:
        if word not in s.vocabulary():
            return []
        nested = [p for k in s.all_children(i, "prep") for o in s.all_children(k, "pobj") for p in s.all_children(o, "prep")]
        stationed = (c for o in s.all_children(i, "dobj", "nsubjpass") for c in s.all_children(o, "acl"))
        nested += [p for c in stationed if s.lemmas[c] in self.words["stationed"] for p in s.all_children(c, "prep")]
        for prep in (*self.finder.preps(s, i, word), *(p for p in nested if s.words[p].lower() == word)):
            if s.heads[prep] != i and word in self.words["locative"] and self._named_before(s, s.heads[prep]):
                continue  # 'limit Russia's role in the Caucasus': whose role it is comes before where
            if word == "on" and any(s.lemmas[k] in self.words["platforms"] for k in s.all_children(prep, "pobj")):
                continue
            found = self.under(s, prep)
            if found:
                return found
        return []

    def under(self, s: Sentence, prep: int) -> Filled:
        out: Filled = []
        for p in s.all_children(prep, "pobj"):
            held = self._held(s, p)
            if held:
                out += held
            elif not out:
                out = self._affected(s, p)
        for c in s.all_children(prep, "pcomp"):
            out += self.object(s, c) or self.subject(s, c, climb=False)
        for c in s.all_children(prep, "prep"):
            out += self.under(s, c)
        return out or (self.phrases.group(s, prep) if s.deps[prep] == "dative" and s.is_noun(prep) else [])


def _theirs(r: Referent) -> bool:
    """Whether a phrase is only what some pronoun has: 'because of their origin'."""
    return r.kind == "thing" and _owned(r)


def _owned(r: Referent) -> bool:
    return r.text.lower().startswith(("their ", "its ", "his ", "her ", "our ", "my "))
