"""Ties told in text: 'the local branch of', 'agents of', 'the Ankara–Baku axis', 'state-run', 'backed by', 'NATO member', 'its rival'."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from ..records import Actor, Document, Source, Tie
from .citing import Attribution
from .phrases import Phrases
from .referents import Referent
from .tie_parties import named_under, outer_subject, said_of, since, subjects, things, under

#: kinds of ties whose object is no person
_OF_BODIES = frozenset({"leads", "member_of", "part_of"})

Scope = Callable[[Sentence, int], tuple[str, list[Referent]]]
Found = tuple[str, int, Referent, Referent]  # kind, token that tells it, subject, object


def find_ties(document: Document, sentences: Sequence[Sentence], phrases: Phrases, cited: Sequence[Attribution], scope: Scope) -> list[Tie]:
    """The ties that a document's sentences tell, each once a sentence, with status and sources as a mention has them."""
    words = load_lexicon("ties")
    out: dict[tuple[str, str, str, int], Tie] = {}
    for s in sentences:
        start = since(s)
        for kind, token, subject, obj in _in_sentence(s, phrases, words):
            subject, obj = _named(phrases, subject), _named(phrases, obj)
            if not _distinct(subject, obj) or (obj.kind == "person" and kind in _OF_BODIES):
                continue
            status, sources = scope(s, token)
            key = (kind, subject.id or subject.text, obj.id or obj.text, s.index)
            if key in out or status == "hypothetical":
                continue
            out[key] = Tie(
                id=hashlib.blake2b("|".join((document.id, *map(str, key))).encode(), digest_size=8).hexdigest(),
                kind=kind,
                subject=_actor(document, subject),
                object=_actor(document, obj),
                start=start,
                status=status,  # type: ignore[arg-type]
                sources=tuple(Source(r.name or r.text, r.id, document.to_original(r.span), r.country) for r in sources),
                document=document.id,
                sentence=s.raw.text,
                sentence_span=document.to_original(s.raw.span),
            )
    return list(out.values())


def _in_sentence(s: Sentence, phrases: Phrases, words: dict[str, Any]) -> Iterator[Found]:
    any_of, any_between = _all("of"), _all("between")
    for i, tag in enumerate(s.tags):
        lemma = s.lemmas[i].removeprefix("arch-")
        if tag.startswith("NN"):
            if lemma in any_of:
                for kind, nouns in words["of"].items():
                    if lemma in nouns and phrases.hit(s, i) is None:
                        yield from _of(s, i, kind, phrases)
            if lemma in any_between:
                for kind, nouns in words["between"].items():
                    if lemma in nouns:
                        yield from _between(s, i, kind, phrases)
            if s.children[i]:
                yield from _superlative(s, i, phrases, words)
        elif tag.startswith(("JJ", "VB")):
            if s.deps[i] == "amod":
                for kind, adjectives in words["adjective"].items():
                    if lemma in adjectives or lemma.rsplit("-", 1)[-1] in adjectives or s.words[i].lower() in adjectives:
                        yield from _adjective(s, i, kind, phrases)
            elif tag.startswith("VB"):
                yield from _verb(s, i, phrases, words)
        if s.deps[i] in ("compound", "amod", "nmod") and lemma in any_of:
            yield from _relational(s, i, lemma, phrases, words)


@cache
def _all(part: str) -> frozenset[str]:
    """The words of all kinds of a part of the lexicon: most words of a text are in none, and one look tells."""
    return frozenset().union(*load_lexicon("ties")[part].values())


def _of(s: Sentence, i: int, kind: str, phrases: Phrases) -> Iterator[Found]:
    """'the local branch of Y', said of X; 'agents of Y'."""
    objects = under(s, i, "of", phrases)
    if kind == "leads" and objects and not named_under(s, i, "of", phrases):
        return
    objects = objects or [r for c in s.all_children(i, "poss") for r in phrases.group(s, c)]
    if kind == "member_of" and not objects:
        objects = [
            r for c in s.all_children(i, "compound", "nmod", "amod") if phrases.hit(s, c) for r in phrases.referents(s, c) if _bloc(r)
        ]
    for subject in said_of(s, i, phrases, unnamed=kind == "agent_of"):
        for obj in objects:
            if obj.via == "pronoun" and (obj.id or obj.name) == (subject.id or subject.name):
                yield from ((kind, i, subject, other) for other in outer_subject(s, i, phrases))
            else:
                yield kind, i, subject, obj


def _bloc(r: Referent) -> bool:
    return r.kind in ("alliance", "igo", "bloc")


def _relational(s: Sentence, i: int, lemma: str, phrases: Phrases, words: dict[str, Any]) -> Iterator[Found]:
    """'Armenia's arch-rival Azerbaijan', 'India and its rival Pakistan'."""
    noun = s.heads[i]
    if not phrases.hit(s, noun):
        return
    for kind in ("allied_with", "rival_of", "agent_of"):
        if lemma in words["of"][kind]:
            for holder in (r for c in s.all_children(noun, "poss") for r in phrases.group(s, c)):
                for named in phrases.referents(s, noun):
                    yield kind, i, named, holder


def _verb(s: Sentence, i: int, phrases: Phrases, words: dict[str, Any]) -> Iterator[Found]:
    """'backed by X', 'is controlled by X', 'which rules Gaza', 'joined NATO'."""
    lemma, dep = s.lemmas[i], s.deps[i]
    if s.tags[i] == "VBN" and lemma in _all("passive"):
        passive = s.child(i, "auxpass") is not None
        for kind, verbs in words["passive"].items():
            if lemma in verbs and (dep in ("acl", "relcl", "advcl") or (passive and kind == "controls")):
                held = phrases.group(s, s.heads[i]) if dep == "acl" else subjects(s, i, phrases, "nsubjpass")
                if dep == "advcl" and not passive and i < s.heads[i]:  # 'Hezbollah, backed by Iran, fired rockets'
                    held = subjects(s, s.heads[i], phrases, "nsubj")
                yield from ((kind, i, holder, thing) for holder in under(s, i, "by", phrases) for thing in held)
    elif lemma in _all("active"):
        lasting = s.tags[i] in ("VBZ", "VBP") and s.child(i, "aux", "neg") is None
        for kind, verbs in words["active"].items():
            if lemma in verbs and (lasting or kind == "member_of"):
                found = [(o, r) for o in s.all_children(i, "dobj") if phrases.hit(s, o) for r in phrases.group(s, o)]
                for subject in subjects(s, i, phrases, "nsubj"):
                    yield from ((kind, i, subject, r) for _, r in found if _bloc(r) == (kind == "member_of"))


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
    if len(parties) < 2:
        holder = [r for c in s.all_children(i, "poss") for r in phrases.group(s, c)]
        parties = [*holder, *under(s, i, "with", phrases)]
    if len(parties) == 1 and s.deps[i] in ("pobj", "dobj"):
        above = next((k for k in s.ancestors(i) if s.is_verb(k)), None)
        if above is not None:
            parties = [r for c in s.all_children(above, "nsubj", "nsubjpass") for r in phrases.group(s, c)] + parties
    for n, a in enumerate(parties):
        for b in parties[n + 1 :]:
            yield kind, i, a, b


def _superlative(s: Sentence, i: int, phrases: Phrases, words: dict[str, Any]) -> Iterator[Found]:
    if not any(
        s.words[c].lower() in words["superlative"] or s.lemmas[c] in words["superlative"] for c in s.all_children(i, "amod", "compound")
    ):
        return
    for bloc in (r for c in s.all_children(i, "poss") for r in phrases.group(s, c) if r.kind in ("alliance", "igo")):
        for member in said_of(s, i, phrases):
            yield "member_of", i, member, bloc


def _adjective(s: Sentence, i: int, kind: str, phrases: Phrases) -> Iterator[Found]:
    """'state-run N', 'Russian-backed N': whoever stands in or before the adjective, and N."""
    noun = s.heads[i]
    own = [r for c in s.children[i] for r in (phrases.referents(s, c) if phrases.hit(s, c) else ())]
    own = own or (list(phrases.referents(s, i)) if phrases.hit(s, i) else [])
    above = [s.heads[noun]] if s.deps[noun] in ("compound", "nmod") else []  # "China's state-run news agency Xinhua"
    beside = [c for n in (noun, *above) for c in s.all_children(n, "poss", "amod", "compound") if c != i and phrases.hit(s, c)]
    holders = own or [r for c in beside for r in phrases.referents(s, c)]
    held = things(s, noun, phrases)
    for holder in holders:
        if all(holder.id != thing.id for thing in held):
            yield from ((kind, i, holder, thing) for thing in held)


def _named(phrases: Phrases, r: Referent) -> Referent:
    """A described phrase ('the office', 'its') under the name of whom it stands for."""
    if r.via == "words" or (r.name is not None and r.via != "pronoun"):
        return r
    entry = phrases.directory.entries.get(r.id or r.country or "")
    return replace(r, name=entry.name) if entry is not None else r


def _distinct(a: Referent, b: Referent) -> bool:
    """Whether both ends are somebody, and not the same; one end may be known by its words alone."""
    if "words" in (a.via, b.via):
        return bool((a.id or a.country or b.id or b.country) and a.text != b.text)
    if (a.id or a.text) != (b.id or b.text) and a.via != "unknown" and (a.id or a.country) and (b.id or b.country):
        return True
    return bool(a.name and b.id and a.name != b.name)


def _actor(document: Document, r: Referent) -> Actor:
    return Actor(r.text, document.to_original(r.span), r.id or r.name, r.country, r.sector, r.name)
