"""What if: ``detente whatif …``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from .app import (
    DEFAULT_WORKSPACE,
    ConfigOption,
    Format,
    FormatOption,
    OutputOption,
    WorkspaceOption,
    app,
    configuration,
    dyad_of,
    output,
    say,
    show,
)

_WEEKS = {"w": 1.0, "m": 52 / 12, "d": 1 / 7}


@app.command("whatif")
def whatif(
    assumption: Annotated[
        str | None, typer.Argument(help="What is assumed: “AZE SUPPORT ARM on 2025-09-01”. Join several with “;”.")
    ] = None,
    watch: Annotated[str, typer.Option("--watch", help="The pair that is watched: RUS,AZE (and the influence of the first).")] = "",
    horizon: Annotated[str, typer.Option("--horizon", help="How far ahead: 12w, 3m or 60d.")] = "12w",
    file: Annotated[Path | None, typer.Option("--file", help="A file of assumptions, one a line.")] = None,
    method: Annotated[list[str] | None, typer.Option("--method", help="Only this method; may be given again.")] = None,
    positions: Annotated[
        Path | None, typer.Option("--positions", help="Who stands where on the matter (CSV or TOML), for bargaining.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Of what is drawn by chance; the configuration's where none is given.")] = None,
    futures: Annotated[int, typer.Option("--futures", min=50, max=5000, help="Futures that each method draws.")] = 500,
    chart: Annotated[Path | None, typer.Option("--chart", help="Draw it: a file ending in .png, .svg or .json (Vega-Lite).")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the answer with the workspace: its brief shows it.")] = False,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    format: FormatOption = Format.table,
    output_: OutputOption = None,
) -> int:
    """What an assumption would change between two actors: paths with and without it, the difference, and how sure that is.

    An assumption is an act that comes (AZE SUPPORT ARM mode=sign on 2025-09-01), an act taken out (without EVENT, or without RUS COERCE AZE
    on 2025-06-27), or a course that is kept (RUS→AZE cooperative at +2 for 8 weeks).

    detente whatif "AZE SUPPORT ARM mode=sign on 2025-09-01" --watch RUS,AZE --horizon 12w

    detente whatif "RUS→AZE cooperative at +2 for 8 weeks" --watch RUS,AZE --chart whatif.png
    """
    from ..errors import UsageError
    from ..scenarios import parse_file, what_if
    from ..scenarios.whatif import known_to
    from ..workspace import Workspace

    if (assumption is None) == (file is None):
        raise UsageError("C02", what="what is given", wanted="one assumption", hint="Give a text, or a file with --file.")
    if not watch:
        raise UsageError("C02", what="--watch", wanted="given", hint="Say which pair is watched: --watch RUS,AZE.")
    pair, weeks = dyad_of(watch), weeks_of(horizon)
    opened = Workspace.open(workspace)
    options = configuration(config)
    meant = assumption if file is None else parse_file(file, *known_to(opened, options))
    found = what_if(
        opened,
        meant or "",
        pair,
        weeks,
        config=options,
        seed=seed,
        draws=futures,
        methods=method,
        positions=positions,
        progress=_progress(),
    )
    from ..reporting.supposed import path_rows, report

    if format is Format.json:
        with output(output_) as stream:
            stream.write(json.dumps(found.as_dict(), ensure_ascii=False, indent=1) + "\n")
    elif format is Format.table:
        with output(output_) as stream:
            stream.write(report(found))
    else:
        show(path_rows(found), format, output_, None)
    if keep:
        from ..scenarios.keeping import keep as keep_answer

        say(f"Kept: {keep_answer(opened.folder, found)}")
    if chart is not None:
        from ..reporting.charts import scenario_chart, write_chart

        write_chart(scenario_chart(found), chart)
        say(f"Chart: {chart}")
    return 0


def weeks_of(text: str) -> int:
    """A horizon in weeks. Raises :class:`~detente.errors.UsageError` (C02)."""
    from ..errors import UsageError

    told = re.fullmatch(r"(\d+)\s*([wmd]?)\w*", text.strip().lower())
    weeks = round(int(told[1]) * _WEEKS[told[2] or "w"]) if told else 0
    if not 1 <= weeks <= 52:
        raise UsageError("C02", what=repr(text), wanted="a horizon", hint="Give 1 to 52 weeks: 12w, 3m or 60d.")
    return weeks


def _progress() -> Callable[[str, float], None]:
    """What is being done, on stderr: one line that is written over; stages alone where stderr is no terminal."""
    live = sys.stderr.isatty()
    last = ""

    def told(stage: str, done: float) -> None:
        nonlocal last
        if live:
            print(f"\r\033[K{done:4.0%}  {stage}", end="" if done < 1 else "\n", file=sys.stderr, flush=True)
        elif stage != last:
            print(f"{done:4.0%}  {stage}", file=sys.stderr)
        last = stage

    return told
