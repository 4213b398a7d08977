"""The answer put together: what the methods say, how sure that is, and what it rests on."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from .history import WEEK, History, panel
from .methods.base import Answer, Question
from .result import Analogue, Link, Path, Placebo, Record, Scenario, Told, Verdict
from .summing import paths
from .watching import Flows, measured
from .wording import sentence

_EVIDENCE_DAYS = 91
_MOST_EVIDENCE = 200


def assembled(
    question: Question,
    whole: History,
    said: Sequence[Told],
    answers: Sequence[tuple[float, Answer]],
    combined: Told,
    record: tuple[Record, ...] = (),
) -> Scenario:
    """The scenario of a question from what each method says and from the combination."""
    told = question.told
    a, b = question.watch
    watch = (told.actors[a], told.actors[b])
    analogues: tuple[Analogue, ...] = tuple(x for _, answer in answers for x in answer.analogues)
    placebo: Placebo | None = next((answer.placebo for _, answer in answers if answer.placebo), None)
    links: tuple[Link, ...] = tuple(x for _, answer in answers for x in answer.links)
    verdicts: dict[str, Verdict] = {c.measure: c.verdict for c in combined.changes}
    agreement = _agreement(said, combined)
    behind = _behind(question)
    evidence = tuple(dict.fromkeys([*behind, *(x.event for x in analogues), *(i for x in links for i in (x.event, x.answers))]))
    return Scenario(
        question.assumption.text,
        tuple(str(s) for s in question.assumption.steps),
        watch,
        datetime.date.fromordinal(told.last + 1).isoformat(),
        question.weeks,
        len(told),
        int(told.between(a, b).sum()),
        datetime.date.fromordinal(told.first).isoformat(),
        datetime.date.fromordinal(told.last).isoformat(),
        verdicts,
        sentence(question, combined, agreement, len([t for t in said if t.why_not is None])),
        combined,
        tuple(said),
        agreement,
        analogues,
        placebo,
        record,
        links,
        _happened(question, whole),
        evidence,
        (),
        _notes(question),
        question.seed,
    )


def _agreement(said: Sequence[Told], combined: Told) -> float | None:
    """The share of methods, by weight, whose change of tension goes the way of the combination's."""
    whole = combined.change("tension")
    told = [(t.weight, c) for t in said if (c := t.change("tension")) is not None]
    if whole is None or len(told) < 2:
        return None
    total = sum(w for w, _ in told)
    return round(sum(w for w, c in told if (c.value > 0) == (whole.value > 0)) / total, 3) if total else None


def _behind(question: Question) -> list[str]:
    """Events that the standing of the pair rests on, the latest first."""
    told = question.told
    recent = told.between(*question.watch) & (told.day > told.last - _EVIDENCE_DAYS)
    return [str(e) for e in dict.fromkeys(told.event[recent][::-1].tolist())][:_MOST_EVIDENCE]


def _happened(question: Question, whole: History) -> tuple[Path, ...]:
    """What came in the weeks after the origin, as paths without bands; empty where the origin lies at the end of the data."""
    told = question.told
    weeks = min(question.weeks, (whole.last - told.last) // WEEK)
    if weeks < 1:
        return ()
    a, b = question.watch
    known = whole.before(told.last + 1 + weeks * WEEK)
    known = replace(known, last=told.last + weeks * WEEK)
    size = len(whole.actors)
    others = [k for k in range(size) if k not in (a, b)]
    pairs = np.array([[a, b], [b, a], *([b, k] for k in others), *([k, b] for k in others)])
    counts = panel(known, pairs).counts[:, -weeks:]
    n = len(others)
    flows = Flows(counts[0][None], counts[1][None], counts[2 : 2 + n].sum(axis=(0, 2))[None], counts[2 + n :].sum(axis=(0, 2))[None])
    return paths(measured(question.standing, flows), datetime.date.fromordinal(told.last + 1))


def _notes(question: Question) -> tuple[str, ...]:
    out = []
    if question.added:
        out.append("What is assumed is not itself counted in the measures: they show what follows from it.")
    if question.courses:
        out.append("Acts of the course itself are counted in the measures: part of the change is the course, not an answer to it.")
    if question.removed:
        out.append("Both paths begin on the day of the act taken out; nothing later is known to them.")
    return tuple(out)


def with_mentions(found: Scenario, events: Any) -> Scenario:
    """The scenario with the ids of the sentences behind its evidence, where the events know them."""
    wanted = set(found.evidence)
    if isinstance(events, pl.DataFrame):
        if "mentions" not in events.columns:
            return found
        rows = events.filter(pl.col("id").is_in(list(wanted))).select("mentions").to_series().to_list()
    else:
        rows = [e.mentions for e in events if e.id in wanted]
    return replace(found, mentions=tuple(dict.fromkeys((*(m for row in rows for m in row or ()), *found.mentions))))
