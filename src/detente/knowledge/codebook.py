"""The codebook: which words name which event, with which roles. Data in ``data/codebook/``; the format is in docs/design/rooms.md."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from ..errors import KnowledgeError
from .triggers import Pos, Trigger, parse_triggers

if TYPE_CHECKING:
    from .codebook_check import Problem

#: part of an entry -> part of speech of its triggers
PARTS: dict[str, Pos] = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}
_LINE = re.compile(r"^(?P<actors>[^>:]*)>(?P<recipients>[^:]*):\s+(?P<text>.+)$", re.DOTALL)
_MARKED = re.compile(r"\*([^*]+)\*")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that an entry codes: its trigger word, the codes of actors and recipients, and the status where it is not plain."""

    text: str
    trigger: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: str | None = None


@dataclass(frozen=True, eq=False)
class Entry:
    """One codebook entry: words that name one kind of act. ``status`` is set where the words themselves fix it."""

    id: str
    type: str
    mode: str | None
    cameo: str | None
    contexts: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]
    needs: str
    symmetric: bool
    precision: float
    status: str | None
    examples: tuple[Example, ...]
    source: str
    words: Mapping[str, tuple[str, ...]]
    file: str
    sectors: frozenset[str] = frozenset()  # of which one of the actors must be
    unless: frozenset[str] = frozenset()  # sectors of which not all who act may be
    joint: bool = False  # only where two or more parties act


@dataclass(frozen=True, slots=True)
class Crossing:
    """What a CAMEO code is in PLOVER. ``type`` is None for codes that PLOVER has dropped."""

    type: str | None
    mode: str | None
    contexts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Codebook:
    """Entries by id and triggers by part of speech and lemma, the most specific first."""

    entries: Mapping[str, Entry]
    triggers: Mapping[tuple[str, str], tuple[Trigger, ...]]
    classes: Mapping[str, frozenset[str]]
    scale: Mapping[str, Mapping[str, Any]]
    contexts: frozenset[str]
    cameo: Mapping[str, Crossing]
    fingerprint: str
    _back: dict[tuple[str, str | None], str] = field(default_factory=dict, repr=False)

    def intensity(self, type_: str, mode: str | None = None, cameo: str | None = None) -> float | None:
        """Conflict–cooperation value, -10 (most hostile) to +10, of a type and mode; None for a user's own type without a value."""
        values = self.scale.get(type_)
        if values is None:
            return None
        return float((values.get("modes") or {}).get(mode, values["value"]))

    def modes(self, type_: str) -> tuple[str, ...]:
        """The modes of a type."""
        return tuple((self.scale.get(type_) or {}).get("modes") or ())

    def cameo_of(self, type_: str, mode: str | None = None) -> str | None:
        """The CAMEO code for a type and mode where an entry names none: the most general, then lowest that the crosswalk gives."""
        if not self._back:
            for code in sorted(self.cameo, key=lambda c: (len(c), c)):
                crossing = self.cameo[code]
                if crossing.type and len(code) > 2:
                    self._back.setdefault((crossing.type, crossing.mode), code)
                    self._back.setdefault((crossing.type, None), code)
        return self._back.get((type_, mode)) or self._back.get((type_, None))

    def check(self, paths: Sequence[str | Path]) -> list[Problem]:
        """What is wrong in codebook files, with line numbers and hints."""
        from .codebook_check import check

        return check(paths, self)


def load_codebook(extra: Sequence[str | Path] = ()) -> Codebook:
    """The bundled codebook with ``extra`` YAML files laid over it: same id refines, ``off: true`` switches off, new ids add.

    Raises :class:`KnowledgeError` (K20 a file cannot be read, K21 an entry cannot be used).
    """
    return _load(tuple(str(p) for p in extra))


def plain_words(loader: type[Any]) -> type[Any]:
    """A YAML loader that takes on, off, yes and no for the words they are (`on` is a role slot, `off` a key), not for true and false."""
    resolvers = {
        first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, rules in loader.yaml_implicit_resolvers.items()
    }
    return type("PlainWords", (loader,), {"yaml_implicit_resolvers": resolvers})


_LOADER = plain_words(getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def read_yaml(path: str, text: str) -> Any:
    """YAML as plain values; a fault becomes K20 with its line."""
    try:
        return yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise KnowledgeError("K20", path=f"{path}{line}", why=getattr(fault, "problem", None) or fault) from None


def read_text(path: str | Path) -> str:
    """A codebook file's text; a fault becomes K20."""
    try:
        return Path(path).read_text("utf8")
    except UnicodeDecodeError:
        raise KnowledgeError("K20", path=path, why="it is not UTF-8 text") from None
    except OSError as fault:
        raise KnowledgeError("K20", path=path, why=fault.strerror or fault) from None


def examples_of(raw: Any) -> tuple[Example, ...]:
    """An example from its mapping, or those of a line ``ACTORS > RECIPIENTS: sentence with its *triggers*``, one for each trigger marked.

    Raises :class:`ValueError` with what is wrong.
    """
    if isinstance(raw, str):
        parts = _LINE.match(raw)
        if parts is None:
            raise ValueError("an example line is 'ACTORS > RECIPIENTS: sentence'")
        marked = _MARKED.findall(parts["text"])
        if not marked:
            raise ValueError("an example line marks its trigger word with asterisks")
        text = _MARKED.sub(r"\1", parts["text"])
        actors, recipients = tuple(parts["actors"].split()), tuple(parts["recipients"].split())
        return tuple(Example(text, word, actors, recipients) for word in marked)
    if not isinstance(raw, Mapping) or not isinstance(raw.get("text"), str) or not isinstance(raw.get("trigger"), str):
        raise ValueError("an example is a mapping with text and trigger, or a line 'ACTORS > RECIPIENTS: sentence with its *trigger*'")
    if raw["trigger"] not in raw["text"]:
        raise ValueError(f"the trigger {raw['trigger']!r} does not stand in the sentence")
    return (Example(raw["text"], raw["trigger"], tuple(raw.get("actors") or ()), tuple(raw.get("recipients") or ()), raw.get("status")),)


def entry_of(raw: Mapping[str, Any], file: str, type_: str) -> Entry:
    """An entry from its YAML mapping; what is left out has the meaning documented in docs/design/rooms.md."""
    try:
        roles = raw.get("roles") or {"actor": ["subject"], "recipient": ["object"]}
        return Entry(
            id=raw["id"],
            type=raw.get("type", type_),
            mode=raw.get("mode"),
            cameo=str(raw["cameo"]) if raw.get("cameo") is not None else None,
            contexts=tuple(raw.get("contexts") or ()),
            roles={k: tuple(v) for k, v in roles.items()},
            needs=raw.get("needs", "either"),
            symmetric=bool(raw.get("symmetric", False)),
            precision=float(raw.get("precision", 0.8)),
            status=raw.get("status"),
            examples=tuple(x for told in raw.get("examples") or () for x in examples_of(told)),
            source=raw.get("source", ""),
            words={k: tuple(str(w) for w in raw.get(k) or ()) for k in PARTS},
            file=file,
            sectors=frozenset(raw.get("sectors") or ()),
            unless=frozenset(raw.get("unless") or ()),
            joint=bool(raw.get("joint", False)),
        )
    except (TypeError, ValueError, AttributeError) as fault:
        raise KnowledgeError("K21", path=file, entry=raw["id"], why=fault) from None


def triggers_of(entry: Entry, classes: Mapping[str, frozenset[str]]) -> list[Trigger]:
    """All triggers of an entry, in file order. Raises :class:`KnowledgeError` (K21)."""
    out: list[Trigger] = []
    for part, pos in PARTS.items():
        for text in entry.words.get(part, ()):
            try:
                out += parse_triggers(text, pos, entry, classes)
            except ValueError as fault:
                raise KnowledgeError("K21", path=entry.file, entry=entry.id, why=f"trigger {text!r}: {fault}") from None
    return out


class _Gathered:
    """Files of a codebook laid one over the other."""

    def __init__(self) -> None:
        self.raws: dict[str, tuple[dict[str, Any], str, str]] = {}
        self.classes: dict[str, frozenset[str]] = {}
        self.scale: dict[str, Any] = {}
        self.contexts: frozenset[str] = frozenset()
        self.cameo: dict[str, Crossing] = {}

    def add_file(self, data: Any, file: str, type_: str = "") -> None:
        """A file of entries: a list of them, or a mapping with ``entries``, ``classes``, ``types``."""
        if isinstance(data, Mapping):
            self.add_classes(data.get("classes") or {})
            self.scale |= data.get("types") or {}
            data = data.get("entries")
        if data is not None and not isinstance(data, list):
            raise KnowledgeError("K20", path=file, why="it holds neither a list of entries nor a mapping with 'entries'")
        self.add_entries(data or (), file, type_)

    def add_classes(self, data: Mapping[str, Iterable[Any]]) -> None:
        """Word classes; a class given again is replaced."""
        self.classes |= {str(name): frozenset(str(w).lower() for w in words or ()) for name, words in data.items()}

    def add_entries(self, data: Iterable[Any], file: str, type_: str) -> None:
        """Entries; the same id refines what is known of it."""
        for raw in data:
            if not isinstance(raw, dict) or not isinstance(raw.get("id"), str):
                raise KnowledgeError("K21", path=file, entry="?", why="an entry is a mapping with an id")
            known = self.raws.get(raw["id"])
            own = known[2] if known else type_
            if not raw.get("type") and not own:
                raise KnowledgeError("K21", path=file, entry=raw["id"], why="a new entry names its type")
            self.raws[raw["id"]] = ({**known[0], **raw} if known else raw, file, own)

    def codebook(self, fingerprint: str, own: Sequence[str] = ()) -> Codebook:
        """The codebook that results. Where two triggers are as specific, those of ``own`` files come first, then file order."""
        entries = {id_: entry_of(raw, file, type_) for id_, (raw, file, type_) in self.raws.items() if not raw.get("off")}
        found: dict[tuple[str, str], list[Trigger]] = {}
        for entry in sorted(entries.values(), key=lambda e: e.file not in own):
            for trigger in triggers_of(entry, self.classes):
                found.setdefault((trigger.pos, trigger.lemma), []).append(trigger)
        triggers = {where: tuple(sorted(group, key=lambda t: t.specificity, reverse=True)) for where, group in found.items()}
        return Codebook(entries, triggers, self.classes, self.scale, self.contexts, self.cameo, fingerprint)


@lru_cache(maxsize=1)
def codebook_schema() -> dict[str, Any]:
    """JSON Schema of a codebook file."""
    schema: dict[str, Any] = json.loads(resources.files(__package__).joinpath("data", "codebook.schema.json").read_text("utf8"))
    return schema


@lru_cache(maxsize=4)
def _load(extra: tuple[str, ...]) -> Codebook:
    digest = hashlib.blake2b(digest_size=8)
    gathered = _Gathered()
    folder = resources.files(__package__).joinpath("data", "codebook")
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".yaml"):
            continue
        text = path.read_text("utf8")
        digest.update(text.encode())
        data = read_yaml(path.name, text)
        if path.name == "classes.yaml":
            gathered.add_classes(data)
        elif path.name == "intensity.yaml":
            gathered.scale = data["types"]
        elif path.name == "cameo.yaml":
            gathered.contexts = frozenset(data["contexts"])
            gathered.cameo = {code: Crossing(*_crossing(told)) for code, told in data["codes"].items()}
        else:
            gathered.add_file(data, path.name, path.name.removesuffix(".yaml"))
    for name in extra:
        text = read_text(name)
        digest.update(text.encode())
        gathered.add_file(read_yaml(name, text), name)
    return gathered.codebook(digest.hexdigest(), extra)


def _crossing(told: str) -> tuple[str | None, str | None, tuple[str, ...]]:
    """'COERCE arrest; legal' -> type, mode, contexts; '-' for a code without a PLOVER type."""
    act, _, contexts = told.partition(";")
    words = act.split()
    kind = words[0] if words and words[0] != "-" else None
    return kind, words[1] if len(words) > 1 else None, tuple(c.strip() for c in contexts.split(",") if c.strip())
