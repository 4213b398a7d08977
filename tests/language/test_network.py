"""The network run in strokes gives what spaCy's own components give."""

from __future__ import annotations

from typing import Any

import pytest

from detente.language import network as tested
from detente.language.network import Network
from detente.language.parser import _load

TEXTS = (
    "Azerbaijani authorities detained two Russian journalists in Baku on Monday.",
    "Stop!",
    "He denied that X had been tortured, and accused Y of lying — “a lie” — to the U.N.'s envoy.",
    "",
    "Armenia and Azerbaijan  signed\ta deal; Russia, which had brokered an earlier truce, didn't.",
    "The Ankara–Baku axis can't hold 3,000 troops, zyxwvut said.",
)


def own(texts: tuple[str, ...]) -> list[list[tuple[str, int, str]]]:
    """Tag, head and label of each token by spaCy's components."""
    nlp = _load()
    docs: Any = [nlp.make_doc(text) for text in texts]
    for name in ("tok2vec", "tagger", "parser"):
        docs = nlp.get_pipe(name).pipe(docs, batch_size=64)
    return [[(t.tag_, t.head.i, t.dep_) for t in doc] for doc in docs]


def ours(network: Network, texts: tuple[str, ...]) -> list[list[tuple[str, int, str]]]:
    docs = [_load().make_doc(text) for text in texts]
    tags = network.annotate(docs)
    return [[(tag, t.head.i, t.dep_) for tag, t in zip(told, doc, strict=True)] for told, doc in zip(tags, docs, strict=True)]


@pytest.mark.parametrize("size", [1, 2, len(TEXTS)])
def test_same_as_spacy(size: int) -> None:
    network = Network(_load())
    for begin in range(0, len(TEXTS), size):
        part = TEXTS[begin : begin + size]
        assert ours(network, part) == own(part)


def test_word_forms_are_remembered_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tested, "_FORMS", 30)
    network = Network(_load())
    for text in TEXTS * 2:
        assert ours(network, (text,)) == own((text,))
        assert len(network._rows) <= 30


def test_no_documents() -> None:
    assert Network(_load()).annotate([]) == []
