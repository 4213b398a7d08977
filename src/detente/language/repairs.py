"""Known faults of the parser, mended by rule on the finished tree. Each rule is one function; they run in the order of RULES."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .sentence import Sentence

_CLAUSES = frozenset({"ccomp", "xcomp"})
_TIME = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday week month year".split()
)


def repair(sentence: Sentence) -> None:
    """Applies every rule to a sentence, in place. A rule whose change would hang a word under itself is taken back."""
    changed = False
    for rule in RULES:
        before = sentence.heads[:], sentence.deps[:]
        if rule(sentence):
            if is_tree(sentence.heads):
                changed = True
            else:
                sentence.heads, sentence.deps = before
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
    """'denied that X had been tortured and accused Y': an active finite verb without a subject, coordinated to an embedded passive that
    stands under a verb of the same tense, belongs to the outer verb."""
    changed = False
    for i, dep in enumerate(s.deps):
        if dep != "conj" or s.tags[i] not in ("VBD", "VBZ", "VBN"):
            continue
        inner = s.heads[i]
        if s.deps[inner] not in _CLAUSES or s.child(inner, "nsubjpass") is None:
            continue
        if s.child(i, "nsubj", "nsubjpass", "auxpass", "aux") is not None or s.child(i, "dobj", "prep", "ccomp") is None:
            continue
        outer = s.heads[inner]
        if s.tags[outer] in ("VBD", "VBZ", "VBP"):
            s.heads[i] = outer
            changed = True
    return changed


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


def negative_coordination(s: Sentence) -> bool:
    """'neither A nor B has …': the negation belongs to the verb, not to the noun."""
    changed = False
    for i, word in enumerate(s.words):
        if word.lower() not in ("neither", "nor") or s.deps[i] == "neg":
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
        a, b = i - 1, i + 1
        if s.words[i] not in ("–", "-", "—", "/") or s.ends[a] != s.starts[i] or s.ends[i] != s.starts[b]:
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


RULES: tuple[Callable[[Sentence], bool], ...] = (outer_conjunct, relative_of_time, negative_coordination, dashed_names, coordinated_title)
