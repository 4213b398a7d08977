"""What merging takes for one word."""

import pytest

from detente.merging.words import act_stems, content_stems, families, name_stems, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [("arrests", "arrested"), ("nominee", "nominated"), ("detained", "detaining"), ("fled", "flee"), ("dies", "dying"), ("cities", "city")],
)
def test_stems_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("general", "generation"), ("police", "policy"), ("united", "unit"), ("minister", "mining")])
def test_stems_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("killed", "slain"), ("gunned down", "shooting"), ("took off", "fled"), ("took into custody", "arrest"), ("treaty", "signed")],
)
def test_words_of_one_family(one: str, other: str) -> None:
    assert families(one) & families(other)


def test_light_verbs_give_way_to_what_tells_the_act() -> None:
    assert act_stems("took a decision") == ("decis",) or act_stems("took a decision") == ("decide",)
    assert not families("took part") & families("stole")


def test_names_are_capitals_inside_sentences() -> None:
    text = "Yesterday Baku’s police met Ilham Aliyev. Officers left."
    assert "baku" in name_stems(text)
    assert "yesterday" not in name_stems(text)
    assert content_stems("The two of them were arrested") == [stem("arrested")]
