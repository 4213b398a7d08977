"""Which of a sentence's dates an act has."""

import pytest

from detente.documents import from_text


@pytest.mark.parametrize(
    ("text", "word", "date"),
    [
        ("Kenya opened a case on Monday into the murder of Somali traders.", "murder", None),
        ("Rebels killed Somali traders on Monday.", "killed", "2025-06-30"),
    ],
)
def test_what_is_looked_into_does_not_share_the_date_of_the_inquiry(coder, text: str, word: str, date: str | None) -> None:
    mentions = coder.code(from_text(text, published="2025-07-02")).mentions
    assert [m.date for m in mentions if m.trigger == word] == [date]


@pytest.mark.parametrize(
    ("text", "word", "date"),
    [
        ("Chad closed its embassy on Sunday in response to the raid on its consulate in Khartoum.", "raid", None),
        ("Three Syrian soldiers were killed and ten were wounded on Tuesday when Israeli jets struck Homs.", "killed", "2025-07-01"),
        ("Three Syrian soldiers were killed in May and ten civilians were wounded on Tuesday.", "killed", "2025-05"),
        ("The quarrel began on 25 June, when Kenya expelled two Somali diplomats.", "expelled", "2025-06-25"),
        ("Chad was asked about the protest which Somalia made to its embassy on Saturday.", "protest", "2025-06-28"),
        ("Chad condemned the raid that Sudan launched on Tuesday.", "raid", "2025-07-01"),
        ("In February Kenya closed the Somali embassy and withdrew the licence of a Somali bank.", "withdrew", "2025-02"),
    ],
)
def test_what_parts_of_a_sentence_share_a_date(coder, text: str, word: str, date: str | None) -> None:
    mentions = coder.code(from_text(text, published="2025-07-02")).mentions
    assert {m.date for m in mentions if m.trigger == word} == {date}
