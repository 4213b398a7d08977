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
    ("Russian officers raided homes of Azerbaijani families. Azerbaijan says they were murdered.", "murdered", ["RUS"], ["AZE"]),
]


def test_a_thing_is_not_its_own_antecedent(coder) -> None:
    assert coder.code(from_text("Iran defended the pressure on it.", published="2018-07-02")).mentions is not None


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients"), CASES)
def test_roles(coder, text: str, trigger: str, actors: list[str], recipients: list[str]) -> None:
    mentions = coder.code(from_text(text, published="2018-07-02")).mentions
    (m,) = [m for m in mentions if m.trigger == trigger]
    assert ([a.code for a in m.actors], [r.code for r in m.recipients]) == (actors, recipients)
