"""What acts are said to have been like, by whom."""

import pytest

from detente.documents import from_text

RAID = "Russian police raided Azerbaijani homes in Yekaterinburg on Friday. "
#: text after the raid, what is said of the raid: words, denied or not, who says it
CASES = [
    ("Azerbaijan condemned the raid as ethnically motivated.", [("ethnically motivated", False, "Azerbaijan")]),
    (
        "Azerbaijan condemned the raid as a deliberate and ethnically motivated act.",
        [("deliberate", False, "Azerbaijan"), ("ethnically motivated", False, "Azerbaijan")],
    ),
    ("Moscow said the raid was not ethnically motivated.", [("ethnically motivated", True, "Moscow")]),
    ("Moscow called the raid lawful.", []),  # small clauses are not read yet
    ("Azerbaijan denounced the raid as a provocation.", [("provocation", False, "Azerbaijan")]),
    ("The raid was deliberate.", [("deliberate", False, None)]),
    ("The weather was pleasant.", []),
]


@pytest.mark.parametrize(("text", "said"), CASES)
def test_qualities(coder, text, said) -> None:
    mentions = coder.code(from_text(RAID + text, published="2025-07-02")).mentions
    found = [(q.text, q.denied, q.sources[-1].text if q.sources else None) for m in mentions for q in m.qualities]
    assert found == said
