"""Which of a sentence's dates belongs to an event word."""

from __future__ import annotations

from collections.abc import Sequence

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from .dates import DateFound

_CLAUSES = frozenset({"ccomp", "relcl", "advcl", "parataxis", "conj", "acl"})
_BEFORE_NOUN = frozenset({"poss", "compound", "nmod", "amod", "nummod", "npadvmod"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass"})
_AT = frozenset({"at", "during", "in"})
_TO_WHAT = frozenset({"to", "for", "at", "over", "against"})
_SHARED = 20  # what a date of the next part of a coordination costs: any other is nearer


def date_of(s: Sentence, token: int, dates: Sequence[DateFound]) -> tuple[str | None, str | None]:
    """ISO date and precision of the event at ``token``; (None, None) where the sentence gives none.

    ``dates`` have spans into the sentence's text. A date under the trigger wins; else the nearest one on a clause above it, but never one
    that dates the reporting of the words ('said on Monday that …') or another noun ('answered Monday's strike').
    """
    best: tuple[int, DateFound] | None = None
    above = _above(s, token)
    perfect = any(s.tags[c] in ("VBP", "VBZ") and s.lemmas[c] == "have" for c in s.all_children(token, "aux"))
    for date in dates:
        if perfect and date.precision == "year":
            continue  # 'have detained men suspected of murders in 2001': what has been done is not of a year gone by
        first, last = (s.token_at(s.raw.span[0] + k) for k in (date.span[0], date.span[1] - 1))
        if first is None or last is None:
            continue
        if date.since:
            cost = 1 if date.follows and _told_after(s, last, token) else None
        elif (noun := _dated_noun(s, first, last)) is not None:
            cost = _through_noun(s, token, noun)
        elif _when(s, token, first, last):
            cost = 1
        else:
            cost = _cost(s, token, first, above)
            if cost is None and _shared(s, token, first):
                cost = _SHARED
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, date)
    return (best[1].start, best[1].precision) if best is not None else (None, None)


def _shared(s: Sentence, token: int, date: int) -> bool:
    """Whether a date at the end of a coordination is of its first part too: 'two were killed and others were hurt on Friday'."""
    k = date
    while s.heads[k] != k and not (s.deps[k] in _CLAUSES and s.is_verb(k)):
        k = s.heads[k]
    passives = all(s.tags[v] == "VBN" and s.child(v, "auxpass", "nsubjpass") is not None for v in (k, token))
    return s.deps[k] == "conj" and s.heads[k] == token and passives and k < date


def _above(s: Sentence, token: int) -> dict[int, tuple[int, int]]:
    """Tokens over the trigger whose dates are also its own, with their distance, and before which token such a date must stand.

    A clause with a subject of its own shares only what stands before the first clause: 'On Monday Kyiv protested and Minsk answered'.
    """
    out = {token: (0, len(s))}
    k, steps, limit = token, 0, len(s)
    while s.heads[k] != k:
        if s.deps[k] in ("ccomp", "parataxis", "relcl") and s.is_verb(k):
            break
        if s.deps[k] == "conj" and s.is_verb(k) and s.child(k, "nsubj", "nsubjpass") is not None:
            limit = min(limit, *(s.all_children(s.heads[k], "nsubj", "nsubjpass") or [s.heads[k]]))
        if k != token and (_looked_into(s, k) or _answered(s, k)):
            break
        k = s.heads[k]
        steps += 1
        out[k] = (steps, limit)
    return out


def _looked_into(s: Sentence, k: int) -> bool:
    """Whether what hangs under ``k`` came before the act that looks into it: 'opened a case on Monday into the murder'."""
    if s.words[k].lower() != "into" or s.deps[k] != "prep":
        return False
    over = s.heads[k]
    inquiries = load_lexicon("dates")["inquiries"]
    return any(s.lemmas[t] in inquiries for t in (over, *s.all_children(over, "dobj", "nsubjpass")))


def _answered(s: Sentence, k: int) -> bool:
    """Whether what hangs under ``k`` came before what answers it: 'cancelled the concerts on Sunday in response to the raid'."""
    over = s.heads[k]
    at = s.heads[over]
    answer = s.lemmas[over] in load_lexicon("dates")["answers"] and s.deps[over] == "pobj" and s.words[at].lower() == "in"
    return answer and s.deps[k] == "prep" and s.words[k].lower() in _TO_WHAT


def _cost(s: Sentence, token: int, date: int, above: dict[int, tuple[int, int]]) -> int | None:
    k, steps = date, 0
    while True:
        if k in above:
            distance, limit = above[k]
            return steps + 3 * distance if date < limit else None
        if s.heads[k] == k:
            return None
        if s.deps[k] in _CLAUSES and s.is_verb(k) and not _of_what_was_made(s, k, above):
            return None  # dates another clause
        k = s.heads[k]
        steps += 1
        if steps > 12:
            return None


def _of_what_was_made(s: Sentence, verb: int, above: dict[int, tuple[int, int]]) -> bool:
    """Whether a clause only says that the trigger was done: 'the protest which Baku made on Saturday'."""
    return (
        s.deps[verb] in ("relcl", "acl") and above.get(s.heads[verb], (1, 0))[0] == 0 and s.lemmas[verb] in load_lexicon("scope")["light"]
    )


def _told_after(s: Sentence, after: int, token: int) -> bool:
    """Whether the trigger is told in the clause or phrase that 'after' or 'before' opens."""
    if s.deps[after] == "mark":
        top = s.heads[after]
    else:
        top = next((c for c in s.children[after] if s.deps[c] in ("pobj", "pcomp", "advcl")), after)
    k = token
    while k != top:
        if s.heads[k] == k or s.deps[k] in ("ccomp", "relcl"):
            return False
        k = s.heads[k]
    return True


def _when(s: Sentence, token: int, first: int, last: int) -> bool:
    """Whether a trigger tells what happened on a date: 'on 25 December, when a jet was hit'."""
    k = token
    while s.deps[k] == "conj" and s.is_verb(s.heads[k]):
        k = s.heads[k]
    if s.deps[k] != "relcl" or not any(s.words[c].lower() == "when" for c in s.all_children(k, "advmod")):
        return False
    return first <= s.heads[k] <= last


def _dated_noun(s: Sentence, first: int, last: int) -> int | None:
    """The noun that a date stands before: 'Monday's strike', 'the June 27 raid'."""
    for k in range(first, last + 1):
        head = s.heads[k]
        if head > last and s.is_noun(head) and s.deps[k] in _BEFORE_NOUN:
            return head
    return None


def _through_noun(s: Sentence, token: int, noun: int) -> int | None:
    """How far a date before a noun is from the trigger.

    It dates that noun, what it counts ('Monday's wave of strikes'), and the verb that tells it ('met at Monday's summit').
    """
    k = noun
    while s.deps[k] == "conj" and s.heads[k] != k:
        k = s.heads[k]
    if token in s.conjuncts(noun):
        return 0
    if s.lemmas[noun] in load_lexicon("phrases")["amounts"] and s.deps[token] == "pobj" and s.heads[s.heads[token]] == noun:
        return 1
    if s.is_verb(token) and s.heads[k] == token and s.deps[k] in _ARGUMENTS:
        return 4
    if s.is_verb(token) and s.deps[k] == "pobj" and s.words[s.heads[k]].lower() in _AT and s.heads[s.heads[k]] == token:
        return 4
    return None
