"""Which mentions to judge next, and how often the coder is right in this workspace.

The queue is ordered by doubt × weight; every :data:`LOT_EVERY`-th mention is drawn by lot. Precision is measured on the lot alone: each
mention has a number of its own, made of its document and trigger, that looks random and never changes; the lot is drawn in the order of
these numbers, and the sample is every mention up to the first that nobody has judged. So it is a random sample of all mentions whatever
the queue preferred, stays one when documents are added, and a judged mention counts in it however it came to be judged.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from ..records import Mention
from .decisions import JUDGED_FIELDS, as_judged
from .store import Workspace

#: one mention of so many in the queue is drawn by lot
LOT_EVERY = 4
_CONFIDENCE = 1.959964  # of a 95 % interval
#: how far a mention of a status moves what is counted
_COUNTS = {"happened": 1.0, "claimed": 0.7, "denied": 0.5, "planned": 0.3, "hypothetical": 0.3}
_UNKNOWN = 0.5  # confidence or intensity (in tenths) where none is known


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mention that nobody has judged yet. ``doubt`` 0 … 1; ``weight`` 0 … 1: what of the series depends on it."""

    mention: str
    document: str
    event: str | None
    doubt: float
    weight: float
    by: Literal["doubt", "lot"]


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % Wilson interval; all null where nothing was judged."""

    right: int
    of: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Precision:
    """How often the coder is right. ``told``: the mention is one; ``whole``: in every judged field; ``fields``: each, of those told."""

    told: Share
    whole: Share
    fields: dict[str, Share]
    accepted: int  # of all judgements in force, drawn by lot or not
    corrected: int
    rejected: int
    mentions: int  # as coded


def wilson(right: int, of: int) -> Share:
    """Wilson's score interval at 95 % (Wilson 1927)."""
    if of == 0:
        return Share(right, of, None, None, None)
    p, z = right / of, _CONFIDENCE
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return Share(right, of, p, max(0.0, middle - half), min(1.0, middle + half))


def lot(document: str, start: int) -> int:
    """The number of a mention in the lot, from its document and the start of its trigger."""
    return int.from_bytes(hashlib.blake2b(f"{document}:{start}".encode(), digest_size=7).digest())


def queue(workspace: Workspace, limit: int = 50, by: Literal["both", "doubt", "lot"] = "both") -> list[Waiting]:
    """The mentions to judge next. ``by="lot"`` draws all by lot: the way to a precision soonest."""
    coded = workspace.coded_frame(("trigger_span", "confidence", "intensity", "status", "actors", "recipients"))
    decided = workspace.decided()
    told = coded.filter(~pl.col("id").is_in([s.mention for s in decided.standing if s.judges]))
    if told.is_empty():
        return []
    ranked = told.select(
        "id",
        "document",
        pl.col("trigger_span").list.first().alias("start"),
        (1 - (2 * pl.col("confidence").fill_null(_UNKNOWN) - 1).abs()).alias("doubt"),
        (
            (pl.col("intensity").abs() / 10).fill_null(_UNKNOWN)
            * pl.col("status").replace_strict(_COUNTS, default=_UNKNOWN, return_dtype=pl.Float64)
            * pl.when((pl.col("actors").list.len() > 0) & (pl.col("recipients").list.len() > 0)).then(1.0).otherwise(0.5)
        ).alias("weight"),
    ).join(_homes(workspace), left_on="id", right_on="mention", how="left")
    ranked = ranked.with_columns((pl.col("weight") / pl.col("tellings").fill_null(1)).alias("weight"))
    ranked = ranked.with_columns((pl.col("doubt") * pl.col("weight")).alias("score")).sort(["score", "id"], descending=[True, False])
    drawn = sorted(ranked.select("document", "start", "id").iter_rows(), key=lambda r: (lot(r[0], r[1]), r[2]))[:limit]
    rows = {r["id"]: r for r in ranked.head(2 * limit).iter_rows(named=True)}
    rows |= {r["id"]: r for r in ranked.filter(pl.col("id").is_in([d[2] for d in drawn])).iter_rows(named=True)}
    return _woven(list(ranked["id"].head(2 * limit)), [d[2] for d in drawn], rows, limit, by)


def _woven(doubtful: Sequence[str], drawn: Sequence[str], rows: dict[str, dict[str, Any]], limit: int, by: str) -> list[Waiting]:
    out: dict[str, Waiting] = {}
    lots, doubts = iter(drawn), iter(doubtful)
    while len(out) < min(limit, len(rows)):
        turn: Literal["doubt", "lot"] = "lot" if by == "lot" or (by == "both" and len(out) % LOT_EVERY == LOT_EVERY - 1) else "doubt"
        id_ = next((i for i in (lots if turn == "lot" else doubts) if i not in out), None)
        if id_ is None:
            if by != "both":
                break
            by = "doubt" if turn == "lot" else "lot"
            continue
        r = rows[id_]
        out[id_] = Waiting(id_, r["document"], r["event"], round(r["doubt"], 3), round(r["weight"], 3), turn)
    return list(out.values())


def _homes(workspace: Workspace) -> pl.DataFrame:
    """Of each mention its event and how many tellings that has."""
    events = workspace.frame("events", ("id", "mentions"))
    homes = events.select(pl.col("id").alias("event"), pl.col("mentions").list.len().alias("tellings"), pl.col("mentions").alias("mention"))
    return homes.explode("mention").unique("mention", keep="first")


def precision(workspace: Workspace) -> Precision:
    """How often the coder is right in this workspace, by the judgements on the lot: see the module's text."""
    coded = workspace.coded_frame(("trigger_span",))
    decided = workspace.decided()
    verdicts = {s.mention: s.decision for s in decided.standing if s.judges and s.state == "in force" and s.mention}
    places = coded.select("document", pl.col("trigger_span").list.first(), "id")
    sample: list[str] = []
    for _, id_ in sorted((lot(document, start), id_) for document, start, id_ in places.iter_rows()):
        if id_ not in verdicts:
            break
        sample.append(id_)
    found = [m for m in workspace.coded_mentions({verdicts[i].target[0].document for i in sample}) if m.id in set(sample)]
    told = [(m, as_judged(m, verdicts[m.id])) for m in found if verdicts[m.id].kind != "reject"]
    same = [{name: _same(m, right, name) for name in JUDGED_FIELDS if name != "date_precision"} for m, right in told]
    kinds = [d.kind for d in verdicts.values()]
    return Precision(
        told=wilson(len(told), len(found)),
        whole=wilson(sum(all(s.values()) for s in same), len(found)),
        fields={name: wilson(sum(s[name] for s in same), len(same)) for name in (same[0] if same else ())},
        accepted=kinds.count("accept"),
        corrected=kinds.count("correct"),
        rejected=kinds.count("reject"),
        mentions=coded.height,
    )


def _same(coded: Mention, right: Mention, name: str) -> bool:
    return bool(_plain(getattr(coded, name), name) == _plain(getattr(right, name), name))


def _plain(value: Any, name: str) -> Any:
    if name in ("actors", "recipients"):
        return {a.code for a in value}
    if name == "sources":
        return {s.text for s in value}
    return (value.name or value.text) if name == "place" and value else value
