"""The gate: figures may rise, and fall only for a reason."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(FOLDER))
import gate  # noqa: E402


def figure(value: float, at_most: bool = False) -> dict:
    return {"value": value, "bar": 0.5, "at_most": at_most, "peers": {}}


#: value, whether it is a ceiling, floor, whether the gate holds
CASES = [
    (0.70, False, 0.69, True),
    (0.69, False, 0.69, True),
    (0.68, False, 0.69, False),
    (0.9, True, 1.0, True),
    (1.1, True, 1.0, False),
]


@pytest.mark.parametrize(("value", "at_most", "floor", "holds"), CASES)
def test_a_figure_against_its_floor(value, at_most, floor, holds) -> None:
    assert (gate.failures({"x": figure(value, at_most)}, {"x": {"floor": floor}}) == []) is holds


def test_a_figure_not_measured_fails() -> None:
    assert "x: not measured" in gate.failures({"y": figure(0.6)}, {"x": {"floor": 0.5}})[0]
    assert gate.failures({}, {"x": {"floor": 0.5}}) == ["Nothing was measured."]


def test_figures_of_scenarios_are_measured_apart() -> None:
    floors = {f"scenarios.icews14.{k}": {"floor": 0.1} for k in ("mae_1", "crps_1", "likelihood")} | {"x": {"floor": 0.5}}
    assert gate.failures({"x": figure(0.6)}, floors) == []
    assert gate.failures({"scenarios.icews14.likelihood": figure(0.2)}, floors) == []
    assert "likelihood: 0.0500 is below" in gate.failures({"scenarios.icews14.likelihood": figure(0.05)}, floors)[0]
    assert gate.failures({"scenarios.icews14.mae_1": figure(0.05), "scenarios.icews14.crps_1": figure(0.2)}, floors)
    assert "not measured" in gate.failures({"scenarios.icews14.mae_1": figure(0.2)}, floors)[0]


def test_figures_of_acts_are_judged_together() -> None:
    floors = {f"acts.{part}.b3_f1": {"floor": 0.8} for part in ("tuned", "untouched")} | {"x": {"floor": 0.5}}
    assert gate.failures({"x": figure(0.6)}, floors) == []
    assert "not measured" in gate.failures({"acts.tuned.b3_f1": figure(0.81)}, floors)[0]


def test_figures_of_forecasts_are_judged_one_history_at_a_time() -> None:
    floors = {f"forecasting.{k}.valid.mrr": {"floor": 0.5} for k in ("icews14", "icews18")}
    floors["occurrence.icews14.valid.7"] = {"floor": 0.04}
    assert gate.failures({"forecasting.icews14.valid.mrr": figure(0.51)}, floors) == []
    assert "0.4900 is below" in gate.failures({"forecasting.icews18.valid.mrr": figure(0.49)}, floors)[0]
    assert "0.0300 is below" in gate.failures({"occurrence.icews14.valid.7": figure(0.03)}, floors)[0]


def test_a_floor_leaves_room_for_chance() -> None:
    assert gate.raised({"x": {**figure(0.5025), "spread": 0.003}}, {})["x"]["floor"] == 0.499
    assert gate.raised({"x": {**figure(0.5, at_most=True), "spread": 0.01}}, {})["x"]["floor"] == 0.51


#: value, whether it is a ceiling, floor before, floor after raising
RAISES = [(0.7119, False, 0.69, 0.711), (0.6, False, 0.69, 0.69), (0.9, True, 1.0, 0.9), (1.2, True, 1.0, 1.0)]


@pytest.mark.parametrize(("value", "at_most", "before", "after"), RAISES)
def test_raising_never_lowers(value, at_most, before, after) -> None:
    assert gate.raised({"x": figure(value, at_most)}, {"x": {"floor": before}})["x"]["floor"] == after


def test_lowering_records_its_reason() -> None:
    floors = gate.lowered({"x": figure(0.6)}, {"x": {"floor": 0.7}}, "x", "the set was mended", "2026-01-01")
    assert floors["x"]["floor"] == 0.6
    assert floors["x"]["lowered"] == [{"day": "2026-01-01", "from": 0.7, "to": 0.6, "because": "the set was mended"}]


@pytest.mark.parametrize(("name", "because"), [("x", " "), ("y", "a reason"), ("x", "")])
def test_lowering_needs_a_figure_and_a_reason(name, because) -> None:
    with pytest.raises(ValueError, match=r"reason|no figure"):
        gate.lowered({"x": figure(0.6)}, {"x": {"floor": 0.7}}, name, because, "2026-01-01")


@pytest.mark.parametrize("script", ["reading.py", "gate.py"])
def test_what_is_lacking_is_said(tmp_path, script) -> None:
    told = subprocess.run([sys.executable, str(FOLDER / script), str(tmp_path)], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "scorer is missing" in told.stderr
    assert "plv" in told.stderr
    assert "Traceback" not in told.stderr


def test_speed_says_what_is_lacking(tmp_path) -> None:
    call = [sys.executable, str(FOLDER / "speed.py"), str(tmp_path / "news.jsonl")]
    told = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (told.returncode, "news.jsonl" in told.stderr) == (2, True)


def test_floors_and_figures_name_the_bars() -> None:
    bars = {b["name"] for b in json.loads((FOLDER / "bars.json").read_text("utf8"))}
    figures = set(json.loads((FOLDER / "reading.json").read_text("utf8")))
    floors = set(json.loads((FOLDER / "floors.json").read_text("utf8")))
    assert figures == bars
    assert {f for f in floors if not f.startswith(("scenarios.", "forecasting.", "occurrence.", "acts."))} == bars
