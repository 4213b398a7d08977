"""The hand list of acts is itself in order: it names reports that exist, types of PLOVER, and acts that it holds."""

import json
from pathlib import Path

from detente.records import STATUSES, TYPES

ACTS = json.loads((Path(__file__).parent / "acts.json").read_text(encoding="utf-8"))["acts"]
REPORTS = Path(__file__).parents[2] / "examples" / "south-caucasus"


def test_acts_name_reports_that_exist_and_every_report_tells_one():
    present = {path.name for path in REPORTS.iterdir()} - {"README.md"}
    told = {report for act in ACTS for report in act["reports"]}
    assert told == present


def test_acts_use_the_words_of_the_records():
    ids = {act["id"] for act in ACTS}
    assert len(ids) == len(ACTS)
    for act in ACTS:
        assert {act["type"], *act["also"]} <= set(TYPES), act["id"]
        assert act["status"] in STATUSES, act["id"]
        assert set(act["apart_from"]) <= ids - {act["id"]}, act["id"]
        assert act["actors"] and act["words"], act["id"]


def test_the_example_stays_small():
    assert sum(path.stat().st_size for path in REPORTS.iterdir()) < 400_000
