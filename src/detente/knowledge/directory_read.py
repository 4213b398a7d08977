"""Reading the directory's files: JSON Lines or YAML, checked, each fault named with file and line."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from ..errors import KnowledgeError

KINDS = (
    "state",
    "territory",
    "bloc",
    "igo",
    "alliance",
    "person",
    "agency",
    "force",
    "group",
    "party",
    "media",
    "company",
    "people",
    "ngo",
    "place",
)


@dataclass(frozen=True, slots=True)
class Term:
    """An office held. Dates are ISO days, months or years, inclusive; a null end is open."""

    office: str
    of: str | None  # id of the country or body
    country: str | None
    sector: str | None
    start: str | None
    end: str | None

    def holds(self, day: str) -> bool:
        """Whether the office is held on a day (or in a month or year)."""
        return (self.start is None or self.start <= day) and not self.ended(day)

    def ended(self, day: str) -> bool:
        """Whether the term was over before a day. An end known to the month or year runs to its last day."""
        return self.end is not None and self.end < day[: len(self.end)]


@dataclass(frozen=True, slots=True)
class DirectoryTie:
    """A lasting relation between two entries: kind as :data:`detente.records.TIE_KINDS`, ids, ISO dates (inclusive), where it is from."""

    kind: str
    subject: str
    object: str
    start: str | None
    end: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor."""

    id: str
    kind: str  # one of KINDS
    name: str
    country: str | None  # ISO 3166 alpha-3; null for what belongs to no one country
    sector: str | None  # PLOVER sector
    names: tuple[str, ...]
    short: tuple[str, ...]  # last names that mean this person by themselves
    weak: tuple[str, ...]  # names that count only after a title or beside the full name in the same text
    demonyms: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]
    part_of: tuple[str, ...]
    members: tuple[DirectoryTie, ...]
    terms: tuple[Term, ...]
    source: str


#: Keys of an entry in the order in which files have them.
KEYS = tuple(f.name for f in dataclasses.fields(Entry))
_TERM = tuple(f.name for f in dataclasses.fields(Term))
_LISTS = ("names", "short", "weak", "demonyms", "people", "capitals", "seats", "part_of")


def _data() -> Any:
    return resources.files(__package__).joinpath("data")


@lru_cache(maxsize=1)
def entry_schema() -> dict[str, Any]:
    """JSON Schema of one line of a directory file."""
    schema: dict[str, Any] = json.loads(_data().joinpath("directory.schema.json").read_text("utf8"))
    return schema


def read_directory(extra: Sequence[str] = ()) -> tuple[dict[str, Entry], list[DirectoryTie], list[bytes]]:
    """Entries by id, explicit ties, and the raw files: the bundled ones, then ``extra`` laid over them."""
    raw: dict[str, dict[str, Any]] = {}
    ties: list[tuple[str, int, dict[str, Any]]] = []
    texts: list[bytes] = []
    for file in sorted(_data().joinpath("directory").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".jsonl"):
            continue
        texts.append(file.read_bytes())
        for line, item in _json_lines(file.name, texts[-1].decode("utf8")):
            if "kind" in item and "subject" in item:
                ties.append((file.name, line, item))
            else:
                raw[item["id"]] = item
    for path in extra:
        texts.append(_bytes(path))
        for line, item in _user_items(path, texts[-1]):
            _check(path, line, item)
            if "subject" in item:
                ties.append((path, line, item))
            elif item.get("remove"):
                if raw.pop(item["id"], None) is None:
                    raise KnowledgeError("K03", path=path, line=line, id=item["id"])
            else:
                raw[item["id"]] = _laid_over(raw.get(item["id"]), item, path, line)
    entries = {id_: _entry(item) for id_, item in raw.items()}
    return entries, [_tie(path, line, item, entries) for path, line, item in ties], texts


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise KnowledgeError("K01", path=path, line=0, why=fault.strerror or str(fault)) from None


def _user_items(path: str, data: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise KnowledgeError("K01", path=path, line=data[: fault.start].count(b"\n") + 1, why="it is not UTF-8") from None
    return _yaml_list(path, text) if path.endswith((".yaml", ".yml")) else _json_lines(path, text)


def _json_lines(path: str, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except json.JSONDecodeError as fault:
            raise KnowledgeError("K01", path=path, line=number, why=f"it is no JSON: {fault.msg} at column {fault.colno}") from None
        if not isinstance(item, dict):
            raise KnowledgeError("K02", path=path, line=number, why="a line must be an object in braces")
        yield number, item


def _yaml_list(path: str, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        items = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        why = f"it is no YAML: {getattr(fault, 'problem', None) or fault}"
        raise KnowledgeError("K01", path=path, line=mark.line + 1 if mark else 0, why=why) from None
    if not isinstance(items, list) or not isinstance(node, yaml.SequenceNode):
        raise KnowledgeError("K02", path=path, line=1, why="the file must be a list of entries, each beginning with '- id: …'")
    for child, item in zip(node.value, items, strict=True):
        line = child.start_mark.line + 1
        if not isinstance(item, dict):
            raise KnowledgeError("K02", path=path, line=line, why="an entry must have keys: '- id: …' and below it 'kind: …'")
        yield line, json.loads(json.dumps(item, default=str))


def _check(path: str, line: int, item: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator  # heavy, and needed for users' files alone

    faults = sorted(Draft202012Validator(_schema_for(item)).iter_errors(item), key=lambda f: list(map(str, f.absolute_path)))
    if faults:
        where = ".".join(map(str, faults[0].absolute_path))
        raise KnowledgeError("K02", path=path, line=line, why=f"{where}: {faults[0].message}" if where else faults[0].message)


def _schema_for(item: dict[str, Any]) -> dict[str, Any]:
    schema = entry_schema()
    which = "tie" if "subject" in item else "removal" if item.get("remove") else "addition"
    return {"$ref": f"#/$defs/{which}", "$defs": schema["$defs"]}


def _laid_over(old: dict[str, Any] | None, new: dict[str, Any], path: str, line: int) -> dict[str, Any]:
    """The user's entry over a bundled one: lists grow, single values are replaced."""
    if old is None:
        missing = [k for k in ("kind", "name") if k not in new]
        if missing:
            raise KnowledgeError("K02", path=path, line=line, why=f"{new['id']} is a new entry and has no {' and no '.join(missing)}")
        return {"names": [new["name"]], "source": path, **new}
    merged = dict(old)
    for key, value in new.items():
        if isinstance(value, list):
            merged[key] = [*old.get(key, ()), *(v for v in value if v not in old.get(key, ()))]
        else:
            merged[key] = value
    return merged


def _entry(item: dict[str, Any]) -> Entry:
    country = item.get("country")
    source = item["source"]
    return Entry(
        id=item["id"],
        kind=item["kind"],
        name=item["name"],
        country=country,
        sector=item.get("sector"),
        **{k: tuple(item.get(k, ())) for k in _LISTS},
        members=tuple(
            DirectoryTie("member_of", m["id"], item["id"], m.get("start"), m.get("end"), source) for m in item.get("members", ())
        ),
        terms=tuple(Term(*(t.get(k) for k in _TERM)) for t in item.get("terms", ())),
        source=source,
    )


def _tie(path: str, line: int, item: dict[str, Any], entries: dict[str, Entry]) -> DirectoryTie:
    for end in ("subject", "object"):
        if item[end] not in entries:
            raise KnowledgeError("K04", path=path, line=line, id=item[end])
    return DirectoryTie(item["kind"], item["subject"], item["object"], item.get("start"), item.get("end"), item.get("source", path))
