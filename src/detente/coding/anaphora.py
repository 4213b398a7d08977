"""What pronouns and bare role nouns refer back to: 'he', 'both', 'the agency', 'the president'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from .envoys import envoys_faced
from .referents import GROUPS, OFFICIAL, Referent

if TYPE_CHECKING:
    from .phrases import Phrases

#: sectors of those who are a state's and no town's
_ARMED = frozenset({"MIL"})


def same_noun(phrases: Phrases, s: Sentence, i: int, lemma: str) -> Referent | None:
    """The last phrase with the same head noun: 'the agency', 'the president'."""
    if not any(s.words[c].lower() in ("the", "that", "this", "his", "her", "its", "their") for c in s.all_children(i, "det", "poss")):
        return None
    persons = lemma in phrases.words["titles"]
    faced = envoys_faced(phrases, s, i)
    for before, k in backwards(phrases, s, i, 60 if lemma in phrases.words["disowned"] else 6):
        beside = before.all_children(k, "compound", "nmod", "amod")
        within = not persons and any(before.lemmas[c] == lemma for c in beside)  # 'a Syrian regime airbase'
        if before.lemmas[k] == lemma or within or (persons and has_title(phrases, before, k, lemma)):
            for r in phrases.referents(before, k):
                if (r.country or (r.id and r.kind in GROUPS)) and r.country not in faced:
                    return r
    return None


def has_title(phrases: Phrases, s: Sentence, k: int, lemma: str) -> bool:
    if any(s.lemmas[c] == lemma for c in s.all_children(k, "compound", "appos", "nmod")):
        return True
    hit = phrases.hit(s, k)
    if hit is None or len(hit[0].ids) == 0:
        return False
    id_ = phrases.entity(hit[0])
    return id_ is not None and any(lemma in t.office.lower().split() for t in phrases.directory.terms_at(id_, phrases.date))


def backwards(phrases: Phrases, s: Sentence, i: int, sentences: int) -> Iterator[tuple[Sentence, int]]:
    """Noun heads before token i: in this clause from right to left, before a semicolon and in the sentences before it subjects first."""
    apart = next((k for k in range(i - 1, -1, -1) if s.words[k] == ";"), -1)
    near = [k for k in range(i - 1, apart, -1) if s.is_noun(k) and s.deps[k] not in ("compound", "nmod", "amod")]
    far = [k for k in range(apart) if s.is_noun(k) and s.deps[k] not in ("compound", "nmod", "amod")]
    for k in (*near, *sorted(far, key=lambda k: (s.deps[k] not in ("nsubj", "nsubjpass"), k))):
        yield s, k
    at = phrases.by_index[s.index]
    for n in range(at - 1, max(-1, at - 1 - sentences), -1):
        before = phrases.sentences[n]
        if before.raw.heading:
            continue
        nouns = phrases.nouns.get(n)
        if nouns is None:
            heads = [k for k in range(len(before)) if before.is_noun(k) and before.deps[k] not in ("compound", "nmod")]
            nouns = phrases.nouns[n] = sorted(heads, key=lambda k: (before.deps[k] not in ("nsubj", "nsubjpass"), k))
        for k in nouns:
            yield before, k


def pronoun(phrases: Phrases, s: Sentence, i: int, word: str) -> tuple[Referent, ...]:
    if word in phrases.words["relative_pronouns"] and s.tags[i] in ("WDT", "WP", "WP$", "IN", "DT"):
        verb = s.heads[i]
        while s.deps[verb] not in ("relcl", "ROOT", "ccomp") and s.heads[verb] != verb:
            verb = s.heads[verb]
        return tuple(phrases.group(s, s.heads[verb])) if s.deps[verb] == "relcl" else ()
    span = (s.starts[i], s.ends[i])

    def stands(r: Referent) -> Referent:
        if r.via == "unknown":  # who speaks of himself is no better known for it
            r = replace(r, id=None)
        if s.raw.span[0] <= r.span[0] < s.starts[i]:  # named in this sentence: by that name
            return replace(r, via="pronoun", place=False, name=r.name or r.text)
        return replace(r, text=s.words[i], span=span, via="pronoun", place=False, name=r.name or r.text)

    if word in phrases.words["speaker_pronouns"]:
        speaker = phrases.speaker_of.get(s.index)
        return (stands(speaker),) if speaker is not None else ()
    if word in phrases.words["both"]:
        for before, k in backwards(phrases, s, i, 2):
            group = [r for r in phrases.group(before, k) if r.country or (r.code and r.via != "unknown")]
            if len(group) == 2:
                return tuple(stands(r) for r in group)
        return ()
    gloss = bracketed(phrases, s, i)
    if gloss:
        return tuple(stands(r) for r in gloss)
    persons, plural, thing = (word in phrases.words[k] for k in ("person_pronouns", "plural_pronouns", "thing_pronouns"))
    blame = [r for k in blamed(s, i) for r in phrases.group(s, k) if r.code and r.kind in GROUPS]
    if blame and (plural or thing):
        return tuple(stands(r) for r in blame)
    clause = clause_of(s, i)
    barred = subject_codes(phrases, s, i)
    told_of = antecedents(s, i)
    armed = s.tags[i] == "PRP$" and phrases.directory.role(s.lemmas[s.heads[i]]) in _ARMED
    suffers = plural and s.deps[i] == "nsubjpass" and not s.all_children(s.heads[i], "agent")
    single: tuple[Referent, ...] = ()
    for before, k in (*parallel(s, i), *backwards(phrases, s, i, 2)):
        if before is s and clause_of(s, k) == clause and s.tags[i] != "PRP$" and not within_subject(s, k, clause):
            continue
        if (before is s and k in told_of) or (armed and before.lemmas[k] in phrases.words["towns"]):
            continue  # 'the town from which its peacekeepers departed'
        if thing and s.deps[i] in ("dobj", "pobj") and is_thing(phrases, before, k):
            return ()
        first = before.conjuncts(k)[0]
        if plural and (before.deps[k] == "conj" or any(before.deps[c] == "conj" for c in before.children[k])):
            group = [r for r in phrases.group(before, first) if r.code and (r.country or r.via != "unknown")]
            if len(group) > 1:
                return tuple(stands(r) for r in group)
        for r in phrases.referents(before, k):
            if not r.code or r.place or (r.via == "unknown" and not r.country) or (r.code in barred and not r.person):
                continue
            if armed and r.kind not in GROUPS and not r.person:  # no consulate has them
                continue
            if plural and r.plural and suffers and r.sector in OFFICIAL:
                single = single or (stands(r),)  # 'officers raided the homes of families. They were killed.'
            elif plural and not r.plural and r.kind in GROUPS:
                single = single or (stands(r),)  # one government may be 'they', where no plural is at hand
            elif (
                (persons and r.person and not r.plural and fits_gender(word, r))
                or (plural and r.plural)
                or (thing and not r.person and not r.plural and r.kind != "thing")
            ):
                return (stands(r),)
    spoke = phrases.speaker_of.get(s.index - 1) if persons else None  # '"We are ready." He also said …'
    if spoke is not None and not single and spoke.person and spoke.name and fits_gender(word, spoke):
        speaks = phrases.speaker_of.get(s.index)
        if speaks is None or speaks.name != spoke.name:  # 'he' in a speaker's mouth is somebody else
            return (stands(spoke),)
    return single


def parallel(s: Sentence, i: int) -> list[tuple[Sentence, int]]:
    """The subject of the clause before, whom that of a clause of time or of a coordinate one rather means: 'told Kyiv before it fired'."""
    verb = s.heads[i]
    if s.deps[i] not in ("nsubj", "nsubjpass") or s.deps[verb] not in ("advcl", "conj") or not s.is_verb(s.heads[verb]):
        return []
    if s.deps[verb] == "advcl" and s.child(verb, "mark", "advmod") is None:
        return []
    return [(s, k) for k in s.all_children(s.heads[verb], "nsubj", "nsubjpass") if k < i and s.is_noun(k)]


def blamed(s: Sentence, i: int) -> list[int]:
    """Whose deed it is that somebody is blamed or punished for: 'sanctions against Turkey for their invasion'."""
    prep = s.heads[s.heads[i]]
    if s.tags[i] != "PRP$" or s.deps[s.heads[i]] != "pobj" or s.words[prep].lower() not in ("for", "over"):
        return []
    above = s.heads[prep]
    if s.deps[above] == "pobj" and s.words[s.heads[above]].lower() in ("against", "on"):
        return [above]  # read as 'Turkey for their invasion'
    others = [p for p in s.all_children(above, "prep") if p < prep and s.words[p].lower() in ("against", "on")]
    return [k for p in others for k in s.all_children(p, "pobj")]


def subject_codes(phrases: Phrases, s: Sentence, i: int) -> set[str | None]:
    """Whom an object pronoun cannot mean: the subject of its own verb ('Israel attacked them')."""
    if s.deps[i] != "dobj" or s.words[i].lower().endswith(("self", "selves")):
        return set()
    return {r.code for c in s.all_children(s.heads[i], "nsubj") for r in phrases.referents(s, c) if not r.person}


def within_subject(s: Sentence, k: int, verb: int) -> bool:
    """Whether a noun is the subject of its clause or whose it is: 'opponents of Pashinyan accused him'."""
    of = s.heads[k] if s.deps[k] == "pobj" and s.words[s.heads[k]].lower() == "of" else k
    holder = s.heads[of] if of != k or s.deps[k] == "poss" else k
    return s.deps[holder] in ("nsubj", "nsubjpass") and s.heads[holder] == verb


def antecedents(s: Sentence, i: int) -> frozenset[int]:
    """Whom the subject of a relative clause cannot mean: of whom the clause tells by its object, 'archbishops, whom he accuses'."""
    subject = s.heads[i] if s.deps[i] == "poss" else i
    verb = s.heads[subject]
    if s.deps[subject] not in ("nsubj", "nsubjpass") or s.deps[verb] != "relcl":
        return frozenset()
    below = [*s.all_children(verb, "dobj", "pobj"), *(k for p in s.all_children(verb, "prep") for k in s.all_children(p, "pobj"))]
    if not any(s.tags[k] in ("WDT", "WP") for k in below):
        return frozenset()
    told_of = s.heads[verb]
    return frozenset((*s.conjuncts(told_of), *((s.heads[told_of],) if s.deps[told_of] == "appos" else ())))


def clause_of(s: Sentence, i: int) -> int:
    while s.heads[i] != i and not s.is_verb(i):
        i = s.heads[i]
    return i


def bracketed(phrases: Phrases, s: Sentence, i: int) -> tuple[Referent, ...]:
    """Whom an editor's brackets after a pronoun name: 'he [Aliyev] will not sign'."""
    if i + 2 >= len(s) or s.words[i + 1] != "[":
        return ()
    close = next((k for k in range(i + 2, min(len(s), i + 8)) if s.words[k] == "]"), None)
    return tuple(r for k in range(i + 2, close) for r in phrases.referents(s, k) if r.code)[-1:] if close is not None else ()


def thing_meant(phrases: Phrases, s: Sentence, i: int) -> tuple[Sentence, int] | None:
    """The plain thing that an object 'it' stands for, as sentence and token."""
    if s.words[i].lower() != "it" or s.deps[i] not in ("dobj", "pobj"):
        return None
    above = set(s.ancestors(i))  # 'the pressure on it': not the pressure itself
    near = backwards(phrases, s, i, 2)
    return next(((b, k) for b, k in near if not (b is s and k in above) and is_thing(phrases, b, k)), None)


def is_thing(phrases: Phrases, s: Sentence, k: int) -> bool:
    """Whether a noun names a plain thing, which an object 'it' rather means than an actor."""
    if s.tags[k] != "NN" or s.deps[k] not in ("nsubj", "nsubjpass", "dobj") or s.words[k].lower() in phrases.words["times"]:
        return False
    return not any(r.code for r in phrases.referents(s, k))


def treaty_parties(phrases: Phrases, s: Sentence, i: int) -> list[Referent]:
    """With whom 'the deal' or 'the treaty' was made, as it was last named in full: 'the nuclear deal with Iran'."""
    treaties = phrases.words["treaties"]
    if s.lemmas[i] not in treaties or not any(s.words[c].lower() in ("the", "that", "this") for c in s.all_children(i, "det")):
        return []
    at = phrases.by_index[s.index]
    named = ((b, k) for b in reversed(phrases.sentences[: at + 1]) for k in reversed(range(len(b))) if b.lemmas[k] in treaties)
    for before, k in named:
        if before is s and k >= i:
            continue
        links = before.all_children(k, "prep")
        if before.deps[k] == "dobj":  # 'defended the deal with', read as with whom it was defended
            links += [c for c in before.all_children(before.heads[k], "prep") if before.words[c].lower() in ("with", "between")]
        tops = [k, *(p for c in links for p in before.all_children(c, "pobj"))]
        clauses = [c for c in before.all_children(k, "acl") if before.tags[c] == "VBG"]
        tops += [o for c in clauses for o in before.all_children(c, "dobj")]
        found = [r for top in tops for r in phrases.group(before, top) if r.country and r.via != "unknown"]
        if found:
            return [replace(r, text=s.words[i], span=(s.starts[i], s.ends[i]), via="recalled", kind="thing") for r in found]
    return []


def fits_gender(word: str, r: Referent) -> bool:
    """Whether 'he' or 'she' may mean a person, by title and first name."""
    lexicon = load_lexicon("gender")
    said = {w.strip(".,").lower() for w in r.text.split()}
    first = (r.name or r.text).split()[:1]
    woman = bool(said & lexicon["titles"]) or any(w.lower() in lexicon["names"] for w in first)
    if word in ("she", "her", "hers", "herself"):
        return woman or r.id is None or " " not in (r.name or "")
    return not woman
