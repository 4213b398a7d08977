"""The brief: every link lands, nothing leaves the machine, nothing is said without a sentence."""

import re

import pytest
from builders import document, mention

from detente.config import load_config
from detente.reporting import brief_data, what_changed, write_brief
from detente.workspace import Workspace


@pytest.fixture(scope="module")
def page(example_workspace, tmp_path_factory) -> str:
    config = load_config()
    folder = tmp_path_factory.mktemp("brief")
    return write_brief(folder, brief_data(example_workspace[0], config), config.reporting).read_text("utf8")


def test_every_evidence_link_lands(page: str) -> None:
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_nothing_is_fetched(page: str) -> None:
    assert "default-src 'none'" in page
    assert re.findall(r"""(?:src|srcset|@import|url\()\s*=?\s*["']?https?:""", page) == []
    assert "<link" not in page


SECTIONS = "changed expected surprised chronology contested claims ties tension network map ahead not-read documents".split()


def test_sections_stand_in_order(page: str) -> None:
    places = [page.index(f'<section id="{s}">') for s in SECTIONS]
    assert places == sorted(places)


def test_statements_have_evidence(example_workspace) -> None:
    data = brief_data(example_workspace[0], load_config())
    statements = what_changed(data)
    assert 3 <= len(statements) <= 6
    for s in statements:
        assert s.text[0].isupper() and s.text.endswith(".")
        assert set(s.mentions) <= set(data.mentions)


def test_what_to_expect_has_chances_reasons_and_the_backtest(page: str) -> None:
    section = re.search(r'<section id="expected">(.*?)</section>', page, re.S)
    assert section is not None
    text = re.sub(r"<[^>]+>", " ", section[1])
    assert re.search(r"by (Azerbaijan|Russia) (against|of|toward|on) (Russia|Azerbaijan) +\d+%", text)
    assert "likelier than it is for the average pair" in text
    assert "of the last 30 days" in text and "not distinguishable from" in text and "have not yet done better in two months or more" in text


def test_what_surprised_is_listed(page: str) -> None:
    section = re.search(r'<section id="surprised">(.*?)</section>', page, re.S)
    assert section is not None and "27 June 2025" in section[1] and 'href="#m-' in section[1]


def test_hostile_documents_stay_text(tmp_path) -> None:
    config = load_config()
    workspace = Workspace.open(tmp_path / "w", create=True)
    evil = "<script>alert(1)</script>"
    told = mention("20250701-a", 0, "COERCE", "AZE", "RUS", f"{evil} coerce", sources=[evil])
    workspace.append([document("20250701-a", title=evil, outlet=evil, url="javascript:alert(1)")], [told], [], "c")
    from detente.pipeline import merge_workspace

    merge_workspace(workspace, config)
    text = write_brief(workspace.folder, brief_data(workspace, config), config.reporting).read_text("utf8")
    assert evil not in text
    assert "javascript:" not in text
    assert "&lt;script&gt;" in text


def test_an_empty_workspace_has_a_brief(tmp_path) -> None:
    config = load_config()
    workspace = Workspace.open(tmp_path / "w", create=True)
    text = write_brief(workspace.folder, brief_data(workspace, config), config.reporting).read_text("utf8")
    assert "tell of no act" in text
    assert "Nothing can be expected from so short a history" in text and "no week was forecast" in text


def test_markdown_and_pictures(example_workspace, tmp_path) -> None:
    config = load_config(reporting={"png": True})
    write_brief(tmp_path, brief_data(example_workspace[0], config), config.reporting)
    assert "## Chronology" in (tmp_path / "brief.md").read_text("utf8")
    pictures = sorted(p.name for p in (tmp_path / "charts").iterdir())
    assert "network.png" in pictures
    assert {"map-1.png", "map-2.png"} <= set(pictures)
    assert all(p.read_bytes()[:4] == b"\x89PNG" for p in (tmp_path / "charts").iterdir())
