"""Who is cited for which words."""

from __future__ import annotations

import pytest

from detente.coding import Attribution, Coder
from detente.coding.citing.quotations import quotations
from detente.documents import from_text

CODER = Coder()


def cited(text: str) -> list[tuple[str, str, str, Attribution]]:
    """Source, cue, content and the record of every attribution."""
    document = from_text(text)
    return [
        (
            document.text[slice(*a.source_span)] if a.source_span else "",
            document.text[slice(*a.cue_span)],
            " … ".join(document.text[start:end] for start, end in a.content),
            a,
        )
        for a in CODER.attributions(document)
    ]


def only(text: str) -> tuple[str, str, str]:
    """The single attribution of a text that is not told in another's words."""
    found = [row[:3] for row in cited(text) if not row[3].inner]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The ministry said on Monday that the border would reopen.", "The ministry", "that the border would reopen"),
        ("The border will reopen soon, according to the ministry.", "the ministry", "The border will reopen soon"),
        ('"We are ready," the minister said. "We shall not wait."', "the minister", '"We are ready," … "We shall not wait."'),
        ('"The envoys stayed away," said Anna Holm, a clerk.', "Anna Holm", '"The envoys stayed away,"'),
        ('The mayor called the plan "a gift to smugglers".', "The mayor", 'the plan "a gift to smugglers"'),
        ("Opponents denounced the treaty as a surrender.", "Opponents", "the treaty as a surrender"),
        ("The senator has called for an inquiry into the deal.", "The senator", "an inquiry into the deal"),
        ("The council urged both armies to withdraw.", "The council", "both armies to withdraw"),
        ("The law was condemned by the bishops.", "the bishops", "The law"),
        ("The president is confident that talks will succeed.", "The president", "that talks will succeed"),
        ("Their support for the new base fell.", "Their", "the new base"),
        ("The premier is believed to have signed the order.", "", "The premier … to have signed the order"),
        ("The envoy, who said the port was closed, left early.", "The envoy", "the port was closed"),
        ("The bridge, an engineer said, will not last.", "an engineer", "The bridge … will not last"),
        ('"Who gave the order?" the judge asked in the end.', "the judge", '"Who gave the order?"'),
        ("The envoy replied:\n\n“We shall think about it in the spring.”", "The envoy", "“We shall think about it in the spring.”"),
        ("The truce seems to hold.", "", "The truce … to hold"),
        ("Residents voiced concern about the new base.", "Residents", "the new base"),
        ("The clerk thanked the guards, who had come from Oslo.", "The clerk", "the guards"),
        ("The fleet sailed; the minister said that it would return.", "the minister", "that it would return"),
        ("The judge ruled that the vote was void.", "The judge", "that the vote was void"),
        ("The factory opened in May.\n\nReporters asked whether it had a permit.", "Reporters", "whether it had a permit"),
    ],
)
def test_source_and_content(text: str, source: str, content: str) -> None:
    found = only(text)
    assert (found[0], found[2]) == (source, content)


@pytest.mark.parametrize(
    "text",
    [
        "She called a friend.",
        "They asked three guests.",
        "The minister spoke in Lyon.",
        'They sang in the "Old Barn" at night.',
        "He has a case.",
    ],
)
def test_a_cue_needs_its_frame(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Oslo said that the ship had sailed.", "said"),
        ('"The ship has sailed," Oslo said.', "quoted"),
        ("Oslo believes that the ship has sailed.", "thought"),
        ("Oslo denied that the ship had sailed.", "denied"),
        ("Oslo refused to let the ship sail.", "stance"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert [row[3].kind for row in cited(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    ['"The generals say that the road is open," the mayor said.', "The mayor said that the generals say that the road is open."],
)
def test_what_is_told_in_anothers_words_is_marked(text: str) -> None:
    assert {cue: a.inner for _, cue, _, a in cited(text)} == {"said": False, "say": True}


def test_a_participle_after_a_comma_is_said_by_the_subject() -> None:
    found = {cue: source for source, cue, _, _ in cited("The mayor told the hosts of the show that he would stay, adding that he was fit.")}
    assert found["adding"] == "The mayor"


def test_a_coordinated_cue_goes_on_with_the_first_source() -> None:
    found = {
        cue: (source, content) for source, cue, content, _ in cited("Oslo admitted that the dam leaked but insisted that it was safe.")
    }
    assert found == {"admitted": ("Oslo", "that the dam leaked"), "insisted": ("Oslo", "that it was safe")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no," then "yes".', ['"no,"', '"yes"']),
        ("“The first paragraph is never closed.\n“The second one is.”", ["“The first paragraph is never closed.", "“The second one is.”"]),
        ('“It is late," she said. "We go."', ['“It is late,"', '"We go."']),
    ],
)
def test_where_quotations_stand(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text)] == expected


def test_a_speaker_before_a_colon_is_cited_in_a_heading_only() -> None:
    body = "The talks of the two sides went on for a week in the old town hall."
    title = "Macron: The Talks Have Failed For Good"
    document = from_text(f"{title}\n\n{body}", title=title)
    found = [(document.text[slice(*a.source_span or (0, 0))], a.inner) for a in CODER.attributions(document)]
    assert found == [("Macron", False)]
    assert cited("Macron: The talks have failed for good.") == []


def test_a_relative_pronoun_stands_for_its_source() -> None:
    text = "The envoy, who said the port was closed, left early."
    (row,) = cited(text)
    assert row[3].pronoun_span is not None
    assert text[slice(*row[3].pronoun_span)] == "who"


def test_a_stance_claims_nothing() -> None:
    """What is only asked for or praised gives a mention no source and no status of a claim."""
    document = from_text("Oslo praised the raid by Turkish police on a Syrian smuggler.")
    assert {m.status for m in CODER.code(document).mentions} == {"happened"}


def test_what_is_cited_inside_a_quotation_ends_with_it() -> None:
    rows = cited("The spokesman suggested that Riga might be to blame: “Vilnius sees Riga's attempts to stir up trouble.”")
    assert [(source, content) for source, cue, content, _ in rows if cue == "sees"] in (
        [],
        [("Vilnius", "Riga's attempts to stir up trouble.”")],
    )
    assert ("The spokesman", "suggested") in [row[:2] for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "The army has to leave. Big price! — Ana Lopez (@analopez) April 8, 2018\n\nNobody answered.",
        "The army has to leave. Big price!\n— Ana Lopez (@analopez) April 8, 2018\n\nNobody answered.",
    ],
)
def test_signed_posts(text: str) -> None:
    (found,) = [row for row in cited(text) if row[1] == "—"]
    assert found[:3] == ("Ana Lopez", "—", "The army has to leave. Big price!")


def test_no_posts_without_a_handle() -> None:
    assert [row for row in cited("The army has to leave — Ana Lopez (general) said so on April 8.") if row[1] == "—"] == []


def test_a_denial_holds_the_act_and_a_clause_beside_it() -> None:
    text = "The regime of Bashar al-Assad denies using chemical weapons and claims video of victims was fabricated."
    assert any(source.startswith("The regime") and "using chemical weapons" in content for source, cue, content, _ in cited(text))


#: who does not say (or does not deny) something asserts nothing and denies nothing
WITHHELD = [
    ("The Kremlin did not say that a Russian missile had struck the Ukrainian ship.", "struck"),
    ("Russia has not confirmed that its forces fired at the Ukrainian plane.", "fired"),
    ("Moscow has never admitted that its missile struck the Ukrainian plane.", "struck"),
    ("Moscow voiced regret, without acknowledging that its missile had struck the Ukrainian ship.", "struck"),
    ("Israel did not deny that it had bombed the Syrian base.", "bombed"),
]


@pytest.mark.parametrize(("text", "trigger"), WITHHELD)
def test_what_somebody_does_not_say_is_not_their_word(text: str, trigger: str) -> None:
    (m,) = [m for m in CODER.code(from_text(text, published="2025-07-02")).mentions if m.trigger == trigger]
    assert (m.status, m.sources) == ("claimed", ())
    assert "withheld" in {row[3].kind for row in cited(text)}


def test_what_somebody_says_stays_their_word() -> None:
    found = CODER.code(from_text("The Kremlin said that Ukraine had not shelled the Russian town.")).mentions
    assert {(m.status, *(s.text for s in m.sources)) for m in found if m.trigger == "shelled"} == {("denied", "Kremlin")}
