"""Commands that read: run, code, brief."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from .app import (
    DEFAULT_WORKSPACE,
    NOTHING_CODED,
    SOME_REFUSED,
    CodebookOption,
    ConfigOption,
    DirectoryOption,
    WorkspaceOption,
    app,
    configuration,
    dyad_of,
    say,
)
from .given import documents_given, say_refusal
from .progress import bar


@app.command()
def run(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders; folders are read with all below them.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    codebook: CodebookOption = None,
    directory: DirectoryOption = None,
    png: Annotated[bool, typer.Option("--png", help="Also write the charts as pictures.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read and code.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> int:
    """Read, code, merge and measure everything under PATHS; write the brief.

    What the workspace knows already is not read again.

        detente run reports/

        detente run reports/ feed.xml -w caucasus --png
    """
    sections: dict[str, Any] = {}
    if png:
        sections["reporting"] = {"png": True}
    if workers:
        sections["run"] = {"workers": workers}
    options = configuration(config, codebook, directory, **sections)
    from ..pipeline import run as run_pipeline
    from ..workspace import Workspace

    opened = Workspace.open(workspace, create=True)
    with bar(quiet) as report:
        outcome = run_pipeline(paths, opened, options, report)
    if outcome.nothing_new:
        say(f"Nothing new: all {outcome.run.known} files are in {workspace} already.")
        return 0
    page = _write_brief(opened, options)
    from .summary import summary

    print(summary(outcome, opened, options, page))
    if outcome.run.refused:
        return SOME_REFUSED
    return 0 if outcome.run.mentions or outcome.run.known else NOTHING_CODED


@app.command()
def brief(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    png: Annotated[bool, typer.Option("--png", help="The charts as PNG files beside it.")] = False,
    supposed: Annotated[str | None, typer.Option("--whatif", help="An assumption to answer in it, as for `detente whatif`.")] = None,
    watch: Annotated[str, typer.Option("--watch", help="The pair that --whatif watches: RUS,AZE.")] = "",
    horizon: Annotated[str, typer.Option("--horizon", help="How far ahead --whatif looks: 12w, 3m or 60d.")] = "12w",
) -> int:
    """Write the brief of a workspace again. Answers kept by `detente whatif --keep` stand in it.

    detente brief -w caucasus --png

    detente brief -w caucasus --whatif "AZE SUPPORT ARM on 2025-09-01" --watch RUS,AZE
    """
    sections: dict[str, Any] = {"reporting": {"png": True}} if png else {}
    options = configuration(config, **sections)
    from ..workspace import Workspace

    opened = Workspace.open(workspace)
    asked = []
    if supposed is not None:
        from ..errors import UsageError
        from ..scenarios import what_if
        from .supposing import weeks_of

        if not watch:
            raise UsageError("C02", what="--watch", wanted="given", hint="Say which pair is watched: --watch RUS,AZE.")
        asked = [what_if(opened, supposed, dyad_of(watch), weeks_of(horizon), config=options)]
    print(_write_brief(opened, options, asked))
    return 0


def _write_brief(workspace: Any, options: Any, asked: Sequence[Any] = ()) -> Path:
    from ..reporting import brief_data, write_brief

    return write_brief(workspace.folder, brief_data(workspace, options, asked), options.reporting)


@app.command()
def code(
    paths: Annotated[list[str], typer.Argument(help="Files and folders, or - for a text on standard input.")],
    published: Annotated[str | None, typer.Option(help="Date of the text, where it does not say.")] = None,
    config: ConfigOption = None,
    codebook: CodebookOption = None,
    directory: DirectoryOption = None,
) -> int:
    """Print the mentions of documents as JSON Lines; no workspace.

    detente code article.txt | jq .type

    echo "Baku expelled two Russian diplomats." | detente code -
    """
    from ..pipeline import code_documents
    from ..records import as_dict

    options = configuration(config, codebook, directory)
    documents = documents_given(paths, published, options)
    coded = refused = 0
    for mentions, refusal in code_documents(documents, options):
        for mention in mentions:
            print(json.dumps(as_dict(mention), ensure_ascii=False))
        coded += len(mentions)
        if refusal is not None:
            refused += 1
            say_refusal(refusal)
    if refused:
        return SOME_REFUSED
    return 0 if coded else NOTHING_CODED
