"""The brief: one self-contained page, and the same in Markdown."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from ...config import ReportingOptions
from ...errors import ReportingError
from ..charts import counts_chart, map_charts, network_chart, png, scenario_chart, svg, tension_chart
from ..charts.maps import BORDERS
from ..words import act_between, day, words
from .data import BriefData
from .outlook import outlook_view, surprise_view
from .statements import what_changed
from .supposed import supposed_view
from .view import MOST_TIES, accounts, anchor, by_document, chronology, claims_by_speaker, event_view, tie_view


def write_brief(folder: Path, data: BriefData, options: ReportingOptions) -> Path:
    """Writes ``brief.html`` and ``brief.md`` (and, if asked, the charts as PNG) to a folder; the path of the page.

    Raises :class:`ReportingError` (R02) if the folder cannot be written.
    """
    charts = specifications(data)
    shown = content(data, charts)
    page = folder / "brief.html"
    try:
        page.write_text(_templates(True).get_template("brief.html.jinja").render(shown), "utf8")
        (folder / "brief.md").write_text(_templates(False).get_template("brief.md.jinja").render(shown), "utf8")
        if options.png:
            (folder / "charts").mkdir(exist_ok=True)
            for name, chart in charts.items():
                (folder / "charts" / f"{name}.png").write_bytes(png(chart))
    except OSError as fault:
        raise ReportingError("R02", path=folder, why=fault) from None
    return page


def specifications(data: BriefData) -> dict[str, dict[str, Any]]:
    """The charts of a brief by name."""
    by_id = {e.id: e for e in data.events}
    charts: dict[str, dict[str, Any]] = {}
    for t in data.tensions:
        labels = {turn.event: act_between(by_id[turn.event], data.name_of) for turn in t.turns if turn.event in by_id}
        charts[f"tension-{t.a}-{t.b}"] = tension_chart(t.points, t.turns, labels)
    if data.edges:
        charts["network"] = network_chart(data.edges, data.name_of)
    if data.events:
        charts["counts"] = counts_chart([e for e in data.events if e.status in ("happened", "claimed")])
    for n, found in enumerate(data.scenarios, 1):
        charts[f"whatif-{n}"] = scenario_chart(found, ("tension",))
    for n, where in enumerate(map_charts(data.events, data.name_of), 1):
        charts[f"map-{n}"] = where
    return charts


def content(data: BriefData, charts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What the templates show, by section."""
    by_id = {e.id: e for e in data.events}
    months, left_out = chronology(data)
    speakers, claims_left = claims_by_speaker(data)
    run = data.runs[-1] if data.runs else None
    silent = {i for r in data.runs for i in r.not_coded}
    ahead = [event_view(e, data) for e in data.events if e.status in ("planned", "hypothetical") and (e.actors or e.recipients)]
    tensions = [
        {
            "a": data.name_of(t.a),
            "b": data.name_of(t.b),
            "svg": Markup(svg(charts[f"tension-{t.a}-{t.b}"])),
            "last": next((p for p in reversed(t.points) if p.value is not None), None),
            "turns": [
                {
                    "day": day(turn.day),
                    "change": turn.change,
                    "what": act_between(by_id[turn.event], data.name_of),
                    "anchor": anchor(by_id[turn.event].mentions[0]),
                }
                for turn in t.turns
            ],
        }
        for t in data.tensions
    ]
    dates = sorted(d.published for d in data.documents if d.published)
    return {
        "words": words(),
        "from": day(dates[0]) if dates else "",
        "to": day(dates[-1]) if dates else "",
        "documents": data.documents,
        "outlets": Counter(d.outlet or "outlet unknown" for d in data.documents).most_common(),
        "n_mentions": len(data.mentions),
        "n_events": len(data.events),
        "changed": [{"text": s.text, "anchors": [anchor(m) for m in s.mentions[:3]]} for s in what_changed(data)],
        "outlook": outlook_view(data),
        "surprised": surprise_view(data),
        "supposed": [supposed_view(s, data, charts[f"whatif-{n}"]) for n, s in enumerate(data.scenarios, 1)],
        "months": months,
        "left_out": left_out,
        "contested": [accounts(e, data) for e in data.events if e.contested],
        "speakers": speakers,
        "claims_left": claims_left,
        "ties": [tie_view(t, data) for t in data.ties[:MOST_TIES]],
        "ties_left": max(0, len(data.ties) - MOST_TIES),
        "tensions": tensions,
        "network": Markup(svg(charts["network"])) if "network" in charts else None,
        "counts": Markup(svg(charts["counts"])) if "counts" in charts else None,
        "edges": [{"a": data.name_of(e.actor), "b": data.name_of(e.recipient), "n": e.events, "score": e.score} for e in data.edges[:25]],
        "maps": [Markup(svg(chart)) for name, chart in charts.items() if name.startswith("map-")],
        "borders": BORDERS,
        "ahead": ahead,
        "refusals": [r for x in data.runs for r in x.refusals],
        "silent": [d for d in data.documents if d.id in silent],
        "by_document": by_document(data),
        "run": run,
    }


@cache
def _templates(html: bool) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("detente.reporting", "templates"),
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
