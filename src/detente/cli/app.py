"""The commands. Each parses its arguments and calls the same functions as Python users do; nothing is computed here."""

from __future__ import annotations

import re
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated, Any

import typer

DONE, NOTHING_CODED, USAGE, SOME_REFUSED = 0, 1, 2, 3
DEFAULT_WORKSPACE = Path("detente-workspace")

app = typer.Typer(
    name="detente",
    help="From reports to the system they describe: who does what to whom, who says so, and how it changes.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a listing is written."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    parquet = "parquet"


WorkspaceOption = Annotated[Path, typer.Option("--workspace", "-w", help="The workspace folder.", envvar="DETENTE_WORKSPACE")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="table, csv, json, jsonl or parquet.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.")]
LimitOption = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many rows.")]
ConfigOption = Annotated[Path | None, typer.Option("--config", help="A TOML file laid over the default configuration.")]
CodebookOption = Annotated[list[Path] | None, typer.Option("--codebook", help="Your own codebook file; may be given again.")]
DirectoryOption = Annotated[list[Path] | None, typer.Option("--directory", help="Your own directory file; may be given again.")]


#: commands that a workbench answers, given ``--server``
SERVED = frozenset({"events", "mentions", "claims", "ties", "actors", "dyads", "measure", "sql"})
_SERVER: dict[str, str | None] = {"url": None, "token": None}


@app.callback()
def whole(
    context: typer.Context,
    server: Annotated[
        str | None,
        typer.Option("--server", metavar="URL", envvar="DETENTE_SERVER", help="Ask a running workbench instead of a folder."),
    ] = None,
    token: Annotated[str | None, typer.Option("--token", envvar="DETENTE_TOKEN", help="The token that the workbench asks for.")] = None,
) -> None:
    """From reports to the system they describe: who does what to whom, who says so, and how it changes."""
    from ..errors import UsageError

    _SERVER.update(url=server, token=token)
    if server and context.invoked_subcommand not in SERVED:
        known = f"a workbench answers {', '.join(sorted(SERVED))}."
        raise UsageError("H25", what=str(context.invoked_subcommand), known=known)


def open_workspace(path: Path) -> Any:
    """The workspace of a folder, or the one that the workbench given with ``--server`` serves."""
    if _SERVER["url"]:
        from ..web.client import ServedWorkspace

        return ServedWorkspace(_SERVER["url"], _SERVER["token"])
    from ..workspace import Workspace

    return Workspace.open(path)


def _server_first(given: list[str]) -> list[str]:
    """The arguments with ``--server URL`` (and then ``--token``) before the command, wherever they stood."""
    if not any(a == "--server" or a.startswith("--server=") for a in given):
        return given
    first: list[str] = []
    rest: list[str] = []
    arguments = iter(given)
    for a in arguments:
        name, sign, _ = a.partition("=")
        if name in ("--server", "--token"):
            first += [a] if sign else [a, *([value] if (value := next(arguments, None)) is not None else [])]
        else:
            rest.append(a)
    return [*first, *rest]


def say(text: str) -> None:
    """A message: to stderr, so that stdout holds results alone."""
    print(text, file=sys.stderr)


def configuration(config: Path | None, codebook: list[Path] | None = None, directory: list[Path] | None = None, **sections: Any) -> Any:
    """The configuration of a call: default, the user's file, then the flags."""
    from ..config import load_config

    knowledge: dict[str, Any] = {}
    if codebook:
        knowledge["codebook"] = [str(p) for p in codebook]
    if directory:
        knowledge["directory"] = [str(p) for p in directory]
    return load_config(config, **({"knowledge": knowledge} if knowledge else {}), **sections)


@contextmanager
def output(path: Path | None) -> Iterator[IO[str]]:
    """The file asked for, or the screen."""
    from ..errors import UsageError

    if path is None:
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf8", newline="") as stream:
            yield stream
    except OSError as fault:
        raise UsageError("R02", path=path, why=fault) from None


def show(rows: list[dict[str, Any]], format: Format, path: Path | None, limit: int | None, columns: tuple[str, ...] = ()) -> None:
    """Writes a listing; on screen a note says how many rows were left out."""
    from ..reporting.tables import write_rows

    cut = rows[:limit] if limit else rows
    with output(path) as stream:
        write_rows(cut, format.value, stream, columns)
    if format is Format.table and len(cut) < len(rows):
        say(f"{len(rows) - len(cut)} more; --limit {len(rows)} shows all.")
    if not rows:
        say("Nothing matches.")


#: one name of a dyad: in double quotes, or up to the next comma or arrow
_NAMED = re.compile(r'"((?:[^"]|"")+)"|([^",→>]+)')


def dyad_of(text: str, known: Container[str] = ()) -> tuple[str, str]:
    """'RUS,AZE' as a pair. A name in double quotes is taken as it is written, commas and all ('"Police, Chad",RUS'), and so is one that is
    ``known``; others as :func:`code_of`. Raises :class:`~detente.errors.UsageError` (C02).
    """
    from ..errors import UsageError

    parts = [(quoted.replace('""', '"'), plain.strip()) for quoted, plain in _NAMED.findall(text) if quoted or plain.strip(" -")]
    if len(parts) != 2:
        hint = "Give two actors: RUS,AZE, a name with a comma in double quotes. `detente dyads` lists those there are."
        raise UsageError("C02", what=repr(text), wanted="a dyad", hint=hint)
    a, b = (quoted or (plain if plain in known else code_of(plain)) for quoted, plain in parts)
    if a == b:
        raise UsageError("C02", what=repr(text), wanted="a dyad", hint=f"Both are {a}: give two different actors.")
    return a, b


def code_of(name: str) -> str:
    """An actor as it is counted: a state told by its name by its code ('Russia', 'rus' are RUS); any other as it was given."""
    if len(name) == 3 and name.isupper():
        return name
    from ..knowledge import load_directory

    entries, wanted = load_directory().entries, name.casefold()
    if len(name) == 3 and name.upper() in entries:
        return name.upper()
    states = (e for e in entries.values() if e.kind in ("state", "territory"))
    return next((e.id for e in states if wanted in {n.casefold() for n in e.names}), name)


def main(arguments: list[str] | None = None) -> None:
    """Entry of the ``detente`` command: no traceback ever reaches a user who did not ask for one."""
    from . import (  # noqa: F401
        asking,
        explaining,
        forecasting,
        judging,
        listings,
        measuring,
        reading,
        serving,
        supposing,
        tools,
        watching,
    )

    given = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in given
    given = _server_first([a for a in given if a != "--debug"])
    from ..errors import DetenteError, ForecastError, MeasureError, UsageError

    try:
        result = app(args=given, standalone_mode=False, prog_name="detente")
        code = result if isinstance(result, int) else DONE
    except UsageError as fault:
        say(f"detente: {fault}")
        code = USAGE
    except (MeasureError, ForecastError) as fault:
        say(f"detente: {fault}")
        code = NOTHING_CODED
    except DetenteError as fault:
        if debug:
            raise
        say(f"detente: {fault}")
        code = USAGE
    except KeyboardInterrupt:
        say("detente: stopped; what was committed stays.")
        code = 130
    except BrokenPipeError:
        sys.stderr.close()
        code = DONE
    except Exception as fault:
        code = _last_resort(fault, debug)
    sys.exit(code)


def _last_resort(fault: Exception, debug: bool) -> int:
    from ..errors import DetenteError

    show_fault = getattr(fault, "show", None)
    if show_fault is not None:  # usage errors of the command-line library
        show_fault()
        return USAGE
    if type(fault).__name__ in ("Exit", "Abort"):
        return int(getattr(fault, "exit_code", 1))
    if debug:
        raise fault
    say(f"detente: {DetenteError('C03', why=f'{type(fault).__name__}: {fault}')}")
    return 70
