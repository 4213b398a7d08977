"""What pairs of sets share."""

import numpy as np
import pytest

from detente.merging.sets import as_sets

#: two sets, Jaccard, whether more than half of all is shared and each has something of its own
CASES = [
    ("abcd", "abcd", 1.0, False),
    ("abcd", "abce", 0.6, True),
    ("abcd", "abc", 0.75, False),
    ("ab", "cd", 0.0, False),
    ("", "ab", 0.0, False),
]


@pytest.mark.parametrize(("one", "other", "alike", "variants"), CASES)
def test_alike_and_variants(one: str, other: str, alike: float, variants: bool) -> None:
    (sets,) = as_sets([set(one), set(other)])
    i, j = np.asarray([0]), np.asarray([1])
    assert sets.alike(i, j) == pytest.approx([alike], abs=1e-5)
    assert sets.variants(i, j, 0.5).tolist() == [variants]
    assert sets.alike(j, i) == pytest.approx([alike], abs=1e-5)
