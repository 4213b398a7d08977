"""The documentation tells the truth: its Python and its commands run, every error code is listed."""

import io
import re
import shlex
import shutil
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

    from detente.cli import app, asking, explaining, forecasting, judging, listings, measuring, reading, serving, supposing, tools, watching  # noqa: F401

    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    told = {m for p in PAGES for m in re.findall(r"(?m)^(?:\$ )?detente (\w+)", p.read_text("utf8"))}
    assert told <= known
    reference = (ROOT / "docs" / "reference.md").read_text("utf8")
    assert all(f"`detente {name}" in reference for name in known)


PROMPT = re.compile(r"^(?:\$ )?(?:echo \"(?P<said>[^\"]*)\" \| )?(?P<command>detente .+?)(?:\s+#.*)?$")


def commands() -> list[tuple[str, str | None, list[str]]]:
    """Every command line shown in the documentation: page, what is piped into it, arguments."""
    found = []
    for language in ("console", ""):
        for page, block in blocks(language):
            for line in block.splitlines():
                if shown := PROMPT.match(line):
                    found.append((page, shown["said"], shlex.split(shown["command"])[1:]))
    return found


@pytest.fixture
def desk(tmp_path, monkeypatch, example_workspace) -> Path:
    """A folder as the documentation supposes it: the examples, some reports, an article, a workspace that holds the example."""
    reports = ROOT / "examples" / "south-caucasus"
    (tmp_path / "reports").mkdir()
    one = reports / "2025-06-28-baku-gazette-yekaterinburg.txt"
    for place in (tmp_path / "reports" / "one.txt", tmp_path / "article.txt"):
        shutil.copy(one, place)
    shutil.copytree(reports, tmp_path / "examples" / "south-caucasus")
    for folder in ("treaty", "bargaining"):
        shutil.copytree(ROOT / "examples" / folder, tmp_path / "examples" / folder)
    (tmp_path / "water.yaml").write_text(dict(blocks("yaml"))["codes.md"], "utf8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DETENTE_WORKSPACE", str(example_workspace[0].folder))
    return tmp_path


@pytest.fixture(scope="session")
def judged_workspace(tmp_path_factory, example_workspace):
    """The example with one mention judged; what is decided in it concerns nobody else."""
    from detente.config import load_config
    from detente.pipeline import judge
    from detente.workspace import Workspace

    folder = tmp_path_factory.mktemp("judged") / "workspace"
    shutil.copytree(example_workspace[0].folder, folder)
    opened = Workspace.open(folder)
    judge(opened, load_config(), opened.mentions()[-1].id, "accept")
    return opened


def standing_in(workspace, arguments: list[str]) -> list[str]:
    """The arguments with the mentions and events of the page replaced by such as there are."""
    events = iter(sorted(workspace.events(), key=lambda e: -len(e.mentions)))
    event = next(events)
    names = iter((event.id, next(events).id, next(events).id))
    ids = iter(event.mentions)
    kinds = ((r"e\d{8}-[0-9a-f]{10}", names), (r"\d{8}-[0-9a-f]{12}\.\d{6}", ids))
    return [next((next(real) for form, real in kinds if re.fullmatch(form, a)), a) for a in arguments]


@pytest.mark.parametrize(("page", "said", "arguments"), commands(), ids=lambda x: " ".join(x) if isinstance(x, list) else None)
def test_commands_run(page: str, said: str | None, arguments: list[str], desk: Path, monkeypatch, capsys, request) -> None:
    from detente.cli import main

    if arguments[0] == "serve":
        pytest.skip("a server does not end by itself")
    example_workspace = request.getfixturevalue("example_workspace")
    if page == "review.md":
        judged = request.getfixturevalue("judged_workspace")
        monkeypatch.setenv("DETENTE_WORKSPACE", str(judged.folder))
        arguments = standing_in(judged, arguments)
    reading = arguments[0] == "run"
    arguments = [str(desk / "own" if reading else example_workspace[0].folder) if a == "caucasus" else a for a in arguments]
    arguments += ["-w", str(desk / "own")] if reading and "-w" not in arguments else []
    monkeypatch.setattr("sys.stdin", io.StringIO(said or ""))
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    told = capsys.readouterr()
    assert ended.value.code in (0, None), told.err
    assert told.out or told.err


def test_every_error_is_in_the_reference() -> None:
    reference = (ROOT / "docs" / "reference.md").read_text("utf8")
    assert [code for code in TABLE if f"| {code} |" not in reference] == []


def test_codebook_example_is_right(tmp_path) -> None:
    from detente.knowledge import load_codebook

    (tmp_path / "water.yaml").write_text(dict(blocks("yaml"))["codes.md"], "utf8")
    entries = load_codebook([tmp_path / "water.yaml"]).entries
    assert {"water.divert.flow", "water.share.treaty"} <= set(entries)
    assert entries["aid.economic.fund"].precision == 0.7
    assert "protest.boycott.boycott" not in entries
