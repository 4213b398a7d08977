"""The measures of a dyad, of influence and of positions: ``detente measure …``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from .app import (
    DEFAULT_WORKSPACE,
    NOTHING_CODED,
    ConfigOption,
    Format,
    FormatOption,
    LimitOption,
    OutputOption,
    WorkspaceOption,
    app,
    code_of,
    configuration,
    dyad_of,
    open_workspace,
    say,
    show,
)
from .windows import day_given, pair_of, period_of

DyadArgument = Annotated[str, typer.Argument(help="Two actors: RUS,AZE, or their names.")]
SideArgument = Annotated[str, typer.Argument(help="Two actors: RUS,AZE, or their names. One alone, RUS, is taken with all others.")]
ByOption = Annotated[str, typer.Option("--by", help="day, week or month.")]
FromOption = Annotated[str | None, typer.Option("--from", "--since", help="Not before this date: YYYY, YYYY-MM or YYYY-MM-DD.")]
ToOption = Annotated[str | None, typer.Option("--to", "--until", help="Not after this date.")]
IntensityOption = Annotated[Path | None, typer.Option("--intensity", help="Your own values of types and modes, a YAML file.")]
ChartOption = Annotated[Path | None, typer.Option("--chart", help="Draw it: a file ending in .png, .svg or .json (Vega-Lite).")]


class _Measures(TyperGroup):
    """``detente measure RUS,AZE`` is ``detente measure series RUS,AZE``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["series", *args]
        return super().parse_args(ctx, args)


measure_app = typer.Typer(
    cls=_Measures,
    help="Series, tension, reciprocity, initiative, volatility, turning points, influence, positions. Without a name: the series.",
    no_args_is_help=True,
)
app.add_typer(measure_app, name="measure")


class _Given:
    """What a measure is taken from: acts, reading, options and window of one call."""

    def __init__(self, workspace: Path, config: Path | None, intensity: Path | None, since: str | None, until: str | None) -> None:
        from ..measures import acts, reading, rescored

        sections: dict[str, Any] = {"measures": {"intensity": str(intensity)}} if intensity else {}
        self.options = configuration(config, **sections).measures
        self.workspace = open_workspace(workspace)
        self.events = self.workspace.frame("events")
        self.acts = rescored(acts(self.events), self.options.intensity)
        self.read = reading(self.workspace.documents_frame())
        self.since, self.until = day_given(since, last=False), day_given(until, last=True)

    def notes(self, dyad: tuple[str, str], remembers: bool = False) -> None:
        """Says what is left out; raises where nothing can be said."""
        from ..measures import require

        for note in require(self.acts, self.read, dyad, self.options, self.since, self.until, remembers):
            say(f"Note: {note}")

    def records(self, ids: Any) -> list[Any]:
        """The events of some ids, as records."""
        from ..records import Event
        from ..workspace.schemas import records

        return records(Event, self.events.filter(self.events["id"].is_in(list(ids))).iter_rows(named=True))

    def named(self, ids: Any, between: Any = (), most: int = 3) -> str:
        """Events in a few words, for a listing: as acts of the actors ``between`` whom they are looked at."""
        shown = self.acts.filter(self.acts["event"].is_in(list(ids)[:most]))
        of_them = shown["actor"].is_in(list(between)).cast(int) + shown["recipient"].is_in(list(between)).cast(int)
        rows = (
            shown.with_columns(rank=-of_them)
            .sort("rank", maintain_order=True)
            .unique("event", keep="first", maintain_order=True)
            .sort("date")
        )
        told = [f"{r['date']} {r['actor']} {r['type']} {r['recipient']}" for r in rows.iter_rows(named=True)]
        return "; ".join(told) + (f" and {len(ids) - most} more" if len(ids) > most else "")


def _titled(pair: tuple[str, str]) -> str:
    from ..measures import ANYONE

    return "Tension of " + " and ".join("all others" if who == ANYONE else who for who in pair)


def _draw(path: Path | None, make: Any) -> None:
    if path is not None:
        from ..reporting.charts import write_chart

        write_chart(make(), path)
        say(f"Chart: {path}")


@measure_app.command("series")
def series_of(
    dyad: Annotated[str, typer.Argument(help="Two actors: RUS,AZE (what the first did to the second).")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    by: ByOption = "week",
    since: FromOption = None,
    until: ToOption = None,
    intensity: IntensityOption = None,
    chart: ChartOption = None,
    config: ConfigOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """The series of a dyad: what the first did to the second, with a small chart. `detente measure RUS,AZE` is the same.

    detente measure RUS,AZE --by month

    detente measure RUS,AZE --from 2025-06 --format csv
    """
    from ..measures import series, tension, turns
    from ..reporting.charts import tension_chart
    from ..reporting.tables import series_row
    from ..reporting.textchart import spark

    pair, period = dyad_of(dyad), period_of(by)
    given = _Given(workspace, config, intensity, since, until)
    given.notes(pair)
    points = series(given.acts, given.read, pair, period, given.options, given.since, given.until)
    rows = [series_row(p) for p in points]
    if format is Format.table:
        rows = [r for r in rows if r["events"]]
    show(rows, format, output, None)
    levels = tension(given.acts, given.read, pair, given.options, "day", given.since, given.until)
    told = given.records({i for p in levels for i in p.events})
    found = turns(levels, told)
    if format is Format.table and output is None and levels:
        print(f"\ntension {pair[0]}–{pair[1]}  {spark([p.value for p in levels])}  {levels[0].day} … {levels[-1].day}")
        by_id = {e.id: e for e in told}
        for turn in found:
            e = by_id[turn.event]
            sides = " → ".join(" ".join(a.code for a in side) for side in (e.actors, e.recipients) if side)
            print(f"  {turn.day}  {turn.change:+.2f}  {e.type} {sides} ({e.label})")
    _draw(chart, lambda: tension_chart(levels, found, {}, title=_titled(pair)))
    return 0


@measure_app.command("tension")
def tension_of(
    dyad: SideArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    by: ByOption = "week",
    since: FromOption = None,
    until: ToOption = None,
    on: Annotated[str | None, typer.Option("--on", help="List the events that make up tension on this day instead.")] = None,
    intensity: IntensityOption = None,
    chart: ChartOption = None,
    config: ConfigOption = None,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Tension between two actors, 0 calm … 10 the most hostile, with an 80% band; empty where nothing of them was read.

    detente measure tension RUS,AZE --by week --from 2024-12-01 --chart out.png

    detente measure tension RUS,AZE --on 2025-07-01
    """
    from ..measures import pulls, tension
    from ..reporting.charts import tension_chart
    from ..reporting.measured import level_in_words, pull_row, tension_notes, tension_row

    pair, period = pair_of(dyad), period_of(by)
    day = day_given(on, last=False)
    given = _Given(workspace, config, intensity, since, on or until)
    given.notes(pair, remembers=True)
    if day is not None:
        level = tension(given.acts, given.read, pair, given.options, "day", day, day)
        say(f"Note: {level_in_words(day.isoformat(), level)}")
        show([pull_row(p) for p in pulls(given.acts, given.read, pair, given.options, day)], format, output, limit)
        return 0
    points = tension(given.acts, given.read, pair, given.options, period, given.since, given.until)
    show(
        [tension_row(p, given.named(p.events, pair) if format is Format.table else " ".join(p.events)) for p in points],
        format,
        output,
        limit,
    )
    for note in tension_notes(points, period):
        say(f"Note: {note}")
    _draw(chart, lambda: tension_chart(points, (), {}, title=_titled(pair)))
    return 0


@measure_app.command("reciprocity")
def reciprocity_of(
    dyad: DyadArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    since: FromOption = None,
    until: ToOption = None,
    intensity: IntensityOption = None,
    config: ConfigOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Does one answer the other in kind, how fast, how strongly; beside what chance would give.

    detente measure reciprocity RUS,AZE
    """
    from ..measures import reciprocity
    from ..reporting.measured import plain_row

    pair = dyad_of(dyad)
    given = _Given(workspace, config, intensity, since, until)
    given.notes(pair)
    show([plain_row(r) for r in reciprocity(given.acts, pair, given.options, given.since, given.until)], format, output, None)
    return 0


@measure_app.command("initiative")
def initiative_of(
    dyad: DyadArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    since: FromOption = None,
    until: ToOption = None,
    intensity: IntensityOption = None,
    config: ConfigOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Who starts: which side begins spells of hostile and of cooperative acts.

    detente measure initiative RUS,AZE
    """
    from ..measures import initiative
    from ..reporting.measured import plain_row

    pair = dyad_of(dyad)
    given = _Given(workspace, config, intensity, since, until)
    given.notes(pair)
    show([plain_row(r) for r in initiative(given.acts, pair, given.options, given.since, given.until)], format, output, None)
    return 0


@measure_app.command("volatility")
def volatility_of(
    dyad: SideArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    since: FromOption = None,
    until: ToOption = None,
    intensity: IntensityOption = None,
    config: ConfigOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """How much the relation swings from week to week, by month, in points of tension.

    detente measure volatility RUS,AZE
    """
    from ..measures import volatility
    from ..reporting.measured import plain_row

    pair = pair_of(dyad)
    given = _Given(workspace, config, intensity, since, until)
    given.notes(pair)
    show([plain_row(r) for r in volatility(given.acts, given.read, pair, given.options, given.since, given.until)], format, output, None)
    return 0


@measure_app.command("turning-points")
def turning_points_of(
    dyad: SideArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    since: FromOption = None,
    until: ToOption = None,
    intensity: IntensityOption = None,
    chart: ChartOption = None,
    config: ConfigOption = None,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Days on which the dealings of two actors change level, the change, and the events that made it.

    detente measure turning-points RUS,AZE --chart turns.svg
    """
    from ..measures import tension, turning_points
    from ..reporting.charts import turning_chart
    from ..reporting.measured import turning_notes, turning_row

    pair = pair_of(dyad)
    given = _Given(workspace, config, intensity, since, until)
    given.notes(pair)
    found = turning_points(given.acts, given.read, pair, given.options, given.since, given.until)
    rows = [turning_row(t, given.named(t.events, pair) if format is Format.table else " ".join(t.events)) for t in found]
    show(rows, format, output, limit)
    for note in turning_notes(found):
        say(f"Note: {note}")
    levels = tension(given.acts, given.read, pair, given.options, "day", given.since, given.until)
    _draw(chart, lambda: turning_chart(levels, found))
    return 0


@measure_app.command("influence")
def influence_of(
    actor: Annotated[str, typer.Argument(help="Whose influence: RUS.")],
    members: Annotated[str, typer.Option("--in", "--on", help="On whom: one actor, or several as a set: AZE,ARM,GEO.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    by: ByOption = "month",
    since: FromOption = None,
    until: ToOption = None,
    intensity: IntensityOption = None,
    chart: ChartOption = None,
    config: ConfigOption = None,
    directory: Annotated[list[Path] | None, typer.Option("--directory", help="Your own directory file; may be given again.")] = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Influence of an actor on others: response, dependence and share, apart and together, by period, with bands and trend.

    detente measure influence RUS --in AZE,ARM,GEO

    detente measure influence RUS --in AZE --chart influence.png
    """
    from ..errors import UsageError
    from ..knowledge import load_directory
    from ..measures import extent, influence, require_actor, require_window, told_of, undated_of
    from ..merging.ties import directory_ties
    from ..reporting.charts import influence_chart
    from ..reporting.influence_words import explanation
    from ..reporting.measured import influence_rows

    who, period = code_of(actor), period_of(by)
    among = [m for m in (code_of(p.strip()) for p in re.split("[,;]", members) if p.strip()) if m != who]
    if not among:
        raise UsageError("C02", what=repr(members), wanted="a set of others", hint=f"Name those whom {who} may influence: --in AZE,ARM.")
    given = _Given(workspace, config, intensity, since, until)
    require_window(given.read, given.since, given.until)
    require_actor(given.acts, given.read, who)
    missing = [code for code in among if not told_of(given.acts, code)]
    known = load_directory([str(p) for p in directory or configuration(config).knowledge.directory])
    require_actor(given.acts, given.read, *(c for c in missing if c not in known.entries or len(missing) == len(among)))
    for code in missing:
        say(f"Note: no act is told of {code}: only its ties count.")
    ties = [*given.workspace.ties(), *directory_ties(known)]
    found = influence(given.acts, ties, who, among, given.options, period, given.since, given.until)
    if found is None:
        undated = undated_of(given.acts, among)
        left = f"; {undated} told without a day {'is' if undated == 1 else 'are'} left out" if undated else ""
        say(f"Nothing with a day is told of {', '.join(among)} in this window ({extent(given.read)}{left}).")
        return NOTHING_CODED
    show(influence_rows(found, every=format is not Format.table), format, output, None)
    if format is Format.table and output is None:
        print(f"\n{explanation(found, lambda ids: given.named(ids, (who, *among)))}")
    _draw(chart, lambda: influence_chart(found))
    return 0


@measure_app.command("positions")
def positions_of(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    actor: Annotated[str | None, typer.Option("--actor", "-a", help="Only matters on which this actor takes a stance.")] = None,
    config: ConfigOption = None,
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """Who supports, opposes, asserts or denies what: actors and the matters on which they differ.

    detente measure positions --limit 20

    detente measure positions --actor RUS --format csv
    """
    from ..measures import positions
    from ..reporting.measured import position_rows, position_table

    opened = open_workspace(workspace)
    events = opened.events()
    documents = opened.documents()
    published, outlets = {d.id: d.published for d in documents}, {d.id: d.outlet for d in documents}
    mentions = opened.mentions()
    found = positions(events, mentions, configuration(config).measures, published, outlets)
    if actor:
        key = code_of(actor).lower()
        kept = {p.matter for p in found if p.actor.lower() == key}
        found = [p for p in found if p.matter in kept]
        if not kept and events:
            from ..errors import MeasureError
            from ..measures import acts, reading, require_actor

            speaks = any(key in ((s.country or "").lower(), (s.id or "").lower()) for m in mentions for s in m.sources)
            if not speaks:
                require_actor(acts(opened.frame("events")), reading(opened.documents_frame()), code_of(actor))
            raise MeasureError("M10", actor=actor)
    by_id = {e.id: e for e in events}
    show(position_table(found, by_id) if format is Format.table else position_rows(found, by_id), format, output, limit)
    return 0 if found else NOTHING_CODED


@measure_app.command("scale")
def scale(
    intensity: IntensityOption = None,
    config: ConfigOption = None,
    format: FormatOption = Format.table,
    output: OutputOption = None,
) -> int:
    """The conflict–cooperation value of each type and mode, with its source.

    detente measure scale --format json

    detente measure scale --intensity mine.yaml
    """
    from ..measures import load_scale
    from ..reporting.measured import plain_row

    path = str(intensity) if intensity else configuration(config).measures.intensity
    show([plain_row(v) for v in load_scale(path)], format, output, None)
    return 0
