"""Given words of several texts that tell one event find each other; other acts, and like acts of another affair, stay apart."""

from builders import document

from detente.merging import group_words

TEXTS = [
    "Gunmen kidnapped the mayor of Tirana, Arben Kola, on his way to the town hall. Police said they were searching for Kola.",
    "Tirana mayor Arben Kola was abducted by gunmen near the town hall, and police searched the city for him.",
    "Pirates hijacked the tanker Ocean Star off Lagos and killed four sailors. The navy searched the Gulf of Guinea.",
    "The tanker Ocean Star was seized by pirates off Lagos, who left four of its sailors dead.",
]
WORDS = [["kidnapped", "searching"], ["abducted", "searched"], ["hijacked", "killed", "searched"], ["seized", "dead"]]


def test_words_of_one_event_are_grouped() -> None:
    documents = [document(f"2025070{n}-a", text) for n, text in enumerate(TEXTS, 1)]
    spans = [[[(text.index(w), text.index(w) + len(w))] for w in words] for text, words in zip(TEXTS, WORDS, strict=True)]
    (kidnap, search), (abduct, searched), (hijack, kill, search_at_sea), (seize, shoot) = group_words(documents, spans)
    assert kidnap == abduct
    assert search == searched
    assert hijack == seize
    assert kill == shoot
    assert len({kidnap, search, hijack, kill, search_at_sea}) == 5
