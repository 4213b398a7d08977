"""Who acts on whom, where the words say it in a roundabout way."""

from __future__ import annotations

import pytest

from detente.documents import from_text

#: text, trigger, actors, recipients
CASES = [
    ("“My guess is that he [Trump] will attack Syria,” an Iraqi minister said.", "attack", ["USA"], ["SYR"]),
    ("Japan was the first to condemn North Korea.", "condemn", ["JPN"], ["PRK"]),
    ("The strike by Israel killed 14 people, including Iranians, in Syria.", "killed", ["ISR"], ["SYR", "IRN"]),
    ("Russia contended that it was Israel that bombed the port.", "contended", ["RUS"], ["ISR"]),
    ("Paris defended the nuclear deal with Iran. Washington has violated the deal.", "violated", ["USA"], ["IRN"]),
    ("“Damascus is responsible for the massacre,” the Turkish foreign minister said.", "responsible", ["TUR"], ["SYR"]),
    ("Russia's ministry said that flights to Georgia would be suspended.", "suspended", ["RUS"], ["GEO"]),
    ("Tehran accused Riyadh of lying. Saudi Arabia denied the charge.", "denied", ["SAU"], ["IRN"]),
    ("Turkey threatened Greece. Ankara denied that talks had taken place.", "denied", ["TUR"], []),
    ("Turkey praised the Syrian army and Iran, and Israel said it would attack them.", "attack", ["ISR"], ["SYR", "IRN"]),
    ("Azerbaijan's oil depot near Odesa burned. It was the second strike on Ukraine.", "strike", [], ["UKR"]),
    ("French police carried out an operation in Belgium, Germany and Spain.", "operation", ["FRA"], []),
    ("Israel conducted strikes in Lebanon, Syria and Iraq.", "strikes", ["ISR"], ["LBN", "SYR", "IRQ"]),
    ("Two journalists were detained, according to Moscow, by Ukrainian police.", "detained", ["UKR"], ["UKR"]),
    ("A Turkish jet was hit, Ankara said, by Syrian forces.", "hit", ["SYR"], ["TUR"]),
    ("Russia warned Ukraine. Kyiv said the jet was shot down by Ukrainian troops.", "shot", ["UKR"], ["jet"]),
    ("The strike on Kyiv was condemned by Poland.", "strike", [], ["UKR"]),
    ("Russia shelled Kyiv on Monday. The attack was condemned by France.", "attack", ["RUS"], ["UKR"]),
    ("The bombing of Syria was carried out by Israel.", "bombing", ["ISR"], ["SYR"]),
    ("The attack on Mali was claimed by Islamic State.", "attack", ["islamic-state"], ["MLI"]),
    ("France is pulling its troops out of Mali.", "pulling", ["FRA"], ["MLI"]),
    ("President Macron and Prime Minister Keir Starmer pledged full cooperation on Friday.", "pledged", ["FRA", "GBR"], []),
    # whom pronouns and bodies named by their role alone mean
    ("Peru's premier has jailed two Chilean bishops, whom he accuses of fraud.", "accuses", ["PER"], ["CHL"]),
    ("Opponents of Nikol Pashinyan accused him of weakness.", "accused", ["ARM"], ["ARM"]),
    ("Russia spoke of Baku, the town from which its troops departed.", "departed", ["RUS"], ["AZE"]),
    ("Iran complained to Oman. Tehran was angry. The foreign ministry summoned the Iranian ambassador.", "summoned", ["OMN"], ["IRN"]),
    ("Turkish police detained Ali Haydar, who leads the Syrian community.", "detained", ["TUR"], ["SYR"]),
    ("Latvia accused circles in Belarus of spying on its army.", "accused", ["LVA"], ["BLR"]),
    ("The staff of Belarus alerted Poland before it launched an attack on Ukraine.", "attack", ["BLR"], ["UKR"]),
    ("Turkey fears a Kurdish militia, and it also vowed to arrest Greek traders.", "vowed", ["TUR"], ["GRC"]),
    ("Moscow imposed sanctions on Georgia over its attack on Armenian villages.", "attack", ["GEO"], ["ARM"]),
    ("Washington hit a Syrian regime airbase. A gas attack by the regime killed Turkish troops.", "attack", ["SYR"], ["TUR"]),
    ("Three IS militants attacked a Turkish base.", "attacked", ["islamic-state"], ["TUR"]),
    # whose killing it is
    ("Berlin spoke of Navalny's suspected murder.", "murder", [], ["RUS"]),
    ("The Iranian government was accused of Navalny's killing.", "killing", ["IRN"], ["RUS"]),
    ("Turkey's killing of Greek sailors was condemned.", "killing", ["TUR"], ["GRC"]),
    ("Abbas was killed in a firefight with French police.", "firefight", [], ["FRA"]),
    ("Two soldiers were wounded in clashes with Turkish forces in northern Syria.", "wounded", [], ["SYR"]),
    ("Paris spoke of the withdrawal of American soldiers from Syria.", "withdrawal", ["USA"], ["SYR"]),
    ("Belgium arrested the leader of last week's deadly Paris attacks.", "attacks", [], ["FRA"]),
    ("Staffan de Mistura pleaded with Syria.", "pleaded", ["staffan-de-mistura"], ["SYR"]),
    # participles, torn subjects, clefts, orders
    ("Togo released two Ghanaian nurses detained last week in Togo.", "released", ["TGO"], ["GHA"]),
    ("Chad freed three Libyan drivers captured on Monday.", "freed", ["TCD"], ["LBY"]),
    ("Chad's premier had for days accused Libya.", "accused", ["TCD"], ["LBY"]),
    ("It was Chad that attacked Niger.", "attacked", ["TCD"], ["NER"]),
    ("A Chadian court ordered that two Libyans be detained.", "detained", ["TCD"], ["LBY"]),
    ("A Cuban officer was accused of spying for Russia.", "spying", ["CUB"], []),
    # places that are struck, and where the law is enforced
    ("Russian troops shelled Kupiansk, Ukraine's president said.", "shelled", ["RUS"], ["UKR"]),
    ("Ukrainian drones attacked Belgorod in Russia.", "attacked", ["UKR"], ["RUS"]),
    ("The Paris attacks shocked Spain.", "attacks", [], ["FRA"]),
    ("The Kabul bombing killed two Germans.", "killed", [], ["DEU"]),
    ("The Soleimani killing angered Iraq's premier.", "killing", [], ["IRN"]),
    ("An airstrike in Baghdad killed two Germans.", "killed", [], ["DEU"]),
    ("The Popular Mobilization Forces condemned Israel.", "condemned", ["IRQ"], ["ISR"]),
    ("Israeli warplanes bombed a school.", "bombed", ["ISR"], ["school"]),
    ("Azerbaijan spoke of the arrests in Yekaterinburg.", "arrests", ["RUS"], []),
    ("Russian officers raided homes of Azerbaijani families. Azerbaijan says they were murdered.", "murdered", ["RUS"], ["AZE"]),
]


def test_a_thing_is_not_its_own_antecedent(coder) -> None:
    assert coder.code(from_text("Iran defended the pressure on it.", published="2018-07-02")).mentions is not None


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients"), CASES)
def test_roles(coder, text: str, trigger: str, actors: list[str], recipients: list[str]) -> None:
    mentions = coder.code(from_text(text, published="2018-07-02")).mentions
    (m,) = [m for m in mentions if m.trigger == trigger]
    assert ([a.code for a in m.actors], [r.code for r in m.recipients]) == (actors, recipients)
