"""Denials of less than an act: 'denied that it had struck civilians' does not deny the strike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from ..records import Actor, Mention
from .telling import Telling, rules
from .words import content_stems, is_in, plain_words, read_data, stem

REAL = ("happened", "claimed")
_NEAR = 2  # words on either side of the act's that may tell its manner
_OBJECT = 3  # words after it that may tell an object that is taken for a place: 'shelled residential areas in Kharkiv'
_MEANS = 5  # words that tell a means
#: the clause that is denied ends here
_CLAUSE = re.compile(r"[.;:!?”\"]|, |\b(?:and|but|while|as|after|before|when|which|who|that|because|in|on|at|during|over)\b")


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {k: frozenset(stem(w) for w in v) if k != "means" else frozenset(v) for k, v in read_data("denials.yaml").items()}


def narrower(denial: Telling, told: Sequence[Telling]) -> frozenset[str]:
    """What a denial denies beside what others tell: stems of an object, a means, a manner that none of them tells; empty where it denies
    the act itself."""
    if denial.mention.status != "denied" or not told:
        return frozenset()
    known = frozenset(s for t in told for s in _told(t.mention))
    return frozenset(s for own in _restrictions(denial.mention, _broad(told)) if not own & known for s in own)


def parted(groups: Sequence[int], tellings: Sequence[Telling], kept: Set[int]) -> list[int]:
    """Numbers of groups by telling, denials of less than the act in groups of their own, those of the same thing in one.

    ``kept``: places of tellings that stay where they are.
    """
    told: dict[int, list[Telling]] = defaultdict(list)
    for n, t in zip(groups, tellings, strict=True):
        if t.mention.status in REAL:
            told[n].append(t)
    new: dict[tuple[int, frozenset[str]], int] = {}
    out = []
    for k, (n, t) in enumerate(zip(groups, tellings, strict=True)):
        less = narrower(t, told[n]) if k not in kept else None
        out.append(new.setdefault((n, less), max(groups) + 1 + len(new)) if less else n)
    return out


def _told(mention: Mention) -> Iterator[str]:
    yield from content_stems(mention.sentence)
    yield from (s for a in mention.recipients for s in content_stems(a.text))


def _broad(told: Sequence[Telling]) -> bool:
    """Whether it is told of whole countries, towns and bodies, or of people, alone, to whom it is done."""
    return all(not _kind(r) - _lists()["plain"] for t in told for r in t.mention.recipients)


def _kind(actor: Actor) -> Set[str]:
    """Stems of the common nouns that say what somebody is; of names those that nobody may attack: 'Rantisi Hospital'."""
    spared = _lists()["spared"]
    found = ((stem(w), token) for token in actor.text.split() for w in plain_words(token) if w[0].isalpha() and not is_in("common", w))
    return {s for s, token in found if token[0].islower() or s in spared}


def _restrictions(mention: Mention, broad: bool) -> Iterator[Set[str]]:
    """What a denial denies beside the act: sets of stems, one an object, a means, a manner."""
    lists, at = _lists(), mention.sentence_span[0]
    for r in mention.recipients:
        kind = _kind(r) - lists["plain"]
        spared = kind & lists["spared"]
        if spared or (kind and broad and not _known(mention, r)):
            yield spared or kind
    before = plain_words(mention.sentence[: mention.trigger_span[0] - at])[-_NEAR:]
    clause = _CLAUSE.split(mention.sentence[mention.trigger_span[1] - at :], maxsplit=1)[0]
    after = plain_words(clause)
    yield from ({stem(w)} for w in after[:_OBJECT] if stem(w) in lists["spared"])
    yield from ({stem(w)} for w in (*before, *after) if stem(w) in lists["manner"])
    for n, word in enumerate(after):
        means = set(content_stems(" ".join(after[n + 1 : n + 1 + _MEANS]))) if word in lists["means"] else None
        if means:
            yield means


def _known(mention: Mention, actor: Actor) -> bool:
    """Whether a text tells somebody as known: 'the journalists'."""
    if actor.span is None:
        return True
    first = actor.text.split()[:1]
    before = mention.sentence[: max(0, actor.span[0] - mention.sentence_span[0])].split()[-1:]
    return any(w.lower() in rules()["definite"] for w in (*first, *before))
