"""What is wrong in a codebook file: every fault with its line, in words, with what to do about it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..errors import KnowledgeError
from ..records import STATUSES, TYPES
from .codebook import PARTS, Codebook, Entry, codebook_schema, entry_of, examples_of, load_codebook, plain_words, read_text
from .triggers import parse_triggers

ROLE_SLOTS = frozenset("subject object indirect clause content owner possessor modifier purpose benefit speaker told".split())
#: prepositions (and 'by', 'after') that may be a role slot
PREPOSITIONS = frozenset(
    "aboard about across after against along alongside amid among around as at before behind between "
    "beyond by concerning during for from in inside into near of off on onto out "
    "outside over past through throughout to toward towards under upon via with within without".split()
)
NEEDS = ("either", "actor", "recipient", "both", "none")
KEYS = (
    *"id type mode cameo contexts verbs nouns adjectives roles needs".split(),
    *"sectors unless joint symmetric precision status examples source off".split(),
)
_ID = re.compile(r"^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)+$")
_LOADER = plain_words(yaml.SafeLoader)
_OWN_TYPE = re.compile(r"^[A-Z][A-Z0-9]*:[A-Z][A-Z0-9-]*$")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a codebook file."""

    file: str
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A YAML value with the line (from 1) on which it begins. Mappings and lists hold marked values."""

    value: Any
    line: int

    def plain(self) -> Any:
        """The value without lines."""
        if isinstance(self.value, dict):
            return {k: v.plain() for k, v in self.value.items()}
        if isinstance(self.value, list):
            return [v.plain() for v in self.value]
        return self.value


def read_marked(text: str) -> Marked | None:
    """A YAML text with lines; None for an empty one. Raises :class:`yaml.YAMLError`."""
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _marked(loader, node)
    finally:
        loader.dispose()


def _marked(loader: yaml.SafeLoader, node: yaml.Node) -> Marked:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Marked({str(loader.construct_object(k)): _marked(loader, v) for k, v in node.value}, line)
    if isinstance(node, yaml.SequenceNode):
        return Marked([_marked(loader, v) for v in node.value], line)
    return Marked(loader.construct_object(node), line)


def check(paths: Sequence[str | Path], book: Codebook | None = None) -> list[Problem]:
    """The faults of codebook files in the order of files and lines; empty where all is well. ``book`` is what they are laid over."""
    book = book or load_codebook()
    out: list[Problem] = []
    for path in paths:
        out += sorted(_File(str(path), book).problems(), key=lambda p: p.line)
    return out


class _File:
    """One file under examination."""

    def __init__(self, path: str, book: Codebook) -> None:
        self.path = path
        self.book = book
        self.classes = dict(book.classes)
        self.scale = dict(book.scale)
        self.seen: dict[str, int] = {}

    def at(self, line: int, message: str, hint: str) -> Problem:
        return Problem(self.path, line, message, hint)

    def problems(self) -> Iterator[Problem]:
        """All faults."""
        try:
            root = read_marked(read_text(self.path))
        except KnowledgeError as fault:
            yield self.at(1, fault.message, "Save it as UTF-8 text.")
            return
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None)
            why = getattr(fault, "problem", None) or "it is no YAML"
            yield self.at(
                mark.line + 1 if mark else 1,
                f"This is not YAML: {why}.",
                "Compare indentation, brackets and quotes with an entry of the bundled codebook.",
            )
            return
        if root is None:
            yield self.at(1, "The file holds nothing.", "Give a list of entries.")
            return
        if isinstance(root.value, dict):
            yield from self._head(root.value)
            root = root.value.get("entries") or Marked([], root.line)
        if not isinstance(root.value, list):
            yield self.at(root.line, "There is no list of entries.", "Begin each entry with '- id: …'.")
            return
        for entry in root.value:
            found = list(self._entry(entry))
            yield from found
            if not found:
                yield from self._shape(entry)

    def _shape(self, entry: Marked) -> Iterator[Problem]:
        """What the schema forbids in an entry that is right otherwise."""
        from jsonschema import Draft202012Validator  # heavy

        schema = {"$ref": "#/$defs/entry", "$defs": codebook_schema()["$defs"]}
        for error in Draft202012Validator(schema).iter_errors(entry.plain()):
            at, path = entry, list(error.absolute_path)
            for step in path:
                at = at.value[step]
            where = ".".join(map(str, path)) or "The entry"
            yield self.at(at.line, f"{where}: {error.message}.", "The form is in data/codebook.schema.json.")

    def _head(self, top: dict[str, Marked]) -> Iterator[Problem]:
        for key, value in top.items():
            if key not in ("entries", "classes", "types"):
                yield self.at(value.line, f"A codebook file has no part {key!r}.", _nearest(key, ("entries", "classes", "types")))
        for name, words in _items(top.get("classes")):
            if not isinstance(words.value, list) or not all(isinstance(w.value, str) for w in words.value):
                yield self.at(words.line, f"The word class {name} is not a list of words.", "Write it as [word, word].")
            else:
                self.classes[name] = frozenset(w.value.lower() for w in words.value)
        for name, told in _items(top.get("types")):
            if name not in TYPES and not _OWN_TYPE.match(name):
                yield self.at(
                    told.line,
                    f"The type {name} is neither one of PLOVER's nor your own.",
                    "Name your own as PREFIX:NAME in capitals, e.g. WATER:DIVERT.",
                )
            value = told.plain()
            if not isinstance(value, dict) or not isinstance(value.get("value"), (int, float)) or abs(value["value"]) > 10:
                yield self.at(told.line, f"The type {name} has no value between -10 and 10.", "Write {value: -3.0, modes: {name: -4.0}}.")
            else:
                self.scale[name] = value

    # ------------------------------------------------------------ one entry
    def _entry(self, entry: Marked) -> Iterator[Problem]:
        if not isinstance(entry.value, dict):
            yield self.at(entry.line, "An entry is a mapping with an id.", "Begin it with '- id: type.mode.name'.")
            return
        told: dict[str, Marked] = entry.value
        id_ = told["id"].value if "id" in told else None
        if not isinstance(id_, str):
            yield self.at(entry.line, "The entry has no id.", "Give it one: type.mode.name, in lower case.")
            return
        for key in told:
            if key not in KEYS:
                yield self.at(told[key].line, f"An entry has no part {key!r}.", _nearest(key, KEYS))
        if id_ in self.seen:
            yield self.at(told["id"].line, f"The id {id_} stands twice; first on line {self.seen[id_]}.", "Give one of them another id.")
        self.seen[id_] = told["id"].line
        known = self.book.entries.get(id_)
        if not _ID.match(id_):
            yield self.at(
                told["id"].line,
                f"The id {id_!r} is not in the form type.mode.name.",
                "Use lower-case letters, digits and hyphens, with dots between the parts.",
            )
        if told.get("off") is not None and told["off"].value is True:
            if known is None:
                yield self.at(entry.line, f"It switches off {id_}, which the codebook does not have.", _nearest(id_, self.book.entries))
            return
        yield from self._kind(told, known, entry.line)
        yield from self._values(told)
        yield from self._roles(told)
        yield from self._words(told, known, entry.line)

    def _kind(self, told: dict[str, Marked], known: Entry | None, line: int) -> Iterator[Problem]:
        type_ = told["type"].value if "type" in told else known.type if known else None
        if type_ is None:
            yield self.at(
                line, "The entry is new and names no type.", f"Add 'type: …', one of {', '.join(TYPES)}, or your own as PREFIX:NAME."
            )
            return
        if type_ not in self.scale:
            if isinstance(type_, str) and _OWN_TYPE.match(type_):
                yield self.at(
                    told["type"].line, f"The type {type_} has no value.", "Add it under 'types' at the top of the file: {value: -3.0}."
                )
            else:
                yield self.at(
                    told["type"].line, f"There is no type {type_}.", _nearest(str(type_), self.scale) + " Name your own as PREFIX:NAME."
                )
            return
        mode = told["mode"].value if "mode" in told else known.mode if known else None
        modes = tuple(self.scale[type_].get("modes") or {})
        if mode is not None and mode not in modes:
            has = f"{type_} has {', '.join(modes)}" if modes else f"{type_} has no modes; leave it out"
            yield self.at(told["mode"].line if "mode" in told else line, f"{mode} is no mode of {type_}.", f"{has}.")

    def _values(self, told: dict[str, Marked]) -> Iterator[Problem]:
        for key, allowed in (("needs", NEEDS), ("status", STATUSES)):
            if key in told and told[key].value not in allowed:
                yield self.at(told[key].line, f"{key} cannot be {told[key].value!r}.", f"It is one of {', '.join(allowed)}.")
        if "cameo" in told and told["cameo"].value is not None and str(told["cameo"].value) not in self.book.cameo:
            yield self.at(
                told["cameo"].line,
                f"There is no CAMEO code {told['cameo'].value}.",
                'Write it in quotes, e.g. "173"; the codes are in data/codebook/cameo.yaml.',
            )
        for context in _list(told.get("contexts")):
            if context.value not in self.book.contexts:
                yield self.at(context.line, f"There is no context {context.value}.", _nearest(str(context.value), self.book.contexts))
        precision = told.get("precision")
        if precision is not None and not (isinstance(precision.value, (int, float)) and 0 < precision.value <= 1):
            yield self.at(
                precision.line,
                f"The precision {precision.value!r} is no share between 0 and 1.",
                "Estimate how often the entry is right when it fires, e.g. 0.8.",
            )
        for flag in ("symmetric", "off"):
            if flag in told and not isinstance(told[flag].value, bool):
                yield self.at(told[flag].line, f"{flag} is true or false, not {told[flag].value!r}.", "Write true or false without quotes.")

    def _roles(self, told: dict[str, Marked]) -> Iterator[Problem]:
        roles = told.get("roles")
        if roles is None:
            return
        if not isinstance(roles.value, dict):
            yield self.at(roles.line, "roles is not a mapping.", "Write {actor: [subject], recipient: [object]}.")
            return
        for role, slots in roles.value.items():
            if role not in ("actor", "recipient"):
                yield self.at(slots.line, f"There is no role {role}.", "Roles are actor and recipient.")
            if not isinstance(slots.value, list):
                yield self.at(slots.line, f"The role {role} is not a list of slots.", "Write it as [subject, by].")
                continue
            for slot in slots.value:
                if slot.value not in ROLE_SLOTS and slot.value not in PREPOSITIONS:
                    yield self.at(
                        slot.line, f"There is no role slot {slot.value}.", f"Slots are {', '.join(sorted(ROLE_SLOTS))}, or a preposition."
                    )

    # ------------------------------------------------------------ triggers and examples
    def _words(self, told: dict[str, Marked], known: Entry | None, line: int) -> Iterator[Problem]:
        stub = entry_of({"id": "check"}, self.path, "")
        for part, pos in PARTS.items():
            if part in told and not isinstance(told[part].value, list):
                yield self.at(told[part].line, f"{part} is not a list.", 'Write it as ["detain {*}", "take into {custody}"].')
                continue
            for word in _list(told.get(part)):
                try:
                    parse_triggers(str(word.value), pos, stub, self.classes)
                except ValueError as fault:
                    yield self.at(
                        word.line,
                        f"The trigger {word.value!r} cannot be read: {fault}.",
                        'The grammar is in docs/design/rooms.md, "A codebook entry".',
                    )
        if not any(list(_list(told.get(part))) for part in PARTS) and known is None:
            yield self.at(line, "The entry has no triggers.", "Give verbs, nouns or adjectives.")
        texts: list[str] = []
        for raw in _list(told.get("examples")):
            try:
                texts += [x.text for x in examples_of(raw.plain())]
            except ValueError as fault:
                yield self.at(raw.line, f"The example cannot be used: {fault}.", 'Write "RUS > AZE: Moscow *summoned* Baku\'s envoy."')
        if not texts and known is None:
            yield self.at(
                line, "The entry has no example.", "Give at least one sentence of your own that it codes, with its trigger marked."
            )
        if "source" in told and not told["source"].value:
            yield self.at(
                told["source"].line, "The source is empty.", "Say where the entry comes from: a manual, a paper, your own reading."
            )


def _items(marked: Marked | None) -> Iterable[tuple[str, Marked]]:
    return marked.value.items() if marked is not None and isinstance(marked.value, dict) else ()


def _list(marked: Marked | None) -> Iterable[Marked]:
    return marked.value if marked is not None and isinstance(marked.value, list) else ()


def _nearest(word: str, known: Iterable[str]) -> str:
    """'Did you mean …?', or what there is to choose from."""
    names = sorted(map(str, known))
    near = difflib.get_close_matches(word, names, 3, 0.6)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"Known: {', '.join(names)}." if len(names) <= 40 else "There is nothing like it."
