"""Role words and offices: which sector a word names, which offices are one, which of two is the higher."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

_IRREGULAR = {
    "men": "man",
    "thieves": "thief",
    "women": "woman",
    "people": "people",
    "children": "child",
    "clergy": "clergy",
    "police": "police",
    "wives": "wife",
}

#: so many role phrases are remembered before memory is cleared
_REMEMBERED = 50_000


def singular(word: str) -> str:
    """A plural noun's singular, by spelling: soldiers, policemen, militias, spies, authorities."""
    for many, one in _IRREGULAR.items():
        if word == many or (word.endswith(many) and many in ("men", "women")):
            return word[: -len(many)] + one
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class Roles:
    """``data/lexicon/roles.yaml`` made ready for look-up."""

    def __init__(self, raw: dict[str, Any], fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._sector: dict[str, str | None] = {}
        self._forms: dict[str, str | None] = {}
        self.yielding: set[str] = set()
        for part in ("sectors", "yielding"):
            for sector, phrases in raw[part].items():
                for phrase in phrases:
                    self._sector[phrase] = None if sector == "none" else sector
                    if part == "yielding":
                        self.yielding.add(phrase)
        self.longest = max(p.count(" ") + 1 for p in self._sector)
        self.titles = frozenset(raw["titles"])
        self.transparent = frozenset(raw["transparent"])
        self.former = frozenset(raw["former"])
        self.nobody = frozenset(raw["nobody"])
        self.places = frozenset(raw["places"])
        self._rank: dict[str, int] = {o: int(rank) for rank, offices in raw["rank"].items() for o in offices}
        self._unique = frozenset(raw["offices"])
        self._same: dict[str, str] = {same: key for key, names in raw["offices"].items() for same in (key, *names)}
        self._same_in: dict[tuple[str, str], str] = {
            (same, country): key for country, table in raw["offices_in"].items() for same, key in table.items()
        }
        self._leading = frozenset(raw["leading"])
        self._precedence = {s: n for n, s in enumerate(raw["precedence"])}

    def form(self, phrase: str) -> str | None:
        """The dictionary form of a role phrase, or ``None`` if it names no role. Answers are remembered."""
        if phrase not in self._forms:
            if len(self._forms) > _REMEMBERED:
                self._forms.clear()
            self._forms[phrase] = self._form(phrase)
        return self._forms[phrase]

    def _form(self, phrase: str) -> str | None:
        words = phrase.lower().replace("-", " ").split()
        if not words:
            return None
        plain = " ".join(words)
        if plain in self._sector:
            return plain
        one = " ".join([*words[:-1], singular(words[-1])])
        if one in self._sector:
            return one
        all_one = " ".join(singular(w) for w in words)
        return all_one if all_one in self._sector else None

    def sector(self, phrase: str) -> str | None:
        """PLOVER sector of a role phrase."""
        form = self.form(phrase)
        return self._sector[form] if form is not None else None

    def in_words(self, words: list[str]) -> list[tuple[int, int, str]]:
        """Role phrases in a run of words, longest first at each place: (first, end, dictionary form)."""
        out, i = [], 0
        while i < len(words):
            for n in range(min(self.longest, len(words) - i), 0, -1):
                form = self.form(" ".join(words[i : i + n]))
                if form is not None:
                    out.append((i, i + n, form))
                    i += n
                    break
            else:
                i += 1
        return out

    # ------------------------------------------------------------ offices
    def office_key(self, office: str) -> str:
        """One key for all names of an office: "minister of foreign affairs" -> "foreign minister"."""
        plain = re.sub(r"^(acting|interim|caretaker|the|de facto|transitional) ", "", office.lower())
        plain = re.sub(r"^(acting|interim|caretaker|the) ", "", plain)
        return self._same.get(plain, plain)

    def office_keys(self, office: str, country: str) -> tuple[str, ...]:
        """Keys an office may go by in a country: there 'chancellor' is 'prime minister', 'secretary of state' is 'foreign minister'."""
        plain = office.lower().removeprefix("the ")
        special = self._same_in.get((plain, country))
        general = self.office_key(office)
        return (special, general) if special else (general,)

    def rank(self, office: str) -> int:
        """3 head of state or government, 2 minister or speaker, 1 other."""
        key = self.office_key(office)
        return self._rank.get(key, 1)

    def unique(self, office: str, kind: str) -> bool:
        """Whether a body of a kind has one holder of the office at a time: one president, but many mayors; a territory has one governor."""
        key = self.office_key(office)
        return key in self._unique or self.rank(office) == 3 or (key == "governor" and kind == "territory")

    def leads(self, office: str) -> bool:
        """Whether who holds the office leads the body it is of."""
        return self.office_key(office) in self._leading

    def precedence(self, sector: str | None) -> int:
        """Order in which a person's sectors count when several offices are held."""
        return self._precedence.get(sector or "", 99)


@lru_cache(maxsize=1)
def load_roles() -> Roles:
    """The bundled role words."""
    data = resources.files(__package__).joinpath("data", "lexicon", "roles.yaml").read_bytes()
    raw = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Roles(raw, hashlib.blake2b(data, digest_size=8).hexdigest())
