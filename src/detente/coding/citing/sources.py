"""Sources: who is cited at a cue, and who passes the words on."""

from __future__ import annotations

from ...knowledge.lexicon import load_lexicon
from ...language import Sentence
from ...records import Span

_SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVES = frozenset({"who", "which", "that"})
_OUTSIDE = frozenset({"relcl", "acl", "punct", "advcl", "parataxis", "ccomp"})


def subject(s: Sentence, i: int) -> int | None:
    """Subject of a verb, also of the verb it is coordinated with, or of the clause over an infinitive or participle."""
    verb = i
    for _ in range(8):
        found = s.child(i, *_SUBJECTS)
        if found is not None:
            if s.words[found].lower() in _RELATIVES and s.deps[i] == "relcl":
                return s.heads[i]
            return None if s.words[found].lower() == "it" and s.deps[found] == "nsubjpass" else found
        dep, head = s.deps[i], s.heads[i]
        if head == i:
            break
        if dep in ("acl", "relcl"):
            noun = head
            apart = i > 0 and s.words[i - 1] == ","  # '…, adding that': said by who does what the sentence tells
            if not apart and not _infinitive(s, i):
                return noun
            if not apart and (found := owner(s, noun)) is not None:
                return found
            over = _verb_over(s, noun)
            if over is None:
                return noun if apart else None
            i = over
            continue
        if dep == "pcomp":
            over = _verb_over(s, head)
            if over is None:
                return owner(s, s.heads[head])
            i = over
            continue
        if dep not in ("conj", "xcomp", "advcl"):
            over = _verb_over(s, i) if s.tags[i] in ("VB", "VBG") and dep != "csubj" else None
            if over is None:
                break
            i = over
            continue
        if dep == "xcomp" and s.lemmas[head] != "promise" and (wanted := s.child(head, "dobj")) is not None and wanted < i:
            return wanted  # 'urged the council to reject'
        if not s.is_verb(head):
            over = _verb_over(s, head)
            if over is None:
                break
            head = over
        outer = outer_verb(s, i)
        i = head if outer is None else outer
    return before(s, verb)


def outer_verb(s: Sentence, verb: int) -> int | None:
    """The verb that another is really coordinated with, where the parse has it in that verb's clause: 'said it fell and warned that …'."""
    inner = s.heads[verb]
    if s.deps[verb] != "conj" or s.deps[inner] != "ccomp" or s.tags[verb] not in ("VBD", "VBZ"):
        return None
    outer = s.heads[inner]
    if s.tags[outer] != s.tags[verb] or s.child(verb, "ccomp", "xcomp") is None or s.child(verb, "aux", *_SUBJECTS) is not None:
        return None
    return outer


def before(s: Sentence, verb: int) -> int | None:
    """The noun or pronoun before a finite verb that the parse gives no subject; what stands between two commas is passed over."""
    if s.tags[verb] not in ("VBD", "VBZ", "VBP"):
        return None
    k = verb - 1
    while k >= 0 and s.tags[k] in ("RB", "MD", "VBZ", "VBD", "VBP") and verb - k < 4:
        k -= 1
    if k > 0 and s.words[k] == ",":
        k = next((c - 1 for c in range(k - 2, 0, -1) if s.words[c] == ","), -1)
    if k < 0 or not (s.is_noun(k) or s.tags[k] in ("PRP", "WP")):
        return None
    return k


def after(s: Sentence, verb: int) -> int | None:
    """The noun phrase right after a verb: '"…," said the envoy'."""
    for k in range(verb + 1, min(verb + 8, len(s))):
        if s.words[k] in ",.;:\"”“''":
            return None
        if s.is_noun(k) or s.tags[k] == "PRP":
            while s.deps[k] in ("compound", "poss", "nmod", "amod") and verb < s.heads[k] < verb + 12:
                k = s.heads[k]
            return k
    return None


def _verb_over(s: Sentence, k: int) -> int | None:
    """The nearest verb above a token."""
    return next((h for h in s.ancestors(k) if s.is_verb(h)), None)


def _infinitive(s: Sentence, i: int) -> bool:
    return s.tags[i] == "VB" and any(s.words[c].lower() == "to" for c in s.all_children(i, "aux"))


def agent(s: Sentence, i: int) -> int | None:
    """Who does what is told in the passive: 'by' whom."""
    by = s.child(i, "agent")
    return s.child(by, "pobj") if by is not None else None


def owner(s: Sentence, noun: int) -> int | None:
    """Whose claim, plan or demand a noun names: its possessor, 'by' or 'from' whom, or who makes, has or voices it."""
    if (found := s.child(noun, "poss")) is not None:
        return found
    for prep in s.all_children(noun, "prep"):
        if s.words[prep].lower() in ("by", "from", "among"):
            return s.child(prep, "pobj")
    for v in s.all_children(noun, "acl"):
        if s.tags[v] == "VBN" and (found := agent(s, v)) is not None:
            return found
    above = s.heads[noun]
    if s.deps[noun] in ("dobj", "attr") and s.is_verb(above):
        return subject(s, above)
    if s.deps[noun] == "nsubjpass":
        return agent(s, above)
    if s.deps[noun] == "pobj" and s.is_verb(s.heads[above]) and s.words[above].lower() in ("in", "with", "of", "on"):
        return subject(s, s.heads[above])  # 'came out in support of'
    return None


def pronoun(s: Sentence, cue: int, source: int | None) -> int | None:
    """The relative pronoun that stands for the source at its cue: 'the envoy, who said'."""
    found = s.child(cue, *_SUBJECTS) if source is not None and s.deps[cue] == "relcl" else None
    return found if found != source else None


def relays(s: Sentence, cue: int) -> tuple[int, ...]:
    """Heads of who carries the words of the source: 'in a statement published by Adalet, Peskov suggested'."""
    relay = load_lexicon("reporting")["relay"]
    out: list[int] = []
    for c in s.children[cue]:
        if s.deps[c] == "prep" and s.words[c].lower() in ("in", "via", "through", "on"):
            noun = s.child(c, "pobj")
            if noun is None:
                continue
            for v in s.all_children(noun, "acl", "relcl"):
                by = next((k for k in s.children[v] if s.deps[k] in ("agent", "prep") and s.words[k].lower() in ("by", "on", "in")), None)
                if s.lemmas[v] in relay and by is not None and (named := s.child(by, "pobj")) is not None:
                    out.append(named)
        elif s.deps[c] == "advcl" and s.lemmas[c] in relay:
            named = agent(s, c)
            if named is not None:
                out.append(named)
    return tuple(out)


def noun_phrase(s: Sentence, head: int) -> Span:
    """The words of a noun phrase without its relative clauses and appositions set off by commas."""
    tokens = [head]
    stack = [head]
    while stack:
        k = stack.pop()
        for c in s.children[k]:
            if s.deps[c] in _OUTSIDE or (s.deps[c] == "appos" and c > k):
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
