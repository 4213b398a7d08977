"""How a sentence is read, shown to a person."""

import json

from test_commands import detente

SENTENCE = "Kyiv denied on Monday that Ukraine may have shelled Russian towns."


def test_explain_shows_every_step(capsys) -> None:
    code, out, _ = detente(capsys, "explain", SENTENCE, "--published", "2025-07-02")
    assert code == 0
    for told in ("shelled  shell  VBN  ccomp", "Attributions", "assault.heavy.shell", "Mention 'shelled'", "modal:may", "2025-06-30"):
        assert told in out
    assert "\x1b" not in out


def test_explain_says_why_nothing_is_coded(capsys) -> None:
    code, out, _ = detente(capsys, "explain", "The boy detained his brother.")
    assert code == 1
    assert "needs" in out


def test_explain_all_lists_what_does_not_fit(capsys) -> None:
    _, out, _ = detente(capsys, "explain", "Iran launched a satellite.", "--all")
    assert "has no fitting object" in out


def test_explain_as_json(capsys) -> None:
    _, out, _ = detente(capsys, "explain", SENTENCE, "--json")
    told = json.loads(out)
    assert set(told) == {"sentences", "attributions", "considered", "mentions", "ties"}
    assert told["sentences"][0]["words"][0] == "Kyiv"


def test_colour_on_a_terminal_unless_unwanted(coder, monkeypatch) -> None:
    import io

    from detente.documents import from_text
    from detente.reporting.reading import show_explanation

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    told = coder.explain(from_text(SENTENCE, published="2025-07-02"))
    coloured, plain = Terminal(), Terminal()
    show_explanation(told, coloured)
    monkeypatch.setenv("NO_COLOR", "1")
    show_explanation(told, plain)
    assert "\x1b[32m" in coloured.getvalue() or "\x1b[1;32m" in coloured.getvalue()
    assert "\x1b[32m" not in plain.getvalue() and "\x1b[1;32m" not in plain.getvalue()
