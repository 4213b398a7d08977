"""Which acts are told as answers to others, and which act a word of condemnation, praise, demand or punishment names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from .drafts import Draft
from .retelling import definite

#: how a name of an act hangs under what names it
_UNDER = frozenset({"appos", "conj", "dobj", "nsubjpass", "pcomp", "pobj", "prep"})
_CLAUSES = frozenset({"ccomp", "parataxis", "relcl"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_STEPS = 8


def named(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft, str]]:
    """Pairs of a sentence's drafts of which the first names the second, with how it does: 'object', 'answer', or its preposition."""
    telling = _telling(drafts)
    for d in drafts:
        found = _above(d, telling)
        if found is not None:
            yield found[0], d, found[1]


def answering(drafts: Sequence[Draft]) -> list[Draft]:
    """Those of a sentence's drafts that it tells as answers to other acts: what stands next above the words that say so ('expelled him in
    response to'), what goes on from that ('…, and closed'), what these words do ('responded by expelling'), or they themselves.
    """
    if not drafts:
        return []
    s = drafts[0].sentence
    telling = _telling(drafts)
    found: list[Draft] = []
    for top, cue in _cues(s):
        own = [d for k in cue for d in telling.get(k, ()) if s.deps[top] != "prep"] or _over(s, top, telling)
        tokens = {d.token for d in own} | {top}
        found += own
        found += [d for d in drafts if s.deps[d.token] == "conj" and s.heads[d.token] in tokens and s.is_verb(d.token)]
        if s.is_verb(top):
            found += [d for d in drafts if _by_means(s, d.token, top)]
    return [d for d in drafts if any(d is f for f in found)]


def _cues(s: Sentence) -> Iterator[tuple[int, list[int]]]:
    """Words that tell an act as an answer: the one that the others hang under, and all of them."""
    text, start = s.raw.text.lower(), s.raw.span[0]
    found: list[set[int]] = []
    for cue in sorted(load_lexicon("scope")["answering"], key=lambda c: (-len(c), c)):
        at = text.find(cue)
        inside = [k for k in range(len(s)) if at <= s.starts[k] - start < at + len(cue)] if at >= 0 else []
        if inside and not any(longer.issuperset(inside) for longer in found):
            found.append(set(inside))
            yield next((k for k in inside if s.heads[k] not in inside or s.heads[k] == k), inside[0]), inside


def _over(s: Sentence, k: int, telling: dict[int, list[Draft]]) -> list[Draft]:
    """The drafts next above a word, in its clause."""
    for _ in range(_STEPS):
        if s.heads[k] == k or s.deps[k] in _CLAUSES:
            return []
        k = s.heads[k]
        if k in telling:
            return telling[k]
    return []


def _by_means(s: Sentence, k: int, top: int) -> bool:
    """Whether a word says what was done in answer: 'retaliated with strikes', 'responded by expelling'."""
    for _ in range(_STEPS):
        if s.deps[k] not in ("conj", "dobj", "pcomp", "pobj", "prep") or (s.deps[k] == "prep" and s.words[k].lower() not in ("by", "with")):
            return False
        k = s.heads[k]
        if k == top:
            return True
    return False


def _telling(drafts: Sequence[Draft]) -> dict[int, list[Draft]]:
    telling: dict[int, list[Draft]] = {}
    for d in drafts:
        for k in {d.token, d.match.light, d.match.word} - {None}:
            telling.setdefault(k, []).append(d)  # type: ignore[arg-type]
    return telling


def is_setting(act: Draft, by: str) -> bool:
    """Whether an act that another names so is a known one in which the other took place or not: 'in the attack'."""
    return by in load_lexicon("naming")["settings"] and act.noun is not None and definite(act)


def _above(act: Draft, telling: dict[int, list[Draft]]) -> tuple[Draft, str] | None:
    """What names an act, and how."""
    s, words = act.sentence, load_lexicon("naming")
    own, by = {act.token, act.match.light, act.match.word}, ""
    k = act.token
    for _ in range(_STEPS):
        head, dep = s.heads[k], s.deps[k]
        if head == k or dep not in _UNDER or (dep == "conj" and s.is_verb(k) and not by):
            return None
        if head in own:
            k = head
            continue
        if dep in ("pobj", "pcomp"):
            if by and not (by != "object" and s.words[head].lower() in words["addressing"]):  # 'in Florida for the talks'
                return None
            by = by or _preposition(s, head)
            if by == "answer":
                head = s.heads[s.heads[head]]
        elif dep in _OBJECTS:
            by = by or "object"
        over = next((d for d in telling.get(head, ()) if d is not act), None)
        if over is not None:
            return (over, by) if by else None
        if s.is_verb(head) and not _carried(s, head, words):
            return None
        if dep in _OBJECTS and by == "object" and s.is_verb(head):
            by = ""  # 'for ordering the raid': the preposition above says how
        k = head
    return None


def _preposition(s: Sentence, k: int) -> str:
    """The word by which an act is named; '' where another above tells: 'a wave of raids'."""
    words, word, head = load_lexicon("naming"), s.words[k].lower(), s.heads[k]
    if word == "of":
        return "of" if not s.is_noun(head) else "" if s.lemmas[head] in words["of_acts"] else "object"
    if s.lemmas[head] in words["answers"] and s.deps[head] == "pobj" and s.words[s.heads[head]].lower() == "in":
        return "answer"
    return word


def _carried(s: Sentence, k: int, words: dict[str, frozenset[str]]) -> bool:
    return s.lemmas[k] in words["carrying"]
