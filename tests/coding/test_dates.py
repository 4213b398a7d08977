"""Date expressions of news sentences: what they resolve to, and how exactly."""

from __future__ import annotations

import pytest

from detente.coding.dates import find_dates

PUBLISHED = "2025-07-05"  # a Saturday


def told(text: str, published: str | None = PUBLISHED, context: str | None = None, tense: str | None = None) -> list[tuple[str, str]]:
    """The dates of a sentence as (words, ISO date)."""
    return [(text[d.span[0] : d.span[1]], d.start) for d in find_dates(text, published, context, tense)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "words", "start", "precision"),
    [
        ("On June 27, 2025, special forces raided ten homes.", "June 27, 2025", "2025-06-27", "day"),
        ("The envoy left on 27 June.", "27 June", "2025-06-27", "day"),
        ("The envoy was recalled on June 27th.", "June 27th", "2025-06-27", "day"),
        ("Wednesday, March 12, was quiet.", "Wednesday, March 12", "2025-03-12", "day"),
        ("The treaty dates from 1990-09-12.", "1990-09-12", "1990-09-12", "day"),
        ("The note of 03.10.2024 was rejected.", "03.10.2024", "2024-10-03", "day"),
        ("Shelling began in late June 2025.", "in late June 2025", "2025-06", "month"),
        ("Crimea was annexed in March 2014.", "March 2014", "2014-03", "month"),
        ("The consulate closed in 2019.", "2019", "2019", "year"),
        ("Parliament ratified the deal in the summer of 2014.", "the summer of 2014", "2014", "year"),
        ("The general admitted the strikes last August.", "last August", "2024-08", "month"),
        ("The two sides met in April.", "April", "2025-04", "month"),
        ("They attacked in November.", "November", "2024-11", "month"),
        ("The minister resigned on Dec. 25.", "Dec. 25", "2024-12-25", "day"),
        ("Police shot a man on New Year's Eve.", "New Year's Eve", "2024-12-31", "day"),
        ("The attack came after the 9/11 attacks in New York.", "9/11", "2001-09-11", "day"),
        ("The premier said on Monday that talks had failed.", "Monday", "2025-06-30", "day"),
        ("He arrived Saturday.", "Saturday", "2025-07-05", "day"),
        ("He arrived last Saturday.", "last Saturday", "2025-06-28", "day"),
        ("Monday's strike killed four people.", "Monday's", "2025-06-30", "day"),
        ("Troops withdrew Friday last week.", "Friday last week", "2025-06-27", "day"),
        ("Rebels seized the town yesterday.", "yesterday", "2025-07-04", "day"),
        ("Rebels seized the town this morning.", "this morning", "2025-07-05", "day"),
        ("Three days ago the border was closed.", "Three days ago", "2025-07-02", "day"),
        ("Five hours ago the border was closed.", "Five hours ago", "2025-07-05", "day"),
        ("The pact was signed three weeks ago.", "three weeks ago", "2025-06", "month"),
        ("The pact was signed twenty-two years ago.", "twenty-two years ago", "2003", "year"),
        ("The pact was signed last month.", "last month", "2025-06", "month"),
        ("The pact was signed earlier this year.", "earlier this year", "2025", "year"),
        ("Jets bombed the port last week.", "last week", "2025-06", "month"),
    ],
)
def test_one_date(text: str, words: str, start: str, precision: str) -> None:
    found = find_dates(text, PUBLISHED)
    assert [(text[d.span[0] : d.span[1]], d.start, d.precision) for d in found] == [(words, start, precision)]


@pytest.mark.parametrize(
    "text",
    [
        "Russia sent 2,000 troops and 1,200 guns.",
        "The blast killed 24 people, among them a man of 63.",
        "About 2000 soldiers were captured.",
        "Theresa May and April Jones may march.",
        "The Sunday Times quoted him.",
        "Resolution 2231 forbids it.",
        "Several years later nothing had changed.",
        "The war lasted for three years.",
        "It happened on 31 June.",
        "He was seized in recent weeks.",
        "He scored 3-1 and 4-2 in the marches.",
    ],
)
def test_no_date(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The two presidents will meet on Monday in Baku.", "2025-07-07"),
        ("The talks are scheduled for July 8.", "2025-07-08"),
        ("The summit is to be held in August.", "2025-08"),
        ("They are due to fly home next Friday.", "2025-07-11"),
        ("The court will rule tomorrow.", "2025-07-06"),
        ("They will vote next year.", "2026"),
    ],
)
def test_dates_ahead(text: str, start: str) -> None:
    assert [d.start for d in find_dates(text, PUBLISHED)] == [start]


def test_a_given_tense_settles_the_side() -> None:
    assert told("on Monday", tense="future") == [("Monday", "2025-07-07")]
    assert told("on Monday", tense="past") == [("Monday", "2025-06-30")]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Fighting raged between 3 and 5 July.", "2025-07-03", "2025-07-05"),
        ("Fighting raged July 3-5.", "2025-07-03", "2025-07-05"),
        ("Fighting raged from June 29 to July 2, 2024.", "2024-06-29", "2024-07-02"),
        ("Fighting raged from December 30 to January 2.", "2024-12-30", "2025-01-02"),
        ("He ruled from 1997 to 2014, and died.", "1997", "2014"),
        ("Nine men died in the past 24 hours.", "2025-07-04", "2025-07-05"),
        ("Nine men died over the weekend.", "2025-07-05", "2025-07-06"),
    ],
)
def test_runs(text: str, start: str, end: str) -> None:
    assert [(d.start, d.end) for d in find_dates(text, PUBLISHED)] == [(start, end)]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("A day earlier, Moscow had summoned the envoy.", "2025-06-26"),
        ("Two days later they were freed.", "2025-06-29"),
        ("The following day they were freed.", "2025-06-28"),
        ("They were freed the same day.", "2025-06-27"),
        ("They were freed that evening.", "2025-06-27"),
        ("The following Monday they were freed.", "2025-06-30"),
    ],
)
def test_counted_from_the_last_date_told(text: str, start: str) -> None:
    found = find_dates(text, PUBLISHED, context="2025-06-27")
    assert [(d.start, d.anchor) for d in found] == [(start, "context")]


def test_counted_from_a_date_in_the_sentence() -> None:
    assert told("On Monday he was seized and two days later freed.") == [("Monday", "2025-06-30"), ("two days later", "2025-07-02")]
    assert told("He was seized two days after the June 27 raid.")[0][1] == "2025-06-29"


def test_dates_without_year_follow_a_story_set_long_ago() -> None:
    assert told("On March 3 they shelled Kherson.", context="2022-02-24") == [("March 3", "2022-03-03")]


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Israel has launched 100 strikes since 2012.", True),
        ("He travelled ahead of the 2024 election.", True),
        ("They must leave by Friday.", True),
        ("They left after June 27.", True),
        ("They left on Friday.", False),
        ("He was killed by a 2012 bomb.", False),
    ],
)
def test_bounds_are_not_the_day_of_the_act(text: str, since: bool) -> None:
    assert [d.since for d in find_dates(text, PUBLISHED)] == [since]


def test_modifiers_date_their_noun() -> None:
    assert [d.modifier for d in find_dates("The June 27 raid broke the 2015 deal on Friday.", PUBLISHED)] == [True, True, False]


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2025-07", [("2025-07", "month")]), ("2025", [("2025", "year")]), (None, []), ("no date", []), ("2025-13-40", [])],
)
def test_no_more_exact_than_the_publication(published: str | None, expected: list[tuple[str, str]]) -> None:
    assert [(d.start, d.precision) for d in find_dates("They met on Monday.", published)] == expected


def test_month_of_publication_is_enough_for_a_named_day() -> None:
    assert told("On June 27, they were seized.", published="2025-07") == [("June 27", "2025-06-27")]


def test_spans_point_at_the_words() -> None:
    text = "  In late June, and again yesterday – at 10:30 – they fired."
    assert told(text) == [("In late June", "2025-06"), ("yesterday", "2025-07-04")]
