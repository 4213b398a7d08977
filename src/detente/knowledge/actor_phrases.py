"""Who a whole noun phrase stands for, read without a parser: cut at prepositions and commas, each part read, then put together."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .actor_parts import TOKEN, Hit, Part, Phrase, Resolved, named, named_place, office_of, read_part
from .directory_match import fold
from .directory_places import place_country

if TYPE_CHECKING:
    from .directory import Directory

__all__ = ["PhraseReader", "Resolved"]

_CUT = frozenset(
    "of in at from for to on with against by near inside outside across under over who whom which that whose into between among "
    "including accused suspected wanted working serving loyal linked close belonging based led backed representing called known".split()
)
_OWNING = frozenset("of from in at for to on with near inside by representing serving working across belonging loyal based".split())
_WHERE = frozenset({"in", "at", "near", "inside", "across"})
_COUNTING = frozenset(
    "the a an some several many few any all both over about around more than at least dozen dozens hundreds thousands and or "
    "two three four five six seven eight nine ten".split()
)
_FORMER_PREFIX = re.compile(r"\bex-(?=\w)", re.IGNORECASE)
_ARTICLE = re.compile(r"(?i)^(?:the|an?) ")
_NAME = r"(?:[A-Z][\w'’.-]*|U\.S\.)(?: (?:(?:of|the|al|bin|de|for) )*(?:[A-Z][\w'’.-]*))*"
_COORDINATED = re.compile(rf"{_NAME}(?:(?:, and |, | and |, as well as ){_NAME})+")
_AND = re.compile(r", and | and |, as well as |, ")


class PhraseReader:
    """Reads noun phrases with one directory."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.roles = directory.roles

    # ------------------------------------------------------------ one phrase
    def resolve(self, phrase: str, date: str | None = None, context: str | None = None) -> Resolved:
        """See :meth:`detente.knowledge.Directory.resolve`."""
        text = _FORMER_PREFIX.sub("former ", fold(phrase)).strip(" \"'“”.,;:()")
        around = {i for f in self.directory.find(context or "") for i in f.ids if len(f.ids) == 1}
        whole = self._whole(text, date, around)
        if whole is not None:
            return whole
        cut = self._cut(text, date, around)
        if all(w in self.roles.nobody or w in _COUNTING or w.isdigit() for w in cut.words) and not self.roles.in_words(list(cut.words)):
            return Resolved()
        parts = self._parts(cut)
        if not parts:
            return Resolved()
        answer, head = Resolved(), Part(Resolved())
        for first, end, joint in parts:
            part = read_part(self.directory, cut, first, end)
            if joint == "head":
                answer, head = part.answer, part
            else:
                answer = self._joined(answer, head, part, joint, date)
        return self._with_place(answer, cut, parts[0][0])

    def _whole(self, text: str, date: str | None, around: set[str]) -> Resolved | None:
        """The phrase as a name: as written, without its article, or in usual capitals."""
        bare = _ARTICLE.sub("", text)
        for form in dict.fromkeys((text, bare, "the " + bare, bare.title() if bare.isupper() and len(bare) > 4 else bare)):
            found = self.directory.names.lookup(form)
            id_ = self.directory.pick(found.ids, date, around, found.via) if found is not None else None
            if found is not None and id_ is not None and (found.via != "weak" or self._leads_now(id_, text, date)):
                return named(self.directory, id_, found.via, date)
        return None

    def _leads_now(self, id_: str, text: str, date: str | None) -> bool:
        """Whether a common last name may stand alone for a person: heads of state and government in office."""
        return text.lower() not in self.roles.nobody and any(self.roles.rank(t.office) == 3 for t in self.directory.terms_at(id_, date))

    def _cut(self, text: str, date: str | None, around: set[str]) -> Phrase:
        tokens = tuple((m.start(), m.end(), m[0]) for m in TOKEN.finditer(text))
        found = self.directory.find(text)
        company = around | {f.ids[0] for f in found if len(f.ids) == 1}
        hits = []
        for f in found:
            id_ = self.directory.pick(f.ids, date, company, f.via)
            inside = [n for n, (s, e, _) in enumerate(tokens) if s < f.end and e > f.start]
            if id_ is not None and inside:
                hits.append(Hit(f, id_, inside[0], inside[-1]))
        return Phrase(text, tokens, tuple(_plain(w) for _, _, w in tokens), tuple(hits), date)

    # ------------------------------------------------------------ its parts
    def _parts(self, phrase: Phrase) -> list[tuple[int, int, str]]:
        """Runs of tokens between prepositions, commas and relative words: (first, end, what joins it to what stands before)."""
        within = {n for h in phrase.hits for n in range(h.first + 1, h.last + 1)}
        within |= {n for f, e, _ in self.roles.in_words(list(phrase.words)) for n in range(f + 1, e)}  # "secretary of state"
        opening = {h.first for h in phrase.hits if h.first != h.last}
        out: list[tuple[int, int, str]] = []
        first, joint = 0, "head"
        for n, word in enumerate(phrase.words):
            if n == first or n in within:
                continue
            if re.search(r"[,;(\u2014]", phrase.text[phrase.tokens[n - 1][1] : phrase.tokens[n][0]]):
                out.append((first, n, joint))
                first, joint = n, "appos"
            elif word in _CUT and n not in opening and phrase.text[phrase.tokens[n][0] - 1] != "-":
                out.append((first, n, joint))
                first, joint = n + 1, word
        out = [p for p in [*out, (first, len(phrase.words), joint)] if p[0] < p[1]]
        if len(out) > 1 and out[1][2] == "of" and self._gathers(phrase, *out[0][:2]):
            out = [(out[1][0], out[1][1], "head"), *out[2:]]
        return out

    def _gathers(self, phrase: Phrase, first: int, end: int) -> bool:
        """Whether a head only counts or gathers what follows: 'members of', 'dozens of', 'a team of'."""
        if any(first <= h.first < end for h in phrase.hits):
            return False
        return phrase.words[end - 1] in self.roles.transparent or all(w in _COUNTING or w.isdigit() for w in phrase.words[first:end])

    # ------------------------------------------------------------ parts together
    def _joined(self, so_far: Resolved, head: Part, part: Part, joint: str, date: str | None) -> Resolved:
        """What a later part adds: an apposition all that is missing; an owner its country and, where the head tells none, its sector."""
        told = part.answer
        if joint == "appos":
            if so_far.country is None and so_far.sector is None:
                return told
            return replace(so_far, country=so_far.country or told.country, sector=so_far.sector or told.sector, id=so_far.id or told.id)
        if joint not in _OWNING or told.via == "none":
            return so_far
        if joint == "of" and so_far.id is None and (held := office_of(self.directory, head, told, date)) is not None:
            return held
        sector = so_far.sector
        if head.yields and told.sector not in (None, "IGO", "CVL") and told.via != "capital" and so_far.country is None:
            sector = told.sector
        if sector is None and joint == "of" and head.form == "leader" and told.country:
            sector = "GOV"
        if sector is None and so_far.via == "none" and told.country and joint in _WHERE:
            sector = "CVL"
        return replace(
            so_far,
            id=so_far.id or (told.id if joint == "of" and told.via != "office" else None),
            country=so_far.country or told.country,
            sector=sector,
            via="role" if so_far.via == "none" else so_far.via,
        )

    def _with_place(self, answer: Resolved, phrase: Phrase, head: int) -> Resolved:
        """The country of a city or province that the phrase names, and civilians where only a place or 'residents of' one is named."""
        run = [w for _, _, w in phrase.tokens]
        if answer.country is None:
            country = place_country(" ".join(w for w in run if w[:1].isupper()))
            told = any(w[:1].islower() and w.lower() not in _COUNTING for w in run)
            if country is None and told and all(self.directory.entries[h.id].kind != "person" for h in phrase.hits):
                country = named_place(run)
            if country is not None:
                answer = replace(answer, country=country, via="place" if answer.via == "none" else answer.via)
        if answer.sector is None and answer.country is not None:
            gathered = next((s for w in phrase.words[:head] if (s := self.roles.sector(w))), None)
            lone = answer.via == "place" and (len(run) == 1 or any(w in self.roles.places for w in phrase.words))
            return replace(answer, sector=gathered or ("CVL" if lone else None))
        return answer

    # ------------------------------------------------------------ coordination
    def split(self, phrase: str, context: str | None = None) -> list[str]:
        """See :meth:`detente.knowledge.Directory.split`."""
        at = (context or "").find(phrase)
        if context and at >= 0:
            for found in _COORDINATED.finditer(context):
                parts = _AND.split(found[0])
                if found.start() <= at and at + len(phrase) <= found.end() and set(_AND.split(phrase)) <= set(parts):
                    return [p for p in parts if p in phrase or self._known(p) or not self.directory.names.is_common(p)]
        return [p for p in (_ARTICLE.sub("", p) for p in _AND.split(phrase)) if p]

    def _known(self, part: str) -> bool:
        answer = self.resolve(part)
        return answer.country is not None or answer.sector is not None


def _plain(token: str) -> str:
    plain = token.lower().removesuffix("'s")
    return plain.rstrip(".") if len(plain) > 4 else plain
