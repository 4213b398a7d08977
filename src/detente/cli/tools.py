"""Commands about the tool: export, codebook, config, doctor, version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .app import DEFAULT_WORKSPACE, NOTHING_CODED, USAGE, CodebookOption, ConfigOption, WorkspaceOption, app, configuration, say

codebook_app = typer.Typer(help="The codebook: which words name which event.", no_args_is_help=True)
app.add_typer(codebook_app, name="codebook")


@app.command()
def export(
    format: Annotated[str, typer.Argument(help="polecat, cameo, csv, jsonl, parquet, sqlite; gold: what was judged.")],
    out: Annotated[Path, typer.Argument(help="The file to write; of gold, the folder.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> int:
    """Write a workspace's events for other tools, or its judged mentions as gold.

    detente export polecat events.tsv

    detente export sqlite caucasus.db

    detente export gold judged/
    """
    from ..reporting.exports import export as write
    from ..workspace import Workspace

    if format == "gold":
        from ..reporting.judged import write_gold

        judged = write_gold(out, Workspace.open(workspace))
        say(f"{judged} judged mentions written to {out}.")
        return 0 if judged else NOTHING_CODED
    rows = write(format, out, Workspace.open(workspace))
    say(f"{rows} events written to {out}.")
    return 0 if rows else NOTHING_CODED


@codebook_app.command("check")
def check(files: Annotated[list[Path], typer.Argument(help="Codebook files of your own.")]) -> int:
    """Say what is wrong in codebook files, with line numbers.

    detente codebook check water.yaml
    """
    from ..knowledge.codebook_check import check as check_files

    problems = check_files(files)
    for p in problems:
        print(f"{p.file}:{p.line}: {p.message} {p.hint}")
    if not problems:
        print("No problems.")
    return USAGE if problems else 0


@codebook_app.command("show")
def show_entry(what: Annotated[str, typer.Argument(help="An entry's id, a type, or a word.")], codebook: CodebookOption = None) -> int:
    """Show entries: by id, by type, or all that a word can trigger.

    detente codebook show arrest

    detente codebook show THREATEN
    """
    from ..knowledge import load_codebook

    book = load_codebook([str(p) for p in codebook or ()])
    key = what.lower()
    wanted = {e.id for e in book.entries.values() if e.id == key or e.type == what.upper()}
    wanted |= {t.entry.id for (_, lemma), triggers in book.triggers.items() if lemma == key for t in triggers}
    for id_ in sorted(wanted):
        e = book.entries[id_]
        print(f"{e.id}  {e.type}{'/' + e.mode if e.mode else ''}  CAMEO {e.cameo or '–'}  intensity {book.intensity(e.type, e.mode)}")
        for kind, words in e.words.items():
            if words:
                print(f"  {kind}: {', '.join(words)}")
    if not wanted:
        say(f"No entry has the id, the type or the word {what!r}.")
        return NOTHING_CODED
    return 0


@app.command()
def config(file: ConfigOption = None) -> int:
    """Print the commented default configuration, or with --config the whole configuration that results.

    detente config > mine.toml
    """
    from ..config import default_text

    print(default_text() if file is None else configuration(file).as_toml(), end="")
    return 0


@app.command()
def doctor(workspace: Annotated[Path | None, typer.Option("--workspace", "-w", help="Also check this workspace.")] = None) -> int:
    """Say what is installed, what is missing and how to mend it.

    detente doctor -w caucasus
    """
    from .checkup import checkup

    bad = 0
    for ok, what, detail in checkup(workspace):
        print(f"{'ok ' if ok else 'BAD'}  {what:<22} {detail}")
        bad += not ok
    return USAGE if bad else 0


@app.command()
def version() -> int:
    """Print the version."""
    from importlib.metadata import version as package_version

    print(package_version("detente"))
    return 0
