"""Writes docs/reference.md: the commands from their help, the error codes from their table, the records from their fields."""

import dataclasses
from pathlib import Path

import click
import typer.main

from detente import records
from detente.cli import app, asking, explaining, forecasting, judging, listings, measuring, reading, serving, supposing, tools, watching  # noqa: F401
from detente.errors import TABLE

lines = [
    "# Reference",
    "",
    "## Commands",
    "",
    "Results go to stdout, progress and messages to stderr. Exit codes: 0 done, 1 nothing coded, 2 usage, 3 some inputs refused.",
    "",
]
for name, command in sorted(typer.main.get_command(app).commands.items()):  # type: ignore[attr-defined]
    subcommands = dict(getattr(command, "commands", None) or {"": command})
    if getattr(command, "invoke_without_command", False):
        subcommands[""] = command
    for sub, one in sorted(subcommands.items()):
        usage = " ".join(filter(None, [name, sub, *(p.human_readable_name.upper() for p in one.params if isinstance(p, click.Argument))]))
        lines += [f"### `detente {usage}`", "", (one.help or "").strip().replace("\n\n    ", "\n\n    "), ""]
        options = [p for p in one.params if not isinstance(p, click.Argument) and p.name != "help"]
        lines += [f"- `{', '.join(p.opts)}` {getattr(p, 'help', None) or ''}".rstrip() for p in options]
        lines.append("")
lines += ["## Records", ""]
for kind in (
    "Document",
    "Mention",
    "Actor",
    "Source",
    "Place",
    "Event",
    "Claim",
    "Tie",
    "SeriesPoint",
    "Run",
    "Refusal",
    "Decision",
    "Judged",
):
    record = getattr(records, kind)
    lines += [
        f"**{kind}** – {(record.__doc__ or '').splitlines()[0]} Fields: "
        + ", ".join(f"`{f.name}`" for f in dataclasses.fields(record))
        + ".",
        "",
    ]
lines += ["## Error codes", "", "| code | what happened | what to do |", "|---|---|---|"]
lines += [f"| {code} | {what} | {todo} |" for code, (what, todo) in sorted(TABLE.items())]
(Path(__file__).parent.parent / "docs" / "reference.md").write_text("\n".join(lines) + "\n", "utf8")
