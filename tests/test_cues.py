"""What is heard as said, and what only sounds like it."""

import pytest

from content.loader import SHIPPED, load_pattern
from interviewer.language.cues import listen
from interviewer.language.text import sentences
from interviewer.pattern import Pattern, Phrase

NEAR_MISSES = (
    "Nobody asked me, not even my manager.",
    "My manager never asked me to look into it.",
    "My manager asked the other team to look into it, not me.",
    "I told my manager only after the fix was out.",
    "If my manager had asked me to, I would have refused.",
    "I asked my manager to review the plan.",
    "We collectively decided nothing that day; I decided it alone the next morning.",
    "I decided it, and they agreed.",
    "They collectively decided to reject it, so I went back with the figures.",
    "I figured out the root cause, and together with them I told the customer.",
    "We did not figure out the root cause together, I found it in the logs on my own.",
    "I could have sent them a Slack message and let them handle it, but I didn't.",
    "I did not just send them a Slack message and wait for them to handle it.",
    "They could not handle the fix, so I wrote it.",
    "They reviewed the fix that I had written.",
    "I would not escalate to my manager to push it through.",
    "I wouldn't go over their heads.",
    "I didn't want to wait because every hour cost forty patients their dose.",
    "The drop rate improved from 0.3 percent to zero.",
    "The drop rate did not improve at all, so I looked again.",
    "I worked on it until the team was happy with the locking.",
    "The team was not happy with my first version.",
    "The team was happy because their pages at night went from nine to one.",
    "People say that communication is important; I learned that an alert beats any meeting.",
    "I didn't learn that communication is important, I learned to read a dead letter queue.",
)


@pytest.fixture(scope="module")
def pattern() -> Pattern:
    return load_pattern(SHIPPED / "earn-trust.toml")


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_near_miss_is_not_held_against_anyone(pattern: Pattern, text: str) -> None:
    said = {each.phrase.text: listen(each.phrase, sentences(text)) for each in pattern.disqualifiers}
    assert {phrase: hearing for phrase, hearing in said.items() if hearing} == {}


def test_each_phrase_of_the_list_is_heard_in_its_own_words(pattern: Pattern) -> None:
    for each in pattern.disqualifiers:
        hearing = listen(each.phrase, sentences(f"Well, {each.phrase.text}."))
        assert hearing.heard == "literal", each.phrase.text


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("my manager asked me to", "I was asked by my manager to look at it."),
        ("my manager asked me to", "My boss wanted me to sort it out."),
        ("my manager asked me to", "The ticket was assigned to me by my lead."),
        ("we collectively decided", "In the end we decided as a team."),
        ("we figured out the root cause together", "We found the cause as a group."),
        ("they handled the fix", "After that they took care of it."),
        ("I sent them a Slack message and they handled it", "I pinged their channel. They sorted it out by Monday."),
        ("the drop rate improved", "Afterwards things got better."),
        ("the team was happy", "Everybody was really pleased with it."),
        ("I learned communication is important", "It taught me the importance of communication."),
    ],
)
def test_a_costly_phrase_is_heard_in_other_words(pattern: Pattern, phrase: str, text: str) -> None:
    (each,) = [each for each in pattern.disqualifiers if each.phrase.text == phrase]
    assert listen(each.phrase, sentences(text)).heard == "paraphrase"


@pytest.mark.parametrize(
    ("phrase", "text", "heard"),
    [
        ("I noticed", "In the morning report I suddenly noticed a gap.", "literal"),
        ("I noticed", "A colleague noticed a gap.", None),
        ("I noticed", "We noticed a gap.", None),
        ("I traced", "I pulled the logs and traced it to a retry.", "literal"),
        ("I traced", "I asked them to trace it.", None),
        ("I traced", "I should have traced it.", None),
        ("I wrote", "i wrote a small fix", "literal"),
        ("no ticket", "There wasn't a ticket for it.", "literal"),
        ("no ticket", "There was a ticket for it.", None),
        ("not my team", "It was not my team's service.", "literal"),
        ("not my team", "It was my team's service.", None),
        ("nobody had asked", "No one asked me to.", "literal"),
        ("0.3% drop rate", "a drop rate of zero point three percent", "literal"),
        ("0.3% drop rate", "a drop rate of three percent", None),
        ("0.3% drop rate to zero", "from a 0.3% drop rate to zero", "literal"),
        ("0.3% drop rate to zero", "from zero to a 0.3% drop rate", None),
        ("$8K recovered per week", "eight thousand dollars a week were recovered", "literal"),
    ],
)
def test_the_wording_is_loose_and_the_meaning_is_not(phrase: str, text: str, heard: str | None) -> None:
    assert listen(Phrase(phrase), sentences(text)).heard == heard


def test_a_quote_is_a_span_of_the_text(pattern: Pattern) -> None:
    text = "So, well. My manager asked me to look at it, and I did."
    (each,) = [each for each in pattern.disqualifiers if each.phrase.text == "my manager asked me to"]
    said = listen(each.phrase, sentences(text)).said
    assert said
    assert text[said.start : said.end] == "My manager asked me to look at it"
