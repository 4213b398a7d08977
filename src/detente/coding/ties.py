"""Ties told in text: 'the local branch of', 'agents of', 'the Ankara–Baku axis', 'state-run', 'backed by', 'NATO member', 'its rival'."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from ..records import Actor, Document, Source, Tie
from .citing import Attribution
from .phrases import Phrases
from .referents import Referent
from .tie_dates import dates_of, over
from .tie_forms import in_sentence

Scope = Callable[[Sentence, int], tuple[str, list[Referent]]]


def find_ties(document: Document, sentences: Sequence[Sentence], phrases: Phrases, cited: Sequence[Attribution], scope: Scope) -> list[Tie]:
    """The ties that a document's sentences tell, each once a sentence, with status and sources as a mention has them."""
    out: dict[tuple[str, str, str, int], Tie] = {}
    for s in sentences:
        for kind, token, subject, obj in in_sentence(s, phrases):
            subject, obj = _named(phrases, subject), _named(phrases, obj)
            if not _distinct(subject, obj) or not _fit(phrases, kind, subject, obj):
                continue
            status, sources = scope(s, token)
            if status == "happened" and _aimed_at(s, token):
                status = "planned"
            key = (kind, subject.id or subject.text, obj.id or obj.text, s.index)
            if key in out:
                continue
            start, end = dates_of(s, token, document.published)
            if end is None and over(s, token):  # what has ended, nobody can say when
                continue
            out[key] = Tie(
                id=hashlib.blake2b("|".join((document.id, *map(str, key))).encode(), digest_size=8).hexdigest(),
                kind=kind,
                subject=_actor(document, subject),
                object=_actor(document, obj),
                start=start,
                end=end,
                status=status,  # type: ignore[arg-type]
                sources=tuple(Source(r.name or r.text, r.id, document.to_original(r.span), r.country) for r in sources),
                document=document.id,
                sentence=s.raw.text,
                sentence_span=document.to_original(s.raw.span),
            )
    return list(out.values())


def _aimed_at(s: Sentence, i: int) -> bool:
    """Whether a tie is only sought or decided on: 'applied to join'."""
    return s.tags[i] == "VB" and s.deps[i] == "xcomp" and s.lemmas[s.heads[i]] in load_lexicon("ties")["aiming"]


def _fit(phrases: Phrases, kind: str, subject: Referent, obj: Referent) -> bool:
    """Whether both ends are such as a tie of the kind is between: persons lead, bodies are led."""
    wanted = load_lexicon("ties")["ends"].get(kind, {})
    if any(not _is_a(phrases, r, wanted[end]) for end, r in (("subject", subject), ("object", obj)) if end in wanted):
        return False
    if kind == "leads" and (obj.kind == "place" or (obj.name or obj.text).lower() in load_lexicon("ties")["generic"]):
        return False
    if any(r.via == "unknown" and r.text.lower() in phrases.words["titles"] for r in (subject, obj)):
        return False
    states = subject.kind in ("state", "territory", "people")
    return not (kind == "member_of" and states and obj.kind not in ("alliance", "igo", "bloc"))


def _is_a(phrases: Phrases, r: Referent, wanted: str) -> bool:
    entry = phrases.directory.entries.get(r.id or "")
    person = entry.kind == "person" if entry is not None else r.person
    if wanted == "person":
        return r.name is not None and (person or r.kind == "unknown") and r.via != "words"
    return not person and (entry is None or entry.kind not in ("people", "person"))


def _named(phrases: Phrases, r: Referent) -> Referent:
    """A described phrase ('the office', 'its') under the name of whom it stands for."""
    if r.via == "words" or (r.name is not None and r.via != "pronoun"):
        return r
    entry = phrases.directory.entries.get(r.id or r.country or "")
    return replace(r, name=entry.name) if entry is not None else r


def _distinct(a: Referent, b: Referent) -> bool:
    """Whether both ends are somebody, and not the same; one end may be known by its words alone."""
    if a.text == b.text or (a.name is not None and a.name == b.name):
        return False
    if "words" in (a.via, b.via):
        return bool(a.id or a.country or b.id or b.country)
    if (a.id or a.text) != (b.id or b.text) and a.via != "unknown" and (a.id or a.country) and (b.id or b.country):
        return True
    return bool(a.name and b.id and a.name != b.name)


def _actor(document: Document, r: Referent) -> Actor:
    return Actor(r.text, document.to_original(r.span), r.id or r.name, r.country, r.sector, r.name)
