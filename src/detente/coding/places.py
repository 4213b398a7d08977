"""Where an event happened: place names in locative phrases of its clause, resolved by the gazetteer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ..knowledge.gazetteer import Candidate, load_gazetteer
from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from ..records import Place, Span
from .dates import DateFound
from .phrases import Phrases

_KINDS = frozenset({"town", "province", "county", "region", "island", "country", "sea", "site"})
_TOWNS, _LARGE = frozenset({"town", "province", "county", "region", "island", "site"}), 100_000
_DOWN = frozenset("prep pobj dobj nsubjpass npadvmod compound conj appos amod nmod agent acl poss nsubj".split())


def place_of(s: Sentence, token: int, phrases: Phrases, dates: Sequence[DateFound] = (), force: bool = False) -> tuple[Place, Span] | None:
    """The place of the event at ``token`` and where it is named; None where none is told. ``force``: capitals before it are where it was.

    It is that of a locative phrase under the token, else under the verb that governs it. Words that are part of ``dates`` (found in the
    sentence) name no place: "in May" is no town.
    """
    for k in s.all_children(token, "compound", "nmod") if s.is_noun(token) else ():  # 'the Douma attack'
        hit = phrases.hit(s, k)
        alone = not any(s.tags[n].startswith("NNP") for n in (k - 1, k + 1) if 0 <= n < len(s) and n not in s.children[k])
        if alone and s.tags[k].startswith("NNP") and (hit is None or hit[0].via == "place" or (force and hit[0].via == "capital")):
            found = _resolve(s, k, phrases)
            if found is not None:
                return found
    seen = {k for k in range(len(s)) for d in dates if d.span[0] <= s.starts[k] - s.raw.span[0] < d.span[1]}
    for top in (token, *_above(s, token)):
        for k in _locatives(s, top, seen):
            found = _resolve(s, k, phrases)
            if found is not None:
                return found
    return None


def town_struck(s: Sentence, k: int, phrases: Phrases, doers: Collection[str | None], beside: Collection[str | None] = ()) -> Place | None:
    """The town that force is used on by its bare name ('shelled Kupiansk'), of a country that the document tells of, one beside the doers'
    if it can be, or of the country of places struck ``beside`` it; of another country only where it is large. None for names of persons
    met before and names of no place.
    """
    first, last = phrases.name_start(s, k), k
    begin, end = s.span(first, last)
    text = s.raw.text[begin - s.raw.span[0] : end - s.raw.span[0]]
    word = text.split()[-1].lower()
    if word in phrases.named or word in phrases.words["times"]:
        return None
    candidates = [c for c in load_gazetteer().lookup(text) if c.kind in _TOWNS and c.by in ("name", "alias")][:6]
    told = [c for c in candidates if c.country in phrases.countries or c.country in beside]
    large = [c for c in candidates[:1] if c.population >= _LARGE and c.by == "name"]
    best = next((c for c in told if c.country not in doers), None) or next(iter(large), None) or next(iter(told), None)
    return None if best is None else Place(text, best.name, best.country or None, best.latitude, best.longitude, best.geonameid)


def _above(s: Sentence, token: int) -> Iterator[int]:
    """The verbs whose adverbials also place the event: not across the border of a reported or relative clause."""
    k = token
    for _ in range(3):
        if s.deps[k] in ("ccomp", "relcl", "advcl", "ROOT", "parataxis", "nsubj") or s.heads[k] == k:
            return
        if s.deps[k] in ("prep", "agent") and s.words[k].lower() in load_lexicon("phrases")["aimed"]:
            return  # 'in Moscow the ministry protested against the arrests': the protest was there
        k = s.heads[k]
        yield k


def _locatives(s: Sentence, top: int, seen: set[int]) -> Iterator[int]:
    words, times = load_lexicon("phrases")["locative"], load_lexicon("phrases")["times"]
    stack = [top]
    while stack:
        k = stack.pop(0)
        if k in seen:
            continue
        seen.add(k)
        if s.deps[k] == "pobj" and s.words[s.heads[k]].lower() in words and s.tags[k].startswith("NNP") and s.words[k].lower() not in times:
            yield k
        if s.deps[k] == "pobj" and s.lemmas[k] in ("city", "town", "village", "region", "province", "district", "capital"):
            yield from (p for c in s.all_children(k, "prep") for p in s.all_children(c, "pobj") if s.tags[p].startswith("NNP"))
        stack += [c for c in s.children[k] if s.deps[c] in _DOWN and not (s.is_verb(c) and c != top and s.deps[c] == "conj")]


def _resolve(s: Sentence, k: int, phrases: Phrases) -> tuple[Place, Span] | None:
    first = k
    while first > 0 and s.heads[first - 1] == k and s.deps[first - 1] == "compound" and s.tags[first - 1].startswith("NNP"):
        first -= 1
    span = s.span(first, k)
    text = s.raw.text[span[0] - s.raw.span[0] : span[1] - s.raw.span[0]]
    hit = phrases.hit(s, k)
    if hit is not None and hit[0].via not in ("capital", "name", "place"):
        return None
    near = {r.country for i in range(len(s)) if phrases.hit(s, i) is not None for r in phrases.referents(s, i) if r.country}
    candidates = [c for c in load_gazetteer().lookup(text) if c.kind in _KINDS]
    if not candidates:
        return None
    best: Candidate = next((c for c in candidates[:6] if c.country in near), candidates[0])
    return Place(text, best.name, best.country or None, best.latitude, best.longitude, best.geonameid), span
