"""Roles of those the directory does not know."""

import pytest

from detente.documents import from_text

#: text, trigger, words of actors, words of recipients
CASES = [
    ("Police arrested two protesters.", "arrested", ["Police"], ["two protesters"]),
    ("Suspected militants killed four Kenyan officers.", "killed", ["Suspected militants"], ["four Kenyan officers"]),
    ("Teachers went on strike.", "went", ["Teachers"], []),
    ("Teachers will not end the strike.", "end", ["Teachers"], []),
    ("Striking guards said they would not end the strike.", "end", ["Striking guards"], []),
    ("A court found Barbarin guilty of theft.", "found", ["court"], []),
    ("North Korea plans to dismantle its test site in a ceremony between May 23 and 25.", "dismantle", ["North Korea"], []),
    ("Norway opened its borders to refugees.", "borders", ["Norway"], ["refugees"]),
    ("Kenya said it had freed two Somali prisoners.", "freed", ["Kenya"], ["two Somali prisoners"]),
]


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients"), CASES)
def test_roles(coder, text: str, trigger: str, actors: list[str], recipients: list[str]) -> None:
    found = {m.trigger: m for m in coder.code(from_text(text)).mentions}
    assert ([a.text for a in found[trigger].actors], [a.text for a in found[trigger].recipients]) == (actors, recipients)


@pytest.mark.parametrize("text", ["Mr Bellamy urged Mr Keegan to stay.", "The company agreed to buy the firm.", "Smith beat Jones."])
def test_nothing_political(coder, text: str) -> None:
    assert coder.code(from_text(text)).mentions == ()
