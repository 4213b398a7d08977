"""The way through the house is one way."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "detente"
ORDER = (
    "lazy records errors config documents language knowledge coding merging workspace measures forecasting scenarios "
    "reporting pipeline web cli"
).split()


def imports(path: Path) -> set[str]:
    """Rooms a module imports from."""
    here = path.relative_to(SOURCE).parts
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.ImportFrom):
            if node.level:
                base = here[: len(here) - node.level]
                target = (*base, *(node.module or "").split(".")) if node.module else base
                if target and target[0]:
                    found.add(target[0])
                else:
                    found.update(a.name for a in node.names)
            elif node.module and node.module.startswith("detente."):
                found.add(node.module.split(".")[1])
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_module_imports_only_from_rooms_above_it(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if room == "__init__":
        return
    below = {r for r in imports(path) if r in ORDER and ORDER.index(r) > ORDER.index(room)}
    assert not below


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text("utf8").splitlines()) <= 450
