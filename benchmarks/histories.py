"""Public event histories (quadruples by day) as détente's histories: countries, PLOVER types, intensities. Nothing of them is kept here."""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from detente.knowledge import load_directory
from detente.measures import load_scale
from detente.scenarios.history import KIND_OF, History, of_arrays

BEGIN = {"icews14": 735234, "icews18": 736695, "icews05-15": 731947}  # ordinal of day 0
#: sectors that act for a state; None: the state itself. Who leads and who opposes changes over the years
_FOR_STATES = (None, "GOV", "ELI", "MIL", "LEG", "JUD", "COP", "SPY", "OPP")
_COUNTRY = re.compile(r"\(([^()]+)\)$")


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in gzip.open(path, "rt", encoding="utf8").read().splitlines()[1:]]


@cache
def _patterns() -> list[tuple[re.Pattern[str], str, str]]:
    raw: Any = yaml.safe_load((Path(__file__).parent / "icews_types.yaml").read_text("utf8"))
    return [(re.compile(p), t, m) for p, t, m in raw]


def plover(name: str) -> tuple[str, str] | None:
    """Type and mode of a named CAMEO event; None where PLOVER has none."""
    plain = name.replace("_", " ").strip().lower()
    for pattern, type_, mode in _patterns():
        if pattern.search(plain):
            return None if type_ == "-" else (type_, mode)
    raise ValueError(f"no pattern of icews_types.yaml matches {name!r}")


@cache
def _state(name: str) -> str:
    """The state that a name stands for: its own, or that of who acts for it (leaders, ministries, forces); "" where it is of none."""
    known = load_directory()
    words = name.split()
    for phrase in (name, f"{words[0]} {words[-1]}"):  # histories write patronymics and middle names out
        found = known.resolve(phrase)
        if found.country and found.sector in _FOR_STATES:
            entry = known.entries.get(found.country)
            return found.country if entry is not None and entry.kind in ("state", "territory") else ""
    return ""


def load(folder: Path, parts: tuple[str, ...] = ("train", "valid"), most: int = 120, states: bool = False) -> tuple[History, int]:
    """The history between the most active countries (and bodies and persons), and the day that valid begins. ``states``: of states alone,
    who acts for one standing for it."""
    names = [r[1].replace("_", " ") for r in sorted(_rows(folder / "entity.tsv.gz"), key=lambda r: int(r[0]))]
    scale = {(v.type, v.mode or ""): v.value for v in load_scale()}
    codes = [plover(r[1]) for r in sorted(_rows(folder / "relation.tsv.gz"), key=lambda r: int(r[0]))]
    kind = np.array([-1 if c is None else KIND_OF[c[0]] for c in codes])
    value = np.array([0.0 if c is None else scale.get(c, scale[(c[0], "")]) for c in codes])
    label = np.array(["" if c is None else c[1] for c in codes], dtype=object)
    found = [np.array(_rows(folder / f"{p}.tsv.gz"), dtype=np.int64) for p in parts if (folder / f"{p}.tsv.gz").exists()]
    turn = int(found[1][:, 3].min()) if len(found) > 1 else int(found[0][:, 3].max()) + 1
    rows = np.concatenate(found)
    country = [m[1] if (m := _COUNTRY.search(n)) else n for n in names]
    country = [_state(n) for n in country] if states else country
    codes_of = {c: k for k, c in enumerate(dict.fromkeys(country))}
    of = np.array([codes_of[c] for c in country])
    a, b, r, day = of[rows[:, 0]], of[rows[:, 2]], rows[:, 1], rows[:, 3]
    keep = (a != b) & (kind[r] >= 0)
    if states:
        keep &= (a != codes_of.get("", -1)) & (b != codes_of.get("", -1))
    a, b, r, day = a[keep], b[keep], r[keep], day[keep]
    early = day < turn
    counts = np.bincount(np.concatenate([a[early], b[early]]), minlength=len(codes_of))
    chosen = np.argsort(-counts, kind="stable")[:most]
    place = np.full(len(codes_of), -1)
    place[chosen] = np.arange(len(chosen))
    a, b = place[a], place[b]
    keep = (a >= 0) & (b >= 0)
    a, b, r, day = a[keep], b[keep], r[keep], day[keep]
    begin = BEGIN.get(folder.name, 730000)
    list_ = list(codes_of)
    told = of_arrays([list_[k] for k in chosen], day + begin, a, b, kind[r], value[r], int(day.max()) + begin, label[r])
    return told, turn + begin
