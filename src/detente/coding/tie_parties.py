"""Between whom a tie holds: who stands where around the word that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from .phrases import Phrases
from .referents import GROUPS, OFFICIAL, Referent

_DASHES = (",", "—", "–", "-", "--")
_RELATIVE = ("who", "which", "that", "whom")
_STATES = frozenset({"state", "territory"})
_BODIES = frozenset({"agency", "company", "force", "group", "media", "ngo", "party"})
#: small words inside the names of bodies
_IN_NAMES = frozenset({"for", "of", "and", "the", "on", "in"})
_COPULAS = frozenset({"be", "become", "remain"})
#: what an apposition is taken for where it is not read as one
_LOOSE = frozenset({"appos", "attr", "conj", "dep", "npadvmod", "preconj"})
#: how deep a passive clause may stand in coordinated ones: 'armed, trained and backed by'
_COORDINATED = 4


def who(s: Sentence, i: int, phrases: Phrases, described: bool = True) -> list[Referent]:
    """Who a noun phrase and what is coordinated with it are: names, and bodies by their own words ('a militia', 'Lebanese militants').

    ``described``: whether bodies may be given by their own words.
    """
    group = s.conjuncts(i) if s.deps[i] != "conj" else [k for k in s.conjuncts(i) if k >= i]
    out: list[Referent] = []
    for k in group:
        for r in _of_one(s, k, phrases, described):
            if all((r.id, r.name or r.text) != (o.id, o.name or o.text) for o in out):
                out.append(r)
    return out


def _of_one(s: Sentence, i: int, phrases: Phrases, described: bool) -> list[Referent]:
    words = load_lexicon("ties")
    found = [r for r in phrases.referents(s, i) if not (r.via == "pronoun" and r.person and s.words[i].lower() in words["speakers"])]
    out = [_entire(s, i, r, phrases) for r in found if _itself(s, i, r, phrases, described)]
    if not out:  # 'the state media group Rossiya Segodnya'
        out = [r for c in s.all_children(i, "appos") if c > i and phrases.hit(s, c) for r in phrases.referents(s, c)]
    if out or not described:
        return out
    whose = any(s.tags[c] == "WP$" for c in s.all_children(i, "poss"))
    if whose or s.lemmas[i] not in words["bodies"] or s.tags[i].startswith("NNP"):
        return []
    return [unnamed(r) for r in found if r.via != "pronoun"][:1] or [words_of(s, i, phrases)]


def _itself(s: Sentence, i: int, r: Referent, phrases: Phrases, described: bool) -> bool:
    """Whether a phrase is whom it is read as, not somebody's or something of theirs: 'the Russian state', not 'a Russian company'."""
    words, lemma = load_lexicon("ties"), s.lemmas[i]
    if phrases.hit(s, i) is not None or r.via in ("pronoun", "unknown"):
        return True
    if r.person and r.name and (s.tags[i].startswith("NNP") or lemma in phrases.words["titles"] or phrases.directory.role(lemma)):
        return True
    entry = phrases.directory.entries.get(r.id or "")
    if entry is not None and entry.kind in GROUPS and entry.kind not in _STATES:
        of = any(s.words[c].lower() == "of" for c in s.all_children(i, "prep"))  # 'a group of former soldiers'
        return r.via == "recalled" or (lemma in words["standing_for_groups"] and not of)
    if s.tags[i].startswith("NNP"):
        return r.name is not None
    if not r.country:
        return False
    if lemma in words["standing_for_states"]:
        return True
    owned = r.kind == "thing" or lemma in phrases.words["craft"] or lemma in phrases.words["weapons"]
    return r.sector in OFFICIAL and not r.person and not owned and not (described and lemma in words["bodies"])


def _entire(s: Sentence, i: int, r: Referent, phrases: Phrases) -> Referent:
    """A state for its government, and a body that the directory does not know by its whole name: 'the Institute for Policy Studies'."""
    entry = phrases.directory.entries.get(r.id or "")
    if entry is not None and r.text.lower().endswith(tuple(load_lexicon("ties")["within"])) and entry.kind not in ("igo", "alliance"):
        return replace(r, id=r.text, name=r.text)  # a committee goes by the name of its chamber in the directory
    if r.via == "holder" and s.lemmas[i] in load_lexicon("ties")["standing_for_states"] and r.country:  # 'the Obama administration'
        state = phrases.directory.entries.get(r.country)
        return replace(r, id=r.country, name=state.name if state is not None else r.name, kind="state")
    if (
        phrases.hit(s, i) is not None
        or entry is not None
        or r.person
        or r.via not in ("unknown", "holder")
        or not s.tags[i].startswith("NNP")
    ):
        return r
    first, last = phrases._extent(s, i)
    below = set(s.subtree(i)).difference(*(s.subtree(c) for c in s.all_children(i, "conj", "cc", "appos")))
    end = last
    for k in range(last + 1, len(s)):
        capital = s.words[k][0].isupper() or s.words[k] == "&"
        if k not in below or not (capital or s.words[k] in _IN_NAMES):
            break
        last, end = (k, k) if capital else (k, end)
    if end == phrases._extent(s, i)[1] and end == first:
        return r
    while first < i and (not s.words[first][0].isupper() or s.deps[first] in ("det", "predet", "preconj", "cc")):
        first += 1
    span = s.span(first, end)
    name = " ".join(s.raw.text[span[0] - s.raw.span[0] : span[1] - s.raw.span[0]].split())
    return replace(r, text=name, span=span, name=name, id=name) if r.kind != "unknown" or end != i or _organised(s, i) else r


def _organised(s: Sentence, i: int) -> bool:
    """Whether a name ends in a word that bodies are called by: 'Arms Control Association'."""
    words = load_lexicon("ties")
    return s.words[i].lower() in words["bodies"] | words["generic"]


def under(s: Sentence, i: int, word: str, phrases: Phrases) -> list[Referent]:
    """Whom a prepositional phrase of a word names."""
    return [
        r
        for c in s.all_children(i, "prep", "agent")
        if s.words[c].lower() == word
        for p in s.all_children(c, "pobj")
        for r in who(s, p, phrases, described=False)
    ]


def named_under(s: Sentence, i: int, word: str, phrases: Phrases) -> bool:
    """Whether such a phrase is a name itself: not 'of the Azerbaijani community'."""
    return any(
        phrases.hit(s, p) or s.tags[p].startswith("NNP")
        for c in s.all_children(i, "prep", "agent")
        if s.words[c].lower() == word
        for p in s.all_children(c, "pobj")
    )


def before(s: Sentence, i: int, phrases: Phrases, *deps: str) -> list[tuple[int, Referent]]:
    """The names that modify a noun, each with its last token: 'Iranian' of 'an Iranian proxy'."""
    out = []
    for c in s.all_children(i, *deps):
        hit = phrases.hit(s, c)
        if hit is not None and hit[1] > 0 and s.words[hit[1] - 1] in ("-", "–"):  # 'the pro-Russian president'
            continue
        last = c if hit is None and s.tags[c] == "PRP$" else None if hit is None or hit[1] <= i <= hit[2] else hit[2]
        if c < i and last is not None:
            out += [(last, _entire(s, c, r, phrases)) for r in phrases.referents(s, c)]
    return out


def said_of(s: Sentence, i: int, phrases: Phrases, unnamed: bool = False) -> list[Referent]:
    """Of whom a noun is said: its apposition's head, the subject of 'be', or the name that a comma or dash sets before it.

    ``unnamed``: a subject that nobody knows ('two of the detained') is given by its words.
    """
    head = s.heads[i]
    if s.deps[i] == "appos":
        return who(s, head, phrases)
    if s.deps[i] == "attr" and s.lemmas[head] in _COPULAS:
        above = s.all_children(head, "nsubj")
        if not above and s.deps[head] == "relcl":
            return who(s, s.heads[head], phrases)
        found = subjects(s, head, phrases, "nsubj") if above else doers(s, head, phrases)
        return found or [words_of(s, c, phrases) for c in above if unnamed and not s.tags[c].startswith(("PRP", "W", "EX", "DT"))]
    if s.deps[i] in ("compound", "nmod", "amod") and phrases.hit(s, head):  # 'NATO member Finland'
        return phrases.group(s, head) if s.tags[i] == "NNS" else list(phrases.referents(s, head))
    names = [c for c in s.all_children(i, "appos") if phrases.hit(s, c) or s.tags[c].startswith("NNP")]
    found = [r for c in names for r in who(s, c, phrases, described=False)]
    return found or _examples(s, i, phrases) or beside(s, i, phrases)


def beside(s: Sentence, i: int, phrases: Phrases) -> list[Referent]:
    """The name that a comma or dash sets before a noun phrase read as a part of the clause: 'with Turkey, a NATO ally, a partner'."""
    return across_dash(s, i, phrases) if s.deps[i] in _LOOSE else []


def across_dash(s: Sentence, i: int, phrases: Phrases) -> list[Referent]:
    """The name that a comma or dash sets before a phrase, whatever the parse makes of it: 'Poland, NATO's largest army, sent jets'."""
    first = next((k for k in s.subtree(i) if s.deps[k] != "punct"), i)
    return list(phrases.referents(s, first - 2)) if first > 1 and s.words[first - 1] in _DASHES and phrases.hit(s, first - 2) else []


def _examples(s: Sentence, i: int, phrases: Phrases) -> list[Referent]:
    """Who is named as some of them: 'proxies such as Hezbollah', 'members including Hungary'."""
    words = load_lexicon("ties")["exemplifying"]
    return [
        r
        for c in s.all_children(i, "prep")
        if s.words[c].lower() in words or (s.words[c].lower() == "as" and any(s.words[k].lower() == "such" for k in s.children[c]))
        for p in s.all_children(c, "pobj")
        for r in who(s, p, phrases, described=False)
    ]


def subjects(s: Sentence, verb: int, phrases: Phrases, *deps: str) -> list[Referent]:
    """The subjects of a verb; of a relative clause what it belongs to; of a verb that has none those of the verb over it."""
    out: list[Referent] = []
    for c in s.all_children(verb, *deps):
        if s.words[c].lower() in _RELATIVE:
            if s.deps[verb] == "relcl":
                out += who(s, s.heads[verb], phrases)
        else:
            out += who(s, c, phrases)
    return out


def doers(s: Sentence, verb: int, phrases: Phrases) -> list[Referent]:
    """Who does what a verb says, where another verb has the subject: 'denied backing', 'accused Iran of backing', 'wants to join'."""
    if s.all_children(verb, "nsubj"):
        return subjects(s, verb, phrases, "nsubj")
    head = s.heads[verb]
    if s.deps[verb] == "relcl":
        return who(s, head, phrases)
    if s.deps[verb] in ("xcomp", "conj") and s.is_verb(head):
        if s.deps[verb] == "xcomp" and (told := s.all_children(head, "dobj")):  # 'asked Sweden to join'
            return [r for c in told for r in who(s, c, phrases)]
        return doers(s, head, phrases) or subjects(s, head, phrases, "nsubjpass")
    if s.deps[verb] == "pcomp" and s.deps[head] == "prep":
        over = s.heads[head]
        if s.lemmas[over] in load_lexicon("reporting")["accuse"]:
            if s.deps[over] == "acl":
                return who(s, s.heads[over], phrases)
            return [r for c in s.all_children(over, "dobj") for r in who(s, c, phrases)] or subjects(s, over, phrases, "nsubjpass")
    return []


def held_by(s: Sentence, verb: int, phrases: Phrases) -> list[Referent]:
    """What a passive participle is said of: 'a militia backed by', 'which is owned by', 'Backed by Iran, Hezbollah fired'."""
    for _ in range(_COORDINATED):
        if s.deps[verb] != "conj" or s.tags[s.heads[verb]] != "VBN" or s.all_children(verb, "nsubjpass"):
            break
        verb = s.heads[verb]
    head = s.heads[verb]
    if s.deps[verb] in ("acl", "relcl") and not s.all_children(verb, "nsubjpass"):
        if s.deps[head] == "appos" and not phrases.hit(s, head) and (over := who(s, s.heads[head], phrases, described=False)):
            return over  # 'Hezbollah, a militia backed by Iran': the name
        named = [r for c in s.all_children(head, "appos") if phrases.hit(s, c) for r in who(s, c, phrases)]
        return named or who(s, head, phrases)
    if s.deps[verb] == "advcl" and verb < head and s.child(verb, "auxpass") is None:
        return subjects(s, head, phrases, "nsubj")
    return subjects(s, verb, phrases, "nsubjpass")


def things(s: Sentence, noun: int, phrases: Phrases, kind: str) -> list[Referent]:
    """What an adjective describes: the name in or beside its noun, of whom the noun is said, else the phrase by its own words."""
    if phrases.hit(s, noun):
        return list(phrases.referents(s, noun))
    words = load_lexicon("ties")
    joined = [c for c in s.all_children(noun, "compound", "nmod") if phrases.hit(s, c)]
    joined += [noun + 1] if noun + 1 < len(s) and phrases.hit(s, noun + 1) else []  # a name read as a second subject
    named = [r for c in s.all_children(noun, "appos") for r in who(s, c, phrases, described=False) if r.name is not None]
    named += [r for c in joined for r in phrases.referents(s, c) if r.kind in _BODIES]
    if not named and s.deps[noun] in ("appos", "attr"):
        named = [r for r in said_of(s, noun, phrases) if r.name is not None]
    if named:
        return named
    lemma = s.lemmas[noun]
    if lemma in words["bodies"] or (kind == "controls" and lemma in words["places"]):
        return [unnamed(r) for r in phrases.referents(s, noun)][:1] or [words_of(s, noun, phrases)]
    return []


def unnamed(r: Referent) -> Referent:
    """A described group as itself, not as whom its modifiers name: 'Emirati-backed separatists' are not the Emirates."""
    return replace(r, id=None, country=None, name=r.text, via="words")


def words_of(s: Sentence, i: int, phrases: Phrases) -> Referent:
    """A phrase that nobody knows, by its words, with what it is said to be of."""
    first, last = phrases._extent(s, i)
    owned = [p for c in s.all_children(i, "prep") if s.words[c].lower() == "of" for p in s.all_children(c, "pobj")]
    for p in owned:
        last = max(last, phrases._extent(s, p)[1])
    begin, end = s.span(first, last)
    text = " ".join(s.raw.text[begin - s.raw.span[0] : end - s.raw.span[0]].split())
    return Referent(text, (begin, end), name=text, via="words")


def outer_subject(s: Sentence, i: int, phrases: Phrases) -> Sequence[Referent]:
    """The subject of the verb that a clause depends on: who 'its' is in 'Rwanda denied that M23 is its proxy'."""
    for k in s.ancestors(i):
        if s.deps[k] == "ccomp":
            return subjects(s, s.heads[k], phrases, "nsubj")
    return ()
