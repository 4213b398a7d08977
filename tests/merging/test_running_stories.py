"""A story knows its days, its outlets, its events and who acts in it."""

from dataclasses import replace

from builders import document, told_event

from detente.merging import running_stories

STORM = [
    (
        "20250501-a",
        "Cyclone Rosalind makes landfall in Mozambique, flooding the port of Beira and killing at least 12 people.",
        "2025-05-01",
        "Wire",
    ),
    (
        "20250503-b",
        "The death toll from Cyclone Rosalind in Mozambique rises to 40; thousands are evacuated from the flooded port of Beira.",
        "2025-05-03",
        "Gazette",
    ),
]
TALKS = [("20250503-c", "Ecuador and Peru sign a fishing agreement in Lima after two years of negotiations.", "2025-05-03", "Wire")]


def test_what_a_story_knows() -> None:
    documents = [document(id_, text, day, outlet) for id_, text, day, outlet in (*TALKS, *STORM)]
    pact = replace(told_event("2025-05-02", "PER ECU", "AGREE"), documents=("20250503-c",))
    help_ = replace(told_event("2025-05-02", "PRT", "AID", "MOZ"), documents=("20250503-b",))
    storm, talks = running_stories(documents, [pact, help_])
    assert storm.documents == ("20250501-a", "20250503-b")
    assert (storm.first, storm.last, storm.outlets) == ("2025-05-01", "2025-05-03", ("Wire", "Gazette"))
    assert (storm.events, storm.actors) == ((help_.id,), ("MOZ", "PRT"))
    assert storm.about.startswith("Cyclone Rosalind makes landfall")
    assert (talks.events, talks.actors) == ((pact.id,), ("ECU", "PER"))


def test_documents_that_tell_the_same_acts_are_of_one_story() -> None:
    documents = [
        document("20250601-d", "Lima buries a judge.", "2025-06-01"),
        document("20250603-e", "A convoy leaves Quito.", "2025-06-03", "Gazette"),
    ]
    both = tuple(d.id for d in documents)
    acts = [replace(told_event("2025-05-30", "PER", type_, "ECU"), documents=both) for type_ in ("ASSAULT", "COERCE", "ACCUSE")]
    assert [len(s.documents) for s in running_stories(documents, [])] == [1, 1]
    assert [s.documents for s in running_stories(documents, acts)] == [both]


def test_no_documents_no_stories() -> None:
    assert running_stories([], []) == []
