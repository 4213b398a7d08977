"""Sentence boundaries."""

import pytest

from detente.language import sentence_spans

CASES = [
    ("Baku protested. Moscow did not reply.", ["Baku protested.", "Moscow did not reply."]),
    ("The U.S. Treasury imposed sanctions. It named ten firms.", ["The U.S. Treasury imposed sanctions.", "It named ten firms."]),
    ("He met officials of the U.S. The talks failed.", ["He met officials of the U.S.", "The talks failed."]),
    ("Mr. Peskov spoke to Gen. Ivanov on Jan. 3 in St. Petersburg.", ["Mr. Peskov spoke to Gen. Ivanov on Jan. 3 in St. Petersburg."]),
    ("“We will answer.” Baku summoned the envoy.", ["“We will answer.”", "Baku summoned the envoy."]),
    ("“Will you answer?” he asked.", ["“Will you answer?” he asked."]),
    ("It kept the deal.European officials agreed.", ["It kept the deal.", "European officials agreed."]),
    ("Trade fell by 2.5 percent. Talks go on.", ["Trade fell by 2.5 percent.", "Talks go on."]),
    ("John F. Kennedy met him.", ["John F. Kennedy met him."]),
    ("", []),
]


@pytest.mark.parametrize(("text", "sentences"), CASES)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences
