"""The codebook: which words name which event, with which roles. Data in ``data/codebook/``; the format is in docs/design/rooms.md."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from ..errors import KnowledgeError
from .triggers import Pos, Trigger, parse_trigger

_POS: dict[str, Pos] = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that an entry codes, with the codes of actors and recipients expected."""

    text: str
    trigger: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Entry:
    """One codebook entry: words that name one kind of act."""

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


class Codebook:
    """Entries by id and triggers by part of speech and lemma, the most specific first."""

    def __init__(self, entries: Sequence[Entry], classes: Mapping[str, frozenset[str]], scale: Mapping[str, Any], fingerprint: str) -> None:
        self.entries: dict[str, Entry] = {e.id: e for e in entries}
        self.classes = classes
        self.scale = scale
        self.fingerprint = fingerprint
        self.triggers: dict[tuple[str, str], tuple[Trigger, ...]] = {}
        found: dict[tuple[str, str], list[Trigger]] = {}
        for entry in entries:
            for key, pos in _POS.items():
                for text in entry.words.get(key, ()):
                    try:
                        trigger = parse_trigger(text, pos, entry, classes)
                    except ValueError as fault:
                        raise KnowledgeError("K21", path=entry.file, entry=entry.id, why=f"trigger {text!r}: {fault}") from None
                    found.setdefault((pos, trigger.lemma), []).append(trigger)
        for where, triggers in found.items():
            self.triggers[where] = tuple(sorted(triggers, key=lambda t: (-t.specificity[0], -t.specificity[1])))

    def intensity(self, type_: str, mode: str | None = None, cameo: str | None = None) -> float | None:
        """Conflict–cooperation value, -10 (most hostile) to +10, of a type and mode; None for a user's own type without a value."""
        values = self.scale.get(type_)
        if values is None:
            return None
        value = values.get("modes", {}).get(mode, values["value"]) if mode else values["value"]
        return float(value)


def read_yaml(path: str, text: str) -> Any:
    """YAML as plain values; a fault becomes K20 with its line."""
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise KnowledgeError("K20", path=f"{path}{line}", why=getattr(fault, "problem", fault)) from None


def entry_of(raw: Mapping[str, Any], file: str, type_: str) -> Entry:
    """An entry from its YAML mapping; what is left out has the meaning documented in docs/design/rooms.md."""
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
        examples=tuple(
            Example(x["text"], x["trigger"], tuple(x.get("actors") or ()), tuple(x.get("recipients") or ())) for x in raw.get("examples") or ()
        ),
        source=raw.get("source", ""),
        words={k: tuple(str(w) for w in raw.get(k) or ()) for k in _POS},
        file=file,
    )


def load_codebook(extra: Sequence[str | Path] = ()) -> Codebook:
    """The bundled codebook with ``extra`` YAML files laid over it: same id refines, ``off: true`` switches off, new ids add.

    Raises :class:`KnowledgeError` (K20 no YAML, K21 an entry that cannot be used).
    """
    return _load(tuple(str(p) for p in extra))


@lru_cache(maxsize=4)
def _load(extra: tuple[str, ...]) -> Codebook:
    digest = hashlib.blake2b(digest_size=8)
    folder = resources.files(__package__).joinpath("data", "codebook")
    classes: dict[str, frozenset[str]] = {}
    scale: dict[str, Any] = {}
    raws: dict[str, tuple[dict[str, Any], str, str]] = {}
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".yaml"):
            continue
        text = path.read_text("utf8")
        digest.update(text.encode())
        data = read_yaml(path.name, text)
        if path.name == "classes.yaml":
            classes = {k: frozenset(str(w) for w in v) for k, v in data.items()}
        elif path.name == "intensity.yaml":
            scale = data["types"]
        elif path.name[0].isupper():
            _gather(raws, data, path.name, path.name.removesuffix(".yaml"))
    for name in extra:
        try:
            text = Path(name).read_text("utf8")
        except (OSError, UnicodeDecodeError) as fault:
            raise KnowledgeError("K20", path=name, why=fault) from None
        digest.update(text.encode())
        data = read_yaml(name, text)
        if isinstance(data, dict):
            classes |= {k: frozenset(map(str, v)) for k, v in (data.get("classes") or {}).items()}
            scale |= data.get("types") or {}
            data = data.get("entries") or []
        _gather(raws, data, name, "")
    entries = [entry_of(raw, file, type_) for raw, file, type_ in raws.values() if not raw.get("off")]
    return Codebook(entries, classes, scale, digest.hexdigest())


def _gather(raws: dict[str, tuple[dict[str, Any], str, str]], data: Iterable[Mapping[str, Any]], file: str, type_: str) -> None:
    for raw in data or ():
        if not isinstance(raw, dict) or "id" not in raw:
            raise KnowledgeError("K21", path=file, entry="?", why="an entry is a mapping with an id")
        known = raws.get(raw["id"])
        merged = {**known[0], **raw} if known else dict(raw)
        if "type" not in merged and not (known[2] if known else type_):
            raise KnowledgeError("K21", path=file, entry=raw["id"], why="a new entry names its type")
        raws[raw["id"]] = (merged, file, known[2] if known else type_)
