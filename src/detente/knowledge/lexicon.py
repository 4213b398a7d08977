"""Word lists that are neither codebook nor directory: reporting verbs, modals, hedges, light verbs, titles …"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def load_lexicon(name: str) -> dict[str, Any]:
    """The lexicon ``data/lexicon/NAME.yaml``: its top-level keys with lists of words as frozen sets."""
    text = resources.files(__package__).joinpath("data", "lexicon", f"{name}.yaml").read_text("utf8")
    raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {key: _frozen(value) for key, value in raw.items()}


def _frozen(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return frozenset(value)
    if isinstance(value, dict):
        return {k: _frozen(v) for k, v in value.items()}
    return value
