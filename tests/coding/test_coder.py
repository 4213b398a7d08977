"""Sentences and what is coded from them."""

import pytest

from detente.documents import from_text

#: text, trigger, type, actors, recipients, status
CASES = [
    ("Azerbaijani police detained two Russian journalists.", "detained", "COERCE", ["AZE"], ["RUS"], "happened"),
    ("Two Russian journalists were detained by Azerbaijani police.", "detained", "COERCE", ["AZE"], ["RUS"], "happened"),
    ("The arrest of two Russian journalists by Azerbaijani police drew protests.", "arrest", "COERCE", ["AZE"], ["RUS"], "happened"),
    ("Ankara condemned the French decision.", "condemned", "ACCUSE", ["TUR"], ["FRA"], "happened"),
    ("Iran did not attack Israel.", "attack", "ASSAULT", ["IRN"], ["ISR"], "denied"),
    ("Iran denied attacking Israel.", "attacking", "ASSAULT", ["IRN"], ["ISR"], "denied"),
    ("Russia may attack Georgia.", "attack", "ASSAULT", ["RUS"], ["GEO"], "hypothetical"),
    ("If Russia attacks Georgia, markets will fall.", "attacks", "ASSAULT", ["RUS"], ["GEO"], "hypothetical"),
    ("Turkey will withdraw its troops from Syria.", "withdraw", "AGREE", ["TUR"], ["SYR"], "planned"),
    # a negation that is part of the act's name; a joint act that one side will not have; where the troops were
    ("Sudan is not ruling out a military response against Chad.", "ruling", "THREATEN", ["SDN"], ["TCD"], "happened"),
    ("Serbia does not recognise Kosovo.", "recognise", "REJECT", ["SRB"], ["XKX"], "happened"),
    ("Egypt's president has no intention of holding a call with Ethiopia's president.", "call", "CONSULT", ["EGY"], ["ETH"], "denied"),
    ("France withdrew the 2,000 troops based in Niger.", "withdrew", "RETREAT", ["FRA"], ["NER"], "happened"),
    ("According to Kyiv, Russia shelled Ukrainian towns.", "shelled", "ASSAULT", ["RUS"], ["UKR"], "claimed"),
    ("Kyiv said that Russia shelled Ukrainian towns.", "shelled", "ASSAULT", ["RUS"], ["UKR"], "claimed"),
    ("French and German ministers met in Berlin.", "met", "CONSULT", ["FRA", "DEU"], [], "happened"),
    ("China imposed sanctions on Lithuania.", "imposed", "SANCTION", ["CHN"], ["LTU"], "happened"),
    ("Poland expelled three Belarusian diplomats.", "expelled", "SANCTION", ["POL"], ["BLR"], "happened"),
    ("Egypt urged Ethiopia to halt work on the dam.", "urged", "REQUEST", ["EGY"], ["ETH"], "happened"),
    ("Georgia suggested that Russia attacked the post.", "suggested", "ACCUSE", ["GEO"], ["RUS"], "happened"),
    ("Georgia suggested that Russia opened a school.", None, None, None, None, None),
    ("Israel said it did not attack Lebanon.", "said", "REJECT", ["ISR"], ["LBN"], "happened"),
    ("Georgia said Armenia must open the road.", "must", "REQUEST", ["GEO"], ["ARM"], "happened"),
    ("Georgia said it must open the road.", None, None, None, None, None),
    ("Kenya said Somali rebels were responsible.", "responsible", "ACCUSE", ["KEN"], ["SOM"], "happened"),
    ("Malian rebels stormed a Nigerien village.", "stormed", "ASSAULT", ["MLI"], ["NER"], "happened"),
    ("Malian police stormed a Nigerien bank.", "stormed", "COERCE", ["MLI"], ["NER"], "happened"),
    ("Chad's president ordered strikes on Sudanese depots.", "strikes", "ASSAULT", ["TCD"], ["SDN"], "hypothetical"),
    ("Peru and Chile staged war games.", "games", "COOPERATE", ["PER", "CHL"], [], "happened"),
    ("Peru staged war games.", "games", "MOBILIZE", ["PER"], [], "happened"),
    ("Chad launched a scathing attack on Sudan's premier.", "attack", "ACCUSE", ["TCD"], ["SDN"], "happened"),
    ("Chad gave money to help Sudanese families.", "money", "AID", ["TCD"], ["SDN"], "happened"),
    ("Ghana called for sanctions against Togo.", "called", "ACCUSE", ["GHA"], ["TGO"], "happened"),
    ("Finland handed over ambulances to Estonia.", "handed", "AID", ["FIN"], ["EST"], "happened"),
    ("A Dutch court found a Serbian officer guilty.", "found", "ACCUSE", ["NLD"], ["SRB"], "happened"),
    ("Togo accepted the demands by Ghana.", "demands", "CONCEDE", ["TGO"], ["GHA"], "happened"),
    ("Ghana attacked a Togolese factory and other positions.", "attacked", "ASSAULT", ["GHA"], ["TGO"], "happened"),
    ("Norway said a loan to Mali is out of the question.", "is", "REJECT", ["NOR"], ["MLI"], "happened"),
    ("Togo released dozens of Ghanaian prisoners.", "released", "RETREAT", ["TGO"], ["GHA"], "happened"),
    ("Austria returned a silver vase to Greece.", "returned", "RETREAT", ["AUT"], ["GRC"], "happened"),
    ("Australia sent experts to Nauru to investigate the riot.", "sent", "ACCUSE", ["AUS"], ["NRU"], "happened"),
    ("Japan sent humanitarian aid to Turkey.", "sent", "AID", ["JPN"], ["TUR"], "happened"),
    # what a subject's own thing is about, not the subject
    ("Bolivia abandoned its claim against Chile.", "abandoned", "CONCEDE", ["BOL"], ["CHL"], "happened"),
    # 'by' that the parser hangs on the noun before it; a noun used up by a verb that is not coded
    ("The prosecution of a Turkish banker by Switzerland took years.", "prosecution", "ACCUSE", ["CHE"], ["TUR"], "happened"),
    ("Malta's lawsuit against Italy was dismissed.", "lawsuit", "ACCUSE", ["MLT"], ["ITA"], "happened"),
    # whom an act hits, who is behind it or blamed for it
    ("Gunfire from Cambodian posts hit a Thai village.", "Gunfire", "ASSAULT", ["KHM"], ["THA"], "happened"),
    ("Iran was behind the bombing of an Argentine school.", "bombing", "ASSAULT", ["IRN"], ["ARG"], "happened"),
    # one object of several verbs; an object parsed as a clause's subject; particles
    ("Soldiers from Japan ravaged, looted and burned Chinese villages.", "ravaged", "ASSAULT", ["JPN"], ["CHN"], "happened"),
    ("An Italian court found two Libyan officers guilty.", "found", "ACCUSE", ["ITA"], ["LBY"], "happened"),
    ("Serbia handed over a suspect to Bosnia.", "handed", "COOPERATE", ["SRB"], ["BIH"], "happened"),
    # whom a threat is about; places are no parties; a counterpart is not one's own
    ("Kuwait's threat to deport Lebanese workers caused alarm.", "threat", "THREATEN", ["KWT"], ["LBN"], "happened"),
    ("Armenia and Azerbaijan held talks in Brussels.", "talks", "CONSULT", ["ARM", "AZE"], [], "happened"),
    ("The French president called his Lebanese counterpart.", "called", "CONSULT", ["FRA", "LBN"], [], "happened"),
    # the way in which it was done, where a light verb carries it; demands in the subjunctive
    ("Syria launched a chemical weapons attack on a Turkish town.", "attack", "ASSAULT", ["SYR"], ["TUR"], "happened"),
    ("France launched a military operation against Malian fighters.", "operation", "ASSAULT", ["FRA"], ["MLI"], "happened"),
    ("Azerbaijan insists that Armenia change its constitution.", "insists", "REQUEST", ["AZE"], ["ARM"], "happened"),
    ("Moscow and Tehran are responsible for backing Assad.", "backing", "SUPPORT", ["RUS", "IRN"], ["SYR"], "happened"),
    ("Iran has not taken any option off the table against Israel.", "taken", "THREATEN", ["IRN"], ["ISR"], "happened"),
    ("Turkey is ready to strike Syria.", "ready", "THREATEN", ["TUR"], ["SYR"], "happened"),
]


def code(coder, text: str, published: str = "2025-07-02"):
    return coder.code(from_text(text, published=published)).mentions


@pytest.mark.parametrize(("text", "trigger", "type", "actors", "recipients", "status"), CASES)
def test_mentions(coder, text, trigger, type, actors, recipients, status) -> None:
    found = {m.trigger: m for m in code(coder, text)}
    if trigger is None:
        assert not {m.type for m in found.values()} & {"ACCUSE", "REJECT", "REQUEST"}
        return
    assert trigger in found
    m = found[trigger]
    assert (m.type, [a.code for a in m.actors], [a.code for a in m.recipients], m.status) == (type, actors, recipients, status)


NO_EVENTS = [
    "The striker hit the post twice before the break.",
    "The singer will release a new album in June.",
    "Prices rose by two percent in May.",
    "She believes in ghosts.",
    "Trump insisted that Canada likes him.",  # no demand
    "Fans invaded the pitch in Paris.",
    "This tragedy must not be hijacked by politicians in France.",
    "International aid agencies warned of an escalating crisis in Sudan.",  # no threat
    "Seven in ten Americans say that it is not right to get involved in the Syrian war.",  # no denial
    "A Canadian official said the airstrikes were not coordinated with Ottawa.",
]


@pytest.mark.parametrize("text", NO_EVENTS)
def test_no_event(coder, text: str) -> None:
    assert code(coder, text) == ()


def test_chain_of_sources(coder) -> None:
    text = "In a statement published by the newspaper Adalet, Kremlin spokesman Dmitry Peskov said that Ukraine attacked Russia."
    attack = next(m for m in code(coder, text) if m.type == "ASSAULT")
    assert attack.status == "claimed"
    assert [s.text.split()[-1] for s in attack.sources] == ["Adalet", "Peskov"]


def test_quotation_goes_on(coder) -> None:
    text = "“Baku raided our office,” Peskov said. “Azerbaijan detained Russian journalists.”"
    detained = next(m for m in code(coder, text) if m.trigger == "detained")
    assert detained.status == "claimed"
    assert [s.text for s in detained.sources] == ["Dmitry Peskov"]


def test_spans_point_into_the_original(coder) -> None:
    text = "Azerbaijani police de-\ntained two Russian journalists on Mon­day in Baku.\n\n\n"
    document = from_text(text, published="2025-07-02")
    for m in coder.code(document).mentions:
        told = text[slice(*m.trigger_span)].replace("-\n", "")
        assert told == m.trigger
        for a in (*m.actors, *m.recipients):
            assert text[slice(*a.span)].replace("­", "") == a.text


def test_dates_and_deaths(coder) -> None:
    (m,) = [m for m in code(coder, "On June 27, Israeli forces killed 14 people in Syria.") if m.trigger == "killed"]
    assert (m.date, m.date_precision, m.deaths) == ("2025-06-27", "day", 14)


TIES = [
    ("Sputnik Azerbaijan, the local branch of Rossiya Segodnya, was closed.", "part_of", "Sputnik Azerbaijan", "Rossiya Segodnya"),
    ("The Ankara–Baku axis worries Moscow.", "allied_with", "Turkey", "Azerbaijan"),
]


@pytest.mark.parametrize(("text", "kind", "subject", "object"), TIES)
def test_ties(coder, text, kind, subject, object) -> None:
    found = {(t.kind, t.subject.name, t.object.name) for t in coder.code(from_text(text, published="2025-07-02")).ties}
    assert (kind, subject, object) in found


def test_an_undated_document_dates_its_days_by_the_month_it_tells(coder) -> None:
    text = "In late June 2025 relations got worse. On June 27 Russian troops stormed a Ukrainian village."
    (stormed,) = [m for m in coder.code(from_text(text)).mentions if m.trigger == "stormed"]
    assert (stormed.date, stormed.date_precision) == ("2025-06-27", "day")


def test_a_very_long_document_is_read_in_parts(coder, monkeypatch) -> None:
    told = from_text("\n\n".join(f"Poland expelled {n} Belarusian diplomats on Monday." for n in range(2, 12)), published="2025-07-02")
    whole = coder.code(told).mentions
    monkeypatch.setattr("detente.coding.coder._PART", 3)
    in_parts = coder.code(told).mentions
    assert len(whole) == 10
    assert [(m.id, m.date, m.status) for m in in_parts] == [(m.id, m.date, m.status) for m in whole]


@pytest.mark.parametrize(
    "text",
    [
        "The Kremlin spokesman called the arrests an internal affair of Armenia.",
        "Moscow regretted what it called Baku's unfriendly actions.",
        "China considers Taiwan a province.",
    ],
)
def test_what_somebody_is_called_is_no_call(coder, text: str) -> None:
    assert [m for m in coder.code(from_text(text)).mentions if m.type == "CONSULT"] == []


REGRETS = [  # what is regretted, the kinds of act that this is
    ("Turkey regretted the downing of the Russian jet.", ["SUPPORT"]),
    ("The Kremlin regretted Azerbaijan's decision.", ["ACCUSE"]),
    ("The Russian foreign ministry voiced regret at Yerevan's move.", ["ACCUSE"]),
    ("Putin expressed condolences to Azerbaijan's president over the crash.", []),
    ("Japan offered condolences to South Korea.", []),
]


@pytest.mark.parametrize(("text", "types"), REGRETS)
def test_regret_of_ones_own_deed_is_support_of_anothers_disapproval_and_condolence_neither(coder, text: str, types: list[str]) -> None:
    assert [m.type for m in coder.code(from_text(text, published="2025-07-02")).mentions] == types


def first_actors(coder, text: str, trigger: str) -> list[tuple[str, str]]:
    told = next(m for m in coder.code(from_text(text, published="2025-07-02")).mentions if m.trigger == trigger)
    return [(a.code, a.text) for a in told.actors]


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("Armenia protested. Police in Yekaterinburg detained three Azerbaijanis.", "detained", [("RUS", "Police")]),
        ("The Investigative Committee of Armenia accused the bishop of a plot.", "accused", [("ARM", "Investigative Committee")]),
        (
            "On 27 June Russian security forces raided the homes of Azerbaijanis in Yekaterinburg.",
            "raided",
            [("RUS", "Russian security forces")],
        ),
        ("Prosecutors in Baku opened a case into the murder of two Azerbaijanis.", "murder", []),
    ],
)
def test_whose_bodies_act(coder, text: str, trigger: str, actors: list[tuple[str, str]]) -> None:
    assert first_actors(coder, text, trigger) == actors


def test_what_has_been_done_is_not_of_a_year_gone_by(coder) -> None:
    text = "Russian investigators have detained members of a gang suspected of murders in 2001."
    (detained,) = [m for m in coder.code(from_text(text, published="2025-06-28")).mentions if m.trigger == "detained"]
    assert detained.date is None


def test_a_sentence_repeated_without_end_is_told_but_so_often(coder) -> None:
    told = from_text("Poland expelled two Belarusian diplomats on Monday. " * 500, published="2025-07-02")
    assert 1 <= len(coder.code(told).mentions) <= 20
