"""What comes next, how such forecasts did before, and what surprised: ``detente forecast …``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from .app import (
    DEFAULT_WORKSPACE,
    NOTHING_CODED,
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
from .windows import day_given

DyadOption = Annotated[
    str | None, typer.Option("--dyad", "-d", help="Two actors, in both directions: RUS,AZE; a name with a comma in double quotes.")
]
HorizonOption = Annotated[str, typer.Option("--horizon", help="How far ahead: 7d, 30d, or any number of days up to 90d.")]
TopOption = Annotated[int, typer.Option("--top", "-n", min=1, help="At most so many.")]
FromOption = Annotated[Path | None, typer.Option("--from", help="A file of events instead of a workspace: actor, type, recipient, day.")]

#: facts of a file from which on it is said that learning takes its time
_MANY = 100_000

forecast_app = typer.Typer(invoke_without_command=True)
app.add_typer(forecast_app, name="forecast")


@forecast_app.callback()
def forecast(
    context: typer.Context,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    dyad: DyadOption = None,
    horizon: HorizonOption = "7d",
    top: TopOption = 20,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Answer as on this day, then show what happened.")] = None,
    source: FromOption = None,
    config: ConfigOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Rank the acts that may come in the next days by their probability, with reasons and the events behind them.

    detente forecast --dyad RUS,AZE --horizon 30d

    detente forecast --as-of 2025-06-26 --format json

    detente forecast --from events.tsv

    As JSON it is one object: as_of, horizon, expected, backtest and notes.
    """
    from ..reporting.forecast_rows import expected_row, expected_table
    from ..reporting.forecast_words import COMPARED

    if context.invoked_subcommand is not None:
        _nothing_before(context)
        return 0
    days, day = _days(horizon), day_given(as_of, last=True)
    found = _expectations(context, workspace, source, config, days, day)
    outlook = found.outlook(dyad_of(dyad, found.history.actors) if dyad else None, top)
    known = as_of is not None
    notes = list(outlook.notes)
    if day is not None and day.isoformat() > outlook.as_of:
        notes.insert(0, f"Nothing was read after {outlook.as_of}; that day is taken for {day}.")
    if outlook.expected:
        notes.append(COMPARED.format(base="base_rate" if format in (Format.json, Format.jsonl) else "“base”"))
    if known and day is not None and source is None:
        notes.append("An event counts from the day on which a document first told it as done.")
    end = outlook.expected[0].end if outlook.expected else ""
    say(f"What may come from {outlook.expected[0].start if outlook.expected else ''} to {end}, by what was known on {outlook.as_of}.")
    say(f"Back-test: {outlook.backtest.verdict}")
    for note in notes:
        say(f"Note: {note}")
    if format is Format.table:
        show([expected_table(e, known) for e in outlook.expected], format, output, None)
    elif format is Format.json:
        _write({**outlook.as_dict(), "notes": notes}, output)
    elif format is Format.jsonl:
        show([e.as_dict() for e in outlook.expected], format, output, None)
    else:
        show([expected_row(e, known) for e in outlook.expected], format, output, None)
    return 0 if outlook.expected else NOTHING_CODED


@forecast_app.command()
def backtest(
    context: typer.Context,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    horizon: HorizonOption = "7d",
    source: FromOption = None,
    config: ConfigOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Say how forecasts of this history would have done, month by month, beside four that cost nothing.

    The table shows Brier scores times 1,000; smaller is better. As JSON it is one object: as_of, horizon, backtest and notes.

    detente forecast backtest --horizon 30d
    """
    from ..reporting.forecast_rows import backtest_rows, backtest_table, calibration_rows

    fitted = _expectations(context, workspace, source, config, _days(horizon), None)
    found = fitted.backtest()
    if format is Format.table:
        if found.months:
            show(backtest_table(found), format, output, None)
            if output is None:
                print()
                show(calibration_rows(found), format, None, None)
    elif format is Format.json:
        _write(_record(fitted), output)
    elif format is Format.jsonl:
        show([found.as_dict()], format, output, None)
    else:
        show(backtest_rows(found), format, output, None)
    say(found.verdict)
    return 0 if found.months else NOTHING_CODED


@forecast_app.command()
def surprises(
    context: typer.Context,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    dyad: DyadOption = None,
    top: TopOption = 20,
    source: FromOption = None,
    config: ConfigOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List what was given little probability for its week and happened, the most telling first.

    As JSON it is one object: as_of, horizon, surprises, backtest and notes.

    detente forecast surprises --dyad RUS,AZE
    """
    from ..reporting.forecast_rows import surprise_row, surprise_table

    fitted = _expectations(context, workspace, source, config, 7, None)
    found = fitted.surprises(dyad_of(dyad, fitted.history.actors) if dyad else None, top)
    as_row = surprise_table if format is Format.table else surprise_row
    tested = fitted.backtest()
    if format is Format.json:
        _write(_record(fitted, surprises=[x.as_dict() for x in found]), output)
    if not tested.months:
        say(f"Nothing can surprise yet: no week was forecast. {tested.verdict}")
        return NOTHING_CODED
    if format is not Format.json:
        show([x.as_dict() if format is Format.jsonl else as_row(x) for x in found], format, output, None)
    say(f"Back-test: {tested.verdict}")
    return 0 if found else NOTHING_CODED


def _record(fitted: Any, **listed: list[dict[str, Any]]) -> dict[str, Any]:
    """What a forecast's record holds beside what is ``listed``, under the same names as in :class:`~detente.forecasting.Outlook`."""
    outlook = fitted.outlook(None, 1).as_dict()
    return {k: outlook[k] for k in ("as_of", "horizon")} | listed | {k: outlook[k] for k in ("backtest", "notes")}


def _write(record: dict[str, Any], path: Path | None) -> None:
    """One record as JSON."""
    with output(path) as stream:
        stream.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def _nothing_before(context: typer.Context) -> None:
    """Options before a subcommand are not its own; they are refused rather than ignored."""
    from ..errors import UsageError

    sources = ((p.opts[0], context.get_parameter_source(p.name)) for p in context.command.params if p.name)
    given = [option for option, s in sources if s is not None and s.name == "COMMANDLINE"]
    if given:
        wanted = f"an option before `{context.invoked_subcommand}`"
        raise UsageError("C02", what=", ".join(given), wanted=wanted, hint="Give options after the subcommand.")


def _days(text: str) -> int:
    from ..errors import UsageError

    found = re.fullmatch(r"(\d{1,2})\s*d(ays)?", text.strip())
    if found is None or not 1 <= int(found[1]) <= 90:
        raise UsageError("C02", what=text, wanted="a horizon", hint="Give 7d or 30d, or another number of days up to 90d.")
    return int(found[1])


def _expectations(context: typer.Context, workspace: Path, source: Path | None, config: Path | None, horizon: int, as_of: Any) -> Any:
    from ..forecasting import Expectations, expectations_of, read_quadruples
    from ..workspace import Workspace

    options = configuration(config)
    if source is not None:
        given = context.get_parameter_source("workspace")
        if given is not None and given.name == "COMMANDLINE":
            say("Note: the file given with --from is answered from; the workspace given with -w is not looked at.")
        history = read_quadruples(source)
        if len(history) > _MANY:
            say(f"Learning from {len(history):,} facts, which takes a minute or more.")
        return Expectations.fit(history, horizon, options.forecasting, as_of)
    return expectations_of(Workspace.open(workspace), options, horizon, as_of)
