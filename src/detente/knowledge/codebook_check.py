"""What is wrong in a codebook file, with line numbers: for `detente codebook check`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..errors import KnowledgeError
from ..records import STATUSES, TYPES
from .codebook import load_codebook, read_yaml
from .triggers import Pos, parse_trigger

_KEYS = frozenset("id type mode cameo contexts verbs nouns adjectives roles needs symmetric precision status examples source off".split())
_NEEDS = frozenset({"actor", "recipient", "both", "either", "none"})
_POS: tuple[tuple[str, Pos], ...] = (("verbs", "verb"), ("nouns", "noun"), ("adjectives", "adjective"))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where, what, and what to do."""

    file: str
    line: int
    message: str
    hint: str


def check(paths: Sequence[str | Path]) -> list[Problem]:
    """Problems of codebook files, by file and line; an empty list means that they load."""
    return [p for path in paths for p in _check_file(Path(path))]


def _check_file(path: Path) -> list[Problem]:
    try:
        text = path.read_text("utf8")
        data = read_yaml(str(path), text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as fault:
        return [Problem(str(path), 0, f"The file cannot be read: {fault}.", "Save it as UTF-8 text.")]
    except KnowledgeError as fault:
        return [Problem(str(path), 0, fault.message, "Mind the indentation; quote strings with braces or colons.")]
    types, classes = set(TYPES), dict(load_codebook().classes)
    if isinstance(data, dict):
        types |= set(data.get("types") or {})
        classes |= {k: frozenset(map(str, v)) for k, v in (data.get("classes") or {}).items()}
        data = data.get("entries") or []
        node = next((v for k, v in node.value if k.value == "entries"), None) if node is not None else None
    if not isinstance(data, list) or node is None:
        return [Problem(str(path), 1, "A codebook file is a list of entries.", "Begin each entry with `- id: …`.")]
    out: list[Problem] = []
    seen: set[str] = set()
    for entry, at in zip(data, node.value, strict=True):
        line = at.start_mark.line + 1
        if not isinstance(entry, dict):
            out.append(Problem(str(path), line, "An entry is a mapping.", "Begin it with `- id: …`."))
            continue
        lines = {k.value: k.start_mark.line + 1 for k, _ in at.value}
        out += [Problem(str(path), lines.get(key, line), message, hint) for key, message, hint in _faults(entry, types, classes, seen)]
    return out


def _faults(entry: dict[str, Any], types: set[str], classes: dict[str, frozenset[str]], seen: set[str]) -> Iterable[tuple[str, str, str]]:
    id_ = entry.get("id")
    if not id_:
        yield "id", "The entry has no id.", "Give it one: type in lower case, dot, a name."
    elif id_ in seen:
        yield "id", f"The id {id_} stands twice in the file.", "Ids are unique."
    seen.add(str(id_))
    for key in sorted(set(entry) - _KEYS):
        yield key, f"There is no key {key}.", f"Keys are {', '.join(sorted(_KEYS))}."
    type_ = entry.get("type")
    known = load_codebook().entries.get(str(id_))
    if type_ is None and known is None:
        yield "id", f"The new entry {id_} names no type.", "Add `type:`."
    elif type_ is not None and type_ not in types and "." not in str(type_):
        yield "type", f"Unknown type {type_}.", f"Types are {', '.join(TYPES)}; your own carry a prefix, as in WATER.DIVERT."
    if entry.get("needs", "either") not in _NEEDS:
        yield "needs", f"needs cannot be {entry['needs']}.", f"It is one of {', '.join(sorted(_NEEDS))}."
    if entry.get("status") is not None and entry["status"] not in STATUSES:
        yield "status", f"Unknown status {entry['status']}.", f"Statuses are {', '.join(STATUSES)}."
    words = 0
    for key, pos in _POS:
        for text in entry.get(key) or ():
            words += 1
            try:
                parse_trigger(str(text), pos, None, classes)  # type: ignore[arg-type]
            except ValueError as fault:
                yield key, f"The trigger {text!r} cannot be read: {fault}.", "See the grammar of triggers in the documentation."
    if not words and not entry.get("off") and known is None:
        yield "id", f"The entry {id_} has no trigger.", "Add verbs, nouns or adjectives."
    for role in entry.get("roles") or {}:
        if role not in ("actor", "recipient"):
            yield "roles", f"There is no role {role}.", "Roles are actor and recipient."
