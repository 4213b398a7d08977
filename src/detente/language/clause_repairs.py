"""Faults of the parser in how clauses hang together: coordinated, reduced, torn off. Each rule is one function."""

from __future__ import annotations

from .sentence import SUBJECTS, Sentence

_BLAMING = frozenset({"accuse", "blame", "criticise", "criticize", "condemn", "urge", "warn"})
_CLAUSES = frozenset({"ccomp", "xcomp"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DOING = frozenset(  # what is done to somebody: no clause stands under these
    "arrest bury capture deport detain evacuate execute expel extradite free hang imprison injure jail kill release repatriate rescue "
    "return shoot wound".split()
)
_SAYING = frozenset({"admit", "allege", "announce", "claim", "confirm", "deny", "insist", "report", "say", "warn"})
_TIME = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday week month year".split()
)


def outer_conjunct(s: Sentence) -> bool:
    """'denied that X had been tortured and accused Y', 'denied that X was spoiling ties and blamed Y': an active finite verb without a
    subject, coordinated to an embedded passive or participle that stands under a verb of the same tense, belongs to the outer verb; so
    does one of speech after 'but'."""
    changed = False
    for i, dep in enumerate(s.deps):
        if dep != "conj" or s.tags[i] not in ("VBD", "VBZ", "VBN"):
            continue
        inner = s.heads[i]
        going_on = s.tags[inner] == "VBG" and s.child(inner, "aux") is not None and s.tags[i] in _FINITE
        but = any(s.words[c].lower() == "but" for c in s.all_children(inner, "cc")) and s.lemmas[i] in _BLAMING | _SAYING
        if s.deps[inner] not in _CLAUSES or not (going_on or but or s.child(inner, "nsubjpass") is not None):
            continue
        if s.child(i, "nsubj", "nsubjpass", "auxpass", "aux") is not None or s.child(i, "dobj", "prep", "ccomp") is None:
            continue
        outer = s.heads[inner]
        if s.tags[outer] in ("VBD", "VBZ", "VBP"):
            s.heads[i] = outer
            for c in s.all_children(inner, "cc"):
                s.heads[c] = outer if c < i else inner
            changed = True
    return changed


def nearer_conjunct(s: Sentence) -> bool:
    """'came a day after Kyiv called it a lie and warned Minsk': without a comma, 'and' goes on with the clause just told."""
    changed = False
    for i, dep in enumerate(s.deps):
        first = s.heads[i]
        if dep != "conj" or s.tags[i] not in _FINITE or s.child(i, "nsubj", "nsubjpass", "expl") is not None:
            continue
        clause = next((c for c in s.children[first] if s.deps[c] == "advcl" and first < c < i and s.tags[c] == s.tags[i]), None)
        if clause is None or s.child(clause, "mark") is None or s.child(clause, "nsubj") is None:
            continue
        joint = next((k for k in range(i - 1, clause, -1) if s.deps[k] == "cc" and s.heads[k] == first), None)
        if joint is None or s.words[joint - 1] == ",":
            continue
        s.heads[i] = s.heads[joint] = clause
        changed = True
    return changed


def nearer_participle(s: Sentence) -> bool:
    """'Reports show that two men were tortured and killed': of two participles joined by 'and' the second goes with the first."""
    changed = False
    for i, dep in enumerate(s.deps):
        first = i - 2
        if dep != "conj" or s.tags[i] != "VBN" or first < 0 or s.tags[first] != "VBN" or s.deps[i - 1] != "cc" or s.heads[i] == first:
            continue
        if s.tags[s.heads[i]] == "VBN" or s.heads[first] == i or s.child(i, "aux", "auxpass", *SUBJECTS) is not None:
            continue
        s.heads[i] = s.heads[i - 1] = first
        changed = True
    return changed


def clause_torn_off(s: Sentence) -> bool:
    """'Russia says two Israeli jets flew …', read as two sentences: what follows a verb of saying without a stop is what is said."""
    roots = [i for i, head in enumerate(s.heads) if head == i]
    if len(roots) != 2:
        return False
    said, told = roots
    begin = min(s.subtree(told))
    if s.lemmas[said] not in _SAYING or s.tags[said] not in _FINITE or not said < begin or s.child(said, "nsubj") is None:
        return False
    if s.child(told, "nsubj", "nsubjpass") is None or any(not word[0].isalnum() for word in s.words[said + 1 : begin + 1]):
        return False
    subject = s.child(told, "nsubj", "nsubjpass")
    for k in s.children[said]:
        if k > said and s.deps[k] == "ccomp" and s.tags[k] == "CD" and subject is not None:
            s.heads[k], s.deps[k] = subject, "nummod"
    s.heads[told], s.deps[told] = said, "ccomp"
    return True


def relative_of_time(s: Sentence) -> bool:
    """'the downing of the plane in December 2024, which killed …': a relative clause does not modify a month or a day."""
    changed = False
    for i, dep in enumerate(s.deps):
        if dep != "relcl":
            continue
        noun = s.heads[i]
        if s.lemmas[noun] not in _TIME and not s.words[noun].isdigit():
            continue
        above = s.heads[noun]
        if s.deps[noun] in ("nummod", "compound", "nmod") and above != noun:
            above = s.heads[above]
        while above != s.heads[above] and not s.is_noun(above):
            above = s.heads[above]
        if s.is_noun(above) and above < i and above != noun:
            s.heads[i] = above
            changed = True
    return changed


def subject_after_time(s: Sentence) -> bool:
    """'In February Azerbaijan closed the office', read as of a 'February Azerbaijan': what stands between a month, day or year and a finite
    verb without a subject is that subject."""
    changed = False
    for i, dep in enumerate(s.deps):
        noun, verb = s.heads[i], s.heads[s.heads[s.heads[i]]]
        at = s.heads[noun]
        if dep not in ("compound", "nmod", "nummod") or i != at + 1 or s.deps[noun] != "pobj" or s.deps[at] != "prep" or at > verb:
            continue
        if s.lemmas[i].lower() not in _TIME and not (s.words[i].isdigit() and len(s.words[i]) == 4):
            continue
        if not i < noun < verb or s.tags[verb] not in _FINITE or s.child(verb, *SUBJECTS, "aux", "expl") is not None:
            continue
        if not s.tags[noun].startswith("NNP") or any(word == "," for word in s.words[i:noun]):
            continue
        s.heads[i], s.deps[i] = at, "pobj"
        s.heads[noun], s.deps[noun] = verb, "nsubj"
        changed = True
    return changed


def coordinated_clauses(s: Sentence) -> bool:
    """'Two men were killed and others were hurt on Friday, he said', read as two things said: the second goes with the first."""
    changed = False
    for i, dep in enumerate(s.deps):
        if dep != "ccomp" or s.tags[i] not in ("VBD", "VBN"):
            continue
        first = next((k for k in s.children[s.heads[i]] if k < i and s.deps[k] == "ccomp" and s.tags[k] == s.tags[i]), None)
        if first is None or not any(s.deps[k] == "cc" and first < k < i for k in s.children[first]):
            continue
        s.heads[i], s.deps[i] = first, "conj"
        changed = True
    return changed


def clause_before_semicolon(s: Sentence) -> bool:
    """'A accused B; C denied that …': what stands before the semicolon is not what C denies, who has a clause or an object of his own."""
    changed = False
    for i, dep in enumerate(s.deps):
        head = s.heads[i]
        if dep != "ccomp" or head < i or ";" not in s.words[i:head]:
            continue
        if any(k > head and (s.deps[k] == "dobj" or (s.deps[k] == "ccomp" and s.child(k, "mark") is not None)) for k in s.children[head]):
            s.deps[i] = "parataxis"
            changed = True
    return changed


def reduced_relative(s: Sentence) -> bool:
    """'freed fishermen captured on Monday', read as a clause, or 'detained' as a past: a participle that tells of those freed."""
    changed = False
    for i, dep in enumerate(s.deps):
        verb = s.heads[i]
        if dep == "acl" and s.tags[i] == "VBD" and s.is_noun(verb) and s.child(i, *SUBJECTS) is None:
            s.tags[i], changed = "VBN", True
        if dep != "ccomp" or s.tags[i] not in ("VBN", "VBD") or s.lemmas[verb] not in _DOING or s.child(verb, "dobj") is not None:
            continue
        noun = s.child(i, "nsubj")
        if noun is None or not verb < noun < i or s.child(i, "aux", "auxpass", "mark", "dobj") is not None:
            continue
        s.heads[noun], s.deps[noun] = verb, "dobj"
        s.heads[i], s.deps[i], s.tags[i] = noun, "acl", "VBN"
        changed = True
    return changed


def garden_path(s: Sentence) -> bool:
    """'the jet shot down over Ukraine was a Boeing', read as 'the jet shot': two finite verbs with one subject and no 'and' between."""
    for first, tag in enumerate(s.tags):
        subject = s.child(first, "nsubj")
        before = first - 1
        if tag != "VBD" or subject is None or not s.is_noun(before) or s.child(first, "dobj", "ccomp", "xcomp", "aux", "cc") is not None:
            continue
        if before != subject and before not in s.subtree(subject):
            continue
        kin = [*s.children[first], *(s.children[s.heads[first]] if s.heads[first] != first else ())]
        second = next((k for k in kin if k > first and s.deps[k] in ("conj", s.deps[first]) and _finite(s, k)), None)
        if second is None or s.child(second, *SUBJECTS) is not None or any(s.words[k] in ",;" for k in range(first, second)):
            continue
        if s.heads[second] == first:
            s.heads[second], s.deps[second] = (second if s.heads[first] == first else s.heads[first]), s.deps[first]
        for k in s.children[first]:
            if k < before or k == subject or k > second:
                s.heads[k] = second
        if s.child(second, "auxpass") is not None:
            s.deps[subject] = "nsubjpass"
        s.heads[first], s.deps[first], s.tags[first] = before, "acl", "VBN"
        return True
    return False


def _finite(s: Sentence, k: int) -> bool:
    return s.tags[k] in ("VBD", "VBZ", "VBP") or (s.tags[k] in ("VBN", "VBG", "VB") and s.child(k, "aux", "auxpass") is not None)


def victims_beside(s: Sentence) -> bool:
    """'families of soldiers killed in Ukraine': the soldiers were killed."""
    changed = False
    for i, dep in enumerate(s.deps):
        head, beside = s.heads[i], i - 1
        if dep != "acl" or s.tags[i] != "VBN" or beside == head or s.lemmas[i] not in _DOING or s.tags[beside] not in ("NNS", "NNPS"):
            continue
        of = s.heads[beside]
        if s.deps[beside] == "pobj" and s.words[of].lower() == "of" and s.heads[of] == head:
            s.heads[i], changed = beside, True
    return changed


def cleft(s: Sentence) -> bool:
    """'It was not Israel that bombed the hospital' says that Israel did not bomb it: the clause takes the place of 'was'."""
    for be, lemma in enumerate(s.lemmas):
        it, focus = s.child(be, "nsubj", "expl"), s.child(be, "attr")
        if lemma != "be" or it is None or focus is None or s.words[it].lower() != "it" or not s.tags[focus].startswith(("NNP", "PRP")):
            continue
        clauses = [c for k in (focus, be) for c in s.children[k] if c > focus and s.deps[c] in ("relcl", "ccomp") and s.is_verb(c)]
        verb = next((c for c in clauses if any(s.tags[k] in ("WDT", "WP") for k in s.all_children(c, "nsubj"))), None)
        if verb is None:
            continue
        for k in s.children[be]:
            if k not in (verb, focus):
                s.heads[k] = verb
        for k in s.all_children(verb, "nsubj"):
            s.deps[k] = "mark"
        s.heads[verb], s.deps[verb] = (verb if s.heads[be] == be else s.heads[be]), s.deps[be]
        s.heads[focus], s.deps[focus] = verb, "nsubj"
        s.heads[be], s.deps[be], s.deps[it] = verb, "aux", "expl"
        return True
    return False


def subject_on_auxiliary(s: Sentence) -> bool:
    """'Newspapers had for days accused': the subject is the verb's, not the auxiliary's."""
    changed = False
    for i, dep in enumerate(s.deps):
        aux = s.heads[i]
        if dep in ("nsubj", "nsubjpass") and s.deps[aux] == "aux" and s.heads[aux] != i:
            s.heads[i] = s.heads[aux]
            changed = True
    return changed
