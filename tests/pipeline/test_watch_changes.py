"""The watch list is changed by adding rows, also while somebody else writes, and nothing else of the workspace changes."""

from pathlib import Path

import pytest

from detente.config import load_config
from detente.errors import UsageError
from detente.pipeline import watch
from detente.pipeline.watching import meant
from detente.workspace import Workspace, sql
from detente.workspace.watchlist import watched

CONFIG = load_config()


@pytest.mark.parametrize(
    ("what", "kind", "key"),
    [
        ("IRN", "actor", "IRN"),
        ("irn", "actor", "IRN"),
        ("Iran", "actor", "IRN"),
        ("Dmitry Peskov", "actor", "dmitry-peskov"),
        ("dmitry-peskov", "actor", "dmitry-peskov"),
        ("Somebody Unheard", "actor", "Somebody Unheard"),
        ("RUS,AZE", "dyad", "AZE,RUS"),
        (" aze , Russia ", "dyad", "AZE,RUS"),
    ],
)
def test_what_is_meant(what: str, kind: str, key: str) -> None:
    assert meant(CONFIG, what) == (kind, key)


@pytest.mark.parametrize("what", ["", " , ", "RUS,", "RUS,Russia", "RUS,AZE,ARM", "x" * 101])
def test_what_cannot_be_watched(what: str) -> None:
    with pytest.raises(UsageError) as fault:
        meant(CONFIG, what)
    assert fault.value.code == "C02"


def test_a_list_is_kept_with_who_changed_it(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "w", create=True)
    with workspace.writing():  # a run goes on
        watch(workspace, CONFIG, "RUS,AZE", who="Ada", note="the consulates")
    watch(workspace, CONFIG, "AZE,RUS")  # there already
    watch(workspace, CONFIG, "Peskov")
    watch(workspace, CONFIG, "Peskov", stop=True, who="Ben")
    assert [(w.key, w.who, w.note) for w in watched(workspace.watches())] == [("AZE,RUS", "Ada", "the consulates")]
    assert [(w.key, w.watched) for w in workspace.watches()] == [("AZE,RUS", True), ("dmitry-peskov", True), ("dmitry-peskov", False)]
    assert sql(workspace, "select count(*) n from watches")["n"].item() == 3
    with pytest.raises(UsageError) as fault:
        watch(workspace, CONFIG, "Peskov", stop=True)
    assert fault.value.code == "W13" and "AZE,RUS" in str(fault.value)
