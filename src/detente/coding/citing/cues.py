"""Cues: the words that hold a source to a content, and the content that grammar gives them.

A verb, noun or adjective is a cue in certain frames only: 'called for a truce' but not 'called a truce'. The lexicon ``reporting`` has
what is said, thought or denied, the lexicon ``cues`` the frames of all other words (what is wanted, planned, asked, praised or blamed).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from ...knowledge.lexicon import load_lexicon
from ...language import Sentence
from ...records import Span
from . import sources
from .spans import runs, union

Frames = dict[str, frozenset[str]]  # lemma -> its frames
_CLAUSES = ("ccomp", "parataxis")
_APART = frozenset(",—–-")
_STOPS = frozenset(',;:.?!()—–"“”') | {"''", "``"}
_MEANT = frozenset({"it", "this", "that"})
_JOINS = frozenset({"and", "but", "or", "who", "which", "as", "when", "while", "that", "if", "because", "then", "yet", "so"})
_ASKING = frozenset({"whether", "if", "how", "what", "why", "who", "where", "when", "which", "whom", "whose"})


@dataclass(slots=True)
class Cue:
    """A cue with what grammar says of it; ``quotes`` tells whether it may introduce quoted words."""

    sentence: Sentence
    token: int
    source: int | None
    content: list[Span] = field(default_factory=list)
    denies: bool = False
    thought: bool = False
    stance: bool = False
    quotes: bool = False
    quoted: bool = False
    withheld: bool = False
    colon: bool = False  # 'Envoy: the talks have failed', with all that follows in the source's own words

    @property
    def span(self) -> Span:
        """Where the cue stands."""
        return self.sentence.span(self.token, self.token)


@cache
def _frames(part: str) -> Frames:
    """The frames of each verb, noun or adjective."""
    out: dict[str, set[str]] = {}
    for frame, lemmas in load_lexicon("cues")[part].items():
        for lemma in lemmas:
            out.setdefault(lemma, set()).add(frame)
    return {lemma: frozenset(frames) for lemma, frames in out.items()}


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """Lemmas that may be a cue: of verbs, and of nouns and adjectives."""
    words = load_lexicon("reporting")
    verbs = frozenset().union(*(words[key] for key in ("say", "think", "deny", "accuse", "quote", "citing")), _frames("verbs"))
    return verbs, words["nouns"].union(_frames("nouns"), _frames("adjectives"))


def find_cues(s: Sentence) -> list[Cue]:
    """The cues of a sentence, in order."""
    verbs, others = _known()
    phrases = load_lexicon("reporting")["phrases"]
    named = _named(s)
    found = [named] if named is not None else []
    phrased = not phrases.isdisjoint(s.vocabulary())
    for i, lemma in enumerate(s.lemmas):
        cue = None
        if lemma in verbs and s.is_verb(i):
            cue = _verb(s, i) or _citing(s, i)
        elif lemma in others:
            cue = _noun(s, i) if s.tags[i] in ("NN", "NNS") else _adjective(s, i) if s.tags[i].startswith("JJ") else None
        elif phrased and s.words[i].lower() in phrases:
            cue = _phrase(s, i)
        if cue is not None:
            found.append(cue)
    return [c for c in found if not _light(c, found)]


def _light(c: Cue, found: Sequence[Cue]) -> bool:
    """Whether a verb only lends itself to a noun that is a cue: 'voiced concern about', where the concern is what is held."""
    s, i = c.sentence, c.token
    if not c.stance or not s.is_verb(i) or s.lemmas[i] not in load_lexicon("cues")["light"]:
        return False
    return any(o.token in s.all_children(i, "dobj", "nsubjpass") for o in found)


def _named(s: Sentence) -> Cue | None:
    """A speaker named before a colon in a heading: 'Envoy: the talks have failed'. In the body it is a place or a topic more often."""
    if not s.raw.heading:
        return None
    words = load_lexicon("cues")["before_colon"]
    colon = next((i for i in range(1, min(8, len(s) - 4)) if s.words[i] == ":"), None)
    if colon is None or any(tag.startswith("VB") or tag == "IN" for tag in s.tags[:colon]):
        return None
    head = colon - 1
    if s.words[head] in ")]" or not s.is_noun(head) or not (s.tags[head].startswith("NNP") or s.lemmas[head].lower() in words):
        return None
    if s.lemmas[head].lower() in load_lexicon("cues")["never_before_colon"]:
        return None
    return Cue(s, colon, head, runs(s, range(colon + 1, len(s))), colon=True)


# ---------------------------------------------------------------- verbs
def _verb(s: Sentence, i: int) -> Cue | None:
    words, lemma = load_lexicon("reporting"), s.lemmas[i]
    if lemma in words["accuse"] and (cue := _accusation(s, i)) is not None:
        return cue
    said, denies = lemma in words["say"], lemma in words["deny"]
    thought = lemma in words["think"] and not said
    passive = _passive(s, i)
    source = sources.agent(s, i) if passive else sources.subject(s, i)
    own = {i, *s.all_children(i, "aux", "auxpass", "neg", "advmod")}
    if said or denies or thought:
        spans = _clause(s, i, own, passive)
        if denies and (not spans or any(s.tags[c] == "VBG" for c in s.all_children(i, "xcomp"))):  # 'denies using gas and claims it was …'
            spans += [r for c in s.all_children(i, "pcomp", "dobj", "xcomp") for r in runs(s, s.subtree(c), own)]
        if not spans and s.tags[i] in ("VBD", "VBZ", "VBP") and (aside := _aside(s, i)) is not None:
            first, last = aside
            inside = source if source is not None and first <= source <= last else sources.after(s, i) or sources.before(s, i)
            if inside is not None:
                source = inside
                spans = runs(s, [k for k in range(len(s)) if not first <= k <= last], own)
        if not spans and lemma in words["say_noun"]:
            spans = [r for c in s.all_children(i, "dobj", "nsubjpass") for r in runs(s, s.subtree(c), own)]
            source = source if source is not None else sources.agent(s, i)
        if spans:
            withheld = not thought and _withheld(s, i)
            return Cue(s, i, source, spans, denies and not withheld, thought, quotes=not thought, withheld=withheld)
    if (cue := _stance(s, i, source, passive, own)) is not None:
        cue.quotes = said or lemma in words["quote"]
        return cue
    if said or lemma in words["quote"]:
        return Cue(s, i, source, quotes=True)
    return None


def _withheld(s: Sentence, i: int) -> bool:
    """Whether it is told that somebody does not say (or does not deny) something: 'did not say that', 'without confirming that'."""
    if s.child(i, "neg") is not None or any(s.words[c].lower() == "never" for c in s.all_children(i, "advmod")):
        return True
    over = s.heads[i]
    if s.deps[i] == "conj" and s.child(i, "nsubj") is None and s.is_verb(over):  # 'did not confirm or deny', 'neither confirmed nor denied'
        joined = {s.words[c].lower() for c in s.all_children(over, "cc", "preconj") + s.all_children(i, "cc", "preconj")}
        return "nor" in joined or ("or" in joined and s.child(over, "neg") is not None)
    return s.deps[i] == "pcomp" and s.words[over].lower() == "without"


def _passive(s: Sentence, i: int) -> bool:
    """Whether a verb is passive, also as a participle: 'asked about it, he declined'."""
    if s.child(i, "auxpass") is not None:
        return True
    return s.tags[i] == "VBN" and s.deps[i] in ("advcl", "acl") and s.child(i, "aux", "nsubj", "dobj") is None


def _clause(s: Sentence, i: int, own: set[int], passive: bool) -> list[Span]:
    """The clause that a verb of saying or thinking has."""
    words = load_lexicon("reporting")
    clauses = s.all_children(i, *_CLAUSES)
    that = [c for c in clauses if c > i and any(s.words[k].lower() == "that" for k in s.all_children(c, "mark"))]
    thing = s.child(i, "dobj")
    before = [c for c in clauses if c < i and ";" in s.words[c:i]]
    if before and (that or thing is not None):
        clauses = [c for c in clauses if c not in before]
        if thing is not None and (s.words[thing].lower() in _MEANT or s.lemmas[thing] in words["nouns"] | words["charges"]):
            # 'A accused B of spying; C denied it': the spying
            charges = (cue for c in before if s.lemmas[c] in words["accuse"] and (cue := _accusation(s, c)) is not None)
            return next((cue.content for cue in charges), [r for c in before for r in runs(s, _told(s, c, i), own)])
    spans = [r for c in that or clauses for r in runs(s, _told(s, c, i), own)]  # 'A accused B; C denied that …': A's words are not denied
    if (
        not spans and not passive and s.lemmas[i] == "say"
    ):  # 'said boycotting it would help', 'said the firms there face ruin' parsed as one phrase
        spans = [r for c in s.all_children(i, "xcomp", "dobj") if len(s.subtree(c)) > 4 for r in runs(s, s.subtree(c), own)]
    if not spans and passive and (told := s.child(i, "xcomp")) is not None:
        over = s.child(i, "nsubjpass")  # 'the envoy is said to have left'
        spans = runs(s, s.subtree(over), own) if over is not None else []
        spans += runs(s, s.subtree(told), own)
    return spans


def _told(s: Sentence, clause: int, cue: int) -> list[int]:
    """The tokens of a clause without a verb coordinated to it that goes on with the cue: 'admitted that it fell but noted that …'."""
    apart: set[int] = set()
    for k in s.all_children(clause, "conj"):
        if s.is_verb(k) and s.lemmas[k] in _known()[0] and sources.outer_verb(s, k) == cue:
            apart |= {*s.subtree(k), *(c for c in s.all_children(clause, "cc") if c > k - 3)}
    return [t for t in s.subtree(clause) if t not in apart]


def _held(s: Sentence, head: int) -> list[int]:
    """The tokens of what a stance is about, without a relative clause after a comma at its end, which the writer adds."""
    tokens = s.subtree(head)
    last = next((k for k in reversed(tokens) if s.deps[k] == "relcl" and s.heads[k] in tokens), None)
    if last is None:
        return tokens
    added = s.subtree(last)
    ends = added[-1] >= tokens[-1] - 1 and added[0] > 0 and s.words[added[0] - 1] in _APART
    return [t for t in tokens if t not in added] if ends else tokens


def _aside(s: Sentence, i: int) -> tuple[int, int] | None:
    """First and last token of a short clause with a reporting verb that stands apart by commas: '…, the envoy said, …'."""
    first = last = i
    while first > 0 and i - first < 12 and s.words[first - 1] not in _STOPS:
        first -= 1
    while last + 1 < len(s) and last - i < 10 and s.words[last + 1] not in _STOPS:
        last += 1
    if first == 0 or s.words[first - 1] not in _APART or (last + 1 < len(s) and s.words[last + 1] not in ",.;"):
        return None
    if s.words[first].lower() in _JOINS or any(s.is_verb(k) and s.deps[k] not in ("aux", "acl") for k in range(first, last + 1) if k != i):
        return None
    return first, last


def _accusation(s: Sentence, i: int) -> Cue | None:
    """'Damascus blamed Israel for the strikes': Israel and the strikes are what Damascus says."""
    passive = _passive(s, i)
    source = sources.agent(s, i) if passive else sources.subject(s, i)
    charge = [
        r
        for c in s.all_children(i, "prep")
        if s.words[c].lower() in ("for", "of", "with", "on")
        for p in s.all_children(c, "pobj", "pcomp")
        for r in runs(s, s.subtree(p))
    ]
    if not charge and s.lemmas[i] == "accuse":  # 'accused hackers tied to the state of a cyberattack', read as the state's
        deep = [k for c in s.all_children(i, "dobj") for a in s.all_children(c, "acl", "relcl") for k in s.subtree(a)]
        last = next((k for k in reversed(deep) if s.words[k].lower() == "of" and s.deps[k] == "prep"), None)
        charge = [r for p in s.all_children(last, "pobj", "pcomp") for r in runs(s, s.subtree(p))] if last is not None else []
    if not charge:
        return None
    accused = [r for c in s.all_children(i, "nsubjpass" if passive else "dobj") for r in runs(s, s.subtree(c))]
    return Cue(s, i, source, [*accused, *charge])


def _stance(s: Sentence, i: int, source: int | None, passive: bool, own: set[int]) -> Cue | None:
    """What is wanted, planned, asked, praised or blamed: the frames of the verb that the sentence fills."""
    frames = _frames("verbs").get(s.lemmas[i])
    if frames is None:
        return None
    things = s.all_children(i, "nsubjpass" if passive else "dobj")
    heads: list[int] = []
    taken = "object" in frames and bool(things)  # whether the object is a part of the content
    for c in s.children[i]:
        dep, word = s.deps[c], s.words[c].lower()
        if dep in ("xcomp", "ccomp"):
            filled = _clausal(s, c, frames, bool(things), passive)
            heads += [c] if filled else []
            taken |= filled in ("urging", "naming")
        elif dep in ("oprd", "acomp") and "raising" in frames:
            heads.append(c)
        elif (dep in ("oprd", "acomp") and "naming" in frames and (things or passive)) or (
            dep == "prep" and word == "as" and word in frames
        ):
            heads.append(c)
            taken = True
        elif dep in ("prep", "agent", "dative") and word in frames:
            heads += s.all_children(c, "pobj", "pcomp")
        elif dep == "prep" and taken and word in ("for", "over", "as", "on"):
            heads.append(c)
    if taken:
        heads += things
    if heads and "raising" in frames:  # 'the deal seems to hold': nobody is named who thinks so
        heads += s.all_children(i, "nsubj", "nsubjpass")
        source = None
    spans = union(r for c in set(heads) for r in runs(s, _held(s, c), own))
    return Cue(s, i, source, spans, stance=True) if spans else None


def _clausal(s: Sentence, c: int, frames: frozenset[str], things: bool, passive: bool) -> str | None:
    """The frame that a clause c fills, if any."""
    dep, tag = s.deps[c], s.tags[c]
    if "raising" in frames and (dep == "xcomp" or tag == "VB"):
        return "raising"
    if "infinitive" in frames and dep == "xcomp" and tag in ("VB", "VBG") and (passive or not things):
        return "infinitive"
    if "urging" in frames and tag == "VB" and (things or s.child(c, "nsubj") is not None):
        return "urging"
    if "naming" in frames and not s.is_verb(c):
        return "naming"
    if "clause" in frames and dep == "ccomp":
        return "clause"
    return "question" if "question" in frames and _asks(s, c) else None


def _asks(s: Sentence, clause: int) -> bool:
    return any(s.words[k].lower() in _ASKING for k in s.subtree(clause)[:2])


# ---------------------------------------------------------------- phrases, nouns, adjectives
def _citing(s: Sentence, i: int) -> Cue | None:
    """'…, citing X'."""
    words = load_lexicon("reporting")
    source, above = s.child(i, "dobj"), s.heads[i]
    if s.lemmas[i] not in words["citing"] or s.tags[i] != "VBG" or source is None or above == i or s.lemmas[above] in words["say"]:
        return None
    return _rest(s, i, source)


def _phrase(s: Sentence, i: int) -> Cue | None:
    """'according to X'."""
    to = next((c for c in s.children[i] if s.words[c].lower() == "to"), None)
    source = None
    if to is not None:
        source = s.child(to, "pobj")
    elif i + 1 < len(s) and s.words[i + 1].lower() == "to":
        source = s.child(i + 1, "pobj") or s.child(i, "pobj")
    return _rest(s, i, source) if source is not None else None


def _rest(s: Sentence, i: int, source: int) -> Cue | None:
    """What a sourcing phrase speaks for: the clause it hangs on, without itself."""
    head = s.heads[i]
    while s.heads[head] != head and not s.is_verb(head):
        head = s.heads[head]
    below = set(s.subtree(i))
    spans = runs(s, [k for k in s.subtree(head) if k not in below])
    return Cue(s, i, source, spans, quotes=True) if spans else None


def _noun(s: Sentence, i: int) -> Cue | None:
    """'Moscow's claim that …', 'allegations that …', 'support for …'."""
    words = load_lexicon("reporting")
    said = s.lemmas[i] in words["nouns"]
    frames = _frames("nouns").get(s.lemmas[i])
    if not said and frames is None:
        return None
    clause = next((c for c in s.all_children(i, "acl", "ccomp") if any(s.words[k].lower() == "that" for k in s.children[c])), None)
    if clause is not None and (said or (frames is not None and "clause" in frames)):
        denies = s.lemmas[i] == "denial"
        undone = denies and s.deps[i] == "dobj" and s.lemmas[s.heads[i]] in words["retract"]  # 'withdrew its denial that'
        spans = runs(s, s.subtree(clause), {i})
        return Cue(s, i, sources.owner(s, i), spans, denies and not undone, stance=not said, withheld=undone)
    if frames is None:
        return None
    heads = [p for c in s.all_children(i, "prep") if s.words[c].lower() in frames for p in s.all_children(c, "pobj", "pcomp")]
    if "infinitive" in frames:
        heads += [c for c in s.all_children(i, "acl") if s.tags[c] == "VB"]
    spans = [r for c in heads[:1] for r in runs(s, s.subtree(c))]
    return Cue(s, i, sources.owner(s, i), spans, stance=True) if spans else None


def _adjective(s: Sentence, i: int) -> Cue | None:
    """'confident that …', 'eager to …', 'critical of …'."""
    frames = _frames("adjectives").get(s.lemmas[i])
    if frames is None:
        return None
    heads: list[int] = []
    for c in s.children[i]:
        dep = s.deps[c]
        if (dep == "ccomp" and "clause" in frames) or (dep == "xcomp" and "infinitive" in frames):
            heads.append(c)
        elif dep == "prep" and s.words[c].lower() in frames:
            heads += s.all_children(c, "pobj", "pcomp")
    spans = [r for c in heads for r in runs(s, s.subtree(c))]
    if not spans:
        return None
    above = s.heads[i]
    source = sources.subject(s, above) if s.is_verb(above) else above if s.is_noun(above) and above != i else None
    return Cue(s, i, source, spans, stance=True)
