"""What was decided about tellings is kept by every merge."""

import random

import pytest
from builders import document, mention

from detente.config import load_config
from detente.merging import Links, merge
from detente.merging.linkage import average_link

PAIRS = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.9), (3, 4, 0.9)]


@pytest.mark.parametrize(
    ("together", "apart", "groups"),
    [
        ([], [], [0, 0, 0, 1, 1]),
        ([(0, 3)], [], [0, 0, 0, 0, 1]),  # 4 is likely of 3 alone
        ([], [(3, 4)], [0, 0, 0, 1, 2]),
        ([], [(0, 1)], [0, 1, 0, 2, 2]),
        ([(0, 1)], [(0, 2)], [0, 0, 1, 2, 2]),
        ([(0, 1)], [(0, 1)], [0, 0, 0, 1, 1]),
    ],
)
def test_groups_keep_what_was_decided(together, apart, groups) -> None:
    found = average_link(5, PAIRS, 0.5, 0.9, together, apart)
    if groups == [0, 1, 0, 2, 2]:  # which of the two the third joins is open
        assert found[0] != found[1] and found[3] == found[4]
    else:
        assert found == groups


def test_no_decision_is_broken_whatever_the_scores() -> None:
    chance = random.Random(7)
    for _ in range(40):
        size = 12
        scores = [(i, j, chance.uniform(-0.5, 1)) for i in range(size) for j in range(i + 1, size)]
        together = [tuple(sorted(chance.sample(range(size), 2))) for _ in range(3)]
        joined = average_link(size, [], 0.5, 1.0, together)
        apart = [p for p in (tuple(sorted(chance.sample(range(size), 2))) for _ in range(8)) if joined[p[0]] != joined[p[1]]]
        found = average_link(size, scores, 0.4, 0.9, together, apart)
        assert all(found[a] == found[b] for a, b in together)
        assert all(found[a] != found[b] for a, b in apart)


def test_without_a_decision_nothing_is_other() -> None:
    scores = [(i, j, random.Random(i * 31 + j).uniform(-0.5, 1)) for i in range(15) for j in range(i + 1, 15)]
    assert average_link(15, scores, 0.3, 0.9) == average_link(15, scores, 0.3, 0.9, [], [])


def test_events_follow_the_links() -> None:
    told = [mention(f"2025070{d}-a", 0, "COERCE", "AZE", "RUS", trigger="detained", date="2025-07-01") for d in (1, 2, 3)]
    read = [document(f"2025070{d}-a", outlet=f"Wire {d}", published="2025-07-01") for d in (1, 2, 3)]
    options = load_config().merging
    assert len(merge(told, read, options)) == 1
    apart = Links(apart=((told[0].id, told[1].id), (told[0].id, told[2].id)))
    assert sorted(len(e.mentions) for e in merge(told, read, options, (), apart)) == [1, 2]
    other = mention("20250701-a", 200, "AID", "USA", "ARM")
    both = merge([*told, other], read, options, (), Links(together=((told[0].id, other.id), (told[0].id, "gone"))))
    assert [len(e.mentions) for e in both] == [4]
