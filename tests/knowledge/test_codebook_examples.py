"""Every example of the codebook is read as it says: trigger, type, entry, actors, recipients, and the status where it gives one."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from detente.coding import Coder
from detente.config import load_config
from detente.documents import from_text
from detente.knowledge import load_codebook, load_directory
from detente.knowledge.codebook import Entry, Example
from detente.language import Parser, RawSentence, Sentence
from detente.records import Mention

BOOK = load_codebook()
PUBLISHED = "2025-07-01"


class Prepared(Parser):
    """Parses many sentences at once, and hands them out as documents ask for them: several times as fast as one by one."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        raws = [raw for text in dict.fromkeys(texts) for raw in self.split(from_text(text, published=PUBLISHED))]
        self.known = {(raw.text, raw.span): s for raw, s in zip(raws, super().parse(raws), strict=True)}

    def parse(self, raws: Sequence[RawSentence], indexes: Sequence[int] | None = None) -> list[Sentence]:
        found = [self.known[raw.text, raw.span] for raw in raws]
        for sentence, index in zip(found, indexes or range(len(raws)), strict=True):
            sentence.index = index
        return found


@pytest.fixture(scope="module")
def mentions() -> dict[str, tuple[Mention, ...]]:
    """What is coded in each example, each a document of its own. A sentence alone does not show what a text is about: none is doubted."""
    texts = list(dict.fromkeys(x.text for entry in BOOK.entries.values() for x in entry.examples))
    coder = Coder(parser=Prepared(texts), options=replace(load_config().coding, minimum_confidence=0.0))
    return {text: coder.code(from_text(text, published=PUBLISHED)).mentions for text in texts}


def codes(actors: Sequence) -> set[str]:
    """Codes of the actors that the directory knows; people known by their role alone have none."""
    known = load_directory().entries
    return {a.code for a in actors if a.code in known}


def fault(entry: Entry, example: Example, found: Sequence[Mention]) -> str | None:
    """What is wrong with the reading of an example; None where a mention at its trigger is right."""
    place = re.search(rf"(?<!\w){re.escape(example.trigger)}(?!\w)", example.text)
    assert place is not None, example
    at = [m for m in found if m.trigger_span[0] < place.end() and place.start() < m.trigger_span[1]]
    if not at:
        return f"nothing coded at {example.trigger!r}, but {[(m.trigger, m.type) for m in found]}"
    for m in at:
        right = m.type == entry.type and (f"codebook:{entry.id}" in m.because or m.mode == entry.mode)
        parties = codes(m.actors) == set(example.actors) and codes(m.recipients) == set(example.recipients)
        if right and parties and example.status in (None, m.status):
            return None
    m = at[0]
    told = f"{m.type} {' '.join(sorted(codes(m.actors)))} > {' '.join(sorted(codes(m.recipients)))} ({m.status}, {', '.join(m.because)})"
    wanted = f"{entry.type} {' '.join(example.actors)} > {' '.join(example.recipients)}"
    return f"read as {told}, not as {wanted}"


@pytest.mark.parametrize("id_", BOOK.entries)
def test_every_example_is_read_as_it_says(mentions, id_: str) -> None:
    entry = BOOK.entries[id_]
    faults = [f"{x.text} – {why}" for x in entry.examples if (why := fault(entry, x, mentions[x.text])) is not None]
    assert not faults, "\n".join(faults)
