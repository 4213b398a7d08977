"""Who a noun phrase stands for: names, holders ('Russian forces', 'Baku's ambassador'), titles, appositions, pronouns, recalled names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from ..knowledge import Directory, Found
from ..knowledge.lexicon import load_lexicon
from ..language import Sentence
from .anaphora import pronoun, same_noun
from .full_names import full_names
from .referents import GROUPS, Referent
from .whose_officials import country_of_role, role_told

_MODIFIERS = ("amod", "compound", "nmod", "poss", "nummod", "npadvmod")
_OWNING = ("of", "from")
_BODIES = frozenset({"media", "company", "agency", "force", "igo", "alliance", "group", "party"})


class Phrases:
    """The noun phrases of one document and whom they stand for. Sentences may be asked in any order; answers are remembered.

    ``named``: what the directory finds in the document's text.
    """

    def __init__(self, directory: Directory, sentences: Sequence[Sentence], named: Sequence[Found], date: str | None) -> None:
        self.directory = directory
        self.sentences = sentences
        self.date = date
        self.words = load_lexicon("phrases")
        self.by_index = {s.index: n for n, s in enumerate(sentences)}
        self._hits: list[dict[int, tuple[Found, int, int]]] = [{} for _ in sentences]
        self._cache: dict[tuple[int, int], tuple[Referent, ...]] = {}
        self._busy: set[tuple[int, int]] = set()
        self.speaker_of: dict[int, Referent] = {}  # sentence index -> who says "I" there, set by the coder
        self.named: dict[str, Referent] = {}  # last name -> person met earlier in the document
        self._seen: set[str] = set()
        self._sought: set[str] = set()  # last names whose bearers were looked for
        self.nouns: dict[int, list[int]] = {}  # place of a sentence -> its noun heads, subjects first
        self._place_hits(named)

    # ------------------------------------------------------------ directory hits on tokens
    def _place_hits(self, found: Sequence[Found]) -> None:
        k = 0
        for n, s in enumerate(self.sentences):
            begin, end = s.raw.span
            while k and found[k - 1].end > begin:
                k -= 1
            while k < len(found) and found[k].end <= begin:
                k += 1
            j, token = k, 0
            while j < len(found) and found[j].start < end:
                hit = found[j]
                j += 1
                while token < len(s) and s.ends[token] <= hit.start:
                    token += 1
                last = token
                while last + 1 < len(s) and s.starts[last + 1] < hit.end:
                    last += 1
                if token < len(s) and s.starts[token] < hit.end:
                    for t in range(token, last + 1):
                        self._hits[n].setdefault(t, (hit, token, last))

    def hit(self, s: Sentence, i: int) -> tuple[Found, int, int] | None:
        """The directory match that covers token i, with its first and last token."""
        return self._hits[self.by_index[s.index]].get(i)

    def entity(self, found: Found) -> str | None:
        """The directory id meant by a match, at the document's date and in its company."""
        picked = self.directory.pick(found.ids, self.date, self._seen, via=found.via)
        if picked is not None:
            self._seen.add(picked)
        return picked

    # ------------------------------------------------------------ asking
    def group(self, s: Sentence, i: int) -> list[Referent]:
        """Everyone a noun phrase and its coordinated phrases stand for, in text order, each once."""
        out: list[Referent] = []
        for k in s.conjuncts(i) if s.deps[i] != "conj" else [k for k in s.conjuncts(i) if k >= i]:
            for r in self.referents(s, k):
                if all((r.code, r.id) != (o.code, o.id) or r.code is None for o in out):
                    out.append(r)
        return out

    def referents(self, s: Sentence, i: int) -> tuple[Referent, ...]:
        """Who token i, as head of a noun phrase, stands for; coordination is left to :meth:`group`. Mostly one, two for 'both'."""
        key = (s.index, i)
        if key in self._cache:
            return self._cache[key]
        if key in self._busy:
            return ()
        self._busy.add(key)
        try:
            answer = self._resolve(s, i)
        finally:
            self._busy.discard(key)
        self._cache[key] = answer
        for r in answer:
            if r.kind in ("person", "title") and r.name and r.country and r.via != "pronoun":
                self.named.setdefault(r.name.split()[-1].lower(), r)
        return answer

    def _resolve(self, s: Sentence, i: int) -> tuple[Referent, ...]:
        word = s.words[i].lower()
        if word in self.words["times"]:
            return ()
        if s.tags[i] in ("PRP", "PRP$", "WP", "WDT", "WP$") or word in ("both", "neither", "each", "that"):
            return pronoun(self, s, i, word)
        hit = self.hit(s, i)
        if hit is not None:
            named = self._named(s, i, *hit)
            if named is not None:
                return (named,)
        if not (
            s.is_noun(i)
            or s.tags[i] in ("JJ", "CD", "VBG", "NNS")
            or s.deps[i] in ("nsubj", "dobj", "pobj", "poss", "nsubjpass", "conj", "appos")
        ):
            return ()
        described = self._described(s, i)
        if described is None:
            return ()
        if described.plural and described.country:  # 'French and German ministers'
            held = [
                r
                for c in s.all_children(i, "amod", "compound", "nmod")
                if c < i
                for r in self._modifier(s, c, 0)
                if r.country and r.via in ("demonym", "people")
            ]
            if not held and described.sector:  # 'the leaders of Armenia and Azerbaijan'
                owned = [p for c in s.all_children(i, "prep") if s.words[c].lower() == "of" for p in s.all_children(c, "pobj")]
                held = [r for p in owned if self.hit(s, p) for r in self.group(s, p) if r.country and r.via in ("name", "capital", "seat")]
            countries = dict.fromkeys(r.country for r in held)
            if len(countries) > 1:
                return tuple(replace(described, country=c) for c in countries)
        return (described,)

    # ------------------------------------------------------------ names the directory knows
    def _named(self, s: Sentence, i: int, found: Found, first: int, last: int) -> Referent | None:
        heads = [t for t in range(first, last + 1) if not first <= s.heads[t] <= last or s.heads[t] == t]
        if i not in heads and i != last and s.heads[i] == i:
            return None
        id_ = self.entity(found)
        if id_ is None:
            return None
        entry = self.directory.entries[id_]
        country, sector = entry.country, entry.sector
        if entry.kind == "person":
            terms = self.directory.terms_at(id_, self.date) or (entry.terms[-1:] if country is None else ())
            if terms:
                of_all = terms[0].sector == "IGO"  # a UN envoy acts for no country, his own neither
                country, sector = terms[0].country or (None if of_all else country), terms[0].sector or sector
        if country is None:
            sector = self.directory.international(id_, self.date) or sector
            if entry.kind == "people":  # 'Bosnian Moslems', 'ethnic Albanians in Serbia'
                beside = [r for c in s.all_children(i, *_MODIFIERS) if c < first for r in self._modifier(s, c, 0) if r.country]
                there = beside[0] if beside else self._home(s, i)
                country = there.country if there is not None else None
        plural = found.via == "people" or (found.via == "demonym" and s.tags[i] in ("NNS", "NNPS"))
        if found.via in ("people", "demonym") and s.deps[i] not in _MODIFIERS:
            sector = sector or "CVL"
        place = found.via in ("capital", "name", "place") and entry.kind in ("state", "territory", "place") and self._locative(s, i)
        begin, end = s.span(first, last)
        text = s.raw.text[begin - s.raw.span[0] : end - s.raw.span[0]]
        elsewhere = self._of_state(s, last) if entry.kind in ("agency", "force", "party") else None
        if elsewhere is not None and elsewhere.country != country:  # 'the Investigative Committee of Armenia' is not Russia's
            return replace(elsewhere, text=text, span=(begin, end), id=None, name=None, sector=sector, kind=entry.kind)
        return Referent(
            text,
            (begin, end),
            id_,
            country,
            sector or ("GOV" if entry.kind == "state" else None),
            entry.name,
            entry.kind,
            found.via,
            place,
            plural,
        )

    def _of_state(self, s: Sentence, i: int) -> Referent | None:
        """The state that a body is said to be of."""
        of = (k for p in s.all_children(i, "prep") if s.words[p].lower() == "of" for k in s.all_children(p, "pobj"))
        return next((r for k in of for r in self.referents(s, k) if r.kind in ("state", "territory")), None)

    def _locative(self, s: Sentence, i: int) -> bool:
        head = s.heads[i]
        return s.deps[i] == "pobj" and s.words[head].lower() in self.words["locative"]

    # ------------------------------------------------------------ described phrases
    def _described(self, s: Sentence, i: int) -> Referent | None:
        """A phrase whose head the directory does not know by name: 'Russian troops', 'the office's director, Igor'."""
        lemma = s.lemmas[i]
        first, last = self._extent(s, i)
        begin, end = s.span(first, last)
        text = s.raw.text[begin - s.raw.span[0] : end - s.raw.span[0]]
        proper = s.tags[i].startswith("NNP")
        whose = lemma not in self.words["premises"]  # 'homes in Lyon' are of nobody known, 'Turkish homes' are
        sector = (role_told(self, s, i) if whose else None) or self._role_of_phrase(s, i)
        title = lemma in self.words["titles"]
        plural = s.tags[i] in ("NNS", "NNPS")
        base = Referent(
            text,
            (begin, end),
            None,
            None,
            sector,
            None,
            "title" if title or (proper and self._titled(s, i)) else None,
            "role",
            False,
            plural,
        )
        if proper and not title:
            known = self._recalled(s, i)
            if known is not None:
                return replace(known, text=text, span=(begin, end), via="recalled")
        holder = self._holder(s, i)
        acts = sector is not None or lemma in self.words["bodies"]
        if holder is not None and (holder.via != "unknown" or acts):  # what an unknown person has ('Smith's performance') is nobody
            kind = base.kind
            id_ = holder.id if holder.kind in GROUPS else None
            if holder.country and (sector or proper):
                id_ = None
            name = s.raw.text[s.starts[self.name_start(s, i)] - s.raw.span[0] : s.ends[i] - s.raw.span[0]] if proper else None
            if (not proper or title) and (beside := self._person_beside(s, i)) is not None:  # 'the director, Igor Kartavykh'
                name, id_ = beside
                base = replace(base, kind="title")
            if holder.country is None and holder.id:  # 'UN inspectors', 'NATO troops': the body tells more than the role
                sector = self.directory.international(holder.id, self.date) or sector
            if proper and sector is None and kind is None:
                kind = "person" if first != i else None
            private = holder.sector == "GOV" and (
                kind == "person" or not whose or lemma in self.words["private"]
            )  # 'a Russian man' is not Russia
            sector = sector or (None if private else holder.sector)
            return replace(
                base, id=id_ or (name if proper else None) or holder.id, country=holder.country, sector=sector,
                name=name, kind=kind or ("body" if acts else "thing"), via="holder",
            )  # fmt: skip
        if proper:
            name = s.raw.text[s.starts[self.name_start(s, i)] - s.raw.span[0] : s.ends[i] - s.raw.span[0]]
            return replace(base, name=name, id=name, kind=base.kind or "unknown", via="unknown")
        again = same_noun(self, s, i, lemma) if sector or lemma in self.words["bodies"] else None
        if again is not None:
            return replace(
                again,
                text=text,
                span=(begin, end),
                sector=sector or again.sector,
                kind=base.kind or again.kind,
                plural=plural,
                via="recalled",
            )
        if sector is not None:
            # 'the jet was shot down', 'an airstrike in Baghdad': any country's
            anyones = lemma in self.words["weapons"] or (lemma in self.words["craft"] and s.deps[i] in ("dobj", "nsubjpass"))
            return replace(base, country=None if anyones else country_of_role(self, s, i, sector), kind=base.kind or "body")
        return None

    def _extent(self, s: Sentence, i: int) -> tuple[int, int]:
        """First and last token of the phrase without clauses, appositions and prepositional phrases."""
        first = last = i
        for c in s.children[i]:
            if s.lemmas[c] in self.words["times"]:  # 'On 27 June Russian forces'
                continue
            if c < i and s.deps[c] in (*_MODIFIERS, "det", "predet", "quantmod"):
                first = min(first, s.subtree(c)[0])
            elif (c > i and s.deps[c] in ("compound", "nummod") and c == last + 1) or (
                c == last + 1 and s.deps[c] == "appos" and s.tags[c].startswith("NNP")
            ):
                last = c
        if s.words[first].lower() in ("the", "a", "an") and first < i:
            first += 1
        return first, last

    def name_start(self, s: Sentence, i: int) -> int:
        """First token of the run of name words that ends in token i, titles left out."""
        k = i
        while k > 0 and s.heads[k - 1] == i and s.deps[k - 1] in ("compound", "nmod") and s.tags[k - 1].startswith("NNP"):
            if s.lemmas[k - 1].rstrip(".") in self.words["titles"] or self.directory.role(s.lemmas[k - 1]):
                break
            k -= 1
        return k

    def _titled(self, s: Sentence, i: int) -> bool:
        return any(
            s.lemmas[c] in self.words["titles"] or s.lemmas[c].rstrip(".") in ("mr", "mrs", "ms", "dr")
            for c in s.all_children(i, "compound", "nmod")
        )

    def _role_of_phrase(self, s: Sentence, i: int) -> str | None:
        """Sector told by a title before the name, an apposition beside it, or another word of the phrase."""
        for c in s.all_children(i, "compound", "nmod") if s.tags[i].startswith("NNP") else ():
            if s.is_noun(c) and (found := self.directory.role(s.lemmas[c])) is not None:
                return found
        for c in [*s.all_children(i, "appos"), *([s.heads[i]] if s.deps[i] == "appos" else [])]:
            if s.is_noun(c) and (found := self.directory.role(s.lemmas[c])) is not None:
                return found
        return None

    def _person_beside(self, s: Sentence, i: int) -> tuple[str, str] | None:
        """Name and id of the person whose name stands in apposition to a description."""
        for c in s.all_children(i, "appos"):
            if c < i or not s.tags[c].startswith("NNP"):
                continue
            hit = self.hit(s, c)
            known = self.directory.entries.get(self.entity(hit[0]) or "") if hit is not None else None
            if hit is None or (known is not None and known.kind == "person"):
                name = s.raw.text[s.starts[self.name_start(s, c)] - s.raw.span[0] : s.ends[c] - s.raw.span[0]]
                return name, known.id if known is not None else name
        return None

    def _holder(self, s: Sentence, i: int, depth: int = 0) -> Referent | None:
        """Whose the phrase is: a modifying or owning name, an apposition, who inhabits or owns it."""
        if depth > 3:
            return None
        best: Referent | None = None
        for c in s.all_children(i, "appos"):  # 'the alliance's second army, Turkey'
            if c > i and not s.tags[i].startswith("NNP") and self.hit(s, c) is not None:
                for r in self.referents(s, c):
                    if r.kind == "state" and not r.place and r.via == "name":
                        return r
        for c in s.children[i]:
            if s.deps[c] in _MODIFIERS and c < i:
                if s.deps[c] == "poss":
                    found: Sequence[Referent] = self.referents(s, c)
                    beside = [r for k in s.all_children(i, "amod", "compound") for r in self._modifier(s, k, depth)]
                    if s.tags[c] == "PRP$" and any(r.code for r in beside):
                        continue  # 'his Indian counterpart'
                else:
                    found = self._modifier(s, c, depth)
                for r in found:
                    if r.code and (
                        best is None
                        or best.via == "unknown"
                        or (r.kind in GROUPS and not best.country)
                        or (r.kind in _BODIES and best.kind not in _BODIES)
                    ):
                        best = r
        if best is not None and not best.country and best.kind == "people":  # 'the Protestant party in Northern Ireland'
            best = self._home(s, i) or best
        if best is not None and best.via != "capital":
            return best
        for c in s.children[i]:
            if s.deps[c] == "prep" and s.words[c].lower() in _OWNING:
                for p in s.all_children(c, "pobj"):
                    for r in self.referents(s, p):
                        if r.code and r.via != "unknown" and not (s.words[c].lower() == "from" and r.kind == "person"):
                            return r
            if s.deps[c] == "appos" and c > i:
                for r in self.referents(s, c):
                    if r.country:
                        return r
            if s.deps[c] == "relcl" and s.lemmas[c] in self.words["leading"] and s.tags[c] != "VBN":  # 'who leads the Armenian community'
                for k in s.all_children(c, "dobj"):
                    for r in self.referents(s, k):
                        if r.country:
                            return r
            if s.deps[c] in ("acl", "relcl") and s.tags[c] == "VBN":
                for agent in s.all_children(c, "agent"):
                    for p in s.all_children(agent, "pobj"):
                        for r in self.referents(s, p):
                            if r.code and r.via != "unknown":
                                return r
        if best is not None:
            return best
        if s.deps[i] == "appos":
            for r in self._head_of_apposition(s, i):
                if r.country:
                    return r
        lemma = s.lemmas[i]
        shared = s.child(s.conjuncts(i)[0], "poss") if s.deps[i] == "conj" else None
        if shared is not None:  # 'the office's director … and editor'
            for r in self.referents(s, shared):
                if r.code:
                    return r
        if lemma not in self.words["premises"] and (lemma in self.words["bodies"] or self.directory.role(lemma)):
            home = None if lemma in self.words["weapons"] else self._home(s, i, ("in", "at", "for", "to"))
            return home or self._beside(s, i)
        return None

    def _home(self, s: Sentence, i: int, words: tuple[str, ...] = ("in", "of", "from", "at")) -> Referent | None:
        """The place or body that a phrase names as its own: 'rebels in the Ivory Coast'."""
        for c in s.all_children(i, "prep"):
            if s.words[c].lower() in words:
                for p in s.all_children(c, "pobj"):
                    for r in self.referents(s, p):
                        if r.code and r.kind in GROUPS:
                            return r
        return None

    def _beside(self, s: Sentence, i: int) -> Referent | None:
        """The adjective of a state in the words right before a noun, where the parse has torn the phrase apart."""
        k = i - 1
        while k >= 0 and s.tags[k] in ("JJ", "NN", "NNP", "NNPS", "CD", "HYPH") and s.heads[k] != i:
            hit = self.hit(s, k)
            if hit is not None and hit[0].via == "demonym":
                return self._named(s, k, *hit)
            k -= 1
        return None

    def _head_of_apposition(self, s: Sentence, i: int) -> Sequence[Referent]:
        head = s.heads[i]
        lemma = s.lemmas[head]
        if s.tags[head].startswith("NNP") and self.hit(s, head) is None:
            return ()
        return self.referents(s, head) if lemma else ()

    def _modifier(self, s: Sentence, c: int, depth: int) -> list[Referent]:
        """The names in a modifier: 'Russian', 'Sputnik Azerbaijan', 'Russian-linked', 'NATO'."""
        out: list[Referent] = []
        hit = self.hit(s, c)
        r = self._named(s, c, *hit) if hit is not None else None
        if r is not None:
            out.append(r)
        for k in s.children[c]:
            if s.deps[k] in (*_MODIFIERS, "conj", "punct") and k != c:
                out += self._modifier(s, k, depth + 1) if depth < 3 else []
        return out

    @cached_property
    def countries(self) -> frozenset[str]:
        """Countries that the document tells of, by a name or somebody of theirs."""
        ids = {id_ for hits in self._hits for found, _, _ in hits.values() for id_ in found.ids[:1]}
        return frozenset(c for id_ in ids if (c := self.directory.entries[id_].country))

    # ------------------------------------------------------------ recalled
    @cached_property
    def _full_names(self) -> dict[str, list[tuple[Sentence, int]]]:
        return full_names(self.sentences)

    def _recalled(self, s: Sentence, i: int) -> Referent | None:
        """A person who has been named in full before, or, where nobody has, is so later in the document."""
        word = s.words[i].lower()
        if word not in self.named and word not in self._sought:
            self._sought.add(word)
            for other, places in groupby(self._full_names.get(word, ()), key=lambda found: found[0]):
                for _, k in places:
                    if other is not s or k != i:
                        self.referents(other, k)
                if word in self.named:
                    break
        return self.named.get(word)
