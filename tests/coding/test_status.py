"""Whether, when and how surely the event of a given word happened, as a table of own sentences."""

from __future__ import annotations

import pytest

from detente.coding.coder import Coder, Judgement
from detente.documents import from_text


def judged(coder: Coder, text: str, word: str) -> Judgement:
    """The judgement of the first occurrence of a word."""
    start = text.index(word)
    found = coder.judge(from_text(text, published="2025-07-02"), [(start, start + len(word))])[0]
    assert found is not None
    return found


#: text, word, whether it lies ahead
AHEAD = [
    # auxiliaries
    ("The bank will close two branches.", "close", True),
    ("The bank closed two branches.", "closed", False),
    ("The maker said it would recall the car.", "recall", True),
    ("The strike could spread.", "spread", True),
    ("The crash could have killed dozens.", "killed", False),
    ("The ship can carry eighty trucks.", "carry", False),
    ("The minister is going to resign.", "resign", True),
    ("The leaders are to meet in Oslo.", "meet", True),
    ("The aim was to lower prices.", "lower", True),
    ("The new line is to be opened in May.", "opened", True),
    # infinitives
    ("The firm plans to hire fifty people.", "hire", True),
    ("Ships were sent to rescue the crew.", "rescue", True),
    ("The firm failed to pay its staff.", "pay", False),
    ("Oil prices continued to climb.", "climb", False),
    ("Prices will continue to climb.", "climb", True),
    ("The senator refused to answer.", "answer", False),
    ("The index rose 2 percent to close at a record.", "close", False),
    ("She was the first woman to lead the party.", "lead", False),
    ("It is too early to judge.", "judge", False),
    # participles and clauses that share a time
    ("The company is considering selling its port.", "selling", True),
    ("The group will buy the mill and close it.", "close", True),
    ("The envoy will return when the talks are finished.", "finished", True),
    # nouns
    ("The union announced plans for a strike.", "strike", True),
    ("The union fears a strike.", "strike", True),
    ("The union held a strike.", "strike", False),
    ("The union will hold a strike.", "strike", True),
    ("Measures will be taken to ease the crisis.", "crisis", False),
    ("The board presented a restructuring plan.", "restructuring", True),
    ("The trial is set to begin on Monday.", "trial", True),
    ("Growing worries hit the market.", "Growing", False),
    ("The owners hope to complete the merger.", "merger", True),
    ("The plan calls for the closure of two mills.", "closure", True),
    ("The deal is subject to approval.", "approval", True),
    ("The board must approve the deal.", "approve", True),
    ("The yard has yet to deliver the ship.", "deliver", False),
    ("The upcoming summit worries the minister.", "summit", True),
    ("The bank will cut the costs.", "costs", False),
]


@pytest.mark.parametrize(("text", "word", "ahead"), AHEAD)
def test_ahead(coder, text, word, ahead) -> None:
    assert (judged(coder, text, word).tense == "future") is ahead


#: text, word, certainty
CERTAINTY = [
    ("The bank will close two branches.", "close", "certain"),
    ("The maker said it would recall the car.", "recall", "certain"),
    ("Such a ban would hurt farmers.", "hurt", "probable"),
    ("The strike may spread.", "spread", "possible"),
    ("The firm cannot pay its staff.", "pay", "certain"),
    ("Analysts expect the firm to shrink.", "shrink", "probable"),
    ("Analysts think the firm is shrinking.", "shrinking", "probable"),
    ("A fall in prices is likely.", "fall", "probable"),
    ("The minister knows that the firm is shrinking.", "shrinking", "certain"),
    ("The company is considering selling its port.", "selling", "possible"),
    ("The firm made an effort to save the mill.", "save", "possible"),
    ("Shares fell on fears of recession.", "recession", "possible"),
    ("Fears shaking the market grew.", "shaking", "certain"),
    ("He was allowed to leave.", "leave", "possible"),
    ("Nobody knows whether he resigned.", "resigned", "possible"),
    ("It remains unclear if he resigned.", "resigned", "possible"),
    ("She asked if he resigned.", "resigned", "possible"),
    ("It is possible that he resigned.", "resigned", "possible"),
    ("It is unlikely that he resigned.", "resigned", "probable"),
    ("The pilot might not have seen the runway.", "seen", "possible"),
    ("The troops reportedly left the town.", "left", "certain"),  # hearsay is a status, not a doubt
]


@pytest.mark.parametrize(("text", "word", "certainty"), CERTAINTY)
def test_certainty(coder, text, word, certainty) -> None:
    assert judged(coder, text, word).certainty == certainty


#: text, word, polarity
POLARITY = [
    ("The bank did not close any branches.", "close", "negative"),
    ("The firm failed to pay its staff.", "pay", "negative"),
    ("The plant opened without a ceremony.", "ceremony", "negative"),
    ("The visit was postponed.", "visit", "negative"),
    ("Minister condemns the cancelled visit.", "visit", "negative"),
    ("The delay in delivery angered buyers.", "delivery", "negative"),
    ("Police prevented a riot.", "riot", "negative"),
    ("The firm no longer makes the car.", "makes", "negative"),
    ("The board decided against selling the port.", "selling", "negative"),
    ("Instead of closing the mill, they sold it.", "closing", "negative"),
    ("He resigned rather than accept the cut.", "accept", "negative"),
    ("He resigned rather than accept the cut.", "resigned", "positive"),
    ("Nobody was hurt in the fire.", "hurt", "negative"),
    ("No decision was made.", "decision", "negative"),
    ("The minister ruled out a merger.", "merger", "negative"),
    ("The firm called off the merger.", "merger", "negative"),
    ("The yard has yet to deliver the ship.", "deliver", "negative"),
    ("The sides failed to reach an agreement.", "agreement", "negative"),
    ("The runner nearly broke the record.", "broke", "negative"),
    ("The runner nearly broke the record.", "record", "positive"),
    ("The bill was rejected after failing a vote.", "failing", "positive"),
    ("It was the worst decline of the year since the reopening of the port.", "reopening", "positive"),
]


@pytest.mark.parametrize(("text", "word", "polarity"), POLARITY)
def test_polarity(coder, text, word, polarity) -> None:
    assert judged(coder, text, word).polarity == polarity


#: text, word, whether it holds on a condition
CONDITIONAL = [
    ("The bank will close if it gets no loan.", "close", True),
    ("The firm said it would leave unless taxes fell.", "leave", True),
    ("In case the bank fails, the state will pay.", "pay", True),
    ("Provided that lenders agree, the firm will survive.", "survive", True),
    ("Should lenders refuse, the firm will die.", "die", True),
    ("Should lenders refuse, the firm will die.", "refuse", True),
    ("In the event hall, the firm showed a car.", "showed", False),
    ("In this case the court fined the bank.", "fined", False),
    ("We will act again if necessary.", "act", False),
    ("New engines are needed if the airline is to survive.", "needed", False),
    ("He did not say whether he resigned.", "resigned", False),
    ("She asked if he resigned.", "resigned", False),
    ("It remains unclear if he resigned.", "resigned", False),
]


@pytest.mark.parametrize(("text", "word", "conditional"), CONDITIONAL)
def test_conditional(coder, text, word, conditional) -> None:
    assert judged(coder, text, word).conditional is conditional


def test_headings_are_judged(coder) -> None:
    text = "Airline to buy twelve jets\n\nMay 2, 2025\n\nThe airline signed a contract on Friday."
    assert judged(coder, text, "buy").tense == "future"


def test_a_word_outside_every_sentence_is_not_judged(coder) -> None:
    assert coder.judge(from_text("The bank closed.", published="2025-07-02"), [(40, 44)]) == [None]


#: text, trigger, status of the mention
STATUS = [
    ("Russia said it would attack Georgia.", "attack", "planned"),
    ("Russia would attack Georgia.", "attack", "hypothetical"),
    ("Ukraine assumes that Russia will attack Georgia.", "attack", "hypothetical"),
    ("Russia was the first to condemn Georgia.", "condemn", "happened"),
    ("Armenia is close to attacking Azerbaijan.", "attacking", "planned"),
    ("Russia is looking to attack Georgia.", "attack", "planned"),
    ("A Chadian court ordered that two Libyans be detained.", "detained", "happened"),
    ("It was not Israel that attacked Lebanon.", "attacked", "denied"),
    ("Hajizada denied that Baku was spoiling ties and blamed Russia for the raid.", "blamed", "happened"),
    ("Iran accused Iraq of shelling Iranian towns; Iraq denied any attack.", "accused", "happened"),
    ("Turkey would answer any attack by Syria on Jordan.", "attack", "hypothetical"),
    ("Washington sought approval for strikes on Syria by Turkey.", "strikes", "hypothetical"),
    ("Investigators are looking into the attack by Russia on Georgia.", "attack", "happened"),
]


@pytest.mark.parametrize(("text", "trigger", "status"), STATUS)
def test_status(coder, text, trigger, status) -> None:
    mentions = coder.code(from_text(text, published="2025-07-02")).mentions
    assert [m.status for m in mentions if m.trigger == trigger] == [status]


@pytest.mark.parametrize(
    "text",
    ["When it comes to the agreement with Mexico, there is nothing new.", "Fully pulling out of Mali would solve one problem for France."],
)
def test_what_tells_no_act_of_anybody(coder, text: str) -> None:
    assert coder.code(from_text(text, published="2025-07-02")).mentions == ()
