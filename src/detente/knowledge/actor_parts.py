"""One part of a noun phrase, between prepositions and commas: a name, or a role word with whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .directory_match import Found
from .directory_places import place_country

if TYPE_CHECKING:
    from .directory import Directory

TOKEN = re.compile(r"[^\W_]+(?:['.&-][^\W_]+)*\.?|'s\b")
_OFFICIAL = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "SPY"})
_STATES = frozenset({"state", "territory"})
#: Whose a role is when several names stand before it: the body rather than its country.
_NEARER = {"agency": 4, "force": 4, "group": 4, "party": 4, "igo": 3, "alliance": 3, "media": 3, "company": 3, "ngo": 3, "person": 2}
#: After a name and a hyphen: the role is not that of the name.
_BACKED = re.compile(r"-(?:aligned|allied|armed|backed|friendly|funded|linked|made|sponsored|supported|trained)\b")


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
class Hit:
    """A name found in a phrase, with its first and last token."""

    found: Found
    id: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase cut into tokens, with the names in it."""

    text: str
    tokens: tuple[tuple[int, int, str], ...]
    words: tuple[str, ...]  # lower case, without 's
    hits: tuple[Hit, ...]
    date: str | None

    def owns(self, hit: Hit) -> bool:
        """Whether something belongs to the name: "Russia's"."""
        return re.match(r" ?'s?(?!\w)", self.text[hit.found.end : hit.found.end + 3]) is not None

    def backs(self, hit: Hit) -> bool:
        """Whether the name only supports or opposes what follows: "Iranian-backed", "pro-Russian"."""
        return (
            _BACKED.match(self.text, hit.found.end) is not None
            or re.search(r"(?i)\b(?:pro|anti|non)-$", self.text[: hit.found.start]) is not None
        )


@dataclass(frozen=True, slots=True)
class Part:
    """What one part says. ``yields``: its role word takes the sector of the body named after it; ``form``: that role word."""

    answer: Resolved
    form: str | None = None
    yields: bool = False


def named(directory: Directory, id_: str, via: str, date: str | None) -> Resolved:
    """An entry at a date, as it is when a phrase is just its name."""
    entry = directory.entries[id_]
    sector = directory.sector_of(id_, date)
    if via == "people" and entry.kind in _STATES:
        sector = "CVL"
    elif sector is None and via in ("capital", "seat"):
        sector = "GOV"
    return Resolved(id_, entry.name, directory.country_of(id_, date), sector, via)


def read_part(directory: Directory, phrase: Phrase, first: int, end: int) -> Part:
    """Who tokens ``first`` to ``end`` (exclusive) of a phrase stand for."""
    inside = [h for h in phrase.hits if first <= h.first and h.last < end]
    roles = [
        (f + first, e + first, form)
        for f, e, form in directory.roles.in_words(list(phrase.words[first:end]))
        if not any(h.first <= f + first and e + first - 1 <= h.last for h in inside)
    ]
    former = any(w in directory.roles.former for w in phrase.words[first:end])
    persons = [h for h in inside if directory.entries[h.id].kind == "person"]
    head = next((h for h in [*persons, *inside] if not phrase.owns(h) and (h.last == end - 1 or h in persons)), None)
    if head is not None and not phrase.backs(head):
        title = next((form for _, e, form in reversed(roles) if e <= head.first), None)
        return Part(_name(directory, phrase, head, inside, title, former))
    return _role(directory, phrase, inside, roles, former, first, end)


def _name(directory: Directory, phrase: Phrase, head: Hit, inside: Sequence[Hit], title: str | None, former: bool) -> Resolved:
    """A name at the head, perhaps with a title: "Prime Minister May", "Sudanese paramilitary Rapid Support Forces"."""
    answer = named(directory, head.id, head.found.via, phrase.date)
    entry = directory.entries[head.id]
    told = directory.roles.sector(title) if title else None
    if entry.kind != "person":
        if answer.sector is None:
            answer = replace(answer, sector=told or ("CVL" if head.found.via == "demonym" and entry.kind in _STATES else None))
    elif told and not (former and told in _OFFICIAL):
        held = {t.sector for t in directory.terms_at(head.id, phrase.date)}
        if told in held or answer.sector is None or (answer.sector == "ELI" and title not in directory.roles.yielding):
            answer = replace(answer, sector=told)
    elif told and answer.sector is None:
        answer = replace(answer, sector="ELI")
    if answer.country is None or (entry.kind == "people" and entry.country is None):
        other = next((h for h in inside if h is not head and directory.country_of(h.id, phrase.date)), None)
        if other is not None:
            answer = replace(answer, country=directory.country_of(other.id, phrase.date))
    return answer


def _role(
    directory: Directory, phrase: Phrase, inside: Sequence[Hit], roles: Sequence[tuple[int, int, str]], former: bool, first: int, end: int
) -> Part:
    """A role word at the head: "Russian OMON forces", "the Lebanese president's office", "smuggling gang"."""
    form = _telling(directory, roles)
    sector = directory.roles.sector(form) if form else None
    yields = form is None or form in directory.roles.yielding
    answer = Resolved(None, None, None, sector, "role" if form else "none")
    holder = _holder(directory, [h for h in inside if not phrase.backs(h)])
    if holder is not None:
        entry = directory.entries[holder.id]
        own = directory.sector_of(holder.id, phrase.date)
        answer = replace(answer, country=directory.country_of(holder.id, phrase.date), via="role")
        if entry.kind != "person":
            answer = replace(answer, id=holder.id, name=entry.name)
            office = None if former else _office(directory, phrase, roles, holder.id, first, end)
            if office is not None:
                return Part(_held(directory, answer, office, phrase.date))
        if form == "leader" and entry.kind in (*_STATES, "bloc"):
            answer = replace(answer, sector="GOV")
        elif own and yields and (own not in ("CVL", "IGO", "PRE") or form is None):
            answer = replace(answer, sector=own)
    else:
        local = named_place([w for _, _, w in phrase.tokens[first:end]])
        if local:
            answer = replace(answer, country=local, via="role" if form else "place")
    if former and answer.sector in _OFFICIAL:
        answer = replace(answer, sector="ELI")
    return Part(answer, form, yields and holder is None)


def _telling(directory: Directory, roles: Sequence[tuple[int, int, str]]) -> str | None:
    """The role word that tells the sector: the head, or the one before it where the head yields ("party leader", "army officer")."""
    forms = [form for _, _, form in reversed(roles)]
    firm = next((f for f in forms if f not in directory.roles.yielding), None)
    sectors = [f for f in forms if directory.roles.sector(f)]
    return firm or (sectors[0] if sectors else forms[0] if forms else None)


def _holder(directory: Directory, inside: Sequence[Hit]) -> Hit | None:
    """Whose the role is: a body before its country; of equals the last; a people gives way to a country ("Iraqi Kurdish")."""
    if not inside:
        return None
    entries = directory.entries
    best = max(inside, key=lambda h: (_NEARER.get(entries[h.id].kind, 1 if directory.country_of(h.id) else 0), h.last))
    if entries[best.id].kind == "people":
        return next((h for h in inside if entries[h.id].country and entries[h.id].kind != "people"), best)
    return best


def _office(directory: Directory, phrase: Phrase, roles: Sequence[tuple[int, int, str]], body: str, first: int, end: int) -> str | None:
    """Who held the office that the part names: "German Foreign Minister"; not "a minister", "deputy foreign minister", "ministers"."""
    if not roles or roles[-1][1] != end:
        return None
    begin, stop, form = roles[-1]
    before = phrase.words[first:begin]
    if " ".join(phrase.words[begin:stop]).replace("-", " ") != form or {"a", "an", "deputy", "acting", "senior", "top"} & set(before):
        return None
    return _sole_holder(directory, form, body, phrase.date)


def _sole_holder(directory: Directory, office: str, body: str, date: str | None) -> str | None:
    keys = directory.roles.office_keys(office, body)
    if not any(directory.roles.unique(key, directory.entries[body].kind) for key in keys):
        return None
    return directory.office_holder(office, body, date)


def office_of(directory: Directory, part: Part, body: Resolved, date: str | None) -> Resolved | None:
    """Who held "president of Azerbaijan": the office named by one part, of the country or body named by the next."""
    if part.form is None or body.id is None or part.answer.sector == "ELI":
        return None
    who = _sole_holder(directory, part.form, body.id, date)
    if who is None:
        return None
    return _held(directory, replace(part.answer, country=part.answer.country or body.country), who, date)


def _held(directory: Directory, answer: Resolved, who: str, date: str | None) -> Resolved:
    sector = answer.sector or directory.sector_of(who, date)
    return replace(answer, id=who, name=directory.entries[who].name, sector=sector, via="office")


def named_place(run: Sequence[str]) -> str | None:
    """Country of a city or province named in a run of words, the longest name first."""
    plain = [w.removesuffix("'s") for w in run]
    for n in (4, 3, 2, 1):
        for i in range(len(plain) - n + 1):
            name = plain[i : i + n]
            if all(w[:1].isupper() for w in name) and (country := place_country(" ".join(name))):
                return country
    return None
