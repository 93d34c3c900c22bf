"""What is heard as a figure, as a change, and which number in which kind of unit a quote says."""

import time

import pytest

from interviewer.language.changes import changes
from interviewer.language.figures import figures, kind, value

FIGURES = [
    ("error rate went from 0.3% to zero", ["0.3%", "zero"]),
    ("we were losing about $8K a week", ["$8K a week"]),
    ("Three of twelve tests failed.", ["Three of twelve tests"]),
    ("it took a day and a half", ["a day and a half"]),
    ("that saved eight thousand dollars", ["eight thousand dollars"]),
    ("I checked it twice", ["twice"]),
    ("half of them left", ["half of them"]),
    ("we got 30 complaints a day", ["30 complaints a day"]),
    ("the number of calls fell by a third", ["a third"]),
    ("zero point three percent of orders", ["zero point three percent"]),
    ("point five percent of calls", ["point five percent"]),
    ("seven last year", ["seven"]),
    ("from 800ms to 120 ms", ["800ms", "120 ms"]),
    ("traffic grew 3x in two months", ["3x", "two months"]),
    ("it was ten to fifteen minutes", ["ten to fifteen minutes"]),
    ("one in four orders failed", ["one in four orders"]),
    ("I had three angry enterprise customers", ["three angry enterprise customers"]),
    ("there were 2000 customers affected in 2019, after 3 years", ["2000 customers", "3 years"]),
    ("two of the three services failed", ["two of the three services"]),
    ("two hours and ten minutes of downtime", ["two hours and ten minutes"]),
    ("it cost £500 per month", ["£500 per month"]),
    ("a two-week delay", ["two-week"]),
    ("12% of them late", ["12% of them"]),
    ("complaints went down to one", ["one"]),
    ("once a week I called them", ["once a week"]),
    ("half a million users", ["half a million"]),
    ("six out of twenty-eight were missing", ["six out of twenty-eight"]),
    ("each day two people left", ["two people"]),
    ("four freezers at minus eighty", ["four freezers", "minus eighty"]),
    ("result: 3 tickets", ["3 tickets"]),
]

NOTHING = [
    "I work on Team 7 as an SDE 2",
    "one of the engineers said no one knew, and that one person told me",
    "in 2021 I joined; my 2020 review said so",
    "the 3rd of March 2020 was the second outage, on March 3 and on 4 June",
    "we met at 3:30 pm, at nine thirty and at four",
    "I called him at six in the morning, at half five and at half past nine",
    "a third party did that for the third time",
    "I think twice before I do that",
    "we serve 24/7 on version 2.3 of S3, p99 and v2",
    "two-factor login and a one-on-one meeting",
    "the two didn't match",
    "day one was rough, and week three",
    "I moved from one team to another and talked to one customer",
    "once I had it I called them",
    "a quarter later, one day, I was the only one",
    "we took our time",
    "",
]


@pytest.mark.parametrize(("text", "said"), FIGURES)
def test_a_measure_is_quoted_with_its_unit(text: str, said: list[str]) -> None:
    assert [quote.text for quote in figures(text)] == said


@pytest.mark.parametrize("text", NOTHING)
def test_what_measures_nothing_is_no_figure(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize(("text", "said"), FIGURES)
def test_a_quote_knows_its_place(text: str, said: list[str]) -> None:
    assert all(text[quote.start : quote.end] == quote.text for quote in figures(text))


def test_about_is_not_part_of_a_figure() -> None:
    assert [quote.text for quote in figures("about forty people, roughly 15 % of us")] == ["forty people", "15 %"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("it went from 0.3% to zero", "went from 0.3% to zero"),
        ("I cut it by half", "cut it by half"),
        ("none, compared with seven", "none, compared with seven"),
        ("we saved $8K a week", "saved $8K a week"),
        ("it fell by a third", "fell by a third"),
        ("it dropped to zero", "dropped to zero"),
        ("it was twice as fast", "twice as fast"),
        ("returns dropped from twelve a week to one", "dropped from twelve a week to one"),
    ],
)
def test_a_change_is_quoted_whole(text: str, said: str) -> None:
    assert [quote.text for quote in changes(text)] == [said]


@pytest.mark.parametrize("text", ["I had three angry customers", "thirty beds for six weeks", "Team 7 went home"])
def test_a_figure_alone_is_no_change(text: str) -> None:
    assert changes(text) == ()


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("0.3%", 0.3, "percent"),
        ("zero point three percent", 0.3, "percent"),
        ("zero point three per cent", 0.3, "percent"),
        ("point five percent", 0.5, "percent"),
        ("$8K", 8000.0, "money"),
        ("eight thousand dollars", 8000.0, "money"),
        ("8 K", 8000.0, "plain"),
        ("$1.2 million", 1.2e6, "money"),
        ("five grand", 5000.0, "money"),
        ("half", 0.5, "plain"),
        ("half a million", 5e5, "plain"),
        ("a day and a half", 1.5, "plain"),
        ("three and a half hours", 3.5, "plain"),
        ("one and a half million", 1.5e6, "plain"),
        ("two thirds", 2 / 3, "plain"),
        ("a hundred and sixty-two of them", 162.0, "plain"),
        ("1,200 users", 1200.0, "plain"),
        ("10-15 days", 10.0, "plain"),
        ("twice", 2.0, "plain"),
        ("none", 0.0, "plain"),
    ],
)
def test_a_quote_says_a_number_of_a_kind(text: str, number: float, unit: str) -> None:
    assert value(text) == pytest.approx(number)
    assert kind(text) == unit


def test_no_number_has_no_value() -> None:
    assert value("about the plan") is None
    assert value("") is None


@pytest.mark.parametrize(
    "text", ["minus " * 3000, "€" * 3000, "twenty " * 3000, "3 of " * 3000, "one to " * 3000, "a half " * 3000]
)
def test_a_tangled_text_is_read_in_no_time(text: str) -> None:
    began = time.perf_counter()
    figures(text)
    value(text)
    assert time.perf_counter() - began < 2
