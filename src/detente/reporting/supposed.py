"""Scenarios in words, tables and rows."""

from __future__ import annotations

import io

from ..scenarios import Scenario
from ..scenarios.result import Settlement
from ..scenarios.wording import what_would_help
from .tables import Row, write_rows

#: measures in words
NAMES = {
    "tension": "tension of the pair",
    "influence": "influence of the first",
    "quad1": "verbal cooperation, acts a week",
    "quad2": "material cooperation, acts a week",
    "quad3": "verbal conflict, acts a week",
    "quad4": "material conflict, acts a week",
}


def change_rows(found: Scenario) -> list[Row]:
    """What each method, and the combination, says of each measure."""
    return [
        {
            "method": told.method,
            "weight": told.weight,
            "measure": c.measure,
            "change": c.value,
            "low80": c.low80,
            "low50": c.low50,
            "high50": c.high50,
            "high80": c.high80,
            "above": c.above,
            "verdict": c.verdict,
        }
        for told in (found.combined, *found.methods)
        for c in told.changes
    ]


def path_rows(found: Scenario) -> list[Row]:
    """All paths, one row a method, kind, measure and week."""
    rows: list[Row] = []
    for told in (found.combined, *found.methods):
        for kind, paths in (("baseline", told.baseline), ("scenario", told.scenario), ("difference", told.difference)):
            for p in paths:
                bands = zip(p.starts, p.mean, p.middle, p.low50, p.high50, p.low80, p.high80, strict=True)
                rows += [
                    {"method": told.method, "path": kind, "measure": p.measure, "start": s}
                    | dict(zip(("mean", "middle", "low50", "high50", "low80", "high80"), values, strict=True))
                    for s, *values in bands
                ]
    return rows


def report(found: Scenario) -> str:
    """The answer for the terminal."""
    out = io.StringIO()
    a, b = found.watch
    print(found.sentence, file=out)
    print(f"\nLearned from {found.acts} acts of {found.first} to {found.last}, {found.watched_acts} between {a} and {b}.\n", file=out)
    write_rows(_summary(found), "table", out)
    print("\nMethod by method (change of tension; weight by what it did before):", file=out)
    write_rows(_methods(found), "table", out)
    for told in found.methods:
        if found.settlement is not None and told.method == "bargaining":
            print(f"\nBargaining: {told.notes[0]}", file=out)
            write_rows(stand_rows(found.settlement), "table", out)
    if found.placebo is not None:
        p = found.placebo
        print(
            f"\nCases against placebos: {p.cases} cases, effect on tension {p.effect:+.2f}; of {p.studies} placebo studies 80% lie in"
            f" {p.low:+.2f} … {p.high:+.2f}; p = {p.p:.2f}.",
            file=out,
        )
    if found.analogues:
        print("\nPast cases, the most alike first:", file=out)
        write_rows(analogue_rows(found)[:8], "table", out)
    if found.record:
        print("\nBack-test on this very pair (weekly score; AR(4): fourth-order autoregression):", file=out)
        write_rows(record_rows(found), "table", out)
    else:
        print("\nNo back-test on this pair: fewer than 40 weeks are told; methods weigh alike.", file=out)
    if found.links:
        print("\nWhat the pair's last acts most probably answered:", file=out)
        for x in found.links:
            print(f"  {x.event} answered {x.answers} ({x.probability:.0%})", file=out)
    if found.combined.changes and (more := what_would_help(found)):
        print(f"\n{more}", file=out)
    for told in found.methods:
        if told.change("tension") is None and not told.notes:
            print(f"\n{told.method[0].upper()}{told.method[1:]} cannot answer: {told.why_not}.", file=out)
    for note in found.notes:
        print(f"\nNote: {note}", file=out)
    print(f"\nEvidence: {len(found.evidence)} events in {len(found.mentions)} sentences; --format json lists their ids.", file=out)
    return out.getvalue()


def _summary(found: Scenario) -> list[Row]:
    rows: list[Row] = []
    for c, base, with_ in zip(found.combined.changes, found.combined.baseline, found.combined.scenario, strict=True):
        mean = [sum(p.mean) / max(1, len(p.mean)) for p in (base, with_)]
        digits = 3 if c.measure == "influence" else 2
        rows.append(
            {
                "measure": NAMES[c.measure],
                "without": f"{mean[0]:.{digits}f}",
                "with": f"{mean[1]:.{digits}f}",
                "expected change": f"{c.value:+.{digits}f}",
                "80% band": f"{c.low80:+.{digits}f} … {c.high80:+.{digits}f}",
                "verdict": c.verdict,
            }
        )
    return rows


def _methods(found: Scenario) -> list[Row]:
    rows: list[Row] = []
    for told in found.methods:
        c = told.change("tension")
        if c is None:
            rows.append({"method": told.method, "weight": "–", "change": "–", "80% band": "–", "verdict": "see below"})
            continue
        band = f"{c.low80:+.2f} … {c.high80:+.2f}"
        rows.append(
            {"method": told.method, "weight": f"{told.weight:.2f}", "change": f"{c.value:+.2f}", "80% band": band, "verdict": c.verdict}
        )
    return rows


def analogue_rows(found: Scenario) -> list[Row]:
    """The past cases as columns."""
    return [
        {
            "date": x.date,
            "act": " ".join(w for w in (x.actor, x.type, x.recipient) if w),
            "pair": "–".join(x.watched),
            "likeness": x.likeness,
            "change": x.change,
            "expected": x.expected,
            "event": x.event,
        }
        for x in found.analogues
    ]


def stand_rows(found: Settlement) -> list[Row]:
    """The parties to a matter as columns, as they went in, and how they move."""
    moves = {m.actor: m.moves for m in found.movers}
    return [
        {
            "party": p.actor,
            "position": p.position,
            "salience": p.salience,
            "capability": p.capability,
            "may be off by": p.spread,
            "as assumed": p.assumed,
            "moves": round(moves.get(p.actor, 0.0), 1 if found.high - found.low >= 50 else 2),
        }
        for p in found.stands
    ]


def record_rows(found: Scenario) -> list[Row]:
    """The back-test as columns."""
    return [
        {
            "method": r.method,
            "weeks ahead": r.ahead,
            "forecasts": r.weeks,
            "MAE": r.mae,
            "AR(4) MAE": r.mae_ar4,
            "CRPS": r.crps,
            "AR(4) CRPS": r.crps_ar4,
            "in 50%": r.cover50,
            "in 80%": r.cover80,
        }
        for r in found.record
    ]
