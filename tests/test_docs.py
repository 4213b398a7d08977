"""The documentation tells the truth: its Python runs, its commands exist, every error code is listed."""

import re
from pathlib import Path

import pytest

from detente.errors import TABLE

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.S)


def blocks(language: str) -> list[tuple[str, str]]:
    return [(p.name, code) for p in PAGES for kind, code in BLOCK.findall(p.read_text("utf8")) if kind == language]


@pytest.mark.parametrize(("page", "code"), blocks("python"))
def test_python_runs(page: str, code: str) -> None:
    exec(compile(code, page, "exec"), {})


def test_commands_exist() -> None:
    import typer.main

    from detente.cli import app, asking, explaining, listings, reading, tools  # noqa: F401

    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    told = {m for p in PAGES for m in re.findall(r"(?m)^(?:\$ )?detente (\w+)", p.read_text("utf8"))}
    assert told <= known
    reference = (ROOT / "docs" / "reference.md").read_text("utf8")
    assert all(f"`detente {name}" in reference for name in known)


def test_every_error_is_in_the_reference() -> None:
    reference = (ROOT / "docs" / "reference.md").read_text("utf8")
    assert [code for code in TABLE if f"| {code} |" not in reference] == []


def test_codebook_example_is_right(tmp_path) -> None:
    from detente.knowledge import load_codebook

    (code,) = [c for name, c in blocks("yaml") if name == "tutorial.md"]
    (tmp_path / "water.yaml").write_text(code, "utf8")
    assert "water.divert" in load_codebook([tmp_path / "water.yaml"]).entries
