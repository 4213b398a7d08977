"""Answers kept with a workspace come back whole, and stand in its brief."""

import dataclasses

import pytest

from detente.errors import ScenarioError
from detente.scenarios import keep, kept, what_if
from detente.scenarios.wording import what_would_help


@pytest.fixture(scope="module")
def found(example_workspace):
    return what_if(example_workspace[0], "AZE SUPPORT ARM mode=sign on 2025-09-01", ("RUS", "AZE"), 2, draws=50)


def test_an_answer_comes_back_whole(found, tmp_path) -> None:
    keep(tmp_path, found)
    keep(tmp_path, found)  # the same question: one answer
    (tmp_path / "scenarios" / "kept" / "broken.json").write_text("{", "utf8")
    assert kept(tmp_path) == [found]


def test_a_folder_that_cannot_be_written(found, tmp_path) -> None:
    (tmp_path / "scenarios").write_text("", "utf8")
    with pytest.raises(ScenarioError, match="S14"):
        keep(tmp_path, found)


def test_the_sentence_names_actors_and_says_what_would_help(found) -> None:
    assert found.sentence.startswith("If Azerbaijan signs an accord with Armenia on 1 September 2025: ")
    assert "between Russia and Azerbaijan" in found.sentence
    assert "more years than 2024 to 2025" in what_would_help(found)


def test_the_brief_shows_it(found, example_workspace, tmp_path) -> None:
    from detente.config import load_config
    from detente.reporting import brief_data, write_brief

    config = load_config()
    data = dataclasses.replace(brief_data(example_workspace[0], config, [found]), tensions=(), edges=())
    pages = [write_brief(tmp_path, data, config.reporting).read_text("utf8"), (tmp_path / "brief.md").read_text("utf8")]
    for page in pages:
        assert "What if" in page and found.sentence in page.replace("&#39;", "'")
        assert "What would let it say more" in page
