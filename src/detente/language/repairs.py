"""Known faults of the parser, mended by rule on the finished tree. Each rule is one function; they run in the order of RULES."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .sentence import SUBJECTS, Sentence

_CLAUSES = frozenset({"ccomp", "xcomp"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NAMING = frozenset({"brand", "call", "consider", "declare", "deem", "dub", "label", "name", "pronounce", "term"})
_NEITHER = frozenset({"neither", "nor", "Neither", "Nor", "NEITHER", "NOR"})
_BLAMING = frozenset({"accuse", "acquit", "blame", "convict", "suspect", "warn"})
_DOING = frozenset(  # what is done to somebody: no clause stands under these
    "arrest bury capture deport detain evacuate execute expel extradite free hang imprison jail kill release repatriate rescue return".split()
)
_DASHES = frozenset("–-—/")
_SAYING = frozenset({"admit", "allege", "announce", "claim", "confirm", "deny", "insist", "report", "say", "warn"})
_SET_PHRASES = frozenset({("armed", "forces"), ("united", "nations"), ("occupied", "territories"), ("united", "states")})
_TIME = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday week month year".split()
)


def repair(sentence: Sentence) -> None:
    """Applies every rule to a sentence, in place. A rule whose change would hang a word under itself is taken back."""
    changed = False
    before, labels = (sentence.heads[:], sentence.deps[:]), set(sentence.deps)
    for rule, label in RULES:
        if label is not None and label not in labels:
            continue
        if rule(sentence):
            if is_tree(sentence.heads):
                changed = True
            else:
                sentence.heads, sentence.deps = before
            before, labels = (sentence.heads[:], sentence.deps[:]), set(sentence.deps)
    if changed:
        sentence.relink()


def is_tree(heads: Sequence[int]) -> bool:
    """Whether every word hangs, in the end, under one that heads itself."""
    safe: set[int] = set()
    for i in range(len(heads)):
        path: list[int] = []
        while i not in safe and heads[i] != i:
            path.append(i)
            if len(path) > len(heads):
                return False
            i = heads[i]
        safe.update(path, (i,))
    return True


def outer_conjunct(s: Sentence) -> bool:
    """'denied that X had been tortured and accused Y', 'denied that X was spoiling ties and blamed Y': an active finite verb without a
    subject, coordinated to an embedded passive or participle that stands under a verb of the same tense, belongs to the outer verb."""
    changed = False
    for i, dep in enumerate(s.deps):
        if dep != "conj" or s.tags[i] not in ("VBD", "VBZ", "VBN"):
            continue
        inner = s.heads[i]
        going_on = s.tags[inner] == "VBG" and s.child(inner, "aux") is not None and s.tags[i] in _FINITE
        if s.deps[inner] not in _CLAUSES or not (going_on or s.child(inner, "nsubjpass") is not None):
            continue
        if s.child(i, "nsubj", "nsubjpass", "auxpass", "aux") is not None or s.child(i, "dobj", "prep", "ccomp") is None:
            continue
        outer = s.heads[inner]
        if s.tags[outer] in ("VBD", "VBZ", "VBP"):
            s.heads[i] = outer
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


def subject_on_auxiliary(s: Sentence) -> bool:
    """'Newspapers had for days accused': the subject is the verb's, not the auxiliary's."""
    changed = False
    for i, dep in enumerate(s.deps):
        aux = s.heads[i]
        if dep in ("nsubj", "nsubjpass") and s.deps[aux] == "aux" and s.heads[aux] != i:
            s.heads[i] = s.heads[aux]
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


#: each rule with a label without which it finds nothing
RULES: tuple[tuple[Callable[[Sentence], bool], str | None], ...] = (
    (outer_conjunct, "conj"),
    (nearer_conjunct, "conj"),
    (nearer_participle, "conj"),
    (clause_torn_off, None),
    (relative_of_time, "relcl"),
    (subject_after_time, "pobj"),
    (coordinated_clauses, "ccomp"),
    (clause_before_semicolon, "ccomp"),
    (negative_coordination, None),
    (dashed_names, None),
    (coordinated_title, "appos"),
    (particle, "prep"),
    (place_of_object, "dobj"),
    (reduced_relative, None),
    (subject_on_auxiliary, "aux"),
    (agent_of_object, "agent"),
    (agent_past_aside, None),
    (naming_predicate, "appos"),
    (plural_read_as_verb, None),
    (coordinated_adjective, None),
    (verb_read_as_adjective, "amod"),
    (headline_verb, None),
)
