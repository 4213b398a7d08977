"""As of a day a workspace answers from what was published by then alone: merging, parties, days and status too."""

from __future__ import annotations

import datetime

import pytest
from builders import document, mention

from detente.config import load_config
from detente.errors import ForecastError
from detente.forecasting import expectations_of
from detente.forecasting.occurrence.history import date, number
from detente.forecasting.workspaces import history_by, history_of
from detente.pipeline import judge, merge_workspace
from detente.workspace import Workspace

CONFIG = load_config()
FIRST = datetime.date(2025, 6, 1)


def iso(days: int) -> str:
    return (FIRST + datetime.timedelta(days=days)).isoformat()


def told(n: int, day: int, published: int | None, type_: str, actors: str, recipients: str, **more: object) -> tuple:
    id_ = f"d{n:03d}"
    when = more.pop("date", iso(day))
    document_ = document(id_, published=None if published is None else iso(published), outlet=str(more.pop("outlet", f"Wire {n}")))
    precision = "day" if len(str(when)) == 10 else "month"
    return document_, mention(id_, 0, type_, actors, recipients, date=when, date_precision=precision, **more)


def workspace_of(folder, tellings: list[tuple]) -> Workspace:
    workspace = Workspace.open(folder, create=True)
    base = [told(100 + n, n, n, "CONSULT", "FRA", "DEU") for n in range(0, 30, 3)]
    with workspace.writing():
        documents, mentions = zip(*base, *tellings, strict=True)
        workspace.append(documents, mentions, (), "c")
        merge_workspace(workspace, CONFIG)
    return workspace


def facts(h, *types: str) -> list[tuple[str, str, str, str]]:
    rows = zip(h.actor, h.type, h.recipient, h.day, strict=True)
    return sorted((h.actors[a], h.types[t], h.actors[b], date(d).isoformat()) for a, t, b, d in rows if h.types[t] in types)


RAID = {"sentence": "RUS detained an editor in Baku", "trigger": "detained"}
CASES = {
    "what only a later document contests": (
        [
            told(1, 10, 11, "COERCE", "RUS", "AZE", status="claimed", sources=["a spokesman"], **RAID),
            told(2, 10, 20, "COERCE", "RUS", "AZE", status="denied", polarity="negative", sources=["Moscow"], **RAID),
        ],
        [("RUS", "COERCE", "AZE", iso(10))],
        [],
    ),
    "a day that later documents correct": (
        [
            told(1, 10, 11, "COERCE", "RUS", "AZE", **RAID),
            told(2, 10, 20, "COERCE", "RUS", "AZE", date=iso(9), **RAID),
            told(3, 10, 21, "COERCE", "RUS", "AZE", date=iso(9), **RAID),
        ],
        [("RUS", "COERCE", "AZE", iso(10))],
        [("RUS", "COERCE", "AZE", iso(9))],
    ),
    "what is told later alone": ([told(1, 10, 20, "COERCE", "RUS", "AZE", **RAID)], [], [("RUS", "COERCE", "AZE", iso(10))]),
    "of a document without a date, from its own day": (
        [told(1, 10, None, "COERCE", "RUS", "AZE", **RAID)],
        [("RUS", "COERCE", "AZE", iso(10))],
        [("RUS", "COERCE", "AZE", iso(10))],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_comes_from_later_documents(tmp_path, case) -> None:
    tellings, then, now = CASES[case]
    workspace = workspace_of(tmp_path / "w", tellings)
    whole = history_of(workspace, CONFIG)
    assert facts(whole, "COERCE") == now
    for _ in range(2):  # merged, then from what was kept
        h = history_by(workspace, CONFIG, number(iso(15)), whole)
        assert facts(h, "COERCE") == then and (h.first, h.last, len(h.published)) == (whole.first, number(iso(15)), 16)
    assert any("without a full date" in note for note in h.notes) == ("without a date" in case)
    assert {i for row in h.ids for i in row} <= {e.id for e in workspace.events()}  # each opens in the workspace as it stands
    assert len(list((tmp_path / "w" / "forecasts").glob("*.parquet"))) == 1


def test_what_came_is_told_by_all_documents(tmp_path) -> None:
    workspace = workspace_of(tmp_path / "w", [told(n, d, d, "COERCE", "RUS", "AZE", **RAID) for n, d in enumerate((4, 11, 18))])
    asked = expectations_of(workspace, CONFIG, 7, datetime.date.fromisoformat(iso(15))).probability("RUS", "COERCE", "AZE")
    came = [e.id for e in workspace.events() if e.type == "COERCE" and e.date == iso(18)]
    assert (asked.start, asked.happened, list(asked.events)) == (iso(16), True, came)


def test_later_documents_change_no_answer(tmp_path) -> None:
    early = [told(n, d, d, "COERCE", "RUS", "AZE", **RAID) for n, d in enumerate((4, 9, 14))]
    late = [
        told(8, 14, 22, "COERCE", "AZE", "RUS", **RAID),
        told(9, 14, 23, "COERCE", "RUS", "AZE", status="denied", polarity="negative", sources=["Moscow"], **RAID),
    ]
    day = datetime.date.fromisoformat(iso(15))
    one, two = (expectations_of(workspace_of(tmp_path / n, t), CONFIG, 7, day) for n, t in (("a", early), ("b", early + late)))
    assert [(e.actor, e.type, e.recipient, e.probability, e.base_rate) for e in one.expected()] == [
        (e.actor, e.type, e.recipient, e.probability, e.base_rate) for e in two.expected()
    ]


def test_a_decision_counts_as_of_any_day(tmp_path) -> None:
    workspace = workspace_of(tmp_path / "w", [told(1, 10, 11, "COERCE", "RUS", "AZE", **RAID)])
    whole = history_of(workspace, CONFIG)
    assert facts(history_by(workspace, CONFIG, number(iso(15)), whole), "COERCE")
    judge(workspace, CONFIG, "d001.000000", "reject")
    assert "COERCE" not in {e.type for e in workspace.events()}
    assert not facts(history_by(workspace, CONFIG, number(iso(15)), history_of(workspace, CONFIG)), "COERCE")


def test_where_nothing_was_known_by_then(tmp_path) -> None:
    workspace = Workspace.open(tmp_path / "w", create=True)
    read = [(document(f"e{n}", published=iso(n)), None) for n in range(12)]
    later = [told(n, n, n, "COERCE", "RUS", "AZE", **RAID) for n in (20, 25)]
    with workspace.writing():
        workspace.append([d for d, _ in (*read, *later)], [m for _, m in later], (), "c")
        merge_workspace(workspace, CONFIG)
    with pytest.raises(ForecastError, match=r"\[F21\].*nothing was known by 2025-06-13"):
        expectations_of(workspace, CONFIG, 7, datetime.date.fromisoformat(iso(12)))
