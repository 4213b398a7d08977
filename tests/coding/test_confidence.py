"""Confidence: evidence of a mention, and whether its text is about politics."""

import pytest

from detente.coding.register import balance, subjects
from detente.documents import from_text

SPORT = (
    "England beat Wales at Twickenham in the second round of the rugby championship. The scrum half and the full-back scored before "
    "half-time, and the coach praised his squad. France attack well, but their defenders missed tackles in midfield. "
    "England meet Ireland in the semi-final, when the winger returns from a hamstring injury. "
    "The captain urged Scotland to fight for every ball until the final whistle."
)
FILM = (
    "The actress accused her director of theft in the thriller, a box office hit that won an Oscar. The singer thanked British fans. "
    "In the sequel American agents kill a Russian novelist; the soundtrack and the screenplay were praised at the film festival."
)
GADGETS = (
    "Microsoft attacked Google with a new browser for mobile phones. The software blocks spam and e-mail viruses on desktop computers, and "
    "Sony will release a games console with broadband. Samsung demonstrated a handset that lets users download MP3 files."
)
WAR = (
    "The army shelled villages on the border. The foreign minister told parliament that troops would stay until the ceasefire. "
    "England beat Wales. The government expelled two diplomats, and rebels freed prisoners after peace talks at the embassy."
)


@pytest.mark.parametrize(("text", "low", "high"), [(SPORT, -1, -0.4), (FILM, -1, -0.3), (GADGETS, -1, -0.4), (WAR, 0.4, 1)])
def test_words_tell_what_a_text_is_about(text, low, high) -> None:
    assert low <= balance(subjects(text), 12) <= high


def test_a_word_or_pair_counts_once_in_any_number() -> None:
    assert subjects("Goalkeepers, a goalkeeper, the goalkeeper's gloves")["sport"] == 2
    assert subjects("the prime minister")["political"] == subjects("prime ministers and a minister")["political"]


@pytest.mark.parametrize("text", [SPORT, FILM, GADGETS])
def test_no_event_where_nothing_political_is_told(coder, text) -> None:
    assert coder.code(from_text(text)).mentions == ()
    assert any("confidence" in c.why for c in coder.explain(from_text(text)).considered if c.outcome == "dropped")


def test_a_government_acts_in_any_register(coder) -> None:
    found = coder.code(from_text("The Greek government expelled the Turkish ambassador. " + GADGETS)).mentions
    assert [(m.trigger, "register:technology" in m.because) for m in found] == [("expelled", True)]


def test_a_long_text_is_judged_stretch_by_stretch(coder) -> None:
    found = coder.code(from_text("\n\n".join([SPORT] * 8 + [WAR] * 10))).mentions
    first = len(SPORT) * 8
    assert found and all(m.trigger_span[0] > first for m in found)


#: two texts, the first of which is better evidence
BETTER = [
    ("Azerbaijani police detained two Russian journalists.", "Two Russian journalists were detained."),
    ("Turkey attacked Syria.", "Turkey will attack Syria."),
]


@pytest.mark.parametrize(("better", "worse"), BETTER)
def test_more_evidence_more_confidence(coder, better, worse) -> None:
    high, low = (coder.code(from_text(text)).mentions[0].confidence for text in (better, worse))
    assert 1 > high > low > 0
