"""What was learned, to and from a file of plain arrays and JSON: nothing in it is ever run."""

from __future__ import annotations

import contextlib
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from ..workspace.schemas import records
from .occurrence.cells import COLUMNS, Bases
from .occurrence.learning import Asked, Learned
from .occurrence.models import Ladder, Logistic, Trees
from .occurrence.rules import Rules
from .records import Backtest


def save(path: Path, learned: Learned, tested: Backtest, most: int) -> None:
    """Writes what was learned and how it did; of the files beside it the ``most`` latest stay. A folder that cannot be written is left as
    it is.
    """
    arrays: dict[str, Any] = {f"came_{name}": getattr(learned.came, name) for name in Asked.__slots__}
    arrays |= {f"rules_{name}": getattr(learned.rules, name) for name in ("cases", "followed", "hits")}
    arrays |= {"bases_seen": learned.bases.seen, "bases_hits": learned.bases.hits, "near": learned.near}
    arrays |= {name: np.array(getattr(learned, name), np.int32) for name in ("origins", "tested")}
    plain: dict[str, Any] = {
        name: getattr(learned, name) for name in ("horizon", "rung", "slope", "shift", "variance", "questions", "happened")
    }
    plain |= {"all": learned.rules.all, "columns": list(COLUMNS), "backtest": tested.as_dict()}
    if learned.ladder.logistic is not None:
        arrays |= {f"logistic_{name}": getattr(learned.ladder.logistic, name) for name in Logistic.__slots__}
    if learned.ladder.trees is not None:
        plain["trees"] = learned.ladder.trees.text
    arrays["plain"] = np.frombuffer(json.dumps(plain).encode(), np.uint8)
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)
        draft = path.with_suffix(f".{os.getpid()}.part")
        draft.write_bytes(buffer.getvalue())
        draft.replace(path)
        for old in sorted(path.parent.glob("*.npz"), key=lambda p: p.stat().st_mtime)[:-most]:
            old.unlink(missing_ok=True)


def load(path: Path) -> tuple[Learned, Backtest] | None:
    """What was learned; None where there is no such file, or one that is damaged or of other features."""
    try:
        with np.load(path, allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        plain = json.loads(arrays["plain"].tobytes())
        if plain["columns"] != list(COLUMNS):
            return None
        return _made(arrays, plain), records(Backtest, [plain["backtest"]])[0]
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, EOFError):
        return None


def _made(arrays: dict[str, Any], plain: dict[str, Any]) -> Learned:
    rules = Rules(len(arrays["rules_hits"]))
    rules.cases, rules.followed, rules.hits = (arrays[f"rules_{n}"] for n in ("cases", "followed", "hits"))
    rules.all = plain["all"]
    bases = Bases(arrays["bases_hits"].shape)
    bases.seen, bases.hits = arrays["bases_seen"], arrays["bases_hits"]
    logistic = Logistic(*(arrays[f"logistic_{n}"] for n in Logistic.__slots__)) if "logistic_beta" in arrays else None
    trees = Trees(plain["trees"]) if "trees" in plain else None
    return Learned(
        plain["horizon"],
        plain["rung"],
        Ladder(logistic, trees),
        plain["slope"],
        plain["shift"],
        plain["variance"],
        arrays["near"],
        rules,
        bases,
        tuple(arrays["origins"].tolist()),
        plain["questions"],
        plain["happened"],
        tuple(arrays["tested"].tolist()),
        Asked(*(arrays[f"came_{n}"] for n in Asked.__slots__)),
    )
