"""The data files of this room, read once."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any

import yaml


@functools.cache
def table(name: str) -> dict[str, Any]:
    """The content of ``documents/data/NAME.yaml``."""
    text = resources.files("detente.documents").joinpath("data", f"{name}.yaml").read_text("utf8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # every scalar a string: `on` and `no` are words here
    return loaded
