"""The gold folder: what is needed of it, its scorer, and sets cut to a part."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
DEFAULT = Path(__file__).parents[1] / ".." / "shared" / "gold"
#: pages in which nothing political is told, beside the gold folder
NO_EVENTS = Path("..") / "corpora" / "bbc_nonpolitical.jsonl.gz"
#: set -> the part to read, chosen by its item and gold rows; sets not named are read whole
PARTS: dict[str, tuple[str, Callable[[Row, Row], bool]]] = {
    "polnear": ("polnear", lambda item, gold: gold["part"] == "dev"),
    "caucasus": ("articles", lambda item, gold: "caucasus" in str(gold.get("document") or gold.get("id") or item["id"])),
}
SETS = ("gsr", "plv", "articles", "caucasus", "actors", "meantime", "polnear", "geo", "no_events")


def lacking(gold: Path, sets: Iterable[str]) -> list[str]:
    """What is missing, a line each."""
    out = []
    if not (gold / "score.py").is_file():
        out.append(f"{gold / 'score.py'}: the scorer is missing")
    for name in sets:
        if name == "no_events":
            wanted = [gold / NO_EVENTS]
        else:
            folder = gold / PARTS.get(name, (name, None))[0]
            wanted = [folder / "items.jsonl", folder / "gold.jsonl"]
        out += [f"{path}: the set {name} needs it" for path in wanted if not path.is_file()]
    return out


def rows(path: Path) -> list[Row]:
    """Rows of a JSON Lines file, gzip too."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def part(gold: Path, name: str) -> tuple[str, list[Row], list[Row]]:
    """The scorer's name of a set, its items and its gold rows, cut to the part that is read."""
    kind, wanted = PARTS.get(name, (name, lambda item, gold: True))
    items, golden = rows(gold / kind / "items.jsonl"), rows(gold / kind / "gold.jsonl")
    if name not in PARTS:
        return kind, items, golden
    by_id = {i["id"]: i for i in items}
    key = "document" if golden and "document" in golden[0] else "id"
    golden = [g for g in golden if wanted(by_id.get(g[key], {}), g)]
    kept = {g[key] for g in golden}
    return kind, [i for i in items if i["id"] in kept], golden


def score(gold: Path, kind: str, items: list[Row], golden: list[Row], predicted: Iterable[Row]) -> list[Row]:
    """The scorer's tables for predictions on (a part of) a set."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / kind
        folder.mkdir()
        _write(folder / "items.jsonl", items)
        _write(folder / "gold.jsonl", golden)
        peers = gold / kind / "peers"
        if peers.is_dir():
            (folder / "peers").symlink_to(peers.resolve())
        _write(Path(made) / "predicted.jsonl", predicted)
        call = [sys.executable, str(gold / "score.py"), kind, made, str(Path(made) / "predicted.jsonl"), "--json"]
        told = subprocess.run(call, capture_output=True, text=True, check=False)
    if told.returncode:
        raise SystemExit(f"The scorer failed on {kind}: {told.stderr.strip()}")
    tables: list[Row] = json.loads(told.stdout)["tables"]
    return tables


def _write(path: Path, lines: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf8")
