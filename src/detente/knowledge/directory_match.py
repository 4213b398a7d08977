"""Finding names of actors in text: one automaton over all names, then what stands beside a name decides whether it is one."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from .directory_read import Entry
from .roles import load_roles

_VIA = (
    ("names", "name"),
    ("capitals", "capital"),
    ("seats", "seat"),
    ("people", "people"),
    ("demonyms", "demonym"),
    ("short", "short"),
    ("weak", "weak"),
)
#: Last words of names that papers also write small: "Kurdistan Workers' party", "Azerbaijani foreign ministry".
_COMMON_NOUNS = frozenset(
    "Party Movement Army Group Network Agency Front Brigade Brigades Parliament Government Fleet Cartel Battalion".split()
)
#: Ways of naming that mean the same thing whichever entry they name, the first counts.
_ORDER = {via: n for n, (_, via) in enumerate(_VIA)}
_PLACES = frozenset({"state", "territory", "place"})
_PARTICLE = re.compile(
    r"(?:^|[\s(\"“‘'-])((?:[Aa]l|[Ee]l|[Bb]in|[Ii]bn|[Bb]int|[Vv]an|[Vv]on|de|der|da|di|du|del|la|le|[Aa]bu|[Bb]en|[Oo]uld)[- ])+$"
)
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’.-]*)[ -]$")
_WORD_AFTER = re.compile(r"[ ]([^\W\d_][\w'’.-]*)")
_NEXT_WORD = re.compile(r"(?<!\w)\w")
_INITIAL = re.compile(r"(?<!\w)([A-Z][\w'-]+) (?:[A-Z]\. ?){1,2}$")
_JOINED = re.compile(r"-([A-Z]\w+)")
_LAST_WORDS = re.compile(r"[^\W\d_][\w.'-]*")
_ACCENTED = re.compile(r"[^\x00-\x7f]")
_SPECIAL = dict(zip("’‘ʼʻ`\u00a0\u202f‐‑–øØłŁđĐıəƏðÐ", "'''''  ---oOlLdDiaAdD", strict=True))


@dataclass(frozen=True, slots=True)
class Found:
    """A name found: ``[start, end)`` in characters of the text, whom it may mean (several where ambiguous), and how it names them.

    ``via``: name, capital, seat, people ("Russians"), demonym ("Russian"), short (a last name).
    """

    start: int
    end: int
    ids: tuple[str, ...]
    via: str


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character


def fold(text: str) -> str:
    """The text without accents and typographic quotes, character for character (offsets stay)."""
    text = text.replace("\n", " ").replace("\t", " ")
    return text if text.isascii() else _ACCENTED.sub(lambda m: _plain_character(m[0]), text)


class NameFinder:
    """The automaton over all names of some entries."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        raw = yaml.load(
            resources.files(__package__).joinpath("data", "lexicon", "name_context.yaml").read_text("utf8"),
            Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
        )
        self._roles = load_roles()
        self._titles = self._roles.titles
        self._before = frozenset(raw["before"])
        self._after = frozenset(raw["after"])
        self._given_too = frozenset(raw["given_too"])
        self._capital_words = frozenset(raw["capital_words"])
        self._given: set[str] = set(raw["given"])
        self._surnames: set[str] = set()
        self._offices_of: dict[str, tuple[str, ...]] = {}
        self._title_words: dict[str, list[str]] = raw["title_words"]
        self._family_first: set[str] = set()
        self._place_names: set[str] = set()
        self._articled: dict[tuple[str, str], str] = {}  # which article a name of an entry must have: "the", "The" or none
        self.named: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for entry in entries:
            self._add(entry)
        for phrase in raw["not_actors"]:
            self.named.setdefault(fold(phrase), [])
        self._patterns = list(self.named)
        self._meant = [self._meaning(p) for p in self._patterns]
        self._number = {p: n for n, p in enumerate(self._patterns)}
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    def _add(self, entry: Entry) -> None:
        person = entry.kind == "person"
        for field, via in _VIA:
            for alias in getattr(entry, field):
                plain = fold(alias)
                self._put(plain, entry.id, via)
                first, _, last = plain.rpartition(" ")
                if first and last in _COMMON_NOUNS:
                    self._put(f"{first} {last.lower()}", entry.id, via)
                if len(plain) > 3 and not plain.isupper() and via != "weak" and (person or entry.kind in _PLACES):
                    self._put(plain.upper(), entry.id, via)
                if entry.kind in _PLACES and " " not in plain:
                    self._place_names.add(plain)
        if person:
            self._offices_of[entry.id] = tuple(t.office.lower() for t in entry.terms)
            for alias in entry.names:
                words = fold(alias).split()
                if len(words) > 1:
                    self._given.add(words[0].lower())
                    self._surnames.add(words[-1])
                    if words[0] in map(fold, (*entry.short, *entry.weak)):
                        self._family_first.add(words[0])
                        self._given.discard(words[0].lower())

    def _put(self, pattern: str, id_: str, via: str) -> None:
        article, _, bare = pattern.partition(" ")
        if article in ("the", "The") and bare:  # found by its noun, so that "the West" does not hide "West Bank"
            pattern = bare
            self._articled.setdefault((bare, id_), article)
        else:
            self._articled[pattern, id_] = ""
        known = self.named[pattern]
        if all(i != id_ for i, _ in known):
            known.append((id_, via))

    def _meaning(self, pattern: str) -> tuple[tuple[str, ...], str]:
        named = sorted(self.named[pattern], key=lambda n: _ORDER[n[1]])
        if not named:
            return (), "other"
        strong = [n for n in named if n[1] != "weak"] or named
        if strong[0][1] in ("name", "capital", "seat"):  # a full name is not in doubt because it is somebody's last name too
            strong = [n for n in strong if n[1] not in ("short", "demonym")]
        return tuple(i for i, _ in strong), strong[0][1]

    def lookup(self, name: str) -> Found | None:
        """What a whole string names, if it is exactly one of the names."""
        plain = fold(name)
        bare = plain[4:] if plain[:4] in ("the ", "The ") else plain
        if not self.named.get(bare):
            return None
        ids, via = self._meaning(bare)
        ids = self._with_article(plain, len(plain) - len(bare), bare, ids)
        return Found(0, len(name), ids, via) if ids else None

    def _with_article(self, plain: str, s: int, pattern: str, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Those of an name's bearers that go by it with the article that stands before it."""
        wanted = [self._articled.get((pattern, i), "") for i in ids]
        if not any(wanted):
            return ids
        given = plain[max(0, s - 4) : s]
        return tuple(i for i, a in zip(ids, wanted, strict=True) if not a or given == f"{a} " or (a == "the" and given == "The "))

    def is_common(self, words: str) -> bool:
        """Whether a capitalised phrase begins with a word that opens sentences rather than a name."""
        return words.split()[0].lower() in self._before

    # ------------------------------------------------------------ in text
    def find(self, text: str) -> list[Found]:
        """All names in a text; see :meth:`detente.knowledge.Directory.find`."""
        plain = fold(text)
        hits = self._hits(plain, 0, len(plain))
        firm = {i for p, s, e in hits if self._meant[p][1] == "name" for i in self._meant[p][0]}
        ends = {e for p, s, e in hits if self._meant[p][0]}
        out: list[Found] = []
        for p, s, e in hits:
            ids, via = self._meant[p]
            if ids:
                ids = self._with_article(plain, s, self._patterns[p], ids)
            if not ids:
                continue
            if via in ("short", "weak"):
                full = self._with_initial(plain, s, e)
                if full is not None:
                    while out and out[-1].end > full.start:
                        out.pop()
                    out.append(full)
                    continue
                ids = self._last_name(plain, text, s, e, ids, via, firm, ends)
                via = "short"
            elif not self._stands_alone(plain, text, s, e, self._patterns[p], via):
                continue
            if ids:
                out.append(Found(s, e, ids, via))
        return out

    def _hits(self, plain: str, begin: int, end: int) -> list[tuple[int, int, int]]:
        """Word-bounded matches, none overlapping: pattern number, start, end."""
        out: list[tuple[int, int, int]] = []
        refound = False
        piece = plain if (begin, end) == (0, len(plain)) else plain[begin:end]
        for p, s, e in self._automaton.find_matches_as_indexes(piece):
            s, e = s + begin, e + begin
            before, after = plain[s - 1 : s], plain[e : e + 1]
            if not (before.isalnum() or before == "_") and not (after.isalnum() or after == "_"):
                out.append((p, s, e))
            elif " " in plain[s:e] or "-" in plain[s:e]:  # a longest match that ends inside a word may hide shorter and later ones
                out += self._hidden(plain, s, e, min(end, e + 80))
                refound = True
        return _longest_first(out) if refound else out

    def _hidden(self, plain: str, s: int, e: int, end: int) -> list[tuple[int, int, int]]:
        out = []
        for cut in range(e - 1, s, -1):
            if plain[cut] in " -" and plain[s:cut] in self._number and not plain[s - 1 : s].isalnum():
                out.append((self._number[plain[s:cut]], s, cut))
                break
        later = _NEXT_WORD.search(plain, s + 1, end)
        return out + self._hits(plain, later.start(), end) if later else out

    def _stands_alone(self, plain: str, text: str, s: int, e: int, pattern: str, via: str) -> bool:
        """Whether a country, capital or acronym is not a piece of somebody's name or a common word in a line of capitals."""
        if pattern in self._capital_words:
            return not self._in_capitals(plain, s, e)
        if pattern not in self._place_names and pattern.capitalize() not in self._place_names:
            return True
        before = _word_before(plain, text, s)
        if (
            before
            and before[0].isupper()
            and before.lower() in self._given
            and before not in self._given_too
            and before.lower() not in self._before
        ):
            return False
        if via in ("demonym", "people"):
            return True
        after = _WORD_AFTER.match(plain, e)
        if after and text[e] == " " and after[1][0].isupper():
            word = after[1].split("'")[0].rstrip(".")
            if pattern in self._given_too and not word.isupper() and word in self._surnames | {"Jr"}:
                return False
        return True

    def _last_name(
        self, plain: str, text: str, s: int, e: int, ids: tuple[str, ...], via: str, firm: set[str], ends: set[int]
    ) -> tuple[str, ...]:
        """Whom a last name may mean where it stands; nobody if it is part of a longer unknown name."""
        if plain[s - 1 : s] == "'" and plain[s - 2 : s - 1].isalpha():  # O'Driscoll
            return ()
        known = tuple(i for i, how in self.named[plain[s:e]] if i in firm and how in ("short", "weak"))
        start = s
        particle = _PARTICLE.search(plain, max(0, s - 12), s)
        if particle:
            start = particle.start(1)
        before = _word_before(plain, text, start)
        titled = before is not None and (before.lower() in self._titles or self._ends_role(plain[max(0, start - 60) : start]))
        if before and before[0].isupper() and not titled and start - 1 not in ends:
            stem = before.split("'")[0].rstrip(".")
            shouting = before.isupper() and plain[s:e].isupper()
            if before.lower() not in self._before and not (shouting and len(before) > 3 and before.lower() not in self._given):
                return ()
            if stem.lower() in self._given and before.lower() not in self._before:
                return ()
        if before and start - 1 in ends and before in self._given_too and not titled:
            return ()
        after = _WORD_AFTER.match(plain, e)
        if after and text[e] == " " and after[1][0].isupper():
            word = after[1].split("'")[0].rstrip(".,")
            forename = plain[s:e] in self._family_first or plain[s:e].lower() in self._given
            if word.lower() in self._after or (forename and not word.isupper() and word.lower() not in self._before):
                return ()
            if word in self._surnames and word not in self._place_names and via == "weak":
                return ()
        joined = _JOINED.match(plain, e)
        if joined and joined[1] not in self._surnames:  # "Trump-Putin" are two people, "Rabin-Havt" is a third
            return ()
        if via == "weak" and not known:
            return tuple(i for i in ids if titled and before and self._fits_title(i, before.lower().rstrip(".")))
        return known or ids

    def _with_initial(self, plain: str, s: int, e: int) -> Found | None:
        """The full name, where a last name ends one with a middle initial: "James B. Comey"."""
        before = _INITIAL.search(plain, max(0, s - 30), s)
        if before is None:
            return None
        name = f"{before[1]} {plain[s:e]}"
        ids, via = self._meant[self._number[name]] if name in self._number else ((), "")
        return Found(before.start(1), e, ids, via) if via == "name" else None

    def _ends_role(self, before: str) -> bool:
        """Whether a text ends in words for an office or role: "Secretary of State"."""
        words = _LAST_WORDS.findall(before)[-4:]
        return any(self._roles.form(" ".join(words[i:])) is not None for i in range(len(words)))

    def _fits_title(self, id_: str, title: str) -> bool:
        """Whether a person held an office that goes by a title: 'Secretary' Carter, 'Sen.' Warren."""
        words = self._title_words.get(title, (title,))
        return any(w in office for office in self._offices_of.get(id_, ()) for w in words)

    def _in_capitals(self, plain: str, s: int, e: int) -> bool:
        words = re.findall(r"[^\W\d_]{2,}", plain[max(0, s - 30) : s])[-2:] + re.findall(r"[^\W\d_]{2,}", plain[e : e + 30])[:2]
        return len(words) > 1 and all(w.isupper() for w in words)


def _word_before(plain: str, text: str, s: int) -> str | None:
    """The word right before a position, parted from it by one blank or hyphen on the same line."""
    if s == 0 or text[s - 1] not in " -\u00a0":
        return None
    match = _WORD_BEFORE.search(plain, max(0, s - 40), s)
    return match[1] if match else None


def _longest_first(hits: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of overlapping hits the one that begins first, of these the longest."""
    out: list[tuple[int, int, int]] = []
    for p, s, e in sorted(set(hits), key=lambda h: (h[1], -h[2])):
        if not out or s >= out[-1][2]:
            out.append((p, s, e))
    return out
