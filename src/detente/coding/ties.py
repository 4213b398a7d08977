"""Ties told in text: 'the local branch of', 'agents of', 'the Ankara–Baku axis', 'state-run', 'backed by'."""

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

Scope = Callable[[Sentence, int], tuple[str, list[Referent]]]
Found = tuple[str, int, Referent, Referent]  # kind, token that tells it, subject, object


def find_ties(document: Document, sentences: Sequence[Sentence], phrases: Phrases, cited: Sequence[Attribution], scope: Scope) -> list[Tie]:
    """The ties that a document's sentences tell, each once a sentence, with status and sources as a mention has them."""
    words = load_lexicon("ties")
    out: dict[tuple[str, str, str, int], Tie] = {}
    for s in sentences:
        for kind, token, subject, obj in _in_sentence(s, phrases, words):
            subject, obj = _named(phrases, subject), _named(phrases, obj)
            if not _distinct(subject, obj):
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
        lemma = s.lemmas[i]
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
            if s.deps[i] == "acl" and tag == "VBN":
                for kind, verbs in words["passive"].items():
                    if lemma in verbs:
                        yield from _passive(s, i, kind, phrases)


@cache
def _all(part: str) -> frozenset[str]:
    """The words of all kinds of a part of the lexicon: most words of a text are in none, and one look tells."""
    return frozenset().union(*load_lexicon("ties")[part].values())


def _under(s: Sentence, i: int, word: str, phrases: Phrases) -> list[Referent]:
    return [
        r
        for c in s.all_children(i, "prep", "agent")
        if s.words[c].lower() == word
        for p in s.all_children(c, "pobj")
        for r in phrases.group(s, p)
    ]


def _said_of(s: Sentence, i: int, phrases: Phrases) -> list[Referent]:
    """Of whom a noun is said: its apposition's head, or the subject of 'be'."""
    head = s.heads[i]
    if s.deps[i] == "appos":
        return phrases.group(s, head)
    if s.deps[i] == "attr" and s.lemmas[head] == "be":
        return [r for c in s.all_children(head, "nsubj") for r in phrases.group(s, c)]
    return [r for c in s.all_children(i, "appos") for r in phrases.group(s, c)]


def _of(s: Sentence, i: int, kind: str, phrases: Phrases) -> Iterator[Found]:
    objects = _under(s, i, "of", phrases) or [r for c in s.all_children(i, "poss") for r in phrases.group(s, c)]
    for subject in _said_of(s, i, phrases):
        for obj in objects:
            yield kind, i, subject, obj


def _between(s: Sentence, i: int, kind: str, phrases: Phrases) -> Iterator[Found]:
    parties = _under(s, i, "between", phrases)
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
        parties = [*holder, *_under(s, i, "with", phrases)]
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
        for member in _said_of(s, i, phrases):
            yield "member_of", i, member, bloc


def _adjective(s: Sentence, i: int, kind: str, phrases: Phrases) -> Iterator[Found]:
    noun = s.heads[i]
    held = phrases.referents(s, noun)
    own = [r for c in s.children[i] for r in (phrases.referents(s, c) if phrases.hit(s, c) else ())]
    own = own or (list(phrases.referents(s, i)) if phrases.hit(s, i) else [])
    holders = own or [
        r for c in s.all_children(noun, "poss", "amod", "compound") if c != i and phrases.hit(s, c) for r in phrases.referents(s, c)
    ]
    for holder in holders:
        for thing in held:
            if thing.kind not in ("body", "thing", "title") or thing.id:
                yield kind, i, holder, thing


def _passive(s: Sentence, i: int, kind: str, phrases: Phrases) -> Iterator[Found]:
    for holder in _under(s, i, "by", phrases):
        for thing in phrases.group(s, s.heads[i]):
            yield kind, i, holder, thing


def _named(phrases: Phrases, r: Referent) -> Referent:
    """A described phrase ('the office', 'its') under the name of whom it stands for."""
    if r.name is not None and r.via != "pronoun":
        return r
    entry = phrases.directory.entries.get(r.id or r.country or "")
    return replace(r, name=entry.name) if entry is not None else r


def _distinct(a: Referent, b: Referent) -> bool:
    return (bool(a.id or a.country) and bool(b.id or b.country) and (a.id or a.text) != (b.id or b.text) and a.via != "unknown") or bool(
        a.name and b.id and a.name != b.name
    )


def _actor(document: Document, r: Referent) -> Actor:
    return Actor(r.text, document.to_original(r.span), r.id or r.name, r.country, r.sector, r.name)
