"""Who a whole noun phrase stands for, read without a parser: its head, whose it is, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .directory_match import Found, fold
from .directory_places import place_country

if TYPE_CHECKING:
    from .directory import Directory

_TOKEN = re.compile(r"[^\W_]+(?:['.&-][^\W_]+)*\.?|'s\b")
_CUT = frozenset(
    "of in at from for to on with against by near inside outside across under over who whom which that whose into between among "
    "including accused suspected wanted working serving loyal linked close belonging based led backed representing called known".split()
)
_OWNING = frozenset("of from in at for to on with near inside by representing serving working across belonging loyal based".split())
_ARTICLES = frozenset(
    "the a an some several many few any all both over about around more than at least dozen dozens hundreds thousands "
    "two three four five six seven eight nine ten".split()
)
_MINOR = frozenset({"of", "the", "and", "for", "al", "bin", "de", "la", "von", "van"})
_FORMER_PREFIX = re.compile(r"\bex-(?=\w)", re.IGNORECASE)
#: Kinds of holders whose sector a yielding role word takes over.
_BODIES = frozenset({"agency", "force", "group", "party", "media", "company", "ngo", "igo", "alliance", "people"})
_STATES = frozenset({"state", "territory"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who a phrase stands for. Nulls where nothing is known.

    ``country``: ISO 3166 alpha-3, or PLOVER's UNO, EUR, IGO, NGO, IMG, MNC. ``via``: name, short, capital, seat, people, demonym, office
    (who held it at the date), role (a body or person of a country or sector, nobody by name), place, or none.
    """

    id: str | None = None
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    via: str = "none"


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name found in the phrase, with the tokens it covers."""

    found: Found
    id: str
    first: int
    last: int


def _word(token: str) -> str:
    plain = token.lower().removesuffix("'s")
    return plain.rstrip(".") if len(plain) > 4 else plain


class PhraseReader:
    """Reads noun phrases with one directory."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.roles = directory.roles

    # ------------------------------------------------------------ one phrase
    def resolve(self, phrase: str, date: str | None = None, context: str | None = None) -> Resolved:
        """See :meth:`detente.knowledge.Directory.resolve`."""
        text = _FORMER_PREFIX.sub("former ", fold(phrase)).strip(" \"'“”.,;:()")
        around = self._around(context, date)
        whole = self._whole(text, date, around)
        if whole is not None:
            return whole
        tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text)]
        words = [_word(w) for _, _, w in tokens]
        if not words or all(w in self.roles.nobody or w in _ARTICLES or w.isdigit() for w in words):
            return Resolved()
        hits = self._token_hits(text, tokens, date, around)
        best = Resolved()
        for first, last, joint in self._segments(text, tokens, words, hits):
            part = self._segment(text, tokens, words, hits, first, last, date)
            if joint == "head" and part.sector and part.country:
                best = part
                break
            best = self._joined(best, part, joint)
            if best.country and best.sector and best.via != "place":
                break
        if best.country is None:
            country = place_country(" ".join(w for _, _, w in tokens if w[:1].isupper())) or self._some_place(tokens, hits)
            if country:
                best = replace(
                    best, country=country, via=best.via if best.via != "none" else "place", sector=best.sector or self._place_sector(words)
                )
        return best

    def _whole(self, text: str, date: str | None, around: set[str]) -> Resolved | None:
        """The phrase as a name: as written, without its article, or in usual capitals."""
        bare = re.sub(r"^(?:the|a|an|The|A|An) ", "", text)
        for form in dict.fromkeys((text, bare, "the " + bare, bare.title() if bare.isupper() and len(bare) > 4 else bare)):
            found = self.directory.names.lookup(form)
            if found is None:
                continue
            id_ = self.directory.pick(found.ids, date, around)
            if id_ is not None:
                return self._named(id_, found.via, date)
        return None

    def _named(self, id_: str, via: str, date: str | None) -> Resolved:
        entry = self.directory.entries[id_]
        sector = self.directory.sector_of(id_, date)
        if sector is None and via in ("capital", "seat"):
            sector = "GOV"
        elif sector is None and via == "people":
            sector = "CVL"
        return Resolved(id_, entry.name, self.directory.country_of(id_, date), sector, via)

    def _around(self, context: str | None, date: str | None) -> set[str]:
        return {i for f in self.directory.find(context or "") for i in f.ids if len(f.ids) == 1}

    def _token_hits(self, text: str, tokens: Sequence[tuple[int, int, str]], date: str | None, around: set[str]) -> list[_Hit]:
        out = []
        found = self.directory.find(text)
        company = around | {f.ids[0] for f in found if len(f.ids) == 1}
        for f in found:
            id_ = self.directory.pick(f.ids, date, company)
            inside = [n for n, (s, e, _) in enumerate(tokens) if s < f.end and e > f.start]
            if id_ is not None and inside:
                out.append(_Hit(f, id_, inside[0], inside[-1]))
        return out

    # ------------------------------------------------------------ its parts
    def _segments(
        self, text: str, tokens: Sequence[tuple[int, int, str]], words: Sequence[str], hits: Sequence[_Hit]
    ) -> list[tuple[int, int, str]]:
        """Runs of tokens between prepositions, commas and relative words: (first, end, what joins it to what stands before)."""
        covered = {n for h in hits for n in range(h.first, h.last + 1) if h.first != h.last}
        out: list[tuple[int, int, str]] = []
        first, joint = 0, "head"
        for n, word in enumerate(words):
            comma = n > first and re.search(r"[,;(\u2014]", text[tokens[n - 1][1] : tokens[n][0]]) is not None
            if comma and n not in covered - {h.first for h in hits}:
                out.append((first, n, joint))
                first, joint = n, "appos"
            if n > first and word in _CUT and n not in covered and text[tokens[n][0] - 1] != "-":
                out.append((first, n, joint))
                first, joint = n + 1, word
        out.append((first, len(words), joint))
        out = [s for s in out if s[0] < s[1]]
        if len(out) > 1 and out[1][2] == "of" and self._transparent(words, *out[0][:2], hits):
            out = [(out[1][0], out[1][1], "head"), *out[2:]]
        return out

    def _transparent(self, words: Sequence[str], first: int, end: int, hits: Sequence[_Hit]) -> bool:
        """Whether the head only counts or gathers what follows: 'members of', 'dozens of', 'a team of'."""
        if any(first <= h.first < end for h in hits):
            return False
        return words[end - 1] in self.roles.transparent or all(w in _ARTICLES or w.isdigit() for w in words[first:end])

    def _segment(
        self,
        text: str,
        tokens: Sequence[tuple[int, int, str]],
        words: Sequence[str],
        hits: Sequence[_Hit],
        first: int,
        end: int,
        date: str | None,
    ) -> Resolved:
        """One run of tokens: a name, or a role with its holder."""
        inside = [h for h in hits if first <= h.first and h.last < end]
        roles = [
            (f + first, e + first, form)
            for f, e, form in self.roles.in_words(list(words[first:end]))
            if not any(h.first <= f + first and e + first - 1 <= h.last for h in inside if h.first != h.last or f + 1 == e)
        ]
        former = any(w in self.roles.former for w in words[first:end])
        last = end - 1
        head = next((h for h in inside if h.last == last), None)
        person = next((h for h in inside if self.directory.entries[h.id].kind == "person"), None)
        if person is not None and not self._owned(text, tokens, person):
            head = person
        if head is not None and not self._owned(text, tokens, head):
            return self._head_name(head, inside, roles, former, date)
        return self._role_phrase(text, tokens, words, inside, roles, former, (first, end), date)

    def _owned(self, text: str, tokens: Sequence[tuple[int, int, str]], hit: _Hit) -> bool:
        """Whether something belongs to the name: 'Russia's', or an adjective with a noun after it."""
        return text[hit.found.end : hit.found.end + 2] in ("'s", "s'") or text[hit.found.end : hit.found.end + 3] == " 's"

    def _head_name(
        self, head: _Hit, inside: Sequence[_Hit], roles: Sequence[tuple[int, int, str]], former: bool, date: str | None
    ) -> Resolved:
        answer = self._named(head.id, head.found.via, date)
        entry = self.directory.entries[head.id]
        title = next((form for _, e, form in reversed(roles) if e <= head.first), None)
        if title is not None:
            told = self.roles.sector(title)
            if former and told in ("GOV", "MIL", "LEG", "SPY", "COP", "JUD") and entry.kind == "person":
                told = "ELI" if answer.sector in (None, "ELI") else answer.sector
            if (
                entry.kind == "person" and (answer.sector is None or (answer.sector == "ELI" and told and title not in self.roles.yielding))
            ) or (entry.kind != "person" and answer.sector is None and told):
                answer = replace(answer, sector=told)
        if answer.country is None or (entry.kind == "people" and entry.country is None):
            holder = next((h for h in inside if h is not head), None)
            if holder is not None:
                answer = replace(answer, country=self.directory.country_of(holder.id, date))
        if head.found.via == "demonym" and answer.sector is None and entry.kind in _STATES:
            answer = replace(answer, sector="CVL")
        return answer

    def _role_phrase(
        self, text: str, tokens: Sequence[tuple[int, int, str]], words: Sequence[str], inside: Sequence[_Hit],
        roles: Sequence[tuple[int, int, str]], former: bool, span: tuple[int, int], date: str | None,
    ) -> Resolved:  # fmt: skip
        holder = self._holder(inside)
        sector, form = self._sector_of_roles(roles)
        country = self.directory.country_of(holder.id, date) if holder else None
        answer = Resolved(None, None, country, sector, "role" if form or holder else "none")
        if holder is not None:
            entry = self.directory.entries[holder.id]
            own = self.directory.sector_of(holder.id, date)
            if entry.kind == "person":
                own = None if form and form not in self.roles.yielding else own
            if own and (
                form is None or (form in self.roles.yielding and (entry.kind in _BODIES or entry.kind == "person") and own != "IGO")
            ):
                answer = replace(answer, sector=own)
            if own == "PRE" and sector is not None:
                answer = replace(answer, sector=sector)
            if form is not None and not former and entry.kind != "person":
                who = self._office(words, roles, holder, span, date)
                if who is not None:
                    return replace(answer, id=who, name=self.directory.entries[who].name, via="office")
            if entry.kind not in ("person", *_STATES) or entry.kind in _STATES:
                answer = replace(answer, id=holder.id, name=entry.name)
            if form is None and holder.found.via in ("capital",) and answer.sector is None:
                answer = replace(answer, sector=None)
        if answer.country is None:
            run = [w for _, _, w in tokens[span[0] : span[1]]]
            local = self._named_place(run)
            if local:
                answer = replace(answer, country=local, via="role" if form else "place")
        if former and (answer.sector in ("GOV", "MIL", "LEG", "SPY", "COP", "JUD")):
            answer = replace(answer, sector="ELI")
        return answer

    def _holder(self, inside: Sequence[_Hit]) -> _Hit | None:
        """Whose the role is: a body before a people before a state; of equals the last ('Russian OMON forces')."""
        if not inside:
            return None
        rank = {"agency": 4, "force": 4, "group": 4, "party": 4, "igo": 3, "alliance": 3, "media": 3, "company": 3, "ngo": 3, "person": 2}
        best = max(inside, key=lambda h: (rank.get(self.directory.entries[h.id].kind, 1 if self.directory.country_of(h.id) else 0), h.last))
        if self.directory.country_of(best.id) is None or self.directory.entries[best.id].country is None:
            own = next((h for h in inside if self.directory.entries[h.id].country), None)
            if own is not None and self.directory.entries[best.id].kind == "people":
                return own
        return best

    def _sector_of_roles(self, roles: Sequence[tuple[int, int, str]]) -> tuple[str | None, str | None]:
        """The head's sector; a yielding head ('leader', 'officer') takes that of the role word before it."""
        form = None
        for _, _, one in reversed(roles):
            if one not in self.roles.yielding:
                return self.roles.sector(one), form or one
            form = form or one
        return (self.roles.sector(form) if form else None), form

    def _office(
        self, words: Sequence[str], roles: Sequence[tuple[int, int, str]], holder: _Hit, span: tuple[int, int], date: str | None
    ) -> str | None:
        if not roles or roles[-1][1] != span[1]:
            return None
        body = self.directory.entries[holder.id]
        title = " ".join(words[roles[-1][0] : roles[-1][1]])
        if title != roles[-1][2]:  # plural
            return None
        if words[span[0]] in ("a", "an") or any(w in ("deputy", "acting", "senior", "top") for w in words[span[0] : roles[-1][0]]):
            return None
        return self.directory.office_holder(title, body.id, date)

    # ------------------------------------------------------------ parts together
    def _joined(self, best: Resolved, part: Resolved, joint: str) -> Resolved:
        """What a later part adds: an owner's country and, where the head says no sector, its sector; an apposition all that is missing."""
        if joint == "head":
            return part
        if joint == "appos":
            if best.via in ("none", "place") or (best.country is None and best.sector is None):
                return part
            return replace(best, country=best.country or part.country, sector=best.sector or part.sector, id=best.id or part.id)
        if joint not in _OWNING:
            return best
        sector = best.sector
        if sector is None and joint in ("of", "from", "for"):
            sector = part.sector
        if sector is None and best.via == "none" and part.country and joint in ("in", "at", "near", "inside", "across"):
            sector = "CVL"
        named = best.id or (part.id if joint == "of" and part.via != "office" else None)
        via = best.via if best.via != "none" else ("role" if part.via != "none" else "none")
        return replace(best, id=named, country=best.country or part.country, sector=sector, via=via)

    # ------------------------------------------------------------ places nobody governs from
    def _named_place(self, run: Sequence[str]) -> str | None:
        """Country of a city or province named in a run of words, the longest name first."""
        caps = [w.removesuffix("'s") for w in run]
        for n in (4, 3, 2, 1):
            for i in range(len(caps) - n + 1):
                name = caps[i : i + n]
                if all(w[:1].isupper() for w in name) and (country := place_country(" ".join(name))):
                    return country
        return None

    def _some_place(self, tokens: Sequence[tuple[int, int, str]], hits: Sequence[_Hit]) -> str | None:
        if any(self.directory.entries[h.id].kind == "person" for h in hits):
            return None
        run = [w for _, _, w in tokens]
        return self._named_place(run) if any(w[:1].islower() and w.lower() not in _ARTICLES for w in run) else None

    def _place_sector(self, words: Sequence[str]) -> str | None:
        return "CVL" if len(words) == 1 or any(w in self.roles.places for w in words) else None

    # ------------------------------------------------------------ coordination
    def split(self, phrase: str, context: str | None = None) -> list[str]:
        """See :meth:`detente.knowledge.Directory.split`."""
        at = (context or "").find(phrase)
        if not context or at < 0:
            return [p for p in re.split(r",? and (?:the )?|, (?:the )?", phrase) if p]
        start, end = at, at + len(phrase)
        name = r"(?:[A-Z][\w'’.-]*|U\.S\.)(?: (?:(?:of|the|al|bin|de|for) )*(?:[A-Z][\w'’.-]*))*"
        for found in re.finditer(rf"{name}(?:(?:, and |, | and |, as well as ){name})+", context):
            if found.start() <= start and end <= found.end():
                parts = re.split(r", and | and |, as well as |, ", found[0])
                if phrase in parts or all(p in parts for p in re.split(r", and | and |, ", phrase)):
                    return [p for p in parts if self._known(p) or p in phrase]
        return [p for p in re.split(r",? and (?:the )?|, (?:the )?", phrase) if p]

    def _known(self, part: str) -> bool:
        answer = self.resolve(part)
        return answer.country is not None or answer.sector is not None
