"""The codebook's files: valid, in canonical order, sourced, with examples."""

from importlib import resources

import pytest
from jsonschema import Draft202012Validator

from detente.knowledge import load_codebook
from detente.knowledge.codebook import codebook_schema, read_yaml

FILES = sorted(
    (f for f in resources.files("detente.knowledge").joinpath("data", "codebook").iterdir() if f.name[0].isupper()), key=lambda f: f.name
)
ENTRIES = {f.name: read_yaml(f.name, f.read_text("utf8")) for f in FILES}


def test_there_is_a_file_for_each_type() -> None:
    assert len(FILES) == 16


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_fits_the_schema(name: str) -> None:
    schema = codebook_schema()
    validator = Draft202012Validator({"$ref": "#/$defs/bundled", "$defs": schema["$defs"]})
    faults = [f"{ENTRIES[name][f.absolute_path[0]]['id']}: {f.message}" for f in validator.iter_errors(ENTRIES[name])]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", ENTRIES)
def test_entries_stand_in_order_of_their_ids(name: str) -> None:
    ids = [entry["id"] for entry in ENTRIES[name]]
    assert ids == sorted(set(ids))
    assert all(id_.startswith(name.removesuffix(".yaml").lower() + ".") for id_ in ids)


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_has_a_source_and_an_example_that_marks_its_trigger(name: str) -> None:
    book = load_codebook()
    for entry in (book.entries[e["id"]] for e in ENTRIES[name]):
        assert entry.source
        assert entry.examples
        assert all(x.trigger in x.text for x in entry.examples)


@pytest.mark.parametrize("name", ENTRIES)
def test_bundled_files_pass_the_check(name: str) -> None:
    with resources.as_file(resources.files("detente.knowledge").joinpath("data", "codebook", name)) as path:
        assert load_codebook().check([path]) == []


WRONG = [
    ('- {id: coerce.x.y, type: COERCE, verbs: ["detain {*}", "detain {*}"], examples: ["AZE > RUS: Baku *detained* him."]}', "detain"),
    ('- {id: coerce.x.y, type: COERCE, verbs: [detain], sectors: [police], examples: ["AZE > : Baku *detained* him."]}', "police"),
    (
        "- {id: coerce.x.y, type: COERCE, verbs: [detain], examples: [{text: Baku detained him., trigger: detained, actor: [AZE]}]}",
        "example",
    ),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_the_schema_forbids_is_told_with_its_line(tmp_path, text: str, told: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("# mine\n" + text)
    problems = load_codebook().check([path])
    assert [p.line for p in problems] == [2]
    assert told in problems[0].message
