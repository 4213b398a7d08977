"""Attribution: who is cited for which words.

An attribution has a source, a cue and a content (the terms of PARC and PolNeAR: Pareti 2016; Newell, Margolin & Ruths 2018).
Found are complement clauses of reporting verbs, quotations with their speaker also over sentence borders, 'according to', reporting
nouns, and reported acts told as nouns ('announced the arrest of'). Contents nest, so the sources of a word are a chain, outermost first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from ..records import Span

_OPENERS = "“«"
_CLOSERS = "”»"
_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is cited for which words. Spans point into ``Document.text``."""

    sentence: int  # index of the sentence with the cue
    cue: int  # token index of the cue in that sentence
    cue_span: Span
    source: int | None  # head token of the source phrase, None where nobody is named
    source_span: Span | None
    content: tuple[Span, ...]
    denies: bool = False
    thought: bool = False  # believed or feared, not said
    quoted: bool = False
    relays: tuple[int, ...] = ()  # head tokens of who relays the source's words, outermost first

    def covers(self, offset: int) -> bool:
        """Whether a character of the document's text stands inside the content."""
        return any(a <= offset < b for a, b in self.content)


def quotations(text: str) -> list[Span]:
    """Spans of quoted words, the marks included. An opened quotation that its paragraph does not close runs to the paragraph's end."""
    out: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        begin: int | None = None
        for match in re.finditer(r"[“”\"«»]|''|``", line.group()):
            at, mark = match.start() + line.start(), match.group()
            if begin is None:
                if mark not in _CLOSERS:
                    begin = at
            elif mark in _CLOSERS or (mark in ('"', "''") and text[begin] in "\"'`"):
                out.append((begin, match.end() + line.start()))
                begin = None
        if begin is not None and line.end() - begin > 20:
            out.append((begin, line.end()))
    return out


def attributions(sentences: Sequence[Sentence], text: str) -> list[Attribution]:
    """All attributions of a document, by position of their content. ``text``: ``Document.text``."""
    words = load_lexicon("reporting")
    quotes = quotations(text)
    found: list[Attribution] = []
    for s in sentences:
        if s.raw.heading:
            continue
        for i in range(len(s)):
            one = _by_verb(s, i, words, quotes) or _by_phrase(s, i, words) or _by_noun(s, i, words)
            if one is not None:
                found.append(one)
    found = _orphan_quotes(sentences, quotes, found)
    return sorted(found, key=lambda a: (a.content[0][0] if a.content else a.cue_span[0], -sum(b - c for c, b in a.content)))


def chain_at(found: Sequence[Attribution], offset: int, sentence: int, token: int) -> list[Attribution]:
    """The attributions whose content holds a character, outermost first; the cue's own verb is not inside its content."""
    inside = [a for a in found if a.covers(offset) and not (a.sentence == sentence and a.cue == token)]
    return sorted(inside, key=lambda a: -sum(b - c for c, b in a.content))


# ---------------------------------------------------------------- the ways to cite
def _by_verb(s: Sentence, i: int, words: dict[str, frozenset[str]], quotes: Sequence[Span]) -> Attribution | None:
    if not s.is_verb(i):
        return None
    lemma = s.lemmas[i]
    thought = lemma in words["think"] and lemma not in words["say"]
    denies = lemma in words["deny"]
    if lemma in words["accuse"]:
        return _accusation(s, i)
    if not (thought or denies or lemma in words["say"]):
        return None
    source = _subject(s, i)
    spans: list[Span] = []
    own = {i, *s.all_children(i, "aux", "auxpass", "neg", "advmod")}
    for c in s.children[i]:
        if (
            s.deps[c] in ("ccomp", "parataxis")
            or (s.deps[c] == "xcomp" and denies)
            or (s.deps[c] == "xcomp" and s.lemmas[i] in ("report", "say", "believe"))
        ):
            spans.extend(_runs(s, s.subtree(c), own))
    if not spans and denies:
        spans = [r for c in s.children[i] if s.deps[c] in ("pcomp", "dobj") for r in _runs(s, s.subtree(c), own)]
    # 'X said' as a clause under the quoted verb: "The talks failed, he said" is sometimes parsed with said below
    if not spans and s.deps[i] in ("ccomp", "parataxis", "advcl", "conj") and source is not None and _set_off(s, i):
        below = set(s.subtree(i))
        spans = _runs(s, [k for k in s.subtree(s.root()) if k not in below], own)
    if not spans and lemma in words["say_noun"]:
        spans = [r for c in s.all_children(i, "dobj", "nsubjpass") for r in _runs(s, s.subtree(c), own)]
        if spans and source is None:
            source = _agent(s, i)
    quoted = [q for q in quotes if s.raw.span[0] <= q[0] < s.raw.span[1] or (q[0] < s.raw.span[0] < q[1])]
    in_quote = any(a < s.starts[i] < b for a, b in quoted)
    uses_quote = False
    if quoted and not in_quote and not thought and (source is not None or spans):
        nested = any(s.starts[i] in range(a, b) for a, b in spans)
        outer = [q for q in quoted if not nested]
        if outer and (
            spans
            or lemma not in words["clause_only"]
            or lemma in ("add", "post", "write", "note", "respond", "observe", "recall", "caution")
        ):
            spans, uses_quote = _union([*spans, *outer]), True
    if not spans:
        return None
    if lemma in words["clause_only"] and not uses_quote and not any(s.deps[c] in ("ccomp", "parataxis") for c in s.children[i]):
        return None
    span = _noun_phrase(s, source) if source is not None else None
    if span is not None and spans:  # the source is never part of what it says
        spans = [p for a, b in spans for p in _minus((a, b), span)]
    relays = tuple(_relays(s, i, words))
    return Attribution(s.index, i, (s.starts[i], s.ends[i]), source, span, tuple(spans), denies, thought, uses_quote, relays)


def _accusation(s: Sentence, i: int) -> Attribution | None:
    """'Damascus blamed Israel for the strikes': the strikes are what Damascus says."""
    source = _subject(s, i) if s.child(i, "auxpass") is None else _agent(s, i)
    spans = [
        r
        for c in s.all_children(i, "prep")
        if s.words[c].lower() in ("for", "of", "with")
        for p in s.all_children(c, "pobj", "pcomp")
        for r in _runs(s, s.subtree(p), set())
    ]
    if not spans:
        return None
    return Attribution(s.index, i, (s.starts[i], s.ends[i]), source, _noun_phrase(s, source) if source is not None else None, tuple(spans))


def _by_phrase(s: Sentence, i: int, words: dict[str, frozenset[str]]) -> Attribution | None:
    """'according to X', 'citing X'."""
    if s.lemmas[i] in words["citing"] and s.tags[i] == "VBG":
        source = s.child(i, "dobj")
        above = s.heads[i]
        if source is None or above == i:
            return None
        return None if s.lemmas[above] in words["say"] else _rest(s, i, source)
    if s.words[i].lower() not in words["phrases"]:
        return None
    to = next((c for c in s.children[i] if s.words[c].lower() == "to"), None)
    source = None
    if to is not None:
        source = s.child(to, "pobj")
    elif i + 1 < len(s) and s.words[i + 1].lower() == "to":
        source = s.child(i + 1, "pobj") or s.child(i, "pobj")
    return _rest(s, i, source) if source is not None else None


def _rest(s: Sentence, i: int, source: int) -> Attribution | None:
    """What a sourcing phrase speaks for: the clause it hangs on, without itself."""
    head = s.heads[i]
    while s.heads[head] != head and not s.is_verb(head):
        head = s.heads[head]
    below = set(s.subtree(i))
    spans = _runs(s, [k for k in s.subtree(head) if k not in below], set())
    if not spans:
        return None
    return Attribution(s.index, i, (s.starts[i], s.ends[i]), source, _noun_phrase(s, source), tuple(spans))


def _by_noun(s: Sentence, i: int, words: dict[str, frozenset[str]]) -> Attribution | None:
    """'Moscow's claim that …', 'allegations that …'."""
    if not s.is_noun(i) or s.lemmas[i] not in words["nouns"]:
        return None
    clause = next(
        (c for c in s.children[i] if s.deps[c] in ("acl", "ccomp") and any(s.words[k].lower() == "that" for k in s.children[c])), None
    )
    if clause is None:
        return None
    source = s.child(i, "poss")
    if source is None:
        by = next((c for c in s.all_children(i, "prep") if s.words[c].lower() in ("by", "from", "of")), None)
        source = s.child(by, "pobj") if by is not None else None
    span = _noun_phrase(s, source) if source is not None else None
    return Attribution(s.index, i, (s.starts[i], s.ends[i]), source, span, tuple(_runs(s, s.subtree(clause), {i})), s.lemmas[i] == "denial")


def _orphan_quotes(sentences: Sequence[Sentence], quotes: Sequence[Span], found: list[Attribution]) -> list[Attribution]:
    """Quotations of a whole sentence or more without a cue go on with the speaker before them (or, in the same paragraph, after)."""
    out = list(found)
    for quote in quotes:
        if quote[1] - quote[0] < 25 or any(a.covers(quote[0] + 1) and a.quoted for a in out):
            continue
        holders = [s for s in sentences if s.raw.span[0] < quote[1] and quote[0] < s.raw.span[1]]
        if not holders or not any(s.raw.span[0] >= quote[0] - 2 for s in holders):
            continue
        near = [a for a in found if a.source is not None and not a.thought and _paragraph(sentences, a) == holders[0].raw.paragraph]
        before = [a for a in found if a.source is not None and not a.thought and a.cue_span[0] < quote[0]]
        after = [a for a in near if a.cue_span[0] > quote[1] and a.cue_span[0] - quote[1] < 200]
        chosen = max((a for a in near if a.cue_span[0] < quote[0]), key=lambda a: a.cue_span[0], default=None)
        chosen = chosen or min(after, key=lambda a: a.cue_span[0], default=None)
        if chosen is None and before:
            last = max(before, key=lambda a: a.cue_span[0])
            chosen = last if holders[0].raw.paragraph - _paragraph(sentences, last) <= 2 and last.quoted else None
        if chosen is not None:
            out.append(
                Attribution(
                    chosen.sentence,
                    chosen.cue,
                    chosen.cue_span,
                    chosen.source,
                    chosen.source_span,
                    (quote,),
                    False,
                    False,
                    True,
                    chosen.relays,
                )
            )
    return out


# ---------------------------------------------------------------- parts
def _subject(s: Sentence, i: int) -> int | None:
    """Subject of a verb, also of the verb it is coordinated with, or of the clause over an infinitive or participle."""
    seen = 0
    while seen < 6:
        subject = s.child(i, *_SUBJECTS)
        if subject is not None:
            if s.words[subject].lower() in ("who", "which", "that") and s.deps[i] == "relcl":
                return s.heads[i]
            return None if s.words[subject].lower() == "it" and s.deps[subject] == "nsubjpass" else subject
        if s.deps[i] in ("acl",):
            return s.heads[i]
        if s.deps[i] not in ("conj", "xcomp", "advcl") or s.heads[i] == i:
            return None
        i = s.heads[i]
        seen += 1
    return None


def _agent(s: Sentence, i: int) -> int | None:
    agent = s.child(i, "agent")
    return s.child(agent, "pobj") if agent is not None else None


def _set_off(s: Sentence, i: int) -> bool:
    """Whether a short clause stands apart by commas: '…, he said, …'."""
    tokens = s.subtree(i)
    first, last = tokens[0], tokens[-1]
    left = first == 0 or s.words[first - 1] in ',”"—–-'
    right = last >= len(s) - 2 or s.words[min(last + 1, len(s) - 1)] in ",.;"
    return left and right and len(tokens) <= 25


def _relays(s: Sentence, cue: int, words: dict[str, frozenset[str]]) -> list[int]:
    """Heads of who carries the words of the source: 'in a statement published by Adalet, Peskov suggested'."""
    out: list[int] = []
    for c in s.children[cue]:
        if s.deps[c] == "prep" and s.words[c].lower() in ("in", "via", "through", "on"):
            noun = s.child(c, "pobj")
            if noun is None:
                continue
            for v in s.all_children(noun, "acl", "relcl"):
                by = next((k for k in s.children[v] if s.deps[k] in ("agent", "prep") and s.words[k].lower() in ("by", "on", "in")), None)
                if s.lemmas[v] in words["relay"] and by is not None and (named := s.child(by, "pobj")) is not None:
                    out.append(named)
        elif s.deps[c] == "advcl" and s.lemmas[c] in words["relay"]:
            by = s.child(c, "agent")
            if by is not None and (named := s.child(by, "pobj")) is not None:
                out.append(named)
    return out


def _noun_phrase(s: Sentence, head: int) -> Span:
    """The words of a noun phrase without its relative clauses and appositions set off by commas."""
    tokens = [head]
    stack = [head]
    while stack:
        k = stack.pop()
        for c in s.children[k]:
            if s.deps[c] in ("relcl", "acl", "punct", "advcl", "parataxis", "ccomp") or (s.deps[c] == "appos" and c > k):
                continue
            tokens.append(c)
            stack.append(c)
    tokens.sort()
    start = end = tokens.index(head)
    while start > 0 and tokens[start - 1] >= tokens[start] - 2:
        start -= 1
    while end + 1 < len(tokens) and tokens[end + 1] <= tokens[end] + 2:
        end += 1
    return s.span(tokens[start], tokens[end])


def _runs(s: Sentence, tokens: Sequence[int], without: set[int]) -> list[Span]:
    """Character spans of runs of neighbouring tokens; commas and blanks at their ends dropped."""
    out: list[Span] = []
    run: list[int] = []
    for k in [*[t for t in tokens if t not in without], -10]:
        if run and k != run[-1] + 1:
            while run and s.words[run[0]] in ",;:.-—–":
                run = run[1:]
            while run and s.words[run[-1]] in ",;:.":
                run = run[:-1]
            if run:
                out.append(s.span(run[0], run[-1]))
            run = []
        run.append(k)
    return out


def _union(spans: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def _minus(span: Span, hole: Span) -> list[Span]:
    a, b = span
    if hole[1] <= a or b <= hole[0]:
        return [span]
    return [p for p in ((a, hole[0]), (hole[1], b)) if p[1] - p[0] > 1]


def _paragraph(sentences: Sequence[Sentence], a: Attribution) -> int:
    return next((s.raw.paragraph for s in sentences if s.index == a.sentence), -10)
