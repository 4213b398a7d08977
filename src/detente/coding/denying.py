"""Denials without the words of the act, tied to the act told before ('India denied it.'), and denials that are none ('did not deny')."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from ..records import Actor, Mention, Source, Span
from .citing import Attribution
from .drafts import Draft
from .referents import Referent, political
from .status import Scope

_ENTRY = "reject.deny.charge"
#: sentences within which an act is denied by a word that does not name it, or by one that does
_NEAR = 3
#: letters that a verb and the noun of the same act share: 'seized', 'the seizure'
_STEM = 4

Subject = Callable[[Sentence, int], Sequence[Referent]]


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial that leaves its act to what was told before."""

    sentence: Sentence
    verb: int
    word: int  # the word that stands for the act: 'it', 'the accusation', 'involvement', 'the raid'
    names: int | None = None  # the noun that names the act: 'responsibility for the raid'
    told: int | None = None  # the noun for what was said: 'the accusation'
    spoken: bool = False  # denied by whoever says so: 'said the accusation was baseless'


def undenied(draft: Draft) -> bool:
    """Whether a word of denial is itself negated: 'did not deny', 'neither confirmed nor denied'."""
    return draft.match.trigger.entry.id == _ENTRY and draft.scope.negated and draft.lemma in load_lexicon("denying")["verbs"]


def lifted(scope: Scope, withheld: Sequence[Attribution], s: Sentence) -> None:
    """Takes the denial off what somebody is told not to deny: 'neither confirmed nor denied the raid', 'withdrew its denial that'."""
    cues = {s.lemmas[a.cue] for a in withheld if a.sentence == s.index and a.cue is not None}
    if scope.negated and any(f"{lemma}:not" in scope.reasons for lemma in cues):
        scope.negated = False


def denials(s: Sentence) -> Iterator[Denial]:
    """The denials of a sentence that leave the act to what was told before."""
    words = load_lexicon("denying")
    if (words["verbs"] | words["calling"] | words["untrue"]).isdisjoint(s.vocabulary()):
        return
    for i in range(len(s)):
        if s.tags[i] in ("VBD", "VBZ", "VBP") or (s.tags[i] == "VBN" and any(s.lemmas[c] == "have" for c in s.all_children(i, "aux"))):
            found = _said_untrue(s, i) if s.lemmas[i] == "be" else _denial(s, i)
            if found is not None:
                yield found


def _denial(s: Sentence, i: int) -> Denial | None:
    words, lemma = load_lexicon("denying"), s.lemmas[i]
    if lemma not in words["verbs"] | words["calling"] or _open(s, i):
        return None
    if lemma in words["calling"]:
        called = _called(s, i)
        if called is not None:
            return Denial(s, i, called, told=None if s.lemmas[called] in words["pronouns"] else called)
    if lemma not in words["verbs"] or (s.child(i, "ccomp", "xcomp") is not None and _so(s, i) is None):
        return None
    if (doing := _so(s, i)) is not None:
        return Denial(s, i, doing)
    objects = s.all_children(i, "dobj")
    if len(objects) != 1 or s.child(objects[0], "conj", "acl", "relcl") is not None:
        return None
    k = objects[0]
    word = s.words[k].lower()
    if word in words["pronouns"]:
        return Denial(s, i, k) if lemma in words["bare"] else None
    if s.lemmas[k] in words["told"]:
        return Denial(s, i, k, told=k) if _bare(s, k) else None
    if s.lemmas[k] in words["parts"] and lemma in (*words["bare"], "reject"):
        preps = [p for p in s.all_children(k, "prep") + s.all_children(i, "prep") if s.words[p].lower() in words["naming"]]
        acts = [c for p in preps for c in s.all_children(p, "pobj")]
        if any(s.all_children(p, "pcomp") for p in preps) or len(acts) > 1:
            return None
        named = acts[0] if acts and s.words[acts[0]].lower() not in words["pronouns"] else None
        return Denial(s, i, k if named is None else named, names=named)
    return None


def _said_untrue(s: Sentence, i: int) -> Denial | None:
    """'This is a lie', 'the accusation was baseless'."""
    words, k = load_lexicon("denying"), s.child(i, "nsubj")
    called = [c for c in s.all_children(i, "attr", "acomp") if s.lemmas[c] in words["untrue"] or s.words[c].lower() in words["untrue"]]
    if k is None or not called or s.child(i, "neg", "aux", "advcl") is not None or s.raw.text.rstrip("\"'”’ )").endswith("?"):
        return None
    if s.words[k].lower() in words["pronouns"]:
        return Denial(s, i, k, spoken=True)
    return Denial(s, i, k, told=k, spoken=True) if s.lemmas[k] in words["told"] and _bare(s, k) else None


def _open(s: Sentence, i: int) -> bool:
    """Whether the denial is itself not told as done."""
    if s.child(i, "neg", "mark", "auxpass") is not None or any(s.lemmas[c] not in ("have", "do") for c in s.all_children(i, "aux")):
        return True
    if any(s.words[c].lower() in ("never", "neither", "hardly") for c in s.children[i]):
        return True
    if s.deps[i] == "conj" and s.child(i, "nsubj") is None:
        return _open(s, s.heads[i])
    return s.raw.text.rstrip("\"'”’ )").endswith("?")


def _so(s: Sentence, i: int) -> int | None:
    """'denied doing so', 'denied having done so': the verb that stands for the act."""
    below = s.child(i, "xcomp", "pcomp")
    if below is None or s.tags[below] not in ("VBG", "VBN") or s.lemmas[below] != "do":
        return None
    return below if s.words[below + 1 : below + 2] in (["so"], ["it"]) else None


def _bare(s: Sentence, k: int) -> bool:
    """Whether a noun for what was said does not say itself what that is: 'the accusation', 'the accusation by Nepal'."""
    words = load_lexicon("denying")
    if any(s.words[p].lower() not in words["whose"] and s.words[p].lower() != "as" for p in s.all_children(k, "prep")):
        return False
    if s.child(k, "appos", "ccomp") is not None or s.child(k, "compound") is not None:
        return False
    known = any(s.words[c].lower() in words["known"] for c in s.all_children(k, "det"))
    return known or s.child(k, "poss") is not None


def _called(s: Sentence, i: int) -> int | None:
    """What a verb calls untrue: 'called the claim a lie', 'dismissed it as false'."""
    words = load_lexicon("denying")
    below = s.subtree(i)
    if not any(s.lemmas[k] in words["untrue"] or s.words[k].lower() in words["untrue"] for k in below if k > i):
        return None
    named = [k for k in below if k > i and (s.words[k].lower() in words["pronouns"] or s.lemmas[k] in words["told"])]
    if not named or any(
        s.is_verb(k) and s.deps[k] in ("ccomp", "acl", "relcl") and s.lemmas[k] != "be" for k in below if k != i and k > named[0]
    ):
        return None
    k = named[0]
    near = s.heads[k] == i or s.heads[s.heads[k]] == i
    return k if near and (s.lemmas[k] not in words["told"] or _bare(s, k)) else None


def denied_acts(
    read: Sequence[tuple[Draft, Mention]],
    sentences: Sequence[Sentence],
    subject: Subject,
    speaker: Subject,
    nouns: Callable[[str], frozenset[str]],
    span: Callable[[Span], Span],
) -> list[tuple[Draft, Mention]]:
    """The mentions with those added that deny an act told before in words that do not tell it.

    ``subject``: who does what a verb says; ``speaker``: who says it; ``nouns``: the types that a noun tells; ``span``: to the original.
    """
    added: list[tuple[Draft, Mention]] = []
    for s in sentences:
        for denial in denials(s):
            deniers = [r for r in (speaker if denial.spoken else subject)(s, denial.verb) if political(r)]
            if len({r.code for r in deniers}) != 1 or _told_itself(denial, read):
                continue
            found = _act(denial, deniers[0], read, nouns)
            if found is not None:
                taken = {m.id for _, m in (*read, *added)}
                added.append((found[0], _mention(denial, deniers[0], found[1], taken, span)))
    return sorted([*read, *added], key=lambda pair: (pair[1].trigger_span[0], pair[1].id)) if added else list(read)


def _told_itself(denial: Denial, read: Sequence[tuple[Draft, Mention]]) -> bool:
    """Whether the sentence tells an act that is denied in its own words."""
    return any(d.sentence is denial.sentence and m.status == "denied" and m.type != "REJECT" for d, m in read)


def _act(
    denial: Denial, denier: Referent, read: Sequence[tuple[Draft, Mention]], nouns: Callable[[str], frozenset[str]]
) -> tuple[Draft, Mention] | None:
    """The act that is denied: the last one told before of which the denier is said to be the author; none where it is open which."""
    words, s = load_lexicon("denying"), denial.sentence
    before = [(d, m) for d, m in read if 0 < s.index - d.sentence.index <= _NEAR]
    for d, m in reversed(before):
        if m.type == "ACCUSE" and denial.names is None and any(_same(r, denier) for r in m.recipients):
            inside = [e for e, o in before if e.sentence is d.sentence and _fits(o, denier, words)]
            if not inside:
                return None  # charged with what no mention tells
        if not _fits(m, denier, words):
            continue
        if denial.names is not None:
            if not _names(s, denial.names, d, m, nouns):
                continue
        elif m.status == "happened" and (denial.told is not None or s.index - d.sentence.index > 1):
            return None
        if denial.told is not None and not _spoken(denial, m):
            return None
        return d, m
    return None


def _fits(m: Mention, denier: Referent, words: dict[str, frozenset[str]]) -> bool:
    """Whether somebody tells of an act that the denier did it, not the denier himself."""
    if m.type not in words["acts"] or m.status not in ("happened", "claimed") or len({a.country or a.id for a in m.actors}) != 1:
        return False
    if not any(_same(a, denier) for a in m.actors) or any((x.country or x.id) == denier.code for x in m.sources):
        return False
    return not (denier.sector not in words["against"] and any(a.sector in words["against"] for a in m.actors))


def _same(actor: Actor, denier: Referent) -> bool:
    return actor.id == denier.id if denier.country is None else actor.country == denier.country


def _names(s: Sentence, k: int, d: Draft, m: Mention, nouns: Callable[[str], frozenset[str]]) -> bool:
    """Whether a noun names the act: by its stem, by its kind, or as any act of force."""
    lemma = s.lemmas[k].lower()
    told = {d.name.lower(), m.trigger.lower()}
    if lemma in load_lexicon("denying")["generic"]:
        return m.type in ("ASSAULT", "COERCE")
    return any(len(w) >= _STEM and w[:_STEM] == lemma[:_STEM] for w in told) or m.type in nouns(lemma)


def _spoken(denial: Denial, m: Mention) -> bool:
    """Whether the words that are denied, where it is said whose they are, are of who tells the act."""
    s, k = denial.sentence, denial.told
    if k is None:
        return True
    named = [s.words[c].lower() for c in s.subtree(k) if s.tags[c].startswith(("NNP", "JJ")) and s.words[c][0].isupper()]
    if not named:
        return True
    held = " ".join([*(x.text for x in m.sources), *(r.text for r in m.recipients), *(x.country or "" for x in m.sources)]).lower()
    return any(w[:_STEM] in held for w in named)


def _mention(denial: Denial, denier: Referent, act: Mention, taken: set[str], span: Callable[[Span], Span]) -> Mention:
    s, i = denial.sentence, denial.word
    at = span((s.starts[i], s.ends[i]))
    stem = f"{act.document}.{at[0]:06d}"
    first = next((b for b in act.because if b.startswith("again:")), f"again:{act.id}")
    kept = tuple(b for b in act.because if b.startswith("codebook:"))
    return replace(
        act,
        id=next(n for n in (stem, *(stem + chr(c) for c in range(98, 123))) if n not in taken),
        sentence=s.raw.text,
        sentence_span=span(s.raw.span),
        trigger=s.words[i],
        trigger_span=at,
        status="denied",
        polarity="negative",
        certainty="certain",
        tense="past",
        sources=(Source(denier.cited, denier.id, span(denier.span), denier.country),),
        qualities=(),
        responds=False,
        because=(*kept, f"denied:{s.words[denial.verb].lower()}", first),
    )
