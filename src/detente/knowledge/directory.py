"""The directory of actors: who is who, for whom they stand, and when they held which office."""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from .actor_groups import resolve_group
from .actor_phrases import PhraseReader, Resolved
from .directory_match import Found, NameFinder
from .directory_read import DirectoryTie, Entry, Term, read_directory
from .roles import Roles, load_roles

__all__ = ["Directory", "DirectoryTie", "Entry", "Found", "Resolved", "Term", "load_directory"]

#: Sectors whose holders are PLOVER's "elites" (ELI) once they are out of office.
OFFICIAL_SECTORS = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "SPY"})
#: PLOVER's names for actors of no one country, by kind of entry.
_INTERNATIONAL = {"igo": "IGO", "alliance": "IGO", "ngo": "NGO", "group": "IMG", "company": "MNC"}


class Directory:
    """Entries by id, their ties, and the questions one asks of them. Make one with :func:`load_directory`.

    Dates are ISO (``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``); ``None`` means today.
    """

    def __init__(self, entries: Mapping[str, Entry], ties: Sequence[DirectoryTie], fingerprint: str) -> None:
        self.entries = entries
        self.ties = tuple(ties)
        self.fingerprint = fingerprint
        self.roles: Roles = load_roles()

    # ------------------------------------------------------------ names in text
    @cached_property
    def names(self) -> NameFinder:
        """The finder of names; made when first asked for, since most who look up entries find none in texts."""
        return NameFinder(self.entries.values())

    def find(self, text: str) -> list[Found]:
        """All names of actors in ``text``, in order, the longest at each place, none overlapping."""
        return self.names.find(text)

    def pick(self, ids: Sequence[str], date: str | None = None, context_ids: Collection[str] = (), via: str | None = None) -> str | None:
        """Whom an ambiguous name means: who is in office at the date, then who belongs with the actors around, then the higher office.

        ``None`` where ``ids`` is empty, where nothing speaks for one of them, or where ``via`` (a :class:`Found`'s) is a last name and
        nobody who bears it was in any office until two years after the date.
        """
        if via == "short" and date is not None:
            ids = [i for i in ids if self._known_by(i, date)]
        if len(ids) < 2:
            return ids[0] if ids else None
        around = {c for i in context_ids if (c := self._place_of(i))}
        marks = sorted(((self._mark(i, date, context_ids, around), -n, i) for n, i in enumerate(ids)), reverse=True)
        if marks[0][0] == marks[1][0] and self._place_of(marks[0][2]) != self._place_of(marks[1][2]) and not self._prominent(marks[0][2]):
            return None
        return marks[0][2]

    def _known_by(self, id_: str, date: str) -> bool:
        begun = [t.start for t in self.entries[id_].terms]
        return not begun or any(start is None or int(start[:4]) <= int(date[:4]) + 2 for start in begun)

    def _mark(self, id_: str, date: str | None, context: Collection[str], around: Collection[str]) -> tuple[int, int, int]:
        entry = self.entries[id_]
        near = 2 * (id_ in context)
        if entry.kind == "territory":  # the state of Georgia beside other American states and parties, not beside the United States
            near += any(
                c in self.entries and self.entries[c].kind in ("territory", "party") for c in context if self._place_of(c) == entry.country
            )
        else:
            near += self._place_of(id_) in around
        if entry.kind != "person":
            return near + 1, 0, 0
        terms = self.terms_at(id_, date)
        day = date or _today()
        begun = [t for t in entry.terms if t.start is None or t.start <= day]
        in_office = 2 if terms else 1 if begun else 0
        rank = max((self.roles.rank(t.office) for t in terms or begun), default=0)
        return in_office + near, rank, -_distance(entry, day)

    def _prominent(self, id_: str) -> bool:
        entry = self.entries[id_]
        return entry.kind != "person" or any(self.roles.rank(t.office) >= 2 for t in entry.terms)

    def _place_of(self, id_: str) -> str | None:
        entry = self.entries.get(id_)
        return None if entry is None else entry.country or (entry.terms[-1].of if entry.terms else None)

    # ------------------------------------------------------------ offices
    def terms_at(self, id_: str, date: str | None = None) -> tuple[Term, ...]:
        """The offices a person holds at a date, the highest first; of one rank, executive before parliament and party."""
        day = date or _today()
        entry = self.entries.get(id_)
        held = [t for t in entry.terms if t.holds(day)] if entry else []
        return tuple(sorted(held, key=lambda t: (-self.roles.rank(t.office), self.roles.precedence(t.sector))))

    def office_holder(self, office: str, country: str, date: str | None = None) -> str | None:
        """Id of who holds an office ("Foreign Minister", "president") of a country or body (its id) at a date; ``None`` if unknown."""
        day = date or _today()
        for key in self.roles.office_keys(office, country):
            holders = [(t.start or "", id_) for t, id_ in self._offices.get((key, country), ()) if t.holds(day)]
            if holders:
                return max(holders)[1]
        return None

    @cached_property
    def _offices(self) -> dict[tuple[str, str], list[tuple[Term, str]]]:
        held: dict[tuple[str, str], list[tuple[Term, str]]] = defaultdict(list)
        for entry in self.entries.values():
            for t in entry.terms:
                if t.of:
                    held[self.roles.office_key(t.office), t.of].append((t, entry.id))
        return held

    # ------------------------------------------------------------ who they count for
    def country_of(self, id_: str, date: str | None = None) -> str | None:
        """ISO 3166 alpha-3 of the country an actor belongs to at a date, else PLOVER's code: UNO, EUR, IGO, NGO, IMG, MNC."""
        entry = self.entries[id_]
        if entry.kind == "person":
            terms = self.terms_at(id_, date) or tuple(reversed(entry.terms))
            for t in terms:
                if t.country:
                    return t.country
                if t.of is not None and t.of in self.entries and self.entries[t.of].kind != "person":
                    return self.country_of(t.of, date)
            return entry.country
        if entry.country:
            return entry.country
        above: list[str] = [id_]
        for one in above:
            if one in ("UN", "EU"):
                return {"UN": "UNO", "EU": "EUR"}[one]
            above += [p for p in self.entries[one].part_of if p not in above and p in self.entries]
        return _INTERNATIONAL.get(entry.kind)

    def international(self, id_: str, date: str | None = None) -> str | None:
        """What kind of actor of no one country somebody belongs to: IGO, NGO, IMG (armed groups), MNC (companies); else ``None``."""
        if id_ not in self.entries:
            return None
        code = self.country_of(id_, date)
        if code is None and self.entries[id_].kind == "force":  # a joint force: KFOR
            return "IGO"
        return "IGO" if code in ("UNO", "EUR") else code if code in _INTERNATIONAL.values() else None

    def sector_of(self, id_: str, date: str | None = None) -> str | None:
        """PLOVER sector of an actor at a date. Former officials are ``ELI``."""
        entry = self.entries[id_]
        if entry.kind != "person":
            return entry.sector
        terms = self.terms_at(id_, date)
        if terms:
            return next((t.sector for t in terms if t.sector), entry.sector)
        day = date or _today()
        past = [t for t in entry.terms if t.end is not None and t.ended(day)]
        if any(t.sector in OFFICIAL_SECTORS for t in past):
            return "ELI"
        return past[-1].sector if past else entry.sector

    def role(self, word: str) -> str | None:
        """PLOVER sector of a role word or phrase ("soldiers", "riot police"), any case and number; ``None`` if it names no role."""
        return self.roles.sector(word)

    def resolve(self, phrase: str, date: str | None = None, context: str | None = None) -> Resolved:
        """Who a whole noun phrase stands for, as if it stood alone (with ``context``, the sentence it is taken from).

        "Russian OMON forces", "Kremlin spokesman Dmitry Peskov", "former US President Bill Clinton", "Syrian rebels".
        """
        return self._reader.resolve(phrase, date, context)

    def split(self, phrase: str, context: str | None = None) -> list[str]:
        """The actors that a phrase and what is coordinated with it in ``context`` name: "Putin and Johnson" -> ["Putin", "Johnson"]."""
        return self._reader.split(phrase, context)

    def resolve_all(self, phrase: str, date: str | None = None, context: str | None = None) -> list[tuple[str, Resolved]]:
        """Everyone a phrase names, each with the words that name it: "French and German ministers" names two. Mostly one.

        A name with 'and' in it ("Trinidad and Tobago") stays one. ``date`` and ``context`` as for :meth:`resolve`.
        """
        return resolve_group(self, phrase, date, context)

    @cached_property
    def _reader(self) -> PhraseReader:
        return PhraseReader(self)


def _today() -> str:
    return datetime.date.today().isoformat()


def _distance(entry: Entry, day: str) -> int:
    """Years between a day and the nearest end of a term, for names of people out of office."""
    year = int(day[:4])
    return min((abs(year - int(d[:4])) for t in entry.terms for d in (t.start, t.end) if d), default=99)


@lru_cache(maxsize=8)
def _load(extra: tuple[str, ...]) -> Directory:
    entries, ties, texts = read_directory(extra)
    digest = hashlib.blake2b(digest_size=8)
    for text in texts:
        digest.update(text)
    digest.update(load_roles().fingerprint.encode())
    return Directory(entries, [*ties, *_implied(entries)], digest.hexdigest())


def load_directory(extra: Sequence[str | Path] = ()) -> Directory:
    """The bundled directory with the user's files (JSON Lines, or a YAML list) laid over it, in order. Loaded once, then remembered.

    An entry with a known ``id`` adds its names, terms and members and replaces single values; ``{"id": "…", "remove": true}`` takes
    one out.
    Raises :class:`~detente.errors.KnowledgeError` (K01–K04) naming file and line.
    """
    return _load(tuple(str(Path(p)) for p in extra))


def _implied(entries: Mapping[str, Entry]) -> list[DirectoryTie]:
    """Ties that stand in entries: members, parts, and who leads."""
    roles = load_roles()
    out = []
    for e in entries.values():
        out += [replace(m, object=e.id, source=e.source) for m in e.members]
        out += [DirectoryTie("part_of", e.id, p, None, None, e.source) for p in e.part_of]
        for t in e.terms:
            state = t.of is not None and t.of in entries and entries[t.of].kind in ("state", "territory")
            if t.of and roles.leads(t.office) and (not state or roles.rank(t.office) == 3):
                out.append(DirectoryTie("leads", e.id, t.of, t.start, t.end, e.source))
    return out
