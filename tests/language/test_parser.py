"""The parse and its repairs."""

import pytest

from detente.documents import from_text
from detente.language import Parser, RawSentence, Sentence, repairs
from detente.language.stand_ins import stand_in


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def parse(parser: Parser, text: str) -> Sentence:
    return parser.parse([RawSentence((0, len(text)), text, 0, False)])[0]


def index(sentence: Sentence, word: str) -> int:
    return sentence.words.index(word)


LEMMAS = [
    ("Troops were withdrawn from the border.", "withdrawn", "withdraw"),
    ("The ministries accused them.", "ministries", "ministry"),
    ("Baku struck back.", "struck", "strike"),
    ("Both sides held talks.", "talks", "talk"),
    ("She hopes to win.", "hopes", "hope"),
    ("The court fined them.", "fined", "fine"),
    ("Rebels staged a raid.", "staged", "stage"),
    ("They were hoping for peace.", "hoping", "hope"),
    ("The team barred him.", "barred", "bar"),
    ("He planned a coup.", "planned", "plan"),
    ("The army is winning.", "winning", "win"),
    ("Planes napalmed the village.", "napalmed", "napalm"),
    ("The club readmitted him.", "readmitted", "readmit"),
    ("Workers installed launchers.", "installed", "install"),
]


@pytest.mark.parametrize(("text", "word", "lemma"), LEMMAS)
def test_lemmas(parser: Parser, text: str, word: str, lemma: str) -> None:
    s = parse(parser, text)
    assert s.lemmas[index(s, word)] == lemma


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Three IS militants met the WHO.", "Three UN militants met the WTO."),
        ("It IS a war, and this IS new.", "It IS a war, and this IS new."),
        ("WHAT IS NEXT", "WHAT IS NEXT"),
        ("He WHO dares", "He WHO dares"),
        ("The IS-led attack", "The IS-led attack"),
    ],
)
def test_names_that_look_like_plain_words(text: str, read: str) -> None:
    assert stand_in(text) == read


def test_offsets_are_kept(parser: Parser) -> None:
    text = "  Baku  summoned the envoy."
    s = parse(parser, text)
    assert [text[a:b] for a, b in zip(s.starts, s.ends, strict=True)] == s.words == ["Baku", "summoned", "the", "envoy", "."]


def test_neither_negates_the_verb(parser: Parser) -> None:
    s = parse(parser, "Neither Paris nor Berlin has commented.")
    assert index(s, "Neither") in s.all_children(index(s, "commented"), "neg")


def test_active_verb_after_an_embedded_passive_goes_to_the_outer_verb(parser: Parser) -> None:
    s = parse(parser, "The ministry denied that the men had been tortured and accused Moscow of lying.")
    assert s.heads[index(s, "accused")] == index(s, "denied")


VERBS = [
    ("Iran armed Yemeni rebels.", "armed", "Iran", "rebels"),
    ("Indian police tear-gassed Nepali protesters.", "gassed", "police", "protesters"),
    ("Rwandan militias slaughtered and butchered Congolese villagers.", "butchered", None, "villagers"),
    ("Hungary shrugged off Ukraine's objections.", "shrugged", "Hungary", "objections"),
]


@pytest.mark.parametrize(("text", "verb", "subject", "thing"), VERBS)
def test_verbs_read_as_adjectives_and_particles(parser: Parser, text: str, verb: str, subject: str | None, thing: str) -> None:
    s = parse(parser, text)
    i = index(s, verb)
    assert s.is_verb(i)
    assert [s.words[c] for c in s.all_children(i, "dobj")] == [thing]
    assert [s.words[c] for c in s.all_children(i, "nsubj")] == ([subject] if subject else [])


def test_a_noun_phrase_stays_one(parser: Parser) -> None:
    s = parse(parser, "Russia's occupied territories")
    assert s.deps[index(s, "occupied")] == "amod"


def test_coordination(parser: Parser) -> None:
    s = parse(parser, "Russia, Iran and Turkey met in Astana.")
    assert [s.words[k] for k in s.conjuncts(index(s, "Iran"))] == ["Russia", "Iran", "Turkey"]


#: texts whose blanks and signs make tokens of their own
SPACED = ["Moscow  expelled\ttwo diplomats.", "It cost €5 – “too much”, he said.", "Peskov’s office couldn't reply 😀 today."]


@pytest.mark.parametrize("text", SPACED)
def test_tokens_are_the_words_at_their_offsets(parser: Parser, text: str) -> None:
    document = from_text(text)
    for s in parser.parse(parser.split(document)):
        assert all(document.text[a:b] == word and word.strip() for word, a, b in zip(s.words, s.starts, s.ends, strict=True))
        assert all(0 <= head < len(s) for head in s.heads)
        assert all(s.tags) and all(s.deps)


def test_a_repair_never_hangs_a_word_under_itself(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    def circle(s: Sentence) -> bool:
        s.heads[0], s.heads[1] = 1, 0
        return True

    plain = parse(parser, "Troops left the border.").heads
    monkeypatch.setattr(repairs, "RULES", ((circle, None),))
    assert parse(parser, "Troops left the border.").heads == plain


def test_names_joined_by_a_dash_before_a_long_compound(parser: Parser) -> None:
    s = parse(parser, "Chad and South Sudan ratify the Chad–South Sudan Border Security Agreement to share water.")
    assert [s.words[s.heads[i]] for i, word in enumerate(s.words) if word == "Chad"] == ["ratify", "Agreement"]


def test_a_verb_in_the_present_read_as_a_noun(parser: Parser) -> None:
    s = parse(parser, "Chadian prime minister Allah Maye Halina and Nigerien president Abdourahamane Tchiani meet in Algiers for talks.")
    assert s.tags[index(s, "meet")].startswith("VB")
    s = parse(parser, "Talks in Algiers a success.")
    assert s.tags[index(s, "success")] == "NN"


def test_a_clause_read_as_a_sentence_of_its_own_is_what_is_said(parser: Parser) -> None:
    s = parse(parser, "Russia says two Israeli F-15 warplanes flew through Lebanese airspace to carry out the strike.")
    says, flew = s.words.index("says"), s.words.index("flew")
    assert (s.heads[flew], s.deps[flew]) == (says, "ccomp")
    assert [i for i, head in enumerate(s.heads) if i == head] == [says]


def test_a_clause_before_a_semicolon_is_not_what_the_next_one_denies(parser: Parser) -> None:
    s = parse(parser, "Azerbaijan accused the officers of torture; Russian investigators denied that anyone had been targeted.")
    assert s.deps[index(s, "accused")] != "ccomp"


def test_a_cleft_says_what_its_clause_says(parser: Parser) -> None:
    s = parse(parser, "It was not Israel that bombed the hospital.")
    verb = index(s, "bombed")
    assert (s.heads[index(s, "Israel")], s.deps[index(s, "Israel")], s.heads[index(s, "not")]) == (verb, "nsubj", verb)


@pytest.mark.parametrize(
    ("text", "participle", "of"),
    [
        ("The Malaysian jet shot down over Ukraine in 2014 was a Boeing.", "shot", "jet"),
        ("Families of soldiers killed in Ukraine protested.", "killed", "soldiers"),
        ("Israel freed three Lebanese fishermen captured on Monday off Naqoura.", "captured", "fishermen"),
        ("Iran accused Iraq of shelling Iranian towns.", "shelling", "of"),
    ],
)
def test_participles_hang_on_whom_they_tell_of(parser: Parser, text: str, participle: str, of: str) -> None:
    s = parse(parser, text)
    assert s.words[s.heads[index(s, participle)]] == of


def test_two_participles_go_together(parser: Parser) -> None:
    s = parse(
        parser, "Reports indicate that two Azerbaijani brothers, Ziyaddin and Huseyn Safarov, were tortured and killed during the raid."
    )
    assert s.words[s.heads[s.words.index("killed")]] == "tortured"


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("It began on 25 December, when an Azerbaijan Airlines jet was hit, Baku says, by Russian air defence and came down.", "hit"),
        ("The tanker was seized, Washington said, by Iran's navy.", "seized"),
        ("The base was attacked, Kyiv said, by Russian drones.", "attacked"),
    ],
)
def test_by_after_an_aside_of_saying_is_the_passive_verbs(parser: Parser, text: str, verb: str) -> None:
    s = parse(parser, text)
    by = s.words.index("by")
    assert (s.words[s.heads[by]], s.deps[by]) == (verb, "agent")


def test_by_after_what_somebody_says_stays_where_it_is(parser: Parser) -> None:
    s = parse(parser, "The tanker was seized, and Washington said, by way of an answer, that it would wait.")
    assert s.words[s.heads[s.words.index("by")]] == "said"
