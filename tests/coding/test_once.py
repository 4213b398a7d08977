"""Questions that lead back to themselves."""

from detente.coding.once import once


class Asker:
    """Asks itself."""

    @once
    def who(self, s: object, i: int) -> list[str]:
        return [*self.who(s, i), "somebody"]


def test_a_question_asked_while_it_is_answered_has_no_answer() -> None:
    asker, sentence = Asker(), object()
    assert asker.who(sentence, 1) == ["somebody"]
    assert asker.who(sentence, 1) == ["somebody"]
