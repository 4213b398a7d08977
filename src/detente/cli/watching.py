"""The command that keeps the watch list."""

from __future__ import annotations

from typing import Annotated

import typer

from .app import (
    DEFAULT_WORKSPACE,
    ConfigOption,
    DirectoryOption,
    Format,
    FormatOption,
    OutputOption,
    WorkspaceOption,
    app,
    configuration,
    open_workspace,
    show,
)
from .judging import WhoOption


@app.command()
def watch(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[WHAT]...", help="Actors (IRN, 'Dmitry Peskov') and pairs (RUS,AZE).")
    ] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    stop: Annotated[bool, typer.Option("--stop", help="Take them off the list.")] = False,
    history: Annotated[bool, typer.Option("--history", help="Every change of the list, with who made it and when.")] = False,
    note: Annotated[str | None, typer.Option("--note", help="Why; kept with the change.")] = None,
    who: WhoOption = None,
    config: ConfigOption = None,
    directory: DirectoryOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Watch actors and pairs: the workbench's first page shows what is new of them. Without WHAT, list who is watched.

    detente watch RUS,AZE "Dmitry Peskov"

    detente watch --stop RUS,AZE
    """
    from .. import pipeline
    from ..records import as_dict
    from ..workspace.watchlist import watched

    options = configuration(config, None, directory)
    opened = open_workspace(workspace)
    for one in what or ():
        pipeline.watch(opened, options, one, stop=stop, who=who, note=note)
    rows = opened.watches()
    show(
        [{k: v for k, v in as_dict(w).items() if history or k != "watched"} for w in (rows if history else watched(rows))],
        format,
        output,
        None,
    )
    return 0
