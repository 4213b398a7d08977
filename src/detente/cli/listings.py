"""Commands that list what a workspace holds: events, mentions, claims, stories, ties, actors, dyads, sql."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

import typer

from .app import (
    DEFAULT_WORKSPACE,
    ConfigOption,
    Format,
    FormatOption,
    LimitOption,
    OutputOption,
    WorkspaceOption,
    app,
    code_of,
    configuration,
    open_workspace,
    show,
)


def _code(name: str | None) -> str | None:
    """A state's name as its code."""
    return code_of(name) if name else name


ActorOption = Annotated[
    str | None, typer.Option("--actor", "-a", callback=_code, help="Who acts: a country's code or name, a directory id, or a name.")
]
RecipientOption = Annotated[str | None, typer.Option("--recipient", "-r", callback=_code, help="To whom.")]
TypeOption = Annotated[str | None, typer.Option("--type", "-t", help="A PLOVER type: ACCUSE, COERCE …")]
StatusOption = Annotated[str | None, typer.Option("--status", help="happened, claimed, denied, planned or hypothetical.")]
OutletOption = Annotated[str | None, typer.Option("--outlet", help="Told by this outlet.")]
PlaceOption = Annotated[str | None, typer.Option("--place", help="Happened there.")]
SinceOption = Annotated[str | None, typer.Option("--since", help="Not before this date.")]
UntilOption = Annotated[str | None, typer.Option("--until", help="Not after this date.")]


def _checked(type_: str | None, status: str | None) -> None:
    from ..errors import UsageError
    from ..records import STATUSES, TYPES

    if type_ and type_.upper() not in TYPES and ":" not in type_:
        raise UsageError("C02", what=type_, wanted="an event type", hint="Types are " + ", ".join(TYPES) + ".")
    if status and status not in STATUSES:
        raise UsageError("C02", what=status, wanted="a status", hint="Statuses are " + ", ".join(STATUSES) + ".")


@app.command()
def events(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    actor: ActorOption = None,
    recipient: RecipientOption = None,
    type: TypeOption = None,
    status: StatusOption = None,
    outlet: OutletOption = None,
    place: PlaceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    contested: Annotated[bool, typer.Option("--contested", help="Only contested events.")] = False,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List events.

    detente events --actor RUS --recipient AZE --format csv

    detente events --contested --since 2025-06-01
    """
    from ..reporting.tables import event_row
    from ..workspace import select

    _checked(type, status)
    opened = open_workspace(workspace)
    found = select(
        opened.events(),
        actor=actor,
        recipient=recipient,
        type=type,
        status=status,
        outlet=outlet,
        place=place,
        since=since,
        until=until,
        contested=contested,
    )
    told = {m.id: m for m in opened.mentions()} if any(e.disputed for e in found) else {}
    show([event_row(e, told) for e in found], format, output, limit)
    return 0


@app.command()
def mentions(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    actor: ActorOption = None,
    recipient: RecipientOption = None,
    type: TypeOption = None,
    status: StatusOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    event: Annotated[
        str | None, typer.Option("--event", "-e", help="Only those that tell this event: its id, as `detente events` lists it.")
    ] = None,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List mentions: each place where an event is told, with its sentence.

    detente mentions --type COERCE --format jsonl
    """
    from ..errors import UsageError
    from ..reporting.tables import mention_row
    from ..workspace import select

    _checked(type, status)
    opened = open_workspace(workspace)
    outlets = {d.id: d.outlet or "" for d in opened.documents()}
    told: list[Any] = opened.mentions()
    if event:
        of = next((e for e in opened.events() if e.id == event), None)
        if of is None:
            raise UsageError("C02", what=event, wanted="the id of an event here", hint="`detente events --format json` lists them.")
        told = [m for m in told if m.id in of.mentions]
    chosen: list[Any] = select(told, actor=actor, recipient=recipient, type=type, status=status, since=since, until=until)
    found: list[Any] = [m for m in chosen if not outlet or outlet.lower() in outlets.get(m.document, "").lower()]
    show([mention_row(m) for m in found], format, output, limit)
    return 0


@app.command()
def claims(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    speaker: Annotated[str | None, typer.Option("--speaker", "-s", help="Whose claims: a name, id or country code.")] = None,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List who says what.

    detente claims --speaker Peskov
    """
    from ..merging import claims_of
    from ..reporting.tables import claim_row

    opened = open_workspace(workspace)
    told = opened.mentions()
    sentence = {m.id: m.sentence for m in told}
    rows = [claim_row(c, sentence[c.mention]) for c in claims_of(told, opened.events())]
    if speaker:
        key = speaker.lower()
        rows = [r for r in rows if key in str(r["speaker"]).lower() or key == str(r["country"]).lower()]
    show(rows, format, output, limit)
    return 0


@app.command()
def stories(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    actor: Annotated[
        str | None, typer.Option("--actor", "-a", callback=_code, help="In whose events this country or directory id is.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="Still told on or after this date.")] = None,
    least: Annotated[int, typer.Option("--least", help="Of so many documents or more.")] = 2,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List running stories, the longest first: first and last day, documents, outlets, events, who acts in them.

    detente stories --since 2025-07-01

    detente stories --actor AZE --format json
    """
    from ..merging import running_stories
    from ..reporting.tables import story_row
    from .windows import day_given

    day_given(since, last=False)
    opened = open_workspace(workspace)
    found = [s for s in running_stories(opened.documents(), opened.events()) if len(s.documents) >= least]
    kept = [s for s in found if (not since or (s.last or "") >= since) and (not actor or actor.upper() in {a.upper() for a in s.actors})]
    show([story_row(s) for s in kept], format, output, limit)
    return 0


@app.command()
def ties(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    of: Annotated[
        str | None, typer.Option("--of", callback=_code, help="Ties of this actor: a country's code or name, an id or a name.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="That hold on this date.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="member_of, allied_with, part_of …")] = None,
    told: Annotated[bool, typer.Option("--told", help="Only ties told in documents, none from the directory.")] = False,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List lasting relations, from the documents and from the directory, with who says so.

    detente ties --of AZE --on 2025-07-01

    detente ties --told --kind agent_of
    """
    from ..errors import UsageError
    from ..merging.ties import ties_of
    from ..records import TIE_KINDS
    from ..reporting.tables import tie_row
    from .windows import day_given

    if kind and kind not in TIE_KINDS:
        raise UsageError("C02", what=kind, wanted="a kind of tie", hint="Kinds are " + ", ".join(TIE_KINDS) + ".")
    day_given(on, last=False)
    opened = open_workspace(workspace)
    published = {d.id: d.published for d in opened.documents()}
    found = ties_of(opened.ties(), of, on, kind, told, published)
    show([tie_row(t, published.get(t.document or "")) for t in found], format, output, limit)
    return 0


@app.command()
def actors(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List who acts and who is acted upon, with counts.

    detente actors --limit 20
    """
    acts: Counter[str] = Counter()
    undergoes: Counter[str] = Counter()
    names: dict[str, str] = {}
    for e in open_workspace(workspace).events():
        for a in e.actors:
            acts[a.code] += 1
            names.setdefault(a.code, a.name or a.text)
        for a in e.recipients:
            undergoes[a.code] += 1
            names.setdefault(a.code, a.name or a.text)
    everyone = sorted(names, key=lambda c: (-(acts[c] + undergoes[c]), c))
    show([{"actor": c, "as": names[c], "acts": acts[c], "is_acted_upon": undergoes[c]} for c in everyone], format, output, limit)
    return 0


@app.command()
def dyads(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """List pairs of actors, the most active first.

    detente dyads --limit 10
    """
    from ..measures import active_dyads
    from ..reporting.tables import dyad_row

    found = active_dyads(open_workspace(workspace).events(), configuration(config).measures)
    show([dyad_row(d) for d in found], format, output, limit)
    return 0


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="A SELECT over documents, mentions, events, ties, runs.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Ask in SQL, read-only.

    detente sql "select actor, recipient, count(*) n from events group by actor, recipient order by n desc"
    """
    from ..workspace import sql as ask

    opened = open_workspace(workspace)
    found = opened.sql(query) if hasattr(opened, "sql") else ask(opened, query)
    show(found.to_dicts(), format, output, None, tuple(found.columns))
    return 0
