"""Faults of the parser within a clause: names, agents, particles, words taken for another part of speech. Each rule is one function."""

from __future__ import annotations

from .sentence import SUBJECTS, Sentence

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NAMING = frozenset({"brand", "call", "consider", "declare", "deem", "dub", "label", "name", "pronounce", "term"})
_NEITHER = frozenset({"neither", "nor", "Neither", "Nor", "NEITHER", "NOR"})
_BLAMING = frozenset({"accuse", "acquit", "blame", "convict", "suspect", "warn"})
_DASHES = frozenset("–-—/")
_SAYING = frozenset({"admit", "allege", "announce", "claim", "confirm", "deny", "insist", "report", "say", "warn"})
_SET_PHRASES = frozenset({("armed", "forces"), ("united", "nations"), ("occupied", "territories"), ("united", "states")})


def negative_coordination(s: Sentence) -> bool:
    """'neither A nor B has …': the negation belongs to the verb, not to the noun."""
    changed = False
    for i, word in enumerate(s.words):
        if word not in _NEITHER or s.deps[i] == "neg":
            continue
        noun = s.heads[i]
        verb = noun
        while s.deps[verb] in ("conj", "det", "appos", "compound", "nsubj", "nsubjpass") and s.heads[verb] != verb:
            verb = s.heads[verb]
            if s.is_verb(verb):
                break
        if word.lower() == "neither" and s.is_verb(verb) and verb != i:
            s.heads[i], s.deps[i] = verb, "neg"
            changed = True
    return changed


def dashed_names(s: Sentence) -> bool:
    """'the Ankara–Baku axis': two names joined by a dash are both modifiers of the noun after them."""
    changed = False
    for i in range(1, len(s) - 2):
        if s.words[i] not in _DASHES:
            continue
        a, b = i - 1, i + 1
        if s.ends[a] != s.starts[i] or s.ends[i] != s.starts[b]:
            continue
        noun = s.heads[b]
        if s.deps[b] not in ("compound", "amod", "nmod") or noun <= b or not s.is_noun(noun) or s.heads[a] == noun:
            continue
        while s.heads[noun] > noun and s.deps[noun] in ("compound", "nmod") and s.is_noun(s.heads[noun]):
            noun = s.heads[noun]  # 'the Ukraine–United States Mineral Resources Agreement'
        if s.heads[a] == noun:
            continue
        if not (s.tags[a].startswith("NNP") or s.tags[a] == "JJ") or s.tags[b][:2] not in ("NN", "JJ"):
            continue
        if s.heads[a] != b and s.heads[noun] != b:
            above, dep = (s.heads[a], s.deps[a]) if s.heads[a] != a else (noun, "ROOT")
            if s.deps[noun] in ("appos", "conj") or above == s.heads[noun] or s.heads[noun] == a:
                s.heads[noun], s.deps[noun] = above, dep
        for c, head in enumerate(s.heads):
            if head == a and c < a and s.deps[c] == "det":
                s.heads[c] = noun
        s.heads[a], s.deps[a] = noun, "compound"
        s.heads[i], s.deps[i] = noun, "punct"
        changed = True
    return changed


def coordinated_title(s: Sentence) -> bool:
    """'the director, Igor K., and editor, Yevgeny B.': what follows 'and' after an apposition is coordinated, not a second apposition."""
    changed = False
    for i, dep in enumerate(s.deps):
        head = s.heads[i]
        if dep != "appos" or head >= i:
            continue
        first = next((c for c in range(head + 1, i) if s.deps[c] == "appos" and s.heads[c] == head), None)
        joint = next((c for c in range((first or i) + 1, i) if s.deps[c] == "cc" and s.heads[c] in (first, head)), None)
        if first is not None and joint is not None:
            s.deps[i] = "conj"
            s.heads[joint] = head
            changed = True
    return changed


def names_beside(s: Sentence) -> bool:
    """'President Trump and Prime Minister Theresa May': a name without an ending possesses nothing, it stands beside the next."""
    changed = False
    for i, dep in enumerate(s.deps):
        last = s.heads[i]
        if dep != "poss" or last < i or not (s.tags[i] == s.tags[last] == "NNP") or s.deps[last] == "ROOT":
            continue
        below = [c for c in range(len(s)) if s.heads[c] == i]
        if any(s.deps[c] == "case" for c in below) or not any(s.deps[c] == "cc" for c in below):
            continue
        for c in below:
            if s.deps[c] == "conj" and i < c < last:  # the title of the second
                s.heads[c], s.deps[c] = last, "compound"
        s.heads[i], s.deps[i] = s.heads[last], s.deps[last]
        s.heads[last], s.deps[last] = i, "conj"
        changed = True
    return changed


def particle(s: Sentence) -> bool:
    """'shrugged off the objections': a particle takes no object; what follows it is the verb's."""
    changed = False
    for i, tag in enumerate(s.tags):
        verb = s.heads[i]
        if tag != "RP" or s.deps[i] != "prep" or not s.is_verb(verb) or s.child(verb, "dobj") is not None:
            continue
        noun = s.child(i, "pobj")
        if noun is not None:
            s.deps[i] = "prt"
            s.heads[noun], s.deps[noun] = verb, "dobj"
            changed = True
    return changed


def place_of_object(s: Sentence) -> bool:
    """'accused circles in Russia of backing a plot': those accused are in Russia, the accusing is not."""
    changed = False
    for i, dep in enumerate(s.deps):
        verb = s.heads[i]
        if dep != "dobj" or s.lemmas[verb] not in _BLAMING or i + 1 >= len(s) or s.words[i + 1].lower() not in ("in", "from"):
            continue
        charge = any(s.deps[k] == "prep" and k > i + 1 and s.words[k].lower() in ("of", "for", "about") for k in s.children[verb])
        if s.heads[i + 1] == verb and s.deps[i + 1] == "prep" and charge:
            s.heads[i + 1] = i
            changed = True
    return changed


def gerund_read_as_adjective(s: Sentence) -> bool:
    """'accused Iraq of shelling Iranian towns', read as 'shelling towns': the shelling is what Iraq is accused of."""
    changed = False
    for i, dep in enumerate(s.deps):
        noun = s.heads[i]
        if dep != "amod" or s.tags[i] != "VBG" or i == 0 or s.deps[noun] != "pobj" or s.heads[noun] != i - 1 or noun == i + 1:
            continue
        if s.lemmas[s.heads[i - 1]] not in _BLAMING or not any(s.deps[k] == "amod" and k == i + 1 for k in s.children[noun]):
            continue
        s.heads[i], s.deps[i] = i - 1, "pcomp"
        s.heads[noun], s.deps[noun] = i, "dobj"
        changed = True
    return changed


def agent_of_object(s: Sentence) -> bool:
    """'blocked the purchase by a firm': an active verb with an object has no agent; 'by' belongs to the object."""
    changed = False
    for i, dep in enumerate(s.deps):
        if dep != "agent":
            continue
        verb = s.heads[i]
        thing = s.child(verb, "dobj")
        if thing is not None and thing < i and s.child(verb, "nsubj") is not None and s.child(verb, "auxpass") is None:
            s.heads[i], s.deps[i] = thing, "prep"
            changed = True
    return changed


def agent_past_aside(s: Sentence) -> bool:
    """'The jet was hit, Baku says, by a missile': 'by' after an aside of saying belongs to the passive verb before the aside."""
    changed = False
    for i, word in enumerate(s.words):
        if word.lower() != "by" or s.deps[i] not in ("prep", "agent") or i < 4 or s.words[i - 1] != ",":
            continue
        says = next((k for k in range(i - 2, max(i - 9, 0), -1) if s.lemmas[k] in _SAYING and s.tags[k] in _FINITE), None)
        begin = next((k for k in range(says - 1, 0, -1) if s.words[k] == ","), None) if says is not None else None
        if says is None or begin is None or s.child(says, *SUBJECTS) is None or s.child(says, "ccomp") is not None:
            continue
        verb = next((k for k in range(begin - 1, max(begin - 5, -1), -1) if s.tags[k] == "VBN" and s.child(k, "auxpass") is not None), None)
        if verb is not None and s.heads[i] != verb and s.child(verb, "agent") is None:
            s.heads[i], s.deps[i] = verb, "agent"
            changed = True
    return changed


def naming_predicate(s: Sentence) -> bool:
    """'called the leader an animal', 'declared the envoy persona non grata': what somebody is called is no apposition."""
    changed = False
    for i, dep in enumerate(s.deps):
        noun = s.heads[i]
        verb = s.heads[noun]
        if dep != "appos" or s.deps[noun] != "dobj" or s.lemmas[verb] not in _NAMING or any(s.words[k] == "," for k in range(noun, i)):
            continue
        s.heads[i], s.deps[i] = verb, "oprd"
        changed = True
    return changed


def plural_read_as_verb(s: Sentence) -> bool:
    """'airstrikes on the base continued': what is somebody's subject or object is a noun."""
    changed = False
    for i, tag in enumerate(s.tags):
        if tag == "VBZ" and s.deps[i] in ("nsubj", "nsubjpass", "dobj", "pobj") and s.child(i, *SUBJECTS, "dobj", "aux") is None:
            s.tags[i] = "NNS"
            changed = True
    return changed


def coordinated_adjective(s: Sentence) -> bool:
    """'prolonged and toughened sanctions', 'alarmed neighbours': an adjective with an object, or coordinated to a verb, is a verb."""
    changed = False
    for i, tag in enumerate(s.tags):
        if tag != "JJ" or not s.words[i].endswith("ed") or s.child(i, "cop", "aux", "auxpass") is not None:
            continue
        joined = s.deps[i] == "conj" and s.tags[s.heads[i]] in ("VBD", "VBN") and s.deps[s.heads[i]] != "amod"
        if joined or (s.child(i, "nsubj") is not None and s.child(i, "dobj") is not None):
            s.tags[i] = s.tags[s.heads[i]] if joined else "VBD"
            changed = True
    return changed


def verb_read_as_adjective(s: Sentence) -> bool:
    """'Iran armed Yemeni rebels', 'took and butchered villagers': a sentence (or a verb's coordination) that ends in a noun phrase with a
    participle amid it, and no other verb, has the participle for its verb and the noun for its object."""
    for i, dep in enumerate(s.deps):
        noun = s.heads[i]
        if dep != "amod" or noun <= i or not s.is_noun(noun) or not (s.tags[i] in ("VBN", "VBD") or _past_adjective(s, i)):
            continue
        first = i
        while first and (
            s.tags[first - 1] in ("HYPH", "RB") or (first < i and s.heads[first - 1] == i and s.deps[first - 1] == "npadvmod")
        ):
            first -= 1
        if not first:
            continue
        before = first - 1
        above = s.heads[noun]
        if s.deps[noun] == "conj" and s.tags[above] in ("VBD", "VBZ", "VBP") and s.deps[before] == "cc" and s.child(above, "dobj") is None:
            s.heads[i], s.deps[i], s.tags[i] = above, "conj", s.tags[above]
            s.heads[noun], s.deps[noun] = i, "dobj"
            return True
        if above != noun or not _names_somebody(s, before, i, noun) or any(t in _FINITE and k != i for k, t in enumerate(s.tags)):
            continue
        while s.deps[before] == "conj" and s.heads[before] < before:
            before = s.heads[before]
        for k in s.children[noun]:
            if k < before:
                s.heads[k] = before
            elif s.deps[k] == "punct" and k > noun:
                s.heads[k] = i
        s.heads[before], s.deps[before] = i, "nsubj"
        s.heads[i], s.deps[i], s.tags[i] = i, "ROOT", "VBD"
        s.heads[noun], s.deps[noun] = i, "dobj"
        return True
    return False


def _past_adjective(s: Sentence, i: int) -> bool:
    return s.tags[i] == "JJ" and (s.words[i].endswith("ed") or s.child(i, "nsubj") is not None)


def _names_somebody(s: Sentence, k: int, verb: int, noun: int) -> bool:
    """Whether token k, before a supposed verb, can be its subject: a name or a phrase of its own, nobody's possessor."""
    while s.deps[k] == "conj" and s.heads[k] < k:
        k = s.heads[k]
    if s.heads[k] not in (verb, noun) or s.child(k, "case") is not None or s.deps[k] in ("prep", "pobj", "appos"):
        return False
    if s.deps[k] == "nsubj":
        return True
    compound = (s.words[verb].lower(), s.words[noun].lower()) in _SET_PHRASES
    return s.tags[k] in ("NNP", "NNPS", "NNS") and not compound


def headline_verb(s: Sentence) -> bool:
    """'The presidents of Chad and Niger meet in Algiers': a root read as a bare noun with a subject before it is a verb in the present."""
    root = s.root()
    if s.tags[root] not in ("NN", "NNS") or s.words[root][0].isupper():
        return False
    subject = s.child(root, "nsubj")
    if subject is None or subject > root or s.child(root, "cop", "det", "poss", "amod", "compound", "nummod", "aux") is not None:
        return False
    s.tags[root] = "VBP" if s.tags[root] == "NN" else "VBZ"
    if s.tags[root] == "VBZ":
        s.lemmas[root] = s.lemmas[root].removesuffix("s") if s.lemmas[root] == s.words[root].lower() else s.lemmas[root]
    return True
