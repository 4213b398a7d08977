"""Ties told in text: who stands where, what they are called, how sure, and since when."""

import pytest

from detente.documents import from_text

CASES = [  # text, subject, kind, object, status
    ("Police searched RIA Novosti Baku, the local branch of Rossiya Segodnya.", None, "part_of", "Rossiya Segodnya", "happened"),
    ("Officials in Vilnius said two of the arrested were agents of the GRU.", "two of the arrested", "agent_of", "GRU", "claimed"),
    ("The Paris–Athens axis worries its neighbours.", "France", "allied_with", "Greece", "happened"),
    ("Poland, NATO's largest army in the east, sent jets.", "Poland", "member_of", "NATO", "happened"),
    ("Hezbollah, backed by Iran, fired rockets.", "Iran", "allied_with", "Hezbollah", "happened"),
    ("Houthi forces, which are supported by Iran, fired rockets.", "Iran", "allied_with", "Houthis", "happened"),
    ("China's state-run news agency Xinhua reported the visit.", "China", "controls", "Xinhua", "happened"),
    ("The Kremlin-controlled broadcaster RT denied it.", "Russia", "controls", "RT", "happened"),
    ("The Russian-backed rebels withdrew.", "Russia", "allied_with", "Russian-backed rebels", "happened"),
    ("Greece and its rival Turkey met.", "Turkey", "rival_of", "Greece", "happened"),
    ("Serbia's ally Russia vetoed the text.", "Russia", "allied_with", "Serbia", "happened"),
    ("Uganda denied that M23 is its proxy.", "M23", "agent_of", "Uganda", "denied"),
    ("Hamas, which rules Gaza, agreed to talks.", "Hamas", "controls", "Gaza Strip", "happened"),
    ("NATO member Albania condemned the attack.", "Albania", "member_of", "NATO", "happened"),
    ("Sweden joined NATO last year.", "Sweden", "member_of", "NATO", "happened"),
    # state-run: the state that the body is of
    ("State-run IRNA reported the talks.", "Iran", "controls", "IRNA", "happened"),
    ("The state-owned company Rosneft cut its output.", "Russia", "controls", "Rosneft", "happened"),
    ("The blast was reported by state news agency Xinhua.", "China", "controls", "Xinhua", "happened"),
    ("The Hamas-run health ministry said 20 people were killed.", "Hamas", "controls", "Hamas-run health ministry", "happened"),
    # backed by: appositions, bodies that have no name, lasting verbs
    ("Hezbollah, a Lebanese militia backed by Iran, fired rockets at Israel.", "Iran", "allied_with", "Hezbollah", "happened"),
    ("A militia backed by Iran attacked the base.", "Iran", "allied_with", "militia", "happened"),
    ("Hamas, backed and financed by Iran, fired rockets.", "Iran", "allied_with", "Hamas", "happened"),
    ("The Iran-backed Houthis fired two missiles.", "Iran", "allied_with", "Houthis", "happened"),
    ("The separatists, who are backed by Moscow, shelled the town.", "Russia", "allied_with", "separatists", "happened"),
    ("Rwanda backs the M23 rebels, UN experts said.", "Rwanda", "allied_with", "M23", "claimed"),
    ("Iran has armed and funded the Houthis.", "Iran", "allied_with", "Houthis", "happened"),
    ("The Houthis are allied with Iran.", "Houthis", "allied_with", "Iran", "happened"),
    # claims and denials
    ("Iran denied that it backs the Houthis.", "Iran", "allied_with", "Houthis", "denied"),
    ("Rwanda has repeatedly denied backing M23.", "Rwanda", "allied_with", "M23", "denied"),
    ("Saudi Arabia accused Iran of backing the Houthis.", "Iran", "allied_with", "Houthis", "claimed"),
    ("Iran was accused of arming the Houthis.", "Iran", "allied_with", "Houthis", "claimed"),
    ("Moscow rejected claims that it controls the separatists.", "Russia", "controls", "separatists", "denied"),
    ("Ukraine would join NATO if the war ended.", "Ukraine", "member_of", "NATO", "hypothetical"),
    ("Sweden applied to join NATO.", "Sweden", "member_of", "NATO", "planned"),
    ("Armenia is not a member of NATO.", "Armenia", "member_of", "NATO", "denied"),
    # agents, told of or by themselves
    ("Two agents of Russia's FSB met in Kyiv.", "Two agents of Russia's FSB", "agent_of", "Federal Security Service", "happened"),
    ("Police in Warsaw detained three Russian agents.", "three Russian agents", "agent_of", "Russia", "happened"),
    ("Prosecutors said Maria Butina was a Russian agent.", "Maria Butina", "agent_of", "Russia", "claimed"),
    ("Iranian proxies such as Hezbollah attacked Israel.", "Hezbollah", "agent_of", "Iran", "happened"),
    # parts, members, leaders, rivals
    ("Police raided the local branch of Sputnik.", "local branch of Sputnik", "part_of", "Sputnik", "happened"),
    ("Turkey, a NATO ally, sent troops.", "Turkey", "member_of", "NATO", "happened"),
    ("EU members Hungary and Slovakia blocked the sanctions.", "Slovakia", "member_of", "European Union", "happened"),
    ("Turkey has the second-largest army in NATO.", "Turkey", "member_of", "NATO", "happened"),
    ("Wagner, led by Yevgeny Prigozhin, took Bakhmut.", "Yevgeny Prigozhin", "leads", "Wagner Group", "happened"),
    ("Hezbollah leader Naim Qassem threatened Israel.", "Naim Qassem", "leads", "Hezbollah", "happened"),
    ("Ramzan Kadyrov, who leads Chechnya, sent fighters.", "Ramzan Kadyrov", "leads", "Chechnya", "happened"),
    ("Iran and Saudi Arabia are rivals.", "Iran", "rival_of", "Saudi Arabia", "happened"),
]


@pytest.mark.parametrize(("text", "subject", "kind", "object_", "status"), CASES)
def test_a_tie_is_read(coder, text, subject, kind, object_, status) -> None:
    found = [t for t in coder.code(from_text(text, published="2025-07-02")).ties if t.kind == kind]
    told = {(t.subject.name or t.subject.text, t.object.name or t.object.text, t.status) for t in found}
    if subject is None:
        assert any(o == object_ and s == status for _, o, s in told)
    elif object_ == "GRU":
        assert [(s, st) for s, _, st in told] == [(subject, status)]
    else:
        assert (subject, object_, status) in told


NONE = [
    "The head of the Azerbaijani community in Lyon was detained.",
    "Russia and Ukraine exchanged prisoners.",
    "Police controlled the crowd in Tbilisi.",
    "The two sides backed a ceasefire proposed by France.",
    "France backed the resolution on Syria.",
    "The report, backed by evidence from Ukraine, was published.",
    "A UN-backed ceasefire took effect in Yemen.",
    "The plan, backed by Egypt and Qatar, was rejected by Hamas.",
    "State-run media reported the blast.",
    "France led Argentina 2-1 at half time.",
    "The talks were led by Oman.",
    "He was an agent of change.",
    "The players' agent said the deal was close.",
    "The EU froze Russian assets.",
    "The deputy leader of Hezbollah, Naim Qassem, spoke.",
    "In Iran and China, Russian-owned shops closed.",
    "Russian President Vladimir Putin spoke.",  # the directory knows
]


@pytest.mark.parametrize("text", NONE)
def test_no_tie_is_read(coder, text) -> None:
    assert coder.code(from_text(text, published="2025-07-02")).ties == ()


def test_leaders_of_two_states_are_two_actors(coder) -> None:
    (met, *_) = coder.code(from_text("The leaders of Armenia and Azerbaijan met in Abu Dhabi.", published="2025-07-10")).mentions
    assert [a.country for a in met.actors] == ["ARM", "AZE"]


TIMES = [  # text, subject, since when, until when
    ("Montenegro has been a NATO member since 2017.", "Montenegro", "2017", None),
    ("Finland became a member of NATO in 2023.", "Finland", "2023", None),
    ("Finland joined NATO on 4 April 2023.", "Finland", "2023-04-04", None),
    ("Georgia was a member of the Commonwealth of Independent States until 2009.", "Georgia", None, "2009"),
    ("Britain left the European Union in 2020.", "United Kingdom", None, "2020"),
    ("Armenia, a former ally of Russia, signed the deal.", "Armenia", None, "2025-07-01"),  # over by the day it is told
]


@pytest.mark.parametrize(("text", "subject", "start", "end"), TIMES)
def test_since_when_and_until_when(coder, text, subject, start, end) -> None:
    (tie,) = coder.code(from_text(text, published="2025-07-02")).ties
    assert (tie.subject.name, tie.start, tie.end) == (subject, start, end)


def test_who_says_so(coder) -> None:
    sources = {
        "Iran denied backing the Houthis.": ["Iran"],
        "Saudi Arabia accused Iran of backing the Houthis.": ["Saudi Arabia"],
        "Moscow rejected claims that it controls the separatists.": ["RUS"],
    }
    for text, wanted in sources.items():
        (tie,) = coder.code(from_text(text, published="2025-07-02")).ties
        assert [w for s in tie.sources if (w := s.text if s.text in wanted else s.country)] == wanted
