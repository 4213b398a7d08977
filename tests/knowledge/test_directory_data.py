"""The directory's files: valid, canonical, sourced, without names that mean two things unnoticed."""

import json
from collections import Counter
from importlib import resources

import pytest
from jsonschema import Draft202012Validator

from detente.knowledge import load_directory
from detente.knowledge.directory_read import KEYS, KINDS, entry_schema

FILES = sorted(
    (f for f in resources.files("detente.knowledge").joinpath("data", "directory").iterdir() if f.name.endswith(".jsonl")),
    key=lambda f: f.name,
)
LINES = {f.name: [json.loads(line) for line in f.read_text("utf8").splitlines()] for f in FILES}
ENTRIES = [e for name, lines in LINES.items() if name != "ties.jsonl" for e in lines]

#: Names of more than one state or body, and why that is right. Whom they mean is left to date and company.
SHARED = {
    "Congo": "both Congos go by it",
    "Congolese": "people of both Congos",
    "Georgia": "the country and the American state",
    "Korea": "either Korea",
    "Korean": "of either Korea",
    "Koreans": "of either Korea",
    "SANA": "the Syrian news agency; Sana in capitals is Yemen's capital",
}


@pytest.mark.parametrize("name", LINES)
def test_every_line_fits_the_schema(name):
    validator = Draft202012Validator(entry_schema())
    for number, item in enumerate(LINES[name], 1):
        fault = next(validator.iter_errors(item), None)
        assert fault is None, f"{name}:{number} {item.get('id')}: {fault.message}"


@pytest.mark.parametrize("name", LINES)
def test_lines_and_keys_are_in_canonical_order(name):
    lines = LINES[name]
    if name == "ties.jsonl":
        assert lines == sorted(lines, key=lambda t: (t["kind"], t["subject"], t["object"], t["start"] or ""))
        return
    ids = [e["id"] for e in lines]
    assert ids == sorted(ids)
    for e in lines:
        assert list(e) == [k for k in KEYS if k in e], e["id"]
        assert e["kind"] in KINDS
        assert e["names"][0] == e["name"] or e["name"] in e["names"], e["id"]


def test_ids_are_unique_and_entries_name_their_source():
    assert [i for i, n in Counter(e["id"] for e in ENTRIES).items() if n > 1] == []
    assert [e["id"] for e in ENTRIES if len(e["source"]) < 10] == []


def test_references_point_at_entries():
    known = {e["id"] for e in ENTRIES}
    states = {e["id"] for e in ENTRIES if e["kind"] == "state"}
    for e in ENTRIES:
        assert set(e.get("part_of", ())) <= known, e["id"]
        assert {m["id"] for m in e.get("members", ())} <= known, e["id"]
        assert {t["of"] for t in e.get("terms", ())} <= known, e["id"]
        assert {t["country"] for t in e.get("terms", ())} - {None} <= states, e["id"]
        assert e["country"] is None or e["country"] in states, e["id"]


def test_terms_end_after_they_begin_and_stand_in_order():
    for e in ENTRIES:
        starts = [t["start"] or "" for t in e.get("terms", ())]
        assert starts == sorted(starts), e["id"]
        for t in e.get("terms", ()):
            if t["start"] and t["end"]:
                short = min(len(t["start"]), len(t["end"]))
                assert t["start"][:short] <= t["end"][:short], (e["id"], t)


def test_shared_names_are_known_and_explained():
    directory = load_directory()
    shared = set()
    for text, meant in directory.names.named.items():
        several = sum(via in ("name", "capital", "seat", "demonym", "people") for _, via in meant) > 1
        if several and (text in SHARED or not (text.isupper() and text.capitalize() in SHARED)):
            shared.add(text)
    persons = {t for t in shared if all(directory.entries[i].kind == "person" for i, _ in directory.names.named[t])}
    assert shared - persons == set(SHARED)
    assert all(len({directory.entries[i].terms[0].of for i, _ in directory.names.named[t]}) == 1 for t in persons), persons


def test_it_covers_the_world():
    kinds = Counter(e["kind"] for e in ENTRIES)
    assert kinds["state"] >= 197
    assert kinds["person"] >= 3000
    assert kinds["group"] + kinds["party"] >= 150
    members = {m["id"] for e in ENTRIES if e["id"] == "NATO" for m in e["members"]}
    assert len(members) == 32 and "TUR" in members
    led = {
        t["of"] for e in ENTRIES for t in e.get("terms", ()) if t["office"] in ("President", "Prime Minister", "King") and t["end"] is None
    }
    states = {e["id"] for e in ENTRIES if e["kind"] == "state"}
    assert len(led & states) >= 180
