"""Commands that judge: review, judge, decisions."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .app import (
    DEFAULT_WORKSPACE,
    ConfigOption,
    DirectoryOption,
    Format,
    FormatOption,
    LimitOption,
    OutputOption,
    WorkspaceOption,
    app,
    configuration,
    open_workspace,
    say,
    show,
)

WhoOption = Annotated[str | None, typer.Option("--who", help="Who decides; the account's name where none is given.", envvar="DETENTE_WHO")]
_USAGE = "Give MENTION accept, MENTION reject, MENTION correct FIELD=VALUE, merge EVENT EVENT, split EVENT MENTION, or undo DECISION."


@app.command()
def review(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    by_lot: Annotated[bool, typer.Option("--lot", help="All drawn by lot: the way to a precision soonest.")] = False,
    measured: Annotated[bool, typer.Option("--precision", help="How often the coder is right here, by what was judged.")] = False,
    limit: LimitOption = 20,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List the mentions to judge next: the doubtful ones that move most first, one in four drawn by lot.

    detente review --limit 5

    detente review --precision
    """
    from ..reporting.judged import precision_rows, precision_words, waiting_row
    from ..workspace import precision, queue

    opened = open_workspace(workspace)
    found = precision(opened)
    if measured:
        show(precision_rows(found), format, output, None)
        say(precision_words(found))
        return 0
    waiting = queue(opened, limit or 20, "lot" if by_lot else "both")
    told = {m.id: m for m in opened.mentions()}
    show([waiting_row(w, told[w.mention]) for w in waiting], format, output, None)
    say(precision_words(found))
    return 0


@app.command()
def judge(
    words: Annotated[list[str], typer.Argument(metavar="WHAT...", help=_USAGE)],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    note: Annotated[str | None, typer.Option("--note", help="Why; kept with the decision.")] = None,
    who: WhoOption = None,
    config: ConfigOption = None,
    directory: DirectoryOption = None,
) -> int:
    """Decide on a mention or on events; what follows is changed at once.

    A mention is accepted, rejected (it tells no such act) or corrected. Fields are type, mode, status, actors, recipients, sources, date,
    place; lists are separated by commas, an empty value takes a field out. Every decision is kept with who made it and when, and can be
    undone.

    detente judge 20250628-757aef73bb2a.000827 accept

    detente judge 20250628-757aef73bb2a.000827 correct type=COERCE actors=RUS recipients=AZE,ARM date=2025-06-27

    detente judge merge e20250627-6624ef9808 e20250628-0c5f2a9d11

    detente judge split e20250627-6624ef9808 20250628-757aef73bb2a.000827

    detente judge undo last
    """
    from ..pipeline import judging
    from ..reporting.judged import change_words

    options = configuration(config, None, directory)
    opened = open_workspace(workspace)
    head, *rest = words
    if head == "merge":
        verdict = judging.merge_events(opened, options, rest, who=who, note=note)
    elif head == "split":
        verdict = judging.split_event(opened, options, rest[0] if rest else "", rest[1:], who=who, note=note)
    elif head == "undo":
        verdict = judging.undo(opened, options, rest[0] if rest else "last", who=who, note=note)
    else:
        verdict = judging.judge(opened, options, head, _verdict(rest), _changes(rest[1:]), who=who, note=note)
    print(verdict.decision.id)
    for name in verdict.unknown:
        say(f"{name} is not in the directory: kept as a name.")
    for line in change_words(verdict.before, verdict.after):
        say(line)
    return 0


def _verdict(rest: list[str]) -> Any:
    from ..errors import UsageError

    known = ("accept", "reject", "correct")
    if not rest or rest[0] not in known or (rest[0] != "correct" and len(rest) > 1):
        raise UsageError("C02", what=repr(" ".join(rest)), wanted="a verdict", hint=_USAGE)
    return rest[0]


def _changes(rest: list[str]) -> dict[str, str]:
    from ..errors import UsageError

    pairs = [r.partition("=") for r in rest]
    for name, sign, _ in pairs:
        if not sign:
            raise UsageError("C02", what=repr(name), wanted="a correction", hint="Write FIELD=VALUE: type=COERCE, actors=RUS,AZE, place=.")
    return {name.strip(): value for name, _, value in pairs}


@app.command()
def decisions(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List what was decided, the latest first: who, when, what, and what it does now.

    A decision is in force; kept (the coder no longer tells the mention, it stays as judged); lost (it finds nothing to act on any more);
    overruled by a later one; or undone.

    detente decisions --format csv
    """
    from ..reporting.judged import decision_rows

    rows = decision_rows(open_workspace(workspace))
    show(rows, format, output, limit)
    lost = sum(r["state"] == "lost" for r in rows)
    if lost:
        say(f"{lost} find nothing to act on any more: their mentions are coded otherwise now.")
    return 0
