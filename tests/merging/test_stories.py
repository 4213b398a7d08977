"""Short reports of one affair are one story over its days; other affairs of the same country are other stories."""

from builders import document

from detente.merging import stories

TOLD = [  # day, story, text
    ("2025-05-01", "storm", "Cyclone Rosalind makes landfall in Mozambique, flooding the port of Beira and killing at least 12 people."),
    ("2025-05-02", "vote", "Mozambicans vote to elect a new president after a campaign marred by violence."),
    ("2025-05-03", "storm", "The death toll from Cyclone Rosalind in Mozambique rises to 40; thousands are evacuated from Beira."),
    ("2025-05-03", "talks", "Ecuador and Peru sign a fishing agreement in Lima after two years of negotiations."),
    ("2025-05-04", "vote", "Mozambique's electoral commission says that the ruling party's candidate won the presidential election."),
    ("2025-05-06", "talks", "Peru's congress ratifies the fishing agreement that was signed with Ecuador in Lima."),
]


def test_stories_hold_together_and_stay_apart() -> None:
    found = stories([document(f"{day.replace('-', '')}-{n}", text, day) for n, (day, _, text) in enumerate(TOLD)])
    for n, (_, story, text) in enumerate(TOLD):
        for m in range(n):
            if TOLD[m][1] != story:
                assert found[n] != found[m], text
    assert found[0] == found[2]


def test_an_undated_document_has_a_story_too() -> None:
    assert len(stories([document("00000000-a", "Police in Lima arrest a thief.", None)])) == 1
    assert stories([]) == []
