"""The conflict–cooperation scale that measures use: the codebook's, or a table of the user's laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from ..errors import MeasureError
from ..records import QUADS, TYPES

#: where the bundled values come from; the file says how they were joined
BUNDLED = "codebook: mean of CAMEO–Goldstein (Goldstein 1992) and PLOVER 2024, table 2.2"
_LARGEST = 10.0


@dataclass(frozen=True, slots=True)
class Value:
    """What one type, or one mode of it, counts: -10 (most hostile) … +10 (most cooperative)."""

    type: str
    mode: str | None  # None: the type where no mode, or one without a value, is told
    value: float
    source: str


@cache
def bundled() -> tuple[Value, ...]:
    """The codebook's values, by type in PLOVER's order, and mode."""
    text = resources.files("detente.knowledge").joinpath("data", "codebook", "intensity.yaml").read_text("utf8")
    return tuple(_values(yaml.safe_load(text)["types"], BUNDLED, "intensity.yaml"))


def load_scale(path: str | Path | None = None) -> list[Value]:
    """All values; those of a user's file (YAML, ``types: {TYPE: {value: …, modes: {…}}}``) replace the bundled ones.

    A type that the file names loses the bundled values of its modes unless the file names them too. Raises
    :class:`~detente.errors.MeasureError` (M07) for a file that cannot be used.
    """
    if not path:
        return list(bundled())
    own = user_values(path)
    named = {v.type for v in own}
    known = [v for v in bundled() if v.type not in named] + own
    order = {t: n for n, t in enumerate(TYPES)}
    return sorted(known, key=lambda v: (order.get(v.type, len(order)), v.type, v.mode or ""))


def user_values(path: str | Path) -> list[Value]:
    """The values that a user's file gives."""
    try:
        raw = yaml.safe_load(Path(path).read_text("utf8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise MeasureError("M07", path=path, why=" ".join(str(fault).split())) from None
    if not isinstance(raw, Mapping) or not isinstance(raw.get("types"), Mapping) or not raw["types"]:
        raise MeasureError("M07", path=path, why="it has no mapping `types`")
    return list(_values(raw["types"], str(raw.get("source") or path), str(path)))


def _values(types: Mapping[str, Any], source: str, path: str) -> list[Value]:
    out = []
    for type_, told in types.items():
        if not isinstance(told, Mapping):
            told = {"value": told}
        if str(type_) not in QUADS:
            raise MeasureError("M07", path=path, why=f"{type_} is no event type; types are {', '.join(TYPES)}")
        out.append(Value(str(type_), None, _number(told.get("value"), str(type_), path), str(told.get("source") or source)))
        for mode, value in (told.get("modes") or {}).items():
            out.append(Value(str(type_), str(mode), _number(value, f"{type_} {mode}", path), str(told.get("source") or source)))
    return out


def _number(value: Any, what: str, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= _LARGEST:
        raise MeasureError("M07", path=path, why=f"the value of {what} is {value!r}, not a number from -10 to +10")
    return float(value)


def rescored(table: pl.DataFrame, path: str | Path | None) -> pl.DataFrame:
    """Acts with the intensities of a user's file; those of types it does not name are kept."""
    if not path:
        return table
    own = user_values(path)
    plain = {v.type: v.value for v in own if v.mode is None}
    modes = {f"{v.type} {v.mode}": v.value for v in own if v.mode is not None}
    by_mode = (pl.col("type") + " " + pl.col("mode")).replace_strict(modes, default=None, return_dtype=pl.Float64)
    by_type = pl.col("type").replace_strict(plain, default=None, return_dtype=pl.Float64)
    return table.with_columns(intensity=pl.coalesce(by_mode, by_type, "intensity"))
