"""The forms in which a sentence tells a tie: each yields the kind, the token that tells it, and both ends."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from .phrases import Phrases
from .referents import Referent
from .tie_parties import (
    across_dash,
    before,
    beside,
    doers,
    held_by,
    named_under,
    outer_subject,
    said_of,
    subjects,
    things,
    under,
    who,
    words_of,
)

Found = tuple[str, int, Referent, Referent]  # kind, token that tells it, subject, object

#: kinds told of somebody by a name before the noun: 'an Iranian proxy', 'U.S. ally Jordan'
_BY_NAME = ("agent_of", "allied_with", "rival_of")
_STATES = frozenset({"state", "territory", "igo", "alliance", "bloc"})


def in_sentence(s: Sentence, phrases: Phrases) -> Iterator[Found]:
    """All ties that the words of a sentence tell."""
    words = load_lexicon("ties")
    for i, tag in enumerate(s.tags):
        lemma = s.lemmas[i].removeprefix("arch-").removeprefix("ex-")
        if tag.startswith("NN"):
            yield from _noun(s, i, lemma, phrases, words)
        elif tag.startswith(("JJ", "VB")):
            if (
                s.deps[i] == "amod" and lemma in words["mutual"] and phrases.hit(s, s.heads[i])
            ):  # 'its rival Turkey', 'rival' read as adjective
                yield from _noun(s, i, lemma, phrases, words)
            if s.deps[i] in ("amod", "compound", "nmod"):
                yield from _adjective(s, i, phrases, words)
            elif tag.startswith("VB") and s.deps[i] not in ("acomp",):
                yield from _verb(s, i, phrases, words)
            yield from _predicate(s, i, phrases, words)


@cache
def _all(*parts: str) -> frozenset[str]:
    """The words of all kinds of parts of the lexicon: most words of a text are in none, and one look tells."""
    words = load_lexicon("ties")
    return frozenset().union(*(nouns for part in parts for nouns in words[part].values()))


# ------------------------------------------------------------ nouns
def _noun(s: Sentence, i: int, lemma: str, phrases: Phrases, words: dict[str, Any]) -> Iterator[Found]:
    if lemma in _all("of") and phrases.hit(s, i) is None:
        for kind, nouns in words["of"].items():
            if lemma in nouns and not _is_other(s, i, kind, words):
                yield from _of(s, i, kind, phrases, words)
    if lemma == "minister" and not _is_other(s, i, "leads", words):
        yield from _of(s, i, "leads", phrases, words)
    if lemma in _all("between", "bound") and not s.tags[i].startswith("NNP"):
        bound = any(s.lemmas[c] in words["binding"] for c in s.all_children(i, "amod", "compound", "nmod"))
        for kind, nouns in (*words["between"].items(), *(words["bound"].items() if bound else ())):
            if lemma in nouns:
                yield from _between(s, i, kind, phrases)
    if lemma in words["state_nouns"]:
        yield from _of_state(s, i, phrases)
    if s.children[i]:
        yield from _superlative(s, i, phrases, words)


def _is_other(s: Sentence, i: int, kind: str, words: dict[str, Any]) -> bool:
    """Whether a word beside the noun makes it tell another thing: 'deputy leader', 'business partner'."""
    other = words["other"].get(kind, ())
    near = [*s.all_children(i, "amod", "compound", "nmod"), *([i - 1] if i else [])]
    return any(s.words[c].lower().split("-")[0] in other for c in near)


def _of(s: Sentence, i: int, kind: str, phrases: Phrases, words: dict[str, Any]) -> Iterator[Found]:
    """'the local branch of Y', said of X; 'agents of Y'; 'NATO member', 'an Iranian proxy', 'Hezbollah leader'."""
    objects = under(s, i, "of", phrases)
    by_name = False
    if kind == "part_of" and s.tags[i].startswith("NNP") and s.deps[i] != "attr":  # 'the Bureau of Statistics' is a name
        return
    if s.lemmas[i] in words["borne"] and (s.tags[i] != "NN" or s.deps[i] not in ("attr", "appos")):
        return
    if kind == "leads" and not named_under(s, i, "of", phrases) and any(s.words[c].lower() == "of" for c in s.all_children(i, "prep")):
        return  # 'the firm's head of investigations'
    objects = objects or [r for c in s.all_children(i, "poss") for r in who(s, c, phrases, described=False)]
    if not objects:
        objects, by_name = _named_before(s, i, kind, phrases), True
    if kind == "leads":
        title = _title(s, i)
        objects = [r for r in objects if (title in words["rulers"] if r.kind in _STATES else title not in words["rulers_only"])]
        if s.lemmas[i] == "minister" and title != "prime minister":
            return
    if not objects:
        yield from _each_other(s, i, kind, phrases)
        return
    if kind == "leads" and s.tags[i] == "NNS" and s.deps[i] not in ("attr", "appos"):  # 'party leaders including X' lead it each in part
        return
    told = said_of(s, i, phrases, unnamed=kind == "agent_of") or _holder_of_title(s, i, phrases)
    if not told and _told_by_itself(s, i, kind, phrases, words):
        told = [words_of(s, i, phrases)]
    if kind == "part_of" and all(r.person for r in told):
        told = beside(s, i, phrases)
    for subject in told:
        for obj in objects:
            if obj.via == "pronoun" and (obj.id or obj.name) == (subject.id or subject.name):
                yield from ((kind, i, subject, other) for other in outer_subject(s, i, phrases))
            elif kind == "leads" and by_name and _known_ruler(subject, obj, phrases):
                continue
            elif kind == "allied_with" and by_name and _bloc(obj):  # 'NATO ally Turkey'
                yield "member_of", i, subject, obj
            else:
                yield kind, i, subject, obj


def _known_ruler(subject: Referent, obj: Referent, phrases: Phrases) -> bool:
    """Whether a title before a name only says what the directory knows: 'Russian President Vladimir Putin' tells no tie anew."""
    entry = phrases.directory.entries.get(subject.id or "")
    return obj.kind in _STATES and entry is not None and any(t.country == obj.country for t in entry.terms)


def _title(s: Sentence, i: int) -> str:
    lemma = s.lemmas[i]
    pair = f"{s.lemmas[i - 1]} {lemma}" if i else lemma
    return pair if pair in load_lexicon("ties")["rulers"] else lemma


def _named_before(s: Sentence, i: int, kind: str, phrases: Phrases) -> list[Referent]:
    """Whom a name before the noun says it is of; of the words of a title only the one right before it."""
    found = before(s, i, phrases, "compound", "nmod", "amod")
    head = s.heads[i]
    if not found and s.deps[i] in ("compound", "nmod", "amod", "poss"):  # where the name hangs on the bearer's name
        found = [(k, r) for k, r in before(s, head, phrases, "compound", "nmod", "amod", "poss") if k < i]
    if kind == "member_of":
        return [r for _, r in found if _bloc(r)]
    if kind in _BY_NAME:
        return [r for _, r in found if r.kind in _STATES and (kind != "agent_of" or r.via != "place")]
    if kind == "leads":
        first = i - 1 if _title(s, i) == s.lemmas[i] else i - 2
        return [r for k, r in found if k == first]
    return []


def _holder_of_title(s: Sentence, i: int, phrases: Phrases) -> list[Referent]:
    """Who bears a title that stands before a name nobody knows: 'militia leader X'."""
    head = s.heads[i]
    if s.deps[i] in ("compound", "nmod") and s.tags[head].startswith("NNP"):
        return [r for r in phrases.referents(s, head) if r.name]
    return []


def _told_by_itself(s: Sentence, i: int, kind: str, phrases: Phrases, words: dict[str, Any]) -> bool:
    """Whether the phrase is a party itself, by its words: 'two agents of the FSB were arrested', 'raided the local branch of X'."""
    if s.deps[i] not in ("nsubj", "nsubjpass", "dobj", "pobj", "conj") or any(s.tags[c] == "PRP$" for c in s.all_children(i, "poss")):
        return False
    return kind == "agent_of" or (kind == "part_of" and s.lemmas[i] in words["own_name"] and named_under(s, i, "of", phrases))


def _bloc(r: Referent) -> bool:
    return r.kind in ("alliance", "igo") or (r.kind == "bloc" and r.sector == "IGO")  # BRICS, not the West


def _each_other(s: Sentence, i: int, kind: str, phrases: Phrases) -> Iterator[Found]:
    """'Iran and Saudi Arabia are rivals.'"""
    if kind not in ("allied_with", "rival_of") or s.tags[i] != "NNS" or s.deps[i] != "attr" or s.all_children(i, "prep", "poss"):
        return
    if s.lemmas[i] not in load_lexicon("ties")["mutual"]:
        return
    yield from _pairs(kind, i, said_of(s, i, phrases))


def _pairs(kind: str, i: int, parties: list[Referent]) -> Iterator[Found]:
    for n, a in enumerate(parties):
        for b in parties[n + 1 :]:
            yield kind, i, a, b


def _between(s: Sentence, i: int, kind: str, phrases: Phrases) -> Iterator[Found]:
    parties = under(s, i, "between", phrases)
    if len(parties) < 2:
        parties = [
            r
            for c in s.all_children(i, "compound", "amod", "nmod")
            for k in s.subtree(c)
            if phrases.hit(s, k)
            for r in phrases.referents(s, k)
        ]
        parties = [r for n, r in enumerate(parties) if all(r.id != o.id for o in parties[:n])]
    if len(parties) > 1:
        yield from _pairs(kind, i, parties)
        return
    others = under(s, i, "with", phrases)
    holders = [r for c in s.all_children(i, "poss") for r in who(s, c, phrases)]
    if not holders and s.deps[i] == "dobj":
        holders = subjects(s, s.heads[i], phrases, "nsubj")
    yield from ((kind, i, holder, other) for holder in holders if not holder.person for other in others)


def _superlative(s: Sentence, i: int, phrases: Phrases, words: dict[str, Any]) -> Iterator[Found]:
    """ "NATO's second-strongest army — Turkey", 'Turkey has the second-largest army in NATO'."""
    if not any(
        s.words[c].lower() in words["superlative"] or s.lemmas[c] in words["superlative"] for c in s.all_children(i, "amod", "compound")
    ):
        return
    blocs = [r for c in s.all_children(i, "poss") for r in who(s, c, phrases)]
    blocs += [*under(s, i, "in", phrases), *under(s, i, "of", phrases)]
    head = s.heads[i]
    members = subjects(s, head, phrases, "nsubj") if s.deps[i] == "dobj" and s.lemmas[head] == "have" else said_of(s, i, phrases)
    members = members or across_dash(s, i, phrases)
    yield from (("member_of", i, member, bloc) for bloc in blocs if bloc.kind in ("alliance", "igo") for member in members)


# ------------------------------------------------------------ adjectives
def _adjective(s: Sentence, i: int, phrases: Phrases, words: dict[str, Any]) -> Iterator[Found]:
    """'Hamas-run N', 'Russian-backed N': whoever stands in the adjective, and N; 'state-run N': the state that N is of."""
    noun, lemma, word = s.heads[i], s.lemmas[i], s.words[i].lower()
    told = {lemma, word, word.rsplit("-", 1)[-1]}
    own = [r for c in s.children[i] for r in (phrases.referents(s, c) if phrases.hit(s, c) else ())]
    own = own or (list(phrases.referents(s, i)) if phrases.hit(s, i) else [])
    if own:
        for kind, adjectives in words["adjective"].items():
            if not told.isdisjoint(adjectives):
                yield from _held(kind, i, own, things(s, noun, phrases, kind))
        return
    prefixed = [s.words[c].lower() for c in s.all_children(i, "npadvmod", "compound", "nmod", "advmod", "amod")]
    whole = {word, *(f"{p}-{word}" for p in prefixed)}
    for kind, adjectives in words["state"].items():
        if not whole.isdisjoint(adjectives):
            yield from _state(s, i, noun, kind, phrases)


def _state(s: Sentence, i: int, noun: int, kind: str, phrases: Phrases) -> Iterator[Found]:
    held = things(s, noun, phrases, kind)
    above = [s.heads[noun]] if s.deps[noun] in ("compound", "nmod") else []  # "China's state-run news agency Xinhua"
    if not phrases.hit(s, noun) and above and phrases.hit(s, above[0]):
        held = list(phrases.referents(s, above[0]))
    named = [c for n in (noun, *above) for c in s.all_children(n, "poss", "amod", "compound") if c != i and phrases.hit(s, c)]
    holders = [r for c in named for r in phrases.referents(s, c) if r.kind == "state"]
    if holders:
        yield from _held(kind, i, holders, held)
    else:
        first = min((c for c in s.children[i] if c < i), default=i)
        yield from ((kind, i, state, r) for r in held for state in _home_state(s, first, i, r, phrases))


def _of_state(s: Sentence, i: int, phrases: Phrases) -> Iterator[Found]:
    """'Iranian state television', of whose name is known: 'state news agency IRNA'."""
    at = next((k for k in (i - 1, i - 2) if k >= 0 and s.words[k].lower() == "state"), None)
    if at is None or (s.deps[i] == "compound" and s.lemmas[s.heads[i]] in load_lexicon("ties")["state_nouns"]):
        return
    head = s.heads[i]
    held = (
        list(phrases.referents(s, head))
        if s.deps[i] in ("compound", "nmod") and phrases.hit(s, head)
        else things(s, i, phrases, "controls")
    )
    for r in held:
        if r.via != "words":
            yield from (("controls", i, state, r) for state in _home_state(s, at, at, r, phrases))


def _home_state(s: Sentence, first: int, last: int, r: Referent, phrases: Phrases) -> list[Referent]:
    """The state that a body is of, as the directory knows: 'state-run IRNA'."""
    entry = phrases.directory.entries.get(r.country or "")
    if entry is None or r.via == "words" or r.kind not in ("agency", "company", "media"):
        return []
    span = s.span(first, last)
    text = s.raw.text[span[0] - s.raw.span[0] : span[1] - s.raw.span[0]]
    return [Referent(text, span, entry.id, entry.country, "GOV", entry.name, "state")]


def _held(kind: str, i: int, holders: list[Referent], held: list[Referent]) -> Iterator[Found]:
    for holder in holders:
        if all(holder.id != thing.id for thing in held):
            yield from ((kind, i, holder, thing) for thing in held)


# ------------------------------------------------------------ verbs
def _verb(s: Sentence, i: int, phrases: Phrases, words: dict[str, Any]) -> Iterator[Found]:
    lemma = s.lemmas[i]
    if s.tags[i] == "VBN" and lemma in _all("passive") and any(s.words[c].lower() == "by" for c in s.all_children(i, "agent", "prep")):
        yield from _passive(s, i, phrases, words)
    elif lemma in words["leaving"] and s.tags[i] in ("VBD", "VBN") and s.child(i, "neg") is None:
        yield from _active(s, i, "member_of", phrases)
    elif lemma in _all("active"):
        for kind, verbs in words["active"].items():
            if lemma in verbs and (kind == "member_of" or _lasting(s, i)):
                yield from _active(s, i, kind, phrases)


def _passive(s: Sentence, i: int, phrases: Phrases, words: dict[str, Any]) -> Iterator[Found]:
    """'backed by X', 'is controlled by X'."""
    passive = s.child(i, "auxpass")
    told = passive is None or s.deps[i] == "relcl" or s.words[passive].lower() in ("is", "are", "been", "'s", "'re")
    for kind, verbs in words["passive"].items():
        if s.lemmas[i] in verbs and (told or kind != "allied_with"):
            held = [r for r in held_by(s, i, phrases) if kind != "leads" or r.kind not in _STATES]
            yield from ((kind, i, holder, thing) for holder in under(s, i, "by", phrases) for thing in held)


def _active(s: Sentence, i: int, kind: str, phrases: Phrases) -> Iterator[Found]:
    """'which rules Gaza', 'joined NATO', 'denied backing the Houthis'."""
    objects = s.all_children(i, "dobj") or [o for c in s.all_children(i, "conj") if s.is_verb(c) for o in s.all_children(c, "dobj")]
    if kind == "leads":  # 'commands U.S. forces' leads no state
        objects = [o for o in objects if phrases.hit(s, o) or s.tags[o].startswith("NNP")]
    found = [r for o in objects for r in who(s, o, phrases, kind in ("allied_with", "controls"))]
    found = [r for r in found if _bloc(r) == (kind == "member_of") or kind == "leads"]
    if found:
        told = ((subject, r) for subject in doers(s, i, phrases) for r in found)
        yield from ((kind, i, a, b) for a, b in told if not (b.person and a.country == b.country))  # no party's support of its own people


def _lasting(s: Sentence, i: int) -> bool:
    """Whether a verb tells what goes on rather than an act: 'backs', 'has led', 'is arming', 'accused of backing', 'denied backing'."""
    tag, head, aux = s.tags[i], s.heads[i], {s.lemmas[c] for c in s.all_children(i, "aux")}
    if tag in ("VBZ", "VBP"):
        return not aux
    if tag in ("VBN", "VBD"):
        return "have" in aux or (s.deps[i] == "conj" and not aux and s.tags[head] == "VBN" and _lasting(s, head))
    if tag == "VB":
        return bool(aux) and aux <= {"do"}
    reporting = load_lexicon("reporting")
    if s.deps[i] == "pcomp":
        return s.lemmas[s.heads[head]] in reporting["accuse"]
    if s.deps[i] == "conj" and s.tags[head] == "VBG":
        return _lasting(s, head)
    return "be" in aux or (s.deps[i] in ("xcomp", "ccomp") and s.lemmas[head] in reporting["deny"])


def _predicate(s: Sentence, i: int, phrases: Phrases, words: dict[str, Any]) -> Iterator[Found]:
    """'is allied with X', 'militias aligned with X'."""
    for kind, adjectives in words["predicate"].items():
        if s.words[i].lower() in adjectives:
            others = [*under(s, i, "with", phrases), *under(s, i, "to", phrases)]
            if not others:
                continue
            told = subjects(s, s.heads[i], phrases, "nsubj") if s.deps[i] == "acomp" else held_by(s, i, phrases)
            yield from ((kind, i, subject, other) for subject in told for other in others)
