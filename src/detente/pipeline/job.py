"""A run in a process of its own, told what to read on stdin and telling how far it is on stdout: one JSON object a line.

``python -m detente.pipeline.job`` reads ``{"paths", "workspace", "config"}`` (the configuration as TOML); it prints
``{"stage", "done", "total", "words"}`` as it goes, and at the end ``{"run": …}`` or ``{"error": {"code", "message", "hint"}}``.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ..config import load_config
from ..errors import DetenteError
from ..records import as_dict
from ..workspace import Workspace
from .run import Progress, run

_EVERY = 0.2


def _say(told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False), flush=True)


def main() -> None:
    """Reads what to do, does it, tells."""
    asked = json.loads(sys.stdin.readline())
    last = 0.0

    def report(p: Progress) -> None:
        nonlocal last
        if p.stage == "coding" and time.monotonic() - last < _EVERY:
            return
        last = time.monotonic()
        _say({"stage": p.stage, "done": p.done, "total": p.total, "words": p.words})

    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "config.toml"
            file.write_text(asked["config"], "utf8")
            config = load_config(file)
        outcome = run(asked["paths"], Workspace.open(asked["workspace"]), config, report)
        found = as_dict(outcome.run)
        _say({"run": {k: found[k] for k in ("id", "given", "read", "known", "refused", "mentions", "refusals", "not_coded")}})
    except DetenteError as fault:
        _say({"error": {"code": fault.code, "message": fault.message, "hint": fault.hint}})
    except Exception as fault:  # told, not traced
        told = DetenteError("C03", why=f"{type(fault).__name__}: {fault}"[:300])
        _say({"error": {"code": told.code, "message": told.message, "hint": told.hint}})


if __name__ == "__main__":
    main()
