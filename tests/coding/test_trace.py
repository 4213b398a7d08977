"""Why a text was coded as it was."""

import pytest

from detente.documents import from_text


def explain(coder, text: str):
    return coder.explain(from_text(text, published="2025-07-02"))


#: text, word, what became of its trigger, what the reason names
OUTCOMES = [
    ("Azerbaijani police detained two Russian journalists.", "detained", "coded", ""),
    ("The boy kicked and detained his brother.", "detained", "dropped", "needs"),
    ("Iran launched an attack on Israel.", "attack", "dropped", "part of"),
    ("Ankara condemned the French decision.", "condemned", "coded", ""),
]


@pytest.mark.parametrize(("text", "word", "outcome", "why"), OUTCOMES)
def test_what_became_of_a_trigger(coder, text, word, outcome, why) -> None:
    found = [c for c in explain(coder, text).considered if c.word == word and c.outcome in ("coded", "dropped")]
    assert [c.outcome for c in found] == [outcome]
    assert why in found[0].why
    assert found[0].entry in coder.codebook.entries


def test_a_trigger_that_does_not_fit_names_its_slot(coder) -> None:
    found = [c for c in explain(coder, "Iran launched a satellite.").considered if c.word == "launched" and c.outcome == "no fit"]
    assert any(c.why == "has no fitting object" for c in found)


TEXTS = [
    "Kyiv said that Russia shelled Ukrainian towns. It denied the attack.",
    "French and German ministers met in Berlin. They condemned the raid, and Moscow rejected it as an insult.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_explaining_changes_nothing(coder, text) -> None:
    assert explain(coder, text).mentions == coder.code(from_text(text, published="2025-07-02")).mentions


#: text, trigger, status, the rule that `because` names for it
REASONS = [
    ("Kyiv said that Russia shelled Ukrainian towns.", "shelled", "claimed", "cited:said"),
    ("Russia may attack Georgia.", "attack", "hypothetical", "scope:modal:may"),
    ("Iran denied attacking Israel.", "attacking", "denied", "denied:denied"),
    ("Iran did not attack Israel.", "attack", "denied", "scope:negated"),
    ("If Russia attacks Georgia, markets will fall.", "attacks", "hypothetical", "scope:if:if"),
]


@pytest.mark.parametrize(("text", "trigger", "status", "rule"), REASONS)
def test_because_names_entry_and_rules(coder, text, trigger, status, rule) -> None:
    m = next(m for m in explain(coder, text).mentions if m.trigger == trigger)
    assert m.status == status
    assert rule in m.because
    assert m.because[0].removeprefix("codebook:") in coder.codebook.entries
