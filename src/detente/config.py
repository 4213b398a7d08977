"""The configuration: default.toml is the whole truth, this file reads, checks and writes it."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from .errors import ConfigError


@dataclass(frozen=True, slots=True)
class RunOptions:
    workers: int
    batch: int


@dataclass(frozen=True, slots=True)
class DocumentsOptions:
    latest: str
    mend_hyphens: bool
    mend_headings: bool
    max_bytes: int
    max_document_chars: int


@dataclass(frozen=True, slots=True)
class LanguageOptions:
    batch: int
    max_words: int


@dataclass(frozen=True, slots=True)
class KnowledgeOptions:
    codebook: tuple[str, ...]
    directory: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodingOptions:
    minimum_confidence: float


@dataclass(frozen=True, slots=True)
class MergingOptions:
    day_tolerance: int
    window: int


@dataclass(frozen=True, slots=True)
class MeasuresOptions:
    half_life_days: float
    turn_half_life_days: float
    prior_acts: float
    half_share: float
    count_claimed: str
    intensity: str
    answer_days: int
    spell_days: int
    fewest_acts: int
    penalty: float
    flat: float
    resamples: int
    seed: int


@dataclass(frozen=True, slots=True)
class ForecastingOptions:
    active_days: int
    most_types: int
    most_pairs: int
    backtest_months: int
    rows: int
    surprise_below: float
    seed: int


@dataclass(frozen=True, slots=True)
class ReportingOptions:
    dyads: int
    png: bool


@dataclass(frozen=True, slots=True)
class Config:
    """All options, by room. See default.toml for what each means."""

    run: RunOptions
    documents: DocumentsOptions
    language: LanguageOptions
    knowledge: KnowledgeOptions
    coding: CodingOptions
    merging: MergingOptions
    measures: MeasuresOptions
    forecasting: ForecastingOptions
    reporting: ReportingOptions

    def as_toml(self) -> str:
        """The configuration as a TOML text that :func:`load_config` reads back to an equal one."""
        lines = []
        for section in dataclasses.fields(self):
            lines.append(f"[{section.name}]")
            options = getattr(self, section.name)
            lines += [f"{f.name} = {_toml(getattr(options, f.name))}" for f in dataclasses.fields(options)]
            lines.append("")
        return "\n".join(lines)


SECTIONS: dict[str, type] = {
    "run": RunOptions,
    "documents": DocumentsOptions,
    "language": LanguageOptions,
    "knowledge": KnowledgeOptions,
    "coding": CodingOptions,
    "merging": MergingOptions,
    "measures": MeasuresOptions,
    "forecasting": ForecastingOptions,
    "reporting": ReportingOptions,
}


def default_text() -> str:
    """The commented default configuration."""
    return resources.files(__package__).joinpath("default.toml").read_text("utf8")


def load_config(path: str | Path | None = None, **overrides: Mapping[str, Any]) -> Config:
    """The default configuration, with a user's file and then ``overrides`` (section -> {option: value}) laid over it.

    Raises :class:`ConfigError` (C01) for a file that is no TOML, an unknown section or option, or a value of the wrong type.
    """
    values: dict[str, dict[str, Any]] = tomllib.loads(default_text())
    layers: list[tuple[str, Mapping[str, Any]]] = []
    if path is not None:
        try:
            layers.append((str(path), tomllib.loads(Path(path).read_text("utf8"))))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
            raise ConfigError("C01", path=path, why=fault) from None
    layers.append(("(call)", overrides))
    for name, layer in layers:
        for section, options in layer.items():
            if section not in values or not isinstance(options, Mapping):
                raise ConfigError("C01", path=name, why=f"there is no section [{section}]; sections are {', '.join(values)}")
            for option, value in options.items():
                if option not in values[section]:
                    raise ConfigError("C01", path=name, why=f"[{section}] has no option {option}; it has {', '.join(values[section])}")
                values[section][option] = _same_type(value, values[section][option], f"{section}.{option}", name)
    return Config(**{name: kind(**{k: _frozen(v) for k, v in values[name].items()}) for name, kind in SECTIONS.items()})


def _same_type(value: Any, default: Any, option: str, path: str) -> Any:
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(default, list) and isinstance(value, (list, tuple)):
        return list(value)
    if type(value) is not type(default):
        raise ConfigError("C01", path=path, why=f"{option} must be {type(default).__name__}, not {value!r}")
    return value


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
