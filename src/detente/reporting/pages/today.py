"""What changed since the last reading: new and contested events, pairs that move, new claims, what is announced, how reading went."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Sequence

import polars as pl

from ...config import Config
from ...records import Event, Run
from ...workspace import Snapshot, Workspace
from ...workspace.snapshot import versions
from .claims import about_event_words, checked, said
from .dyad import dyad_line
from .keeping import kept
from .lines import TOLD, Facts, event_lines
from .materials import Materials
from .watching import events_watched, speakers_watched, watching

#: pairs looked at for those that are tense or move
_PAIRS = 24
_SHOWN = 8
#: so many of the latest documents are looked through for claims first, then more
_REACHES = (2_000, 50_000)
_SIDES = ("actors", "recipients")


def today_page(materials: Materials, watch: Sequence[str] = ()) -> Facts:
    """The first page. ``watch``: speakers whose new claims are shown; where none is named those of the watch list, else everybody."""
    if watch:
        return materials.snapshot.memo(("today", *watch), lambda: _today(materials, watch))
    return kept(materials, "today", lambda: _today(materials, ()))


def keep_today(workspace: Workspace, config: Config) -> None:
    """Puts Today together and keeps it with the workspace, so that a workbench shows it as soon as it is started."""
    today_page(Materials(Snapshot(workspace, versions(workspace.folder)), config))


def _today(materials: Materials, watch: Sequence[str]) -> Facts:
    runs = materials.snapshot.runs
    last = runs[-1] if runs else None
    fresh = documents_since(materials, last)
    events = changed_events(materials, fresh)
    lines = [dyad_line(d, materials) for d in materials.dyads[:_PAIRS]]
    tense = sorted((r for r in lines if (r["tension"] or 0) >= 0.05), key=lambda r: -(r["tension"] or 0.0))
    moving = sorted((r for r in lines if abs(r["change"] or 0) >= 0.05), key=lambda r: -abs(r["change"] or 0.0))
    weightiest = heaviest(materials, events, _SHOWN)
    open_ = heaviest(materials, events.filter(pl.col("contested") & ~pl.col("id").is_in([e.id for e in weightiest])), 5)
    everything = events.height == materials.snapshot.events.height
    of_watched = heaviest(materials, events_watched(materials, events, everything), 5)
    planned = announced(materials)
    speakers = list(watch) or speakers_watched(materials)
    claims = new_claims(materials, fresh, speakers)
    silent = bool(speakers) and claims.is_empty()
    if silent and not watch:
        claims = new_claims(materials, fresh, ())
    asked_for = {m for e in (*weightiest, *open_, *of_watched, *planned) for m in e.mentions[:TOLD]}
    materials.snapshot.mentions(asked_for | set(claims["mention"].to_list()))  # looked for once, not list by list
    return {
        "title": "Today",
        "documents": materials.snapshot.documents.height,
        "events_total": len(materials.snapshot.chronology),
        "span": materials.snapshot.chronology.span(),
        "last_run": run_facts(last) if last else None,
        "fresh": len(fresh),
        "changed": events.height,
        "new_events": event_lines(weightiest, materials),
        "contested": event_lines(open_, materials),
        "contested_new": int(events["contested"].sum()),
        "contested_total": int(materials.snapshot.events["contested"].sum()),
        "tense": tense[:6],
        "moving": [r for r in moving if r not in tense[:6]][:6] if len(moving) > 6 else moving[:6],
        "claims": about_event_words(materials, claims),
        "silent": silent,
        "watch": list(watch),
        "watching": watching(materials, None if everything else events["id"].to_list()),
        "of_watched": event_lines(of_watched, materials),
        "announced": event_lines(planned, materials),
        "health": health(materials, runs),
    }


def documents_since(materials: Materials, run: Run | None) -> set[str]:
    """Ids of the documents that the last run read; all where none is on record."""
    documents = materials.snapshot.documents
    if run is None:
        return set(documents["id"].to_list())
    started = datetime.datetime.fromisoformat(run.started)
    mark = f"{int(started.timestamp()) * 1_000_000_000:020d}"
    return set(documents.filter(pl.col("batch") >= mark)["id"].to_list())


def changed_events(materials: Materials, fresh: Collection[str]) -> pl.DataFrame:
    """The events that some documents tell of; all where all documents are fresh."""
    events = materials.snapshot.events
    if len(fresh) == materials.snapshot.documents.height:
        return events
    told = events.select(pl.int_range(pl.len()).alias("row"), "documents").explode("documents")
    rows = told.filter(pl.col("documents").is_in(list(fresh)))["row"].unique().sort()
    return events[rows]


def heaviest(materials: Materials, events: pl.DataFrame, most: int) -> list[Event]:
    """The events that matter most in a short list: contested, told by most independent outlets, of known parties; the latest first."""
    codes = [pl.col(side).list.eval(pl.coalesce(pl.element().struct.field("country"), pl.element().struct.field("id"))) for side in _SIDES]
    told = events.select(pl.int_range(pl.len()).alias("row"), "status", "contested", "origins")  # whole rows of those that may be meant
    told = told.filter(pl.col("status").is_in(["happened", "claimed", "denied"]))
    first = told.select("contested", "origins").sort("contested", "origins", descending=True, nulls_last=True)[: max(1, most)].tail(1)
    if told.height > most:
        contested, origins = first.row(0)
        told = told.filter((pl.col("contested") > contested) | ((pl.col("contested") == contested) & (pl.col("origins") >= origins)))
    ranked = (
        events[told["row"]]
        .lazy()
        .select(
            "id",
            "date",
            "contested",
            "origins",
            known=pl.concat_list(codes).list.drop_nulls().list.n_unique() > 1,
            told=pl.col("mentions").list.len(),
            strength=pl.col("intensity").abs().fill_null(0.0),
        )
        .sort("contested", "origins", "known", "told", "strength", "date", "id", descending=True, nulls_last=True)
        .head(most)
        .collect()
    )
    found = materials.snapshot.events_by(ranked["id"].to_list())
    return sorted(found, key=lambda e: e.date or "", reverse=True)


def new_claims(materials: Materials, fresh: Collection[str], watch: Sequence[str], most: int = 8) -> pl.DataFrame:
    """Claims in fresh documents by watched speakers (ids or names), the latest first; without any, of known speakers the latest each."""
    cited = pl.col("sources").list.last().struct
    names = [pl.col("sources").list.len() > 0, cited.field("id").is_not_null()]
    if watch:
        keys = [w.casefold() for w in watch]
        names[1] = pl.any_horizontal(cited.field(f).str.to_lowercase().is_in(keys) for f in ("id", "text"))
    documents = materials.snapshot.documents
    if len(fresh) < documents.height:
        documents = documents.filter(pl.col("id").is_in(list(fresh)))
    latest = documents.select("id", "published").sort("published", "id", descending=[True, False], nulls_last=True)["id"]
    found = pl.DataFrame()
    for reach in (*_REACHES, len(latest)):
        near = pl.col("document").is_in(latest.head(reach).implode())
        wanted = pl.all_horizontal(*names, near) if reach < materials.snapshot.documents.height else pl.all_horizontal(*names)
        found = said(materials, wanted).sort("published", "mention", descending=[True, False], nulls_last=True)
        found = found.unique("event", keep="first", maintain_order=True)
        if not watch:
            found = found.unique("who", keep="first", maintain_order=True)
        if found.height >= most or reach >= len(latest):
            break
    shown = found.head(most)
    return shown.join(checked(materials, shown), on="mention", how="left", maintain_order="left")


def announced(materials: Materials, most: int = 6) -> list[Event]:
    """What is announced or intended and told last, by those told most widely first."""
    known = (pl.col("actors").list.len() > 0) & ((pl.col("recipients").list.len() > 0) | (pl.col("actors").list.len() > 1))
    found = materials.snapshot.events.filter((pl.col("status") == "planned") & known)
    best = found.sort("last_told", "origins", "confidence", descending=True, nulls_last=True).head(most)
    return materials.snapshot.events_by(best["id"].to_list())


def run_facts(run: Run) -> Facts:
    """A run in figures."""
    return {
        "started": run.started,
        "finished": run.finished,
        "given": run.given,
        "read": run.read,
        "known": run.known,
        "refused": run.refused,
        "mentions": run.mentions,
        "silent": len(run.not_coded),
    }


def health(materials: Materials, runs: Sequence[Run]) -> Facts:
    """How reading went: over all runs, and why inputs were refused."""
    counts = Counter(r.code for run in runs for r in run.refusals)
    example = {r.code: {"path": r.path, "message": r.message, "hint": r.hint} for run in runs for r in run.refusals}
    documents = materials.snapshot.documents
    return {
        "runs": len(runs),
        "read": documents.height,
        "refused": sum(r.refused for r in runs),
        "silent": len({d for r in runs for d in r.not_coded} & set(documents["id"].to_list())) if runs else 0,
        "undated": int(documents["published"].is_null().sum()),
        "refusals": [{"code": c, "inputs": n, **example[c]} for c, n in counts.most_common(6)],
        "recent": [run_facts(r) for r in reversed(runs[-5:])],
    }
